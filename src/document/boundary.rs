//! Whether a stop, a line end or a list mark inside a line ends a sentence.

use crate::span::Span;
use memchr::{memchr, memrchr};
use std::ops::Range;

/// Words that begin a sentence so often that a capital behind an abbreviation is not a name.
const STARTERS: &[&str] = &[
    "a", "after", "again", "all", "also", "and", "as", "at", "because", "before", "but", "did", "does", "during",
    "each", "every", "for", "from", "had", "has", "have", "he", "her", "his", "how", "however", "i", "if", "in", "is",
    "it", "my", "no", "not", "now", "on", "once", "only", "our", "she", "since", "some", "still", "that", "the",
    "their", "then", "there", "these", "they", "this", "to", "until", "was", "we", "were", "what", "when", "where",
    "while", "who", "why", "will", "with", "you", "your",
];

/// Signs that begin an item inside a line.
const BULLETS: &[char] = &['\u{2022}', '\u{2043}', '\u{25E6}', '\u{25AA}'];

/// How far a line end looks for the width of the lines around it.
const NEIGHBOURS: usize = 3;

/// No text is wrapped narrower than this, so a shorter line ended because its writer ended it.
const NARROW: usize = 50;

/// A stretch of text to look for sentence ends in.
pub(super) struct Look<'t> {
    pub(super) start: usize,
    pub(super) end: usize,
    text: &'t str,
    bytes: &'t [u8],
    abbreviations: &'t [String],
    /// Whether it opens with `1.` (a digit) or `a.` (a letter): then such marks inside it begin items.
    marked: Option<bool>,
}

impl<'t> Look<'t> {
    pub(super) fn new(text: &'t str, range: Span, abbreviations: &'t [String]) -> Option<Self> {
        let words = text.get(range.range())?;
        let (start, end) = (range.from(), range.to());
        let digits = words.bytes().take_while(u8::is_ascii_digit).count();
        let letter = words.as_bytes().first().is_some_and(u8::is_ascii_lowercase);
        let stop = |at: usize| words.as_bytes().get(at..at + 2) == Some(b". ");
        let marked =
            if (1..=3).contains(&digits) && stop(digits) { Some(true) } else { (letter && stop(1)).then_some(false) };
        Some(Self { start, end, text, bytes: text.as_bytes(), abbreviations, marked })
    }

    /// The first place at or behind `from` that may end a sentence.
    pub(super) fn next(&self, from: usize) -> Option<usize> {
        let rest = self.bytes.get(from..self.end)?;
        rest.iter().position(|byte| is_candidate(*byte)).map(|found| from + found)
    }

    /// The last place before `to` that may end a sentence.
    pub(super) fn previous(&self, to: usize) -> Option<usize> {
        let rest = self.bytes.get(self.start..to)?;
        rest.iter().rposition(|byte| is_candidate(*byte)).map(|found| self.start + found)
    }

    /// Where the next sentence begins, if the byte at `at` ends one.
    pub(super) fn cut(&self, at: usize) -> Option<usize> {
        let cut = match self.bytes[at] {
            b'\n' => self.line_end(at),
            b')' => self.numbered(at),
            b'.' => self.stop(at),
            0xE2 => self.odd(at),
            _ => self.shout(at),
        }?;
        (cut > self.start && cut < self.end).then_some(cut)
    }

    fn byte(&self, at: usize) -> Option<u8> {
        (at >= self.start && at < self.end).then(|| self.bytes[at])
    }

    fn before(&self, at: usize) -> Option<u8> {
        at.checked_sub(1).and_then(|before| self.byte(before))
    }

    /// Behind the brackets and quotes that close at `at`.
    fn closed(&self, mut at: usize) -> usize {
        while let Some(byte) = self.byte(at) {
            let closes = match byte {
                b'"' | b')' | b']' | b'}' | b'*' => true,
                b'\'' => self.byte(at + 1).is_none_or(|next| !next.is_ascii_alphanumeric()),
                _ => false,
            };
            if !closes {
                // The curly closing quotes are folded in a reading text; this serves texts that are not.
                let curly = self.text[at..self.end].starts_with(['\u{201D}', '\u{2019}']);
                if !curly {
                    break;
                }
                at += 2;
            }
            at += 1;
        }
        at
    }

    /// Behind the white space at `at`, and how many line ends are in it.
    fn spaced(&self, mut at: usize) -> (usize, usize) {
        let mut lines = 0;
        while let Some(byte) = self.byte(at).filter(u8::is_ascii_whitespace) {
            lines += usize::from(byte == b'\n');
            at += 1;
        }
        (at, lines)
    }

