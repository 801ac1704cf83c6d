//! Reads the tree into written forms. Nothing stops at a mistake: each is noted where it is, and reading goes on.

use super::node::{Node, Value};
use crate::rule::RuleError;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::ops::Range;

/// The mistakes of one file.
#[derive(Debug)]
pub struct Mistakes<'s> {
    /// The file, as people know it.
    pub file: &'s str,
    /// The rule it holds, if it holds one.
    pub rule: Option<String>,
    /// Its text.
    pub source: &'s str,
    /// What was found.
    pub found: Vec<RuleError>,
}

impl<'s> Mistakes<'s> {
    /// None yet.
    pub fn new(file: &'s str, rule: Option<String>, source: &'s str) -> Self {
        Self { file, rule, source, found: Vec::new() }
    }

    /// Notes a mistake at `at`. An empty `help` gives none.
    pub fn note(&mut self, at: Range<usize>, what: impl Into<String>, label: &str, help: &str) {
        self.found.push(RuleError {
            file: self.file.to_owned(),
            rule: self.rule.clone(),
            what: what.into(),
            label: label.to_owned(),
            at,
            help: (!help.is_empty()).then(|| help.to_owned()),
            fatal: true,
        });
    }

    /// Notes that `word` is none of `known`, with the nearest of them.
    pub fn unknown(&mut self, at: Range<usize>, what: &str, word: &str, known: &[&str]) {
        let label = nearest(word, known.iter().copied())
            .map_or_else(|| "not known".to_owned(), |near| format!("did you mean `{near}`?"));
        self.note(at, format!("unknown {what} `{word}`"), &label, &format!("known: {}", known.join(", ")));
    }
}

/// The known word nearest to `word`, if one is near enough to have been meant.
pub fn nearest<'k>(word: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let word = word.to_lowercase();
    known
        .map(|known| (strsim::normalized_damerau_levenshtein(&word, known), known))
        .filter(|(likeness, known)| *likeness >= 0.6 || (word.len() > 3 && known.starts_with(word.as_str())))
        .max_by(|one, other| one.0.total_cmp(&other.0))
        .map(|(_, known)| known)
}

