//! The door: bytes in, a checked document out. No file, no clock, no thread.

use crate::check::Options;
use crate::document::{Kind, Reason};
use crate::finding::Checked;
use crate::rule::RuleSet;

/// Reads and checks one document at a time.
#[derive(Debug)]
pub struct Checker {
    /// The rules.
    pub rules: RuleSet,
    /// How to look.
    pub options: Options,
}

impl Checker {
    /// Checks `bytes`, known as `name`. `kind` overrides what the document seems to be.
    pub fn check(&self, name: &str, kind: Option<(Kind, Reason)>, bytes: &[u8]) -> Checked {
        let _ = (name, kind, bytes);
        todo!()
    }
}
