//! What a phrase asks of the word next to its rarest word, as one number: a look at the neighbour passes most phrases
//! over before their steps are walked.

use super::flat::Stored;
use super::tables::{Phrase, Step, Tables};
use super::words::{self, Between};

/// Nothing is asked of either neighbour.
const ANY: u32 = u32::MAX;
/// Set when the word asked about is the next one, else it is the one before.
const NEXT: u32 = 1 << 31;

/// The hint of a phrase: one bit for each group of words of which the neighbour may be.
pub(super) fn of(tables: &Tables, phrase: Phrase<'_>) -> u32 {
    let steps = phrase.steps.as_chunks::<2>().0;
    let next = groups(tables, steps.get(phrase.anchor + 1..).unwrap_or_default(), true);
    let previous = groups(tables, steps.get(..phrase.anchor).unwrap_or_default(), false);
    match (next, previous) {
        (Some(next), Some(previous)) if next.count_ones() > previous.count_ones() => previous,
        (Some(next), _) => next | NEXT,
        (None, Some(previous)) => previous,
        (None, None) => ANY,
    }
}

/// The groups of the nearest of `steps`; `None` when it may be anything, or nothing.
fn groups(tables: &Tables, steps: &[[Stored; 2]], forwards: bool) -> Option<u32> {
    let nearest = if forwards { steps.first() } else { steps.last() }?;
    match Step::unpack(*nearest) {
        Step::Word { first, count } => {
            Some(tables.forms_of(first, count).map(|form| group(tables.form(form).0)).fold(0, |all, group| all | group))
        }
        Step::Number => Some(FIGURES),
        Step::Gap(_) | Step::Comma => None,
        Step::Any { first, count } => {
            let mut all = 0;
            for branch in tables.branches_of(first, count) {
                all |= groups(tables, branch.as_chunks::<2>().0, forwards)?;
            }
            Some(all)
        }
    }
}

/// The group of all numbers in figures.
const FIGURES: u32 = 1;

/// The group of a word, by its first four letters: a stem has as many, so any ending is of the same group.
fn group(word: &[u8]) -> u32 {
    if word.first().is_some_and(u8::is_ascii_digit) {
        return FIGURES;
    }
    let mut letters = [0_u8; 4];
    for (letter, byte) in letters.iter_mut().zip(word) {
        *letter = byte | 0x20;
    }
    let mixed = u32::from_le_bytes(letters).wrapping_mul(0x9e37_79b1) >> 16;
    2 << (mixed % 30)
}

/// The words around a place, looked at once for all phrases that may stand there.
pub(super) struct Around {
    start: usize,
    end: usize,
    next: Option<u32>,
    previous: Option<u32>,
}

impl Around {
    /// Around a word.
    pub(super) fn new(start: usize, end: usize) -> Self {
        Self { start, end, next: None, previous: None }
    }

    /// Whether a phrase with this hint may stand here; `within`: the bytes that are looked at.
    pub(super) fn may_hold(&mut self, hint: u32, bytes: &[u8], (from, to): (usize, usize)) -> bool {
        if hint == ANY {
            return true;
        }
        // Without a neighbour that follows on, no phrase that asks for one is here.
        let of = |word: Option<words::Neighbour>| {
            let word = word.filter(|word| word.between == Between::Joined);
            word.map_or(0, |word| group(&bytes[word.start..word.end]))
        };
        let found = if hint & NEXT == 0 {
            *self.previous.get_or_insert_with(|| of(words::previous(bytes, self.start, from)))
        } else {
            *self.next.get_or_insert_with(|| of(words::next(bytes, self.end, to)))
        };
        hint & !NEXT & found != 0
    }
}