    /// The run of bytes without white space that ends before `at`, its opening marks left out.
    fn token(&self, at: usize) -> usize {
        let floor = self.start.max(at.saturating_sub(80));
        let found = self.bytes[floor..at].iter().rposition(|b| b.is_ascii_whitespace() || b"([{\"'*/,;:".contains(b));
        let start = self.text.ceil_char_boundary(found.map_or(floor, |found| floor + found + 1));
        at - self.text[start..at].trim_start_matches(BULLETS).len()
    }

    fn first_char(&self, at: usize) -> Option<char> {
        self.text.get(at..self.end)?.chars().next()
    }

    /// A `!` or `?`.
    fn shout(&self, at: usize) -> Option<usize> {
        if self.byte(at + 1).is_some_and(|next| matches!(next, b'!' | b'?' | b'.')) {
            return None;
        }
        let behind = self.closed(at + 1);
        let (next, lines) = self.spaced(behind);
        let c = self.first_char(next)?;
        let apart = self.before(at).is_some_and(|before| before == b' ') && behind == at + 1;
        let begins = if next == behind { c.is_uppercase() } else { apart || lines > 1 || (begins(c) && c != '-') };
        begins.then_some(next)
    }

    /// An ellipsis in one character, or a bullet inside a line.
    fn odd(&self, at: usize) -> Option<usize> {
        match self.first_char(at)? {
            '\u{2026}' => {
                let behind = self.closed(at + 3);
                let (next, _) = self.spaced(behind);
                (next > behind && self.first_char(next)?.is_uppercase()).then_some(next)
            }
            c if BULLETS.contains(&c) => self.before(at).filter(u8::is_ascii_whitespace).map(|_| at),
            _ => None,
        }
    }

