//! Web pages (HTML, XHTML): the text of the page, without its menus, scripts and what it does not show.

mod layout;
mod page;
mod tokens;

use super::{Reader, decoded_as, encoding, foreign};
use crate::document::{Builder, Place};
use encoding_rs::Encoding;
use page::{Page, Spot};

pub(super) const NAME: &str = "html";

/// The reader of web pages.
pub(super) struct Html;

impl Reader for Html {
    fn name(&self) -> &'static str {
        NAME
    }

    fn endings(&self) -> &'static [&'static str] {
        &["html", "htm", "xhtml", "xht"]
    }

    fn knows(&self, head: &[u8]) -> bool {
        foreign::is_page(head)
    }

    fn read(&self, bytes: &[u8], into: &mut Builder) {
        let Some(source) = decoded_as(bytes, declared(bytes), into) else { return };
        into.source(&*source.text, source.map);
        Page::read(&source.text, Spot::Source, into);
    }
}

/// Reads a page that is part of another file: all its words stand at `place`.
pub(super) fn inner(bytes: &[u8], place: Place, into: &mut Builder) {
    held(bytes, Spot::At(place), into);
}

/// Reads a page that is part of another file: its words stand in paragraphs counted on from `paragraphs`.
pub(super) fn chapter(bytes: &[u8], paragraphs: &mut u32, into: &mut Builder) {
    held(bytes, Spot::Counted(paragraphs), into);
}

fn held(bytes: &[u8], spot: Spot<'_>, into: &mut Builder) {
    if let Some(source) = encoding::decode_as(bytes, declared(bytes)) {
        Page::read(&source.text, spot, into);
    } else {
        into.problem("A page inside this file is no text, and was not read.", None);
    }
}

/// The encoding a page says it is written in, in its first kilobyte.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(1024)];
    let lower = head.to_ascii_lowercase();
    ["charset", "encoding"].iter().find_map(|key| {
        let at = memchr::memmem::find(&lower, key.as_bytes())? + key.len();
        let value = lower[at..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
        let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
        let end = value.iter().position(|b| !(b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')));
        Encoding::for_label(&value[..end.unwrap_or(value.len())])
    })
}
