//! Terms as tables: flat lists of numbers, quick to load, quick to look up.

use super::flat::Flat;
use super::words;
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;

/// What is stored. Everything but regular expressions is numbers in a row; two lists whose names belong together are
/// read with [`Flat::part`].
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Tables {
    /// The letters of all forms, one after the other.
    pub(super) chars: String,
    /// Every form: twice where its letters end in `chars`, plus one when any ending may follow.
    pub(super) forms: Flat,
    /// Every phrase, three numbers each: first step; count of steps and place of the anchor; term.
    pub(super) phrases: Flat,
    /// Steps of all phrases and branches, two numbers each: what it is and how many; where they begin.
    pub(super) steps: Flat,
    /// Every branch of every choice, two numbers each: its first step and how many there are.
    pub(super) branches: Flat,
    /// Forms of all word steps.
    pub(super) step_forms: Flat,
    /// Where the sets of each term end in `term_sets`.
    pub(super) term_ends: Flat,
    /// Sets of all terms.
    pub(super) term_sets: Flat,
    /// Keys of whole words that phrases are looked up by, sorted, three numbers each: the key's halves; the form.
    pub(super) keys: Flat,
    /// Stems that phrases are looked up by, sorted, two numbers each: the stem; the form.
    pub(super) stems: Flat,
    /// Where the phrases looked up by each form end in `anchored`.
    pub(super) anchored_ends: Flat,
    /// Phrases, and regexes counted on behind them.
    pub(super) anchored: Flat,
    /// Regular expressions.
    pub(super) regexes: Vec<RegexTerm>,
    /// How many sets there are.
    pub(super) sets: u32,
}

/// A phrase: its term, its steps, and which of them it is looked up by.
#[derive(Clone, Copy)]
pub(super) struct Phrase<'t> {
    pub(super) steps: &'t [u32],
    pub(super) anchor: usize,
    pub(super) term: u32,
}

/// One step.
#[derive(Clone, Copy)]
pub(super) enum Step {
    /// One of `count` forms from `first` in `step_forms`.
    Word { first: u32, count: u32 },
    /// Up to so many words.
    Gap(u32),
    /// A number in figures.
    Number,
    /// A comma.
    Comma,
    /// One of `count` branches from `first` in `branches`.
    Any { first: u32, count: u32 },
}

impl Step {
    /// Numbers that make a step.
    pub(super) const SIZE: usize = 2;

    /// As two numbers.
    pub(super) fn pack(self) -> [u32; 2] {
        match self {
            Self::Word { first, count } => [count << 2, first],
            Self::Gap(most) => [most << 2 | 1, 0],
            Self::Number => [2, 0],
            Self::Comma => [2 | 1 << 2, 0],
            Self::Any { first, count } => [count << 2 | 3, first],
        }
    }

    /// Of two numbers.
    pub(super) fn unpack(packed: [u32; 2]) -> Self {
        let [head, first] = packed;
        let count = head >> 2;
        match head & 3 {
            0 => Self::Word { first, count },
            1 => Self::Gap(count),
            2 if count == 0 => Self::Number,
            2 => Self::Comma,
            _ => Self::Any { first, count },
        }
    }
}

/// A regular expression, with the words it is looked up by.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct RegexTerm {
    pub(super) source: String,
    pub(super) case_sensitive: bool,
    pub(super) term: u32,
    /// Forms; empty when it must be run over everything.
    pub(super) anchors: Vec<u32>,
    /// Whether any word that begins with a digit calls for it.
    pub(super) digits: bool,
    /// How far from such a word a match may reach, in bytes each way.
    pub(super) reach: u32,
}

/// What is worked out from the tables on first use.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    /// Bits of whole words.
    pub(super) exact: Vec<u64>,
    /// Bits of stems.
    pub(super) stems: Vec<u64>,
    /// Regexes called by digits.
    pub(super) by_digits: Vec<u32>,
    /// Regexes that are run over everything.
    pub(super) everywhere: Vec<u32>,
    /// Compiled regexes.
    pub(super) compiled: Vec<Compiled>,
}

/// A regular expression, compiled when first needed: a light one for the words around a place, a quick one for a
/// whole text. Compiling the quick one costs more than checking a note.
#[derive(Clone, Debug, Default)]
pub(super) struct Compiled {
    pub(super) light: OnceLock<Option<regex_lite::Regex>>,
    pub(super) quick: OnceLock<Option<regex::Regex>>,
}

impl Tables {
    /// The letters of a form, and whether any ending may follow.
    pub(super) fn form(&self, number: u32) -> (&str, bool) {
        let at = number as usize;
        let start = if at == 0 { 0 } else { self.forms[at - 1] >> 1 };
        let end = self.forms[at];
        (&self.chars[start as usize..(end >> 1) as usize], end & 1 == 1)
    }

    /// How many phrases there are.
    pub(super) fn phrase_count(&self) -> u32 {
        self.phrases.count() / 3
    }

