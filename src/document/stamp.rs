//! Dates and times as people write them at the head of a note.
//!
//! A stamp stands at the start of a line, alone or set apart from what follows; a date that runs on into a
//! sentence is none.

use memchr::memchr;

/// The names of the months and days are part of how a date is written, like its digits.
const MONTHS: &[&str] = &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAYS: &[&str] = &["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const LONG_MONTHS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "sept",
];
const LONG_DAYS: &[&str] =
    &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "tues", "weds", "thur", "thurs"];
/// No stamp, with what sets it apart, is longer, in bytes.
const LONGEST: usize = 96;

const NAMES: &[&str] = &["date", "time", "date/time", "date and time", "date & time", "entry date", "date of entry"];

/// Length in bytes of the date, time or both that `line` opens with, the label `Date:` and a day's name
/// included; `None` when it opens with neither, or when the words run on from it. Looks no further than the line's end.
pub(crate) fn stamp(line: &str) -> Option<usize> {
    if !may_open(line.as_bytes()) {
        return None;
    }
    let near = &line[..line.floor_char_boundary(LONGEST)];
    let line = memchr(b'\n', near.as_bytes()).map_or(near, |end| &near[..end]);
    let open = line.len() - line.trim_start_matches(['[', '*']).len();
    let mut look = Look { line, at: open };
    let named = look.name();
    look.day();
    let date = look.date();
    let behind_date = look.at;
    if date {
        look.between();
    }
    let time = look.time();
    if !time {
        look.at = behind_date;
    }
    if !(date || time) {
        return None;
    }
    if time && !date {
        // The date may stand behind the time.
        let behind_time = look.at;
        look.between();
        look.day();
        if !look.date() {
            look.at = behind_time;
        }
    }
    let end = look.at;
    (named || look.is_apart(date)).then_some(end)
}

