//! Compiled rules: layers of rules with their scanners, and the lexicon of the language.

use super::{Basis, Confidence, Lexicon, Rule, RuleId, Severity, Source, Sureness};
use crate::scan::Scanner;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;

/// Rules compiled together: the built-in packs, or those of one project.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Layer {
    /// The rules, sorted by id.
    pub rules: Vec<Rule>,
    /// Finds what rules flag and what gaps and limits begin with, in one pass over the text.
    pub main: Scanner,
    /// Finds evidence, exceptions and cues, only where asked.
    pub near: Scanner,
    /// End of each rule's text in [`Layer::texts`].
    pub text_ends: Vec<u32>,
    /// The rules' texts, one after the other, each a [`RuleText`] in postcard form.
    #[serde(skip)]
    pub texts: Cow<'static, [u8]>,
}

impl Layer {
    /// The words of rule number `index`. `None` only if the layer was not written by [`super::compile`].
    pub fn text(&self, index: usize) -> Option<RuleText> {
        let start = if index == 0 { 0 } else { *self.text_ends.get(index - 1)? as usize };
        let end = *self.text_ends.get(index)? as usize;
        postcard::from_bytes(self.texts.get(start..end)?).ok()
    }
}

/// Everything a rule says, and its proof.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct RuleText {
    /// Title.
    pub title: String,
    /// What a finding says; may use `{match}`, `{missing}`, `{found}`, `{count}`, `{limit}`.
    pub say: String,
    /// Why, from the person's side.
    pub why: String,
    /// A question.
    pub ask: Option<String>,
    /// Wordings offered for any match.
    pub instead: Vec<String>,
    /// Wordings offered for one term, by term number in the main scanner.
    pub alternatives: Vec<(u32, Vec<String>)>,
    /// What it stands on.
    pub basis: Basis,
    /// Where its facts come from.
    pub sources: Vec<Source>,
    /// When it was last reviewed, and by whom, as written.
    pub reviewed: Option<String>,
    /// Where the rule was read from, for people.
    pub file: String,
    /// Its tests.
    pub tests: Tests,
}

/// A rule's own examples.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Tests {
    /// Must be flagged.
    pub flag: Vec<Example>,
    /// Must stay quiet.
    pub pass: Vec<Example>,
    /// Known misses, printed with the rule, not run as failures.
    pub limits: Vec<Example>,
}

/// One example.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Example {
    /// The text.
    pub text: String,
    /// The kind of document it is from; the first kind of the rule when not given.
    pub kind: Option<String>,
    /// The profile it is read under.
    pub profile: Option<String>,
    /// The words the finding must cover, when given.
    pub span: Option<String>,
    /// What must be missing, when given.
    pub missing: Option<Vec<String>>,
    /// What must be said not done, when given.
    pub said_not_done: Option<Vec<String>>,
    /// What must be planned, when given.
    pub planned: Option<Vec<String>>,
    /// Byte offset of the example in its file, for pointing at it; length in bytes.
    pub at: (u32, u32),
}

/// Everything a check needs to know.
#[derive(Clone, Debug, Default)]
pub struct RuleSet {
    /// Layers; a rule of a later layer replaces one of the same id.
    pub layers: Vec<Layer>,
    /// Cues, sections, kinds and abbreviations of the language. Its sets are in `layers[0].near`.
    pub lexicon: Lexicon,
    /// Title of each pack that is loaded, with its version, by pack name.
    pub packs: Vec<PackInfo>,
    /// What differs by law, sorted by name.
    pub profiles: Vec<Profile>,
    /// The files everything was made from, to make rules anew when a project changes them.
    pub sources: Sources,
    /// A digest of all rules and settings, for reports.
    pub digest: u64,
}

impl RuleSet {
    /// Whether a rule is in force: not replaced by a later layer, not switched off, and asked for where it must be.
    pub fn in_force(&self, layer: usize, index: usize) -> bool {
        self.layers.get(layer).and_then(|layer| layer.rules.get(index)).is_some_and(|rule| rule.enabled && !rule.opt_in)
    }

    /// How many rules are in force.
    pub fn in_force_count(&self) -> usize {
        let all = self.layers.iter().flat_map(|layer| &layer.rules);
        all.filter(|rule| rule.enabled && !rule.opt_in).count()
    }

    /// The rule of that id. A later layer's counts before an earlier one's.
    pub fn rule(&self, id: &RuleId) -> Option<&Rule> {
        let (layer, index) = self.find(id)?;
        layer.rules.get(index)
    }

    /// What the rule of that id says. A later layer replaces an earlier one.
    pub fn text_of(&self, id: &RuleId) -> Option<RuleText> {
        let (layer, index) = self.find(id)?;
        layer.text(index)
    }

    fn find(&self, id: &RuleId) -> Option<(&Layer, usize)> {
        let index = |layer: &Layer| layer.rules.binary_search_by(|rule| rule.id.cmp(id)).ok();
        self.layers.iter().rev().find_map(|layer| Some((layer, index(layer)?)))
    }

    /// The words of a rule.
    pub fn text(&self, layer: usize, index: usize) -> Option<RuleText> {
        self.layers.get(layer)?.text(index)
    }
}

/// Files as they were read, in postcard form: path and text of each, sorted by path. Decoded only when asked for.
#[derive(Clone, Default)]
pub struct Sources(pub Cow<'static, [u8]>);

impl fmt::Debug for Sources {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sources({} bytes)", self.0.len())
    }
}

impl Sources {
    /// Of these files.
    pub fn new(files: &[(&str, &str)]) -> Self {
        let mut files = files.to_vec();
        files.sort_unstable();
        Self(Cow::Owned(postcard::to_allocvec(&files).unwrap_or_default()))
    }

    /// Path and text of every file.
    pub fn files(&self) -> Vec<(&str, &str)> {
        postcard::from_bytes(&self.0).unwrap_or_default()
    }
}

/// What differs by law in one jurisdiction.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Profile {
    /// Its name: `ie`, `gb-eng`.
    pub name: String,
    /// The jurisdiction in words.
    pub title: String,
    /// What differs, sorted by rule id.
    pub rules: Vec<(RuleId, Difference)>,
}

/// What differs for one rule.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Difference {
    /// How much it matters.
    pub severity: Option<Severity>,
    /// How sure it is.
    pub confidence: Option<Confidence>,
    /// Silent.
    pub off: bool,
    /// The most allowed, in seconds, and as written.
    pub at_most: Option<(u64, String)>,
    /// The most allowed by the name of what must come again, in seconds, and as written.
    pub at_most_for: Vec<(String, (u64, String))>,
    /// The reference to local law.
    pub law: Option<String>,
    /// Whether the law was read.
    pub sure: Option<Sureness>,
}

/// A pack, for people.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct PackInfo {
    /// Folder name.
    pub name: String,
    /// Title.
    pub title: String,
    /// Version.
    pub version: String,
    /// Who keeps it.
    pub stewards: Vec<String>,
    /// Who it was made with.
    pub made_with: Option<String>,
    /// By when it should be reviewed, `YYYY-MM-DD`.
    pub review_by: Option<String>,
    /// Licence.
    pub licence: Option<String>,
}
