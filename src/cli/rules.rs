//! List and search the rules.

use super::answer::{Answer, Code};
use super::args::RulesArgs;
use super::lookup::{self, Entry};
use super::{coverage, settings, today};
use crate::document::Kind;
use crate::report::words::{count, safe};
use crate::rule::set::Example;
use crate::rule::{Basis, RuleSet, RuleText, Sureness};
use serde::Serialize;
use std::collections::BTreeSet;
use std::fmt::Write;

/// Answers `dignity rules`.
pub(super) fn rules(args: &RulesArgs) -> Answer {
    let loaded = match settings::load(&args.rule, &[]) {
        Ok(loaded) => loaded,
        Err(broken) => return broken.answer(),
    };
    let rules = &loaded.checker.rules;
    if args.coverage {
        return coverage::coverage(rules, &args.format);
    }
    let called = args.word.as_deref().map(|word| called(rules, word));
    let overdue: Vec<&str> = rules
        .packs
        .iter()
        .filter(|pack| {
            pack.review_by
                .as_deref()
                .and_then(today::days)
                .zip(today::today())
                .is_some_and(|(date, today)| date < today)
        })
        .map(|pack| pack.name.as_str())
        .collect();
    let wanted = |entry: &Entry<'_>, text: &RuleText| {
        let id = &entry.rule.id;
        let named = |what: &String| *what == id.0 || what == id.pack();
        (args.what.is_empty() || args.what.iter().any(named))
            && args.right.as_deref().is_none_or(|right| stands_on(&text.basis, right))
            && called.as_ref().is_none_or(|called| called.contains(id.0.as_str()))
            && (!args.untested || text.tests.flag.len() < 2 || text.tests.pass.len() < 2)
            && (!args.overdue || overdue.contains(&id.pack()))
    };
    let found: Vec<(Entry<'_>, RuleText)> = lookup::all(rules)
        .into_iter()
        .map(|entry| {
            let text = entry.text();
            (entry, text)
        })
        .filter(|(entry, text)| wanted(entry, text))
        .collect();
    let out = match args.format.as_str() {
        "json" => json(&found),
        "markdown" => markdown(&found),
        _ => human(&found),
    };
    let mut answer = Answer::fine(out);
    if found.is_empty() && !args.what.is_empty() {
        let known: Vec<String> = lookup::all(rules).iter().map(|entry| entry.rule.id.0.clone()).collect();
        answer.err = args.what.iter().map(|what| lookup::unknown(what, &known) + "\n").collect();
        answer.code = Code::Wrong;
    }
    answer
}

/// Whether `right` is an article, a principle, a standard or a jurisdiction of `basis`. `14` means `14(1)` too.
fn stands_on(basis: &Basis, right: &str) -> bool {
    let right = right.trim().trim_start_matches("crpd/").trim_start_matches("recovery/").to_lowercase();
    let article =
        |known: &String| known == &right || known.strip_prefix(&right).is_some_and(|rest| rest.starts_with('('));
    let standard =
        |known: &String| known == &right || known.strip_prefix(&right).is_some_and(|rest| rest.starts_with('.'));
    basis.crpd.iter().any(article)
        || basis.recovery.contains(&right)
        || basis.quality_rights.iter().any(standard)
        || basis.law.iter().any(|law| law.profile == right)
}

/// Ids of the rules that know `words`: they stand in the rule itself, or in a set of words that it uses.
fn called(rules: &RuleSet, words: &str) -> BTreeSet<String> {
    let wanted = words.to_lowercase();
    let files = rules.sources.files();
    let knows = |text: &str| text.to_lowercase().contains(&wanted);
    let set_of = |path: &str| {
        path.strip_suffix(".yaml").and_then(|path| path.rsplit_once("words/")).map(|(_, name)| name.to_owned())
    };
    let mut sets: BTreeSet<String> =
        files.iter().filter(|(_, text)| knows(text)).filter_map(|(path, _)| set_of(path)).collect();
    let uses = |text: &str, sets: &BTreeSet<String>| sets.iter().any(|set| names_set(text, set));
    loop {
        let more = files.iter().filter(|(_, text)| uses(text, &sets)).filter_map(|(path, _)| set_of(path));
        let more: Vec<String> = more.filter(|set| !sets.contains(set)).collect();
        if more.is_empty() {
            break;
        }
        sets.extend(more);
    }
    lookup::all(rules)
        .iter()
        .filter(|entry| {
            let file = entry.text().file;
            let found = files.iter().find(|(path, _)| *path == file);
            found.is_some_and(|(_, text)| knows(text) || uses(text, &sets))
        })
        .map(|entry| entry.rule.id.0.clone())
        .collect()
}

