//! Paragraphs to blocks: which are headings and which items, what runs on over a page, and how each is counted.
//!
//! A paragraph on a page is what a person would count: every heading, paragraph, item and row of a table from the
//! top in the order of reading; running heads and page numbers do not count.

use super::Leaf;
use super::columns::{Flow, flows};
use super::facts::same;
use super::paragraphs::{Paragraph, paragraphs};
use super::words::Line;
use crate::read::apart::{Call, Form, Run, Seen};
use std::collections::{BTreeMap, BTreeSet};

/// One block on its way.
struct Part {
    form: Form,
    runs: Vec<Run>,
    size: f32,
}

/// Tells `seen` every block of `leaves`.
pub(super) fn tell(leaves: Vec<Leaf>, outline: &BTreeMap<String, u8>, seen: &mut Seen) {
    let read: Vec<Vec<Piece>> = leaves.into_iter().map(pieces).collect();
    let scale = Scale::of(&read, outline);
    let hyphens = hyphened(&read);
    let mut teller = Teller { scale, hyphens, parts: Vec::new(), tail: None, lefts: Vec::new() };
    for (index, pieces) in read.into_iter().enumerate() {
        teller.page(u32::try_from(index + 1).unwrap_or(u32::MAX), pieces);
    }
    for part in teller.parts {
        seen.say(Call::Block(part.form, part.runs));
    }
}

/// What a page holds, in the order of reading.
enum Piece {
    Paragraph(Paragraph),
    /// A row of cells and its number in the table; each cell with whether it is heavy.
    Row(u32, Vec<Paragraph>),
    /// A running head or foot, or the value of a field: never a heading, never runs on.
    Aside(Paragraph),
}

fn pieces(leaf: Leaf) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut flowing = |lines: Vec<Line>, rules: &[(f32, f32, f32)]| {
        for flow in flows(lines, rules) {
            match flow {
                Flow::Column(lines) => pieces.extend(paragraphs(&lines).into_iter().map(Piece::Paragraph)),
                Flow::Table(rows) => table(rows, &mut pieces),
            }
        }
    };
    flowing(leaf.page.lines, &leaf.rules);
    for lines in leaf.turned {
        flowing(lines, &[]);
    }
    pieces.extend(paragraphs(&leaf.page.edges).into_iter().map(Piece::Aside));
    pieces.extend(leaf.fields.iter().map(|value| Piece::Aside(Paragraph::of(value))));
    pieces
}

fn table(rows: Vec<Vec<Vec<Line>>>, pieces: &mut Vec<Piece>) {
    for (number, row) in rows.into_iter().enumerate() {
        let cells: Vec<Paragraph> = row.iter().map(|lines| Paragraph::joined(paragraphs(lines))).collect();
        let filled: Vec<&Paragraph> = cells.iter().filter(|cell| !cell.text.is_empty()).collect();
        let labelled = filled.len() > 1 && filled[0].text.ends_with(':');
        if labelled {
            // A form: what is asked on the left, the answer beside it.
            let mut line = Paragraph::joined(filled.into_iter().cloned().collect());
            line.text = line.text.replacen(":\n", ": ", 1);
            pieces.push(Piece::Paragraph(line));
        } else {
            pieces.push(Piece::Row(u32::try_from(number).unwrap_or(u32::MAX), cells));
        }
    }
}

/// Sizes of fonts: that of most words, and those of headings, the largest first; in half points.
struct Scale {
    body: u32,
    heads: Vec<u32>,
    /// Whether heavy letters set something apart, since most are not.
    bold: bool,
    outline: BTreeMap<String, u8>,
}

/// More words than this are no heading.
const WORDS: usize = 24;

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "sizes of letters are small and positive")]
fn half_points(size: f32) -> u32 {
    (size * 2.0).round() as u32
}

