//! JSON: FHIR resources, one a file, many in a bundle or one a line; and exports of rows with a field of words.

use super::table::Table;
use super::{Input, Reader, decoded, fhir};
use crate::document::Document;
use serde_json::{Map, Value};
use std::cell::Cell;
use std::collections::BTreeSet;

/// The reader of JSON.
pub(super) struct Json;

/// Objects that are looked at for the names of their fields.
const SAMPLE: usize = 50;

/// What is said of JSON that cannot be read. The library's own words would hold values of the record.
const BROKEN: &str = "This is no whole JSON: it is damaged, or was cut short. Fetch or save it again.";

impl Reader for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["json", "ndjson", "jsonl"]
    }

    fn knows(&self, head: &[u8]) -> bool {
        head.trim_ascii_start().starts_with(b"{") && memchr::memmem::find(head, b"\"resourceType\"").is_some()
    }

    fn read_each(&self, input: &Input<'_>, each: &mut dyn FnMut(Document)) {
        let mut file = input.document();
        file.format(self.name());
        let Some(source) = decoded(input.bytes, &mut file) else { return each(file.finish()) };
        let text = source.text.trim();
        let any = Cell::new(false);
        let mut each = |document: Document| {
            any.set(true);
            each(document);
        };
        let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        if let Ok(value) = serde_json::from_str::<Value>(text) {
            if let Some(resource) = resource(&value) {
                fhir::read(resource, None, input, &mut each);
            } else {
                let rows = rows(&value);
                table(rows.iter().filter_map(|row| row.as_object()), input, &mut each);
            }
        } else if let Ok(first) = serde_json::from_str::<Value>(first) {
            lines(text, resource(&first).is_some(), input, &mut each);
        } else {
            file.unreadable(BROKEN);
            return each(file.finish());
        }
        if !any.get() {
            file.passed_over(SILENT);
            each(file.finish());
        }
    }
}

/// What is said of records without prose; they lie beside others in every export, and nothing is amiss with them.
const SILENT: &str = "There is no text that people wrote in this record, only data, so nothing in it was checked.";

/// The object, if it is a FHIR resource.
fn resource(value: &Value) -> Option<&Map<String, Value>> {
    value.as_object().filter(|object| object.get("resourceType").is_some_and(Value::is_string))
}

/// One object a line. A line that cannot be read never stops the others.
fn lines(text: &str, resources: bool, input: &Input<'_>, each: &mut dyn FnMut(Document)) {
    let mut rows = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        if line.trim().is_empty() {
            continue;
        }
        let part = format!("line {number}");
        match serde_json::from_str::<Value>(line) {
            Ok(value) if resources => match resource(&value) {
                Some(resource) => fhir::read(resource, Some(&part), input, each),
                None => input.refuse(&part, "This line is no FHIR resource. Check how the file was written.", each),
            },
            Ok(value) if value.is_object() => rows.push(value),
            _ => input.refuse(&part, BROKEN, each),
        }
    }
    if !resources {
        table(rows.iter().filter_map(Value::as_object), input, each);
    }
}

/// The rows in an export: a list of objects, or the longest such list in an object; else the object itself.
fn rows(value: &Value) -> Vec<&Value> {
    let list = |value: &'_ Value| value.as_array().is_some_and(|list| list.iter().any(Value::is_object));
    match value {
        Value::Array(list) => list.iter().collect(),
        Value::Object(object) => {
            let lists = object.values().filter(|value| list(value)).filter_map(Value::as_array);
            lists.max_by_key(|list| list.len()).map_or_else(|| vec![value], |list| list.iter().collect())
        }
        _ => Vec::new(),
    }
}

fn table<'v>(rows: impl Iterator<Item = &'v Map<String, Value>>, input: &Input<'_>, each: &mut dyn FnMut(Document)) {
    let rows: Vec<Vec<(String, &str)>> = rows.map(fields).collect();
    let names: BTreeSet<&str> =
        rows.iter().take(SAMPLE).flat_map(|row| row.iter().map(|(name, _)| name.as_str())).collect();
    let names: Vec<String> = names.into_iter().map(str::to_owned).collect();
    let mut table = Table::named("json", input, names.clone());
    for row in &rows {
        let cell = |name: &String| row.iter().find(|(known, _)| known == name).map_or("", |(_, words)| words);
        table.row(names.iter().map(cell), each);
    }
    table.finish(each);
}

/// The fields of an object that hold words, those of objects in it with a stop between the names.
fn fields(object: &Map<String, Value>) -> Vec<(String, &str)> {
    let mut fields = Vec::new();
    let mut open = vec![(String::new(), object)];
    while let Some((before, object)) = open.pop() {
        for (name, value) in object {
            let name = if before.is_empty() { name.clone() } else { format!("{before}.{name}") };
            match value {
                Value::String(words) => fields.push((name, words.as_str())),
                Value::Object(inner) => open.push((name, inner)),
                _ => {}
            }
        }
    }
    fields
}
