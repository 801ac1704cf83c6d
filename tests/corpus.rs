//! The invented documents under `fixtures/` against a reviewer's judgement, written beside each of them.
//!
//! The judgement comes first and the tool second: a difference is settled by asking which of the two is right. What the
//! tool cannot do yet is marked `known-gap` beside the document, and such a mark must fail until it is taken away.

use dignity::built_in;
use dignity::check::Options;
use dignity::checker::Checker;
use dignity::document::Document;
use dignity::finding::{Checked, Finding};
use dignity::rule::{Choice, Severity};
use dignity::span::Span;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// The day the fixtures are read on, as days since 1970-01-01: 15 June 2026.
const TODAY: i32 = 20_619;

/// A reviewer's judgement of one document.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Expected {
    kind: String,
    /// What it is wrongly taken for, for now.
    taken_for: Option<String>,
    /// The document is not read at all yet.
    known_gap: Option<String>,
    jurisdiction: Option<String>,
    advice: Option<String>,
    found: Vec<Wanted>,
    quiet: Vec<Trap>,
    /// Good practice that should be named.
    #[serde(default)]
    credits: Vec<Credit>,
    /// Findings that should not be there and are, for now.
    #[serde(default)]
    unwanted: Vec<Unwanted>,
    #[serde(default)]
    never: Vec<String>,
}

/// A finding that is wanted.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Wanted {
    /// Absent only where no rule asks for it yet.
    rule: Option<String>,
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
    /// The highest level that does no harm here; none when absent.
    at_most: Option<String>,
    known_gap: Option<String>,
}

/// Good practice that a reviewer would name.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Credit {
    label: String,
    known_gap: Option<String>,
}

/// A finding that a reviewer would not make.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Unwanted {
    rule: String,
    at: String,
    known_gap: String,
}

/// A file that breaks readers, and what must be said of it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Broken {
    file: String,
    #[serde(default)]
    unreadable: bool,
    #[serde(default)]
    problem: bool,
    found: Option<String>,
    known_gap: Option<String>,
}

impl Wanted {
    /// Whether `finding` says what is missing, no more and no less.
    fn is_met_by(&self, finding: &Finding) -> bool {
        let found: BTreeSet<&str> = finding.missing.iter().map(|missing| missing.name.as_str()).collect();
        self.missing.as_ref().is_none_or(|names| names.iter().map(String::as_str).collect::<BTreeSet<_>>() == found)
    }
}

