//! Rules and settings as they are written. Only [`node`] knows the YAML library.
//!
//! A written form is declared once, with the macro in [`mod@read`]: its keys, how it is read and its schema come from
//! the same lines. Reading never stops at a mistake, so that one run shows all of them.

pub mod accepted;
pub mod context;
pub mod coverage;
mod explain;
pub mod language;
pub mod node;
pub mod project;
pub mod read;
pub mod role;
pub mod rule;
pub mod values;
pub mod words;

pub use role::Role;

use super::RuleError;
use read::{Mistakes, Written};

/// Reads the written form `T` from `text`, adding every mistake to `errors`. `file` is its name for people.
pub fn read<T: Written>(file: &str, rule: Option<String>, text: &str, errors: &mut Vec<RuleError>) -> T {
    let mut mistakes = Mistakes::new(file, rule, text);
    let form = match node::parse(text) {
        Ok(node) if node.value == node::Value::Null => {
            mistakes.note(0..0, "this file is empty", "nothing here", "write it, or take the file away");
            T::default()
        }
        Ok(node) => T::read(&node, &mut mistakes),
        Err(error) => {
            explain::not_yaml(error, &mut mistakes);
            T::default()
        }
    };
    errors.append(&mut mistakes.found);
    form
}

/// The JSON Schema of a rule file. It names fields, never rules.
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(rule::RuleFile).to_value()
}
