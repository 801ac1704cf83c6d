//! Document and rules to findings: pure, sorted, nothing deleted.

use crate::document::Document;
use crate::finding::{Evidence, Finding, Look};
use crate::rule::{Confidence, RuleSet};

/// How to look.
#[derive(Clone, Debug)]
pub struct Options {
    /// Run opt-in rules too (debated words).
    pub opt_in: bool,
    /// Show nothing below this confidence.
    pub confidence: Confidence,
    /// Today, as days since 1970-01-01, for dates that should not be past; `None`: such rules are silent.
    pub today: Option<i32>,
    /// The text is still being written: no gap for the last, unsigned entry that looks unfinished.
    pub before_saving: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { opt_in: false, confidence: Confidence::Medium, today: None, before_saving: false }
    }
}

/// Everything that was found and looked at.
#[derive(Debug, Default)]
pub struct Looked {
    /// Findings, sorted.
    pub findings: Vec<Finding>,
    /// Looks, sorted.
    pub looks: Vec<Look>,
    /// Good practice.
    pub credits: Vec<Evidence>,
}

/// Checks a document.
pub fn check(document: &Document, rules: &RuleSet, options: &Options) -> Looked {
    let _ = (document, rules, options);
    Looked::default()
}
