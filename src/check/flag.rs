//! These words are worth a second look.

use super::make::{Found, Maker};
use super::{Ruled, context, excepted, guards, out_of_scope};
use crate::finding::Outcome;
use crate::rule::Action;
use crate::scan::Hit;

/// Looks at every match of a word rule.
pub(super) fn check(maker: &mut Maker<'_>, ruled: Ruled<'_>, hits: &[Hit]) {
    if hits.is_empty() || !maker.mentions(ruled) {
        return;
    }
    for hit in hits {
        if let Some((acted, action)) = stands(maker, ruled, *hit, false) {
            let found = Found {
                span: hit.span,
                term: Some(hit.term),
                acted,
                action: Some(action),
                count: 1,
                ..Found::default()
            };
            maker.find(ruled, found);
        }
    }
}

/// Whether a match stands after sections, exceptions and guards; if not, the look is noted.
pub(super) fn stands(
    maker: &mut Maker<'_>,
    ruled: Ruled<'_>,
    hit: Hit,
    event: bool,
) -> Option<(Vec<crate::finding::Acted>, Action)> {
    let reading = maker.reading;
    if let Some(why) = out_of_scope(reading, ruled.rule, hit.span) {
        maker.note(ruled, hit.span, Outcome::OutOfScope(why), Vec::new());
        return None;
    }
    if let Some(exception) = excepted(reading, ruled, hit.span) {
        maker.note(ruled, hit.span, Outcome::Excepted(exception), Vec::new());
        return None;
    }
    let acted = guards(reading, ruled, hit, event);
    let action = context::verdict(&ruled.rule.guards, reading.document.kind(), &acted);
    if action == Action::Skip {
        maker.note(ruled, hit.span, Outcome::Guarded, acted);
        return None;
    }
    Some((acted, action))
}
