//! Rules by id, and the nearest one when there is none of that name.

use crate::rule::{Rule, RuleId, RuleSet, RuleText};
use std::collections::BTreeMap;

/// A rule, what it says, and the layer it stands in.
pub(super) struct Entry<'r> {
    pub(super) rule: &'r Rule,
    pub(super) layer: usize,
    pub(super) index: usize,
    rules: &'r RuleSet,
}

impl Entry<'_> {
    pub(super) fn text(&self) -> RuleText {
        self.rules.layers.get(self.layer).and_then(|layer| layer.text(self.index)).unwrap_or_default()
    }
}

/// Every rule, in force or not, by id. Of two with one id the later layer's counts.
pub(super) fn all(rules: &RuleSet) -> Vec<Entry<'_>> {
    let mut found: BTreeMap<&RuleId, Entry<'_>> = BTreeMap::new();
    for (layer, content) in rules.layers.iter().enumerate() {
        for (index, rule) in content.rules.iter().enumerate() {
            found.insert(&rule.id, Entry { rule, layer, index, rules });
        }
    }
    found.into_values().collect()
}

/// The rule of that id, or of that name where only one pack has it.
///
/// # Errors
/// What was not found, and what is like it.
pub(super) fn rule<'r>(rules: &'r RuleSet, id: &str) -> Result<Entry<'r>, String> {
    let all = all(rules);
    let named = |entry: &Entry<'_>| {
        entry.rule.id.0 == id || entry.rule.id.0.split_once('/').is_some_and(|(_, name)| name == id)
    };
    let known: Vec<String> = all.iter().map(|entry| entry.rule.id.0.clone()).collect();
    let mut found: Vec<Entry<'r>> = all.into_iter().filter(named).collect();
    match (found.pop(), found.is_empty()) {
        (Some(entry), true) => Ok(entry),
        (Some(entry), false) => {
            let ids: Vec<&str> =
                found.iter().map(|entry| entry.rule.id.0.as_str()).chain([entry.rule.id.0.as_str()]).collect();
            Err(format!("several rules have this name: {}", ids.join(", ")))
        }
        (None, _) => Err(unknown(id, &known)),
    }
}

/// Says that `id` is unknown, with those of `known` that are like it.
pub(super) fn unknown(id: &str, known: &[String]) -> String {
    let wanted = id.to_lowercase();
    let name = wanted.rsplit('/').next().unwrap_or_default();
    let like = |known: &&String| {
        let whole = strsim::normalized_damerau_levenshtein(&wanted, known);
        let part = known.split_once('/').map_or(0.0, |(_, known)| strsim::normalized_damerau_levenshtein(name, known));
        let inside = if name.len() > 3 && known.contains(name) { 0.8 } else { 0.0 };
        whole.max(part).max(inside)
    };
    let mut near: Vec<(f64, &String)> =
        known.iter().map(|known| (like(&known), known)).filter(|(like, _)| *like > 0.6).collect();
    near.sort_by(|(a, x), (b, y)| b.total_cmp(a).then(x.cmp(y)));
    let near: Vec<&str> = near.into_iter().take(3).map(|(_, known)| known.as_str()).collect();
    if near.is_empty() {
        format!("there is no rule {id}; dignity rules lists them all")
    } else {
        format!("there is no rule {id}; did you mean {}?", near.join(" or "))
    }
}
