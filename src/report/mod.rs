//! A report to text. Each format is one file and one entry of [`REPORTERS`]; none filters, all carry the same tally.

mod at;
pub mod audit;
pub mod clean;
mod csv;
pub mod excerpt;
mod frames;
mod github;
mod gitlab;
mod human;
mod json;
mod jsonl;
mod junit;
mod line;
mod markdown;
mod notation;
mod plain;
mod rdjson;
mod sarif;
mod saving;
pub mod schema;
mod select;
mod snippet;
mod summary;
pub mod words;

pub use frames::{Sources, draw_errors, line_and_column};
pub use select::{BEFORE_SAVING, Shown, of_one, open, select};
pub use snippet::Pen;

use crate::document::Problem;
use crate::finding::Checked;
use crate::rule::{RuleSet, Severity};
use std::borrow::Cow;
use std::io::{self, Write};
use std::time::Duration;

/// How much of a document's words a report may carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Excerpts {
    /// The lines around a finding.
    Full,
    /// The matched words only.
    Short,
    /// None.
    None,
}

/// A file that was met and not checked.
#[derive(Clone, Debug)]
pub struct Unread {
    /// Its path, as given or walked to.
    pub path: String,
    /// Which part of the file, when the rest of it could be read.
    pub part: Option<String>,
    /// Why, and what to do.
    pub problem: Problem,
    /// Whether it was passed over on purpose (hidden, a format that is not text for people) rather than failed.
    pub passed_over: bool,
}

impl Unread {
    /// The file, and the part where it is one, in words.
    pub fn label(&self) -> Cow<'_, str> {
        match &self.part {
            Some(part) => format!("{}, {part}", self.path).into(),
            None => self.path.as_str().into(),
        }
    }
}

/// What a run did.
#[derive(Debug)]
pub struct Report<'r> {
    /// Documents, sorted by name.
    pub checked: Vec<Checked>,
    /// Files met and not checked, sorted by path.
    pub unread: Vec<Unread>,
    /// The rules that ran.
    pub rules: &'r RuleSet,
    /// How many rules were in force.
    pub rules_in_force: usize,
    /// The jurisdiction profile, if one was chosen.
    pub profile: Option<String>,
    /// How long it took; `None` keeps output the same from run to run.
    pub took: Option<Duration>,
    /// The version of the tool.
    pub version: &'static str,
}

/// Totals, the same in every format.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
pub struct Tally {
    /// Documents checked.
    pub documents: usize,
    /// Entries in them.
    pub entries: usize,
    /// Files that could not be read.
    pub unreadable: usize,
    /// Files passed over.
    pub passed_over: usize,
    /// Findings at error.
    pub errors: usize,
    /// Findings at warning.
    pub warnings: usize,
    /// Findings at advice.
    pub advice: usize,
    /// Matches kept silent by a guard.
    pub guarded: usize,
    /// Matches kept silent by an exception of their rule.
    pub excepted: usize,
    /// Findings someone has answered for.
    pub accepted: usize,
    /// Findings that stand in the baseline.
    pub known: usize,
}

/// How to write.
#[expect(clippy::struct_excessive_bools, reason = "each is one flag of its own")]
#[derive(Clone, Debug)]
pub struct Style {
    /// Colour allowed.
    pub color: bool,
    /// Columns.
    pub width: usize,
    /// `None`: by kind and by output, as the format sees fit.
    pub excerpts: Option<Excerpts>,
    /// Show findings at this level or above.
    pub show: Severity,
    /// At most so many findings are shown; the tally counts all.
    pub at_most: Option<usize>,
    /// One line each, questions, three at most: before a note is saved.
    pub before_saving: bool,
    /// Whether a person reads it at a terminal.
    pub terminal: bool,
    /// Findings only, no summary, in the formats for people.
    pub quiet: bool,
}

impl Default for Style {
    /// As for a file: no colour, 100 columns, warnings and errors.
    fn default() -> Self {
        Self {
            color: false,
            width: 100,
            excerpts: None,
            show: Severity::Warning,
            at_most: None,
            before_saving: false,
            terminal: false,
            quiet: false,
        }
    }
}

/// An output format.
pub trait Reporter: Sync {
    /// The value of `--format`.
    fn name(&self) -> &'static str;
    /// One line of help.
    fn about(&self) -> &'static str;
    /// Whether only programs read it, so that what could not be read is said to people on standard error as well.
    fn is_for_programs(&self) -> bool {
        false
    }
    /// Whether its form has room for the tally.
    fn has_tally(&self) -> bool {
        true
    }
    /// Writes the whole report.
    ///
    /// # Errors
    /// When `out` cannot be written to.
    fn write(&self, report: &Report<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()>;
}

/// The only list of outputs.
pub static REPORTERS: &[&dyn Reporter] = &[
    &human::Human,
    &plain::Plain,
    &line::Line,
    &json::Json,
    &jsonl::Jsonl,
    &sarif::Sarif,
    &junit::Junit,
    &github::Github,
    &gitlab::Gitlab,
    &rdjson::Rdjson,
    &csv::Csv,
    &markdown::Markdown,
];

/// The output of that name.
pub fn reporter(name: &str) -> Option<&'static dyn Reporter> {
    REPORTERS.iter().copied().find(|reporter| reporter.name() == name)
}
