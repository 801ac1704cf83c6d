//! The values that keys may have: texts, terms, names out of closed lists.

use super::coverage::By;
use super::node::{Node, Value};
use super::read::{Mistakes, Written, empty, entries, key};
use crate::document::{Kind, Reach};
use crate::rule::{Concern, Confidence, Guard, Quantity, Severity, Sureness};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;
use std::ops::Range;

/// A text and its bytes in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// The text.
    pub value: String,
    /// Its bytes in the file, quotes included.
    pub at: Range<usize>,
    /// Where its first byte stands in the file, when the file holds it letter for letter.
    pub verbatim: Option<usize>,
}

impl Text {
    /// The bytes in the file of a part of this text; the whole text where that cannot be said.
    pub fn part(&self, part: Range<usize>) -> Range<usize> {
        match self.verbatim {
            Some(start) if !part.is_empty() && part.end <= self.value.len() => start + part.start..start + part.end,
            _ => self.at.clone(),
        }
    }
}

fn text_of(node: &Node, source: &str) -> Option<Text> {
    let Value::Text(value) = &node.value else { return None };
    let raw = source.get(node.at.clone()).unwrap_or_default();
    let quote = raw.chars().next().filter(|quote| matches!(quote, '\'' | '"'));
    let verbatim = match quote {
        _ if raw == value => Some(node.at.start),
        Some(_) if raw.len() == value.len() + 2 && raw.get(1..=value.len()) == Some(value) => Some(node.at.start + 1),
        _ => None,
    };
    Some(Text { value: value.clone(), at: node.at.clone(), verbatim })
}

impl Written for Text {
    fn read(node: &Node, to: &mut Mistakes<'_>) -> Self {
        if let Some(text) = text_of(node, to.source) {
            if text.value.trim().is_empty() {
                empty(node, to);
            }
            return text;
        }
        match &node.value {
            Value::Null => empty(node, to),
            Value::Map(map) if map.len() == 1 => {
                let help = "a colon followed by a space makes a key; put the whole text in single quotes";
                to.note(node.at.clone(), "a text is expected here", "read as a key and its value", help);
            }
            _ => to.note(
                node.at.clone(),
                "a text is expected here",
                "not a text",
                "write one text, in quotes if need be",
            ),
        }
        Self { at: node.at.clone(), ..Self::default() }
    }
}

impl JsonSchema for Text {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Text".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["string", "number", "boolean"] })
    }
}

/// One text or a list of texts: terms, wordings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    /// The texts.
    pub list: Vec<Text>,
    /// Bytes of the whole.
    pub at: Range<usize>,
}

impl Written for Texts {
    fn read(node: &Node, to: &mut Mistakes<'_>) -> Self {
        let list = match &node.value {
            Value::Text(_) => vec![Text::read(node, to)],
            Value::List(list) => {
                if list.is_empty() {
                    empty(node, to);
                }
                list.iter().map(|entry| Text::read(entry, to)).collect()
            }
            Value::Null => {
                empty(node, to);
                Vec::new()
            }
            Value::Map(_) => {
                to.note(
                    node.at.clone(),
                    "a text or a list of texts is expected here",
                    "a map",
                    "put - before each text",
                );
                Vec::new()
            }
        };
        Self { list, at: node.at.clone() }
    }
}

impl JsonSchema for Texts {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Texts".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let text = generator.subschema_for::<Text>();
        json_schema!({ "anyOf": [text, { "type": "array", "items": text, "minItems": 1 }] })
    }
}

/// The words of a rule: terms, each with the wordings that may take its place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flagged {
    /// A term and its alternatives.
    pub terms: Vec<(Text, Vec<Text>)>,
    /// Bytes of the whole.
    pub at: Range<usize>,
}

impl Written for Flagged {
    fn read(node: &Node, to: &mut Mistakes<'_>) -> Self {
        let Value::Map(map) = &node.value else {
            let texts = Texts::read(node, to);
            return Self { terms: texts.list.into_iter().map(|term| (term, Vec::new())).collect(), at: texts.at };
        };
        let mut terms: Vec<(Text, Vec<Text>)> = Vec::new();
        for (term, instead) in map {
            let term = Text::read(term, to);
            if terms.iter().any(|(other, _)| other.value == term.value) {
                to.note(term.at.clone(), "this term is given twice", "again here", "keep one of the two");
            }
            let instead = match instead.value {
                Value::Null => Vec::new(),
                _ => Texts::read(instead, to).list,
            };
            terms.push((term, instead));
        }
        Self { terms, at: node.at.clone() }
    }
}

impl JsonSchema for Flagged {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Flagged".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let texts = generator.subschema_for::<Texts>();
        json_schema!({ "anyOf": [
            texts,
            { "type": "object", "additionalProperties": { "anyOf": [{ "type": "null" }, texts] }, "minProperties": 1 }
        ] })
    }
}