    /// A phrase.
    pub(super) fn phrase(&self, number: u32) -> Phrase<'_> {
        let at = number as usize * 3;
        let (first, packed, term) = (self.phrases[at] as usize, self.phrases[at + 1], self.phrases[at + 2]);
        let count = (packed & 0xffff) as usize;
        let steps = &self.steps[first * Step::SIZE..(first + count) * Step::SIZE];
        Phrase { steps, anchor: (packed >> 16) as usize, term }
    }

    /// The branches of a choice, each a list of steps.
    pub(super) fn branches_of(&self, first: u32, count: u32) -> impl Iterator<Item = &[u32]> {
        let first = first as usize * 2;
        self.branches[first..first + count as usize * 2].chunks_exact(2).map(|branch| {
            let step = branch[0] as usize;
            &self.steps[step * Step::SIZE..(step + branch[1] as usize) * Step::SIZE]
        })
    }

    /// The forms of a word step.
    pub(super) fn forms_of(&self, first: u32, count: u32) -> &[u32] {
        &self.step_forms[first as usize..(first + count) as usize]
    }

    /// Whether one of these steps, or of their branches, holds a word.
    pub(super) fn hold(&self, steps: &[u32], word: &[u8]) -> bool {
        steps.as_chunks::<2>().0.iter().any(|step| match Step::unpack(*step) {
            Step::Word { first, count } => self.forms_of(first, count).iter().any(|form| self.is_form(*form, word)),
            Step::Any { first, count } => self.branches_of(first, count).any(|branch| self.hold(branch, word)),
            Step::Gap(_) | Step::Number | Step::Comma => false,
        })
    }

    /// The sets of a term.
    pub(super) fn sets_of(&self, term: u32) -> &[u32] {
        self.term_sets.part(&self.term_ends, term)
    }

    /// What is looked up by a form.
    pub(super) fn anchored_by(&self, form: u32) -> &[u32] {
        self.anchored.part(&self.anchored_ends, form)
    }

    /// The key of entry `at` of `keys`, and its form.
    pub(super) fn key(&self, at: usize) -> (u64, u32) {
        let entry = &self.keys[at * 3..at * 3 + 3];
        (u64::from(entry[1]) << 32 | u64::from(entry[0]), entry[2])
    }

    /// Whether the word is form `number`.
    pub(super) fn is_form(&self, number: u32, word: &[u8]) -> bool {
        let (form, prefix) = self.form(number);
        let form = form.as_bytes();
        if prefix { word.len() >= form.len() && same(&word[..form.len()], form) } else { same(word, form) }
    }

    /// Works out what look-ups are to be kept, once all phrases are there.
    pub(super) fn sort(&mut self) {
        let mut by_form: Vec<Vec<u32>> = vec![Vec::new(); self.forms.len()];
        for number in 0..self.phrase_count() {
            let phrase = self.phrase(number);
            let anchor = phrase.steps.as_chunks::<2>().0.get(phrase.anchor).map(|step| Step::unpack(*step));
            if let Some(Step::Word { first, count }) = anchor {
                for form in self.forms_of(first, count) {
                    by_form[*form as usize].push(number);
                }
            }
        }
        let beyond = self.phrase_count();
        for (number, regex) in (0..).zip(&self.regexes) {
            for form in &regex.anchors {
                by_form[*form as usize].push(beyond + number);
            }
        }
        let mut keys: Vec<(u64, u32)> = Vec::new();
        let mut stems: Vec<(u64, u32)> = Vec::new();
        for (number, called) in (0..).zip(&by_form) {
            self.anchored.0.extend_from_slice(called);
            self.anchored_ends.0.push(self.anchored.count());
            if called.is_empty() {
                continue;
            }
            let (form, prefix) = self.form(number);
            let bytes = form.as_bytes();
            if prefix {
                stems.push((words::stem(bytes, 0), number));
            } else {
                keys.push((words::key(bytes, 0, bytes.len()), number));
            }
        }
        keys.sort_unstable();
        stems.sort_unstable();
        self.keys.0 = keys.iter().flat_map(|(key, form)| [low(*key), low(*key >> 32), *form]).collect();
        self.stems.0 = stems.iter().flat_map(|(stem, form)| [low(*stem), *form]).collect();
    }

    /// Works out the index.
    pub(super) fn index(&self) -> Index {
        let mut index = Index { exact: vec![0; 512], stems: vec![0; 512], ..Index::default() };
        for at in 0..self.keys.len() / 3 {
            set_bit(&mut index.exact, words::slot(self.key(at).0));
        }
        for entry in self.stems.chunks_exact(2) {
            set_bit(&mut index.stems, words::slot(u64::from(entry[0])));
        }
        for (number, regex) in (0..).zip(&self.regexes) {
            if regex.digits {
                index.by_digits.push(number);
            } else if regex.anchors.is_empty() {
                index.everywhere.push(number);
            }
        }
        index.compiled.resize_with(self.regexes.len(), Compiled::default);
        index
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the lower half is what is asked for")]
fn low(number: u64) -> u32 {
    number as u32
}

fn set_bit(bits: &mut [u64], slot: usize) {
    bits[slot >> 6] |= 1 << (slot & 63);
}

/// Whether a bit is set.
pub(super) fn has_bit(bits: &[u64], slot: usize) -> bool {
    bits[slot >> 6] >> (slot & 63) & 1 == 1
}

/// Equal but for case. Forms are lower case already.
fn same(word: &[u8], form: &[u8]) -> bool {
    word.len() == form.len() && word.iter().zip(form).all(|(a, b)| a.to_ascii_lowercase() == *b)
}
