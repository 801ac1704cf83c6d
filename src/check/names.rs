//! Words that are part of a name: an Act, a committee, a form, a diagnosis code.

use super::reading::Sentence;
use crate::rule::Cue;
use crate::span::Span;

/// Words that may stand inside a name without a capital; at most so many words long.
const LONGEST_NAME: usize = 9;

/// The word that shows that `target` is part of a name.
pub(super) fn title(text: &str, sentence: &Sentence, target: Span) -> Option<Span> {
    law_or_body(text, sentence, target)
        .or_else(|| paper(text, sentence, target))
        .or_else(|| code(text, sentence, target))
}

/// "Misuse of Drugs Act 1971": capitals up to a word that closes the name of a law or body.
fn law_or_body(text: &str, sentence: &Sentence, target: Span) -> Option<Span> {
    if !text[target.range()].split([' ', '-', '\n']).all(|word| is_capital(word) || is_small(word)) {
        return None;
    }
    if text[target.range()].chars().all(|letter| !letter.is_lowercase()) {
        return None;
    }
    sentence.all(Cue::TitleAfter).filter(|cue| !cue.overlaps(target) && is_capital(&text[cue.range()])).find(|cue| {
        // "… Act" behind it, or "Institute on …" in front of it.
        let between =
            if cue.start >= target.end { &text[target.to()..cue.from()] } else { &text[cue.to()..target.from()] };
        if cue.start < target.start && !between.split_whitespace().any(is_small) {
            return false;
        }
        between.split_whitespace().count() <= LONGEST_NAME
            && between.split([' ', '-', '\n', ',']).all(|word| word.is_empty() || is_capital(word) || is_small(word))
            && !between.contains([';', ':', '.'])
    })
}

/// "the restraint policy", "seclusion register": a paper about it, not the thing itself.
fn paper(text: &str, sentence: &Sentence, target: Span) -> Option<Span> {
    // "not unwell enough for the crisis team": words that end in a preposition are no name.
    if sentence.all(Cue::Preposition).any(|cue| cue.end == target.end) {
        return None;
    }
    sentence.all(Cue::PaperAfter).filter(|cue| cue.start >= target.end).find(|cue| {
        let between = &text[target.to()..cue.from()];
        between.split_whitespace().count() <= 1
            && between.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b' ' || byte == b'-')
    })
}

/// "F20.5 Residual …", "295.40 …": the text of a diagnosis code.
fn code(text: &str, sentence: &Sentence, target: Span) -> Option<Span> {
    let before = &text[sentence.span.from()..target.from()];
    let mut end = before.len();
    for word in before.rsplit([' ', '\n', '(', '[']).take(6) {
        let start = end - word.len();
        if is_code(word.trim_end_matches([':', ',', ')', ']'])) {
            return Some(Span::new(sentence.span.from() + start, sentence.span.from() + end));
        }
        end = start.saturating_sub(1);
    }
    None
}

fn is_code(word: &str) -> bool {
    let bytes = word.as_bytes();
    match bytes {
        [letter, first, second, rest @ ..] if letter.is_ascii_uppercase() => {
            first.is_ascii_digit()
                && second.is_ascii_digit()
                && rest.iter().all(|byte| *byte == b'.' || byte.is_ascii_digit())
        }
        [first, second, third, b'.', rest @ ..] => {
            [first, second, third].iter().all(|byte| byte.is_ascii_digit())
                && !rest.is_empty()
                && rest.iter().all(u8::is_ascii_digit)
        }
        _ => false,
    }
}

fn is_capital(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

fn is_small(word: &str) -> bool {
    matches!(word, "of" | "and" | "the" | "for" | "on" | "in" | "to" | "&" | "with" | "or")
}