/// Whether a line begins as a stamp can: with a digit, a mark, or the first letters of a name of a day, a month
/// or a label. Nearly every line is told apart here.
fn may_open(line: &[u8]) -> bool {
    let Some(&first) = line.first() else { return false };
    if first.is_ascii_digit() {
        let digits = line.iter().take(5).take_while(|b| b.is_ascii_digit()).count();
        return match line.get(digits) {
            Some(b':' | b'.' | b'/' | b'-') => line.get(digits + 1).is_some_and(u8::is_ascii_alphanumeric),
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
}

struct Look<'t> {
    line: &'t str,
    at: usize,
}

impl Look<'_> {
    fn rest(&self) -> &str {
        self.line.get(self.at..).unwrap_or_default()
    }

    fn digits(&self) -> usize {
        self.rest().bytes().take_while(u8::is_ascii_digit).count()
    }

    fn word(&self) -> &str {
        let rest = self.rest();
        &rest[..rest.bytes().take_while(u8::is_ascii_alphabetic).count()]
    }

    fn skip(&mut self, signs: &[char]) {
        self.at += self.rest().len() - self.rest().trim_start_matches(signs).len();
    }

    /// `Date:`, `Time:` and the like.
    fn name(&mut self) -> bool {
        let head = &self.rest().as_bytes()[..self.rest().len().min(16)];
        let Some(name) = memchr(b':', head).and_then(|colon| self.rest().get(..colon)) else { return false };
        let known = NAMES.iter().any(|known| known.eq_ignore_ascii_case(name.trim()));
        if known {
            self.at += name.len() + 1;
            self.skip(&[' ', '\t', '*']);
        }
        known
    }

    /// A day of the week.
    fn day(&mut self) {
        let word = self.word();
        if is_one(word, DAYS) || is_one(word, LONG_DAYS) {
            self.at += word.len();
            self.skip(&[' ', ',', '.']);
        }
    }

    fn month(&mut self) -> bool {
        let word = self.word();
        let known = is_one(word, MONTHS) || is_one(word, LONG_MONTHS);
        if known {
            self.at += word.len();
        }
        known
    }

    fn date(&mut self) -> bool {
        let start = self.at;
        let found = match self.digits() {
            4 => self.numbers(&[(4, 4), (1, 2), (1, 2)]),
            1 | 2 => self.numbers(&[(1, 2), (1, 2), (2, 4)]) || self.named_month(),
            0 => self.month_first(),
            _ => false,
        };
        if !found {
            self.at = start;
        }
        found
    }

    /// Numbers of so many digits with the same sign between them.
    fn numbers(&mut self, widths: &[(usize, usize)]) -> bool {
        let start = self.at;
        let mut sign = None;
        for (index, (least, most)) in widths.iter().enumerate() {
            if index > 0 {
                let Some(next) = self.rest().chars().next().filter(|c| matches!(c, '-' | '/' | '.')) else {
                    self.at = start;
                    return false;
                };
                if *sign.get_or_insert(next) != next {
                    self.at = start;
                    return false;
                }
                self.at += 1;
            }
            let digits = self.digits();
            if digits < *least || digits > *most || digits == 3 {
                self.at = start;
                return false;
            }
            self.at += digits;
        }
        // `2.1.10` with a further part is the number of a clause.
        let mut rest = self.rest().chars();
        let further = rest.next().is_some_and(|c| matches!(c, '.' | '-' | '/'))
            && rest.next().is_some_and(|c| c.is_ascii_digit());
        if further || (sign == Some('.') && !self.is_plausible(start)) {
            self.at = start;
            return false;
        }
        true
    }

    /// Whether numbers with full stops between them are day, month and year rather than a clause.
    fn is_plausible(&self, start: usize) -> bool {
        let parts: Vec<&str> = self.line[start..self.at].split('.').collect();
        let number = |index: usize| parts.get(index).and_then(|part| part.parse::<u32>().ok()).unwrap_or(0);
        let (first, last) = (number(0), parts.last().map_or(0, |part| part.len()));
        let year_first = parts.first().is_some_and(|part| part.len() == 4);
        let day = if year_first { number(2) } else { first };
        (1..=31).contains(&day) && (1..=12).contains(&number(1)) && (year_first || (last != 1 && parts[1].len() == 2))
    }

    /// `14 March 2026`, `14th of March`, `14-Mar-26`.
    fn named_month(&mut self) -> bool {
        self.at += self.digits();
        let word = self.word();
        if matches!(word, "st" | "nd" | "rd" | "th") {
            self.at += 2;
        }
        self.skip(&[' ', '-', '/']);
        if self.rest().starts_with("of ") {
            self.at += 3;
        }
        self.month() && {
            self.year();
            true
        }
    }

    /// `March 14, 2026`; without a day it heads no note.
    fn month_first(&mut self) -> bool {
        if !self.month() {
            return false;
        }
        self.skip(&[' ', '.']);
        let digits = self.digits();
        if !(1..=2).contains(&digits) {
            return false;
        }
        self.at += digits;
        if matches!(self.word(), "st" | "nd" | "rd" | "th") {
            self.at += 2;
        }
        self.year();
        true
    }

    fn year(&mut self) {
        let before = self.at;
        self.skip(&[' ', ',', '-', '/', '.']);
        let digits = self.digits();
        let clock = self.rest().as_bytes().get(digits).is_some_and(|b| matches!(b, b':' | b'.'));
        if (digits == 4 || digits == 2) && !clock && self.at > before {
            self.at += digits;
        } else {
            self.at = before;
        }
    }

    /// What stands between a date and a time.
    fn between(&mut self) {
        self.skip(&[' ', '\t', ',', '-', '@', 'T', '\u{2013}', '|', '*', ';']);
        for word in ["at ", "Time:", "time:", "TIME:"] {
            if let Some(rest) = self.rest().strip_prefix(word) {
                self.at = self.line.len() - rest.len();
                self.skip(&[' ', '\t', '*']);
            }
        }
    }

    /// `15:10`, `15.10`, `1510 hrs`, `3pm`, `3.10 pm`, and a span of two.
    fn time(&mut self) -> bool {
        if !self.clock() {
            return false;
        }
        let first = self.at;
        self.skip(&[' ', '-', '\u{2013}']);
        if self.rest().starts_with("to ") {
            self.at += 3;
        }
        if !self.clock() {
            self.at = first;
        }
        true
    }

    fn clock(&mut self) -> bool {
        let start = self.at;
        let hours = self.digits();
        let bytes = self.line.as_bytes();
        let sign = bytes.get(start + hours).copied();
        let number = |from: usize, to: usize| self.line.get(from..to).and_then(|part| part.parse::<u32>().ok());
        let minutes = bytes.iter().skip(start + hours + 1).take_while(|b| b.is_ascii_digit()).count();
        let split = (1..=2).contains(&hours) && minutes == 2 && matches!(sign, Some(b':' | b'.'));
        if split {
            let fits = number(start, start + hours).is_some_and(|hour| hour < 25)
                && number(start + hours + 1, start + hours + 3).is_some_and(|minute| minute < 60);
            self.at += hours + 3;
            let seconds = sign == Some(b':') && self.rest().starts_with(':');
            if seconds {
                self.at += 1;
                self.at += self.digits();
            }
            let unit = self.unit();
            if fits && (unit || sign == Some(b':')) {
                return true;
            }
        } else if hours == 4 {
            let fits = number(start, start + 2).is_some_and(|hour| hour < 25)
                && number(start + 2, start + 4).is_some_and(|minute| minute < 60);
            self.at += 4;
            if fits && self.unit() {
                return true;
            }
        } else if (1..=2).contains(&hours) {
            self.at += hours;
            if self.unit() {
                return true;
            }
        }
        self.at = start;
        false
    }

    /// `hrs`, `h`, `am`, `pm`; whether there was one.
    fn unit(&mut self) -> bool {
        let before = self.at;
        self.skip(&[' ']);
        let rest = self.rest();
        let word = &rest[..rest.bytes().take_while(|b| b.is_ascii_alphabetic() || *b == b'.').count()];
        let bare = word.trim_end_matches('.');
        let known = ["hrs", "hours", "hr", "h", "am", "pm", "a.m", "p.m"];
        if known.iter().any(|known| known.eq_ignore_ascii_case(bare)) {
            // The last stop of `a.m.` is its own; behind `hrs` it ends a sentence.
            self.at += bare.len() + usize::from(bare.contains('.') && word.len() > bare.len());
            return true;
        }
        self.at = before;
        false
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
        "and" | "or" | "to" | "on" | "in" | "of" | "for" | "each" | "every" | "is" | "was" | "hours" | "until"
    )
}

fn is_one(word: &str, known: &[&str]) -> bool {
    known.iter().any(|known| known.eq_ignore_ascii_case(word))
}
