//! Where a finding stands, for programs: a path, lines and columns, or a place in words where there are no lines.

use super::words::{name, whereabouts_in};
use crate::document::{Document, Place, Position, Unit};
use crate::span::Span;

/// First position of `span`, and the one behind it, in columns of `unit`; `None` where the source has no lines, and for
/// a part of a file, whose lines are not those of the file.
pub(super) fn lines(document: &Document, span: Span, unit: Unit) -> Option<(Position, Position)> {
    if document.part().is_some() {
        return None;
    }
    document.lines(span, unit).or_else(|| {
        let end = if span.is_empty() { span.start } else { span.end };
        match (document.place(span.start), document.place(end)) {
            (Place::Line { line, column }, Place::Line { line: end_line, column: end_column }) => {
                Some((Position { line, column }, Position { line: end_line, column: end_column }))
            }
            _ => None,
        }
    })
}

/// The place in words and what sort of place it is, where it is no line of the file.
pub(super) fn unlined(document: &Document, place: &Place) -> Option<(String, &'static str)> {
    let sort = match place {
        Place::Line { .. } if document.part().is_none() => return None,
        Place::Line { .. } => "part",
        Place::Page { .. } => "page",
        Place::Paragraph { .. } => "paragraph",
        Place::Cell { .. } => "cell",
        Place::Path { .. } => "path",
    };
    let whole = whereabouts_in(document, place);
    let words = whole.strip_prefix(&*name(document.name())).unwrap_or(&whole);
    Some((words.trim_start_matches([',', ' ']).to_owned(), sort))
}

/// The path as build servers write it: with forward slashes, without `./` in front.
pub(super) fn path(name: &str) -> String {
    let path = if cfg!(windows) { name.replace('\\', "/") } else { name.to_owned() };
    path.strip_prefix("./").map(str::to_owned).unwrap_or(path)
}

/// The path as a URI reference, and whether it is relative to where the program was started.
pub(super) fn uri(name: &str) -> (String, bool) {
    let path = path(name);
    let drive = cfg!(windows) && path.as_bytes().get(1) == Some(&b':');
    let mut uri = match (path.starts_with('/'), drive) {
        (true, _) => "file://".to_owned(),
        (_, true) => "file:///".to_owned(),
        _ => String::new(),
    };
    let relative = uri.is_empty();
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            // A colon in the first part of a relative reference would read as a scheme, so none is left bare.
            _ => {
                let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('0').to_ascii_uppercase();
                uri.extend(['%', digit(byte >> 4), digit(byte & 15)]);
            }
        }
    }
    (uri, relative)
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn paths_become_uris() {
        for (path, expect, relative) in [
            ("policies/a b.md", "policies/a%20b.md", true),
            ("./note.md", "note.md", true),
            ("\u{e9}t\u{e9}#1.md", "%C3%A9t%C3%A9%231.md", true),
            ("a:b.md", "a%3Ab.md", true),
            ("/srv/x.md", "file:///srv/x.md", false),
        ] {
            assert_eq!(uri(path), (expect.to_owned(), relative), "{path}");
        }
    }
}
