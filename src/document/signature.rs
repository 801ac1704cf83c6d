//! Who wrote a note, as it stands under it.

use super::{Block, BlockKind};
use crate::span::Span;
use std::ops::Range;

/// Whether words may end a note: nearly every block is told apart here.
pub(super) fn may_be(words: &[u8]) -> bool {
    says(words) || ends_high(words)
}

/// Whether words begin with what they are.
fn says(words: &[u8]) -> bool {
    let begins = |word: &[u8]| words.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    words.first().is_some_and(|first| matches!(first, b's' | b'S')) && (begins(b"signed") || begins(b"signature"))
}

/// Whether the last letter is a capital.
fn ends_high(words: &[u8]) -> bool {
    words.iter().rfind(|b| **b != b'.').is_some_and(u8::is_ascii_uppercase)
}

/// The blocks of every signature that ends a note, among those with an index in `worth`, which [`may_be`] one.
pub(super) fn signatures(text: &str, blocks: &[Block], worth: &[usize]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut behind = 0;
    for &at in worth {
        if at < behind {
            continue;
        }
        let mut next = at + 1;
        let before = at.checked_sub(1).map(|before| &blocks[before]);
        let says = signature(text, &blocks[at], before);
        // Name, role and date under a signature belong to it.
        while says == Some(true) && next < blocks.len() && !parted(text, blocks[next - 1].span, blocks[next].span) {
            next += 1;
        }
        let ends = || blocks.get(next).is_none_or(|behind| parted(text, blocks[at].span, behind.span));
        if says == Some(true) || (says == Some(false) && ends()) {
            found.push(at..next);
        }
        behind = next;
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
    let says = says(words.as_bytes());
    if says && words.len() < 120 {
        return Some(true);
    }
    if block.kind.is_structure() {
        return None;
    }
    // Both end with a capital, and both stand on a short line or behind a dash.
    if !ends_high(words.as_bytes()) {
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
