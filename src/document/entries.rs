//! Dated, timed or signed notes in one file.
//!
//! A note begins where a block opens with a stamp, headings right above it included, and ends behind a
//! signature. A text without any stamp is one entry, whatever is signed in it: policies are signed too.

use super::stamp::{Stamp, closing, stamp};
use super::{Block, BlockKind, signature};
use crate::span::Span;
use memchr::memrchr;

/// One note: from one date, time or signature line to the next.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// All of it.
    pub span: Span,
    /// The words of date, time and shift that open it, if any do.
    pub stamp: Option<Span>,
    /// Whether its stamp names a day, not only a time of day.
    pub dated: bool,
    /// Whether somebody has signed it.
    pub signed: bool,
}

/// Where a note may begin.
#[derive(Clone, Copy, Debug)]
struct Start {
    /// Index of its first block.
    at: usize,
    stamp: Option<Span>,
    dated: bool,
    /// See [`Stamp::bare`].
    bare: Option<u32>,
    /// Whether the stamp is all of its block.
    whole: bool,
}

impl Start {
    fn unstamped(at: usize) -> Self {
        Self { at, stamp: None, dated: false, bare: None, whole: false }
    }
}

/// Words longer than this before the first stamp are a note of their own, not the head of the page.
const HEAD: usize = 80;

/// What is seen of notes while blocks are made. Their words are at hand then, so that a long text is not gone
/// through again.
#[derive(Debug, Default)]
pub(super) struct Seen {
    stamps: Vec<Start>,
    /// Headings that end with a date, and their level.
    closed: Vec<(u8, Start)>,
    /// Indices of the blocks that may be signatures.
    signed: Vec<usize>,
}

impl Seen {
    /// Takes note of the block with index `at`.
    pub(super) fn see(&mut self, text: &str, block: &Block, at: usize) {
        let words = &text[block.span.range()];
        if signature::may_be(words.as_bytes()) {
            self.signed.push(at);
        }
        let from = block.span.from();
        if let Some(stamp) = opening(words, block.kind) {
            let whole = words[stamp.length..].trim_matches(['*', ':', ' ', '.']).is_empty();
            let span = Some(Span::new(from, from + stamp.length));
            self.stamps.push(Start { at, stamp: span, dated: stamp.dated, bare: stamp.bare, whole });
        } else if let BlockKind::Heading(level) = block.kind
            // A label heads a part of a note (`Scan, 14/03/2026: clear`).
            && text.as_bytes().get(block.span.to()) != Some(&b':')
            && let Some(range) = closing(words)
        {
            let stamp = Some(Span::new(from + range.start, from + range.end));
            self.closed.push((level, Start { stamp, dated: true, ..Start::unstamped(at) }));
        }
    }

    /// The stamps that open notes, in order.
    fn stamps(&mut self, text: &str, blocks: &[Block]) -> Vec<Start> {
        let mut found = std::mem::take(&mut self.stamps);
        let bare: Vec<u32> = found.iter().filter_map(|start| start.bare).collect();
        let closed = &self.closed;
        if bare.is_empty() && closed.len() < 2 {
            return found;
        }
        // Years tell a story (`2014 - first admission`), and clauses hold numbers of every kind.
        let numbered = is_numbered(text, blocks);
        if numbered || bare.iter().all(|figures| is_year(*figures)) {
            found.retain(|start| start.bare.is_none());
        }
        if !numbered {
            // One heading with a date is the title of a page; several of a level are the heads of notes.
            let like = |level: u8| closed.iter().filter(|(other, _)| *other == level).nth(1).is_some();
            found.extend(closed.iter().filter(|(level, _)| like(*level)).map(|(_, start)| *start));
            found.sort_by_key(|start| start.at);
        }
        found
    }
}

