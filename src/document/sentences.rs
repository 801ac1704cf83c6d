//! Sentences of notes.
use crate::span::Span;
/// Splits `range` of `text` into sentences that tile it.
pub fn split(text: &str, range: Span, abbreviations: &[String]) -> Vec<Span> {
    let _ = (text, abbreviations);
    vec![range]
}
