//! Lines of one column to paragraphs: where one ends is seen from spacing, indentation and how full its lines are.

use super::words::{Line, Piece};

/// A paragraph, with what may tell what it is. Lengths are in points.
#[derive(Clone, Debug)]
pub(super) struct Paragraph {
    /// Its words. A line that ended before its time ends in `\n`, others run on.
    pub(super) text: String,
    /// Height of the font.
    pub(super) size: f32,
    /// Whether nearly all of it is heavy.
    pub(super) bold: bool,
    /// Left edge of its first line.
    pub(super) left: f32,
    /// Bytes of a list mark at its head.
    pub(super) mark: Option<usize>,
    /// Lines.
    pub(super) lines: u32,
    letters: u32,
    heavy: u32,
}

/// A line that follows another by more than this many usual distances begins a paragraph.
const APART: f32 = 1.25;

/// The paragraphs of a column.
pub(super) fn paragraphs(column: &[Line]) -> Vec<Paragraph> {
    let lines: Vec<Piece> = column.iter().filter_map(whole).collect();
    let usual = usual(&lines);
    let mut right: Vec<f32> = lines.iter().map(|line| line.right).collect();
    right.sort_by(f32::total_cmp);
    // One line that sticks out does not make all the others short.
    let right = right.get(right.len().saturating_sub(1 + right.len() / 20)).copied().unwrap_or_default();
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut before: Option<&Piece> = None;
    for line in &lines {
        let mark = super::mark(&line.text);
        match (before, paragraphs.last_mut()) {
            (Some(last), Some(open)) if !begins(open, last, line, mark.is_some(), usual, right) => {
                open.go_on(line, is_short(last, line, right));
            }
            _ => paragraphs.push(Paragraph::new(line, mark)),
        }
        before = Some(line);
    }
    for paragraph in &mut paragraphs {
        paragraph.bold = paragraph.heavy * 10 >= paragraph.letters * 9;
    }
    paragraphs
}

/// The pieces of a line as one.
fn whole(line: &Line) -> Option<Piece> {
    let mut pieces = line.pieces.iter().cloned();
    let mut first = pieces.next()?;
    first.size = line.size;
    for piece in pieces {
        if !first.text.ends_with(' ') {
            first.text.push(' ');
        }
        first.text.push_str(&piece.text);
        first.right = first.right.max(piece.right);
        first.letters += piece.letters;
        first.heavy += piece.heavy;
    }
    first.base = line.base;
    let trimmed = first.text.trim().len();
    (trimmed > 0).then_some(first)
}

/// The usual distance between two lines, in heights of the font.
fn usual(lines: &[Piece]) -> f32 {
    let mut steps: Vec<f32> = lines
        .windows(2)
        .map(|two| (two[1].base - two[0].base) / two[1].size.max(1.0))
        .filter(|step| (0.7..3.0).contains(step))
        .collect();
    steps.sort_by(f32::total_cmp);
    // In a list every second distance may be one between paragraphs, so the median would be too much.
    steps.get(steps.len() * 2 / 5).map_or(1.25, |step| step.clamp(0.9, 2.2))
}

/// Whether the first word of `next` would have found room behind `line`, so that the line was ended on purpose.
fn is_short(line: &Piece, next: &Piece, right: f32) -> bool {
    let word = next.text.split_whitespace().next().unwrap_or_default().chars().count();
    let all = next.text.chars().count().max(1);
    #[expect(clippy::cast_precision_loss, reason = "letters of a line are few")]
    let width = (next.right - next.left) * word as f32 / all as f32;
    line.right + width + 0.6 * line.size < right
}

fn begins(open: &Paragraph, last: &Piece, line: &Piece, marked: bool, usual: f32, right: f32) -> bool {
    let size = last.size.max(line.size);
    let step = line.base - last.base;
    let apart = step > usual * size * APART + 0.5 || step < -0.3 * size;
    let other = last.size.min(line.size) < 0.88 * size;
    if apart || other {
        return true;
    }
    let text = last.text.trim_end();
    let done = text.ends_with(['.', '!', '?', ':', ';']);
    let short = is_short(last, line, right);
    let (was, is) = (is_bold(last), is_bold(line));
    if was != is && (short || done) && (was || open.lines == 1 || short) {
        return true;
    }
    if marked && (short || done || line.left < open.left + 0.3 * size) {
        return true;
    }
    let capital = line.text.trim_start().starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    if open.mark.is_some() && line.left < open.left + 0.3 * size {
        // A list mark hangs out: words under it are not of the item, unless its lines all begin there.
        return capital && (short || done);
    }
    let indented = line.left > last.left + 0.8 * size && open.lines > 1;
    short && text.ends_with(['.', '!', '?']) && capital || indented && done && capital
}

fn is_bold(line: &Piece) -> bool {
    line.heavy * 10 >= line.letters * 9
}

impl Paragraph {
    pub(super) fn new(line: &Piece, mark: Option<usize>) -> Self {
        let text = line.text.trim();
        Self {
            mark: mark.filter(|mark| *mark < text.len()),
            text: text.to_owned(),
            size: line.size,
            bold: false,
            left: line.left,
            lines: 1,
            letters: line.letters,
            heavy: line.heavy,
        }
    }

    fn go_on(&mut self, line: &Piece, short: bool) {
        let words = line.text.trim();
        self.text.push(if short || self.text.ends_with('-') { '\n' } else { ' ' });
        self.text.push_str(words);
        self.lines += 1;
        self.letters += line.letters;
        self.heavy += line.heavy;
        self.size = if line.letters * 2 > self.letters { line.size } else { self.size };
    }
}

impl Paragraph {
    /// Words that stand nowhere on the page.
    pub(super) fn of(words: &str) -> Self {
        let empty = Piece {
            text: words.to_owned(),
            left: 0.0,
            right: 0.0,
            base: 0.0,
            size: 0.0,
            letters: 0,
            heavy: 0,
            aside: 0,
        };
        Self::new(&empty, None)
    }

    /// Several as one, each on a line of its own.
    pub(super) fn joined(paragraphs: Vec<Self>) -> Self {
        let mut all = paragraphs.into_iter();
        let Some(mut first) = all.next() else { return Self::of("") };
        for next in all {
            first.text.push('\n');
            first.text.push_str(&next.text);
            first.lines += next.lines;
            first.bold &= next.bold;
        }
        first.mark = None;
        first
    }
}
