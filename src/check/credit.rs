//! Good practice seen: shown as a line of credit, never a score.

use super::context;
use super::reading::Reading;
use crate::finding::Evidence;
use crate::rule::Cue;

/// At most so many bytes are searched: a note is short, and a long record needs no complete list.
const FAR: usize = 64 * 1024;

/// The first place of each sort of good practice that is not negated. Sorts are named by their group in the lexicon.
pub(super) fn find(reading: &Reading<'_>) -> Vec<Evidence> {
    if !reading.document.kind().is_about_a_person() {
        return Vec::new();
    }
    let text = reading.text();
    let end = text.floor_char_boundary(FAR);
    let credits = [Cue::CreditChoice, Cue::CreditVoice, Cue::CreditStrength];
    let mut found: Vec<Evidence> = Vec::new();
    let all = crate::span::Span::new(0, end);
    let names: Vec<(Cue, &str)> = Cue::ALL.iter().map(|(cue, _, name)| (*cue, *name)).collect();
    for hit in reading.cues_in(all).cues.iter().filter(|(cue, _)| credits.contains(cue)) {
        let Some((_, name)) = names.iter().find(|(cue, _)| *cue == hit.0) else { continue };
        if found.iter().any(|known| known.label == *name) || reading.is_structure(hit.1.start) {
            continue;
        }
        let sentence = reading.sentence(hit.1.start);
        if context::negated(reading, &sentence, hit.1).is_none() {
            found.push(Evidence { span: hit.1, label: (*name).to_owned() });
        }
    }
    found
}
