//! Tables drawn with bars or tabs.

use super::line::{Line, line};
use crate::document::{BlockKind, Marks};
use memchr::memchr_iter;

/// How a table is drawn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Drawn {
    /// The sign between its cells.
    between: u8,
    /// Whether its first row is one of headings.
    header: bool,
}

/// The table that begins with `first`, if one does.
pub(super) fn find(text: &str, first: &Line<'_>, end: usize) -> Option<Drawn> {
    let second = (first.next < end).then(|| line(text, first.next, end))?;
    if first.words.starts_with('|') || is_drawn(second.words) {
        let bars = count(first.words, b'|');
        let drawn = is_drawn(second.words);
        (bars > 0 && (drawn || second.words.starts_with('|') || bars > 2))
            .then_some(Drawn { between: b'|', header: drawn })
    } else {
        let tabs = count(first.words, b'\t');
        // Two columns are most often labels and answers; three or more have a row of headings.
        (tabs > 0 && count(second.words, b'\t') == tabs)
            .then(|| Drawn { between: b'\t', header: tabs > 1 && is_title(first.words) })
    }
}

impl Drawn {
    /// Marks its cells, from the row `first` on, and says where it ends.
    pub(super) fn mark(self, text: &str, first: &Line<'_>, end: usize, marks: &mut Marks) -> usize {
        let tabs = count(first.words, b'\t');
        let (mut at, mut row) = (first.start, 0);
        while at < end {
            let line = line(text, at, end);
            let bars = self.between == b'|';
            let goes_on = if bars { count(line.words, b'|') > 0 } else { count(line.words, b'\t') == tabs };
            if !goes_on {
                return at;
            }
            at = line.next;
            if !is_drawn(line.words) {
                cells(text, &line, self.between, row, self.header && row == 0, marks);
                row += 1;
            }
        }
        at
    }
}

fn cells(text: &str, line: &Line<'_>, between: u8, row: u32, header: bool, marks: &mut Marks) {
    let bytes = line.words.as_bytes();
    let inner = if between == b'|' { usize::from(bytes.first() == Some(&b'|')) } else { 0 };
    let mut from = inner;
    let borders = memchr_iter(between, bytes).filter(|at| *at >= inner && (*at == 0 || bytes[at - 1] != b'\\'));
    for (column, border) in (0..).zip(borders.chain([bytes.len()])) {
        marks.block(text, BlockKind::Cell { row, column, header }, line.start + from..line.start + border);
        from = (border + 1).min(bytes.len());
    }
}

fn count(words: &str, sign: u8) -> usize {
    memchr_iter(sign, words.as_bytes()).count()
}

/// Whether it is the line under the headings: `|---|:--:|`.
fn is_drawn(words: &str) -> bool {
    words.contains("--") && words.contains(['|', '+']) && words.bytes().all(|b| b"|-:+= \t".contains(&b))
}

/// Whether every cell is short and without digits, as headings of columns are.
fn is_title(words: &str) -> bool {
    words
        .split('\t')
        .all(|cell| !cell.trim().is_empty() && cell.len() < 40 && !cell.bytes().any(|b| b.is_ascii_digit()))
}
