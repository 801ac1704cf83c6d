//! Boxes to tick.

use crate::document::Tick;
use memchr::{memchr3, memchr3_iter};

/// Where a box stands in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Box {
    /// First byte.
    pub(super) at: usize,
    /// Bytes of it.
    pub(super) length: usize,
    /// Whether it holds a tick.
    pub(super) tick: Tick,
}

/// Whether `text` may hold any box: looked for once, so that texts without pay nothing at their lines.
pub(super) fn any(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr3_iter(b'[', b'(', 0xE2, bytes).any(|at| drawn(text, at).is_some())
}

/// The boxes of a line.
pub(super) fn find(line: &str) -> Vec<Box> {
    let bytes = line.as_bytes();
    let mut boxes = Vec::new();
    let mut at = 0;
    while let Some(found) = memchr3(b'[', b'(', 0xE2, &bytes[at..]) {
        at += found;
        if let Some((length, tick)) = drawn(line, at) {
            boxes.push(Box { at, length, tick });
            at += length;
        } else {
            at += 1;
        }
    }
    boxes
}

fn drawn(line: &str, at: usize) -> Option<(usize, Tick)> {
    let bytes = line.as_bytes();
    if bytes[at] == 0xE2 {
        let tick = match line.get(at..)?.chars().next()? {
            '\u{2610}' | '\u{25A1}' => Tick::Unticked,
            '\u{2611}' | '\u{2612}' | '\u{25A0}' => Tick::Ticked,
            _ => return None,
        };
        return Some((3, tick));
    }
    let close = if bytes[at] == b'[' { b']' } else { b')' };
    let near = bytes.get(at + 1..bytes.len().min(at + 6))?;
    let inner = line.get(at + 1..at + 1 + near.iter().position(|b| *b == close)?)?;
    let tick = match inner.trim() {
        "" if close == b']' || inner == " " || inner == "  " => Tick::Unticked,
        "x" | "X" | "\u{2713}" | "\u{2714}" | "\u{2717}" | "\u{2718}" => Tick::Ticked,
        "v" | "V" | "*" | "Y" | "y" if close == b']' => Tick::Ticked,
        _ => return None,
    };
    let length = inner.len() + 2;
    let apart = at == 0 || bytes[at - 1].is_ascii_whitespace();
    let open = bytes.get(at + length).is_none_or(|b| b.is_ascii_whitespace() || b.is_ascii_uppercase());
    (apart && open && !(inner.is_empty() && close == b')')).then_some((length, tick))
}
