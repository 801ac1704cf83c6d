//! The date, for review dates and for dates that should not be past. The only reader of the clock.

/// Days since 1970-01-01, in UTC.
#[expect(clippy::disallowed_methods, reason = "this is where the clock is read")]
pub(super) fn today() -> Option<i32> {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok()?;
    i32::try_from(since.as_secs() / 86_400).ok()
}

/// Days since 1970-01-01 of a date written `YYYY-MM-DD`.
pub(super) fn days(date: &str) -> Option<i32> {
    let mut parts = date.trim().splitn(3, '-').map(|part| part.parse::<i32>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    // Counted from 1 March, so that the day that comes and goes is the last of the year.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let century = year.div_euclid(100);
    let in_years = year * 365 + year.div_euclid(4) - century + century.div_euclid(4);
    Some(in_years + (month * 153 + 2) / 5 + day - 1 - 719_468)
}

#[cfg(test)]
mod tests {
    use super::days;

    #[test]
    fn dates_become_days() {
        for (date, expect) in [
            ("1970-01-01", Some(0)),
            ("2000-03-01", Some(11_017)),
            ("2024-02-29", Some(19_782)),
            ("2026-13-01", None),
            ("soon", None),
        ] {
            assert_eq!(days(date), expect, "{date}");
        }
    }
}
