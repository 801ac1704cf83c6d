//! Letters to lines: letters that follow one another on a base line make a piece, pieces at one height a line.
//!
//! A piece ends at a wide gap, so that columns stay apart; which gaps part columns is decided later, over many
//! lines.

use super::glyphs::{Glyph, Sheet};

/// Words on one base line without a wide gap between them. Lengths are in points.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) text: String,
    /// Left and right edge.
    pub(super) left: f32,
    pub(super) right: f32,
    /// Height of the base line from the top.
    pub(super) base: f32,
    /// Height of the font.
    pub(super) size: f32,
    /// Letters, how many of them are heavy, and how many the file sets apart from the text.
    pub(super) letters: u32,
    pub(super) heavy: u32,
    pub(super) aside: u32,
}

/// Pieces at one height, from left to right.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) pieces: Vec<Piece>,
    pub(super) base: f32,
    pub(super) size: f32,
}

/// Gaps in heights of the font: between two words, and between what may be two columns.
const BLANK: f32 = 0.15;
const WIDE: f32 = 0.9;

/// All lines of a page that run in one direction, from the top; one list for each direction, the fullest first.
pub(super) fn lines(sheet: &Sheet) -> Vec<Vec<Line>> {
    let mut turned: Vec<(i32, Vec<Glyph>)> = Vec::new();
    for glyph in &sheet.glyphs {
        let angle = angle(glyph);
        let glyph = upright(glyph, angle);
        match turned.iter().position(|(known, _)| *known == angle) {
            Some(at) => turned[at].1.push(glyph),
            None => turned.push((angle, vec![glyph])),
        }
    }
    turned.sort_by_key(|(angle, glyphs)| (std::cmp::Reverse(glyphs.len()), *angle));
    turned.into_iter().map(|(_, glyphs)| gathered(pieces(&sheet.letters, &glyphs))).collect()
}

/// Direction of writing in whole degrees; nearly level is level.
#[expect(clippy::cast_possible_truncation, reason = "degrees are small")]
fn angle(glyph: &Glyph) -> i32 {
    let (across, down) = (glyph.end.0 - glyph.start.0, glyph.end.1 - glyph.start.1);
    if across == 0.0 && down == 0.0 {
        return 0;
    }
    let degrees = down.atan2(across).to_degrees().round() as i32;
    let near = (degrees + 2).rem_euclid(90) - 2;
    if near.abs() <= 2 { degrees - near } else { degrees }.rem_euclid(360)
}

/// The glyph as it would stand if its line were level.
fn upright(glyph: &Glyph, angle: i32) -> Glyph {
    if angle == 0 {
        return glyph.clone();
    }
    #[expect(clippy::cast_precision_loss, reason = "degrees are small")]
    let (sin, cos) = (-(angle as f32)).to_radians().sin_cos();
    let turn = |(x, y): (f32, f32)| (x * cos - y * sin, x * sin + y * cos);
    Glyph { start: turn(glyph.start), end: turn(glyph.end), ..glyph.clone() }
}

