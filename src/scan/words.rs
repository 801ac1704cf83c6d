//! Words of a text, found 64 bytes at a time, and the steps from one word to the next.
//!
//! A word is a run of letters, digits, `_` and bytes above 0x7f; a run that begins with digits ends
//! where they end, so that `25mins` is two words. The whole text is never copied or lower-cased: the
//! compiler turns the classifying loop into vector code, and a word is known by its first eight bytes.

/// Whether `byte` is part of a word.
pub(super) fn is_word(byte: u8) -> bool {
    (byte | 0x20).wrapping_sub(b'a') < 26 || byte.wrapping_sub(b'0') < 10 || byte == b'_' || byte >= 0x80
}

/// One bit a byte, set where a word is.
#[expect(
    clippy::needless_bitwise_bool,
    reason = "branches would keep the compiler from turning the loop into vector code"
)]
fn mask(chunk: &[u8; 64]) -> u64 {
    let mut flags = [0_u8; 64];
    for (flag, &byte) in flags.iter_mut().zip(chunk) {
        let letter = (byte | 0x20).wrapping_sub(b'a') < 26;
        let digit = byte.wrapping_sub(b'0') < 10;
        *flag = u8::from(letter | digit | (byte == b'_') | (byte >= 0x80));
    }
    let mut bits = 0;
    for (at, eight) in flags.chunks_exact(8).enumerate() {
        let mut lane = [0_u8; 8];
        lane.copy_from_slice(eight);
        let packed = u64::from_le_bytes(lane).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        bits |= packed << (at * 8);
    }
    bits
}

/// Calls `each` with start and end of every word in `bytes[from..to]`, in order.
pub(super) fn each_word(bytes: &[u8], from: usize, to: usize, mut each: impl FnMut(usize, usize)) {
    let mut open = None;
    let mut at = from;
    let mut emit = |start: usize, end: usize| {
        let digits = bytes[start..end].iter().take_while(|byte| byte.is_ascii_digit()).count();
        if digits == 0 || digits == end - start {
            each(start, end);
        } else {
            each(start, start + digits);
            each(start + digits, end);
        }
    };
    while at < to {
        let mut chunk = [0_u8; 64];
        let size = (to - at).min(64);
        if let Some(whole) = bytes.get(at..at + 64)
            && size == 64
        {
            chunk.copy_from_slice(whole);
        } else {
            chunk[..size].copy_from_slice(&bytes[at..at + size]);
        }
        let bits = mask(&chunk);
        let mut edges = bits ^ (bits << 1 | u64::from(open.is_some()));
        while edges != 0 {
            let edge = at + edges.trailing_zeros() as usize;
            match open.take() {
                None => open = Some(edge),
                Some(start) => emit(start, edge.min(to)),
            }
            edges &= edges - 1;
        }
        at += 64;
    }
    if let Some(start) = open
        && start < to
    {
        emit(start, to);
    }
}

/// The words of `text`, as byte ranges.
pub fn tokens(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    each_word(text.as_bytes(), 0, text.len(), |start, end| found.push((start, end)));
    found
}

/// What stands between two words.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Between {
    /// They are read as following each other.
    Joined,
    /// Something else stands between, but the sentence goes on.
    Loose,
}

/// A word next to another, and what stands between the two.
pub(super) struct Neighbour {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) between: Between,
}

/// More than this many bytes between two words is a gap in the page, not in a sentence.
const FAR: usize = 80;

/// The word after `end`, if the sentence goes on to it.
pub(super) fn next(bytes: &[u8], end: usize, to: usize) -> Option<Neighbour> {
    let mut start = end;
    while start < to && !is_word(bytes[start]) {
        start += 1;
        if start - end > FAR {
            return None;
        }
    }
    if start >= to {
        return None;
    }
    let between = between(bytes, end, start)?;
    let mut stop = start + 1;
    let digits = bytes[start].is_ascii_digit();
    while stop < to && is_word(bytes[stop]) && (!digits || bytes[stop].is_ascii_digit()) {
        stop += 1;
    }
    Some(Neighbour { start, end: stop, between })
}

/// The word before `start`, if the sentence comes from it.
pub(super) fn previous(bytes: &[u8], start: usize, from: usize) -> Option<Neighbour> {
    let mut end = start;
    while end > from && !is_word(bytes[end - 1]) {
        end -= 1;
        if start - end > FAR {
            return None;
        }
    }
    if end <= from {
        return None;
    }
    let between = between(bytes, end, start)?;
    let mut run = end;
    while run > from && is_word(bytes[run - 1]) {
        run -= 1;
    }
    // A run that begins with digits is two words; the second is wanted when letters follow them.
    let digits = bytes[run..end].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let begin = if digits > 0 && run + digits < end { run + digits } else { run };
    Some(Neighbour { start: begin, end, between })
}

/// Reads what stands between two words; `None` where a sentence or block ends.
fn between(bytes: &[u8], end: usize, start: usize) -> Option<Between> {
    let gap = &bytes[end..start];
    if gap == b" " || gap == b"-" || gap.is_empty() {
        return Some(Between::Joined);
    }
    let before = end.checked_sub(1).map_or(b' ', |at| bytes[at]);
    let after = bytes[start];
    let figures = before.is_ascii_digit() && after.is_ascii_digit();
    let mut joined = true;
    let mut breaks = 0;
    for (at, &byte) in gap.iter().enumerate() {
        match byte {
            b'\n' => {
                breaks += 1;
                if breaks > 1 {
                    return None;
                }
            }
            b' ' | b'\t' | b'\r' | b'-' | b'\'' | b'/' | b'*' => {}
            b':' | b',' | b'.' if figures && gap.len() == 1 => {}
            b'.' if at + 1 == gap.len() => {}
            b'.' if after.is_ascii_lowercase() => joined = false,
            b',' | b'(' | b')' | b'"' | b'[' | b']' | b'+' | b'&' | b'%' | b'=' | b'~' | b'<' | b'>' => joined = false,
            _ => return None,
        }
    }
    // A line that begins with a dash or star is a list item, not the rest of the line above.
    if breaks == 1 && gap.iter().skip_while(|byte| **byte != b'\n').any(|byte| matches!(byte, b'-' | b'*' | b'+')) {
        let wrapped_hyphen = gap.first() == Some(&b'-');
        if !wrapped_hyphen {
            return None;
        }
    }
    Some(if joined { Between::Joined } else { Between::Loose })
}

/// A number by which a word is known: its first eight bytes, folded, and its length.
pub(super) fn key(bytes: &[u8], start: usize, end: usize) -> u64 {
    let length = end - start;
    let load = head(bytes, start);
    let kept = if length >= 8 { u64::MAX } else { (1 << (length * 8)) - 1 };
    ((load | 0x2020_2020_2020_2020) & kept) ^ (length as u64) << 59
}

/// The first four bytes of a word, folded.
pub(super) fn stem(bytes: &[u8], start: usize) -> u64 {
    (head(bytes, start) | 0x2020_2020_2020_2020) & 0xffff_ffff
}

fn head(bytes: &[u8], start: usize) -> u64 {
    let mut lane = [0_u8; 8];
    if let Some(whole) = bytes.get(start..start + 8) {
        lane.copy_from_slice(whole);
    } else {
        let rest = &bytes[start..];
        lane[..rest.len()].copy_from_slice(rest);
    }
    u64::from_le_bytes(lane)
}

/// How many slots there are.
pub(super) const SLOTS: usize = 1 << 15;

/// The slot of a key in a table of so many bits.
pub(super) fn slot(key: u64) -> usize {
    (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 49) as usize
}
