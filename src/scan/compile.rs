//! Terms to tables.

use super::anchor::{Anchor, anchors, needs, reach};
use super::flat::Flat;
use super::tables::{RegexTerm, Step, Tables};
use super::{Element, Form, Pattern, Scanner, SetId, Term};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Compiles terms to a [`Scanner`].
#[derive(Debug, Default)]
pub struct ScannerBuilder {
    sets: u32,
    numbers: BTreeMap<Term, u32>,
    terms: Vec<(Term, Vec<u32>)>,
}

impl ScannerBuilder {
    /// A new, empty set.
    pub fn set(&mut self) -> SetId {
        self.sets += 1;
        SetId(self.sets - 1)
    }

    /// Adds `term` to `set`; equal terms share a number, which is returned.
    pub fn add(&mut self, set: SetId, term: &Term) -> u32 {
        let number = if let Some(number) = self.numbers.get(term) {
            *number
        } else {
            let number = u32::try_from(self.terms.len()).unwrap_or(u32::MAX);
            self.numbers.insert(term.clone(), number);
            self.terms.push((term.clone(), Vec::new()));
            number
        };
        let sets = &mut self.terms[number as usize].1;
        if !sets.contains(&set.0) {
            sets.push(set.0);
        }
        number
    }

    /// Compiles. `common` ranks the commonest words of the language, commonest first: phrases are looked
    /// up by their rarest word.
    pub fn finish(self, common: &[String]) -> Scanner {
        let ranks = common.iter().zip(0_u32..).map(|(word, rank)| (word.as_str(), rank)).collect();
        let mut writer =
            Writer { tables: Tables { sets: self.sets, ..Tables::default() }, forms: BTreeMap::new(), ranks };
        for (number, (term, sets)) in (0_u32..).zip(&self.terms) {
            match term {
                Term::Phrases(patterns) => {
                    for pattern in patterns {
                        writer.phrase(pattern, number);
                    }
                }
                Term::Regex { source, case_sensitive } => writer.regex(source, *case_sensitive, number),
            }
            writer.tables.term_sets.extend(sets.iter().copied());
            let end = writer.tables.term_sets.count();
            writer.tables.term_ends.extend([end]);
        }
        writer.tables.sort();
        Scanner { tables: writer.tables, index: std::sync::OnceLock::new() }
    }
}

/// A word that is met less often than this is rare enough.
const RARE: u32 = 60;

struct Writer<'a> {
    tables: Tables,
    forms: BTreeMap<Form, u32>,
    ranks: BTreeMap<&'a str, u32>,
}

