//! Dated, timed or signed notes in one file.
//!
//! A note begins where a block opens with a stamp, headings right above it included, and ends behind a
//! signature. A text without any stamp is one entry, whatever is signed in it: policies are signed too.

use super::{Block, BlockKind, stamp::stamp};
use crate::span::Span;
use std::ops::Range;

/// One note: from one date, time or signature line to the next.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// All of it.
    pub span: Span,
    /// The date or time that opens it, if one does.
    pub stamp: Option<Span>,
}

/// Words longer than this before the first stamp are a note of their own, not the head of the page.
const HEAD: usize = 80;

/// Cuts the text at stamps and behind signatures.
pub(super) fn split(text: &str, blocks: &[Block]) -> Vec<Entry> {
    if text.is_empty() {
        return Vec::new();
    }
    let mut stamps: Vec<(usize, Span)> = (0..blocks.len()).filter_map(|at| stamped(text, blocks, at)).collect();
    if stamps.is_empty() {
        return vec![Entry { span: Span::new(0, text.len()), stamp: None }];
    }
    let signatures = signatures(text, blocks);
    // A date within a signature opens no note.
    stamps.retain(|(at, _)| !signatures.iter().any(|signed| signed.start < *at && *at < signed.end));
    let mut starts: Vec<(usize, Option<Span>)> = Vec::new();
    for &(at, span) in &stamps {
        let signed = signatures.iter().take_while(|signed| signed.end <= at).last();
        let floor = starts.last().map_or(0, |(last, _)| *last).max(signed.map_or(0, |signed| signed.end - 1));
        match starts.last() {
            // A date above a time opens one note, not two.
            Some((last, _)) if is_bare(text, blocks, *last, at) => {}
            _ => starts.push((above(blocks, at, floor), Some(span))),
        }
    }
    let behind = signatures.iter().map(|signed| signed.end).filter(|next| *next < blocks.len());
    let behind: Vec<usize> = behind.filter(|next| starts.binary_search_by_key(next, |(at, _)| *at).is_err()).collect();
    starts.extend(behind.into_iter().map(|next| (next, None)));
    starts.sort_by_key(|(at, _)| *at);
    let head = |to: usize| blocks[..to].iter().all(|b| b.kind.is_structure() || b.span.len() < HEAD);
    match starts.first_mut() {
        Some((first, Some(_))) if head(*first) => *first = 0,
        Some((0, _)) => {}
        _ => starts.insert(0, (0, None)),
    }
    let end = Span::new(text.len(), text.len()).end;
    let begin = |index: usize| match starts.get(index) {
        None => end,
        Some(_) if index == 0 => 0,
        Some((block, _)) => line_start(text, blocks[*block].span.start),
    };
    let spans = (0..starts.len()).map(|i| (Span { start: begin(i), end: begin(i + 1) }, starts[i].1));
    spans.filter(|(span, _)| !span.is_empty()).map(|(span, stamp)| Entry { span, stamp }).collect()
}

