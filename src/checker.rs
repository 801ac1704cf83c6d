//! The door: bytes in, a checked document out. No file, no clock, no thread.

use crate::check::{self, Options};
use crate::document::{Document, Kind, Reason};
use crate::finding::Checked;
use crate::read::{self, Reading};
use crate::rule::{RuleId, RuleSet};

/// Reads and checks one document at a time.
#[derive(Debug, Default)]
pub struct Checker {
    /// The rules.
    pub rules: RuleSet,
    /// How to look.
    pub options: Options,
}

impl Checker {
    /// Checks `bytes`, known as `name`. `kind` overrides what the document seems to be.
    ///
    /// A document that could not be read holds the problem and no findings; it is never clean
    /// (see [`Document::is_unreadable`]).
    pub fn check(&self, name: &str, kind: Option<(Kind, Reason)>, bytes: &[u8]) -> Checked {
        self.check_document(read::read(name, bytes), kind)
    }

    /// Checks every document in `bytes`, known as `name`, and hands each over as soon as it is checked; see
    /// [`read::read_each`]. One that could not be read never stops the others.
    pub fn check_each(
        &self,
        name: &str,
        kind: Option<&(Kind, Reason)>,
        bytes: &[u8],
        reading: &Reading<'_>,
        each: &mut dyn FnMut(Checked),
    ) {
        read::read_each(name, bytes, reading, &mut |document| each(self.check_document(document, kind.cloned())));
    }

    /// Checks a document that has been read already.
    pub fn check_document(&self, document: Document, kind: Option<(Kind, Reason)>) -> Checked {
        self.look(document, kind, &self.options)
    }

    /// Checks `bytes` with one rule alone: how a rule is tried on its own examples.
    pub fn check_with(&self, rule: &RuleId, name: &str, kind: (Kind, Reason), bytes: &[u8]) -> Checked {
        let options = Options { only: Some(rule.clone()), ..self.options.clone() };
        self.look(read::read(name, bytes), Some(kind), &options)
    }

    fn look(&self, mut document: Document, kind: Option<(Kind, Reason)>, options: &Options) -> Checked {
        if document.is_unreadable() {
            return Checked { document, findings: Vec::new(), looks: Vec::new(), credits: Vec::new(), entries: 0 };
        }
        let (kind, reason) = kind.unwrap_or_else(|| check::assume_kind(&document, &self.rules));
        document.set_kind(kind, reason);
        let looked = check::check(&document, &self.rules, options);
        let entries = u32::try_from(document.entries().len()).unwrap_or(u32::MAX);
        Checked { document, findings: looked.findings, looks: looked.looks, credits: looked.credits, entries }
    }
}
