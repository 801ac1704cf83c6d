//! Folding: what differs between two ways of typing the same words is made the same.
//!
//! Quotes become straight, odd spaces plain, dashes `-`, line ends `\n`; invisible characters go, and a word
//! broken by a hyphen over a line end is put together again. A dash that parts clauses without blanks around it is
//! given them, so that it is told apart from a hyphen. A text that needs none of it is not copied.

use super::origin::{Piece, cut, lay, lay_other};
use memchr::{memchr2, memchr3_iter, memmem};

/// Whether any of `source` would be folded; may say yes where nothing comes of it.
pub(super) fn needed(source: &str) -> bool {
    let bytes = source.as_bytes();
    !bytes.is_ascii()
        || memchr3_iter(b'\r', b'>', 0, bytes).any(|at| bytes[at] != b'>' || bytes[..at].ends_with(b"\n"))
        || memmem::find(bytes, b"-\n").is_some()
}

/// Appends `source`, which stands at `base` of the whole source, to `out`, and its way back to `pieces`.
pub(super) fn fold(source: &str, base: usize, out: &mut String, pieces: &mut Vec<Piece>) {
    join(out, pieces, source);
    let bytes = source.as_bytes();
    let mut next = Next::default();
    let (mut pending, mut at) = (0, 0);
    while let Some(event) = next.event(bytes, at) {
        let Some((instead, length)) = answer(source, event) else {
            at = event + source[event..].chars().next().map_or(1, char::len_utf8);
            continue;
        };
        copy(source, base, pending..event, out, pieces);
        let instead = if instead == "-" { dash(out, &source[event..], length) } else { instead };
        if !instead.is_empty() {
            lay_other(pieces, out.len(), instead.len(), base + event, length);
            out.push_str(instead);
        }
        at = event + length;
        pending = at;
    }
    copy(source, base, pending..source.len(), out, pieces);
}

/// A run that goes on with the second half of a broken word takes away the hyphen and line end before it.
fn join(out: &mut String, pieces: &mut Vec<Piece>, source: &str) {
    if !source.starts_with(|c: char| c.is_ascii_lowercase()) {
        return;
    }
    if let Some(head) = out.strip_suffix("-\n")
        && head.ends_with(|c: char| c.is_lowercase())
    {
        let to = head.len();
        out.truncate(to);
        cut(pieces, to);
    }
}

fn copy(source: &str, base: usize, range: std::ops::Range<usize>, out: &mut String, pieces: &mut Vec<Piece>) {
    if !range.is_empty() {
        lay(pieces, out.len(), base + range.start, range.len());
        out.push_str(&source[range]);
    }
}

/// What stands instead of the character or characters at `at`, and how many bytes it replaces.
fn answer(source: &str, at: usize) -> Option<(&'static str, usize)> {
    let rest = &source[at..];
    match rest.as_bytes()[0] {
        0 => Some(("", 1)),
        b'\r' if rest.as_bytes().get(1) == Some(&b'\n') => Some(("", 1)),
        b'\r' => Some(("\n", 1)),
        b'-' => wrapped(source, at).map(|length| ("", length)),
        b'\n' => quoted(source, at).map(|length| ("\n", length)),
        _ => rest.chars().next().and_then(|c| single(c).map(|instead| (instead, c.len_utf8()))),
    }
}

/// How the dash that `rest` begins with, `length` bytes of it, is written behind `before`. Wide dashes part clauses;
/// narrow ones do so only where a line ends behind them, for there a hyphen would be taken to break a word.
fn dash(before: &str, rest: &str, length: usize) -> &'static str {
    let wide = rest.starts_with(['\u{2014}', '\u{2015}', '\u{2E3A}', '\u{2E3B}', '\u{FE58}']);
    let after = rest[length..].chars().next();
    let touches = |c: char| !(c.is_whitespace() || c == '-');
    let closes = before.ends_with(touches) && (wide || (rest.starts_with('\u{2013}') && after.is_none_or(is_line_end)));
    let opens = wide
        && after.is_some_and(|c| c.is_alphanumeric() || matches!(c, '"' | '\'' | '(' | '[' | '\u{2018}' | '\u{201C}'));
    match (closes, opens) {
        (true, true) => " - ",
        (true, false) => " -",
        (false, true) if before.ends_with(char::is_whitespace) => "- ",
        _ => "-",
    }
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r')
}

