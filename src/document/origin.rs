//! The way back: from the reading text to the decoded source, and from there to the bytes of the file.
//!
//! Both steps are tables of places where the offsets drift apart; a text that needed no folding has an
//! empty table. Lines and character counts are indexed on the first question, never while reading.

use super::position::Unit;
use memchr::memchr2_iter;
use std::sync::OnceLock;

/// How offsets into the decoded source become offsets into the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum FileMap {
    /// UTF-8: the same, after so many bytes of byte-order mark.
    #[default]
    Same,
    /// UTF-8 behind a byte-order mark of three bytes.
    Marked,
    /// UTF-16 of either order: two or four bytes a character, after so many bytes of byte-order mark.
    Wide(u32),
    /// An encoding of one byte a character, such as Windows-1252.
    Single,
    /// Any other: pairs of (decoded, file) offsets in rising order, one wherever the two drift apart.
    Pieces(Vec<(u32, u32)>),
}

/// A stretch of the reading text and the stretch of the source it stands for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    /// First byte in the reading text.
    pub(super) at: u32,
    /// Bytes of the reading text; what follows up to the next piece was put in between blocks.
    pub(super) width: u32,
    /// First byte in the decoded source.
    pub(super) from: u32,
    /// Bytes of the decoded source; as many as in the reading text where the words are verbatim.
    pub(super) len: u32,
}

/// The source, and what is known of it.
#[derive(Default)]
pub(super) struct Origin {
    /// The decoded source, where it differs from the reading text.
    pub(super) decoded: Option<String>,
    /// From decoded source to file; absent when the document has no text source.
    pub(super) file: Option<FileMap>,
    /// From reading text to decoded source; empty when both are the same.
    pub(super) pieces: Vec<Piece>,
    lines: OnceLock<Vec<u32>>,
    counts: OnceLock<Counts>,
}

/// Every this many bytes a running count is kept.
const STEP: usize = 4096;

/// Characters and UTF-16 units up to every [`STEP`]th byte.
struct Counts {
    chars: Vec<u32>,
    units: Vec<u32>,
}

/// Adds to `pieces` that `from..from + len` of the source stands verbatim at `at`.
pub(super) fn lay(pieces: &mut Vec<Piece>, at: usize, from: usize, len: usize) {
    let (at, from, len) = (narrow(at), narrow(from), narrow(len));
    if let Some(last) = pieces.last_mut()
        && last.at + last.width == at
        && last.from + last.len == from
        && last.width == last.len
    {
        last.width += len;
        last.len += len;
        return;
    }
    pieces.push(Piece { at, width: len, from, len });
}

/// Adds to `pieces` that other words, `width` bytes at `at`, stand for `from..from + len` of the source.
pub(super) fn lay_other(pieces: &mut Vec<Piece>, at: usize, width: usize, from: usize, len: usize) {
    pieces.push(Piece { at: narrow(at), width: narrow(width), from: narrow(from), len: narrow(len) });
}

/// Shortens the reading text to `to` bytes: pieces behind it go, the one across it is cut.
pub(super) fn cut(pieces: &mut Vec<Piece>, to: usize) {
    let to = narrow(to);
    while pieces.last().is_some_and(|last| last.at >= to) {
        pieces.pop();
    }
    if let Some(last) = pieces.last_mut() {
        last.width = last.width.min(to - last.at);
        last.len = last.len.min(last.width);
    }
}

/// Texts above 4 GiB are refused before anything is built, so the cast holds.
fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

impl Origin {
    /// Offset in the decoded source of the byte at `offset` of the reading text.
    pub(super) fn start(&self, offset: u32) -> u32 {
        self.back(offset, offset)
    }

    /// Offset in the decoded source just behind the byte before `offset`.
    pub(super) fn end(&self, offset: u32) -> u32 {
        self.back(offset.saturating_sub(1), offset)
    }

    fn back(&self, inside: u32, offset: u32) -> u32 {
        let next = self.pieces.partition_point(|piece| piece.at <= inside);
        let Some(piece) = next.checked_sub(1).and_then(|index| self.pieces.get(index)) else {
            return self.pieces.first().map_or(offset, |piece| piece.from);
        };
        let ahead = offset.saturating_sub(piece.at);
        if ahead >= piece.width {
            piece.from + piece.len
        } else if piece.width == piece.len {
            piece.from + ahead
        } else {
            // Inside other words than those of the source there is no place but their first.
            piece.from
        }
    }

