//! The date, for review dates and for dates that should not be past. The only reader of the clock.

pub(super) use crate::settle::date::days;

/// Days since 1970-01-01, in UTC.
#[expect(clippy::disallowed_methods, reason = "this is where the clock is read")]
pub(super) fn today() -> Option<i32> {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok()?;
    i32::try_from(since.as_secs() / 86_400).ok()
}
