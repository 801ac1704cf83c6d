//! What a reader saw, written down, so that it can read in another process and be believed in this one.
//!
//! A reader of a risky format says what it sees in [`Call`]s and nothing else; they are replayed into a
//! [`Builder`] here, or carried over first. The form begins with its version, since both ends are one program.

use super::plain;
use crate::document::{BlockKind, Builder, Place};
use serde::{Deserialize, Serialize};

/// The version of the form; other versions are refused.
const VERSION: u8 = 1;

/// What a reader saw, in order.
#[derive(Default, Serialize, Deserialize)]
pub struct Seen {
    calls: Vec<Call>,
}

/// One thing a reader says. Holds words of the document, so it has no `Debug`.
#[derive(Serialize, Deserialize)]
pub(super) enum Call {
    /// A value of the document's own header.
    Header(String, String),
    /// A block, in runs that each stand in one place.
    Block(Form, Vec<Run>),
    /// What could not be read, and the page if one is meant; no words of the document.
    Problem(String, Option<u32>),
    /// Why nothing could be read; no words of the document.
    Unreadable(String),
}

/// Words in one place.
#[derive(Serialize, Deserialize)]
pub(super) struct Run {
    /// The words; white space at their ends counts.
    pub(super) text: String,
    /// Page, from 1.
    pub(super) page: u32,
    /// Paragraph on the page, from 1.
    pub(super) paragraph: u32,
}

/// The kind of a block, as far as paged sources know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Form {
    /// A heading and its level.
    Heading(u8),
    /// Running text; labels, boxes and turns of speech in it are looked for.
    Paragraph,
    /// An item and its depth.
    Item(u8),
    /// A cell: row, column, whether in a header row.
    Cell(u32, u32, bool),
}

impl Seen {
    #[cfg(feature = "pdf")]
    pub(super) fn say(&mut self, call: Call) {
        self.calls.push(call);
    }

    /// That nothing could be read, why, and what to do; `what` holds no words of the document.
    pub fn unreadable(what: &str) -> Self {
        Self { calls: vec![Call::Unreadable(what.to_owned())] }
    }

    /// The form that crosses from one process to the other.
    pub fn to_bytes(&self) -> Vec<u8> {
        postcard::to_extend(self, vec![VERSION]).unwrap_or_default()
    }

    /// Reads [`Seen::to_bytes`]; `None` when it is not whole, or of another version.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (version, rest) = bytes.split_first()?;
        let (seen, left) = postcard::take_from_bytes(rest).ok()?;
        (*version == VERSION && left.is_empty()).then_some(seen)
    }

    /// Tells `into` everything.
    pub fn replay(&self, into: &mut Builder) {
        for call in &self.calls {
            match call {
                Call::Header(key, value) => {
                    into.header(key, value);
                }
                Call::Problem(what, page) => {
                    into.problem(what.as_str(), page.map(|page| Place::Page { page, paragraph: 1 }));
                }
                Call::Unreadable(what) => {
                    into.unreadable(what.as_str());
                }
                Call::Block(form, runs) => block(into, *form, runs),
            }
        }
    }
}

fn block(into: &mut Builder, form: Form, runs: &[Run]) {
    let kind = match form {
        Form::Heading(level) => BlockKind::Heading(level),
        Form::Paragraph => BlockKind::Paragraph,
        Form::Item(depth) => BlockKind::Item(depth),
        Form::Cell(row, column, header) => BlockKind::Cell { row, column, header },
    };
    into.open(kind);
    for run in runs {
        into.run(&run.text, Place::Page { page: run.page, paragraph: run.paragraph });
    }
    if matches!(form, Form::Paragraph | Form::Item(_)) {
        into.close_with(|text, range, marks| plain::paragraph(text, range, kind, marks));
    } else {
        into.close();
    }
}
