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
use crate::document::{BlockKind, Builder, Marks};
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

/// Marks what is in the words of a paragraph that another reader found: labels, boxes, turns of speech.
pub(super) fn paragraph(text: &str, range: Range<usize>, kind: BlockKind, marks: &mut Marks) {
    walk::walk(text, range, kind, true, marks);
}

/// Bytes of the list mark that `words` open with, and of the blanks behind it.
pub(super) fn mark(words: &str) -> Option<usize> {
    list::mark(words).map(|mark| mark.length)
}
