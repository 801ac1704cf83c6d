//! Good practice seen: shown as a line of credit, never a score.

use super::context;
use super::reading::Reading;
use crate::finding::Evidence;
use crate::rule::{Cue, Lexicon};
use crate::span::Span;

/// At most so many bytes are searched: a note is short, and a long record needs no complete list.
const FAR: usize = 64 * 1024;

/// The first place of each sort of good practice that is not negated. Sorts are named by their group in the lexicon.
pub(super) fn find(reading: &Reading<'_>) -> Vec<Evidence> {
    if !reading.document.kind().is_about_a_person() {
        return Vec::new();
    }
    let text = reading.text();
    let end = text.floor_char_boundary(FAR);
    let mut found: Vec<Evidence> = Vec::new();
    let lexicon = reading.lexicon();
    let mut hits = lexicon.credit_words.hits(text, Span::new(0, end));
    hits.sort_by_key(|hit| (hit.span.start, hit.span.end));
    for hit in hits {
        let played = |cue: Cue| Lexicon::is_credit(cue) && lexicon.cue(cue) == Some(hit.set);
        let Some((_, _, name)) = Cue::ALL.iter().find(|(cue, ..)| played(*cue)) else { continue };
        if found.iter().any(|known| known.label == *name) || reading.is_structure(hit.span.start) {
            continue;
        }
        let sentence = reading.sentence(hit.span.start);
        if context::negated(reading, &sentence, hit.span).is_none() {
            found.push(Evidence { span: hit.span, label: (*name).to_owned() });
        }
    }
    found
}
