//! Lines and columns of a span in its source file, in the unit whoever asks counts in.
//!
//! Every output and editor counts columns in its own way, so one canonical span is turned into each at the edge.

use super::{Document, FileMap, Place};
use crate::span::Span;

/// What a column counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Characters (Unicode scalar values).
    Characters,
    /// UTF-16 code units.
    Utf16,
    /// Bytes of UTF-8. A byte-order mark counts as the three bytes it takes on the first line.
    Bytes,
}

/// A line and a column of a source file, both from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line; a line ends with `\n`, `\r\n` or a lone `\r`.
    pub line: u32,
    /// Column, in the unit that was asked for.
    pub column: u32,
}

impl Document {
    /// Where `span` begins in the source file, and the place just behind its last word, without the markup
    /// that may follow it. `None` where the source is not a text with lines.
    pub fn lines(&self, span: Span, unit: Unit) -> Option<(Position, Position)> {
        let map = self.origin.file.as_ref()?;
        let start = self.origin.start(span.start);
        let end = if span.is_empty() { start } else { self.origin.end(span.end).max(start) };
        let marked = matches!(map, FileMap::Marked);
        let position = |offset| {
            let (line, column) = self.origin.line_in(self.decoded(), offset, unit);
            let mark = if marked && line == 1 && unit == Unit::Bytes { 3 } else { 0 };
            Position { line, column: column + mark }
        };
        Some((position(start), position(end)))
    }

    /// Where `span` ends in the original: just behind its last word, before any markup that follows it.
    pub fn end_place(&self, span: Span) -> Place {
        match (self.place(span.end), self.lines(span, Unit::Characters)) {
            (Place::Line { .. }, Some((_, end))) => Place::Line { line: end.line, column: end.column },
            (place, _) => place,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Position, Unit};
    use crate::document::{BlockKind, Document, FileMap, Place};
    use crate::span::Span;

    fn document(source: &str, map: FileMap) -> Document {
        let mut builder = Document::build("a.md");
        builder.source(source, map).whole(|text, marks| marks.block(text, BlockKind::Paragraph, 0..text.len()));
        builder.finish()
    }

    #[test]
    fn every_unit_counts_in_its_own_way() {
        let source = "one\r\n\t\u{1f600} e\u{301} needle\r\n";
        let document = document(source, FileMap::Same);
        let start = document.text().find("needle").unwrap();
        let span = Span::new(start, start + 6);
        // A tab, an emoji, a blank, a letter and its accent, a blank: six characters come first.
        for (unit, column) in [(Unit::Characters, 7), (Unit::Utf16, 8), (Unit::Bytes, 11)] {
            let expect = (Position { line: 2, column }, Position { line: 2, column: column + 6 });
            assert_eq!(document.lines(span, unit), Some(expect), "{unit:?}");
        }
    }

    #[test]
    fn a_byte_order_mark_takes_bytes_and_no_characters() {
        let document = document("needle", FileMap::Marked);
        for (unit, column) in [(Unit::Characters, 1), (Unit::Utf16, 1), (Unit::Bytes, 4)] {
            let (start, _) = document.lines(Span::new(0, 6), unit).unwrap();
            assert_eq!(start, Position { line: 1, column }, "{unit:?}");
        }
    }

    #[test]
    fn what_has_no_lines_has_no_positions() {
        let mut builder = Document::build("a.pdf");
        builder.block(BlockKind::Paragraph, "words", Place::Page { page: 2, paragraph: 1 });
        assert_eq!(builder.finish().lines(Span::new(0, 5), Unit::Utf16), None);
    }
}
