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

impl RuleError {
    /// On one line: file, line and column (in characters, both from 1), what is wrong, what to do. `text` is the
    /// text of the file.
    pub fn line(&self, text: &str) -> String {
        let before = text.get(..self.at.start).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        let place = if self.at.is_empty() && self.at.start == 0 { String::new() } else { format!(":{line}:{column}") };
        let label = if self.label.is_empty() { String::new() } else { format!(" ({})", self.label) };
        let help = self.help.as_ref().map_or_else(String::new, |help| format!(". {help}"));
        format!("{}{place}: {}{label}{help}", self.file, self.what)
    }
}
