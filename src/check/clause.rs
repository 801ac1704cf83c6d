//! A document of this kind should contain each of these, somewhere.

use super::gap::{Search, state_of};
use super::make::{Found, Maker};
use super::{Ruled, excepted, whole};
use crate::document::BlockKind;
use crate::finding::{Evidence, EvidenceState, Missing, Outcome};
use crate::rule::Expect;
use crate::span::Span;

/// Looks through the whole document for each clause.
pub(super) fn check(maker: &mut Maker<'_>, ruled: Ruled<'_>, require: &[Expect]) {
    let document = maker.reading.document;
    let mut blocks = document.blocks().iter().filter(|block| block.kind != BlockKind::FrontMatter);
    let Some(title) = blocks.next().map(|block| block.span) else { return };
    if !maker.mentions(ruled) {
        return;
    }
    if let Some(exception) = excepted(maker.reading, ruled, title) {
        maker.note(ruled, title, Outcome::Excepted(exception), Vec::new());
        return;
    }
    let mut missing = Vec::new();
    let mut satisfied = Vec::new();
    let mut denied = Vec::new();
    for wanted in require {
        let search = Search { layer: ruled.layer, set: wanted.words, event: None };
        match state_of(maker.reading, whole(document), search) {
            // What a plan says will be done is there.
            (EvidenceState::Done | EvidenceState::Planned, span) => satisfied.push((wanted.name.clone(), span)),
            (state, span) => {
                if state == EvidenceState::SaidNotDone {
                    denied.push(Evidence { span, label: wanted.name.clone() });
                }
                missing.push(Missing { name: wanted.name.clone(), state });
            }
        }
    }
    if missing.is_empty() {
        maker.note(ruled, title, Outcome::Satisfied(satisfied), Vec::new());
        return;
    }
    let first_line = document.words(title).lines().next().map_or(0, str::len);
    let span = Span::new(title.from(), title.from() + first_line.min(200).min(title.len()));
    let span = Span::new(span.from(), document.text().floor_char_boundary(span.to()));
    maker.note(ruled, span, Outcome::Partly { seen: satisfied, denied }, Vec::new());
    maker.find(ruled, Found { span, missing, count: 1, ..Found::default() });
}