fn level(name: &str) -> Option<Severity> {
    [Severity::Advice, Severity::Warning, Severity::Error].into_iter().find(|severity| severity.name() == name)
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
        match (&expected.known_gap, self.document().is_unreadable()) {
            (Some(_), true) => return,
            (Some(why), false) => {
                self.differences.push(format!("it is read now; take the mark away (known-gap: {why})"));
            }
            (None, true) => return self.differences.push("it was not read".to_owned()),
            (None, false) => {}
        }
        let kind = self.document().kind().name();
        if kind != expected.taken_for.as_ref().unwrap_or(&expected.kind) {
            let marked = if expected.taken_for.is_some() { "; the mark `taken-for` is out of date" } else { "" };
            self.differences.push(format!("it is taken for a {kind}; it is a {}{marked}", expected.kind));
        }
        let mut accounted = BTreeSet::new();
        for wanted in &expected.found {
            self.wanted(wanted, &mut accounted);
        }
        for unwanted in &expected.unwanted {
            self.unwanted(unwanted, &mut accounted);
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
        let there = self.there(place, wanted.rule.as_deref());
        let rule = wanted.rule.as_deref().unwrap_or("some rule");
        let met = there.iter().any(|&number| wanted.is_met_by(&self.checked.findings[number]));
        match (met, &wanted.known_gap) {
            (false, None) if there.is_empty() => self.differences.push(format!("missed: {rule} at `{}`", wanted.at)),
            (false, None) => {
                for &number in &there {
                    let shown = self.shown(&self.checked.findings[number]);
                    self.differences.push(format!("missing should be {:?}: {shown}", wanted.missing));
                }
            }
            (true, Some(why)) => {
                for &number in &there {
                    let shown = self.shown(&self.checked.findings[number]);
                    self.differences.push(format!("found now; take the mark away (known-gap: {why}): {shown}"));
                }
            }
            (true, None) | (false, Some(_)) => {}
        }
        accounted.extend(there);
    }

    /// Findings of `rule`, or of any rule, that cover `place` or are covered by it.
    fn there(&self, place: Span, rule: Option<&str>) -> Vec<usize> {
        let findings = self.checked.findings.iter().enumerate();
        findings
            .filter(|(_, finding)| finding.span.contains(place) || place.contains(finding.span))
            .filter(|(_, finding)| rule.is_none_or(|rule| finding.rule.0 == rule))
            .map(|(number, _)| number)
            .collect()
    }

    fn unwanted(&mut self, unwanted: &Unwanted, accounted: &mut BTreeSet<usize>) {
        let Some(place) = self.place(&unwanted.at) else { return };
        let there = self.there(place, Some(&unwanted.rule));
        if there.is_empty() {
            self.differences.push(format!(
                "{} is silent now at `{}`; take the mark away (known-gap: {})",
                unwanted.rule, unwanted.at, unwanted.known_gap
            ));
        }
        accounted.extend(there);
    }

    fn trap(&mut self, trap: &Trap, accounted: &mut BTreeSet<usize>) {
        let Some(place) = self.place(&trap.text) else { return };
        let touching: Vec<usize> = (0..self.checked.findings.len())
            .filter(|&number| self.checked.findings[number].span.overlaps(place))
            .collect();
        accounted.extend(&touching);
        let most = trap.at_most.as_deref().and_then(level);
        let touching: Vec<usize> = touching
            .into_iter()
            .filter(|&number| most.is_none_or(|most| self.checked.findings[number].severity > most))
            .collect();
        match (touching.is_empty(), &trap.known_gap) {
            (false, None) => {
                for number in touching {
                    let shown = self.shown(&self.checked.findings[number]);
                    self.differences.push(format!("fell for a trap ({}): {shown}", trap.why));
                }
            }
            (true, Some(why)) => {
                self.differences.push(format!("`{}` is silent now; take the mark away (known-gap: {why})", trap.text));
            }
            (false, Some(_)) | (true, None) => {}
        }
    }
}

/// The tool under the law of `jurisdiction`.
fn tool(jurisdiction: Option<&str>) -> Checker {
    let mut rules = built_in::rules().unwrap();
    rules.choose(&Choice { profile: jurisdiction.map(Into::into), ..Choice::default() }).unwrap();
    Checker { rules, options: Options { today: Some(TODAY), ..Options::default() }, ..Checker::default() }
}

/// Every judged document with what the tool makes of it.
fn all_checked() -> Vec<(PathBuf, Expected, Checked)> {
    let mut tools: BTreeMap<Option<String>, Checker> = BTreeMap::new();
    let mut all = Vec::new();
    for (path, expected) in judged() {
        let tool = tools.entry(expected.jurisdiction.clone()).or_insert_with_key(|place| tool(place.as_deref()));
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let checked = tool.check(&name, None, &std::fs::read(&path).unwrap());
        all.push((path, expected, checked));
    }
    all
}

#[test]
fn every_document_is_read_as_a_reviewer_reads_it() {
    let mut report = String::new();
    let mut count = 0;
    for (path, expected, checked) in &all_checked() {
        let mut judge = Judge { checked, differences: Vec::new() };
        judge.judge(expected);
        if !judge.differences.is_empty() {
            count += judge.differences.len();
            let name = path.strip_prefix(fixtures()).unwrap();
            writeln!(report, "\n{}", name.display()).unwrap();
            for difference in judge.differences {
                writeln!(report, "  {difference}").unwrap();
            }
        }
    }
    assert!(count == 0, "{count} differences from the reviewer's judgement\n{report}");
}