impl Writer<'_> {
    fn form(&mut self, form: &Form) -> u32 {
        if let Some(number) = self.forms.get(form) {
            return *number;
        }
        let number = self.tables.forms.count();
        self.tables.chars.to_mut().extend_from_slice(form.text.as_bytes());
        let end = u32::try_from(self.tables.chars.len()).unwrap_or(u32::MAX >> 1);
        self.tables.forms.extend([end << 1 | u32::from(form.prefix)]);
        self.forms.insert(form.clone(), number);
        number
    }

    fn phrase(&mut self, pattern: &Pattern, term: u32) {
        for elements in self.with_anchor(&pattern.0) {
            let anchor = elements
                .iter()
                .enumerate()
                .filter(|(_, element)| matches!(element, Element::Word(_)))
                .min_by_key(|(_, element)| self.rarity(element));
            let Some((anchor, _)) = anchor else { continue };
            let (first, count) = self.steps(&elements);
            let anchor = u32::try_from(anchor).unwrap_or(0);
            self.tables.phrases.extend([first, count & 0xffff | anchor << 16, term, 0]);
        }
    }

    /// Lays steps down, those of branches first, so that each list of steps is in one piece.
    fn steps(&mut self, elements: &[Element]) -> (u32, u32) {
        let mut laid = Vec::with_capacity(elements.len());
        for element in elements {
            laid.push(match element {
                Element::Word(forms) => {
                    let numbers: Vec<u32> = forms.iter().map(|form| self.form(form)).collect();
                    let first = self.tables.step_forms.count();
                    self.tables.step_forms.extend(numbers.iter().copied());
                    Step::Word { first, count: length(&numbers) }
                }
                Element::Gap(most) => Step::Gap(u32::from(*most)),
                Element::Number => Step::Number,
                Element::Comma => Step::Comma,
                Element::Any(branches) => {
                    let laid: Vec<(u32, u32)> = branches.iter().map(|branch| self.steps(branch)).collect();
                    let first = self.tables.branches.count() / 2;
                    self.tables.branches.extend(laid.iter().flat_map(|(first, count)| [*first, *count]));
                    Step::Any { first, count: length(&laid) }
                }
            });
        }
        let first = self.tables.steps.count() / 2;
        self.tables.steps.extend(laid.iter().flat_map(|step| step.pack()));
        (first, length(&laid))
    }

    /// The phrase, spelt out as far as it takes for each to hold a rare word of its own outside of choices.
    fn with_anchor(&self, elements: &[Element]) -> Vec<Vec<Element>> {
        let words = elements.iter().filter(|element| matches!(element, Element::Word(_)));
        let best = words.filter_map(|word| self.rarity(word)).min();
        let choice = elements
            .iter()
            .enumerate()
            .filter(|(_, element)| matches!(element, Element::Any(_)))
            .filter_map(|(at, element)| Some((self.rarity(element)?, at)))
            .min();
        let Some((rarity, at)) = choice else { return vec![elements.to_vec()] };
        if best.is_some_and(|best| best <= RARE || best <= rarity) {
            return vec![elements.to_vec()];
        }
        let Some(Element::Any(branches)) = elements.get(at) else { return Vec::new() };
        let spelt = branches.iter().map(|branch| [&elements[..at], branch, &elements[at + 1..]].concat());
        spelt.flat_map(|elements| self.with_anchor(&elements)).collect()
    }

    /// How often the rarest necessary word of a step is met; `None` when none is necessary.
    fn rarity(&self, element: &Element) -> Option<u32> {
        match element {
            Element::Word(forms) => Some(forms.iter().map(|form| self.cost(form)).sum()),
            Element::Gap(_) | Element::Number | Element::Comma => None,
            Element::Any(branches) => {
                let of_each = branches.iter().map(|branch| branch.iter().filter_map(|step| self.rarity(step)).min());
                // The whole choice is as common as its branches together.
                of_each.collect::<Option<Vec<u32>>>().map(|all| all.iter().sum())
            }
        }
    }

    /// How often a word is met, roughly: unlisted words are rare, short ones less so.
    fn cost(&self, form: &Form) -> u32 {
        if form.prefix {
            return 12 + 40_u32.saturating_sub(u32::try_from(form.text.len()).unwrap_or(40) * 4);
        }
        match self.ranks.get(form.text.as_str()) {
            Some(rank) => 200_000 / (rank + 20),
            None => 10 + 12_u32.saturating_sub(u32::try_from(form.text.len()).unwrap_or(12)),
        }
    }

    fn regex(&mut self, source: &str, case_sensitive: bool, term: u32) {
        let found = anchors(source).unwrap_or_default();
        let mut forms = Vec::new();
        let mut digits = false;
        for anchor in found {
            match anchor {
                Anchor::Word(text) => forms.push(self.form(&Form { text, prefix: false })),
                Anchor::Stem(text) => forms.push(self.form(&Form { text, prefix: true })),
                Anchor::Digits => digits = true,
            }
        }
        forms.sort_unstable();
        forms.dedup();
        let (reach, needs) = (reach(source), needs(source));
        let (source, anchors) = (Cow::Owned(source.to_owned()), Flat::of(forms));
        self.tables.regexes.push(RegexTerm { source, case_sensitive, term, anchors, digits, reach, needs });
    }
}

fn length<T>(list: &[T]) -> u32 {
    u32::try_from(list.len()).unwrap_or(u32::MAX)
}
