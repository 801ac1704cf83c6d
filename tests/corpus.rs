//! The invented documents under `fixtures/` against a reviewer's judgement, written beside each of them.
//!
//! The judgement comes first and the tool second: a difference is settled by asking which of the two is right. What the
//! tool cannot do yet is marked `known-gap` beside the document, and such a mark must fail until it is taken away.
#![expect(clippy::disallowed_methods, reason = "tests read the fixtures")]

use dignity::document::Document;
use dignity::finding::{Checked, Finding};
use dignity::rule::Severity;
use dignity::span::Span;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A reviewer's judgement of one document.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    kind: String,
    jurisdiction: Option<String>,
    advice: Option<String>,
    found: Vec<Wanted>,
    quiet: Vec<Trap>,
    #[serde(default)]
    never: Vec<String>,
}

/// A finding that is wanted.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Wanted {
    rule: String,
    at: String,
    missing: Option<Vec<String>>,
    known_gap: Option<String>,
}

/// Words that no finding may touch.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Trap {
    text: String,
    why: String,
    known_gap: Option<String>,
}

/// A file that breaks readers, and what must be said of it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Broken {
    file: String,
    #[serde(default)]
    unreadable: bool,
    #[serde(default)]
    problem: bool,
    found: Option<String>,
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

fn read_yaml<T: serde::de::DeserializeOwned>(path: &Path) -> T {
    let text = std::fs::read_to_string(path).unwrap();
    serde_yaml::from_str(&text).unwrap_or_else(|wrong| panic!("{}: {wrong}", path.display()))
}

/// Every document with a judgement beside it, in order of name.
fn judged() -> Vec<(PathBuf, Expected)> {
    let mut found = Vec::new();
    for folder in ["records", "policies"] {
        for file in std::fs::read_dir(fixtures().join(folder)).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "yaml") {
                continue;
            }
            let beside = path.with_extension("expected.yaml");
            assert!(beside.exists(), "{} has no judgement beside it", path.display());
            found.push((path, read_yaml(&beside)));
        }
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

/// Where `words` stand in `text`; any white space, or a table's bar, stands for any other.
fn places(text: &str, words: &str) -> Vec<Span> {
    let wanted: Vec<&str> = words.split_whitespace().collect();
    let Some(first) = wanted.first() else { return Vec::new() };
    text.match_indices(first)
        .filter_map(|(start, _)| {
            let mut at = start;
            for (number, word) in wanted.iter().enumerate() {
                if number > 0 {
                    let rest = &text[at..];
                    let gap = rest.len() - rest.trim_start().len();
                    if gap == 0 {
                        return None;
                    }
                    at += gap;
                }
                if !text[at..].starts_with(word) {
                    return None;
                }
                at += word.len();
            }
            Some(Span::new(start, at))
        })
        .collect()
}

/// Compares what was found with what was expected; every difference is a line.
struct Judge<'a> {
    checked: &'a Checked,
    differences: Vec<String>,
}

impl Judge<'_> {
    fn document(&self) -> &Document {
        &self.checked.document
    }

    /// The one place of `words`; saying so when there is none, or more than one.
    fn place(&mut self, words: &str) -> Option<Span> {
        let places = places(self.document().text(), words);
        if places.len() != 1 {
            self.differences
                .push(format!("`{words}` stands {} times in the document; it must stand once", places.len()));
        }
        (places.len() == 1).then(|| places[0])
    }

    fn shown(&self, finding: &Finding) -> String {
        let words = self.document().words(finding.span).replace('\n', " ");
        let missing: Vec<&str> = finding.missing.iter().map(|missing| missing.name.as_str()).collect();
        let missing = if missing.is_empty() { String::new() } else { format!(", missing [{}]", missing.join(", ")) };
        format!("{} ({}) at {}: `{words}`{missing}", finding.rule, finding.severity.name(), finding.place)
    }

    fn judge(&mut self, expected: &Expected) {
        let kind = self.document().kind().name();
        if kind != expected.kind {
            self.differences.push(format!("it is taken for a {kind}; it is a {}", expected.kind));
        }
        let mut accounted = BTreeSet::new();
        for wanted in &expected.found {
            self.wanted(wanted, &mut accounted);
        }
        for trap in &expected.quiet {
            self.trap(trap, &mut accounted);
        }
        let least = if expected.advice.is_some() { Severity::Advice } else { Severity::Warning };
        for (number, finding) in self.checked.findings.iter().enumerate() {
            if finding.severity >= least && !accounted.contains(&number) {
                self.differences.push(format!("not on the list: {}", self.shown(finding)));
            }
        }
        for hidden in &expected.never {
            if !places(self.document().text(), hidden).is_empty() {
                self.differences.push(format!("`{hidden}` is not text a reader sees, and was read as text"));
            }
        }
    }

    fn wanted(&mut self, wanted: &Wanted, accounted: &mut BTreeSet<usize>) {
        let Some(place) = self.place(&wanted.at) else { return };
        let there: Vec<usize> = (0..self.checked.findings.len())
            .filter(|&number| {
                let finding = &self.checked.findings[number];
                let touches = finding.span.contains(place) || place.contains(finding.span);
                finding.rule.0 == wanted.rule && touches
            })
            .collect();
        accounted.extend(&there);
        match (there.is_empty(), &wanted.known_gap) {
            (true, None) => self.differences.push(format!("missed: {} at `{}`", wanted.rule, wanted.at)),
            (false, Some(why)) => self.differences.push(format!(
                "{} at `{}` is found now; take the mark away (known-gap: {why})",
                wanted.rule, wanted.at
            )),
            (false, None) => self.missing(wanted, &there),
            (true, Some(_)) => {}
        }
    }

    fn missing(&mut self, wanted: &Wanted, there: &[usize]) {
        let Some(names) = &wanted.missing else { return };
        let names: BTreeSet<&str> = names.iter().map(String::as_str).collect();
        for &number in there {
            let finding = &self.checked.findings[number];
            let found: BTreeSet<&str> = finding.missing.iter().map(|missing| missing.name.as_str()).collect();
            if found != names {
                self.differences.push(format!("missing should be {names:?}: {}", self.shown(finding)));
            }
        }
    }

    fn trap(&mut self, trap: &Trap, accounted: &mut BTreeSet<usize>) {
        let Some(place) = self.place(&trap.text) else { return };
        let touching: Vec<usize> = (0..self.checked.findings.len())
            .filter(|&number| self.checked.findings[number].span.overlaps(place))
            .collect();
        accounted.extend(&touching);
        match (touching.is_empty(), &trap.known_gap) {
            (false, None) => {
                for number in touching {
                    let shown = self.shown(&self.checked.findings[number]);
                    self.differences.push(format!("fell for a trap ({}): {shown}", trap.why));
                }
            }
            (true, Some(why)) => {
                self.differences.push(format!("`{}` is silent now; take the mark away (known-gap: {why})", trap.text))
            }
            (false, Some(_)) | (true, None) => {}
        }
    }
}
