//! Terms as tables: flat lists of numbers, quick to load, quick to look up.

use super::words;
use regex::Regex;
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;

/// What is stored.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Tables {
    /// All forms, one after the other.
    pub(super) chars: String,
    /// Every form: where its letters end in `chars`, and whether any ending may follow.
    pub(super) forms: Vec<(u32, bool)>,
    /// Every phrase.
    pub(super) phrases: Vec<Phrase>,
    /// Steps of all phrases, one after the other.
    pub(super) steps: Vec<Step>,
    /// Every branch of every choice: its first step and how many there are.
    pub(super) branches: Vec<(u32, u32)>,
    /// Forms of all word steps, one after the other.
    pub(super) step_forms: Vec<u32>,
    /// Where the sets of each term end in `term_sets`.
    pub(super) term_ends: Vec<u32>,
    /// Sets of all terms, one after the other.
    pub(super) term_sets: Vec<u32>,
    /// Regular expressions.
    pub(super) regexes: Vec<RegexTerm>,
    /// How many sets there are.
    pub(super) sets: u32,
}

/// A phrase: its steps, which of them it is looked up by, and its term.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Phrase {
    pub(super) first: u32,
    pub(super) count: u8,
    pub(super) anchor: u8,
    pub(super) term: u32,
}

/// One step.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) enum Step {
    /// One of `count` forms from `first` in `step_forms`.
    Word { first: u32, count: u16 },
    /// Up to so many words.
    Gap(u8),
    /// A number in figures.
    Number,
    /// One of `count` branches from `first` in `branches`.
    Any { first: u32, count: u16 },
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
}

/// What is worked out from the tables on first use.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    /// Bits of whole words.
    pub(super) exact: Vec<u64>,
    /// Bits of stems.
    pub(super) stems: Vec<u64>,
    /// Key of a form, and its number; sorted.
    pub(super) keys: Vec<(u64, u32)>,
    /// Stem of a form with any ending, and its number; sorted.
    pub(super) stem_keys: Vec<(u64, u32)>,
    /// Where the phrases looked up by each form end in `anchored`.
    pub(super) anchored_ends: Vec<u32>,
    /// Phrases, and regexes counted on behind them.
    pub(super) anchored: Vec<u32>,
    /// Regexes called by digits.
    pub(super) by_digits: Vec<u32>,
    /// Regexes that are run over everything.
    pub(super) everywhere: Vec<u32>,
    /// Compiled regexes.
    pub(super) compiled: Vec<OnceLock<Option<Regex>>>,
}

impl Tables {
    /// The letters of a form.
    pub(super) fn form(&self, number: u32) -> (&str, bool) {
        let at = number as usize;
        let start = if at == 0 { 0 } else { self.forms[at - 1].0 as usize };
        let (end, prefix) = self.forms[at];
        (&self.chars[start..end as usize], prefix)
    }

    /// The steps of a phrase.
    pub(super) fn steps(&self, phrase: &Phrase) -> &[Step] {
        let first = phrase.first as usize;
        &self.steps[first..first + usize::from(phrase.count)]
    }

    /// The branches of a choice.
    pub(super) fn branches_of(&self, first: u32, count: u16) -> impl Iterator<Item = &[Step]> {
        let first = first as usize;
        self.branches[first..first + usize::from(count)].iter().map(|(step, steps)| {
            let step = *step as usize;
            &self.steps[step..step + *steps as usize]
        })
    }

    /// The forms of a word step.
    pub(super) fn forms_of(&self, first: u32, count: u16) -> &[u32] {
        &self.step_forms[first as usize..first as usize + usize::from(count)]
    }

    /// Whether one of these steps, or of their branches, holds a word.
    pub(super) fn hold(&self, steps: &[Step], word: &[u8]) -> bool {
        steps.iter().any(|step| match *step {
            Step::Word { first, count } => self.forms_of(first, count).iter().any(|form| self.is_form(*form, word)),
            Step::Any { first, count } => self.branches_of(first, count).any(|branch| self.hold(branch, word)),
            Step::Gap(_) | Step::Number => false,
        })
    }

    /// The sets of a term.
    pub(super) fn sets_of(&self, term: u32) -> &[u32] {
        let at = term as usize;
        let start = if at == 0 { 0 } else { self.term_ends[at - 1] as usize };
        &self.term_sets[start..self.term_ends[at] as usize]
    }

    /// Whether the word `bytes[start..end]` is form `number`.
    pub(super) fn is_form(&self, number: u32, word: &[u8]) -> bool {
        let (form, prefix) = self.form(number);
        let form = form.as_bytes();
        if prefix { word.len() >= form.len() && same(&word[..form.len()], form) } else { same(word, form) }
    }

    /// Works out the index.
    pub(super) fn index(&self) -> Index {
        let mut index = Index { exact: vec![0; 512], stems: vec![0; 512], ..Index::default() };
        let mut by_form: Vec<Vec<u32>> = vec![Vec::new(); self.forms.len()];
        for (number, phrase) in (0..).zip(&self.phrases) {
            if let Some(Step::Word { first, count }) = self.steps(phrase).get(usize::from(phrase.anchor)) {
                for form in self.forms_of(*first, *count) {
                    by_form[*form as usize].push(number);
                }
            }
        }
        let beyond = u32::try_from(self.phrases.len()).unwrap_or(u32::MAX);
        for (number, regex) in (0..).zip(&self.regexes) {
            for form in &regex.anchors {
                by_form[*form as usize].push(beyond + number);
            }
            if regex.digits {
                index.by_digits.push(number);
            } else if regex.anchors.is_empty() {
                index.everywhere.push(number);
            }
            index.compiled.push(OnceLock::new());
        }
        for (number, called) in (0..).zip(&by_form) {
            if !called.is_empty() {
                let (form, prefix) = self.form(number);
                let bytes = form.as_bytes();
                if prefix {
                    let stem = words::stem(bytes, 0);
                    set_bit(&mut index.stems, words::slot(stem));
                    index.stem_keys.push((stem, number));
                } else {
                    let key = words::key(bytes, 0, bytes.len());
                    set_bit(&mut index.exact, words::slot(key));
                    index.keys.push((key, number));
                }
            }
            index.anchored.extend_from_slice(called);
            index.anchored_ends.push(u32::try_from(index.anchored.len()).unwrap_or(u32::MAX));
        }
        index.keys.sort_unstable();
        index.stem_keys.sort_unstable();
        index
    }
}

impl Index {
    /// What is looked up by a form.
    pub(super) fn anchored_by(&self, form: u32) -> &[u32] {
        let at = form as usize;
        let start = if at == 0 { 0 } else { self.anchored_ends[at - 1] as usize };
        &self.anchored[start..self.anchored_ends[at] as usize]
    }
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
