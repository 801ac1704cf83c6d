//! Too many, too few, out of balance: counts of sentences, never one number.

use super::make::{Found, Maker};
use super::{Ruled, context, out_of_scope, whole};
use crate::check::reading::Reading;
use crate::document::Reach;
use crate::finding::Outcome;
use crate::rule::{Compare, Condition, Expect};
use crate::scan::SetId;
use crate::span::Span;
use std::collections::BTreeSet;

/// Counts in every unit of the document.
pub(super) fn check(
    maker: &mut Maker<'_>,
    ruled: Ruled<'_>,
    counts: &[Expect],
    flag_when: &[Condition],
    within: Reach,
) {
    if !maker.mentions(ruled) {
        return;
    }
    for unit in units(maker.reading, within) {
        let Some(first) = maker.reading.text()[unit.range()].find(|letter: char| letter.is_alphanumeric()) else {
            continue;
        };
        let start = u32::try_from(first).unwrap_or(0) + unit.start;
        if out_of_scope(maker.reading, ruled.rule, Span { start, end: unit.end }).is_some() {
            continue;
        }
        let words = u32::try_from(maker.reading.text()[unit.range()].split_whitespace().count()).unwrap_or(u32::MAX);
        let counted: Vec<u32> =
            counts.iter().map(|count| sentences_with(maker.reading, ruled.layer, unit, count.words)).collect();
        let title = maker.reading.document.block_at(start).and_then(|block| maker.reading.document.blocks().get(block));
        let Some(span) = title.map(|block| block.span) else { continue };
        if flag_when.iter().all(|condition| holds(condition, &counted, words)) {
            let shown: Vec<String> =
                counts.iter().zip(&counted).map(|(count, number)| format!("{} {number}", count.name)).collect();
            let count = counted.first().copied().unwrap_or_default();
            let found = Found { span, stated: Some(shown.join(", ")), count, ..Found::default() };
            maker.find(ruled, found);
        } else {
            maker.note(ruled, span, Outcome::Satisfied(Vec::new()), Vec::new());
        }
    }
}

fn units(reading: &Reading<'_>, within: Reach) -> Vec<Span> {
    let document = reading.document;
    match within {
        Reach::Entry => document.entries().iter().map(|entry| entry.span).collect(),
        Reach::Section => document.sections().iter().map(|section| section.span).collect(),
        _ => vec![whole(document)],
    }
}

/// How many sentences of the unit hold a word of the set that is not negated and not structure.
fn sentences_with(reading: &Reading<'_>, layer: usize, unit: Span, set: SetId) -> u32 {
    let mut seen = BTreeSet::new();
    for span in reading.near_of(layer, unit, set) {
        if reading.is_structure(span.start) {
            continue;
        }
        let sentence = reading.sentence(span.start);
        if context::negated(reading, &sentence, span).is_none() {
            seen.insert(sentence.span.start);
        }
    }
    u32::try_from(seen.len()).unwrap_or(u32::MAX)
}

fn holds(condition: &Condition, counted: &[u32], words: u32) -> bool {
    let value = |index: Option<u16>| match index {
        Some(index) => counted.get(usize::from(index)).copied().unwrap_or_default(),
        None => words,
    };
    let left = f64::from(value(condition.left));
    let number = f64::from(condition.number);
    let right = condition.right.map_or(number, |index| number * f64::from(value(index)));
    match condition.compare {
        Compare::AtLeast => left >= right,
        Compare::AtMost => left <= right,
        Compare::MoreThan => left > right,
        Compare::FewerThan => left < right,
    }
}
