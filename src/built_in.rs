//! The rules that come with the program, compiled by its build.

use crate::rule::{RuleError, RuleSet, load};

static HOT: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/rules.hot"));
static TEXTS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/rules.texts"));
static SOURCES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/rules.sources"));

/// The built-in rules. Nothing is parsed: what the build wrote is read as it is.
///
/// # Errors
/// Only when the program was put together from parts of two builds.
pub fn rules() -> Result<RuleSet, Vec<RuleError>> {
    load::decode(HOT, TEXTS, SOURCES).ok_or_else(|| {
        vec![RuleError {
            file: String::new(),
            rule: None,
            what: "the built-in rules cannot be read: this build of the program is damaged".to_owned(),
            label: String::new(),
            at: 0..0,
            help: Some("install it again".to_owned()),
            fatal: true,
        }]
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_rules_are_there_with_their_words() {
        let set = rules().unwrap();
        let layer = &set.layers[0];
        assert_eq!(layer.rules.len(), layer.text_ends.len());
        for (index, rule) in layer.rules.iter().enumerate() {
            let text = layer.text(index).unwrap();
            assert!(text.file.ends_with(&format!("{}.yaml", rule.id)), "{}", rule.id);
            assert!(!text.title.is_empty() && !text.why.is_empty(), "{}", rule.id);
        }
    }
}
