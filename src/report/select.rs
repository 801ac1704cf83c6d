//! Which findings are shown, and in which order. Every format asks here, so all show the same ones.

use super::{Report, Style, Tally};
use crate::finding::{Checked, Finding, Look, Outcome, Standing};
use crate::rule::Severity;
use crate::span::Span;
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// A finding with its document.
#[derive(Clone, Copy)]
pub struct Shown<'r> {
    /// The document.
    pub checked: &'r Checked,
    /// The finding.
    pub finding: &'r Finding,
}

/// At most so many findings before a note is saved: more is not read.
pub const BEFORE_SAVING: usize = 3;

/// The findings to show. Without a limit they stand in the order of the documents; with one, those that
/// matter most come first.
pub fn select<'r>(report: &'r Report<'_>, style: &Style) -> Vec<Shown<'r>> {
    choose(&report.checked, style)
}

/// The findings to show of one document, for faces that have no report.
pub fn of_one<'r>(checked: &'r Checked, style: &Style) -> Vec<Shown<'r>> {
    choose(std::slice::from_ref(checked), style)
}

fn choose<'r>(checked: &'r [Checked], style: &Style) -> Vec<Shown<'r>> {
    let mut all: Vec<Shown<'r>> = checked
        .iter()
        .flat_map(|checked| checked.findings.iter().map(move |finding| Shown { checked, finding }))
        .filter(|shown| shown.finding.severity >= style.show)
        .collect();
    let limit = match (style.before_saving, style.at_most) {
        (true, limit) => Some(limit.unwrap_or(BEFORE_SAVING)),
        (false, limit) => limit,
    };
    let Some(limit) = limit else { return all };
    all.retain(|shown| shown.finding.standing == Standing::Open);
    by_importance(&mut all);
    if style.before_saving {
        once(&mut all);
    }
    all.truncate(limit);
    all
}

/// Where all texts are about a person, what the record owes comes first, then a "no" that was overridden, then
/// words; elsewhere the level does. Equal ones keep their order.
fn by_importance(shown: &mut [Shown<'_>]) {
    let private = shown.iter().all(|shown| shown.checked.document.kind().is_about_a_person());
    shown.sort_by_key(|Shown { finding, .. }| {
        let (concern, level) = (finding.concern, Reverse(finding.severity));
        let first = if private { Some(concern) } else { None };
        (first, level, concern, Reverse(finding.confidence))
    });
}

/// Keeps the first of the findings that one rule made of the same words, or several rules of the same place.
fn once(shown: &mut Vec<Shown<'_>>) {
    let mut words: BTreeSet<(&str, String)> = BTreeSet::new();
    let mut places: BTreeSet<(&str, Option<&str>, Span)> = BTreeSet::new();
    shown.retain(|Shown { checked, finding }| {
        let matched = checked.document.words(finding.span).to_lowercase();
        let first_of_place = places.insert((checked.document.name(), checked.document.part(), finding.span));
        words.insert((finding.rule.0.as_str(), matched)) && first_of_place
    });
}

impl Tally {
    /// Counts everything in `report`, shown or not. Findings that someone has answered for are not counted again.
    pub fn of(report: &Report<'_>) -> Self {
        let mut tally = Self { documents: report.checked.len(), ..Self::default() };
        for unread in &report.unread {
            if unread.passed_over {
                tally.passed_over += 1;
            } else {
                tally.unreadable += 1;
            }
        }
        for checked in &report.checked {
            tally.entries += checked.entries as usize;
            for finding in checked.findings.iter().filter(|finding| finding.standing == Standing::Open) {
                match finding.severity {
                    Severity::Error => tally.errors += 1,
                    Severity::Warning => tally.warnings += 1,
                    Severity::Advice => tally.advice += 1,
                }
            }
            for Look { outcome, .. } in &checked.looks {
                match outcome {
                    Outcome::Guarded => tally.guarded += 1,
                    Outcome::Excepted(_) => tally.excepted += 1,
                    _ => {}
                }
            }
        }
        tally
    }

    /// Every total with its name, as in the form of our own report.
    pub fn named(&self) -> Vec<(String, u64)> {
        let serde_json::Value::Object(named) = serde_json::to_value(self).unwrap_or_default() else {
            return Vec::new();
        };
        named.into_iter().filter_map(|(name, value)| Some((name, value.as_u64()?))).collect()
    }

    /// How many findings stand at `level` or above.
    pub fn at_or_above(&self, level: Severity) -> usize {
        let mut count = self.errors;
        if level <= Severity::Warning {
            count += self.warnings;
        }
        if level <= Severity::Advice {
            count += self.advice;
        }
        count
    }
}
