//! The text of an open document, and positions in it the way a client counts them.
//!
//! An editor counts lines from 0 and columns in bytes, UTF-16 units or characters, as agreed at the start. Everything
//! else here counts bytes; this is the only place where the two meet.

use gen_lsp_types::{Position, PositionEncodingKind, Range};

/// How a client counts columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Columns {
    /// Bytes of UTF-8.
    Bytes,
    /// Units of UTF-16: what a client means that says nothing.
    #[default]
    Units,
    /// Characters.
    Chars,
}

impl Columns {
    /// The first of what a client offers that costs nothing to count, else what everybody knows.
    pub(super) fn agreed(offered: &[PositionEncodingKind]) -> Self {
        if offered.contains(&PositionEncodingKind::UTF8) {
            Self::Bytes
        } else if offered.contains(&PositionEncodingKind::UTF32) && !offered.contains(&PositionEncodingKind::UTF16) {
            Self::Chars
        } else {
            Self::Units
        }
    }

    /// Its name in the protocol.
    pub(super) fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Bytes => PositionEncodingKind::UTF8,
            Self::Units => PositionEncodingKind::UTF16,
            Self::Chars => PositionEncodingKind::UTF32,
        }
    }

    fn width(self, sign: char) -> usize {
        match self {
            Self::Bytes => sign.len_utf8(),
            Self::Units => sign.len_utf16(),
            Self::Chars => 1,
        }
    }
}

/// A text that is being edited. `Debug` prints its size only.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct Text {
    words: String,
    /// First byte of every line.
    lines: Vec<usize>,
    columns: Columns,
}

impl std::fmt::Debug for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Text({} bytes)", self.words.len())
    }
}

impl Text {
    pub(super) fn new(text: String, columns: Columns) -> Self {
        let lines = lines(&text);
        Self { words: text, lines, columns }
    }

    pub(super) fn as_str(&self) -> &str {
        &self.words
    }

    /// Puts `new` in the place of `range`; without a range it is all of the text.
    pub(super) fn edit(&mut self, range: Option<Range>, new: &str) {
        match range {
            None => new.clone_into(&mut self.words),
            Some(range) => {
                let from = self.offset(range.start);
                let to = self.offset(range.end).max(from);
                self.words.replace_range(from..to, new);
            }
        }
        self.lines = lines(&self.words);
    }

    /// The byte at `position`. One behind the end of its line means that end, one behind the last line the end of
    /// the text, one inside a character its first byte.
    pub(super) fn offset(&self, position: Position) -> usize {
        let line = position.line as usize;
        let Some(start) = self.lines.get(line).copied() else { return self.words.len() };
        let next = self.lines.get(line + 1).copied().unwrap_or(self.words.len());
        let words = self.words[start..next].trim_end_matches(['\n', '\r']);
        let mut left = position.character as usize;
        for (at, sign) in words.char_indices() {
            let width = self.columns.width(sign);
            if left < width {
                return start + at;
            }
            left -= width;
        }
        start + words.len()
    }

    /// Where the byte at `offset` stands.
    pub(super) fn position(&self, offset: usize) -> Position {
        let mut offset = offset.min(self.words.len());
        while !self.words.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.lines.partition_point(|start| *start <= offset).saturating_sub(1);
        let start = self.lines.get(line).copied().unwrap_or(0);
        let column: usize = self.words[start..offset].chars().map(|sign| self.columns.width(sign)).sum();
        Position { line: narrow(line), character: narrow(column) }
    }

    /// Where a range of bytes stands.
    pub(super) fn range(&self, from: usize, to: usize) -> Range {
        Range { start: self.position(from), end: self.position(to.max(from)) }
    }
}

fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// First byte of every line; `\n`, `\r\n` and `\r` end one.
fn lines(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let ends = memchr::memchr2_iter(b'\n', b'\r', bytes)
        .filter(|at| bytes[*at] == b'\n' || bytes.get(at + 1) != Some(&b'\n'))
        .map(|at| at + 1);
    std::iter::once(0).chain(ends).collect()
}

#[cfg(test)]
mod tests {
    use super::{Columns, Text};
    use gen_lsp_types::{Position, Range};
    use proptest::prelude::{prop_assert_eq, proptest};

    fn check(columns: Columns, text: &str, line: u32, character: u32, expect: usize) {
        let text = Text::new(text.to_owned(), columns);
        assert_eq!(text.offset(Position { line, character }), expect);
    }

    #[test]
    fn columns_are_counted_as_agreed() {
        let text = "a\r\nb\u{1F600}e\u{301}z\rlast";
        check(Columns::Units, text, 1, 3, 3 + 5);
        check(Columns::Bytes, text, 1, 5, 3 + 5);
        check(Columns::Chars, text, 1, 2, 3 + 5);
        check(Columns::Units, text, 2, 99, text.len());
        check(Columns::Units, text, 0, 99, 1);
        check(Columns::Units, text, 9, 0, text.len());
        // Half of a pair is its beginning.
        check(Columns::Units, text, 1, 2, 4);
    }

    #[test]
    fn an_edit_replaces_a_range_or_all() {
        let mut text = Text::new("one\ntwo".to_owned(), Columns::Units);
        let at = |line, character| Position { line, character };
        text.edit(Some(Range { start: at(0, 3), end: at(1, 1) }), "-");
        assert_eq!(text.as_str(), "one-wo");
        text.edit(None, "new");
        assert_eq!((text.as_str(), text.position(3)), ("new", at(0, 3)));
    }

    proptest! {
        #[test]
        fn a_position_leads_back_to_its_byte(words in "[a-z\u{e9}\u{1F600}\n\r ]{0,60}", at in 0_usize..80) {
            for columns in [Columns::Bytes, Columns::Units, Columns::Chars] {
                let text = Text::new(words.clone(), columns);
                let mut at = at.min(words.len());
                while !words.is_char_boundary(at) { at -= 1 }
                // Between the two bytes of one line end there is no place of its own.
                if words[..at].ends_with('\r') && words[at..].starts_with('\n') { continue }
                prop_assert_eq!(text.offset(text.position(at)), at);
            }
        }
    }
}
