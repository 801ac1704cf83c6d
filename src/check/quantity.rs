//! Times as people write them: "every six hours", "4-hourly", "for 25 mins", "within 72 hours", a date.

use crate::rule::Quantity;
use crate::span::Span;

/// A time that was stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stated {
    /// Its words.
    pub(super) span: Span,
    /// Seconds; for a date, days since 1970-01-01.
    pub(super) value: i64,
}

/// Every time of one sort in `range`.
pub(super) fn stated(text: &str, range: Span, quantity: Quantity) -> Vec<Stated> {
    let words = words(text, range);
    match quantity {
        Quantity::Date => (0..words.len()).filter_map(|at| date(text, &words, at)).collect(),
        Quantity::Interval => (0..words.len()).filter_map(|at| interval(text, &words, at)).collect(),
        Quantity::Duration => {
            after(text, &words, &["for", "lasting", "lasted", "exceed", "exceeding", "of", "to", "maximum"])
        }
        Quantity::Deadline => after(text, &words, &["within", "in", "under"]),
    }
}

fn words(text: &str, range: Span) -> Vec<Span> {
    crate::scan::tokens(&text[range.range()])
        .into_iter()
        .map(|(start, end)| Span::new(start + range.from(), end + range.from()))
        .collect()
}

fn lower(text: &str, word: Span) -> String {
    text[word.range()].to_lowercase()
}

/// Numbers as words.
const SPELT: [(&str, u32); 30] = [
    ("a", 1),
    ("an", 1),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("eighteen", 18),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("ninety", 90),
    ("half", 0),
    ("seventy", 70),
    ("eighty", 80),
    ("hundred", 100),
    ("other", 2),
];

/// A number in figures or words, and how many tokens it takes.
fn number(text: &str, words: &[Span], at: usize) -> Option<(f64, usize)> {
    let word = lower(text, *words.get(at)?);
    if let Ok(figures) = word.parse::<u32>() {
        let joined = words.get(at + 1).filter(|next| text[words[at].to()..next.from()] == *".");
        if let Some(fraction) = joined.and_then(|next| format!("{word}.{}", &text[next.range()]).parse::<f64>().ok()) {
            return Some((fraction, 2));
        }
        return Some((f64::from(figures), 1));
    }
    let (_, value) = SPELT.iter().find(|(name, _)| *name == word)?;
    let tens = f64::from(*value);
    if *value >= 20 && *value <= 90 {
        let ones = words.get(at + 1).map(|next| lower(text, *next));
        let ones = ones.and_then(|ones| {
            SPELT.iter().find(|(name, value)| *name == ones && (1..10).contains(value) && ones.len() > 2)
        });
        if let Some((_, ones)) = ones {
            return Some((tens + f64::from(*ones), 2));
        }
    }
    Some((tens, 1))
}

/// Seconds of a unit of time.
fn unit(word: &str) -> Option<f64> {
    match word {
        "second" | "seconds" | "sec" | "secs" => Some(1.0),
        "minute" | "minutes" | "min" | "mins" | "minutely" => Some(60.0),
        "hour" | "hours" | "hr" | "hrs" | "hourly" => Some(3_600.0),
        "day" | "days" | "daily" => Some(86_400.0),
        "week" | "weeks" | "weekly" => Some(604_800.0),
        "month" | "months" | "monthly" => Some(2_629_800.0),
        "year" | "years" | "yearly" | "annually" => Some(31_557_600.0),
        _ => None,
    }
}

/// A number and a unit from token `at` on: seconds, and the tokens taken.
fn amount(text: &str, words: &[Span], at: usize) -> Option<(f64, usize)> {
    let (value, taken) = number(text, words, at)?;
    let next = words.get(at + taken).map(|word| lower(text, *word))?;
    if matches!(next.as_str(), "calendar" | "working" | "consecutive" | "business") {
        let unit = words.get(at + taken + 1).and_then(|word| unit(&lower(text, *word)))?;
        return Some((value * unit, taken + 2));
    }
    Some((value * unit(&next)?, taken + 1))
}

