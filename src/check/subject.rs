//! Who a statement is about: the nearest subject to the left, else the person.

use super::reading::{Reading, Sentence};
use crate::rule::Cue;
use crate::span::Span;

/// The noun that shows that `target` is about someone or something else than the person.
///
/// A fragment without a subject is about the person, as notes are written. Staff are never someone else: what
/// they do is what the tool looks at. `event`: services and things are the doers of events ("the hospital
/// secluded him"), and a policy speaks of its own service, so there only a relative as subject is someone else.
pub(super) fn someone_else(reading: &Reading<'_>, sentence: &Sentence, target: Span, event: bool) -> Option<Span> {
    let text = reading.text();
    let nouns = [Cue::Person, Cue::Relative, Cue::Staff, Cue::Agency, Cue::Thing];
    let subject = sentence
        .cues
        .iter()
        .rev()
        .filter(|(cue, span)| nouns.contains(cue) && span.end <= target.start)
        .take_while(|(_, span)| !text[span.to()..target.from()].contains([';', ':']))
        .find(|(_, span)| is_subject(text, sentence, *span));
    match subject {
        Some((Cue::Person | Cue::Staff, _)) => None,
        Some((Cue::Relative, span)) => Some(*span),
        Some((Cue::Agency, span)) => (!event && reading.document.kind().is_about_a_person()).then_some(*span),
        Some((_, span)) => (!event).then_some(*span),
        // "resistant organism": one word right in front of a thing describes it.
        None if event || text[target.range()].contains(' ') => None,
        None => sentence.all(Cue::Thing).find(|noun| {
            noun.start >= target.end && text[target.to()..noun.from()].chars().all(|mark| " -".contains(mark))
        }),
    }
}

/// A noun behind a preposition ("with his mother") or owning something ("mother's") is no subject.
fn is_subject(text: &str, sentence: &Sentence, noun: Span) -> bool {
    if text[noun.to()..].starts_with("'s ") {
        return false;
    }
    let before = text[sentence.span.from()..noun.from()].trim_end();
    let Some(last) = before.rsplit([' ', '\n', '(']).next().filter(|word| !word.is_empty()) else { return true };
    let start = before.len() - last.len() + sentence.span.from();
    let is_preposition =
        |from: usize, to: usize| sentence.all(Cue::Preposition).any(|cue| cue.from() == from && cue.to() == to);
    if is_preposition(start, start + last.len()) {
        return false;
    }
    // One word may stand between: "with his mother", "by the council".
    let earlier = before[..before.len() - last.len()].trim_end();
    let Some(word) = earlier.rsplit([' ', '\n', '(']).next().filter(|word| !word.is_empty()) else { return true };
    let from = earlier.len() - word.len() + sentence.span.from();
    let determiner = last.len() <= 5 && last.bytes().all(|byte| byte.is_ascii_lowercase());
    !(determiner && is_preposition(from, from + word.len()))
}
