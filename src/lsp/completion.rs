//! Keys and values of rule and settings files, from the published schema and the rules that are loaded.

use super::rule_files::Form;
use super::text::Text;
use crate::rule::RuleSet;
use crate::rule::basis::RECOVERY;
use crate::rule::file::project::ProjectFile;
use crate::rule::file::rule::RuleFile;
use gen_lsp_types::Position;
use schemars::schema_for;
use serde_json::{Value, json};

/// What may be written at `position`.
pub(super) fn complete(text: &Text, position: Position, form: Form, rules: Option<&RuleSet>) -> Vec<Value> {
    let offset = text.offset(position);
    let before = &text.as_str()[..offset];
    let line = before.rsplit('\n').next().unwrap_or_default();
    let word_at = line.rfind([' ', '-', ':', '\'', '"', '[', ',']).map_or(0, |at| at + 1);
    if line[word_at..].starts_with('$') {
        return sets(rules);
    }
    let schema = match form {
        Form::Rule => schema_for!(RuleFile),
        Form::Project => schema_for!(ProjectFile),
    };
    let schema = schema.to_value();
    let (path, in_value) = path(before, line);
    let Some(place) = walk(&schema, &path) else { return Vec::new() };
    if in_value { values(&schema, &place, path.last().map(String::as_str)) } else { keys(&schema, &place) }
}

/// The keys that lead to where the cursor is, and whether it stands where a value is written.
fn path(before: &str, line: &str) -> (Vec<String>, bool) {
    let mut path = Vec::new();
    let mut indent = line.len() - line.trim_start().len();
    let bare = line.trim_start();
    let mut in_value = false;
    if let Some((key, _)) = bare.split_once(": ") {
        path.push(key.trim_start_matches("- ").to_owned());
        in_value = true;
    } else if bare.starts_with('-') {
        in_value = true;
        // A list may stand at the indent of its key.
        indent += 1;
    }
    for above in before.lines().rev().skip(usize::from(!before.ends_with('\n'))) {
        let words = above.trim_start();
        let depth = above.len() - words.len();
        if words.is_empty() || words.starts_with('#') || depth >= indent {
            continue;
        }
        if let Some((key, _)) = words.split_once(':') {
            if words.starts_with('-') && depth + 1 >= indent {
                continue;
            }
            path.push(key.trim_start_matches("- ").trim().to_owned());
            indent = depth;
        }
        if depth == 0 {
            break;
        }
    }
    path.reverse();
    (path, in_value)
}

/// The part of the schema that `path` leads to.
fn walk(schema: &Value, path: &[String]) -> Option<Value> {
    let mut here = schema.clone();
    for key in path {
        let forms = alternatives(schema, &here);
        here = forms.iter().find_map(|form| {
            let named = form.get("properties").and_then(|keys| keys.get(key));
            named.or_else(|| form.get("additionalProperties").filter(|form| form.is_object())).cloned()
        })?;
    }
    Some(here)
}

/// A form, or all the forms it may have; lists stand for what they hold.
fn alternatives(schema: &Value, form: &Value) -> Vec<Value> {
    let mut found = Vec::new();
    let mut left = vec![form.clone()];
    while let Some(form) = left.pop() {
        if let Some(name) = form.get("$ref").and_then(Value::as_str).and_then(|name| name.rsplit('/').next()) {
            left.extend(schema.get("$defs").and_then(|defs| defs.get(name)).cloned());
        }
        left.extend(form.get("anyOf").and_then(Value::as_array).into_iter().flatten().cloned());
        left.extend(form.get("items").cloned());
        found.push(form);
        if found.len() > 64 {
            break;
        }
    }
    found
}

fn keys(schema: &Value, place: &Value) -> Vec<Value> {
    let forms = alternatives(schema, place);
    let keys = forms.iter().filter_map(|form| form.get("properties")?.as_object()).flatten();
    keys.map(|(key, form)| {
        let about = form.get("description").and_then(Value::as_str).unwrap_or_default();
        json!({ "label": key, "kind": 10, "insertText": format!("{key}: "), "documentation": about })
    })
    .collect()
}

fn values(schema: &Value, place: &Value, key: Option<&str>) -> Vec<Value> {
    let item = |label: &str| json!({ "label": label, "kind": 12 });
    if key == Some("recovery") {
        return RECOVERY.iter().map(|name| item(name)).collect();
    }
    let forms = alternatives(schema, place);
    let values = forms.iter().filter_map(|form| form.get("enum")?.as_array()).flatten();
    values.filter_map(Value::as_str).map(item).collect()
}

fn sets(rules: Option<&RuleSet>) -> Vec<Value> {
    let files = rules.map(|rules| rules.sources.files()).unwrap_or_default();
    let mut names: Vec<&str> = files
        .iter()
        .filter_map(|(path, _)| {
            let (folder, file) = path.rsplit_once('/')?;
            folder.ends_with("words").then(|| file.rsplit_once('.').map_or(file, |(stem, _)| stem))
        })
        .collect();
    names.sort_unstable();
    names.dedup();
    names.into_iter().map(|name| json!({ "label": format!("${name}"), "kind": 21 })).collect()
}
