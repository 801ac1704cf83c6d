//! The shift of a note, which stands in for its time or says more about it.

use super::{Look, is_one};

/// What shifts are called is part of how a time is written, like `am`.
const SHIFTS: &[&str] =
    &["early", "late", "night", "nights", "day", "twilight", "morning", "afternoon", "evening", "am", "pm"];

impl Look<'_> {
    /// `PM shift`, `EARLY`, or `Late` before a border. Small words that go on in a sentence are none.
    pub(super) fn shift(&mut self) -> bool {
        let start = self.at;
        if self.word().is_empty() {
            return false;
        }
        if self.word().eq_ignore_ascii_case("long") {
            self.at += 4;
            self.skip(&[' ']);
        }
        let word = self.word();
        if !is_one(word, SHIFTS) {
            self.at = start;
            return false;
        }
        self.at += word.len();
        let behind = self.at;
        self.skip(&[' ']);
        let unit = self.word();
        if is_one(unit, &["shift", "shifts", "duty"]) {
            self.at += unit.len();
            return true;
        }
        self.at = behind;
        let border =
            self.rest().trim_start().chars().next().is_none_or(|c| matches!(c, '-' | ':' | ',' | '|' | ')' | '*'));
        if border || is_caps(word) {
            return true;
        }
        self.at = start;
        false
    }

    /// Whether a shift or a member of staff in capitals stands behind one blank at `at`: `EARLY`, `S/N Yarrow`, `KE:`.
    pub(super) fn is_signed(&self) -> bool {
        let Some(words) = self.rest().strip_prefix(' ') else { return false };
        let word = &words[..words.bytes().take_while(u8::is_ascii_alphabetic).count()];
        if is_caps(word) && is_one(word, SHIFTS) {
            return true;
        }
        let part = |b: &u8| b.is_ascii_uppercase() || matches!(b, b'/' | b'.' | b'0'..=b'9');
        let length = words.bytes().take_while(part).count();
        let letters = words[..length].bytes().filter(u8::is_ascii_uppercase).count();
        let behind = &words[length..];
        let named =
            behind.strip_prefix(' ').is_some_and(|name| name.starts_with(|c: char| c.is_uppercase() || c == '-'));
        (2..=5).contains(&letters) && (behind.is_empty() || behind.starts_with([':', ',', '-']) || named)
    }
}

fn is_caps(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_uppercase())
}