#[expect(clippy::cast_possible_truncation, reason = "times in rules and policies are far below 2^53 seconds")]
fn seconds(value: f64) -> i64 {
    value.round() as i64
}

fn interval(text: &str, words: &[Span], at: usize) -> Option<Stated> {
    let word = lower(text, words[at]);
    if word == "every" || word == "each" {
        if let Some((value, taken)) = amount(text, words, at + 1) {
            return Some(Stated { span: words[at].cover(words[at + taken]), value: seconds(value) });
        }
        let unit = words.get(at + 1).and_then(|next| unit(&lower(text, *next)))?;
        return Some(Stated { span: words[at].cover(words[at + 1]), value: seconds(unit) });
    }
    if word.ends_with("ly") {
        let unit = unit(&word)?;
        if let Some((value, 1)) = at.checked_sub(1).and_then(|before| number(text, words, before)) {
            return Some(Stated { span: words[at - 1].cover(words[at]), value: seconds(value * unit) });
        }
        return Some(Stated { span: words[at], value: seconds(unit) });
    }
    None
}

/// Amounts that follow one of `openers`, with up to three words between ("for a maximum of 4 hours").
fn after(text: &str, words: &[Span], openers: &[&str]) -> Vec<Stated> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let Some((value, taken)) = amount(text, words, at) else {
            at += 1;
            continue;
        };
        let first = at.saturating_sub(4);
        if words[first..at].iter().any(|word| openers.contains(&lower(text, *word).as_str())) {
            found.push(Stated { span: words[at].cover(words[at + taken - 1]), value: seconds(value) });
        }
        at += taken;
    }
    found
}

/// `2026-03-14`, `14/03/2026`, `14 March 2026`, `March 2026`.
fn date(text: &str, words: &[Span], at: usize) -> Option<Stated> {
    let figure = |index: usize| words.get(index).and_then(|word| text[word.range()].parse::<i32>().ok());
    let month_name = |index: usize| words.get(index).and_then(|word| month(&lower(text, *word)));
    let (year, month, day, taken) = match (figure(at), figure(at + 1), figure(at + 2)) {
        (Some(year), Some(month), Some(day)) if year > 1900 && text[words[at].to()..].starts_with('-') => {
            (year, month, day, 3)
        }
        (Some(day), Some(month), Some(year)) if year > 1900 && !text[words[at].to()..].starts_with(' ') => {
            (year, month, day, 3)
        }
        (Some(day), None, Some(year)) if year > 1900 => (year, month_name(at + 1)?, day, 3),
        (None, Some(year), _) if year > 1900 => {
            let before = at.checked_sub(1).and_then(figure);
            if before.is_some() {
                return None;
            }
            (year, month_name(at)?, 28, 2)
        }
        _ => return None,
    };
    let value = days(year, month, day)?;
    Some(Stated { span: words[at].cover(words[at + taken - 1]), value: i64::from(value) })
}

