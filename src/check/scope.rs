//! How far a cue reaches inside its sentence.
//!
//! A cue reads forwards or backwards until something stops it: a word that ends its reach, a semicolon, a dash
//! between spaces, a numbered point, a label in capitals, the end of its bracket. A comma alone does not stop it,
//! since negated lists run over commas; but a comma and then a past form does ("would not come out, restrained and
//! moved"). Reach over the whole sentence was tried by others and negates too much.

use super::reading::Sentence;
use crate::rule::Cue;
use crate::span::Span;

/// What stops a family of cues.
#[derive(Clone, Copy)]
pub(super) struct Reach {
    /// Roles whose words end the reach.
    pub(super) ends: &'static [Cue],
    /// Whether a comma followed by a past form ends it.
    pub(super) past_forms: bool,
}

/// Between a target and a cue behind it stand at most so many words.
const WORDS_BEHIND: usize = 6;

/// The nearest cue of `role` in front of `target` that reaches it.
pub(super) fn before(text: &str, sentence: &Sentence, target: Span, role: Cue, reach: Reach) -> Option<Span> {
    let mut cues = sentence.all(role).rev().filter(|cue| cue.end <= target.start);
    cues.find(|cue| {
        let between = Span { start: cue.end, end: target.start };
        let left = is_stopped(text, sentence, between, reach)
            || leaves_label(&text[between.range()])
            || leaves_bracket(text, sentence, *cue, target)
            || (reach.past_forms && starts_anew(text, sentence, *cue, target));
        !left
    })
}

/// The nearest cue of `role` behind `target` that reaches back to it. `words`: whether few words may stand between.
pub(super) fn after(
    text: &str,
    sentence: &Sentence,
    target: Span,
    role: Cue,
    reach: Reach,
    words: bool,
) -> Option<Span> {
    let mut cues = sentence.all(role).filter(|cue| cue.start >= target.end);
    cues.find(|cue| {
        let between = Span { start: target.end, end: cue.start };
        let stretch = &text[between.range()];
        let commas = stretch.trim_end().trim_end_matches(',').contains(',');
        let far = words && stretch.split_whitespace().count() > WORDS_BEHIND;
        !far && !commas && !is_stopped(text, sentence, between, reach) && !only_the_last(sentence, between, *cue)
    })
}

/// "Restraint used, and seclusion was not needed": after "and" only a plural reaches further back than the last.
fn only_the_last(sentence: &Sentence, between: Span, cue: Span) -> bool {
    sentence.all(Cue::And).any(|and| between.contains(and))
        && !sentence.all(Cue::PluralVerb).any(|plural| plural.start == cue.start)
}

fn is_stopped(text: &str, sentence: &Sentence, between: Span, reach: Reach) -> bool {
    let stretch = &text[between.range()];
    let marks = stretch.contains([';', '\u{2022}', '?', '!']) || stretch.contains(" - ");
    marks
        || reach.ends.iter().any(|end| sentence.all(*end).any(|cue| between.contains(cue)))
        || has_point(stretch)
        || has_label(stretch)
}

/// `1)`, `2.` in front of a point of a list.
fn has_point(stretch: &str) -> bool {
    stretch.split_whitespace().any(|word| {
        let figures = word.trim_end_matches([')', '.']);
        figures.len() < word.len()
            && figures.len() <= 2
            && !figures.is_empty()
            && figures.bytes().all(|b| b.is_ascii_digit())
    })
}

/// `DIAGNOSIS:` in capitals: a label begins something new.
fn has_label(stretch: &str) -> bool {
    stretch.split_whitespace().any(|word| {
        word.strip_suffix(':')
            .is_some_and(|label| label.len() > 2 && label.bytes().all(|byte| byte.is_ascii_uppercase()))
    })
}

/// "Not allowed off the unit: loss of …": a colon some words behind the cue begins the matter itself; right behind
/// it, it does not ("No: …", "No known allergies: …").
fn leaves_label(between: &str) -> bool {
    between.find(": ").is_some_and(|colon| between[..colon].split_whitespace().count() > 2)
}

/// The cue stands in a bracket that closes before the target.
fn leaves_bracket(text: &str, sentence: &Sentence, cue: Span, target: Span) -> bool {
    let ahead = &text[sentence.span.from()..cue.from()];
    let opened = ahead.matches('(').count() > ahead.matches(')').count();
    let between = &text[cue.to()..target.from()];
    opened && between.matches(')').count() > between.matches('(').count()
}

/// A comma, or "and" after a plain infinitive, and then a past form: something that did happen.
fn starts_anew(text: &str, sentence: &Sentence, cue: Span, target: Span) -> bool {
    let between = Span { start: cue.end, end: target.start };
    let first = text[target.range()].split([' ', '-', '\n']).next().unwrap_or_default();
    let end = target.from() + first.len();
    let past =
        first.ends_with("ed") || sentence.all(Cue::PastForm).any(|form| form.start == target.start && form.to() == end);
    if !past {
        return false;
    }
    let joined = |role: Cue| sentence.all(role).any(|word| between.contains(word));
    let comma = text[between.range()].contains(',') && !joined(Cue::Or);
    let infinitive = joined(Cue::And)
        && !joined(Cue::BeForm)
        && sentence.all(Cue::BareNegation).any(|bare| bare.overlaps(cue) || bare == cue);
    comma || infinitive
}