    /// `2)` or `2.)` inside a line begins an item.
    fn numbered(&self, at: usize) -> Option<usize> {
        let stop = at - usize::from(self.before(at) == Some(b'.'));
        let token = self.token(stop);
        let digits = self.bytes.get(token..stop)?;
        let short = (1..=2).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit);
        let alone = self.before(token).is_some_and(|before| before == b' ') && self.byte(at + 1) == Some(b' ');
        (short && alone && self.first_char(at + 2)?.is_uppercase()).then_some(token)
    }

    fn stop(&self, at: usize) -> Option<usize> {
        if self.byte(at + 1).is_some_and(|next| matches!(next, b'!' | b'?' | b'.')) {
            return None;
        }
        if self.byte(at + 1) == Some(b')') && self.before(at).is_some_and(|b| b.is_ascii_digit()) {
            return None;
        }
        let behind = self.closed(at + 1);
        let (next, lines) = self.spaced(behind);
        let c = self.first_char(next)?;
        if next == behind {
            // In exported notes a comma took the place of a line break.
            let instead = if c == ',' { next + 1 } else { next };
            let c = self.first_char(instead)?;
            return self.glued(at, instead, c).then_some(instead);
        }
        let token = self.token(at);
        let word = &self.text[token..at];
        if self.marked == Some(word.as_bytes().first().is_some_and(u8::is_ascii_digit))
            && self.is_mark(word)
            && token > self.start
            && self.before(token) == Some(b' ')
            && c.is_uppercase()
        {
            return Some(token);
        }
        if lines > 1 {
            return Some(next);
        }
        if self.before(at) == Some(b' ') {
            return self.apart(at, behind, c).then_some(next);
        }
        if word.ends_with('.') {
            // Three dots in brackets stand for words left out, not for an end.
            let left_out = self.before(behind) == Some(b']');
            return (!left_out && c.is_uppercase()).then_some(next);
        }
        self.ends(token..at, behind, c, next).then_some(next)
    }

    /// A stop with a blank before it: the tokens of a transcript, or dots set apart.
    fn apart(&self, at: usize, behind: usize, c: char) -> bool {
        let mut earlier = self.bytes[self.start..at].iter().rev().filter(|b| !b.is_ascii_whitespace());
        match earlier.next() {
            None => false,
            // Three dots stand for words left out; the fourth is the full stop.
            Some(b'.') => c.is_uppercase() && earlier.take_while(|b| **b == b'.').count() >= 2,
            Some(_) => c != '.' && (behind == at + 1 || begins(c)),
        }
    }

    /// Whether `word` before a stop is the number or letter of an item rather than a word.
    fn is_mark(&self, word: &str) -> bool {
        match self.marked {
            Some(true) => (1..=2).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit()),
            Some(false) => word.len() == 1 && word.bytes().all(|b| b.is_ascii_lowercase()),
            None => false,
        }
    }

    /// Whether the stop behind the word in `range` ends a sentence. White space begins at `behind`, `c` stands at `next`.
    fn ends(&self, range: Range<usize>, behind: usize, c: char, next: usize) -> bool {
        let (token, closed) = (range.start, behind > range.end + 1);
        let word = &self.text[range];
        if matches!(c, ',' | ';' | ':' | '.' | '?' | '!' | ')' | '/') {
            return false;
        }
        let letters = word.bytes().filter(u8::is_ascii_alphabetic).count();
        let dotted = word.contains('.') && letters * 2 >= word.len() && word.split('.').all(|part| part.len() <= 2);
        let single = word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
        let short = dotted || single || self.is_abbreviation(word);
        if c.is_lowercase() {
            let vowel = word.bytes().any(|b| b"aeiouy".contains(&b.to_ascii_lowercase()));
            return !closed && !short && vowel && letters >= 4 && letters == word.len();
        }
        if closed {
            return begins(c);
        }
        if word.bytes().all(|b| b.is_ascii_digit()) && word.len() <= 3 && self.opens(token) {
            return false;
        }
        if single && self.marked == Some(false) && token == self.start {
            return false;
        }
        if single && self.is_person_or_letter(word, token) {
            return true;
        }
        if short {
            return self.starts(next)
                || (!single && c.is_uppercase() && self.goes_no_further(token, word, behind, next));
        }
        if word.chars().count() <= 2 && !word.chars().all(char::is_alphanumeric) {
            return self.starts(next);
        }
        begins(c)
    }

    /// Whether an abbreviation before a capital is the end of what was said. Titles, which a name follows, are
    /// written with a capital themselves. Any other ends the line its writer ended, and one that names a thing
    /// (`25 min.`, `meds.`) ends a sentence in a line too.
    fn goes_no_further(&self, token: usize, word: &str, behind: usize, next: usize) -> bool {
        if !word.rsplit('.').next().is_some_and(|last| last.starts_with(char::is_lowercase)) {
            return false;
        }
        if let Some(end) = memchr(b'\n', &self.bytes[behind..next]) {
            return !self.is_full(behind + end, next);
        }
        let counted = self.text[self.start..token].trim_end().ends_with(|c: char| c.is_ascii_digit());
        !word.contains('.') && (counted || (word.len() > 2 && word.ends_with('s')))
    }

    /// Whether the line that ends at `end` is as wide as those around it that were broken inside a sentence, so that
    /// it may have been broken by its width too.
    fn is_full(&self, end: usize, next: usize) -> bool {
        let mut widest = 0;
        let line = self.line_of(end);
        self.neighbours(line, end, |from, to| {
            let broken = to < self.end && !self.text[from..to].trim_end().ends_with(['.', '!', '?', ':', ';']);
            if broken {
                widest = widest.max(to - from);
            }
        });
        widest >= NARROW && end - line + 1 + self.word_length(next) > widest
    }

    /// `I`, or a letter behind a long plain word (*vitamin C*), ends a sentence; an initial does not.
    fn is_person_or_letter(&self, word: &str, token: usize) -> bool {
        let Some(end) = token.checked_sub(1).filter(|end| *end > self.start) else { return false };
        let before = &self.text[self.token(end)..end];
        let plain = !before.is_empty() && before.bytes().all(|b| b.is_ascii_lowercase());
        plain && word.bytes().all(|b| b.is_ascii_uppercase()) && (word == "I" || before.len() > 5)
    }

    /// Whether a number at `token` stands where a sentence begins, so that it is the number of an item.
    fn opens(&self, token: usize) -> bool {
        let head = &self.bytes[self.start..token];
        if self.text[self.start..token].trim_end().ends_with(BULLETS) {
            return true;
        }
        let Some(found) = head.iter().rposition(|b| !b.is_ascii_whitespace()) else { return true };
        if head[found..].contains(&b'\n') {
            return true;
        }
        let at = self.start + found;
        match self.bytes[at] {
            b'.' => {
                let word = &self.text[self.token(at)..at];
                !word.is_empty() && !self.is_abbreviation(word) && word.len() > 1
            }
            byte => matches!(byte, b'!' | b'?' | b':'),
        }
    }

    fn is_abbreviation(&self, word: &str) -> bool {
        // Behind words run together (`Friday.Mr`) only the last part counts.
        let last = word.rsplit('.').next().unwrap_or(word);
        let known = |word: &str| self.abbreviations.iter().any(|known| known.eq_ignore_ascii_case(word));
        known(word) || (last.len() > 1 && last.len() < word.len() && known(last))
    }

    /// Whether a word that begins sentences stands at `at`.
    fn starts(&self, at: usize) -> bool {
        let rest = &self.text[at..self.end];
        let word = &rest[..rest.bytes().take_while(u8::is_ascii_alphabetic).count()];
        word.bytes().next().is_some_and(|first| first.is_ascii_uppercase())
            && STARTERS.iter().any(|starter| starter.eq_ignore_ascii_case(word))
    }

    /// A stop with no white space behind it ends a sentence where two words were run together.
    fn glued(&self, at: usize, next: usize, c: char) -> bool {
        let token = self.token(at);
        let word = &self.text[token..at];
        let whole = word.len() > 1 && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            || word.len() > 2 && word.bytes().skip(1).all(|b| b.is_ascii_lowercase())
            || !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        let follows = self.bytes[next..self.end].iter().take_while(|b| b.is_ascii_alphabetic()).count();
        let rest = &self.bytes[next..self.end.min(next + 80)];
        let tail = rest.iter().take_while(|b| !b.is_ascii_whitespace());
        let address = tail.clone().any(|b| matches!(b, b'@' | b'/'))
            || self.bytes[self.start.max(token.saturating_sub(1))..at].iter().any(|b| matches!(b, b'@' | b'/'))
            || self.text[token..at].starts_with("www");
        whole && c.is_uppercase() && (follows > 1 || next > at + 1) && !address && !self.is_abbreviation(word)
    }

    /// A line end that was meant: before a blank line or a list mark, or where the next word had room.
    fn line_end(&self, at: usize) -> Option<usize> {
        let (next, more) = self.spaced(at + 1);
        if more > 0 || self.is_bullet(next) {
            return Some(next);
        }
        let last = self.bytes[self.start..at].iter().rev().find(|b| !b.is_ascii_whitespace())?;
        let c = self.first_char(next)?;
        if matches!(last, b',' | b'-' | b'(' | b'/' | b'&') || !(begins(c) || c.is_ascii_digit()) {
            return None;
        }
        if matches!(last, b'.') && self.stop_before(at).is_none() {
            return None;
        }
        let line = self.line_of(at);
        (at - line + 1 + self.word_length(next) <= self.width(line, at)).then_some(next)
    }

    /// Where the line begins that `at` stands in.
    fn line_of(&self, at: usize) -> usize {
        memrchr(b'\n', &self.bytes[self.start..at]).map_or(self.start, |end| self.start + end + 1)
    }

    /// Bytes of the word at `at`.
    fn word_length(&self, at: usize) -> usize {
        self.bytes[at..self.end].iter().take_while(|b| !b.is_ascii_whitespace()).count()
    }

    fn stop_before(&self, at: usize) -> Option<usize> {
        let found = self.bytes[self.start..at].iter().rposition(|b| !b.is_ascii_whitespace())?;
        self.stop(self.start + found)
    }

    fn is_bullet(&self, at: usize) -> bool {
        let rest = &self.bytes[at..self.end];
        match rest {
            [b'-' | b'*', b' ' | b'\t', ..] | [0xE2, 0x80, 0xA2, ..] | [b'a'..=b'z', b')', b' ', ..] => true,
            _ => {
                let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
                (1..=2).contains(&digits) && matches!(rest.get(digits..), Some([b'.' | b')', b' ' | b'\t', ..]))
            }
        }
    }

    /// The longest of the lines around the one at `line..end`.
    fn width(&self, line: usize, end: usize) -> usize {
        let mut width = NARROW.max(end - line);
        self.neighbours(line, end, |from, to| width = width.max(to - from));
        width
    }

    /// Shows the lines around the one at `line..end`, a few to either side.
    fn neighbours(&self, line: usize, end: usize, mut see: impl FnMut(usize, usize)) {
        let mut to = line;
        for _ in 0..NEIGHBOURS {
            let Some(stop) = to.checked_sub(1).filter(|stop| *stop > self.start) else { break };
            to = self.line_of(stop);
            see(to, stop);
        }
        let mut from = end + 1;
        for _ in 0..NEIGHBOURS {
            let Some(rest) = self.bytes.get(from..self.end).filter(|rest| !rest.is_empty()) else { break };
            let length = memchr(b'\n', rest).unwrap_or(rest.len());
            see(from, from + length);
            from += length + 1;
        }
    }
}

fn is_candidate(byte: u8) -> bool {
    matches!(byte, b'.' | b'!' | b'?' | b'\n' | b')' | 0xE2)
}

/// Whether a character can begin a sentence behind a full stop.
fn begins(c: char) -> bool {
    !(c.is_lowercase() || matches!(c, ',' | ';' | ':' | '.' | ')' | ']' | '?' | '!' | '/' | '%' | '+' | '='))
}
