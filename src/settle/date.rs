//! Dates as answers have them: `YYYY-MM-DD`, to days since 1970-01-01.

/// Days since 1970-01-01 of a date written `YYYY-MM-DD`; `None` when there is no such day.
pub fn days(date: &str) -> Option<i32> {
    let mut parts = date.trim().splitn(3, '-').map(|part| part.parse::<i32>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let length = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + i32::from(leap),
        _ => return None,
    };
    if !(1..=length).contains(&day) || !(0..=9999).contains(&year) {
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
            ("2023-02-29", None),
            ("2026-04-31", None),
            ("2026-13-01", None),
            ("99999999-01-01", None),
            ("soon", None),
        ] {
            assert_eq!(days(date), expect, "{date}");
        }
    }
}
