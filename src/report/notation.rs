//! JSON and XML text in which no word of a document gives an order to a build server that reads it in its log.

use super::clean::ORDER;
use memchr::memmem;
use serde::Serialize;
use std::io::{self, Write};

/// Writes `value` as indented JSON and a line end.
pub(super) fn pretty(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    write(out, &serde_json::to_vec_pretty(value)?)
}

/// Writes `value` as JSON on one line.
pub(super) fn line(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    write(out, &serde_json::to_vec(value)?)
}

/// The order can stand inside a string only, where a sign may be written by its number: the value stays the same.
fn write(out: &mut dyn Write, text: &[u8]) -> io::Result<()> {
    let mut from = 0;
    for at in memmem::find_iter(text, ORDER) {
        out.write_all(&text[from..=at])?;
        out.write_all(b"\\u0023")?;
        from = at + 2;
    }
    out.write_all(&text[from..])?;
    out.write_all(b"\n")
}

/// `text` for an attribute or the words of an element. Signs that XML cannot hold at all are replaced.
pub(super) fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(c),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ if c.is_control() => out.push('\u{fffd}'),
            _ => out.push(c),
        }
    }
    out.replace(ORDER, "#&#35;[")
}

#[cfg(test)]
mod tests {
    use super::{line, xml};

    #[test]
    fn an_order_in_a_string_keeps_its_value_and_loses_its_form() {
        let words = "a ##[add-path]b ##[##[ ###[";
        let mut out = Vec::new();
        line(&mut out, &words).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(!text.contains("##["), "{text}");
        assert_eq!(serde_json::from_str::<String>(&text).unwrap(), words);
    }

    #[test]
    fn xml_holds_no_sign_that_it_may_not() {
        assert_eq!(xml("a<b>&\"c\" \u{1}\u{ffff} ##[x"), "a&lt;b&gt;&amp;&quot;c&quot; \u{fffd}\u{fffd} #&#35;[x");
    }
}
