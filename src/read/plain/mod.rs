//! Text without markup, as notes are: the structure people type is taken for structure.
//!
//! Every decision is made at the start of a line, so that long prose costs no more than finding its line
//! ends. The reading text is the whole source, folded; markers stand between the blocks.

mod boxes;
mod label;
mod line;
mod list;
mod table;
mod walk;

use super::{Reader, decoded, front};
use crate::document::{BlockKind, Builder, Marks, Place};
use std::ops::Range;

pub(super) const NAME: &str = "plain";

/// The reader of plain text, and lightly of reStructuredText.
pub(super) struct Plain;

impl Reader for Plain {
    fn name(&self) -> &'static str {
        NAME
    }

    fn endings(&self) -> &'static [&'static str] {
        &["txt", "text", "rst", "log", ""]
    }

    fn read(&self, bytes: &[u8], into: &mut Builder) {
        let Some(source) = decoded(bytes, into) else { return };
        if let Some(range) = front::range(&source.text) {
            front::header(&source.text[range], into);
        }
        into.source(source.text, source.map).whole(|text, marks| {
            let front = front::range(text).map_or(0, |range| range.end);
            if front > 0 {
                marks.block(text, BlockKind::FrontMatter, 0..front);
            }
            walk::walk(text, front..text.len(), BlockKind::Paragraph, false, marks);
        });
    }
}

/// Adds a whole text that stands in a field of another format, with the structure people type. `place` says where its
/// lines stand, counted from 1; `None` when it has one line only.
pub(super) fn text(text: &str, place: &dyn Fn(Option<u32>) -> Place, into: &mut Builder) {
    let text = text.trim_end();
    into.open(BlockKind::Paragraph);
    if text.contains(['\n', '\r']) {
        let mut lines = 0;
        let mut rest = text;
        while !rest.is_empty() {
            let end = rest
                .find(['\n', '\r'])
                .map_or(rest.len(), |at| at + if rest[at..].starts_with("\r\n") { 2 } else { 1 });
            lines += 1;
            into.run(&rest[..end], place(Some(lines)));
            rest = &rest[end..];
        }
    } else {
        into.run(text, place(None));
    }
    into.close_with(|text, range, marks| walk::walk(text, range, BlockKind::Paragraph, false, marks));
}

/// Marks what is in the words of a paragraph that another reader found: labels, boxes, turns of speech.
pub(super) fn paragraph(text: &str, range: Range<usize>, kind: BlockKind, marks: &mut Marks) {
    walk::walk(text, range, kind, true, marks);
}

/// Bytes of the list mark that `words` open with, and of the blanks behind it.
#[cfg(feature = "pdf")]
pub(super) fn mark(words: &str) -> Option<usize> {
    list::mark(words).map(|mark| mark.length)
}
