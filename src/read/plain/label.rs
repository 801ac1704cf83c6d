//! Labels and headings: words set apart by a colon, by capitals or by a number.

use memchr::memchr;

/// Words before a colon at the start of a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Label {
    /// Length of the words, the colon left out.
    pub(super) words: usize,
    /// Where what stands behind it begins; the end of the line when nothing does.
    pub(super) value: usize,
    /// Whether it is in capitals.
    pub(super) caps: bool,
    /// Whether every word, or the only word, begins with a capital or is short.
    pub(super) title: bool,
    /// How many words it has.
    pub(super) count: usize,
}

/// No label is longer than this, in bytes.
const LONGEST: usize = 64;

/// The label that `line` opens with.
pub(super) fn label(line: &str) -> Option<Label> {
    let bytes = line.as_bytes();
    let colon = memchr(b':', &bytes[..bytes.len().min(LONGEST)])?;
    if !matches!(bytes.get(colon + 1), None | Some(b' ' | b'\t' | b'_' | b',' | b'[' | b'\n')) {
        return None;
    }
    let words = line[..colon].trim_end();
    let seen = words.bytes().fold(0, |seen, byte| seen | SIGNS[byte as usize]);
    if seen & PROSE != 0 || !words.chars().next()?.is_uppercase() {
        return None;
    }
    let caps = if seen & WIDE == 0 { seen & SMALL == 0 } else { is_caps(words) };
    let count = 1 + words.bytes().filter(|b| *b == b' ').count();
    if count > if caps { 7 } else { 5 } || (!caps && seen & COMMA != 0) {
        return None;
    }
    let small = |word: &str| word.starts_with(char::is_lowercase);
    let last = words.rsplit(' ').next().unwrap_or(words);
    let title = caps || !(small(last) || words.split([' ', '/', '-']).any(|word| word.len() > 3 && small(word)));
    let value = bytes.len() - line[colon + 1..].trim_start_matches([' ', '\t', ',']).len();
    Some(Label { words: words.len(), value, caps, title, count })
}

/// Signs that stand in sentences and drawings, not in labels.
const PROSE: u8 = 1;
const SMALL: u8 = 2;
const COMMA: u8 = 4;
const WIDE: u8 = 8;

/// What a byte tells about the words it stands in.
const SIGNS: [u8; 256] = {
    let mut signs = [0; 256];
    let mut byte: u8 = 0;
    loop {
        signs[byte as usize] = match byte {
            b'.' | b';' | b'?' | b'!' | b'"' | b'|' | b'\t' | b'<' | b'>' | b'=' | b'_' => PROSE,
            b'a'..=b'z' => SMALL,
            b',' => COMMA,
            0x80.. => WIDE,
            _ => 0,
        };
        if byte == u8::MAX {
            break;
        }
        byte += 1;
    }
    signs
};

/// Whether there are letters, and all of them are capitals.
pub(super) fn is_caps(words: &str) -> bool {
    if words.is_ascii() {
        return !words.bytes().any(|b| b.is_ascii_lowercase()) && words.bytes().any(|b| b.is_ascii_uppercase());
    }
    let mut capitals = 0;
    for c in words.chars() {
        if c.is_lowercase() {
            return false;
        }
        capitals += usize::from(c.is_uppercase());
    }
    capitals > 0
}

/// Whether `line` is a heading by its capitals alone.
pub(super) fn is_caps_heading(line: &str) -> bool {
    let bytes = line.as_bytes();
    if bytes.len() < 3 || bytes.len() > 72 || bytes[1].is_ascii_lowercase() {
        return false;
    }
    let ends = matches!(bytes.last(), Some(b'.' | b',' | b';' | b'!' | b'?' | b'-'));
    let letters = bytes.iter().filter(|b| b.is_ascii_uppercase()).count();
    !ends && letters >= 3 && letters * 2 > bytes.len() && is_caps(line) && line.split_whitespace().count() <= 9
}

