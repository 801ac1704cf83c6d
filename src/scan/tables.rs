//! Terms as tables: flat lists of numbers, quick to load, quick to look up.

use super::flat::{self, Flat, Stored, number};
use super::hint;
use super::words;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// What is stored. Everything but regular expressions is numbers in a row; two lists whose names belong together are
/// read with [`Flat::part`].
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(super) struct Tables {
    /// The letters of all forms, one after the other.
    #[serde(deserialize_with = "flat::bytes", serialize_with = "flat::as_bytes")]
    pub(super) chars: Cow<'static, [u8]>,
    /// Every form: twice where its letters end in `chars`, plus one when any ending may follow.
    pub(super) forms: Flat,
    /// Every phrase, four numbers each: first step; count of steps and place of the anchor; term; the hint by which most
    /// are passed over.
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
    /// Keys of whole words that phrases are looked up by, sorted by slot and key, three numbers each: the key's halves;
    /// the form.
    pub(super) keys: Flat,
    /// Where the keys of each shelf of slots begin, and where the last one ends.
    pub(super) shelves: Flat,
    /// Bits of the slots of whole words.
    pub(super) exact: Flat,
    /// Bits of the slots of stems.
    pub(super) stem_bits: Flat,
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
    pub(super) steps: &'t [Stored],
    pub(super) anchor: usize,
    pub(super) term: u32,
    pub(super) hint: u32,
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
    pub(super) fn unpack(packed: [Stored; 2]) -> Self {
        let [head, first] = packed.map(number);
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
#[serde(bound(deserialize = "'de: 'static"))]
pub(super) struct RegexTerm {
    #[serde(deserialize_with = "flat::letters")]
    pub(super) source: Cow<'static, str>,
    pub(super) case_sensitive: bool,
    pub(super) term: u32,
    /// Forms; empty when it must be run over everything.
    pub(super) anchors: Flat,
    /// Whether any word that begins with a digit calls for it.
    pub(super) digits: bool,
    /// How far from such a word a match may reach, in bytes each way.
    pub(super) reach: u32,
    /// One of these bytes stands in every match; empty when nothing is known.
    pub(super) needs: Vec<u8>,
}

/// What is worked out from the tables on first use.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    /// Regexes called by digits.
    pub(super) by_digits: Vec<u32>,
    /// Regexes that are run over everything.
    pub(super) everywhere: Vec<u32>,
    /// Compiled regexes.
    pub(super) compiled: Vec<Compiled>,
}

/// A regular expression, compiled when first needed: a light one for the words around a place, a quick one for a
/// whole text. Compiling the quick one costs more than checking a note.
#[derive(Debug, Default)]
pub(super) struct Compiled {
    pub(super) light: OnceLock<Option<regex_lite::Regex>>,
    pub(super) quick: OnceLock<Option<regex::Regex>>,
    /// How often it was run.
    runs: AtomicU32,
}

impl Compiled {
    /// Whether it has been run often enough for the quick one to be worth its making; this run counts.
    pub(super) fn is_busy(&self) -> bool {
        self.runs.fetch_add(1, Ordering::Relaxed) >= BUSY
    }
}

impl Clone for Compiled {
    fn clone(&self) -> Self {
        Self { light: self.light.clone(), quick: self.quick.clone(), runs: AtomicU32::default() }
    }
}

/// After so many runs of the light expression the quick one has paid for itself.
const BUSY: u32 = 64;

impl Tables {
    /// The letters of a form, and whether any ending may follow.
    pub(super) fn form(&self, number: u32) -> (&[u8], bool) {
        let at = number as usize;
        let start = if at == 0 { 0 } else { self.forms.at(at - 1) >> 1 };
        let end = self.forms.at(at);
        (&self.chars[start as usize..(end >> 1) as usize], end & 1 == 1)
    }

    /// How many phrases there are.
    pub(super) fn phrase_count(&self) -> u32 {
        self.phrases.count() / 4
    }

    /// A phrase.
    pub(super) fn phrase(&self, number: u32) -> Phrase<'_> {
        let stored = &self.phrases.as_chunks::<4>().0[number as usize];
        let [first, packed, term, hint] = stored.map(super::flat::number);
        let first = first as usize;
        let count = (packed & 0xffff) as usize;
        let steps = &self.steps[first * Step::SIZE..(first + count) * Step::SIZE];
        Phrase { steps, anchor: (packed >> 16) as usize, term, hint }
    }

    /// The branches of a choice, each a list of steps.
    pub(super) fn branches_of(&self, first: u32, count: u32) -> impl Iterator<Item = &[Stored]> {
        let first = first as usize * 2;
        self.branches[first..first + count as usize * 2].as_chunks::<2>().0.iter().map(|branch| {
            let [step, count] = branch.map(|stored| number(stored) as usize);
            &self.steps[step * Step::SIZE..(step + count) * Step::SIZE]
        })
    }

    /// The forms of a word step.
    pub(super) fn forms_of(&self, first: u32, count: u32) -> impl Iterator<Item = u32> {
        self.step_forms[first as usize..(first + count) as usize].iter().map(|stored| number(*stored))
    }

    /// Whether one of these steps, or of their branches, holds a word.
    pub(super) fn hold(&self, steps: &[Stored], word: &[u8]) -> bool {
        steps.as_chunks::<2>().0.iter().any(|step| match Step::unpack(*step) {
            Step::Word { first, count } => self.forms_of(first, count).any(|form| self.is_form(form, word)),
            Step::Any { first, count } => self.branches_of(first, count).any(|branch| self.hold(branch, word)),
            Step::Gap(_) | Step::Number | Step::Comma => false,
        })
    }

    /// The sets of a term.
    pub(super) fn sets_of(&self, term: u32) -> impl Iterator<Item = u32> {
        self.term_sets.part(&self.term_ends, term).iter().map(|stored| number(*stored))
    }

    /// What is looked up by a form.
    pub(super) fn anchored_by(&self, form: u32) -> impl Iterator<Item = u32> {
        self.anchored.part(&self.anchored_ends, form).iter().map(|stored| number(*stored))
    }

    /// The key of entry `at` of `keys`, and its form.
    pub(super) fn key(&self, at: usize) -> (u64, u32) {
        let [low, high, form] = self.keys.as_chunks::<3>().0[at].map(number);
        (u64::from(high) << 32 | u64::from(low), form)
    }

    /// Where in `keys` those of a slot stand, among a few others.
    pub(super) fn shelf(&self, slot: usize) -> std::ops::Range<usize> {
        let at = slot / SHELF;
        self.shelves.at(at) as usize..self.shelves.at(at + 1) as usize
    }

    /// Whether the word is form `number`.
    pub(super) fn is_form(&self, number: u32, word: &[u8]) -> bool {
        let (form, prefix) = self.form(number);
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
                    by_form[form as usize].push(number);
                }
            }
        }
        let beyond = self.phrase_count();
        for (number, regex) in (0..).zip(&self.regexes) {
            for form in regex.anchors.numbers() {
                by_form[form as usize].push(beyond + number);
            }
        }
        let mut keys: Vec<(u64, u32)> = Vec::new();
        let mut stems: Vec<(u64, u32)> = Vec::new();
        for (number, called) in (0..).zip(&by_form) {
            self.anchored.extend(called.iter().copied());
            self.anchored_ends.extend([self.anchored.count()]);
            if called.is_empty() {
                continue;
            }
            let (bytes, prefix) = self.form(number);
            if prefix {
                stems.push((words::stem(bytes, 0), number));
            } else {
                keys.push((words::key(bytes, 0, bytes.len()), number));
            }
        }
        keys.sort_unstable_by_key(|(key, form)| (words::slot(*key), *key, *form));
        stems.sort_unstable();
        let shelves = 0..=words::SLOTS / SHELF;
        let begins = |shelf: usize| keys.partition_point(|(key, _)| words::slot(*key) / SHELF < shelf);
        self.shelves = Flat::of(shelves.map(|shelf| u32::try_from(begins(shelf)).unwrap_or(u32::MAX)));
        self.exact = bits(keys.iter().map(|(key, _)| words::slot(*key)));
        self.stem_bits = bits(stems.iter().map(|(stem, _)| words::slot(*stem)));
        self.keys = Flat::of(keys.iter().flat_map(|(key, form)| [low(*key), low(*key >> 32), *form]));
        self.stems = Flat::of(stems.iter().flat_map(|(stem, form)| [low(*stem), *form]));
        let hinted: Vec<u32> = (0..self.phrase_count())
            .flat_map(|number| {
                let at = number as usize * 4;
                let hint = hint::of(self, self.phrase(number));
                [self.phrases.at(at), self.phrases.at(at + 1), self.phrases.at(at + 2), hint]
            })
            .collect();
        self.phrases = Flat::of(hinted);
    }

    /// Works out the index.
    pub(super) fn index(&self) -> Index {
        let mut index = Index::default();
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

/// So many slots share a shelf of keys.
const SHELF: usize = 32;

/// One bit a slot.
fn bits(slots: impl Iterator<Item = usize>) -> Flat {
    let mut bits = vec![0_u32; words::SLOTS / 32];
    for slot in slots {
        bits[slot >> 5] |= 1 << (slot & 31);
    }
    Flat::of(bits)
}

/// Whether a bit is set.
pub(super) fn has_bit(bits: &[Stored], slot: usize) -> bool {
    bits.get(slot >> 5).is_some_and(|bits| number(*bits) >> (slot & 31) & 1 == 1)
}

/// Equal but for case. Forms are lower case already.
fn same(word: &[u8], form: &[u8]) -> bool {
    word.len() == form.len() && word.iter().zip(form).all(|(a, b)| a.to_ascii_lowercase() == *b)
}
