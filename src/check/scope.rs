//! How far a cue reaches inside its sentence.
//!
//! A cue reads forwards or backwards until its clause ends: at a semicolon or colon, at a word that
//! ends its reach, or where a comma or conjunction is followed by a new subject. A comma alone does not
//! end it, since negated lists run over commas; sentence-wide reach was tried by others and over-negates.

use super::reading::Sentence;
use crate::rule::Cue;
use crate::span::Span;

/// Which way a cue reads.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reads {
    /// From the cue to what follows.
    Forwards,
    /// From the cue to what came before.
    Backwards,
}

/// Words after which a backward cue no longer belongs to the target.
const BACKWARD_WORDS: usize = 7;

/// The nearest cue of `role` whose reach covers `target`.
pub(super) fn cue_over(
    text: &str,
    sentence: &Sentence,
    target: Span,
    role: Cue,
    reads: Reads,
    ends: &[Cue],
) -> Option<Span> {
    match reads {
        Reads::Forwards => sentence
            .all(role)
            .rev()
            .filter(|cue| cue.end <= target.start)
            .find(|cue| !is_cut(text, sentence, Span { start: cue.end, end: target.start }, ends)),
        Reads::Backwards => sentence.all(role).filter(|cue| cue.start >= target.end).find(|cue| {
            let between = Span { start: target.end, end: cue.start };
            let words = text[between.range()].split_whitespace().count();
            words <= BACKWARD_WORDS && !is_cut(text, sentence, between, ends) && !has_list_comma(text, between)
        }),
    }
}

/// Whether a clause ends inside `between`.
fn is_cut(text: &str, sentence: &Sentence, between: Span, ends: &[Cue]) -> bool {
    let words = &text[between.range()];
    if words.bytes().any(|byte| byte == b';') || has_label_colon(words) {
        return true;
    }
    if ends.iter().any(|end| sentence.all(*end).any(|cue| between.contains(cue))) {
        return true;
    }
    new_subject(text, sentence, between)
}

/// A colon with a space behind it starts something new, unless it ends the cue's own label (`Injuries: none`).
fn has_label_colon(words: &str) -> bool {
    words.match_indices(": ").any(|(at, _)| at > 0)
}

/// A comma or conjunction followed by a subject starts a new clause: "no injuries, he was restrained".
fn new_subject(text: &str, sentence: &Sentence, between: Span) -> bool {
    let subjects = [Cue::Person, Cue::Staff, Cue::Relative];
    subjects.iter().flat_map(|role| sentence.all(*role)).filter(|noun| between.contains(*noun)).any(|noun| {
        let before = text[between.from()..noun.from()].trim_end();
        let verb_follows = text[noun.to()..].starts_with(' ');
        let lead = before.strip_suffix("the").map_or(before, str::trim_end);
        let opened = lead.ends_with(',')
            || sentence.all(Cue::ClauseOpener).any(|opener| {
                opener.end <= noun.start && text[opener.to()..noun.from()].trim().trim_start_matches("the").is_empty()
            });
        verb_follows && opened
    })
}

/// For a backward cue a comma ends the reach: "restrained, no injuries" is no negation of the restraint.
fn has_list_comma(text: &str, between: Span) -> bool {
    text[between.range()].contains(", ")
}
