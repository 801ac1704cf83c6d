//! Dates and times as people write them at the head of a note.

/// Length of the date or time that `line` opens with.
pub(crate) fn stamp(line: &str) -> Option<usize> {
    let _ = line;
    None
}
