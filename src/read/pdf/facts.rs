//! What a file says of itself: its title and dates, its outline, the values of its fields, whether it is whole.

use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Array, DateTime, Dict, Name, String as Text};
use hayro_interpret::hayro_syntax::page::Page;
use memchr::memmem;
use std::collections::BTreeMap;

/// Title and dates, as key and value.
pub(super) fn header(pdf: &Pdf) -> Vec<(&'static str, String)> {
    let known = pdf.metadata();
    let mut header = Vec::new();
    let title = known.title.as_deref().map(decoded).filter(|title| !title.trim().is_empty());
    header.extend(title.map(|title| ("title", title.trim().to_owned())));
    header.extend(known.creation_date.as_ref().map(|date| ("created", day(date))));
    header.extend(known.modification_date.as_ref().map(|date| ("modified", day(date))));
    header
}

fn day(date: &DateTime) -> String {
    format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)
}

/// A text string: UTF-16 or UTF-8 behind its mark, or else one byte a character.
pub(super) fn decoded(bytes: &[u8]) -> String {
    if let Some(rest) = bytes.strip_prefix(b"\xFE\xFF") {
        return encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned();
    }
    let rest = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match std::str::from_utf8(rest) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(rest).0.into_owned(),
    }
}

/// More entries of an outline than this are not looked at, nor deeper ones.
const ENTRIES: usize = 4000;
const DEEP: u8 = 6;

/// The titles of the outline, folded by [`same`], with their depth from 1.
pub(super) fn outline(pdf: &Pdf) -> BTreeMap<String, u8> {
    let mut titles = BTreeMap::new();
    let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id());
    let first = catalog.and_then(|catalog| catalog.get::<Dict<'_>>(b"Outlines")).and_then(|top| top.get(b"First"));
    let mut waiting: Vec<(Dict<'_>, u8)> = first.map(|first| (first, 1)).into_iter().collect();
    let mut left = ENTRIES;
    while let Some((entry, depth)) = waiting.pop() {
        left -= 1;
        if left == 0 {
            break;
        }
        if let Some(title) = entry.get::<Text<'_>>(b"Title") {
            titles.entry(same(&decoded(title.as_bytes()))).or_insert(depth);
        }
        waiting.extend(entry.get::<Dict<'_>>(b"Next").map(|next| (next, depth)));
        if depth < DEEP {
            waiting.extend(entry.get::<Dict<'_>>(b"First").map(|first| (first, depth + 1)));
        }
    }
    titles.remove("");
    titles
}

/// Letters alone, small: what a title in the outline and on its page have in common.
pub(super) fn same(title: &str) -> String {
    title.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect()
}

/// Values typed into fields that the file does not draw.
pub(super) fn fields(page: &Page<'_>) -> Vec<String> {
    let Some(annotations) = page.raw().get::<Array<'_>>(b"Annots") else { return Vec::new() };
    let value = |field: Dict<'_>| {
        let widget = field.get::<Name<'_>>(b"Subtype").is_some_and(|name| name.as_str() == "Widget");
        let typed = (widget && !field.contains_key(b"AP")).then(|| field.get::<Text<'_>>(b"V")).flatten();
        typed.map(|value| decoded(value.as_bytes())).filter(|value| !value.trim().is_empty())
    };
    annotations.iter::<Dict<'_>>().take(ENTRIES).filter_map(value).collect()
}

/// How much of a file there is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Whole {
    /// From its head to the mark of its end, with an index where it says.
    Yes,
    /// The end is there, but the index is not where it should be.
    Bent,
    /// The end is missing.
    Cut,
}

/// As much of the end as the mark of the end is looked for in.
const TAIL: usize = 8192;

/// Whether `bytes` are the whole file, by the pointer to its index that stands at its end.
pub(super) fn whole(bytes: &[u8]) -> Whole {
    let tail = &bytes[bytes.len().saturating_sub(TAIL)..];
    let Some(at) = memmem::rfind(tail, b"startxref") else { return Whole::Cut };
    let digits: Vec<u8> = tail[at + 9..]
        .iter()
        .copied()
        .skip_while(u8::is_ascii_whitespace)
        .take_while(u8::is_ascii_digit)
        .take(12)
        .collect();
    let index = std::str::from_utf8(&digits).ok().and_then(|digits| digits.parse::<usize>().ok());
    if memmem::find(&tail[at..], b"%%EOF").is_none() && index.is_none() {
        return Whole::Cut;
    }
    // Bytes in front of the head shift the index.
    let head = memmem::find(&bytes[..bytes.len().min(1024)], b"%PDF-").unwrap_or(0);
    let found = index.is_some_and(|index| {
        [index, index + head].iter().any(|index| {
            let there = bytes.get(*index..).unwrap_or_default();
            let there = there[..there.len().min(64)].trim_ascii_start();
            there.starts_with(b"xref")
                || (there.first().is_some_and(u8::is_ascii_digit) && memmem::find(there, b"obj").is_some())
        })
    });
    if found { Whole::Yes } else { Whole::Bent }
}
