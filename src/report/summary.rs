//! The end of a report for people, as labelled lines; `human` and `plain` draw them each in its own way.

use super::select::Shown;
use super::words::{self, count, safe};
use super::{Excerpts, Report, Style, Tally};
use crate::document::{Kind, Reason};
use crate::finding::Finding;
use crate::rule::Severity;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// A label and what is said under it, one idea a line.
pub(super) struct Part {
    /// One word or two.
    pub(super) label: &'static str,
    /// Safe to show.
    pub(super) lines: Vec<String>,
}

/// More files than this are counted, not named; `line` and `json` name them all.
const NAMED: usize = 10;

/// The whole end of a report.
pub(super) fn parts(report: &Report<'_>, style: &Style, shown: &[Shown<'_>]) -> Vec<Part> {
    let tally = Tally::of(report);
    let mut parts = vec![checked(report, &tally), found(report, style, &tally, shown)];
    parts.extend(rest(report, style, shown));
    parts.extend(silent(&tally));
    parts.extend(hidden_words(report, style, shown));
    parts.extend(remarks(report));
    parts.extend(unread(report, false));
    parts.extend(partly(report));
    parts.extend(unread(report, true));
    parts.push(Part { label: "Limits", lines: vec![words::LIMITS.to_owned(), words::LOCAL.to_owned()] });
    if let Some(took) = report.took {
        parts.push(Part { label: "Time", lines: vec![format!("{:.1} ms", took.as_secs_f64() * 1000.0)] });
    }
    parts
}

fn checked(report: &Report<'_>, tally: &Tally) -> Part {
    let mut rules = format!("with {}", count(report.rules_in_force, "rule", "rules"));
    if let Some(profile) = &report.profile {
        let _ = write!(rules, " and the law of {}", safe(profile));
    }
    let mut kinds: BTreeMap<Kind, (usize, usize)> = BTreeMap::new();
    for checked in &report.checked {
        let (all, assumed) = kinds.entry(checked.document.kind()).or_default();
        *all += 1;
        *assumed += usize::from(*checked.document.reason() == Reason::Assumed);
    }
    let mut lines = vec![words::met(tally), rules];
    lines.extend(kinds.into_iter().map(|(kind, (all, assumed))| match assumed {
        0 => named(kind, all),
        _ if assumed == all => format!("{}, assumed: nothing in the text said so; --kind does", named(kind, all)),
        _ => format!("{}, {assumed} of them assumed: nothing in the text said so; --kind does", named(kind, all)),
    }));
    Part { label: "Checked", lines }
}

/// `1 policy`, `3 care plans`.
fn named(kind: Kind, number: usize) -> String {
    match kind {
        Kind::Policy => count(number, "policy", "policies"),
        Kind::Record => count(number, "record", "records"),
        Kind::Assessment => count(number, "assessment", "assessments"),
        Kind::CarePlan => count(number, "care plan", "care plans"),
        Kind::Incident => count(number, "incident report", "incident reports"),
        Kind::ConsentForm => count(number, "consent form", "consent forms"),
        Kind::Leaflet => count(number, "leaflet", "leaflets"),
        Kind::Letter => count(number, "letter", "letters"),
        Kind::Template => count(number, "template", "templates"),
        Kind::Training => count(number, "training paper", "training papers"),
    }
}

fn found(report: &Report<'_>, style: &Style, tally: &Tally, shown: &[Shown<'_>]) -> Part {
    let mut lines = vec![words::found(tally)];
    let below = tally.at_or_above(Severity::Advice) - tally.at_or_above(style.show);
    if below > 0 {
        lines.push(format!("{below} below {} are not shown; --show advice shows them", style.show.name()));
    }
    if report.checked.is_empty() {
        lines.push("nothing was checked, so nothing can be said".to_owned());
    } else if tally.at_or_above(style.show) > shown.len() {
        lines.push(match shown.len() {
            0 => "none of them is shown".to_owned(),
            1 => "shown: the one that matters most".to_owned(),
            number => format!("shown: the {number} that matter most"),
        });
    }
    Part { label: "Found", lines }
}

