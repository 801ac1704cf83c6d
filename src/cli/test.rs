//! Rules on their own examples.

use super::answer::{Answer, Code};
use super::args::{RuleArgs, TestArgs};
use super::face::Face;
use super::lookup::{self, Entry};
use super::settings::{self, Broken};
use crate::checker::Checker;
use crate::prove::{self, Proof, Verdict, terms};
use crate::report::words::count;
use crate::report::{Sources, draw_errors};
use crate::rule::{RuleError, RuleSet, RuleText};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Answers `dignity test`.
pub(super) fn test(args: &TestArgs) -> Answer {
    let face = Face::of(&args.look);
    // Folders among the names are rules to be loaded; when only they are named, only their rules are tried.
    let (folders, names): (Vec<&String>, Vec<&String>) = args.what.iter().partition(|what| Path::new(what).is_dir());
    let mut rule = args.rule.clone();
    rule.rules.extend(folders.iter().map(PathBuf::from));
    rule.opt_in.push("all".to_owned());
    let plain = match load(&rule) {
        Ok(checker) => checker,
        Err(broken) => return broken.answer_in(face),
    };
    let rules = &plain.rules;
    let all = lookup::all(rules);
    let own = |entry: &Entry<'_>| !folders.is_empty() && entry.layer > 0;
    let chosen =
        |entry: &Entry<'_>| names.iter().any(|name| **name == entry.rule.id.0 || *name == entry.rule.id.pack());
    let unknown =
        names.iter().find(|name| !all.iter().any(|entry| **name == &entry.rule.id.0 || **name == entry.rule.id.pack()));
    if let Some(name) = unknown {
        let known: Vec<String> = all.iter().map(|entry| entry.rule.id.0.clone()).collect();
        return Answer::wrong(format!("{}\n", lookup::unknown(name, &known)));
    }
    let wanted: Vec<(Entry<'_>, RuleText)> = all
        .into_iter()
        .filter(|entry| {
            rules.in_force(entry.layer, entry.index) && (args.what.is_empty() || own(entry) || chosen(entry))
        })
        .map(|entry| {
            let text = entry.text();
            (entry, text)
        })
        .collect();
    let profiles = profiles(&rule, &wanted);
    let checker = |profile: Option<&str>| profile.map_or(Some(&plain), |profile| profiles.get(profile));
    let proofs: Vec<(Proof<'_>, &RuleText)> =
        wanted.iter().map(|(entry, text)| (prove::prove(entry.rule, text, &checker), text)).collect();
    let sources: Sources =
        rules.sources.files().into_iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect();
    let mut out = String::new();
    for (proof, text) in &proofs {
        tell(&mut out, args, proof, text, face, &sources);
    }
    if args.terms {
        let ids: Vec<&str> = wanted.iter().map(|(entry, _)| entry.rule.id.0.as_str()).collect();
        let advice = terms::untried(rules, &ids);
        if !advice.is_empty() {
            out.push_str(&draw_errors(&advice, &sources, face.pen(), face.plain));
            let _ = writeln!(out, "{} that no example of its rule uses", count(advice.len(), "term", "terms"));
        }
    }
    let failed = summary(&mut out, &proofs);
    let code = match (proofs.is_empty(), failed) {
        (true, _) => Code::Unread,
        (_, true) => Code::Found,
        _ => Code::Fine,
    };
    Answer { out: out.into_bytes(), err: String::new(), code }
}

/// Examples of the topmost rules that do not hold, as mistakes of their files.
pub(super) fn failing(rules: RuleSet) -> Vec<RuleError> {
    let checker = Checker { rules, options: prove::options(None) };
    let Some(layer) = checker.rules.layers.last() else { return Vec::new() };
    let mut found = Vec::new();
    for (index, rule) in layer.rules.iter().enumerate() {
        let Some(text) = layer.text(index) else { continue };
        let proof = prove::prove(rule, &text, &|_| Some(&checker));
        let failed = proof.tried.iter().filter(|tried| tried.verdict != Verdict::Held);
        found.extend(failed.map(|tried| RuleError {
            help: Some("tried without the terms that have mistakes".to_owned()),
            ..prove::mistake(&proof, tried, &text)
        }));
    }
    found
}

fn tell(out: &mut String, args: &TestArgs, proof: &Proof<'_>, text: &RuleText, face: Face, sources: &Sources) {
    if !args.quiet || !proof.holds() {
        let state = match (proof.tried.is_empty(), proof.holds()) {
            (true, _) => "untested".to_owned(),
            (_, true) => format!("held {}", proof.held()),
            _ => format!("held {} of {}", proof.held(), proof.tried.len()),
        };
        let _ = writeln!(out, "{:<60} {state}", proof.rule.0);
    }
    let errors: Vec<RuleError> = proof
        .tried
        .iter()
        .filter(|tried| tried.verdict != Verdict::Held)
        .map(|tried| prove::mistake(proof, tried, text))
        .collect();
    out.push_str(&draw_errors(&errors, sources, face.pen(), face.plain));
}

/// The last lines; whether anything failed.
fn summary(out: &mut String, proofs: &[(Proof<'_>, &RuleText)]) -> bool {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for tried in proofs.iter().flat_map(|(proof, _)| &proof.tried) {
        *counts.entry(tried.verdict.name()).or_default() += 1;
    }
    let untested: Vec<&str> =
        proofs.iter().filter(|(proof, _)| proof.tried.is_empty()).map(|(proof, _)| proof.rule.0.as_str()).collect();
    if !untested.is_empty() {
        let _ = writeln!(out, "untested: {}", untested.join(", "));
    }
    let verdicts = [Verdict::Held, Verdict::FalseAlarm, Verdict::Miss, Verdict::WrongSpan, Verdict::WrongMissing];
    let counted: Vec<String> = verdicts
        .iter()
        .map(|verdict| format!("{} {}", counts.get(verdict.name()).unwrap_or(&0), verdict.name()))
        .collect();
    let _ = writeln!(out, "{}: {}", count(proofs.len(), "rule", "rules"), counted.join(", "));
    counts.keys().any(|name| *name != Verdict::Held.name())
}

/// A checker for each jurisdiction that examples ask for; one that is not known has none.
fn profiles(args: &RuleArgs, wanted: &[(Entry<'_>, RuleText)]) -> BTreeMap<String, Checker> {
    let examples = wanted.iter().flat_map(|(_, text)| text.tests.flag.iter().chain(&text.tests.pass));
    let names: BTreeSet<&String> = examples.filter_map(|example| example.profile.as_ref()).collect();
    let made = names.into_iter().filter_map(|name| {
        let args = RuleArgs { jurisdiction: Some(name.clone()), ..args.clone() };
        Some((name.clone(), load(&args).ok()?))
    });
    made.collect()
}

fn load(args: &RuleArgs) -> Result<Checker, Broken> {
    let mut checker = settings::load(args, &[])?.checker;
    checker.options = prove::options(checker.options.today);
    Ok(checker)
}
