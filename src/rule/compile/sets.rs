//! Named sets of words, with the sets they are made of put in their places.

use super::gather::{Gathered, Read};
use crate::rule::RuleError;
use crate::rule::file::read::{Mistakes, nearest};
use crate::rule::file::values::Text;
use crate::rule::file::words::WordsFile;
use crate::rule::term::{self, Spelling};
use crate::scan::Term;
use std::collections::BTreeMap;

/// All sets, spelt out.
#[derive(Debug, Default)]
pub struct Sets {
    terms: BTreeMap<String, Vec<Term>>,
    /// Spelling pairs.
    pub spelling: Spelling,
}

impl Sets {
    /// Spells out every set of `all`.
    pub fn of(all: &Gathered<'_>, errors: &mut Vec<RuleError>) -> Self {
        let pairs = all.spelling.iter().flat_map(|read| &read.form.pairs);
        let pairs =
            pairs.map(|pair| (pair.from.value.to_ascii_lowercase(), pair.to.value.to_ascii_lowercase())).collect();
        let mut sets = Self { terms: BTreeMap::new(), spelling: Spelling::new(pairs) };
        for name in all.words.keys() {
            sets.spell_out(name, &all.words, &mut Vec::new(), errors);
        }
        sets
    }

    fn spell_out(
        &mut self,
        name: &str,
        words: &BTreeMap<String, Read<'_, WordsFile>>,
        path: &mut Vec<String>,
        errors: &mut Vec<RuleError>,
    ) {
        if self.terms.contains_key(name) {
            return;
        }
        let Some(read) = words.get(name) else { return };
        path.push(name.to_owned());
        let mut mistakes = read.mistakes(None);
        let mut terms: Vec<Term> = Vec::new();
        for text in &read.form.terms.list {
            let Ok(written) = term::read(&text.value) else {
                // The mistake itself is noted by `terms` below.
                self.terms(text, &mut mistakes);
                continue;
            };
            let mut circle = false;
            for (inner, at) in written.sets() {
                if let Some(start) = path.iter().position(|outer| outer == inner) {
                    let way: Vec<&str> = path.iter().skip(start).map(String::as_str).chain([inner]).collect();
                    let what = format!("this set refers to itself: ${}", way.join(" → $"));
                    mistakes.note(text.part(at), what, "leads back", "take one of these references out");
                    circle = true;
                } else {
                    self.spell_out(inner, words, path, errors);
                }
            }
            if !circle {
                terms.extend(self.terms(text, &mut mistakes).unwrap_or_default());
            }
        }
        path.pop();
        errors.append(&mut mistakes.found);
        self.terms.insert(name.to_owned(), terms);
    }

    /// The terms that `text` stands for; `None` when there is a mistake in it, which is noted.
    pub fn terms(&self, text: &Text, to: &mut Mistakes<'_>) -> Option<Vec<Term>> {
        if text.value.trim().is_empty() {
            return None;
        }
        if let Some(at) = remark_behind(text, to.source) {
            let help = "put the term in single quotes if # is part of it, or the remark on a line of its own";
            to.note(at, "a remark behind a term", "not part of the term", help);
            return None;
        }
        let lookup = |name: &str| self.terms.get(name).map(Vec::as_slice);
        let mut error = match term::read(&text.value).and_then(|written| written.resolve(&lookup, &self.spelling)) {
            Ok(terms) => return Some(terms),
            Err(error) => error,
        };
        if let Ok(written) = term::read(&text.value)
            && let Some((name, _)) = written.sets().into_iter().find(|(name, _)| lookup(name).is_none())
            && let Some(near) = nearest(name, self.terms.keys().map(String::as_str))
        {
            error.label = format!("did you mean ${near}?");
        }
        to.note(text.part(error.at), error.what, &error.label, error.help.as_deref().unwrap_or_default());
        None
    }
}

/// A remark on the same line as an unquoted term: YAML cuts there, and `for # hours` would quietly become `for`.
fn remark_behind(text: &Text, source: &str) -> Option<std::ops::Range<usize>> {
    text.verbatim.filter(|start| *start == text.at.start)?;
    let line = source.get(text.at.end..)?.lines().next()?;
    let start = text.at.end + line.find('#')?;
    let between = source.get(text.at.end..start)?;
    between.trim().is_empty().then_some(start..text.at.end + line.trim_end().len())
}