fn rest(report: &Report<'_>, style: &Style, shown: &[Shown<'_>]) -> Option<Part> {
    let mut rules: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    style.at_most?;
    let seen: BTreeSet<*const Finding> = shown.iter().map(|shown| std::ptr::from_ref(shown.finding)).collect();
    let is_shown = |finding: &Finding| seen.contains(&std::ptr::from_ref(finding));
    for checked in &report.checked {
        let mut last: Option<&str> = None;
        for finding in checked.findings.iter().filter(|finding| finding.severity >= style.show && !is_shown(finding)) {
            let (times, documents) = rules.entry(&finding.rule.0).or_default();
            *times += 1;
            *documents += usize::from(last != Some(finding.rule.0.as_str()));
            last = Some(&finding.rule.0);
        }
    }
    if rules.is_empty() {
        return None;
    }
    let mut rules: Vec<(&str, (usize, usize))> = rules.into_iter().collect();
    rules.sort_by_key(|(_, (times, _))| std::cmp::Reverse(*times));
    let more = rules.len().saturating_sub(NAMED);
    let mut lines: Vec<String> =
        rules.into_iter().take(NAMED).map(|(rule, (times, _))| format!("{times} × {rule}")).collect();
    if more > 0 {
        lines.push(format!("and findings of {}", count(more, "other rule", "other rules")));
    }
    lines.push(
        "all of them: --at-most all; one a line: --format line; what a rule means: dignity explain ID".to_owned(),
    );
    Some(Part { label: "The rest", lines })
}

fn silent(tally: &Tally) -> Option<Part> {
    if tally.guarded + tally.excepted == 0 {
        return None;
    }
    Some(Part {
        label: "Silent",
        lines: vec![
            "guarded: kept silent by the words around it; excepted: by the rule itself; dignity why FILE:LINE shows each"
                .to_owned(),
        ],
    })
}

/// Says that words were left out, and how to see them; silence about it would look like a fault.
fn hidden_words(report: &Report<'_>, style: &Style, shown: &[Shown<'_>]) -> Option<Part> {
    let hidden = shown
        .iter()
        .any(|shown| words::excerpts(style, shown.checked.document.kind(), words::Reader::Person) == Excerpts::None);
    if !hidden || style.excerpts.is_some() || report.checked.is_empty() {
        return None;
    }
    let line = "words of records are shown at a terminal only; --excerpts full shows them here too".to_owned();
    Some(Part { label: "Privacy", lines: vec![line] })
}

/// What was decided while reading, file by file.
fn remarks(report: &Report<'_>) -> Option<Part> {
    let remarks = report.checked.iter().flat_map(|checked| {
        let name = checked.document.name();
        checked.document.remarks().iter().map(move |what| format!("{}: {}", safe(name), safe(what)))
    });
    let mut lines: Vec<String> = remarks.collect();
    if lines.len() > NAMED {
        let more = format!("and {} more; --format json says each", lines.len() - NAMED);
        lines.truncate(NAMED);
        lines.push(more);
    }
    (!lines.is_empty()).then_some(Part { label: "Read as", lines })
}

fn unread(report: &Report<'_>, passed_over: bool) -> Option<Part> {
    let files: Vec<_> = report.unread.iter().filter(|unread| unread.passed_over == passed_over).collect();
    if files.is_empty() {
        return None;
    }
    let mut lines: Vec<String> = Vec::new();
    if passed_over {
        let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
        for file in &files {
            *reasons.entry(&file.problem.what).or_default() += 1;
        }
        lines.extend(reasons.into_iter().map(|(what, number)| format!("{number}: {}", safe(what))));
        lines.push("--format line names each; dignity doctor lists what can be read".to_owned());
    } else {
        let named = files.iter().take(NAMED);
        lines.extend(named.map(|file| format!("{}: {}", safe(&file.label()), safe(&file.problem.what))));
        if files.len() > NAMED {
            lines.push(format!("and {} more; --format line names each", files.len() - NAMED));
        }
    }
    Some(Part { label: if passed_over { "Passed over" } else { "Not read" }, lines })
}

fn partly(report: &Report<'_>) -> Option<Part> {
    let mut lines = Vec::new();
    let mut more = 0;
    for checked in &report.checked {
        for problem in checked.document.problems() {
            if lines.len() == NAMED {
                more += 1;
                continue;
            }
            let place = match &problem.place {
                Some(place) => words::whereabouts_in(&checked.document, place),
                None => safe(&checked.document.label()).into_owned(),
            };
            lines.push(format!("{place}: {}", safe(&problem.what)));
        }
    }
    if more > 0 {
        lines.push(format!("and {more} more; --format line names each"));
    }
    (!lines.is_empty()).then_some(Part { label: "Partly read", lines })
}