impl Scale {
    fn of(read: &[Vec<Piece>], outline: &BTreeMap<String, u8>) -> Self {
        let mut weights: BTreeMap<u32, usize> = BTreeMap::new();
        let (mut bold, mut all) = (0, 0);
        for paragraph in read.iter().flatten().filter_map(Piece::paragraph) {
            let length = paragraph.text.len();
            *weights.entry(half_points(paragraph.size)).or_default() += length;
            all += length;
            bold += if paragraph.bold { length } else { 0 };
        }
        let body = weights.iter().max_by_key(|(_, weight)| **weight).map_or(0, |(size, _)| *size);
        let mut scale = Self { body, heads: Vec::new(), bold: bold * 2 < all, outline: outline.clone() };
        let larger = |paragraph: &&Paragraph| half_points(paragraph.size) * 100 > body * 112 && is_title(paragraph);
        let heads: BTreeSet<u32> = read
            .iter()
            .flatten()
            .filter_map(Piece::paragraph)
            .filter(larger)
            .map(|paragraph| half_points(paragraph.size))
            .collect();
        // Sizes half a point apart are one level, drawn with a slightly other font.
        for size in heads.into_iter().rev() {
            if scale.heads.last().is_none_or(|last| last - size > 1) {
                scale.heads.push(size);
            }
        }
        scale
    }

    /// The level of a heading; `None` for other paragraphs.
    fn level(&self, paragraph: &Paragraph) -> Option<u8> {
        if !is_title(paragraph) {
            return None;
        }
        if let Some(depth) = self.outline.get(&same(&paragraph.text)) {
            return Some(*depth);
        }
        let size = half_points(paragraph.size);
        if size * 100 > self.body * 112 {
            let rank = self.heads.iter().filter(|head| **head > size + 1).count();
            return Some(level(rank + 1));
        }
        let plain = paragraph.text.ends_with(['.', ',', ';']) || paragraph.lines > 2;
        let heavy = self.bold && paragraph.bold && !plain && paragraph.text.split_whitespace().count() <= 14;
        let begins = paragraph.text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '(');
        (heavy && begins && size * 100 >= self.body * 88).then(|| level(self.heads.len() + 1))
    }
}

fn level(rank: usize) -> u8 {
    u8::try_from(rank.min(6)).unwrap_or(6)
}

/// Whether a paragraph is short enough for a heading and holds letters.
fn is_title(paragraph: &Paragraph) -> bool {
    let words = paragraph.text.split_whitespace().count();
    let letters = paragraph.text.chars().filter(|c| c.is_alphabetic()).count();
    words <= WORDS && paragraph.lines <= 4 && letters > 2 && letters * 2 > paragraph.text.len() / 2
}

impl Piece {
    fn paragraph(&self) -> Option<&Paragraph> {
        match self {
            Self::Paragraph(paragraph) => Some(paragraph),
            _ => None,
        }
    }
}

/// Words that stand somewhere with a hyphen inside a line, small.
fn hyphened(read: &[Vec<Piece>]) -> BTreeSet<String> {
    let paragraphs = read.iter().flatten().filter_map(Piece::paragraph);
    let words = paragraphs.flat_map(|paragraph| paragraph.text.split_whitespace());
    let words = words.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase());
    words.filter(|word| word.contains('-')).collect()
}

struct Teller {
    scale: Scale,
    hyphens: BTreeSet<String>,
    parts: Vec<Part>,
    /// The block that may run on over the end of a column or a page.
    tail: Option<usize>,
    /// Left edges of the lists that are open, outermost first.
    lefts: Vec<f32>,
}

impl Teller {
    fn page(&mut self, page: u32, pieces: Vec<Piece>) {
        let mut paragraph = 0;
        for piece in pieces {
            paragraph += 1;
            match piece {
                Piece::Paragraph(found) => self.paragraph(&found, page, paragraph),
                Piece::Row(row, cells) => {
                    let header =
                        row == 0 && self.scale.bold && cells.iter().all(|cell| cell.bold || cell.text.is_empty());
                    for (column, cell) in (0..).zip(cells) {
                        self.push(Form::Cell(row, column, header), &cell.text, cell.size, page, paragraph);
                    }
                    self.tail = None;
                }
                Piece::Aside(found) => self.push(Form::Paragraph, &found.text, found.size, page, paragraph),
            }
        }
    }

