//! What is left when findings overlap or repeat: a word inside a longer flagged phrase is not flagged again,
//! and the same sentence copied forward is one finding with a count.

use super::Looked;
use crate::document::Document;
use crate::finding::{Finding, Outcome};
use crate::rule::{Find, RuleId, RuleSet, Severity};
use crate::span::Span;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Settles overlaps, then repeats. Nothing is lost: looks say what became of each.
pub(super) fn settle(document: &Document, rules: &RuleSet, looked: &mut Looked) {
    if looked.findings.len() < 2 {
        return;
    }
    let mut covered = overlaps(rules, &looked.findings);
    repeat(document, looked, &mut covered, &rules.lexicon.abbreviations);
    let ids: Vec<_> = looked.findings.iter().map(|finding| finding.rule.clone()).collect();
    for (at, by) in &covered {
        // Looks are sorted by place and rule.
        let (span, rule) = (looked.findings[*at].span, &ids[*at]);
        let first = looked.looks.partition_point(|look| (look.span, &look.rule) < (span, rule));
        if let Some(look) = looked.looks.get_mut(first).filter(|look| look.span == span && look.rule == *rule) {
            look.outcome = Outcome::Covered(ids[*by].clone());
        }
    }
    let mut at = 0;
    looked.findings.retain(|_| {
        at += 1;
        !covered.contains_key(&(at - 1))
    });
}

/// Where two word rules meet in the same words, one speaks: the more serious, then what was done to the person before
/// mere words, then the longer phrase.
fn overlaps(rules: &RuleSet, findings: &[Finding]) -> BTreeMap<usize, usize> {
    let flags: BTreeSet<&RuleId> = rules
        .layers
        .iter()
        .flat_map(|layer| &layer.rules)
        .filter(|rule| matches!(rule.find, Find::Flag { .. }))
        .map(|rule| &rule.id)
        .collect();
    let mut order: Vec<usize> = (0..findings.len()).filter(|at| flags.contains(&findings[*at].rule)).collect();
    order.sort_by_key(|at| {
        let finding = &findings[*at];
        (Reverse(finding.severity), finding.concern, Reverse(finding.span.len()), finding.span.start, *at)
    });
    let mut covered = BTreeMap::new();
    let mut kept: BTreeMap<Span, usize> = BTreeMap::new();
    for at in order {
        let span = findings[at].span;
        let by = kept.get(&span).copied().or_else(|| {
            // Spans are short, so whatever meets this one begins near it.
            let near =
                Span { start: span.start.saturating_sub(LONGEST), end: 0 }..Span { start: span.end, end: u32::MAX };
            kept.range(near).find(|(known, _)| share(**known, span)).map(|(_, by)| *by)
        });
        match by {
            Some(by) => {
                covered.insert(at, by);
            }
            None => {
                kept.insert(span, at);
            }
        }
    }
    covered
}

/// No flagged phrase is longer, in bytes.
const LONGEST: u32 = 600;

/// Whether half of the shorter lies in the longer.
fn share(one: Span, other: Span) -> bool {
    let common = one.end.min(other.end).saturating_sub(one.start.max(other.start));
    let shorter = one.len().min(other.len());
    common > 0 && common as usize * 2 >= shorter
}

/// The same rule on the same sentence, or on the same words at advice, is one finding.
fn repeat(document: &Document, looked: &mut Looked, covered: &mut BTreeMap<usize, usize>, abbreviations: &[String]) {
    let mut first: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut more: Vec<(usize, usize)> = Vec::new();
    for (at, finding) in looked.findings.iter().enumerate() {
        if covered.contains_key(&at) || !finding.missing.is_empty() {
            continue;
        }
        let key = (finding.rule.0.clone(), folded(document, finding, abbreviations));
        match first.get(&key) {
            Some(known) => more.push((at, *known)),
            None => {
                first.insert(key, at);
            }
        }
    }
    for (at, known) in more {
        covered.insert(at, known);
        looked.findings[known].count += 1;
    }
}

fn folded(document: &Document, finding: &Finding, abbreviations: &[String]) -> String {
    let span = if finding.severity == Severity::Advice {
        finding.span
    } else {
        document.sentence_at(finding.span.start, abbreviations).cover(finding.span)
    };
    let words = [document.words(span), document.words(finding.span)].join(" | ");
    words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