/// A written form.
pub trait Written: Default + JsonSchema {
    /// Reads `node`, noting every mistake. What could not be read is left as it is by default.
    fn read(node: &Node, to: &mut Mistakes<'_>) -> Self;
}

impl<T: Written> Written for Option<T> {
    fn read(node: &Node, to: &mut Mistakes<'_>) -> Self {
        Some(T::read(node, to))
    }
}

impl<T: Written> Written for Vec<T> {
    fn read(node: &Node, to: &mut Mistakes<'_>) -> Self {
        match &node.value {
            Value::List(list) => list.iter().map(|entry| T::read(entry, to)).collect(),
            Value::Null => {
                empty(node, to);
                Self::new()
            }
            Value::Text(_) | Value::Map(_) => {
                let help = "put each entry on its own line, with - before it";
                to.note(node.at.clone(), "a list is expected here", "not a list", help);
                Self::new()
            }
        }
    }
}

/// Notes that nothing stands where something must.
pub fn empty(node: &Node, to: &mut Mistakes<'_>) {
    let line_end = to.source.get(node.at.start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    let help = if line_end.contains('#') {
        "what stands behind a # is a remark; put the text in single quotes"
    } else {
        "write a value, or take the key out; for the word itself write 'null'"
    };
    to.note(node.at.clone(), "nothing stands here", "empty", help);
}

/// The entries of a map, or a mistake.
pub fn entries<'n>(node: &'n Node, what: &str, to: &mut Mistakes<'_>) -> &'n [(Node, Node)] {
    match &node.value {
        Value::Map(map) => map,
        Value::Null => {
            empty(node, to);
            &[]
        }
        Value::Text(_) | Value::List(_) => {
            let help = "write `key: value`, one on each line";
            to.note(node.at.clone(), format!("{what} is a map of keys and values"), "not a map", help);
            &[]
        }
    }
}

/// A key as text; a mistake when it is none.
pub fn key<'n>(node: &'n Node, to: &mut Mistakes<'_>) -> Option<&'n str> {
    if let Value::Text(key) = &node.value {
        return Some(key);
    }
    to.note(node.at.clone(), "a key must be a text", "not a text", "put the key in single quotes");
    None
}

/// The keys of a map checked against those that are known; a key given twice, unknown or left out is noted.
pub fn fields<'n>(
    node: &'n Node,
    what: &str,
    known: &[&str],
    needed: &[&str],
    to: &mut Mistakes<'_>,
) -> Vec<(&'n str, &'n Node)> {
    let mut found: Vec<(&str, &Node)> = Vec::new();
    let is_map = matches!(node.value, Value::Map(_));
    for (name, value) in entries(node, what, to) {
        let Some(word) = key(name, to) else { continue };
        if !known.contains(&word) {
            to.unknown(name.at.clone(), "key", word, known);
        } else if found.iter().any(|(other, _)| *other == word) {
            to.note(name.at.clone(), format!("`{word}` is given twice"), "again here", "keep one of the two");
        } else {
            found.push((word, value));
        }
    }
    for word in needed {
        if is_map && !found.iter().any(|(other, _)| other == word) {
            let at = node.at.start
                ..to.source
                    .get(node.at.start..)
                    .and_then(|rest| rest.find('\n'))
                    .map_or(node.at.end, |length| node.at.start + length);
            to.note(at, format!("{what} needs `{word}`"), &format!("`{word}` is missing"), "");
        }
    }
    found
}

/// The schema of a map with these fields: name, remark, whether it is needed, schema.
pub fn object(about: &str, fields: Vec<(&str, String, bool, Schema)>) -> Schema {
    let mut properties = serde_json::Map::new();
    let mut required = Vec::new();
    for (name, remark, needed, schema) in fields {
        let mut schema = schema;
        if !remark.is_empty() {
            schema.insert("description".to_owned(), remark.into());
        }
        properties.insert(name.to_owned(), schema.to_value());
        if needed {
            required.push(name);
        }
    }
    json_schema!({
        "description": about,
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

/// The remarks of a field or form as one text.
pub fn remark(lines: &[&str]) -> String {
    lines.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ")
}

/// A schema generator passed through, so that the macro needs no imports.
pub type Generator = SchemaGenerator;

/// Declares a written form once: its fields, their keys, what is needed, how it is read, and its schema.
macro_rules! written {
    ($(#[doc = $about:literal])+ pub struct $name:ident = $what:literal {
        $($(#[doc = $remark:literal])+ $key:literal $($needed:ident)? => $field:ident: $type:ty,)+
    }) => {
        $(#[doc = $about])+
        #[derive(Clone, Debug, Default)]
        pub struct $name {
            $($(#[doc = $remark])+ pub $field: $type,)+
            /// Its bytes in the file.
            pub at: std::ops::Range<usize>,
        }

        impl $crate::rule::file::read::Written for $name {
            fn read(
                node: &$crate::rule::file::node::Node,
                to: &mut $crate::rule::file::read::Mistakes<'_>,
            ) -> Self {
                let known = [$($key),+];
                let needed: Vec<&str> = [$((&[$(stringify!($needed))?] as &[&str], $key)),+]
                    .iter().filter(|(needed, _)| !needed.is_empty()).map(|(_, key)| *key).collect();
                let mut form = Self { at: node.at.clone(), ..Self::default() };
                for (key, value) in $crate::rule::file::read::fields(node, $what, &known, &needed, to) {
                    match key {
                        $($key => form.$field = $crate::rule::file::read::Written::read(value, to),)+
                        _ => {}
                    }
                }
                form
            }
        }

        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(generator: &mut $crate::rule::file::read::Generator) -> schemars::Schema {
                let fields = vec![$((
                    $key,
                    $crate::rule::file::read::remark(&[$($remark),+]),
                    !(&[$(stringify!($needed))?] as &[&str]).is_empty(),
                    generator.subschema_for::<$type>(),
                )),+];
                $crate::rule::file::read::object(&$crate::rule::file::read::remark(&[$($about),+]), fields)
            }
        }
    };
}
pub(in crate::rule) use written;