/// Whether `$set` stands in `text`, and not only as the beginning of a longer name.
fn names_set(text: &str, set: &str) -> bool {
    text.split('$').skip(1).any(|rest| {
        rest.strip_prefix(set).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-'))
    })
}

fn human(found: &[(Entry<'_>, RuleText)]) -> String {
    let mut out = String::new();
    let widest = found.iter().map(|(entry, _)| entry.rule.id.0.len()).max().unwrap_or(0);
    for (entry, text) in found {
        let asleep = if entry.rule.opt_in { " (only when asked for)" } else { "" };
        let _ = writeln!(
            out,
            "{:<widest$}  {:<7}  {}{asleep}",
            entry.rule.id.0,
            entry.rule.severity.name(),
            safe(&text.title)
        );
    }
    let _ = writeln!(out, "{}; dignity explain ID says more", count(found.len(), "rule", "rules"));
    out
}

fn markdown(found: &[(Entry<'_>, RuleText)]) -> String {
    let mut out = String::from("# Rules\n");
    let mut pack = "";
    for (entry, text) in found {
        if entry.rule.id.pack() != pack {
            pack = entry.rule.id.pack();
            let _ = writeln!(out, "\n## {pack}");
        }
        let rule = entry.rule;
        let _ = writeln!(out, "\n### {}\n\n{}\n\n**Why:** {}\n", rule.id, text.title, text.why);
        if let Some(ask) = &text.ask {
            let _ = writeln!(out, "**Ask:** {ask}\n");
        }
        let _ = writeln!(out, "**Level:** {}, {} confidence\n", rule.severity.name(), rule.confidence.name());
        let _ = writeln!(out, "**Reads:** {}\n", kinds(entry).join(", "));
        let _ = writeln!(out, "**Stands on:** {}\n", stands(&text.basis));
        for source in &text.sources {
            let sure = match source.sure {
                Sureness::Verified => "verified",
                Sureness::FromMemory => "from memory",
            };
            let _ = writeln!(out, "- {} ({sure})", source.source);
        }
        for (label, examples) in
            [("Flagged", &text.tests.flag), ("Not flagged", &text.tests.pass), ("Known misses", &text.tests.limits)]
        {
            if !examples.is_empty() {
                let _ = writeln!(out, "\n{label}:\n");
                for Example { text, .. } in examples {
                    let _ = writeln!(out, "> {}\n", text.trim().replace('\n', "\n> "));
                }
            }
        }
    }
    out
}

fn kinds(entry: &Entry<'_>) -> Vec<&'static str> {
    Kind::ALL.into_iter().filter(|kind| entry.rule.applies.has(*kind)).map(Kind::name).collect()
}

fn stands(basis: &Basis) -> String {
    let mut parts = Vec::new();
    for (label, list) in
        [("CRPD", &basis.crpd), ("recovery", &basis.recovery), ("QualityRights", &basis.quality_rights)]
    {
        if !list.is_empty() {
            parts.push(format!("{label} {}", list.join(", ")));
        }
    }
    parts.extend(basis.law.iter().map(|law| format!("{}: {}", law.profile, law.reference)));
    parts.join(" · ")
}

#[derive(Serialize)]
struct RuleOut<'r> {
    id: &'r str,
    title: &'r str,
    severity: &'static str,
    confidence: &'static str,
    opt_in: bool,
    applies_to: Vec<&'static str>,
    say: &'r str,
    why: &'r str,
    ask: Option<&'r str>,
    instead: &'r [String],
    basis: &'r Basis,
    sources: &'r [crate::rule::Source],
    reviewed: Option<&'r str>,
    examples: Examples,
}

#[derive(Serialize)]
struct Examples {
    flag: usize,
    pass: usize,
    limits: usize,
}

fn json(found: &[(Entry<'_>, RuleText)]) -> String {
    let rules: Vec<RuleOut<'_>> = found
        .iter()
        .map(|(entry, text)| RuleOut {
            id: &entry.rule.id.0,
            title: &text.title,
            severity: entry.rule.severity.name(),
            confidence: entry.rule.confidence.name(),
            opt_in: entry.rule.opt_in,
            applies_to: kinds(entry),
            say: &text.say,
            why: &text.why,
            ask: text.ask.as_deref(),
            instead: &text.instead,
            basis: &text.basis,
            sources: &text.sources,
            reviewed: text.reviewed.as_deref(),
            examples: Examples {
                flag: text.tests.flag.len(),
                pass: text.tests.pass.len(),
                limits: text.tests.limits.len(),
            },
        })
        .collect();
    serde_json::to_string_pretty(&rules).unwrap_or_default() + "\n"
}