/// A map whose keys are chosen by the writer, in the order of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Map<T> {
    /// Keys and values.
    pub list: Vec<(Text, T)>,
    /// Bytes of the whole.
    pub at: Range<usize>,
}

impl<T> Default for Map<T> {
    fn default() -> Self {
        Self { list: Vec::new(), at: 0..0 }
    }
}

impl<T: Written> Written for Map<T> {
    fn read(node: &Node, to: &mut Mistakes<'_>) -> Self {
        let mut list: Vec<(Text, T)> = Vec::new();
        for (name, value) in entries(node, "this", to) {
            if key(name, to).is_none() {
                continue;
            }
            let name = Text::read(name, to);
            if list.iter().any(|(other, _)| other.value == name.value) {
                let what = format!("`{}` is given twice", name.value);
                to.note(name.at.clone(), what, "again here", "keep one of the two");
            }
            list.push((name, T::read(value, to)));
        }
        Self { list, at: node.at.clone() }
    }
}

impl<T: JsonSchema> JsonSchema for Map<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("MapOf{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let value = generator.subschema_for::<T>();
        json_schema!({ "type": "object", "additionalProperties": value })
    }
}

/// Yes or no.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flag {
    /// Which.
    pub value: bool,
    /// Its bytes.
    pub at: Range<usize>,
}

impl Written for Flag {
    fn read(node: &Node, to: &mut Mistakes<'_>) -> Self {
        let text = Text::read(node, to);
        let value = match text.value.as_str() {
            "true" | "yes" => true,
            "false" | "no" | "" => false,
            other => {
                to.unknown(text.at.clone(), "value", other, &["true", "false"]);
                false
            }
        };
        Self { value, at: text.at }
    }
}

impl JsonSchema for Flag {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Flag".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "boolean" })
    }
}

/// A closed list of names.
pub trait Named: Copy + Sized + 'static {
    /// What the names are, for messages.
    const WHAT: &'static str;
    /// Every name.
    fn all() -> Vec<(&'static str, Self)>;
}

/// One name out of a closed list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct One<T> {
    /// What it names; `None` when it is not known (and a mistake was noted).
    pub value: Option<T>,
    /// Its bytes.
    pub at: Range<usize>,
}

impl<T> Default for One<T> {
    fn default() -> Self {
        Self { value: None, at: 0..0 }
    }
}

impl<T: Named> Written for One<T> {
    fn read(node: &Node, to: &mut Mistakes<'_>) -> Self {
        let text = Text::read(node, to);
        let all = T::all();
        let value = all.iter().find(|(name, _)| *name == text.value).map(|(_, value)| *value);
        if value.is_none() && !text.value.trim().is_empty() {
            let names: Vec<&str> = all.iter().map(|(name, _)| *name).collect();
            to.unknown(text.at.clone(), T::WHAT, &text.value, &names);
        }
        Self { value, at: text.at }
    }
}

impl<T: Named> JsonSchema for One<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        T::WHAT.into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let names: Vec<&str> = T::all().into_iter().map(|(name, _)| name).collect();
        json_schema!({ "enum": names })
    }
}

macro_rules! named {
    ($($type:ty = $what:literal: $all:expr;)+) => {$(
        impl Named for $type {
            const WHAT: &'static str = $what;
            fn all() -> Vec<(&'static str, Self)> {
                $all.into_iter().collect()
            }
        }
    )+};
}

named! {
    Severity = "severity": [Self::Error, Self::Warning, Self::Advice].map(|one| (one.name(), one));
    Confidence = "confidence": [Self::High, Self::Medium, Self::Low].map(|one| (one.name(), one));
    Kind = "kind of document": Self::ALL.map(|one| (one.name(), one));
    Guard = "guard": Self::ALL.map(|one| (one.name(), one));
    Concern = "concern": [
        ("owed", Self::Owed), ("overridden", Self::Overridden), ("clause", Self::Clause), ("wording", Self::Wording),
    ];
    Quantity = "quantity": [
        ("interval", Self::Interval), ("duration", Self::Duration), ("deadline", Self::Deadline), ("date", Self::Date),
    ];
    By = "part of a basis": [
        ("crpd", Self::Crpd), ("recovery", Self::Recovery), ("quality-rights", Self::QualityRights),
    ];
    Sureness = "sureness": [("verified", Self::Verified), ("from memory", Self::FromMemory)];
    Reach = "unit": [
        ("sentence", Self::Sentence), ("clause", Self::Clause), ("paragraph", Self::Paragraph),
        ("list item", Self::ListItem), ("section", Self::Section), ("entry", Self::Entry),
        ("document", Self::Document), ("record", Self::Record),
    ];
}

/// `same record`: evidence in a later entry counts as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SameRecord;

named! {
    SameRecord = "reach of later evidence": [("same record", Self)];
}
