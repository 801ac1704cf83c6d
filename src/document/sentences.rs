//! Sentences of notes: where one ends is decided from the words right around each stop or line end.
//!
//! Because every decision is local, one sentence can be found without splitting the text before it.

use super::boundary::Look;
use crate::span::Span;

/// Splits `range` of `text` into sentences that tile it; white space goes with the sentence before it.
/// `abbreviations` are lower case, without their last stop.
pub fn split(text: &str, range: Span, abbreviations: &[String]) -> Vec<Span> {
    let Some(look) = Look::new(text, range, abbreviations) else { return Vec::new() };
    let mut sentences = Vec::new();
    let (mut start, mut at) = (look.start, look.start);
    while let Some(candidate) = look.next(at) {
        at = candidate + 1;
        if let Some(cut) = look.cut(candidate).filter(|cut| *cut > start) {
            sentences.push(Span::new(start, cut));
            start = cut;
        }
    }
    if start < look.end {
        sentences.push(Span::new(start, look.end));
    }
    sentences
}

/// The sentence of `range` that the byte at `offset` stands in.
pub(super) fn at(text: &str, range: Span, offset: usize, abbreviations: &[String]) -> Span {
    let Some(look) = Look::new(text, range, abbreviations) else { return range };
    // The mark of a list within a line is decided at its stop, which stands behind the cut.
    let mut before = (offset + 5).min(look.end);
    let mut start = look.start;
    while let Some(candidate) = look.previous(before) {
        before = candidate;
        if let Some(cut) = look.cut(candidate).filter(|cut| *cut <= offset && *cut > look.start) {
            start = cut;
            break;
        }
    }
    let mut from = start;
    while let Some(candidate) = look.next(from) {
        from = candidate + 1;
        if let Some(cut) = look.cut(candidate).filter(|cut| *cut > offset) {
            return Span::new(start, cut);
        }
    }
    Span::new(start, look.end)
}

/// The part of `sentence` around `span` between semicolons, colons, dashes and brackets. A comma is no
/// border: it stands inside lists far more often than between clauses.
pub(super) fn clause(text: &str, sentence: Span, span: Span) -> Span {
    let border = |c: char| matches!(c, ';' | ':' | '(' | ')' | '\u{2013}' | '\u{2014}');
    let words = |range: std::ops::Range<usize>| text.get(range).unwrap_or_default();
    let before = words(sentence.from()..span.from());
    let dash = before.rfind(" - ").map_or(0, |at| at + 3);
    let start = before.char_indices().rfind(|(_, c)| border(*c)).map_or(0, |(at, c)| at + c.len_utf8()).max(dash);
    let after = words(span.to()..sentence.to());
    let dash = after.find(" - ").unwrap_or(after.len());
    let end = after.find(border).unwrap_or(after.len()).min(dash);
    Span::new(sentence.from() + start, span.to() + end)
}
