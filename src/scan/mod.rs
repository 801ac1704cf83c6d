//! Finds phrases in text: word by word, by their rarest word, in one pass.
//!
//! The matcher knows compiled phrases by number, no rule text, and no document types beyond bytes and spans.

mod pattern;

pub use pattern::{Element, Form, Pattern, Term};

use crate::span::Span;
use serde::{Deserialize, Serialize};

/// The number of a set of terms in one scanner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SetId(pub u32);

/// One match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// Where.
    pub span: Span,
    /// Which set.
    pub set: SetId,
    /// Which term.
    pub term: u32,
}

/// Terms compiled to tables.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Scanner {}

impl Scanner {
    /// Adds to `out` every match in `range` of `text`: per set, leftmost-longest and not overlapping, sorted.
    pub fn scan(&self, text: &str, range: Span, out: &mut Vec<Hit>) {
        let _ = (text, range, out);
    }
}

/// Compiles terms to a [`Scanner`].
#[derive(Debug, Default)]
pub struct ScannerBuilder {}

impl ScannerBuilder {
    /// A new, empty set.
    pub fn set(&mut self) -> SetId {
        SetId(0)
    }

    /// Adds `term` to `set`; equal terms share a number.
    pub fn add(&mut self, set: SetId, term: &Term) -> u32 {
        let _ = (set, term);
        0
    }

    /// Compiles. `common` ranks the commonest words of the language, commonest first: phrases are looked up by their rarest word.
    pub fn finish(self, common: &[String]) -> Scanner {
        let _ = common;
        Scanner {}
    }
}