#[test]
fn every_judgement_has_its_document_and_says_something() {
    for (path, expected) in judged() {
        let name = path.display();
        assert!(!expected.quiet.is_empty(), "{name} has no trap");
        for wanted in &expected.found {
            assert!(wanted.rule.is_some() || wanted.known_gap.is_some(), "{name}: no rule for `{}`", wanted.at);
        }
        for trap in &expected.quiet {
            assert!(trap.at_most.as_deref().is_none_or(|name| level(name).is_some()), "{name}: no such level");
        }
        assert!(
            expected.advice.as_deref().is_none_or(|advice| advice == "listed"),
            "{name}: advice is `listed` or absent"
        );
    }
    for folder in ["records", "policies"] {
        for file in std::fs::read_dir(fixtures().join(folder)).unwrap() {
            let path = file.unwrap().path();
            let Some(stem) = path.to_string_lossy().strip_suffix(".expected.yaml").map(str::to_owned) else { continue };
            let beside = ["md", "txt", "html"].iter().any(|ending| Path::new(&format!("{stem}.{ending}")).exists());
            assert!(beside, "{} judges nothing", path.display());
        }
    }
}

#[test]
fn good_practice_is_credited() {
    let mut seen = 0;
    for (path, expected, checked) in &all_checked() {
        let name = path.display();
        for credit in &expected.credits {
            seen += 1;
            let given = checked.credits.iter().any(|given| given.label == credit.label);
            match &credit.known_gap {
                None => assert!(given, "{name}: no credit for `{}`", credit.label),
                Some(why) => assert!(!given, "{name}: `{}` is credited; take the mark away ({why})", credit.label),
            }
        }
    }
    assert!(seen > 0, "no fixture names good practice");
}

#[test]
fn a_file_that_breaks_readers_is_never_called_clean() {
    let folder = fixtures().join("broken");
    let tool = tool(None);
    let mut all = Vec::new();
    for broken in read_yaml::<Vec<Broken>>(&folder.join("expected.yaml")) {
        let checked = tool.check(&broken.file, None, &std::fs::read(folder.join(&broken.file)).unwrap());
        let document = &checked.document;
        let file = &broken.file;
        let mut differences = Vec::new();
        if document.is_unreadable() != broken.unreadable {
            let said = if broken.unreadable { "was read, and it cannot be" } else { "was not read, and it can be" };
            differences.push(format!("{file} {said}"));
        }
        if (broken.unreadable || broken.problem) && document.problems().is_empty() {
            differences.push(format!("{file}: nothing is said of what could not be read"));
        }
        if document.problems().iter().any(|problem| problem.what.contains("Juniper")) {
            differences.push(format!("{file}: a problem repeats words of the document"));
        }
        if let Some(words) = &broken.found {
            let place = places(document.text(), words);
            let found = place.len() == 1 && checked.findings.iter().any(|finding| place[0].contains(finding.span));
            if !found {
                differences.push(format!("{file}: nothing was found at `{words}`"));
            }
        }
        match &broken.known_gap {
            None => all.append(&mut differences),
            Some(why) if differences.is_empty() => all.push(format!("{file}: take the mark away (known-gap: {why})")),
            Some(_) => {}
        }
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
}

#[test]
fn every_broken_file_is_in_the_table() {
    let folder = fixtures().join("broken");
    let table: BTreeSet<String> =
        read_yaml::<Vec<Broken>>(&folder.join("expected.yaml")).into_iter().map(|broken| broken.file).collect();
    let there: BTreeSet<String> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|file| file.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name != "expected.yaml" && !name.starts_with('.'))
        .collect();
    assert_eq!(table, there);
}

#[test]
fn a_long_line_is_read_to_its_end() {
    let mut line = "Juniper slept well and walked in the garden. ".repeat(4_000);
    line.push_str("She was restrained by four staff.\n");
    let checked = tool(None).check("long.txt", None, line.as_bytes());
    let place = places(checked.document.text(), "was restrained by four staff");
    assert_eq!(place.len(), 1);
    assert!(checked.findings.iter().any(|finding| place[0].contains(finding.span)));
}
