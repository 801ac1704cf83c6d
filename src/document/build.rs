//! How readers make a document: they say what they see, in order.
//!
//! A reader of a text format hands over its decoded source once ([`Builder::source`]) and then names
//! ranges of it; every word keeps its exact place. Other readers push words with a [`Place`].

use super::origin::{FileMap, Origin, lay_other};
use super::{Block, BlockKind, Document, Kind, Place, Problem, Reason, Tick};
use super::{entries, fold, lead, sections};
use crate::span::Span;
use std::ops::Range;

/// Blocks of notes are about as long as this, in bytes: room for so many is made before the first.
const BLOCK: usize = 128;

/// Makes a document.
pub struct Builder {
    text: String,
    marks: Marks,
    open: Option<Open>,
    anchors: Vec<(u32, Place)>,
    header: Vec<(String, String)>,
    problems: Vec<Problem>,
    remarks: Vec<String>,
    origin: Origin,
    name: String,
    part: Option<String>,
    called: Option<String>,
    passed_over: bool,
    format: &'static str,
}

/// A block that has begun.
struct Open {
    kind: BlockKind,
    start: usize,
}

/// Blocks that point into a reading text that already stands.
#[derive(Debug, Default)]
pub struct Marks {
    blocks: Vec<Block>,
    seen: entries::Seen,
    tick: Tick,
}

impl Marks {
    /// A block of the words in `range` of `text`, white space at both ends left out; nothing when none are left,
    /// or when the range begins before the block that came last ends.
    pub fn block(&mut self, text: &str, kind: BlockKind, range: Range<usize>) {
        let tick = std::mem::take(&mut self.tick);
        let Some(words) = text.get(range.clone()) else { return };
        let bytes = words.as_bytes();
        let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else { return };
        let (mut start, mut end) = (range.start, range.end);
        if !(first.is_ascii_graphic() && last.is_ascii_graphic()) {
            start += words.len() - words.trim_start().len();
            end = start + words.trim().len();
        }
        if start < end && self.blocks.last().is_none_or(|last| last.span.to() <= start) {
            let block = Block { kind, span: Span::new(start, end), lead_in: None, section: None, tick };
            self.seen.see(text, &block, self.blocks.len());
            self.blocks.push(block);
        }
    }

    /// The box in front of the next block.
    pub fn tick(&mut self, tick: Tick) {
        self.tick = tick;
    }

    /// The block that came last.
    pub fn last(&self) -> Option<&Block> {
        self.blocks.last()
    }
}

impl Document {
    /// Begins a document known as `name`, usually its path.
    pub fn build(name: impl Into<String>) -> Builder {
        Builder {
            text: String::new(),
            marks: Marks::default(),
            open: None,
            anchors: Vec::new(),
            header: Vec::new(),
            problems: Vec::new(),
            remarks: Vec::new(),
            origin: Origin::default(),
            name: name.into(),
            part: None,
            called: None,
            passed_over: false,
            format: "",
        }
    }
}

impl Builder {
    /// Which part of its file this is, and the name it has by itself.
    pub fn part(&mut self, part: impl Into<String>, called: &str) -> &mut Self {
        self.part = Some(part.into());
        self.called = Some(called.to_owned());
        self
    }

    /// The name of the reader at work.
    pub fn format(&mut self, name: &'static str) -> &mut Self {
        self.format = name;
        self
    }

    /// The decoded source that ranges will point into, and how its offsets become those of the file.
    pub fn source(&mut self, decoded: impl Into<String>, file: FileMap) -> &mut Self {
        self.origin.decoded = Some(decoded.into());
        self.origin.file = Some(file);
        self
    }

    /// Takes the whole source, folded, as the reading text, and lets `structure` mark the blocks in it.
    pub fn whole(&mut self, structure: impl FnOnce(&str, &mut Marks)) -> &mut Self {
        let Some(decoded) = self.origin.decoded.take() else { return self };
        if fold::needed(&decoded) {
            self.text.reserve(decoded.len());
            fold::fold(&decoded, 0, &mut self.text, &mut self.origin.pieces);
            self.origin.decoded = Some(decoded);
        } else {
            self.text = decoded;
        }
        self.marks.blocks.reserve(self.text.len() / BLOCK);
        structure(&self.text, &mut self.marks);
        self
    }

    /// A block of one run.
    pub fn block(&mut self, kind: BlockKind, text: &str, place: Place) -> &mut Self {
        self.open(kind).run(text, place).close()
    }

    /// Begins a block; one that is still open is closed.
    pub fn open(&mut self, kind: BlockKind) -> &mut Self {
        self.close();
        if !self.text.is_empty() {
            let between = match (kind, self.marks.last().map(|last| last.kind)) {
                (BlockKind::Item(_), Some(BlockKind::Item(_)))
                | (BlockKind::Cell { .. }, Some(BlockKind::Cell { .. })) => "\n",
                _ => "\n\n",
            };
            self.text.push_str(between);
        }
        self.open = Some(Open { kind, start: self.text.len() });
        self
    }

