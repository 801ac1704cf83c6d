//! Metadata between `---` lines at the head of a text.

use crate::document::Builder;
use std::ops::Range;

/// The front matter of `text`, its fences included, if it has one.
pub(super) fn range(text: &str) -> Option<Range<usize>> {
    let mut at = 0;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let bare = line.trim_end();
        match index {
            0 if bare != "---" => return None,
            0 => {}
            _ if bare == "---" || bare == "..." => {
                let inner = &text[..at];
                return inner.lines().skip(1).any(|line| pair(line).is_some()).then_some(0..at + line.len());
            }
            _ if index > 400 => return None,
            _ => {}
        }
        at += line.len();
    }
    None
}

/// Tells the builder every plain value at the top level, and the items of top-level lists.
pub(super) fn header(front: &str, into: &mut Builder) {
    let mut list = "";
    for line in front.lines() {
        if let Some((key, value)) = pair(line) {
            list = key;
            if !value.is_empty() {
                into.header(key, value);
            }
        } else if let Some(item) = line.trim_start().strip_prefix("- ")
            && !list.is_empty()
        {
            into.header(list, unquoted(item));
        }
    }
}

/// Key and value of a line at the top level.
fn pair(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let plain = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ' | '.'));
    if !plain || key.starts_with([' ', '-']) || !(value.is_empty() || value.starts_with([' ', '\t', '\r'])) {
        return None;
    }
    Some((key.trim_end(), unquoted(value)))
}

/// A value without its comment and its quotes.
fn unquoted(value: &str) -> &str {
    let value = value.trim();
    for quote in ['"', '\''] {
        if let Some(rest) = value.strip_prefix(quote)
            && let Some((inner, _)) = rest.split_once(quote)
        {
            return inner;
        }
    }
    value.split_once(" #").map_or(value, |(before, _)| before.trim_end())
}
