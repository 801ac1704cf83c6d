//! From line to line through a text: where blocks begin, go on and end.

use super::boxes::{self, Box};
use super::label::{self, Label};
use super::line::{self, Line, line, peek};
use super::list::{self, Depths};
use super::table;
use crate::document::{BlockKind, Marks, Tick, stamp};
use memchr::{memchr, memchr2};
use std::ops::Range;

/// Marks the blocks in `range` of `text`; running text becomes `kind`. `inner` says that these are the words of
/// one paragraph.
pub(super) fn walk(text: &str, range: Range<usize>, kind: BlockKind, inner: bool, marks: &mut Marks) {
    let words = &text[range.clone()];
    let mut walk = Walk {
        text,
        end: range.end,
        kind,
        marks,
        depths: Depths::default(),
        open: None,
        blank: true,
        after: After::Other,
        boxes: boxes::any(words),
        tables: memchr2(b'|', b'\t', words.as_bytes()).is_some(),
        shouts: shouts(words),
        inner,
    };
    let mut at = range.start;
    while at < range.end {
        at = walk.step(at);
    }
    walk.close();
}

/// Whether most of a text is in capitals, so that capitals set nothing apart.
fn shouts(words: &str) -> bool {
    let sample = &words.as_bytes()[..words.len().min(4096)];
    let capitals = sample.iter().filter(|b| b.is_ascii_uppercase()).count();
    let small = sample.iter().filter(|b| b.is_ascii_lowercase()).count();
    capitals > 120 && capitals > small
}

/// A line shorter than this, in bytes, was not wrapped but ended.
const WRAPPED: usize = 40;

/// What the last line was, where it matters to the next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum After {
    Label,
    Speaker,
    Item,
    Other,
}

/// A block that may go on in the next line.
struct Open {
    kind: BlockKind,
    start: usize,
    end: usize,
    tick: Tick,
}

#[allow(clippy::struct_excessive_bools, reason = "each is one fact about the text, known before its first line")]
struct Walk<'t, 'm> {
    text: &'t str,
    end: usize,
    kind: BlockKind,
    marks: &'m mut Marks,
    depths: Depths,
    open: Option<Open>,
    blank: bool,
    after: After,
    boxes: bool,
    tables: bool,
    shouts: bool,
    /// Whether these are the words of one paragraph, so that what follows them cannot be seen.
    inner: bool,
}