    /// Adds words to the open block, folded, and says where they stand.
    pub fn run(&mut self, text: &str, place: Place) -> &mut Self {
        let at = Span::new(self.text.len(), self.text.len()).start;
        let mut none = Vec::new();
        fold::fold(text, 0, &mut self.text, &mut none);
        if self.anchors.last().is_none_or(|(_, last)| *last != place) {
            self.anchors.push((at, place));
        }
        self
    }

    /// Adds the words in `range` of the source to the open block, folded.
    pub fn run_at(&mut self, range: Range<usize>) -> &mut Self {
        if let Some(words) = self.origin.decoded.as_deref().and_then(|decoded| decoded.get(range.clone())) {
            fold::fold(words, range.start, &mut self.text, &mut self.origin.pieces);
        }
        self
    }

    /// Adds `text`, folded, to the open block, for a `range` of the source that is written otherwise (`&amp;`).
    pub fn run_as(&mut self, text: &str, range: Range<usize>) -> &mut Self {
        let at = self.text.len();
        let mut none = Vec::new();
        fold::fold(text, 0, &mut self.text, &mut none);
        if self.text.len() > at {
            let width = self.text.len() - at;
            lay_other(&mut self.origin.pieces, at, width, range.start, range.len());
        }
        self
    }

    /// Ends the open block; one without words leaves no trace.
    pub fn close(&mut self) -> &mut Self {
        if let Some(open) = self.open.take() {
            let range = open.start.min(self.text.len())..self.text.len();
            self.marks.block(&self.text, open.kind, range);
        }
        self
    }

    /// Ends the open block by letting `structure` mark what is in its words: it is given the reading text
    /// and the range of the block.
    pub fn close_with(&mut self, structure: impl FnOnce(&str, Range<usize>, &mut Marks)) -> &mut Self {
        if let Some(open) = self.open.take() {
            let range = open.start.min(self.text.len())..self.text.len();
            structure(&self.text, range, &mut self.marks);
        }
        self
    }

    /// The box in front of the block that is open, or else of the next.
    pub fn tick(&mut self, tick: Tick) -> &mut Self {
        self.marks.tick(tick);
        self
    }

    /// Something that could not be read; `what` holds no words of the document.
    pub fn problem(&mut self, what: impl Into<String>, place: Option<Place>) -> &mut Self {
        self.problems.push(Problem { what: what.into(), place, fatal: false });
        self
    }

    /// What was decided while reading and may be decided otherwise; `what` holds no words of the document. One remark
    /// about a file is enough, on its first document.
    pub fn remark(&mut self, what: impl Into<String>) -> &mut Self {
        self.remarks.push(what.into());
        self
    }

    /// Why nothing of the file could be read, and what to do; `what` holds no words of the document.
    pub fn unreadable(&mut self, what: impl Into<String>) -> &mut Self {
        self.problems.push(Problem { what: what.into(), place: None, fatal: true });
        self
    }

    /// Why this was left alone on purpose, so that it is neither checked nor amiss; `what` holds no words of the document.
    pub fn passed_over(&mut self, what: impl Into<String>) -> &mut Self {
        self.passed_over = true;
        self.unreadable(what)
    }

    /// A value of the document's own header. A key may come again: its values are a list.
    pub fn header(&mut self, key: &str, value: &str) -> &mut Self {
        self.header.push((key.to_owned(), value.to_owned()));
        self
    }

    /// The document: sections, lead-ins and entries are worked out here. A file without words is unreadable, so that
    /// it never counts as checked.
    pub fn finish(mut self) -> Document {
        self.close();
        if !self.has_words() && !self.problems.iter().any(|problem| problem.fatal) {
            self.unreadable(
                "There are no words in this file, or only markup, so nothing in it was checked. Check that it was saved whole.",
            );
        }
        let mut blocks = self.marks.blocks;
        let sections = sections::tree(&mut blocks);
        lead::lead(&self.text, &mut blocks);
        let entries = entries::split(&self.text, &blocks, self.marks.seen);
        Document {
            name: self.name,
            part: self.part,
            called: self.called,
            passed_over: self.passed_over,
            text: self.text,
            blocks,
            sections,
            entries,
            problems: self.problems,
            remarks: self.remarks,
            header: self.header,
            format: self.format,
            kind: Kind::Record,
            reason: Reason::Assumed,
            anchors: self.anchors,
            origin: self.origin,
        }
    }

    /// Whether any letter or figure stands outside the header.
    fn has_words(&self) -> bool {
        let prose = self.marks.blocks.iter().filter(|block| block.kind != BlockKind::FrontMatter);
        prose.map(|block| &self.text[block.span.range()]).any(|words| words.contains(char::is_alphanumeric))
    }
}
