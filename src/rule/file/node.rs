//! A YAML file as a tree in which every key and value knows its place. The only module that knows the YAML library.
//!
//! The tree is read whole before anything is judged, so one wrong value never hides the next;
//! derived readers stop at the first.

use serde::Deserialize;
use serde::de::{self, MapAccess, SeqAccess, Visitor};
use serde_yaml::options::MergeKeyPolicy;
use serde_yaml::{DuplicateKeyPolicy, Location, Spanned};
use std::fmt;
use std::ops::Range;

/// A value and the bytes of the file it stands in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// Its bytes in the file, quotes included. For a map or list, from its first to its last entry.
    pub at: Range<usize>,
}

/// What a value is. Numbers and truth values stay as they are written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Value {
    /// Nothing, or the bare word `null`.
    #[default]
    Null,
    /// Any single value.
    Text(String),
    /// Entries.
    List(Vec<Node>),
    /// Keys and values, in the order of the file; a key given twice stands twice.
    Map(Vec<(Node, Node)>),
}

/// Why a file is no YAML at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotYaml {
    /// What the YAML library says, without its places.
    pub what: String,
    /// Where, in bytes.
    pub at: Range<usize>,
}

/// Reads `text` as one YAML document. An empty file is [`Value::Null`].
pub fn parse(text: &str) -> Result<Node, NotYaml> {
    let mut options = serde_yaml::Options::default();
    options.duplicate_keys = DuplicateKeyPolicy::PassThrough;
    options.merge_keys = MergeKeyPolicy::AsOrdinary;
    match serde_yaml::from_str_with_options::<Raw>(text, options) {
        Ok(raw) => Ok(settle(raw, text)),
        Err(error) => {
            let at = error.location().map_or(0..0, |location| bytes(location, text));
            let error = error.without_snippet();
            let formatter = serde_yaml::UserMessageFormatter;
            let said = error.render_with_formatter(&formatter);
            Err(NotYaml { what: first_sentence(&said), at })
        }
    }
}

/// The message without the place that the library adds to it.
fn first_sentence(said: &str) -> String {
    let line = said.lines().next().unwrap_or_default();
    let line = line.split(" at line ").next().unwrap_or(line);
    line.trim_end_matches(['.', ':', ' ']).to_owned()
}

/// The bytes of a location: its own when it has them, else from its line and column.
fn bytes(location: Location, text: &str) -> Range<usize> {
    let span = location.span();
    if let (Some(start), Some(length)) = (span.byte_offset(), span.byte_len()) {
        let start = usize::try_from(start).unwrap_or(0);
        let end = start.saturating_add(usize::try_from(length).unwrap_or(0));
        if end <= text.len() && text.is_char_boundary(start) && text.is_char_boundary(end) {
            return start..end;
        }
    }
    let line = usize::try_from(location.line()).unwrap_or(1).saturating_sub(1);
    let column = usize::try_from(location.column()).unwrap_or(1).saturating_sub(1);
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let rest = text.get(start..).unwrap_or_default();
    let offset = rest.char_indices().nth(column).map_or(rest.trim_end_matches('\n').len(), |(offset, _)| offset);
    let start = (start + offset).min(text.len());
    let length = text.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    start..start + length
}

/// The tree as it comes from the library.
type Raw = Spanned<RawValue>;

enum RawValue {
    Null,
    /// A number or truth value: its text is taken from the file, so that `no` and `3.20` stay as written.
    Plain,
    Text(String),
    List(Vec<Raw>),
    Map(Vec<(Raw, Raw)>),
}

impl<'de> Deserialize<'de> for RawValue {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Taker)
    }
}

struct Taker;

