//! A stated time, interval or duration against the limit in force.

use super::Ruled;
use super::flag::stands;
use super::make::{Found, Maker};
use super::quantity::{self, Stated};
use crate::document::BlockKind;
use crate::finding::Outcome;
use crate::rule::{Action, Quantity};
use crate::scan::Hit;
use crate::span::Span;
use std::collections::BTreeSet;

/// A limit in force.
pub(super) struct Limit<'r> {
    pub(super) quantity: Quantity,
    /// Seconds.
    pub(super) at_most: Option<u64>,
    pub(super) shown: &'r str,
}

/// Looks at every sentence that speaks of the topic.
pub(super) fn check(maker: &mut Maker<'_>, ruled: Ruled<'_>, hits: &[Hit], limit: &Limit<'_>) {
    if hits.is_empty() || !maker.mentions(ruled) {
        return;
    }
    let mut seen = BTreeSet::new();
    for hit in hits {
        let sentence = maker.reading.sentence(hit.span.start).span;
        if seen.contains(&sentence) {
            continue;
        }
        // A sentence may state two times for two people; the one nearest to the topic is its own.
        let stated = quantity::stated(maker.reading.text(), sentence, limit.quantity);
        let nearest = stated.into_iter().min_by_key(|stated| distance(stated.span, hit.span));
        let Some(beyond) = nearest.filter(|stated| is_beyond(stated, limit, maker.options.today)) else {
            maker.note(ruled, hit.span, Outcome::Satisfied(Vec::new()), Vec::new());
            continue;
        };
        // A date in the header of a document is a statement, though the header as a whole is not prose.
        let header = maker.reading.block_kind(hit.span.start) == Some(BlockKind::FrontMatter);
        let event = maker.reading.document.kind().is_about_a_person();
        let stood = if header { Some((Vec::new(), Action::Keep)) } else { stands(maker, ruled, *hit, event) };
        let Some((acted, action)) = stood else { continue };
        seen.insert(sentence);
        let found = Found {
            span: beyond.span.cover(hit.span),
            acted,
            action: Some(action),
            stated: Some(maker.reading.document.words(beyond.span).to_owned()),
            limit: Some(limit.shown.to_owned()),
            count: 1,
            ..Found::default()
        };
        maker.find(ruled, found);
    }
}

/// Bytes between two spans; none where they overlap.
fn distance(one: Span, other: Span) -> u32 {
    one.start.saturating_sub(other.end).max(other.start.saturating_sub(one.end))
}

fn is_beyond(stated: &Stated, limit: &Limit<'_>, today: Option<i32>) -> bool {
    match limit.quantity {
        Quantity::Date => today.is_some_and(|today| stated.value < i64::from(today)),
        _ => limit.at_most.is_some_and(|most| stated.value > i64::try_from(most).unwrap_or(i64::MAX)),
    }
}
