//! Lengths of time as people write them: `4 hours`, `25 minutes`, `6 weeks`.

/// Units of time by their first letters, in seconds. A month counts 31 days and a year 366, so that a limit is
/// never passed by the calendar alone.
const UNITS: [(&str, u64); 8] = [
    ("second", 1),
    ("minute", 60),
    ("hour", 3_600),
    ("day", 86_400),
    ("week", 604_800),
    ("fortnight", 1_209_600),
    ("month", 2_678_400),
    ("year", 31_622_400),
];

/// The seconds that `text` stands for: a number and a unit.
pub(in crate::rule) fn seconds(text: &str) -> Option<u64> {
    let mut words = text.split_whitespace();
    let (number, unit) = (words.next()?, words.next()?);
    if words.next().is_some() {
        return None;
    }
    let number: u64 = number.parse().ok().filter(|number| *number > 0)?;
    let unit = unit.strip_suffix('s').unwrap_or(unit);
    let (_, seconds) = UNITS.iter().find(|(name, _)| *name == unit)?;
    number.checked_mul(*seconds)
}

/// Whether `text` is a date as `2027-06-30`.
pub(in crate::rule) fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |part: &str, digits: usize| {
        (part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit())).then(|| part.parse::<u16>().ok())?
    };
    match parts.as_slice() {
        [year, month, day] => {
            number(year, 4).is_some()
                && number(month, 2).is_some_and(|month| (1..=12).contains(&month))
                && number(day, 2).is_some_and(|day| (1..=31).contains(&day))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_of_time_is_a_number_and_a_unit() {
        for (text, expect) in [
            ("4 hours", Some(14_400)),
            ("1 hour", Some(3_600)),
            ("25 minutes", Some(1_500)),
            ("6 weeks", Some(3_628_800)),
            ("0 hours", None),
            ("four hours", None),
            ("4", None),
            ("4 hours or so", None),
        ] {
            assert_eq!(seconds(text), expect, "{text}");
        }
    }

    #[test]
    fn a_date_is_written_year_first() {
        assert!(is_date("2027-06-30"));
        for text in ["30-06-2027", "2027-13-01", "2027-6-30", "soon", "2027-06-30-1"] {
            assert!(!is_date(text), "{text}");
        }
    }
}