    /// Offset in the reading text of the first byte that stands at or behind `source`.
    pub(super) fn forth(&self, source: u32, length: u32) -> u32 {
        if self.pieces.is_empty() {
            return source.min(length);
        }
        let next = self.pieces.partition_point(|piece| piece.from <= source);
        let behind = self.pieces.get(next).map_or(length, |piece| piece.at);
        let Some(piece) = next.checked_sub(1).and_then(|index| self.pieces.get(index)) else { return behind };
        let ahead = source - piece.from;
        if ahead >= piece.len { behind } else { piece.at + ahead.min(piece.width) }
    }

    /// Line and column, both from 1, of an offset into `decoded`; the column counts characters.
    pub(super) fn line(&self, decoded: &str, offset: u32) -> (u32, u32) {
        self.line_in(decoded, offset, Unit::Characters)
    }

    /// Line and column, both from 1, of an offset into `decoded`; the column counts `unit`.
    pub(super) fn line_in(&self, decoded: &str, offset: u32, unit: Unit) -> (u32, u32) {
        let lines = self.lines(decoded);
        let line = lines.partition_point(|start| *start <= offset).max(1);
        let start = lines.get(line - 1).copied().unwrap_or(0);
        let column = match unit {
            Unit::Characters => self.chars(decoded, offset) - self.chars(decoded, start),
            Unit::Utf16 => self.units(decoded, offset) - self.units(decoded, start),
            Unit::Bytes => offset - start,
        };
        (narrow(line), column + 1)
    }

    /// Range in `decoded` of a line from 1, its line end left out.
    pub(super) fn line_range(&self, decoded: &str, line: u32) -> Option<(u32, u32)> {
        let lines = self.lines(decoded);
        let index = (line as usize).checked_sub(1)?;
        let start = *lines.get(index)?;
        let end = lines.get(index + 1).map_or(narrow(decoded.len()), |next| *next);
        let words = decoded.get(start as usize..end as usize)?.trim_end_matches(['\n', '\r']);
        Some((start, start + narrow(words.len())))
    }

    /// Offset in the file of an offset into `decoded`.
    pub(super) fn file(&self, decoded: &str, offset: u32) -> u32 {
        match &self.file {
            None | Some(FileMap::Same) => offset,
            Some(FileMap::Marked) => offset + 3,
            Some(FileMap::Wide(skip)) => skip + 2 * self.units(decoded, offset),
            Some(FileMap::Single) => self.chars(decoded, offset),
            Some(FileMap::Pieces(pairs)) => {
                let next = pairs.partition_point(|(at, _)| *at <= offset);
                let pair = next.checked_sub(1).and_then(|index| pairs.get(index));
                pair.map_or(offset, |(at, from)| from + (offset - at))
            }
        }
    }

    fn lines(&self, decoded: &str) -> &[u32] {
        self.lines.get_or_init(|| {
            let bytes = decoded.as_bytes();
            let mut starts = vec![0];
            for at in memchr2_iter(b'\n', b'\r', bytes) {
                if bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n') {
                    starts.push(narrow(at + 1));
                }
            }
            starts
        })
    }

    fn chars(&self, decoded: &str, offset: u32) -> u32 {
        let (kept, rest) = self.counted(decoded, offset, |counts| &counts.chars);
        kept + narrow(rest.chars().count())
    }

    fn units(&self, decoded: &str, offset: u32) -> u32 {
        let (kept, rest) = self.counted(decoded, offset, |counts| &counts.units);
        kept + narrow(rest.encode_utf16().count())
    }

    /// The count kept last before `offset`, and the text still to be counted.
    fn counted<'d>(&self, decoded: &'d str, offset: u32, which: fn(&Counts) -> &Vec<u32>) -> (u32, &'d str) {
        let counts = self.counts.get_or_init(|| Counts::of(decoded));
        let end = decoded.floor_char_boundary((offset as usize).min(decoded.len()));
        let step = (end / STEP).min(which(counts).len() - 1);
        let from = decoded.floor_char_boundary(step * STEP);
        (which(counts)[step], &decoded[from..end])
    }
}

impl Counts {
    fn of(decoded: &str) -> Self {
        let (mut chars, mut units) = (vec![0], vec![0]);
        let (mut from, mut char_count, mut unit_count) = (0, 0, 0);
        for step in 1..=decoded.len() / STEP {
            let to = decoded.floor_char_boundary(step * STEP);
            let part = &decoded[from..to];
            let here = part.chars().count();
            char_count += here;
            unit_count += if part.is_ascii() { here } else { part.encode_utf16().count() };
            chars.push(narrow(char_count));
            units.push(narrow(unit_count));
            from = to;
        }
        Self { chars, units }
    }
}
