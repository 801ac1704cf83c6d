//! What a reader is given, and the one way from a file to what is packed inside it.
//!
//! A part goes through the same door as a file, so every format is read wherever it stands. How deep, and how many
//! bytes may come out of one file, is counted here, over all its parts together.

use super::{Reader, Seen, pick};
use crate::document::{Builder, Document};
use std::cell::Cell;

/// What the bytes of a file do not say, and how far to go into them.
#[derive(Clone, Copy)]
pub struct Reading<'r> {
    /// The column that holds the words, in tables and exports; worked out for each when nobody said.
    pub text_column: Option<&'r str>,
    /// Names that columns of exports are known by.
    pub columns: Columns<'r>,
    /// So many bytes may be unpacked from one file, all its parts together.
    pub unpacked: u64,
    /// So many containers may stand one inside the other.
    pub depth: u8,
    /// Reads formats that had better be read apart (name of the format, bytes), in a process that may be ended;
    /// without it they are read here.
    pub apart: Option<Apart<'r>>,
}

/// How a format is read apart.
pub type Apart<'r> = &'r dyn Fn(&str, &[u8]) -> Seen;

impl Default for Reading<'_> {
    fn default() -> Self {
        Self { text_column: None, columns: Columns::default(), unpacked: 1 << 30, depth: 4, apart: None }
    }
}

/// Names that columns of exports are known by; how they are written (capitals, blanks, `_`) does not matter.
#[derive(Clone, Copy)]
pub struct Columns<'r> {
    /// Columns that hold the words of a note.
    pub text: &'r [&'r str],
    /// Columns that name the note in its own system; never those that name a person.
    pub id: &'r [&'r str],
    /// Columns that say what sort of note it is.
    pub title: &'r [&'r str],
    /// Columns that say when it was written.
    pub date: &'r [&'r str],
}

impl Default for Columns<'_> {
    /// Those of the table NOTE of the OMOP common data model, version 5.
    fn default() -> Self {
        Self { text: &["note_text"], id: &["note_id"], title: &["note_title"], date: &["note_date"] }
    }
}

/// A file, or a part of one, on its way to a reader.
#[derive(Clone, Copy)]
pub struct Input<'i> {
    /// The file, as it is known to people.
    pub name: &'i str,
    /// Which part of the file this is; `None` for the file itself.
    pub part: Option<&'i str>,
    /// The name it has by itself: that of the file, or of the member of an archive. Its ending says its format.
    pub called: &'i str,
    /// The bytes.
    pub bytes: &'i [u8],
    /// How to read.
    pub reading: &'i Reading<'i>,
    depth: u8,
    /// Bytes that may still be unpacked from this file.
    left: &'i Cell<u64>,
}

impl<'i> Input<'i> {
    pub(super) fn file(name: &'i str, bytes: &'i [u8], reading: &'i Reading<'i>, left: &'i Cell<u64>) -> Self {
        Self { name, part: None, called: name, bytes, reading, depth: 0, left }
    }

    /// Begins the document that this file or part is.
    pub fn document(&self) -> Builder {
        let mut into = Document::build(self.name);
        if let Some(part) = self.part {
            into.part(part, self.called);
        }
        into
    }

    /// Begins the document of a part of this: `row 12`.
    pub fn document_of(&self, part: &str) -> Builder {
        let mut into = Document::build(self.name);
        into.part(self.joined(part), self.called);
        into
    }

    /// Reads what is packed in this as `part`, with the reader that fits `called` and `bytes`.
    ///
    /// Whoever unpacks says first how much comes out ([`Input::take`]).
    pub fn open(&self, part: &str, called: &str, bytes: &[u8], each: &mut dyn FnMut(Document)) {
        let part = self.joined(part);
        let inner = Input { part: Some(&part), called, bytes, depth: self.depth + 1, ..*self };
        if inner.depth > self.reading.depth {
            let mut into = inner.document();
            into.unreadable("This is packed too deep inside other files. Unpack it and check it by itself.");
            return each(into.finish());
        }
        inner.read_each(each);
    }

    /// Says that `part` could not be read, why, and what to do; `what` holds no words of the document.
    pub fn refuse(&self, part: &str, what: &str, each: &mut dyn FnMut(Document)) {
        let mut into = self.document_of(part);
        into.unreadable(what);
        each(into.finish());
    }

    /// Says that `part` was left alone on purpose, and why.
    pub fn pass_over(&self, part: &str, what: &str, each: &mut dyn FnMut(Document)) {
        let mut into = self.document_of(part);
        into.passed_over(what);
        each(into.finish());
    }

    /// How many bytes may still be unpacked.
    pub fn left(&self) -> u64 {
        self.left.get()
    }

    /// Counts `bytes` as unpacked; false when so much may not come out of one file.
    pub fn take(&self, bytes: usize) -> bool {
        let rest = self.left.get().checked_sub(bytes as u64);
        self.left.set(rest.unwrap_or(0));
        rest.is_some()
    }

    /// The name of a part, behind that of the part it stands in.
    pub fn joined(&self, part: &str) -> String {
        match self.part {
            Some(outer) => format!("{outer}, {part}"),
            None => part.to_owned(),
        }
    }

    /// Reads this with the reader that fits, and hands over every document in it: one at least.
    pub(super) fn read_each(&self, each: &mut dyn FnMut(Document)) {
        let reader = match self.reader() {
            Ok(reader) => reader,
            Err(what) => {
                let mut into = self.document();
                into.unreadable(what);
                return each(into.finish());
            }
        };
        let mut any = false;
        reader.read_each(self, &mut |document| {
            any = true;
            each(document);
        });
        if !any {
            let mut into = self.document();
            into.format(reader.name());
            each(into.finish());
        }
    }

    fn reader(&self) -> Result<&'static dyn Reader, String> {
        if u32::try_from(self.bytes.len()).is_err() {
            return Err("This file is larger than 4 GiB. Split it into smaller files.".to_owned());
        }
        pick(&super::ending(self.called), self.bytes)
    }
}
