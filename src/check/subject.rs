//! Who a statement is about: the nearest subject to the left, else the person.
//!
//! Without a parser, a subject is a noun that no preposition governs and that no longer noun holds. Things and
//! services are taken for subjects only where their clause begins with them, since notes are full of objects
//! ("threw the phone and was loud").

use super::reading::{Reading, Sentence};
use crate::rule::Cue;
use crate::span::Span;

const NOUNS: [Cue; 5] = [Cue::Person, Cue::Relative, Cue::Staff, Cue::Agency, Cue::Thing];

/// Words that may stand between the beginning of a clause and a thing that is its subject: "the left lung".
const WORDS_AHEAD: usize = 2;

/// The noun that shows that `target` is about someone or something else than the person.
///
/// A fragment without a subject is about the person, as notes are written. Staff are never someone else: what
/// they do is what the tool looks at. `event`: services and things are the doers of events ("the hospital
/// secluded him"), and a policy speaks of its own service, so there only a relative as subject is someone else.
pub(super) fn someone_else(reading: &Reading<'_>, sentence: &Sentence, target: Span, event: bool) -> Option<Span> {
    let text = reading.text();
    let subjects = || {
        let ahead = sentence.cues.iter().rev().filter(|(cue, span)| NOUNS.contains(cue) && span.end <= target.start);
        let near = ahead.take_while(|(_, span)| !text[span.to()..target.from()].contains([';', ':']));
        near.filter(|(cue, span)| is_subject(text, sentence, *cue, *span, target))
    };
    match subjects().next() {
        Some((Cue::Person | Cue::Staff, _)) => None,
        // "He will not see his daughter and is …" goes on about him.
        Some((_, span)) if goes_on(sentence, *span, target) && subjects().any(|(cue, _)| *cue == Cue::Person) => None,
        Some((Cue::Relative, span)) => Some(*span),
        Some((Cue::Agency, span)) => (!event && reading.document.kind().is_about_a_person()).then_some(*span),
        Some((_, span)) => (!event).then_some(*span),
        None if event || !may_describe(&text[target.range()]) => None,
        None => sentence.all(Cue::Thing).find(|noun| {
            noun.start >= target.end && text[target.to()..noun.from()].chars().all(|mark| " -".contains(mark))
        }),
    }
}

/// "resistant organism": one word right in front of a thing describes it; "refused oxygen" does something with it.
fn may_describe(words: &str) -> bool {
    !words.contains(' ') && !["ed", "ing", "s"].iter().any(|ending| words.ends_with(ending))
}

/// Nothing but "and" and a verb stands between: the same subject as before.
fn goes_on(sentence: &Sentence, noun: Span, target: Span) -> bool {
    sentence.all(Cue::And).any(|and| and.start > noun.end && and.end < target.start && and.start - noun.end <= 2)
}

/// A noun behind a preposition ("with his mother"), owning something ("mother's") or part of a longer noun
/// ("another patient") is no subject.
fn is_subject(text: &str, sentence: &Sentence, role: Cue, noun: Span, target: Span) -> bool {
    if text[noun.to()..].starts_with("'s ") {
        return false;
    }
    let longer = |(cue, span): &(Cue, Span)| NOUNS.contains(cue) && span.contains(noun) && span.len() > noun.len();
    if sentence.cues.iter().any(longer) {
        return false;
    }
    if matches!(role, Cue::Thing | Cue::Agency) && !begins_clause(text, sentence, noun, target) {
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

/// The noun stands at the beginning of its clause, and the clause runs on to the target.
fn begins_clause(text: &str, sentence: &Sentence, noun: Span, target: Span) -> bool {
    // "Pain managed, non-compliant": a fragment behind a comma has the person as its subject again.
    if text[noun.to()..target.from()].trim_end().ends_with([',', ';']) {
        return false;
    }
    let ahead = &text[sentence.span.from()..noun.from()];
    let from = ahead.rfind([',', ';', ':', '(', '"']).map_or(sentence.span.from(), |at| sentence.span.from() + at + 1);
    let ends = sentence.all(Cue::NegationEnds).filter(|end| end.to() <= noun.from());
    let from = ends.map(Span::to).max().map_or(from, |end| end.max(from));
    let words: Vec<&str> = text[from..noun.from()].split_whitespace().collect();
    let stretch = Span::new(from, noun.from());
    let acts =
        words.iter().any(|word| word.ends_with("ed")) || sentence.all(Cue::PastForm).any(|it| stretch.contains(it));
    words.len() <= WORDS_AHEAD && !acts
}