impl<'t> Walk<'t, '_> {
    /// Takes one line, or a table of them; gives the start of the next.
    fn step(&mut self, at: usize) -> usize {
        let line = line(self.text, at, self.end);
        let Some(first) = line.words.bytes().next() else {
            self.close();
            self.blank = true;
            return line.next;
        };
        let next = match first {
            b'a'..=b'z' => {
                if self.item(&line) {
                    line.next
                } else {
                    self.prose(&line)
                }
            }
            _ => self.other(&line, first),
        };
        self.blank = false;
        next
    }

    fn other(&mut self, line: &Line<'t>, first: u8) -> usize {
        if line::rule(line.words).is_some() {
            self.close();
            self.depths.clear();
            return line.next;
        }
        if self.tables
            && let Some(next) = self.table(line)
        {
            return next;
        }
        let taken = match first {
            b'>' => self.quote(line),
            b'#' => self.hashes(line),
            b'.' => line.words.starts_with(".. ") && line.words.contains("::") && self.skip(),
            b'[' if self.speaker(line) => true,
            b'[' | b'*' => self.stamped(line) || self.item(line),
            b'A'..=b'Z' => self.title(line) || self.item(line),
            b'0'..=b'9' => self.stamped(line) || self.number(line) || self.item(line),
            _ => (first >= 0x80 && self.title(line)) || self.item(line),
        };
        if taken { line.next } else { self.prose(line) }
    }

    /// Ends the block that is open.
    fn close(&mut self) {
        if let Some(open) = self.open.take() {
            self.marks.tick(open.tick);
            self.marks.block(self.text, open.kind, open.start..open.end);
            self.marks.tick(Tick::None);
        }
    }

    fn begin(&mut self, kind: BlockKind, range: Range<usize>, tick: Tick) {
        self.close();
        self.open = Some(Open { kind, start: range.start, end: range.end, tick });
    }

    fn mark(&mut self, kind: BlockKind, range: Range<usize>) {
        self.close();
        self.marks.block(self.text, kind, range);
    }

    fn skip(&mut self) -> bool {
        self.close();
        true
    }

    /// Running text: goes on from the line before, or begins.
    fn prose(&mut self, line: &Line<'t>) -> usize {
        if self.boxes && self.options(line, line.start, None) {
            return line.next;
        }
        if self.blank || self.open.is_none() {
            if self.underlined(line) {
                return line::line(self.text, line.next, self.end).next;
            }
            if line.indent < 2 {
                self.depths.clear();
            }
        } else if self.ends_item(line) {
            self.close();
            self.depths.clear();
        }
        self.after = After::Other;
        self.words(line.start..line.end);
        line.next
    }

    /// Words of running text; capital labels inside them are taken out.
    fn words(&mut self, range: Range<usize>) {
        let words = &self.text[range.clone()];
        let mut from = 0;
        while let Some((start, end, value)) = if self.shouts { None } else { label::inside(words, from) } {
            let before = words[from..start].trim_end_matches([' ', ',', '\t']).len() + from;
            self.extend(range.start + from..range.start + before);
            self.mark(BlockKind::Heading(3), range.start + start..range.start + end);
            from = value;
        }
        self.extend(range.start + from..range.end);
    }

    fn extend(&mut self, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        match &mut self.open {
            Some(open) => open.end = range.end,
            None => self.begin(self.kind, range, Tick::None),
        }
    }

    /// Whether a line behind an item is no longer part of it.
    fn ends_item(&self, line: &Line<'t>) -> bool {
        let Some(Open { kind: BlockKind::Item(_), start, end, .. }) = self.open else { return false };
        let item = &self.text[start..end];
        let done = item.ends_with(['.', '!', '?', ';', ':']) || item.len() < 40;
        line.indent < 2 && done && line.words.starts_with(char::is_uppercase)
    }

    fn underlined(&mut self, line: &Line<'t>) -> bool {
        let Some(next) = self.text.as_bytes()[..self.end].get(line.next) else { return false };
        if next.is_ascii_alphanumeric() || next.is_ascii_whitespace() || line.words.len() > 100 {
            return false;
        }
        let under = line::line(self.text, line.next, self.end);
        let Some(sign) = line::rule(under.words) else { return false };
        if under.words.len() * 2 < line.words.len() {
            return false;
        }
        self.mark(BlockKind::Heading(if sign == b'=' { 1 } else { 2 }), line.start..line.end);
        self.depths.clear();
        true
    }

    fn table(&mut self, line: &Line<'t>) -> Option<usize> {
        memchr2(b'|', b'\t', line.words.as_bytes())?;
        if list::mark(line.words).is_some() && !line.words.starts_with('|') {
            return None;
        }
        let drawn = table::find(self.text, line, self.end)?;
        self.close();
        self.depths.clear();
        Some(drawn.mark(self.text, line, self.end, self.marks))
    }

    fn quote(&mut self, line: &Line<'t>) -> bool {
        let inner = line.words.trim_start_matches(['>', ' ']);
        self.begin(BlockKind::Quote, line.end - inner.len()..line.end, Tick::None);
        true
    }

    /// A heading in the manner of Markdown.
    fn hashes(&mut self, line: &Line<'t>) -> bool {
        let level = line.words.bytes().take_while(|b| *b == b'#').count();
        let words = line.words[level..].trim_start();
        let fits = level <= 6 && words.len() < line.words.len() - level && !words.is_empty();
        if fits {
            self.mark(BlockKind::Heading(u8::try_from(level).unwrap_or(6)), line.end - words.len()..line.end);
            self.depths.clear();
        }
        fits
    }

    /// A line that begins with a date or time is never joined to the line before it.
    fn stamped(&mut self, line: &Line<'t>) -> bool {
        let Some(stamp) = stamp(line.words) else { return false };
        if !self.blank && self.continues() {
            return false;
        }
        self.close();
        self.depths.clear();
        if stamp.length == line.words.trim_end_matches([':', '.', ',', ' ', '-', ')', ']', '*']).len() {
            self.mark(BlockKind::Heading(2), line.start..line.end);
            return true;
        }
        self.after = After::Other;
        self.words(line.start..line.end);
        true
    }

    /// Whether the open block runs on: its last line has no end of a sentence and is as long as a wrapped one.
    fn continues(&self) -> bool {
        let Some(open) = &self.open else { return false };
        let words = &self.text[open.start..open.end];
        !words.ends_with(['.', '!', '?', ':', ';', ')', '"']) && {
            let near = &words.as_bytes()[words.len().saturating_sub(WRAPPED)..];
            near.len() == WRAPPED && memchr(b'\n', near).is_none()
        }
    }

    fn number(&mut self, line: &Line<'t>) -> bool {
        let Some((level, at)) = label::numbered(line.words) else { return self.chapter(line) };
        if !self.blank && self.continues() {
            return false;
        }
        self.mark(BlockKind::Heading(level), line.start + at..line.end);
        self.depths.clear();
        true
    }

    /// `1. Purpose`, alone between blank lines and not in a list of its like, is a heading.
    fn chapter(&mut self, line: &Line<'t>) -> bool {
        let Some(mark) = list::mark(line.words).filter(|mark| mark.style == list::Style::Number) else { return false };
        let words = &line.words[mark.length..];
        let fits = words.len() <= 60 && !words.ends_with(['.', ',', ';', ':']) && words.starts_with(char::is_uppercase);
        if !self.blank || !fits || self.after == After::Item || self.depths.is_open() {
            return false;
        }
        let Some((next, gap)) = peek(self.text, line.next, self.end) else { return false };
        if gap == 0 || list::mark(next.words).is_some_and(|next| next.style == mark.style) {
            return false;
        }
        self.mark(BlockKind::Heading(2), line.start + mark.length..line.end);
        true
    }

    fn speaker(&mut self, line: &Line<'t>) -> bool {
        let Some((end, words)) = label::speaker(line.words) else { return false };
        let next = peek(self.text, line.next, self.end).is_some_and(|(next, _)| label::speaker(next.words).is_some());
        if self.after != After::Speaker && !next {
            return false;
        }
        self.mark(BlockKind::Prompt, line.start + 1..line.start + 1 + end);
        self.begin(BlockKind::Paragraph, line.start + words..line.end, Tick::None);
        self.after = After::Speaker;
        true
    }

    /// A line that begins with a capital: stamp, label, capital heading.
    fn title(&mut self, line: &Line<'t>) -> bool {
        if self.stamped(line) {
            return true;
        }
        if let Some(label) = label::label(line.words)
            && self.labelled(line, label)
        {
            return true;
        }
        if !self.shouts && (self.blank || !self.continues()) && label::is_caps_heading(line.words) {
            self.mark(BlockKind::Heading(2), line.start..line.end);
            self.depths.clear();
            return true;
        }
        false
    }

    fn labelled(&mut self, line: &Line<'t>, label: Label) -> bool {
        let words = line.start..line.start + label.words;
        let value = &line.words[label.value..];
        if !self.blank && self.after != After::Label && self.continues() {
            return false;
        }
        if value.is_empty() {
            let next = peek(self.text, line.next, self.end);
            let leads = |words: &str| words.starts_with(['>', '"', '\'']) || list::mark(words).is_some();
            let listed = next.as_ref().is_some_and(|(next, _)| leads(next.words));
            let empty = next.as_ref().is_none_or(|(next, _)| self.is_head(next.words));
            // A few words of a sentence that lead into a list or a quotation are said, not only a name for it.
            let said = !label.title && (listed || self.inner || label.count > 3);
            let kind = match (label.caps, empty) {
                (true, _) => BlockKind::Heading(3),
                (false, _) if said => return false,
                (false, true) => BlockKind::Prompt,
                (false, false) => BlockKind::Heading(4),
            };
            self.mark(kind, words);
        } else if label::is_unfilled(value) {
            self.mark(BlockKind::Prompt, words);
        } else if label.caps && !self.shouts && label.words > 1 {
            self.mark(BlockKind::Heading(3), words);
            self.value(line, label.value);
        } else {
            let form = self.after == After::Label
                || label.title
                || peek(self.text, line.next, self.end)
                    .is_some_and(|(next, gap)| gap == 0 && label::label(next.words).is_some());
            if !form || (value.starts_with(['"', '\'']) && line.words[..label.words].contains(' ')) {
                return false;
            }
            self.mark(BlockKind::Prompt, words);
            self.value(line, label.value);
        }
        self.after = After::Label;
        self.depths.clear();
        true
    }

    /// Whether a line opens something new, so that a label before it has no answer.
    fn is_head(&self, words: &str) -> bool {
        label::label(words).is_some_and(|label| label.title) || (!self.shouts && label::is_caps_heading(words))
    }

    /// What stands behind a label on its line.
    fn value(&mut self, line: &Line<'t>, at: usize) {
        if self.boxes && self.options(line, line.start + at, None) {
            return;
        }
        self.words(line.start + at..line.end);
    }

    fn item(&mut self, line: &Line<'t>) -> bool {
        let Some(mark) = list::mark(line.words) else { return false };
        let start = line.start + mark.length;
        // A wrapped line may begin with a bracket or a letter that looks like a mark.
        if matches!(mark.style, list::Style::Letter(_)) && !self.blank && !self.depths.is_open() && self.continues() {
            return false;
        }
        let depth = self.depths.place(line.indent, mark.style);
        self.after = After::Item;
        if self.boxes && self.options(line, start, Some(depth)) {
            return true;
        }
        self.begin(BlockKind::Item(depth), start..start, Tick::None);
        self.words(start..line.end);
        true
    }

    /// Boxes to tick from `from` on: every option is a block of its own.
    fn options(&mut self, line: &Line<'t>, from: usize, depth: Option<u8>) -> bool {
        let words = &self.text[from..line.end];
        let boxes = boxes::find(words);
        let (Some(first), Some(last)) = (boxes.first(), boxes.last()) else { return false };
        let head = words[..first.at].trim();
        let behind = !head.is_empty() && !head.ends_with([':', '?', '-']) && last.at + last.length == words.len();
        if !head.is_empty() && !behind && boxes.len() == 1 && !head.ends_with([':', '?']) {
            return false;
        }
        let depth = depth.unwrap_or_else(|| if self.depths.is_open() { self.depths.deepest() } else { 0 });
        if behind {
            self.close();
            let mut at = 0;
            for Box { at: next, length, tick } in boxes {
                self.marks.tick(tick);
                self.marks.block(self.text, BlockKind::Item(depth), from + at..from + next);
                at = next + length;
            }
            return true;
        }
        if !head.is_empty() {
            let asked = words[..first.at].trim_end().trim_end_matches(':').len();
            let kind = if head.ends_with([':', '?']) { BlockKind::Prompt } else { BlockKind::Paragraph };
            self.mark(kind, from..from + asked);
        }
        for (index, Box { at, length, tick }) in boxes.iter().enumerate() {
            let end = boxes.get(index + 1).map_or(words.len(), |next| next.at);
            self.begin(BlockKind::Item(depth), from + at + length..from + end, *tick);
        }
        true
    }
}