/// Length of hyphen, line end and indentation inside a broken word.
fn wrapped(source: &str, at: usize) -> Option<usize> {
    let before = source[..at].chars().next_back()?;
    let rest = source[at + 1..].trim_start_matches('\r').strip_prefix('\n')?.trim_start_matches([' ', '\t']);
    let after = rest.chars().next()?;
    (before.is_lowercase() && after.is_lowercase()).then_some(source.len() - at - rest.len())
}

/// Length of line end and quotation mark where a quoted line goes on from the quoted line before it.
fn quoted(source: &str, at: usize) -> Option<usize> {
    let head = source[..at].strip_suffix('\r').unwrap_or(&source[..at]);
    let line = head.rfind(['\n', '\r']).map_or(0, |end| end + 1);
    let before = head[line..].strip_prefix('>')?;
    let after = source[at + 1..].strip_prefix('>')?;
    let after = after.strip_prefix(' ').unwrap_or(after);
    let same = !before.trim().is_empty() && after.starts_with(|c: char| !c.is_whitespace() && c != '>');
    same.then_some(source.len() - at - after.len())
}

fn single(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{2018}'..='\u{201B}' | '\u{02BC}' | '\u{00B4}' => "'",
        '\u{201C}'..='\u{201F}' => "\"",
        '\u{00A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => " ",
        '\u{0085}' | '\u{2028}' | '\u{2029}' => "\n",
        '\u{00AD}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{2069}'
        | '\u{FEFF}' => "",
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2E3A}' | '\u{2E3B}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}' => "-",
        '\u{2026}' => "...",
        '\u{FB00}' => "ff",
        '\u{FB01}' => "fi",
        '\u{FB02}' => "fl",
        '\u{FB03}' => "ffi",
        '\u{FB04}' => "ffl",
        _ => return None,
    })
}

/// Where the next byte worth a look stands; every kind is searched for on its own and remembered.
#[derive(Default)]
struct Next {
    control: Option<usize>,
    hyphen: Option<usize>,
    quote: Option<usize>,
    high: Option<usize>,
}

impl Next {
    fn event(&mut self, bytes: &[u8], at: usize) -> Option<usize> {
        let end = bytes.len();
        let find = |kept: &mut Option<usize>, search: fn(&[u8]) -> Option<usize>| {
            if kept.is_none_or(|found| found < at) {
                *kept = Some(search(&bytes[at.min(end)..]).map_or(end, |found| at + found));
            }
            kept.unwrap_or(end)
        };
        let first = find(&mut self.control, |rest| memchr2(b'\r', 0, rest))
            .min(find(&mut self.hyphen, broken))
            .min(find(&mut self.quote, |rest| memmem::find(rest, b"\n>")))
            .min(find(&mut self.high, high));
        (first < end).then_some(first)
    }
}

/// The next hyphen before a line end.
fn broken(bytes: &[u8]) -> Option<usize> {
    let wrapped = memmem::find(bytes, b"-\n");
    // A carriage return can only stand before the line end found, or where there is none.
    memmem::find(&bytes[..wrapped.unwrap_or(bytes.len())], b"-\r").or(wrapped)
}

/// The next byte outside ASCII, looked for in chunks that the compiler can widen.
fn high(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    for chunk in bytes.chunks(64) {
        if !chunk.is_ascii() {
            return chunk.iter().position(|byte| *byte >= 0x80).map(|found| at + found);
        }
        at += chunk.len();
    }
    None
}