    fn paragraph(&mut self, found: &Paragraph, page: u32, number: u32) {
        if let Some(level) = self.scale.level(found) {
            let words = unnumbered(&found.text).trim_end_matches(':').replace('\n', " ");
            self.push(Form::Heading(level), &words, found.size, page, number);
            self.tail = None;
            self.lefts.clear();
            return;
        }
        if self.runs_on(found)
            && let Some(part) = self.tail.and_then(|tail| self.parts.get_mut(tail))
        {
            if let Some(last) = part.runs.last_mut() {
                last.text.push(if last.text.ends_with('-') { '\n' } else { ' ' });
            }
            // The rest of a paragraph counts as the first on its page.
            part.runs.push(Run { text: tidy(&found.text, &self.hyphens), page, paragraph: number });
            return;
        }
        let form = if found.mark.is_some() {
            Form::Item(self.depth(found.left, found.size))
        } else {
            if self.lefts.first().is_some_and(|left| found.left <= *left + found.size * 0.3) {
                self.lefts.clear();
            }
            Form::Paragraph
        };
        let words = &found.text[found.mark.unwrap_or(0).min(found.text.len())..];
        self.tail = Some(self.parts.len());
        self.push(form, words, found.size, page, number);
    }

    fn depth(&mut self, left: f32, size: f32) -> u8 {
        let near = size * 0.4;
        while self.lefts.last().is_some_and(|open| *open > left + near) {
            self.lefts.pop();
        }
        if self.lefts.last().is_none_or(|open| *open < left - near) {
            self.lefts.push(left);
        }
        u8::try_from(self.lefts.len() - 1).unwrap_or(u8::MAX)
    }

    /// Whether a paragraph goes on with the one before, over the end of a column or page.
    fn runs_on(&self, found: &Paragraph) -> bool {
        let Some(part) = self.tail.and_then(|tail| self.parts.get(tail)) else { return false };
        let Some(last) = part.runs.last().map(|run| run.text.trim_end()) else { return false };
        let open = !last.ends_with(['.', '!', '?', ':', ';', '"', '\u{201D}', ')']);
        let same = (part.size - found.size).abs() < 0.6;
        let goes_on = found.text.starts_with(|c: char| c.is_lowercase());
        found.mark.is_none() && open && same && goes_on && last.len() > 20
    }

    fn push(&mut self, form: Form, words: &str, size: f32, page: u32, paragraph: u32) {
        let text = tidy(words, &self.hyphens);
        self.parts.push(Part { form, runs: vec![Run { text, page, paragraph }], size });
    }
}

/// A title without the number in front of it.
fn unnumbered(title: &str) -> &str {
    let rest = title.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let words = rest.trim_start_matches([' ', ')']);
    let cut = rest.len() < title.len() && words.len() < rest.len() && words.starts_with(char::is_alphabetic);
    if cut { words } else { title }
}

/// Words as they are spoken: joined signs apart, odd signs gone, words that a line end broke whole again.
fn tidy(text: &str, hyphens: &BTreeSet<String>) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{FB00}' => out.push_str("ff"),
            '\u{FB01}' => out.push_str("fi"),
            '\u{FB02}' => out.push_str("fl"),
            '\u{FB03}' => out.push_str("ffi"),
            '\u{FB04}' => out.push_str("ffl"),
            '\u{FB05}' | '\u{FB06}' => out.push_str("st"),
            // A hyphen that may break a word does break it where a line ends.
            '\u{AD}' => out.push('-'),
            '\n' => out.push('\n'),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    while let Some(at) = kept_hyphen(&out, hyphens) {
        out.replace_range(at..=at, "");
    }
    out
}

/// A line end behind a hyphen that belongs to its word, since the word stands elsewhere with it.
fn kept_hyphen(text: &str, hyphens: &BTreeSet<String>) -> Option<usize> {
    text.match_indices("-\n").map(|(at, _)| at + 1).find(|at| {
        let letters = |c: char| c.is_alphanumeric() || c == '-';
        let before = text[..*at].rsplit(|c| !letters(c)).next().unwrap_or_default();
        let after = text[*at + 1..].split(|c| !letters(c)).next().unwrap_or_default();
        hyphens.contains(&format!("{before}{after}").to_lowercase())
    })
}
