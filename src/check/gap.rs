//! When this happens, each of these should be written too. One event, one grouped finding.

use super::flag::stands;
use super::make::{Found, Maker};
use super::{Ruled, context};
use crate::check::reading::Reading;
use crate::document::Reach;
use crate::finding::{Acted, Evidence, EvidenceState, Missing, Outcome};
use crate::rule::{Action, Expect};
use crate::scan::{Hit, SetId};
use crate::span::Span;
use std::collections::BTreeMap;

/// What a gap rule wants to see, and where.
pub(super) struct Wanted<'r> {
    pub(super) expect: &'r [Expect],
    pub(super) within: Reach,
    pub(super) or_later: bool,
}

/// One unit in which it happened.
struct Event {
    first: Hit,
    acted: Vec<Acted>,
    action: Action,
    more: Vec<Span>,
}

/// Looks at every event, one finding a unit.
pub(super) fn check(maker: &mut Maker<'_>, ruled: Ruled<'_>, hits: &[Hit], wanted: &Wanted<'_>) {
    if hits.is_empty() || !maker.mentions(ruled) {
        return;
    }
    let mut events: BTreeMap<Span, Event> = BTreeMap::new();
    for hit in hits {
        let Some((acted, action)) = stands(maker, ruled, *hit, true) else { continue };
        let unit = unit(maker.reading, hit.span, wanted.within);
        match events.get_mut(&unit) {
            Some(event) => {
                event.more.push(hit.span);
                // The firmest of several mentions counts: a softened one must not soften the event.
                if action == Action::Keep {
                    event.action = Action::Keep;
                }
            }
            None => {
                events.insert(unit, Event { first: *hit, acted, action, more: Vec::new() });
            }
        }
    }
    let starts: Vec<u32> = events.keys().map(|unit| unit.start).collect();
    for (at, (unit, event)) in events.into_iter().enumerate() {
        if maker.options.before_saving && is_unfinished(maker.reading, unit) {
            maker.note(ruled, event.first.span, Outcome::OutOfScope("the entry is still being written"), event.acted);
            continue;
        }
        // What is written after the next event of this kind belongs to that one.
        let next = starts.get(at + 1).copied().unwrap_or_else(|| end_of_text(maker.reading));
        let later = wanted.or_later.then(|| Span { start: unit.end, end: next.max(unit.end) });
        judge(maker, ruled, unit, later, event, wanted.expect);
    }
}

fn judge(maker: &mut Maker<'_>, ruled: Ruled<'_>, unit: Span, later: Option<Span>, event: Event, expect: &[Expect]) {
    let mut missing = Vec::new();
    let mut satisfied = Vec::new();
    let mut evidence = vec![Evidence { span: event.first.span, label: "this is recorded here".to_owned() }];
    for wanted in expect {
        let search = Search { layer: ruled.layer, set: wanted.words, event: Some(event.first.span) };
        let here = state_of(maker.reading, unit, search);
        let after = later.filter(|_| here.0 != EvidenceState::Done);
        let best = after.map(|later| state_of(maker.reading, later, search)).map_or(here, |found| here.max(found));
        match best {
            (EvidenceState::Done, span) => satisfied.push((wanted.name.clone(), span)),
            (state, span) => {
                missing.push(Missing { name: wanted.name.clone(), state });
                let label = match state {
                    EvidenceState::Planned => Some("planned"),
                    EvidenceState::SaidNotDone => Some("said not done"),
                    EvidenceState::Silent | EvidenceState::Done => None,
                };
                if let Some(label) = label {
                    evidence.push(Evidence { span, label: format!("{label}: {}", wanted.name) });
                }
            }
        }
    }
    if missing.is_empty() {
        maker.note(ruled, event.first.span, Outcome::Satisfied(satisfied), event.acted);
        return;
    }
    evidence.extend(event.more.iter().take(3).map(|span| Evidence { span: *span, label: "and here".to_owned() }));
    let end = maker.reading.text()[unit.range()].trim_end().len() + unit.from();
    evidence.push(Evidence { span: Span::new(end, end), label: "looked for up to here".to_owned() });
    let count = u32::try_from(event.more.len() + 1).unwrap_or(u32::MAX);
    let found = Found {
        span: event.first.span,
        acted: event.acted,
        action: Some(event.action),
        missing,
        evidence,
        count,
        ..Found::default()
    };
    maker.find(ruled, found);
}

/// The unit of an event. A well-kept shift note has a line for each time of day, so for an entry that is the whole
/// run of times under one date: what was tried first stands before the event, and one event is one finding.
pub(super) fn unit(reading: &Reading<'_>, span: Span, within: Reach) -> Span {
    let document = reading.document;
    if within != Reach::Entry {
        return reading.around(span, within);
    }
    let entries = document.entries();
    let Some(here) = document.entry_at(span.start) else { return reading.around(span, within) };
    let timed_only = |at: usize| entries.get(at).is_some_and(|entry| entry.stamp.is_some() && !entry.dated);
    let mut first = here;
    while first > 0 && timed_only(first) {
        first -= 1;
    }
    let mut last = here;
    while timed_only(last + 1) {
        last += 1;
    }
    entries[first].span.cover(entries[last].span)
}

/// What evidence is looked for.
#[derive(Clone, Copy)]
pub(super) struct Search {
    pub(super) layer: usize,
    pub(super) set: SetId,
    /// The event itself: its own words never say that something was not done.
    pub(super) event: Option<Span>,
}

/// The best state in which evidence stands in a span, and where. A document written for readers speaks in "will",
/// "may" and "if", so there what is planned counts as written.
pub(super) fn state_of(reading: &Reading<'_>, unit: Span, search: Search) -> (EvidenceState, Span) {
    let mut best = (EvidenceState::Silent, Span { start: unit.end, end: unit.end });
    let about_a_person = reading.document.kind().is_about_a_person();
    for span in reading.near_of(search.layer, unit, search.set) {
        let under = if reading.is_structure(span.start) {
            let Some(under) = reading.answer_to(span.start) else { continue };
            Some(under)
        } else {
            None
        };
        let sentence = reading.sentence(span.start);
        let own = |cue: &Span| search.event.is_some_and(|event| event.overlaps(*cue));
        let denied = under.is_some_and(|answer| context::opens_with_no(reading, answer));
        let state = if denied || context::negated(reading, &sentence, span).is_some_and(|cue| !own(&cue)) {
            EvidenceState::SaidNotDone
        } else if about_a_person
            && (context::planned(reading, &sentence, span).is_some()
                || context::hypothetical(reading, &sentence, span).is_some())
        {
            EvidenceState::Planned
        } else {
            EvidenceState::Done
        };
        if state > best.0 {
            best = (state, span);
        }
        if state == EvidenceState::Done {
            break;
        }
    }
    best
}

/// The last entry, with no full stop or signature at its end, is still being written.
fn is_unfinished(reading: &Reading<'_>, unit: Span) -> bool {
    let text = reading.text();
    let is_last = text[unit.to()..].trim().is_empty();
    let end = text[unit.range()].trim_end();
    is_last && !end.ends_with(['.', '!', '?', ')', '"'])
}

fn end_of_text(reading: &Reading<'_>) -> u32 {
    u32::try_from(reading.text().len()).unwrap_or(u32::MAX)
}
