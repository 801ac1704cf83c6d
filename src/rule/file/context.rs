//! Cues of a language: `rules/context/<lang>.yaml`.

use super::node::Node;
use super::read::{Mistakes, Written, entries, key};
use super::values::Texts;
use crate::rule::Cue;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

/// Cues by their role, and abbreviations.
#[derive(Clone, Debug, Default)]
pub struct ContextFile {
    /// The words of each role.
    pub cues: Vec<(Cue, Texts)>,
    /// Abbreviations after which a full stop ends no sentence.
    pub abbreviations: Texts,
}

/// The key beside the groups of [`Cue::ALL`].
const ABBREVIATIONS: &str = "abbreviations";

impl Written for ContextFile {
    fn read(node: &Node, to: &mut Mistakes<'_>) -> Self {
        let mut form = Self::default();
        let mut seen: Vec<String> = Vec::new();
        for (group, names) in entries(node, "the list of cues", to) {
            let Some(group_word) = key(group, to) else { continue };
            if group_word == ABBREVIATIONS {
                form.abbreviations = Texts::read(names, to);
                continue;
            }
            if !Cue::ALL.iter().any(|(_, known, _)| *known == group_word) {
                let mut known: Vec<&str> = Cue::ALL.iter().map(|(_, group, _)| *group).collect();
                known.dedup();
                known.push(ABBREVIATIONS);
                to.unknown(group.at.clone(), "group of cues", group_word, &known);
                continue;
            }
            for (name, words) in entries(names, "a group of cues", to) {
                let Some(word) = key(name, to) else { continue };
                let cue = Cue::ALL.iter().find(|(_, group, name)| *group == group_word && *name == word);
                let Some((cue, ..)) = cue else {
                    let known: Vec<&str> = Cue::ALL
                        .iter()
                        .filter(|(_, group, _)| *group == group_word)
                        .map(|(_, _, name)| *name)
                        .collect();
                    to.unknown(name.at.clone(), "cue", word, &known);
                    continue;
                };
                let path = format!("{group_word}.{word}");
                if seen.contains(&path) {
                    to.note(name.at.clone(), format!("`{word}` is given twice"), "again here", "keep one of the two");
                }
                seen.push(path);
                form.cues.push((*cue, Texts::read(words, to)));
            }
        }
        form
    }
}

impl JsonSchema for ContextFile {
    fn schema_name() -> Cow<'static, str> {
        "ContextFile".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "object" })
    }
}