/// Minutes since midnight of the time of day that a stamp holds: `02:10`, `0210`, `2.10 pm`, `3pm`; of two, the first.
pub(super) fn clock(stamp: &str) -> Option<i64> {
    let all = Span::new(0, stamp.len());
    let words = words(stamp, all);
    let number = |at: usize| words.get(at).and_then(|word| stamp[word.range()].parse::<i64>().ok());
    let joined = |at: usize, sign: char| {
        words.get(at + 1).is_some_and(|next| stamp[words[at].to()..next.from()].chars().eq([sign]))
    };
    let (minutes, behind) = (0..words.len()).find_map(|at| {
        let value = number(at);
        let hour = value.filter(|hour| *hour < 25 && (joined(at, ':') || joined(at, '.')));
        let minute = number(at + 1).filter(|minute| *minute < 60 && words[at + 1].len() == 2);
        if let Some((hour, minute)) = hour.zip(minute) {
            return Some((hour * 60 + minute, at + 2));
        }
        if words[at].len() == 4 && (at == 0 || at > 2) {
            return value.filter(|value| value % 100 < 60 && *value < 2500).map(|v| (v / 100 * 60 + v % 100, at + 1));
        }
        let unit = words.get(at + 1).map(|next| lower(stamp, *next))?;
        let hour = value.filter(|hour| *hour < 25 && matches!(unit.as_str(), "am" | "pm" | "h" | "hrs"));
        hour.map(|hour| (hour * 60, at + 1))
    })?;
    let after = words.get(behind).map(|word| lower(stamp, *word)).unwrap_or_default();
    let (noon, morning) = (after.ends_with("pm"), after.ends_with("am"));
    Some(match minutes / 60 {
        12 if morning => minutes - 720,
        hour if noon && hour < 12 => minutes + 720,
        _ => minutes,
    })
}

fn month(word: &str) -> Option<i32> {
    const NAMES: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let short = word.get(..3)?;
    let at = NAMES.iter().position(|name| *name == short)?;
    i32::try_from(at + 1).ok()
}

/// Days since 1970-01-01 of a date of the common calendar.
fn days(year: i32, month: i32, day: i32) -> Option<i32> {
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) || !(1900..=2200).contains(&year) {
        return None;
    }
    let shifted = if month > 2 { year } else { year - 1 };
    let era = shifted.div_euclid(400);
    let of_era = shifted - era * 400;
    let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

#[cfg(test)]
mod tests {
    use super::{Span, clock, days, stated};
    use crate::rule::Quantity;

    fn check(text: &str, quantity: Quantity, expect: &[(&str, i64)]) {
        let found = stated(text, Span::new(0, text.len()), quantity);
        let found: Vec<_> = found.iter().map(|stated| (&text[stated.span.range()], stated.value)).collect();
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn intervals_are_read_in_words_and_figures() {
        check("a medical review every six hours", Quantity::Interval, &[("every six hours", 21_600)]);
        check("4-hourly review, then 2 hourly", Quantity::Interval, &[("4-hourly", 14_400), ("2 hourly", 7_200)]);
        check("observed every 15 minutes", Quantity::Interval, &[("every 15 minutes", 900)]);
        check("reviewed hourly", Quantity::Interval, &[("hourly", 3_600)]);
    }

    #[test]
    fn durations_and_deadlines_need_their_word() {
        check("restrained for 25 minutes by four staff", Quantity::Duration, &[("25 minutes", 1_500)]);
        check("a debrief within twenty four hours", Quantity::Deadline, &[("twenty four hours", 86_400)]);
        check("aged 25 years", Quantity::Duration, &[]);
    }

    #[test]
    fn a_stamp_holds_a_time_of_day() {
        for (stamp, expect) in [
            ("02:10", Some(130)),
            ("0210", Some(130)),
            ("2.10 pm", Some(850)),
            ("3pm", Some(900)),
            ("12.05 am", Some(5)),
            ("14/03/2026 02:10", Some(130)),
            ("23:50 hrs", Some(1_430)),
            ("02:10-02:25", Some(130)),
            ("14 March 2026", None),
        ] {
            assert_eq!(clock(stamp), expect, "{stamp}");
        }
    }

    #[test]
    fn dates_are_days() {
        assert_eq!(days(1970, 1, 1), Some(0));
        assert_eq!(days(2000, 3, 1), Some(11_017));
        check("Review date: 14/03/2026", Quantity::Date, &[("14/03/2026", 20_526)]);
        check("review by 14 March 2026", Quantity::Date, &[("14 March 2026", 20_526)]);
        check("next review 2026-03-14", Quantity::Date, &[("2026-03-14", 20_526)]);
        check("review March 2026", Quantity::Date, &[("March 2026", 20_540)]);
    }
}
