//! Bytes to a document. Reading never fails: what was missed is a problem of the document.
//!
//! The ending of the name picks the reader; content overrules it where the two disagree. One more format
//! is one file and two lines here.

mod apart;
mod ccda;
mod csv;
mod docx;
mod encoding;
mod epub;
mod fhir;
mod flow;
mod foreign;
mod front;
mod hl7;
mod html;
mod input;
mod json;
mod markdown;
mod odt;
mod pack;
#[cfg(feature = "pdf")]
mod pdf;
mod plain;
mod table;
mod tags;
mod unpack;
mod xml;

pub use apart::Seen;
pub use input::{Apart, Columns, Input, Reading};

use crate::document::{Builder, Document};
use encoding_rs::Encoding;
use std::cell::Cell;

/// A format.
pub trait Reader: Sync {
    /// Its name.
    fn name(&self) -> &'static str;
    /// File endings, lower case, without the dot.
    fn endings(&self) -> &'static [&'static str];
    /// Whether the first bytes are of this format, where endings lie.
    fn knows(&self, head: &[u8]) -> bool {
        let _ = head;
        false
    }
    /// Reads one document; what it missed it tells the builder. A format that holds several answers
    /// [`Reader::read_each`] instead.
    fn read(&self, bytes: &[u8], into: &mut Builder) {
        let _ = (bytes, into);
    }
    /// Hands over every document in `input`, in order. One that could not be read holds its problem and never
    /// stops the others; a file that hands over none counts as one without words.
    fn read_each(&self, input: &Input<'_>, each: &mut dyn FnMut(Document)) {
        let mut into = input.document();
        into.format(self.name());
        self.read(input.bytes, &mut into);
        each(into.finish());
    }
}

/// The only list of formats.
pub static READERS: &[&dyn Reader] = &[
    &plain::Plain,
    &markdown::Markdown,
    &html::Html,
    &docx::Docx,
    &odt::Odt,
    &epub::Epub,
    &csv::Csv,
    #[cfg(feature = "pdf")]
    &pdf::Paged,
    &json::Json,
    &hl7::Hl7,
    &ccda::Ccda,
    &unpack::Zip,
    &unpack::Gzip,
];

/// As many bytes as a reader is shown to know its format by.
const HEAD: usize = 4096;

/// Reads `bytes`, known as `name`, with the reader that fits, and hands over every document in it, one at least.
pub fn read_each(name: &str, bytes: &[u8], reading: &Reading<'_>, each: &mut dyn FnMut(Document)) {
    let left = Cell::new(reading.unpacked);
    Input::file(name, bytes, reading, &left).read_each(each);
}

/// Reads `bytes`, known as `name`, as one document. A file of several is unreadable here: one of them would stand
/// for all.
pub fn read(name: &str, bytes: &[u8]) -> Document {
    let (mut first, mut count) = (None, 0_usize);
    read_each(name, bytes, &Reading::default(), &mut |document| {
        count += 1;
        first.get_or_insert(document);
    });
    match first {
        Some(document) if count == 1 => document,
        _ => {
            let mut into = Document::build(name);
            into.unreadable("This file holds several documents. Check it as a file, so that each is read for itself.");
            into.finish()
        }
    }
}

/// The reader for `bytes` with this `ending`: by content where that is known for sure, else by the ending.
///
/// # Errors
/// When no reader fits: what the bytes seem to be, and what to do, in plain words.
fn pick(ending: &str, bytes: &[u8]) -> Result<&'static dyn Reader, String> {
    let head = &bytes[..bytes.len().min(HEAD)];
    if let Some(what) = foreign::page_named(ending, head) {
        return Err(what);
    }
    let by_ending = READERS.iter().find(|reader| reader.endings().contains(&ending));
    let named = |name: &str| READERS.iter().find(move |reader| reader.name() == name);
    let known = pack::inside(bytes).and_then(named).or_else(|| READERS.iter().find(|reader| reader.knows(head)));
    let known = by_ending.filter(|reader| reader.knows(head)).or(known);
    if known.is_none()
        && let Some(what) = foreign::what(ending, bytes, by_ending.is_some())
    {
        return Err(what);
    }
    Ok(known.or(by_ending).copied().unwrap_or(&plain::Plain))
}

/// What the reader of `format` sees in `bytes`, for formats that are read apart; `None` for all others.
pub fn see(format: &str, bytes: &[u8]) -> Option<Seen> {
    #[cfg(feature = "pdf")]
    if format == Reader::name(&pdf::Paged) {
        return Some(pdf::see(bytes));
    }
    let _ = (format, bytes);
    None
}

/// Whether some reader is meant for files with the ending of `name`; a name without one may be text.
pub fn is_known(name: &str) -> bool {
    let ending = ending(name);
    ending.is_empty() || READERS.iter().any(|reader| reader.endings().contains(&ending.as_str()))
}

/// The ending of a file name, lower case, without its dot; empty when it has none.
fn ending(name: &str) -> String {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    file.rsplit_once('.')
        .filter(|(stem, _)| !stem.is_empty())
        .map_or(String::new(), |(_, end)| end.to_ascii_lowercase())
}

/// That bytes were left out.
const LOST: &str = "Some bytes of this file are no characters and were left out. Check how it was saved.";

/// Decodes a text format; says what was lost, and that the file is no text when it is none.
fn decoded<'b>(bytes: &'b [u8], into: &mut Builder) -> Option<encoding::Decoded<'b>> {
    decoded_as(bytes, None, into)
}

/// The same for a text that says itself how it is written.
fn decoded_as<'b>(
    bytes: &'b [u8],
    declared: Option<&'static Encoding>,
    into: &mut Builder,
) -> Option<encoding::Decoded<'b>> {
    let Some(decoded) = encoding::decode_as(bytes, declared) else {
        into.unreadable(
            "This does not seem to be a text: it holds bytes that are no characters. Save it as text (UTF-8).",
        );
        return None;
    };
    if u32::try_from(decoded.text.len()).is_err() {
        into.unreadable("This text is larger than 4 GiB. Split it into smaller files.");
        return None;
    }
    if decoded.lost > 0 {
        into.problem(LOST, None);
    }
    Some(decoded)
}
