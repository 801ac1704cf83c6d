//! A rule as it is written: `rules/<pack>/<name>.yaml`.

use super::node::{Node, Value};
use super::read::{Mistakes, Written, written};
use super::values::{Flag, Flagged, Map, One, SameRecord, Text, Texts};
use crate::document::{Kind, Reach};
use crate::rule::{Concern, Confidence, Guard, Quantity, Severity, Sureness};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

written! {
    /// One rule of dignity. The id is the path, `pack/name`, and is never written in the file.
    pub struct RuleFile = "a rule" {
        /// What is flagged, in a few words.
        "title" needed => title: Text,
        /// The kinds of document it reads.
        "applies-to" needed => applies_to: Vec<One<Kind>>,
        /// Only under headings of these types (see sections/).
        "sections" => sections: Option<Texts>,
        /// Never under headings of these types.
        "not-sections" => not_sections: Option<Texts>,
        /// Only in a document that mentions one of these.
        "only-if-mentions" => only_if_mentions: Option<Texts>,
        /// Words worth a second look: a list of terms, or a map from term to alternatives.
        "flag" => flag: Option<Flagged>,
        /// What happens in the text; each thing of `expect` should then be written too.
        "when" => when: Option<Texts>,
        /// What should be written too, by name.
        "expect" => expect: Option<Map<Texts>>,
        /// How far to look.
        "within" => within: Option<One<Reach>>,
        /// Evidence in a later entry counts as well.
        "or-later" => or_later: Option<One<SameRecord>>,
        /// What a document of this kind should contain, by name.
        "require" => require: Option<Map<Texts>>,
        /// What is counted, by name.
        "measure" => measure: Option<Map<Texts>>,
        /// When the counts are worth a second look.
        "flag-when" => flag_when: Option<Text>,
        /// A stated time against a limit.
        "limit" => limit: Option<LimitForm>,
        /// Exceptions.
        "unless" => unless: Option<UnlessForm>,
        /// Readings of the context that keep the rule silent.
        "skip-when" => skip_when: Option<Vec<One<Guard>>>,
        /// Readings of the context that make it one level less severe.
        "soften-when" => soften_when: Option<Vec<One<Guard>>>,
        /// Readings of the context that change nothing for this rule.
        "keep-when" => keep_when: Option<Vec<One<Guard>>>,
        /// How much it matters.
        "severity" needed => severity: One<Severity>,
        /// How sure it is; medium when not given, and low is hidden unless asked for.
        "confidence" => confidence: Option<One<Confidence>>,
        /// Debated words: off unless asked for.
        "opt-in" => opt_in: Option<Flag>,
        /// What the finding is of.
        "concern" => concern: Option<One<Concern>>,
        /// What a finding says; may use {match}, {missing}, {found}, {count}, {limit}.
        "say" => say: Option<Text>,
        /// Why it matters, in one sentence from the person's side.
        "why" needed => why: Text,
        /// A question the writer can answer in one line.
        "ask" => ask: Option<Text>,
        /// Wordings a person may choose.
        "instead" => instead: Option<Texts>,
        /// What it stands on.
        "basis" needed => basis: BasisForm,
        /// Where its facts come from, and how sure they are.
        "sources" => sources: Option<Vec<SourceForm>>,
        /// When it was last reviewed, and by whom.
        "reviewed" => reviewed: Option<Text>,
        /// Texts that prove it.
        "tests" needed => tests: TestsForm,
    }
}

written! {
    /// A stated time against a limit.
    pub struct LimitForm = "`limit`" {
        /// What the sentence must speak of.
        "topic" needed => topic: Texts,
        /// Which sort of time.
        "quantity" needed => quantity: One<Quantity>,
        /// The most allowed, as `4 hours`; may come from a profile only.
        "at-most" => at_most: Option<Text>,
        /// In a log of timed lines: what each line counts as, once the topic has begun.
        "each-line" => each_line: Option<Text>,
        /// In a log: what must come again and again, by name.
        "again" => again: Option<Map<Texts>>,
        /// In a log: what must come once, by name, so soon after the beginning.
        "first" => first: Option<Map<Texts>>,
        /// In a log: what ends it.
        "until" => until: Option<Texts>,
    }
}

written! {
    /// Exceptions, in four forms that are never mixed.
    pub struct UnlessForm = "`unless`" {
        /// Silent when one of these overlaps the match.
        "overlapping" => overlapping: Option<Texts>,
        /// Silent when one of these stands in the same sentence.
        "same-sentence" => same_sentence: Option<Texts>,
        /// Silent when one of these stands in the same section.
        "same-section" => same_section: Option<Texts>,
        /// Silent when one of these stands anywhere in the document.
        "same-document" => same_document: Option<Texts>,
    }
}

written! {
    /// What a rule stands on. At least one entry.
    pub struct BasisForm = "`basis`" {
        /// Articles of the Convention on the Rights of Persons with Disabilities.
        "crpd" => crpd: Option<Texts>,
        /// Recovery principles.
        "recovery" => recovery: Option<Texts>,
        /// WHO QualityRights standards and criteria, as '3.2'.
        "quality-rights" => quality_rights: Option<Texts>,
        /// Local law, by profile.
        "law" => law: Option<Map<Text>>,
    }
}

written! {
    /// Where a fact comes from.
    pub struct SourceForm = "a source" {
        /// The source.
        "source" needed => source: Text,
        /// Whether it was read, or is from memory.
        "sure" needed => sure: One<Sureness>,
    }
}

written! {
    /// Texts that prove a rule.
    pub struct TestsForm = "`tests`" {
        /// At least two texts that must be flagged.
        "flag" needed => flag: Vec<ExampleForm>,
        /// At least two texts that must stay quiet.
        "pass" needed => pass: Vec<ExampleForm>,
        /// Known misses.
        "limits" => limits: Option<Vec<ExampleForm>>,
    }
}

written! {
    /// A text and what is expected of it.
    pub struct ExampleMap = "an example" {
        /// The text.
        "text" needed => text: Text,
        /// The kind of document it is from.
        "kind" => kind: Option<One<Kind>>,
        /// The profile it is read under.
        "profile" => profile: Option<Text>,
        /// The words the finding covers.
        "span" => span: Option<Text>,
        /// What must be missing.
        "missing" => missing: Option<Texts>,
        /// What must be said not done.
        "said-not-done" => said_not_done: Option<Texts>,
        /// What must be planned.
        "planned" => planned: Option<Texts>,
    }
}

/// A text, alone or with what is expected of it.
#[derive(Clone, Debug, Default)]
pub struct ExampleForm(pub ExampleMap);

impl Written for ExampleForm {
    fn read(node: &Node, to: &mut Mistakes<'_>) -> Self {
        // A map that does not begin with a known key is a text with a colon in it, and is told so as a text.
        let is_map = match &node.value {
            Value::Map(map) => map.iter().any(|(key, _)| key.value == Value::Text("text".to_owned())) || map.len() > 1,
            _ => false,
        };
        if is_map {
            return Self(ExampleMap::read(node, to));
        }
        let text = Text::read(node, to);
        Self(ExampleMap { at: node.at.clone(), text, ..ExampleMap::default() })
    }
}

impl JsonSchema for ExampleForm {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "ExampleForm".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let (text, map) = (generator.subschema_for::<Text>(), generator.subschema_for::<ExampleMap>());
        json_schema!({ "anyOf": [text, map] })
    }
}
