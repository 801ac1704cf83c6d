//! Lines of a text, with what is known of each from its first bytes.

use memchr::memchr;

/// One line, without its end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'t> {
    /// First byte that is not white space; the end of the line when all is.
    pub(super) start: usize,
    /// One past the last byte that is not white space.
    pub(super) end: usize,
    /// Columns of white space before it; a tab counts four.
    pub(super) indent: usize,
    /// First byte of the next line.
    pub(super) next: usize,
    /// The words of it.
    pub(super) words: &'t str,
}

/// The line of `text` that begins at `at`, not going beyond `end`.
pub(super) fn line(text: &str, at: usize, end: usize) -> Line<'_> {
    let bytes = &text.as_bytes()[..end];
    let stop = memchr(b'\n', &bytes[at..]).map_or(end, |found| at + found);
    let mut start = at;
    let mut indent = 0;
    while start < stop && bytes[start].is_ascii_whitespace() {
        indent += if bytes[start] == b'\t' { 4 } else { 1 };
        start += 1;
    }
    let mut last = stop;
    while last > start && bytes[last - 1].is_ascii_whitespace() {
        last -= 1;
    }
    Line { start, end: last, indent, next: (stop + 1).min(end), words: &text[start..last] }
}

/// The first line at or behind `at` that is not blank, and how many blank ones came before it.
pub(super) fn peek(text: &str, mut at: usize, end: usize) -> Option<(Line<'_>, usize)> {
    let mut blank = 0;
    while at < end {
        let line = line(text, at, end);
        if !line.words.is_empty() {
            return Some((line, blank));
        }
        blank += 1;
        at = line.next;
    }
    None
}

/// The sign of a line made of one sign only, at least three of it: a rule, or the underlining of a heading.
pub(super) fn rule(words: &str) -> Option<u8> {
    let bytes = words.as_bytes();
    let first = *bytes.first()?;
    let sign = matches!(first, b'-' | b'=' | b'_' | b'*' | b'~' | b'#' | b'^' | b'+' | b'"' | b'`');
    let drawn = sign && bytes.len() >= 3 && bytes.iter().all(|b| *b == first || *b == b' ');
    drawn.then_some(first)
}
