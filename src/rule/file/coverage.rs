//! What the rules should cover, as it is written: `rules/coverage/<table>.yaml`.

use super::read::written;
use super::values::{Map, One, Text, Texts};

written! {
    /// A table of rows that rules should cover.
    pub struct CoverageFile = "a table of coverage" {
        /// What the rows are.
        "title" needed => title: Text,
        /// Which part of a rule's basis names its rows; without it each row names its rules.
        "by" => by: Option<One<By>>,
        /// The rows, in order, by the name that a basis uses.
        "rows" needed => rows: Map<RowForm>,
    }
}

written! {
    /// A row.
    pub struct RowForm = "a row of coverage" {
        /// What it is, in a few words of our own.
        "title" needed => title: Text,
        /// Rules that cover it, where no basis says so.
        "rules" => rules: Option<Texts>,
        /// Why no rule looks for it in what a service writes for readers.
        "not-in-policies" => not_in_policies: Option<Text>,
        /// Why no rule looks for it in what is written about a person.
        "not-in-records" => not_in_records: Option<Text>,
    }
}

/// A part of a basis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Articles of the Convention.
    Crpd,
    /// Recovery principles.
    Recovery,
    /// Criteria of QualityRights.
    QualityRights,
}
