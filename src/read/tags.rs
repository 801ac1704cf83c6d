//! HTML inside a text: what is words and what is tag.

use std::ops::Range;

/// A part of embedded HTML.
pub(super) enum Part {
    /// Words, as a range of the text.
    Words(Range<usize>),
    /// A character that is written as an entity.
    Sign(&'static str, Range<usize>),
    /// A tag that parts what is before it from what is behind it.
    Border,
}

/// Tags inside running text; all others part blocks.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "cite", "code", "em", "font", "i", "img", "mark", "q", "s", "small", "span", "strong", "sub",
    "sup", "u", "wbr",
];

/// Elements whose content is never read, and how each ends.
const HIDDEN: &[(&str, &str)] = &[("<!--", "-->"), ("<script", "</script"), ("<style", "</style"), ("<svg", "</svg")];

/// The entities that running text uses.
const ENTITIES: &[(&str, &str)] = &[
    ("&nbsp;", " "),
    ("&amp;", "&"),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&quot;", "\""),
    ("&#39;", "'"),
    ("&apos;", "'"),
    ("&lsquo;", "'"),
    ("&rsquo;", "'"),
    ("&ldquo;", "\""),
    ("&rdquo;", "\""),
    ("&ndash;", "\u{2013}"),
    ("&mdash;", "\u{2014}"),
    ("&hellip;", "\u{2026}"),
];

/// The parts of `range` of `text`. `hidden` is what still has to come before anything is read again; it is
/// carried from one call to the next, because HTML comes line by line.
pub(super) fn parts(text: &str, range: Range<usize>, hidden: &mut Option<&'static str>) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let rest = &text[at..range.end];
        if let Some(end) = *hidden {
            let Some(found) = find(rest, end) else { return parts };
            at += found + end.len();
            *hidden = None;
            continue;
        }
        if let Some((written, sign)) = ENTITIES.iter().find(|(written, _)| rest.starts_with(written)) {
            parts.push(Part::Sign(sign, at..at + written.len()));
            at += written.len();
            continue;
        }
        if !rest.starts_with('<') {
            let first = rest.chars().next().map_or(1, char::len_utf8);
            let end = rest[first..].find(['<', '&']).map_or(range.end, |found| at + first + found);
            parts.push(Part::Words(at..end));
            at = end;
            continue;
        }
        let begins = |word: &str| rest.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
        if let Some((start, end)) = HIDDEN.iter().find(|(start, _)| begins(start)) {
            *hidden = Some(end);
            at += start.len();
            continue;
        }
        let name = rest.trim_start_matches(['<', '/']);
        let name = &name[..name.bytes().take_while(u8::is_ascii_alphanumeric).count()];
        if name.is_empty() && !rest.starts_with("<!") && !rest.starts_with("<?") {
            // A bare `<` is a sign, not a tag.
            parts.push(Part::Words(at..at + 1));
            at += 1;
            continue;
        }
        if !INLINE.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            parts.push(Part::Border);
        }
        // A tag may go on in the next line; what is left of it there ends at its bracket.
        let Some(close) = rest.find('>') else {
            *hidden = Some(">");
            return parts;
        };
        at += close + 1;
    }
    parts
}

/// Where `word` stands in `text`, in any case of letters.
fn find(text: &str, word: &str) -> Option<usize> {
    text.as_bytes().windows(word.len()).position(|window| window.eq_ignore_ascii_case(word.as_bytes()))
}