impl<'de> Visitor<'de> for Taker {
    type Value = RawValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a list or a map")
    }

    fn visit_unit<E>(self) -> Result<RawValue, E> {
        Ok(RawValue::Null)
    }

    fn visit_none<E>(self) -> Result<RawValue, E> {
        Ok(RawValue::Null)
    }

    fn visit_some<D: de::Deserializer<'de>>(self, deserializer: D) -> Result<RawValue, D::Error> {
        deserializer.deserialize_any(Self)
    }

    fn visit_bool<E>(self, _: bool) -> Result<RawValue, E> {
        Ok(RawValue::Plain)
    }

    fn visit_i64<E>(self, _: i64) -> Result<RawValue, E> {
        Ok(RawValue::Plain)
    }

    fn visit_u64<E>(self, _: u64) -> Result<RawValue, E> {
        Ok(RawValue::Plain)
    }

    fn visit_i128<E>(self, _: i128) -> Result<RawValue, E> {
        Ok(RawValue::Plain)
    }

    fn visit_u128<E>(self, _: u128) -> Result<RawValue, E> {
        Ok(RawValue::Plain)
    }

    fn visit_f64<E>(self, _: f64) -> Result<RawValue, E> {
        Ok(RawValue::Plain)
    }

    fn visit_str<E>(self, text: &str) -> Result<RawValue, E> {
        Ok(RawValue::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<RawValue, E> {
        Ok(RawValue::Text(text))
    }

    fn visit_bytes<E>(self, _: &[u8]) -> Result<RawValue, E> {
        Ok(RawValue::Plain)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<RawValue, A::Error> {
        let mut list = Vec::new();
        while let Some(entry) = entries.next_element::<Raw>()? {
            list.push(entry);
        }
        Ok(RawValue::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<RawValue, A::Error> {
        let mut map = Vec::new();
        while let Some(entry) = entries.next_entry::<Raw, Raw>()? {
            map.push(entry);
        }
        Ok(RawValue::Map(map))
    }
}

fn settle(raw: Raw, text: &str) -> Node {
    let at = bytes(raw.referenced, text);
    match raw.value {
        RawValue::Null => Node { value: Value::Null, at },
        RawValue::Plain => {
            let written = text.get(bytes(raw.defined, text)).unwrap_or_default();
            Node { value: Value::Text(written.to_owned()), at }
        }
        RawValue::Text(value) => Node { value: Value::Text(value), at },
        RawValue::List(list) => {
            let list: Vec<Node> = list.into_iter().map(|entry| settle(entry, text)).collect();
            let at = hull(at, list.first(), list.last());
            Node { value: Value::List(list), at }
        }
        RawValue::Map(map) => {
            let map: Vec<(Node, Node)> =
                map.into_iter().map(|(key, value)| (settle(key, text), settle(value, text))).collect();
            let last = map.last().map(|(key, value)| if value.at.end > key.at.end { value } else { key });
            let at = hull(at, map.first().map(|(key, _)| key), last);
            Node { value: Value::Map(map), at }
        }
    }
}

/// From the first to the last entry; the library's own span of a map or list is only its first sign.
fn hull(own: Range<usize>, first: Option<&Node>, last: Option<&Node>) -> Range<usize> {
    match (first, last) {
        (Some(first), Some(last)) if first.at.start <= last.at.end => first.at.start..last.at.end,
        _ => own,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(node: &Node, text: &str, out: &mut String) {
        match &node.value {
            Value::Null => out.push('~'),
            Value::Text(value) => {
                out.push_str(value);
                out.push('<');
                out.push_str(&text[node.at.clone()]);
                out.push('>');
            }
            Value::List(list) => {
                out.push('[');
                for entry in list {
                    show(entry, text, out);
                    out.push(',');
                }
                out.push(']');
            }
            Value::Map(map) => {
                out.push('{');
                for (key, value) in map {
                    show(key, text, out);
                    out.push('=');
                    show(value, text, out);
                    out.push(',');
                }
                out.push('}');
            }
        }
    }

    fn check(text: &str, expect: &str) {
        let mut out = String::new();
        show(&parse(text).unwrap(), text, &mut out);
        assert_eq!(out, expect);
    }

    #[test]
    fn every_key_and_value_knows_its_bytes() {
        check("a: one\nb:\n  - 'two'\n  - 3.20\n", "{a<a>=one<one>,b<b>=[two<'two'>,3.20<3.20>,],}");
        check("«hé»: no\nb: true\n", "{«hé»<«hé»>=no<no>,b<b>=true<true>,}");
    }

    #[test]
    fn a_key_given_twice_stands_twice() {
        check("a: one\na: two\n", "{a<a>=one<one>,a<a>=two<two>,}");
        check("12: one\n12: two\n", "{12<12>=one<one>,12<12>=two<two>,}");
    }

    #[test]
    fn nothing_is_null() {
        check("a:\nb: ~\n", "{a<a>=~,b<b>=~,}");
        check("", "~");
        check("# only a remark\n", "~");
    }

    #[test]
    fn what_is_no_yaml_is_refused_at_its_place() {
        let text = "say: Nothing here: yet\nwhy: x\n";
        let error = parse(text).unwrap_err();
        assert!(text[..error.at.start].lines().count() <= 2, "{error:?}");
        assert!(!error.what.is_empty() && !error.what.contains("line"), "{error:?}");
    }
}
