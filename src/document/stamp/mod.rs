//! Dates and times as people write them at the head of a note.
//!
//! A stamp stands at the start of a line, alone or set apart from what follows; a date that runs on into a
//! sentence is none.

mod clock;
mod date;
mod shift;

use memchr::memchr;
use std::ops::Range;

/// No stamp, with what sets it apart, is longer, in bytes.
const LONGEST: usize = 96;

const NAMES: &[&str] = &["date", "time", "date/time", "date and time", "date & time", "entry date", "date of entry"];

/// What a line opens with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    /// Bytes of the date, time and shift, the label `Date:` and a day's name included.
    pub(crate) length: usize,
    /// Whether it names a day, not only a time of day.
    pub(crate) dated: bool,
    /// The number that four figures without a colon make (`0915`), where nothing says that they are a time but what
    /// stands behind them.
    pub(crate) bare: Option<u32>,
}

/// The date, time or both that `line` opens with; `None` when it opens with neither, or when the words run on
/// from it. Looks no further than the line's end.
pub(crate) fn stamp(line: &str) -> Option<Stamp> {
    if !may_open(line.as_bytes()) {
        return None;
    }
    let near = &line[..line.floor_char_boundary(LONGEST)];
    let line = memchr(b'\n', near.as_bytes()).map_or(near, |end| &near[..end]);
    let open = line.len() - line.trim_start_matches(['[', '*']).len();
    let mut look = Look { line, at: open, certain: false, bare: None };
    let named = look.name();
    // A shift may stand before its date.
    let shift = look.shift();
    if shift {
        look.between();
    }
    let day = look.day();
    let mut dated = look.date() || ((shift || day) && look.short_date());
    if shift && !dated {
        return None;
    }
    let alone = dated;
    let mut end = look.at;
    dated = dated || look.short_date();
    look.certain = dated || named;
    if dated {
        look.between();
    }
    if look.time() {
        end = look.at;
        if !dated {
            // The date may stand behind the time.
            look.between();
            look.day();
            dated = look.date();
            end = if dated { look.at } else { end };
        }
    } else if !alone {
        return None;
    }
    look.at = end;
    if !shift {
        look.skip(&[' ', '\t', ',', '-', '(', '*']);
        look.at = if look.shift() { look.at } else { end };
    }
    let bare = look.bare.filter(|_| !dated);
    (named || look.is_apart(dated)).then_some(Stamp { length: look.at, dated, bare })
}

/// Where the date stands that a heading ends with (`Ward round - 14/03/2026`), set apart from what it heads.
pub(super) fn closing(heading: &str) -> Option<Range<usize>> {
    let words = heading.trim_end_matches([')', ']', '*', '.', ':', ' ']);
    if words.len() > LONGEST || !words.ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let begins = |at: &usize| matches!(words.as_bytes()[at - 1], b' ' | b'(' | b'[' | b'*');
    let closes = |at: &usize| stamp(&words[*at..]).is_some_and(|stamp| stamp.dated && at + stamp.length == words.len());
    let at = (1..words.len()).filter(|at| words.is_char_boundary(*at)).filter(begins).find(closes)?;
    let before = words[..at].trim_end().rsplit(' ').next().unwrap_or_default();
    (!is_preposition(&before.to_ascii_lowercase())).then_some(at..words.len())
}

/// Whether a line begins as a stamp can: with a digit, a mark, or the first letters of a name of a day, a month,
/// a shift or a label. Nearly every line is told apart here.
fn may_open(line: &[u8]) -> bool {
    let Some(&first) = line.first() else { return false };
    if first.is_ascii_digit() {
        let digits = line.iter().take(5).take_while(|b| b.is_ascii_digit()).count();
        return match line.get(digits) {
            Some(b':' | b'.' | b'/' | b'-') => {
                line.get(digits + 1).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b' ')
            }
            Some(next) => *next == b' ' || next.is_ascii_alphabetic(),
            None => false,
        };
    }
    if matches!(first, b'[' | b'*') {
        return true;
    }
    let Some(start) = line.first_chunk::<3>() else { return false };
    let start = start.map(|b| b.to_ascii_lowercase());
    matches!(&start, b"dat" | b"tim" | b"ent" | b"mon" | b"tue" | b"wed" | b"thu" | b"fri" | b"sat" | b"sun")
        || matches!(&start, b"jan" | b"feb" | b"mar" | b"apr" | b"may" | b"jun")
        || matches!(&start, b"jul" | b"aug" | b"sep" | b"oct" | b"nov" | b"dec")
        || matches!(
            &start,
            b"ear" | b"lat" | b"nig" | b"day" | b"lon" | b"twi" | b"mor" | b"aft" | b"eve" | b"am " | b"pm "
        )
}

