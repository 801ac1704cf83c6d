//! Bytes to a document. Reading never fails: what was missed is a problem of the document.
//!
//! The ending of the name picks the reader; content overrules it where the two disagree. One more format
//! is one file and two lines here.

mod apart;
mod encoding;
mod foreign;
mod front;
mod markdown;
#[cfg(feature = "pdf")]
mod pdf;
mod plain;
mod tags;

pub use apart::Seen;

use crate::document::{Builder, Document};

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
    /// Reads; what it missed it tells the builder.
    fn read(&self, bytes: &[u8], into: &mut Builder);
}

/// The only list of formats.
pub static READERS: &[&dyn Reader] = &[
    &plain::Plain,
    &markdown::Markdown,
    #[cfg(feature = "pdf")]
    &pdf::Paged,
];

/// As many bytes as a reader is shown to know its format by.
const HEAD: usize = 4096;

/// Reads `bytes`, known as `name`, with the reader that fits.
pub fn read(name: &str, bytes: &[u8]) -> Document {
    let mut into = Document::build(name);
    if u32::try_from(bytes.len()).is_err() {
        into.unreadable("This file is larger than 4 GiB. Split it into smaller files.");
        return into.finish();
    }
    let head = &bytes[..bytes.len().min(HEAD)];
    let ending = ending(name);
    let by_ending = READERS.iter().find(|reader| reader.endings().contains(&ending.as_str()));
    let known = READERS.iter().find(|reader| reader.knows(head));
    let is_text = |reader: &&&dyn Reader| reader.name() == plain::NAME;
    let reader = match (by_ending, known) {
        (Some(reader), _) if reader.knows(head) => Some(reader),
        (_, Some(known)) => Some(known),
        (by_ending, None) => by_ending,
    };
    if let Some(what) = foreign::what(&ending, head, reader.is_some_and(|reader| !is_text(&reader))) {
        into.unreadable(what);
        return into.finish();
    }
    let reader = reader.copied().unwrap_or(&plain::Plain);
    into.format(reader.name());
    reader.read(bytes, &mut into);
    into.finish()
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

/// Decodes a text format; says what was lost, and that the file is no text when it is none.
fn decoded<'b>(bytes: &'b [u8], into: &mut Builder) -> Option<encoding::Decoded<'b>> {
    let Some(decoded) = encoding::decode(bytes) else {
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
        into.problem("Some bytes of this file are no characters and were left out. Check how it was saved.", None);
    }
    Some(decoded)
}
