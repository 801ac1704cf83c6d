//! What a phrase asks of the words next to its rarest word, as one number: a look at them passes most phrases over before
//! their steps are walked.

use super::flat::Stored;
use super::tables::{Phrase, Step, Tables};
use super::words::{self, Between};

/// Nothing is asked.
const ANY: u32 = u32::MAX;
/// Set when words behind are asked about, else words in front.
const NEXT: u32 = 1 << 31;
/// From this bit on: how many words may stand between.
const FAR: u32 = 26;
/// The bits that name groups of words.
const GROUPS: u32 = (1 << FAR) - 1;
/// More words between are not counted, and nothing is asked.
const FARTHEST: u32 = 15;

/// What a side asks: one bit for each group of which a word must be, and how many words may stand before it.
type Side = (u32, u32);

/// The hint of a phrase: the side that asks more, the nearer one first.
pub(super) fn of(tables: &Tables, phrase: Phrase<'_>) -> u32 {
    let steps = phrase.steps.as_chunks::<2>().0;
    let next = side(tables, steps.get(phrase.anchor + 1..).unwrap_or_default(), true);
    let previous = side(tables, steps.get(..phrase.anchor).unwrap_or_default(), false);
    let worth = |(groups, far): Side| (far > 0, groups.count_ones(), far);
    let pack = |(groups, far): Side| groups | far << FAR;
    match (next, previous) {
        (Some(next), Some(previous)) if worth(next) > worth(previous) => pack(previous),
        (Some(next), _) => pack(next) | NEXT,
        (None, Some(previous)) => pack(previous),
        (None, None) => ANY,
    }
}

/// What the steps on one side ask; `None` when it is nothing, or nothing that can be said in a hint.
fn side(tables: &Tables, steps: &[[Stored; 2]], forwards: bool) -> Option<Side> {
    let (nearest, rest) = if forwards { steps.split_first() } else { steps.split_last() }?;
    match Step::unpack(*nearest) {
        Step::Gap(most) => {
            let (groups, far) = side(tables, rest, forwards)?;
            let far = far.checked_add(most.max(1)).filter(|far| *far <= FARTHEST)?;
            Some((groups, far))
        }
        Step::Word { first, count } => {
            let groups = tables.forms_of(first, count).map(|form| group(tables.form(form).0));
            Some((groups.fold(0, |all, group| all | group), 0))
        }
        Step::Number => Some((FIGURES, 0)),
        Step::Comma => None,
        Step::Any { first, count } => {
            let mut all = (0, 0);
            for branch in tables.branches_of(first, count) {
                let (groups, far) = side(tables, branch.as_chunks::<2>().0, forwards)?;
                all = (all.0 | groups, far.max(all.1));
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
    2 << (mixed % (FAR - 1))
}

/// The words around a place, looked at once for all phrases that may stand there.
pub(super) struct Around {
    next: Known,
    previous: Known,
}

/// The words on one side, as far as they have been asked about.
struct Known {
    /// The groups of the words up to so many away; the next one alone at 0.
    groups: [u32; FARTHEST as usize + 1],
    /// How many of them are known.
    count: usize,
    /// The group of the nearest word, if it follows on.
    joined: u32,
    /// Where the farthest known word ends; `None` where the sentence does.
    edge: Option<usize>,
}

impl Known {
    fn new(edge: usize) -> Self {
        Self { groups: [0; FARTHEST as usize + 1], count: 0, joined: 0, edge: Some(edge) }
    }

    /// The groups of the words up to `far` words away; `step` finds the word behind an edge, and its far edge.
    fn up_to(
        &mut self,
        far: usize,
        bytes: &[u8],
        step: impl Fn(usize) -> Option<words::Neighbour>,
        ahead: bool,
    ) -> u32 {
        while self.count <= far {
            let word = self.edge.and_then(&step);
            let group = word.as_ref().map_or(0, |word| group(&bytes[word.start..word.end]));
            if self.count == 0 && word.as_ref().is_some_and(|word| word.between == Between::Joined) {
                self.joined = group;
            }
            let before = self.count.checked_sub(1).map_or(0, |last| self.groups[last]);
            self.groups[self.count] = before | group;
            self.count += 1;
            self.edge = word.map(|word| if ahead { word.end } else { word.start });
        }
        if far == 0 { self.joined } else { self.groups[far] }
    }
}

impl Around {
    /// Around a word.
    pub(super) fn new(start: usize, end: usize) -> Self {
        Self { next: Known::new(end), previous: Known::new(start) }
    }

    /// Whether a phrase with this hint may stand here; `within`: the bytes that are looked at. Without words that follow
    /// on, no phrase that asks for one is here.
    pub(super) fn may_hold(&mut self, hint: u32, bytes: &[u8], (from, to): (usize, usize)) -> bool {
        if hint == ANY {
            return true;
        }
        let far = (hint >> FAR & FARTHEST) as usize;
        let found = if hint & NEXT == 0 {
            self.previous.up_to(far, bytes, |edge| words::previous(bytes, edge, from), false)
        } else {
            self.next.up_to(far, bytes, |edge| words::next(bytes, edge, to), true)
        };
        hint & GROUPS & found != 0
    }
}