/// A line, and how far it has been read.
struct Look<'t> {
    line: &'t str,
    at: usize,
    /// Whether four figures here can only be a time.
    certain: bool,
    bare: Option<u32>,
}

impl<'t> Look<'t> {
    fn rest(&self) -> &'t str {
        self.line.get(self.at..).unwrap_or_default()
    }

    fn digits(&self) -> usize {
        self.rest().bytes().take_while(u8::is_ascii_digit).count()
    }

    fn word(&self) -> &'t str {
        let rest = self.rest();
        &rest[..rest.bytes().take_while(u8::is_ascii_alphabetic).count()]
    }

    fn skip(&mut self, signs: &[char]) {
        self.at += self.rest().len() - self.rest().trim_start_matches(signs).len();
    }

    /// `Date:`, `Time:` and the like.
    fn name(&mut self) -> bool {
        if !self.rest().starts_with(|c: char| c.is_ascii_alphabetic()) {
            return false;
        }
        let head = &self.rest().as_bytes()[..self.rest().len().min(16)];
        let Some(name) = memchr(b':', head).and_then(|colon| self.rest().get(..colon)) else { return false };
        let known = NAMES.iter().any(|known| known.eq_ignore_ascii_case(name.trim()));
        if known {
            self.at += name.len() + 1;
            self.skip(&[' ', '\t', '*']);
        }
        known
    }

    /// What stands between a date, a time and a shift.
    fn between(&mut self) {
        self.skip(&[' ', '\t', ',', '-', '@', '\u{2013}', '|', '*', ';', '(']);
        if let [b'T', b'0'..=b'9', ..] = self.rest().as_bytes() {
            self.at += 1;
        }
        for word in ["at ", "Time:", "time:", "TIME:"] {
            if let Some(rest) = self.rest().strip_prefix(word) {
                self.at = self.line.len() - rest.len();
                self.skip(&[' ', '\t', '*']);
            }
        }
    }

    /// Whether the stamp is set apart from what follows: the line ends, a sign or a gap stands behind it, or
    /// what follows begins anew. Behind a time small letters may follow, as notes are written.
    fn is_apart(&self, date: bool) -> bool {
        let rest = self.rest().trim_end();
        let words = rest.trim_start();
        let Some(next) = words.chars().next() else { return true };
        if matches!(next, '-' | '\u{2013}' | '\u{2014}' | ':' | '|' | ']' | ')' | '(' | '[' | '*' | ';' | '>') {
            return true;
        }
        let gap = rest.len() > words.len();
        if rest.starts_with("  ") || rest.starts_with('\t') {
            return true;
        }
        if next == ',' || next == '.' {
            let after = words[1..].trim_start();
            return !date || after.starts_with(char::is_uppercase) || after.is_empty();
        }
        gap && (next.is_uppercase() || next == '"' || (!date && next.is_lowercase() && !is_preposition(words)))
    }
}

/// Words that bind a time to the sentence behind it.
fn is_preposition(words: &str) -> bool {
    let word = words.split_whitespace().next().unwrap_or_default();
    matches!(
        word,
        "and"
            | "or"
            | "to"
            | "on"
            | "in"
            | "of"
            | "for"
            | "by"
            | "from"
            | "since"
            | "until"
            | "each"
            | "every"
            | "is"
            | "was"
            | "hours"
    )
}

fn is_one(word: &str, known: &[&str]) -> bool {
    word.len() > 1 && known.iter().any(|known| known.eq_ignore_ascii_case(word))
}
