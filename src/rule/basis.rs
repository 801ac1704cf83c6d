//! What a rule stands on. Three bases are kept apart and never merged into one verdict.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The recovery principles, by their keys.
pub const RECOVERY: [&str; 17] = [
    "empowerment",
    "collaboration",
    "self-determination",
    "choice",
    "dignity-of-risk",
    "right-to-fail",
    "coproduction",
    "dialogue",
    "strengths",
    "stigma",
    "power",
    "lived-experience",
    "reciprocity",
    "humanity",
    "supporters",
    "hope",
    "meaning",
];
/// The last article of the Convention.
pub const LAST_ARTICLE: u8 = 50;

/// The bases of a rule.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basis {
    /// Articles of the Convention on the Rights of Persons with Disabilities: a rights signal.
    pub crpd: Vec<String>,
    /// Recovery principles, by their keys: a quality point.
    pub recovery: Vec<String>,
    /// WHO `QualityRights` standards and criteria, by number: a quality point.
    pub quality_rights: Vec<String>,
    /// Local law, by jurisdiction profile: a documentation gap.
    pub law: Vec<Law>,
}

/// A reference to local law.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Law {
    /// The profile it belongs to (`ie`, `gb-eng` …).
    pub profile: String,
    /// The reference.
    pub reference: String,
}

/// Where a fact comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The source.
    pub source: String,
    /// How sure.
    pub sure: Sureness,
}

/// How sure a source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Sureness {
    /// The source was read.
    Verified,
    /// It was not; never an error about the law.
    FromMemory,
}