/// Cuts the text at stamps and behind signatures.
pub(super) fn split(text: &str, blocks: &[Block], mut seen: Seen) -> Vec<Entry> {
    if text.is_empty() {
        return Vec::new();
    }
    let mut stamps = seen.stamps(text, blocks);
    if stamps.is_empty() {
        let signed = !signature::signatures(text, blocks, &seen.signed).is_empty();
        return vec![Entry { span: Span::new(0, text.len()), stamp: None, dated: false, signed }];
    }
    let signatures = signature::signatures(text, blocks, &seen.signed);
    let signed = |span: Span| {
        let next = signatures.partition_point(|signed| blocks[signed.start].span.start < span.start);
        signatures.get(next).is_some_and(|signed| blocks[signed.start].span.start < span.end)
    };
    let signed_before = |at: usize| {
        let next = signatures.partition_point(|signed| signed.start < at);
        next.checked_sub(1).map_or(0, |last| signatures[last].end)
    };
    // A date within a signature opens no note.
    stamps.retain(|start| signed_before(start.at) <= start.at);
    let mut starts: Vec<Start> = Vec::with_capacity(stamps.len() + signatures.len() + 1);
    for start in &stamps {
        let last = starts.last().map(|last| last.at);
        // A date above a time opens one note, not two.
        if last.is_none_or(|last| !is_bare(blocks, &stamps, last, start.at)) {
            let floor = last.unwrap_or(0).max(signed_before(start.at).saturating_sub(1));
            starts.push(Start { at: above(blocks, start.at, floor), ..*start });
        }
    }
    let behind = signatures.iter().map(|signed| signed.end).filter(|next| *next < blocks.len());
    let behind: Vec<usize> =
        behind.filter(|next| starts.binary_search_by_key(next, |start| start.at).is_err()).collect();
    starts.extend(behind.into_iter().map(Start::unstamped));
    starts.sort_by_key(|start| start.at);
    let head = |to: usize| blocks[..to].iter().all(|b| b.kind.is_structure() || b.span.len() < HEAD);
    match starts.first_mut() {
        Some(first) if first.stamp.is_some() && head(first.at) => first.at = 0,
        Some(first) if first.at == 0 => {}
        _ => starts.insert(0, Start::unstamped(0)),
    }
    let end = Span::new(text.len(), text.len()).end;
    let begin = |index: usize| match starts.get(index) {
        None => end,
        Some(_) if index == 0 => 0,
        Some(start) => Span::new(line_start(text, blocks[start.at].span.from()), text.len()).start,
    };
    let mut entries: Vec<Entry> = Vec::with_capacity(starts.len());
    let mut from = begin(0);
    for (index, start) in starts.iter().enumerate() {
        let span = Span { start: from, end: begin(index + 1) };
        from = span.end;
        if !span.is_empty() {
            entries.push(Entry { span, stamp: start.stamp, dated: start.dated, signed: signed(span) });
        }
    }
    entries
}

/// The stamp that a block of this kind opens with.
fn opening(words: &str, kind: BlockKind) -> Option<Stamp> {
    let opens = match kind {
        BlockKind::Heading(_) | BlockKind::Paragraph | BlockKind::Prompt => true,
        BlockKind::Item(depth) => depth == 0,
        BlockKind::Cell { column, header, .. } => column == 0 && !header,
        _ => false,
    };
    let worth = |first: &u8| first.is_ascii_digit() || first.is_ascii_uppercase() || matches!(first, b'[' | b'*');
    if opens && words.as_bytes().first().is_some_and(worth) { stamp(words) } else { None }
}

/// Whether four figures are a year of our time as well as a time of day.
fn is_year(figures: u32) -> bool {
    (1900..2060).contains(&figures)
}

/// Whether a text has numbered clauses: more than one part of a number (`4.2`) before its words, or a number before
/// a heading. One alone may be anything.
fn is_numbered(text: &str, blocks: &[Block]) -> bool {
    let numbered = |block: &&Block| {
        let heading = matches!(block.kind, BlockKind::Heading(_));
        let before = text[line_start(text, block.span.from())..block.span.from()].trim_matches(['#', ' ', '\t']);
        let words = &text[block.span.range()];
        let number = if before.is_empty() && heading { words.split(' ').next().unwrap_or(words) } else { before };
        let parts = number.trim_end_matches('.').split('.');
        let plain = parts.clone().all(|part| matches!(part.len(), 1 | 2) && part.bytes().all(|b| b.is_ascii_digit()));
        plain && (parts.count() > 1 || (heading && number.ends_with('.'))) && stamp(words).is_none()
    };
    blocks.iter().filter(numbered).nth(1).is_some()
}

/// The first of the headings that stand right above the block at `at`, not going back beyond `floor`.
fn above(blocks: &[Block], at: usize, floor: usize) -> usize {
    let mut first = at;
    while first > floor + 1 && matches!(blocks[first - 1].kind, BlockKind::Heading(_)) {
        first -= 1;
    }
    first
}

/// Whether there are only headings and stamps between two stamped blocks, so that both head one note.
fn is_bare(blocks: &[Block], stamps: &[Start], from: usize, to: usize) -> bool {
    let whole = |at: usize| {
        let known = stamps.binary_search_by_key(&at, |start| start.at);
        known.is_ok_and(|index| stamps[index].whole)
    };
    (from..to).all(|at| matches!(blocks[at].kind, BlockKind::Heading(_)) || whole(at))
}

/// Where the line begins that the byte at `offset` stands in.
fn line_start(text: &str, offset: usize) -> usize {
    let head = &text.as_bytes()[..offset];
    if head.ends_with(b"\n") { offset } else { memrchr(b'\n', head).map_or(0, |end| end + 1) }
}
