//! Where a person holding the original would look.

use serde::Serialize;
use std::fmt;

/// A place in the original.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "unit")]
pub enum Place {
    /// Line and column (in characters), both from 1: text, Markdown, HTML.
    Line {
        /// Line, from 1.
        line: u32,
        /// Column in characters, from 1.
        column: u32,
    },
    /// Page and paragraph, from 1: PDF.
    Page {
        /// Page, from 1.
        page: u32,
        /// Paragraph on the page, from 1.
        paragraph: u32,
    },
    /// Paragraph, from 1: word-processor documents.
    Paragraph {
        /// Paragraph, from 1.
        paragraph: u32,
    },
    /// Row and column name: tables.
    Cell {
        /// Row, from 1, the header not counted.
        row: u32,
        /// Column, by its header.
        column: String,
        /// Line within the cell, from 1, where it has several.
        line: Option<u32>,
    },
    /// A path: `FHIRPath`, `XPath`, HL7 v2.
    Path {
        /// The path.
        path: String,
        /// Line within what stands there, from 1, where it has several.
        line: Option<u32>,
    },
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line { line, column } => write!(f, "{line}:{column}"),
            Self::Page { page, paragraph } => write!(f, "page {page}, paragraph {paragraph}"),
            Self::Paragraph { paragraph } => write!(f, "paragraph {paragraph}"),
            Self::Cell { row, column, line: None } => write!(f, "row {row}, {column}"),
            Self::Cell { row, column, line: Some(line) } => write!(f, "row {row}, {column}, line {line}"),
            Self::Path { path, line: None } => f.write_str(path),
            Self::Path { path, line: Some(line) } => write!(f, "{path}, line {line}"),
        }
    }
}

/// Something that could not be read. Holds no words of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong, in plain words, and what to do.
    pub what: String,
    /// Where, if known.
    pub place: Option<Place>,
    /// Whether the whole file is unreadable (then it is never counted as checked).
    pub fatal: bool,
}