/// Level of a numbered heading (`4.2 Title`, `3. PURPOSE`), and where its words begin.
pub(super) fn numbered(line: &str) -> Option<(u8, usize)> {
    let bytes = line.as_bytes();
    let number = bytes.iter().take_while(|b| b.is_ascii_digit() || **b == b'.').count();
    let parts = line[..number].split('.').filter(|part| !part.is_empty()).count();
    let long = line[..number].split('.').any(|part| part.len() > 2);
    if parts == 0 || long || !matches!(bytes.get(number), Some(b' ' | b'\t')) || bytes.len() > 90 {
        return None;
    }
    let words = line[number..].trim_start();
    let fits = !words.ends_with(['.', ',', ';', ':', '!', '?']) && words.split_whitespace().count() <= 10;
    let begins = words.starts_with(char::is_uppercase);
    let titled = parts > 1 && begins || is_caps_heading(words);
    // A dose or a time that opens a line is no number of a heading: its next word is a unit, in small letters.
    (fits && titled).then(|| (u8::try_from(parts.min(5)).unwrap_or(5) + 1, line.len() - words.len()))
}

/// Length of the speaker's name in brackets that `line` opens with, and where the words begin.
pub(super) fn speaker(line: &str) -> Option<(usize, usize)> {
    let inner = line.strip_prefix('[')?;
    let close = memchr(b']', &inner.as_bytes()[..inner.len().min(32)])?;
    let name = &inner[..close];
    let plain = name.len() > 1 && name.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-' | '.'));
    let rest = &inner[close + 1..];
    let spoken = rest.trim_start_matches(':').starts_with([' ', '\t']);
    (plain && spoken).then(|| (close, line.len() - rest.trim_start_matches([':', ' ', '\t']).len()))
}

/// A capital label inside a line, behind a sentence end or a comma that took the place of a line break.
/// Gives its start, the end of its words, and where its value begins; looks from `from` on.
pub(super) fn inside(line: &str, from: usize) -> Option<(usize, usize, usize)> {
    let bytes = line.as_bytes();
    let mut at = from;
    while let Some(found) = memchr(b':', &bytes[at..]) {
        let colon = at + found;
        at = colon + 1;
        let ends = colon > from && (bytes[colon - 1].is_ascii_uppercase() || bytes[colon - 1] == b')');
        if !ends || !matches!(bytes.get(colon + 1), None | Some(b' ' | b'\t' | b',' | b'\n')) {
            continue;
        }
        let floor = from.max(colon.saturating_sub(LONGEST));
        let is_part = |b: &u8| matches!(b, b'A'..=b'Z' | b'0'..=b'9' | b' ' | b'/' | b'&' | b'\'' | b'(' | b')' | b'-');
        let run = bytes[floor..colon].iter().rev().take_while(|b| is_part(b)).count();
        let mut start = colon - run;
        while start < colon && !bytes[start].is_ascii_uppercase() {
            start += 1;
        }
        let letters = bytes[start..colon].iter().filter(|b| b.is_ascii_uppercase()).count();
        let apart = line[from..start].trim_end_matches([' ', '\t']);
        let glued = apart.len() == start - from && apart.ends_with(',');
        if letters >= 3 && (glued || apart.ends_with(['.', '!', '?', ';'])) {
            let value = line.len() - line[colon + 1..].trim_start_matches([' ', '\t', ',']).len();
            return Some((start, colon, value));
        }
    }
    None
}

/// Whether an answer is only a line to write on.
pub(super) fn is_unfilled(value: &str) -> bool {
    if !value.starts_with(['_', '.', '-', '/']) {
        return false;
    }
    let mut rest = value;
    if !value.contains("__") && !value.contains("....") {
        return value.trim_matches(['_', '-', ' ', '\t', '/']).is_empty();
    }
    // More labels may follow on the same line: `Signed: ____ Date: ____`.
    while let Some(at) = rest.find(|c: char| !(c == '_' || c == '.' || c.is_whitespace())) {
        let Some(label) = label(&rest[at..]) else { return false };
        rest = &rest[at + label.value..];
    }
    true
}
