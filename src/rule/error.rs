//! What is wrong in a rule or settings file, at the exact value.

use std::ops::Range;

/// One mistake. Plain data: the faces draw it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleError {
    /// The file, as people know it.
    pub file: String,
    /// The rule it is about, if known.
    pub rule: Option<String>,
    /// What is wrong, in plain words.
    pub what: String,
    /// What is said at the place itself.
    pub label: String,
    /// Bytes of the file; the whole file when empty.
    pub at: Range<usize>,
    /// What to do.
    pub help: Option<String>,
    /// Whether it stops the run (an error) or is advice on the rule (a lint).
    pub fatal: bool,
}
