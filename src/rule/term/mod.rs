//! Reads a term: plain words with seven marks.
//!
//! A term is read in two steps: [`read`] takes the marks apart and finds every mistake of form, [`Written::resolve`]
//! puts named sets in their places and spells everything out as phrases. Alternatives that are one word each stay
//! together at one step of a phrase, so that `(a|b|c) (d|e)` is one phrase and not six.

mod expand;
mod pattern;
mod spelling;
mod words;

pub use pattern::has_whole_word;
pub use spelling::Spelling;

use crate::scan::Term;
use std::ops::Range;
use words::Item;

/// The most phrases that one term may stand for.
pub const MOST_PHRASES: usize = 512;

/// A mistake in a term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermError {
    /// Bytes of the term.
    pub at: Range<usize>,
    /// What is wrong, in plain words.
    pub what: String,
    /// What is said at the place itself.
    pub label: String,
    /// What to do.
    pub help: Option<String>,
}

impl TermError {
    fn new(at: Range<usize>, what: &str, label: &str, help: &str) -> Self {
        let help = (!help.is_empty()).then(|| help.to_owned());
        Self { at, what: what.to_owned(), label: label.to_owned(), help }
    }
}

/// A term, its marks taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    /// Words and marks.
    Words(Sequence),
    /// `/…/`
    Regex {
        /// Between the slashes.
        source: String,
        /// `/…/c`
        case_sensitive: bool,
    },
}

/// Words and marks in a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sequence(pub(super) Vec<Item>);

/// Looks up the terms of a named set.
pub type Sets<'a> = &'a dyn Fn(&str) -> Option<&'a [Term]>;

/// Takes `term` apart.
pub fn read(term: &str) -> Result<Written, TermError> {
    if term.trim().is_empty() {
        return Err(TermError::new(0..term.len(), "this term is empty", "write the words to look for", ""));
    }
    if term.starts_with('/') {
        return pattern::read(term);
    }
    words::read(term).map(Written::Words)
}

impl Written {
    /// Every `$set` in it, with its bytes inside the term.
    pub fn sets(&self) -> Vec<(&str, Range<usize>)> {
        let mut found = Vec::new();
        if let Self::Words(sequence) = self {
            words::sets(&sequence.0, &mut found);
        }
        found
    }

    /// The whole term when it is nothing but one named set.
    pub fn only_set(&self) -> Option<&str> {
        match self {
            Self::Words(sequence) => match sequence.0.as_slice() {
                [Item::Set(name, _)] => Some(name),
                _ => None,
            },
            Self::Regex { .. } => None,
        }
    }

    /// Spells the term out. A set alone gives all its terms, anything else gives one.
    ///
    /// # Errors
    /// A set that is not known, a regular expression inside a phrase, a gap or star in a wrong place, more than
    /// [`MOST_PHRASES`] phrases.
    pub fn resolve(&self, sets: Sets<'_>, spelling: &Spelling) -> Result<Vec<Term>, TermError> {
        match self {
            Self::Regex { source, case_sensitive } => {
                Ok(vec![Term::Regex { source: source.clone(), case_sensitive: *case_sensitive }])
            }
            Self::Words(sequence) => {
                if let [Item::Set(name, at)] = sequence.0.as_slice() {
                    return match sets(name) {
                        Some(terms) => Ok(terms.to_vec()),
                        None => Err(expand::unknown_set(name, at.clone())),
                    };
                }
                Ok(vec![Term::Phrases(expand::phrases(&sequence.0, sets, spelling)?)])
            }
        }
    }
}

#[cfg(test)]
mod tests;
