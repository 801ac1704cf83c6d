//! Makes foreign text safe to show: no character of a document may steer a terminal, turn a line around, or give
//! an order to a build server that reads its own log.
//!
//! Every replacement has the byte length of what it replaces, so spans stay true and columns stay right.

use std::borrow::Cow;

/// `text` with control and direction characters replaced by visible ones of the same byte length.
/// Line feeds and tabs stay.
pub fn clean(text: &str) -> Cow<'_, str> {
    if !is_order(text) && text.chars().all(|c| c == '\n' || is_safe(c)) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(replace(text, true))
    }
}

/// Like [`clean`], for text that must stay on one line: line feeds and tabs become spaces.
pub fn one_line(text: &str) -> Cow<'_, str> {
    if !is_order(text) && text.chars().all(|c| c != '\t' && is_safe(c)) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(replace(text, false))
    }
}

fn replace(text: &str, keep_lines: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\t' if keep_lines => out.push(c),
            '\n' | '\t' | '\r' => out.push(' '),
            _ if is_safe(c) => out.push(c),
            _ => out.push_str(match c.len_utf8() {
                1 => "?",
                2 => "\u{b7}",
                3 => "\u{fffd}",
                _ => "\u{fffd}?",
            }),
        }
    }
    if is_order(&out) { out.replace(ORDER, "#?[") } else { out }
}

/// Build servers take this for the beginning of an order wherever it stands in a line of their log.
pub(super) const ORDER: &str = "##[";

fn is_order(text: &str) -> bool {
    text.contains(ORDER)
}

/// Whether a terminal shows `c` and does nothing else with it. A line feed is not, a tab is.
fn is_safe(c: char) -> bool {
    match c {
        '\t' => true,
        _ if c.is_control() => false,
        // Marks, embeddings, overrides and isolates of writing direction; separators of lines and paragraphs;
        // characters without a width that could hide a word from the eye; interlinear notes and tags.
        // The joiners stay: emoji and scripts need them.
        '\u{61c}'
        | '\u{200b}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{2069}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}' => false,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::{clean, one_line};

    #[test]
    fn whatever_is_replaced_keeps_its_length_in_bytes() {
        for c in ['\u{1b}', '\u{7}', '\r', '\u{85}', '\u{61c}', '\u{202e}', '\u{2067}', '\u{feff}', '\u{e0041}'] {
            let text = format!("a{c}b");
            let shown = clean(&text);
            assert_eq!(shown.len(), text.len(), "{:x}", c as u32);
            assert!(!shown.contains(c), "{:x}", c as u32);
        }
    }

    #[test]
    fn honest_text_is_not_copied() {
        for text in [
            "plain",
            "two\nlines\tand a tab",
            "na\u{ef}ve e\u{301} \u{1f9d1}\u{200d}\u{1f680} \u{5e9}\u{5dc}\u{5d5}\u{5dd}",
        ] {
            assert!(matches!(clean(text), std::borrow::Cow::Borrowed(_)), "{text}");
        }
    }

    #[test]
    fn no_text_gives_orders_to_a_build_server() {
        for text in ["##[add-path]bin", "a\u{7}##[error]b", "###[x]"] {
            assert!(!clean(text).contains("##[") && !one_line(text).contains("##["), "{text}");
            assert_eq!(clean(text).len(), text.len());
        }
    }

    #[test]
    fn one_line_has_no_line_break() {
        assert_eq!(one_line("a\r\nb\tc"), "a  b c");
    }
}