fn pieces(letters: &str, glyphs: &[Glyph]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut blank = false;
    for glyph in glyphs {
        let text = letters.get(glyph.letters.start as usize..glyph.letters.end as usize).unwrap_or_default();
        if text.chars().all(|c| c.is_whitespace() || c == '\0') {
            blank = true;
            // A drawn blank widens the word before it, so that a gap behind it is measured from there.
            if let Some(last) = pieces.last_mut().filter(|last| follows(last, glyph)) {
                last.right = last.right.max(glyph.end.0.min(last.right + last.size));
            }
            continue;
        }
        if let Some(last) = pieces.last_mut().filter(|last| follows(last, glyph)) {
            let gap = glyph.start.0 - last.right;
            let twice = gap < -0.5 * (glyph.end.0 - glyph.start.0) && last.text.ends_with(text);
            if twice && (glyph.end.0 - last.right).abs() < 0.2 * last.size {
                // A letter drawn twice, a little apart, to make it look heavy.
                last.heavy += 1;
                continue;
            }
            let raised = glyph.size < 0.8 * last.size && last.base - glyph.start.1 > 0.15 * last.size;
            let noted = raised && text.starts_with(|c: char| c.is_ascii_digit()) && !last.text.ends_with(is_digit);
            if (blank || gap > BLANK * last.size || noted) && !last.text.ends_with(' ') {
                last.text.push(' ');
            }
            last.text.push_str(text);
            last.right = last.right.max(glyph.end.0);
            last.letters += 1;
            last.heavy += u32::from(glyph.bold);
            last.aside += u32::from(glyph.artifact);
            if !raised {
                last.size = last.size.max(glyph.size);
            }
        } else {
            pieces.push(Piece {
                text: text.to_owned(),
                left: glyph.start.0,
                right: glyph.end.0.max(glyph.start.0),
                base: glyph.start.1,
                size: glyph.size,
                letters: 1,
                heavy: u32::from(glyph.bold),
                aside: u32::from(glyph.artifact),
            });
        }
        blank = false;
    }
    pieces
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

/// Whether `glyph` goes on where `piece` ended.
fn follows(piece: &Piece, glyph: &Glyph) -> bool {
    let size = piece.size.max(glyph.size);
    let gap = glyph.start.0 - piece.right;
    let apart = (glyph.start.1 - piece.base).abs();
    let near = apart < 0.1 * size || (apart < 0.5 * size && glyph.size.min(piece.size) < 0.8 * size);
    near && gap < WIDE * size && gap > -0.6 * size
}

/// Pieces to lines, from the top.
fn gathered(mut pieces: Vec<Piece>) -> Vec<Line> {
    pieces.sort_by(|a, b| a.base.total_cmp(&b.base).then(a.left.total_cmp(&b.left)));
    let mut lines: Vec<Line> = Vec::new();
    for piece in pieces {
        // Raised and lowered signs hang on to the line they overlap; lines are looked at from the last on.
        let home = lines.iter_mut().rev().take(3).find(|line| {
            let small = piece.size.min(line.size) < 0.8 * piece.size.max(line.size);
            let reach = if small { 0.45 } else { 0.3 };
            (piece.base - line.base).abs() < reach * piece.size.max(line.size) && !line.covers(&piece)
        });
        match home {
            Some(line) => {
                if piece.letters > line.pieces.iter().map(|known| known.letters).sum() {
                    line.base = piece.base;
                    line.size = piece.size;
                }
                line.pieces.push(piece);
            }
            None => lines.push(Line { base: piece.base, size: piece.size, pieces: vec![piece] }),
        }
    }
    for line in &mut lines {
        line.pieces.sort_by(|a, b| a.left.total_cmp(&b.left));
        line.join();
    }
    lines.sort_by(|a, b| a.base.total_cmp(&b.base));
    lines
}

impl Line {
    /// Whether the file says that the line is no part of the text.
    pub(super) fn is_aside(&self) -> bool {
        self.pieces.iter().all(|piece| piece.aside * 2 > piece.letters)
    }

    /// Whether other words of the line stand where `piece` does.
    fn covers(&self, piece: &Piece) -> bool {
        self.pieces.iter().any(|known| {
            let shared = known.right.min(piece.right) - known.left.max(piece.left);
            shared > 0.5 * (known.right - known.left).min(piece.right - piece.left) && shared > 0.3 * piece.size
        })
    }

    /// Joins pieces that touch, and a list mark with the words behind its tab; the same words drawn twice go.
    fn join(&mut self) {
        let mut joined: Vec<Piece> = Vec::with_capacity(self.pieces.len());
        for piece in std::mem::take(&mut self.pieces) {
            if let Some(last) = joined.last_mut() {
                let gap = piece.left - last.right;
                let size = last.size.max(piece.size);
                if last.text == "o" && gap > WIDE * size {
                    // The hollow bullet of a second level is a small letter in many files.
                    "\u{2022}".clone_into(&mut last.text);
                }
                if gap < WIDE * size || (is_mark(&last.text) && gap < 8.0 * size) {
                    if (gap > BLANK * size || is_mark(&last.text)) && !last.text.ends_with(' ') {
                        last.text.push(' ');
                    }
                    last.text.push_str(&piece.text);
                    last.right = last.right.max(piece.right);
                    last.letters += piece.letters;
                    last.heavy += piece.heavy;
                    last.aside += piece.aside;
                    last.size = last.size.max(piece.size);
                    continue;
                }
            }
            joined.push(piece);
        }
        self.pieces = joined;
    }
}

/// Whether words are nothing but the mark or number of an item.
fn is_mark(text: &str) -> bool {
    let text = text.trim();
    if text.is_empty() || text.len() > 8 {
        return false;
    }
    super::mark(&format!("{text} x")).is_some_and(|mark| mark > text.len()) || text.chars().all(is_bullet)
}

/// Signs that fonts of symbols draw as bullets.
pub(super) fn is_bullet(c: char) -> bool {
    matches!(c, '\u{F0A7}' | '\u{F0B7}' | '\u{F0D8}' | '\u{F0FC}' | '\u{27A2}' | '\u{2756}' | '\u{25BA}')
        || matches!(c, '\u{2022}' | '\u{25CF}' | '\u{25AA}' | '\u{25E6}' | '\u{00B7}' | '\u{2023}' | '\u{2043}')
}
