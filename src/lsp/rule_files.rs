//! Rule and settings files: their mistakes are shown while they are written.

use super::open::Open;
use super::setting::{Load, Wanted};
use crate::checker::Checker;
use crate::config;
use crate::prove::{self, Verdict};
use crate::rule::{RuleError, RuleSet};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The form a file is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// The project file.
    Project,
    /// A rule.
    Rule,
}

/// The form of an open file, when it is one of ours.
pub(super) fn form(open: &Open) -> Option<Form> {
    let path = open.path.as_deref()?;
    if path.file_name().is_some_and(|name| name == config::NAME) {
        return Some(Form::Project);
    }
    pack(path).map(|_| Form::Rule)
}

/// The folder of rule packs that a rule file stands in: a pack says what it is in a file of its own.
fn pack(path: &Path) -> Option<PathBuf> {
    let folder = path.parent()?;
    let yaml = path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml");
    (yaml && folder.join("pack.yaml").is_file()).then(|| folder.parent().map(Path::to_owned))?
}

/// The mistakes in an open rule or settings file; `None` when it is neither.
pub(super) fn mistakes(open: &Open, load: Load<'_>, edited: &BTreeMap<PathBuf, String>) -> Option<Vec<RuleError>> {
    let form = form(open)?;
    let path = open.path.as_deref()?;
    let rules = if form == Form::Rule { pack(path) } else { None };
    let here = |file: &str| Path::new(file) == path || std::path::absolute(file).is_ok_and(|file| file == path);
    match load(&Wanted { path: Some(path), rules, edited }) {
        Err(errors) => Some(errors.into_iter().filter(|error| here(&error.file)).collect()),
        Ok(setting) => {
            let checker =
                Checker { options: prove::options(setting.checker.options.today), rules: setting.checker.rules };
            let index = rule_at(&checker.rules, &here);
            Some(index.map(|(layer, index)| failing(&checker, layer, index)).unwrap_or_default())
        }
    }
}

/// The rule that is written in the file.
fn rule_at(rules: &RuleSet, here: &dyn Fn(&str) -> bool) -> Option<(usize, usize)> {
    let own = rules.layers.iter().enumerate().skip(1);
    own.flat_map(|(at, layer)| (0..layer.rules.len()).map(move |index| (at, index)))
        .find(|(at, index)| rules.layers[*at].text(*index).is_some_and(|text| here(&text.file)))
}

/// Examples of the rule that do not hold.
fn failing(checker: &Checker, layer: usize, index: usize) -> Vec<RuleError> {
    let layer = &checker.rules.layers[layer];
    let (Some(rule), Some(text)) = (layer.rules.get(index), layer.text(index)) else { return Vec::new() };
    let proof = prove::prove(rule, &text, &|profile: Option<&str>| profile.is_none().then_some(checker));
    let failed = proof.tried.iter().filter(|tried| tried.verdict != Verdict::Held);
    failed.map(|tried| prove::mistake(&proof, tried, &text)).collect()
}
