//! Times of day, and spans of them.

use super::Look;

impl Look<'_> {
    /// `15:10`, `15.10`, `1510 hrs`, `3pm`, `3.10 pm`, and a span of two.
    pub(super) fn time(&mut self) -> bool {
        if !self.clock() {
            return false;
        }
        let first = self.at;
        self.certain |= self.bare.is_some();
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
            if fits && (self.unit() || self.certain) {
                return true;
            }
            let value = number(start, start + 4).filter(|value| *value < 2400);
            if fits && value.is_some() && self.is_followed() {
                self.bare = self.bare.or(value);
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

    /// Whether what follows four figures makes a time of them: a dash and words, a second time, or who wrote.
    fn is_followed(&self) -> bool {
        let rest = self.rest();
        let Some(behind) = rest.trim_start().strip_prefix('-') else { return self.is_signed() };
        // `1800-calorie` is one word.
        if rest.starts_with('-') && behind.starts_with(|c: char| c.is_lowercase()) {
            return false;
        }
        let behind = behind.trim_start();
        if !behind.starts_with(|c: char| c.is_ascii_digit()) {
            return true;
        }
        let mut second = Look { line: self.line, at: self.line.len() - behind.len(), certain: true, bare: None };
        second.clock() && (second.rest().trim().is_empty() || second.is_followed())
    }
}
