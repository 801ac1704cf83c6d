//! The project file as it is written: `dignity.yaml`.

use super::node::{Node, Value};
use super::read::{Mistakes, Written, written};
use super::rule::UnlessForm;
use super::values::{Flag, Map, Named, One, Text, Texts};
use crate::document::Kind;
use crate::rule::{Confidence, Guard, Severity};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

written! {
    /// The settings of a project: `dignity.yaml`. Everything in it may be left out.
    pub struct ProjectFile = "the project file" {
        /// Whose law applies: the name of a profile, as `ie`, `gb-eng`, `us-cms`, `au-ndis`.
        "jurisdiction" => jurisdiction: Option<Text>,
        /// Only these packs; all of them when not given.
        "packs" => packs: Option<Texts>,
        /// Folders with rules of your own.
        "own-rules" => own_rules: Option<Texts>,
        /// What sort of document a file is, by its path: `policies/**` to `policy`.
        "kinds" => kinds: Option<Map<One<Kind>>>,
        /// How much findings matter, by rule id, pack, or `pack/*`; `off` takes a rule away.
        "severity" => severity: Option<Map<One<Level>>>,
        /// Changes to single rules, by rule id.
        "rules" => rules: Option<Map<OverlayForm>>,
        /// More terms for a named set, by its name.
        "words" => words: Option<Map<Texts>>,
        /// The level at which a check fails.
        "fail-on" => fail_on: Option<One<Threshold>>,
        /// The lowest level that is shown.
        "show" => show: Option<One<Severity>>,
        /// The lowest confidence that is shown.
        "confidence" => confidence: Option<One<Confidence>>,
        /// How much of a document's words a report may hold.
        "excerpts" => excerpts: Option<One<Excerpts>>,
        /// Rules about debated words that should run: `true` for all, or a list of ids.
        "opt-in" => opt_in: Option<OptInForm>,
        /// Leave out what git leaves out.
        "respect-gitignore" => respect_gitignore: Option<Flag>,
        /// The file with answers to findings, from the folder of this file on; `dignity accept` writes into it.
        "accepted" => accepted: Option<Text>,
        /// The file with what is known already, from the folder of this file on; `dignity baseline` writes it.
        "baseline" => baseline: Option<Text>,
        /// The most findings to show.
        "at-most" => at_most: Option<Text>,
    }
}

written! {
    /// Changes to one rule. The rule itself is never copied.
    pub struct OverlayForm = "a change to a rule" {
        /// How much it matters here.
        "severity" => severity: Option<One<Severity>>,
        /// How sure it is here.
        "confidence" => confidence: Option<One<Confidence>>,
        /// Silent here.
        "off" => off: Option<Flag>,
        /// The most allowed here, as `4 hours`.
        "at-most" => at_most: Option<Text>,
        /// More terms for what it flags or begins with.
        "add-terms" => add_terms: Option<Texts>,
        /// Terms to take away, written as in the rule.
        "remove-terms" => remove_terms: Option<Texts>,
        /// More exceptions.
        "unless" => unless: Option<UnlessForm>,
        /// Readings of the context that keep the rule silent here.
        "skip-when" => skip_when: Option<Vec<One<Guard>>>,
        /// Readings of the context that make it less severe here.
        "soften-when" => soften_when: Option<Vec<One<Guard>>>,
        /// Readings of the context that change nothing here.
        "keep-when" => keep_when: Option<Vec<One<Guard>>>,
    }
}

impl OverlayForm {
    /// Whether the rule must be compiled anew for it.
    pub fn changes_words(&self) -> bool {
        self.add_terms.is_some()
            || self.remove_terms.is_some()
            || self.unless.is_some()
            || self.skip_when.is_some()
            || self.soften_when.is_some()
            || self.keep_when.is_some()
    }
}

/// A severity, or none at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// The rule runs, and its findings matter so much.
    At(Severity),
    /// The rule does not run.
    Off,
}

/// The level at which a check fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Threshold {
    /// At findings of this level or above.
    At(Severity),
    /// Never.
    Never,
}

/// How much of a document's words a report may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Excerpts {
    /// The words and what stands around them.
    Full,
    /// The words a finding is about, cut short.
    Short,
    /// None.
    None,
}

impl Named for Level {
    const WHAT: &'static str = "severity";
    fn all() -> Vec<(&'static str, Self)> {
        let mut all: Vec<_> = Severity::all().into_iter().map(|(name, one)| (name, Self::At(one))).collect();
        all.push(("off", Self::Off));
        all
    }
}

impl Named for Threshold {
    const WHAT: &'static str = "level";
    fn all() -> Vec<(&'static str, Self)> {
        let mut all: Vec<_> = Severity::all().into_iter().map(|(name, one)| (name, Self::At(one))).collect();
        all.push(("never", Self::Never));
        all
    }
}

impl Named for Excerpts {
    const WHAT: &'static str = "amount of words";
    fn all() -> Vec<(&'static str, Self)> {
        vec![("full", Self::Full), ("short", Self::Short), ("none", Self::None)]
    }
}

/// Which debated rules run.
#[derive(Clone, Debug, Default)]
pub struct OptInForm {
    /// All of them.
    pub all: bool,
    /// These.
    pub ids: Texts,
}

impl Written for OptInForm {
    fn read(node: &Node, to: &mut Mistakes<'_>) -> Self {
        if let Value::Text(_) = &node.value {
            return Self { all: Flag::read(node, to).value, ids: Texts { list: Vec::new(), at: node.at.clone() } };
        }
        Self { all: false, ids: Texts::read(node, to) }
    }
}

impl JsonSchema for OptInForm {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "OptIn".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let text = generator.subschema_for::<Text>();
        json_schema!({ "anyOf": [{ "type": "boolean" }, { "type": "array", "items": text, "minItems": 1 }] })
    }
}
