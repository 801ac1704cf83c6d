//! Days of the calendar, however they are written.

use super::{Look, is_one};

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

impl Look<'_> {
    /// A day of the week.
    pub(super) fn day(&mut self) -> bool {
        let word = self.word();
        let known = is_one(word, DAYS) || is_one(word, LONG_DAYS);
        if known {
            self.at += word.len();
            self.skip(&[' ', ',', '.']);
        }
        known
    }

    fn month(&mut self) -> bool {
        let word = self.word();
        let known = is_one(word, MONTHS) || is_one(word, LONG_MONTHS);
        if known {
            self.at += word.len();
        }
        known
    }

    pub(super) fn date(&mut self) -> bool {
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
        let clock = matches!(self.rest().as_bytes().get(digits..), Some([b':' | b'.', b'0'..=b'9', ..]));
        // In `14 March 0915` the year is left out.
        let long = digits == 4 && matches!(self.rest().get(..2), Some("19" | "20"));
        if (long || digits == 2) && !clock && self.at > before {
            self.at += digits;
        } else {
            self.at = before;
        }
    }

    /// `14/3`: a date only in company, because `3/7` is a number of days too, and `1/2` a half.
    pub(super) fn short_date(&mut self) -> bool {
        let (start, bytes) = (self.at, self.line.as_bytes());
        let day = self.digits();
        let month = bytes.iter().skip(start + day + 1).take_while(|b| b.is_ascii_digit()).count();
        if !(1..=2).contains(&day) || !(1..=2).contains(&month) || bytes[start + day] != b'/' {
            return false;
        }
        let end = start + day + 1 + month;
        let number = |range: std::ops::Range<usize>| self.line[range].parse::<u32>().unwrap_or(0);
        let fits = (1..=31).contains(&number(start..start + day)) && (1..=12).contains(&number(end - month..end));
        if !fits || bytes.get(end).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'/') {
            return false;
        }
        self.at = end;
        true
    }
}
