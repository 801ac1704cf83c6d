//! What is left when findings overlap or repeat: a word inside a longer flagged phrase is not flagged again,
//! and the same sentence copied forward is one finding with a count.

use super::Looked;
use crate::document::Document;
use crate::finding::{Finding, Outcome};
use crate::rule::{Concern, Severity};
use crate::span::Span;
use std::collections::BTreeMap;

/// Settles overlaps, then repeats. Nothing is lost: looks say what became of each.
pub(super) fn settle(document: &Document, looked: &mut Looked) {
    let flagged: Vec<(Span, usize)> = looked
        .findings
        .iter()
        .enumerate()
        .filter(|(_, finding)| finding.concern == Concern::Wording && finding.missing.is_empty())
        .map(|(at, finding)| (finding.span, at))
        .collect();
    let mut covered: BTreeMap<usize, usize> = BTreeMap::new();
    let mut reach: Option<(Span, usize)> = None;
    for (span, at) in by_length(&flagged) {
        if let Some((longer, by)) = reach
            && longer.contains(span)
            && longer.len() > span.len()
        {
            covered.insert(at, by);
        } else {
            reach = Some((span, at));
        }
    }
    repeat(document, looked, &mut covered);
    let ids: Vec<_> = looked.findings.iter().map(|finding| finding.rule.clone()).collect();
    for (at, by) in &covered {
        let (span, rule) = (looked.findings[*at].span, &ids[*at]);
        let look = looked.looks.iter_mut().find(|look| look.span == span && look.rule == *rule);
        if let Some(look) = look {
            look.outcome = Outcome::Covered(ids[*by].clone());
        }
    }
    let mut at = 0;
    looked.findings.retain(|_| {
        at += 1;
        !covered.contains_key(&(at - 1))
    });
}

/// By start, the longest first.
fn by_length(flagged: &[(Span, usize)]) -> Vec<(Span, usize)> {
    let mut sorted = flagged.to_vec();
    sorted.sort_by_key(|(span, at)| (span.start, std::cmp::Reverse(span.end), *at));
    sorted
}

/// The same rule on the same sentence, or on the same words at advice, is one finding.
fn repeat(document: &Document, looked: &mut Looked, covered: &mut BTreeMap<usize, usize>) {
    let mut first: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut more: Vec<(usize, usize)> = Vec::new();
    for (at, finding) in looked.findings.iter().enumerate() {
        if covered.contains_key(&at) || !finding.missing.is_empty() {
            continue;
        }
        let key = (finding.rule.0.clone(), folded(document, finding));
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

fn folded(document: &Document, finding: &Finding) -> String {
    let span = if finding.severity == Severity::Advice {
        finding.span
    } else {
        // Seventy bytes each way tell copied sentences from the same words used anew.
        let text = document.text();
        let mut start = finding.span.from().saturating_sub(70);
        let mut end = (finding.span.to() + 70).min(text.len());
        while !text.is_char_boundary(start) {
            start += 1;
        }
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        Span::new(start, end)
    };
    document.words(span).split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