/// The block at `at` and its stamp, if it opens with one.
fn stamped(text: &str, blocks: &[Block], at: usize) -> Option<(usize, Span)> {
    let block = blocks[at];
    let opens = match block.kind {
        BlockKind::Heading(_) | BlockKind::Paragraph | BlockKind::Prompt => true,
        BlockKind::Item(depth) => depth == 0,
        BlockKind::Cell { column, header, .. } => column == 0 && !header,
        _ => false,
    };
    let first = *text.as_bytes().get(block.span.from())?;
    let worth = first.is_ascii_digit() || first.is_ascii_uppercase() || matches!(first, b'[' | b'*');
    if !opens || !worth {
        return None;
    }
    let length = stamp(text.get(block.span.range())?)?;
    let begun = block.span.from();
    Some((at, Span::new(begun, begun + length)))
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
fn is_bare(text: &str, blocks: &[Block], from: usize, to: usize) -> bool {
    blocks[from..to].iter().all(|block| {
        let words = &text[block.span.range()];
        matches!(block.kind, BlockKind::Heading(_))
            || stamp(words).is_some_and(|length| words[length..].trim_matches(['*', ':', ' ', '.']).is_empty())
    })
}

/// The blocks of every signature that ends a note.
fn signatures(text: &str, blocks: &[Block]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < blocks.len() {
        let mut next = at + 1;
        let before = at.checked_sub(1).map(|before| &blocks[before]);
        let says = signature(text, &blocks[at], before);
        // Name, role and date under a signature belong to it.
        while says == Some(true) && next < blocks.len() && !parted(text, blocks[next - 1].span, blocks[next].span) {
            next += 1;
        }
        let ends = blocks.get(next).is_none_or(|behind| parted(text, blocks[at].span, behind.span));
        if says == Some(true) || (says == Some(false) && ends) {
            found.push(at..next);
        }
        at = next;
    }
    found
}

/// Whether a blank line stands between two blocks.
fn parted(text: &str, before: Span, after: Span) -> bool {
    let between = text.get(before.to()..after.from()).unwrap_or_default();
    between.bytes().filter(|b| *b == b'\n').count() > 1
}

/// Whether a block ends with a signature: `Some(true)` when it says so, `Some(false)` when initials behind a
/// dash or a name with letters of a profession say it.
fn signature(text: &str, block: &Block, before: Option<&Block>) -> Option<bool> {
    if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Prompt | BlockKind::Item(_) | BlockKind::Heading(_)) {
        return None;
    }
    let words = text.get(block.span.range())?;
    let start = words.get(..9).unwrap_or(words);
    let says = ["signed", "signature"]
        .iter()
        .any(|word| start.get(..word.len()).is_some_and(|s| s.eq_ignore_ascii_case(word)));
    if says && words.len() < 120 {
        return Some(true);
    }
    if block.kind.is_structure() {
        return None;
    }
    // Both end with a capital, and both stand on a short line or behind a dash.
    if !words.trim_end_matches('.').ends_with(|c: char| c.is_ascii_uppercase()) {
        return None;
    }
    let last = words.rsplit('\n').next().unwrap_or(words);
    // A name signs what was said above it: in a list of names none is a signature.
    let above = words[..words.len() - last.len()].trim_end();
    let said = |words: &str| words.ends_with(['.', '!', '?', '"']);
    let signs = said(above) || above.is_empty() && before.is_some_and(|before| said(&text[before.span.range()]));
    (initials(last) || (signs && name(last))).then_some(false)
}

/// Two or three capitals behind a dash, alone on a line or behind the end of a sentence.
fn initials(line: &str) -> bool {
    let letters = line.trim_end_matches('.');
    let Some(dash) = letters.rfind(['-', '\u{2013}', '\u{2014}', '/']) else { return false };
    let sign = letters[dash..].chars().next().map_or(1, char::len_utf8);
    let behind = letters[dash + sign..].trim_start();
    let short = (2..=3).contains(&behind.bytes().filter(u8::is_ascii_uppercase).count());
    let plain = behind.len() < 7 && behind.bytes().all(|b| b.is_ascii_uppercase() || b == b'.');
    let before = letters[..dash].trim_end();
    short && plain && (before.is_empty() || before.ends_with(['.', '!', '?']))
}

/// A name and the letters of a profession, alone on a line: two to five words with capitals, the last all capitals.
fn name(line: &str) -> bool {
    if line.len() > 60 || line.contains(':') {
        return false;
    }
    let words: Vec<&str> = line.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let Some((last, names)) = words.split_last() else { return false };
    let letters = (2..=6).contains(&last.len()) && last.bytes().all(|b| b.is_ascii_uppercase());
    let capital = |word: &&str| word.starts_with(char::is_uppercase);
    let small = names.iter().any(|word| word.chars().any(char::is_lowercase));
    letters && (1..=4).contains(&names.len()) && names.iter().all(capital) && small
}

fn line_start(text: &str, offset: u32) -> u32 {
    let start = text[..offset as usize].rfind('\n').map_or(0, |end| end + 1);
    Span::new(start, start).start
}
