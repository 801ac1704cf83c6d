//! What is known of a language: cues, headings, signs of a kind, and the packs and profiles beside them.

use super::read::written;
use super::values::{Flag, Map, One, Text, Texts};
use crate::rule::{Confidence, Severity, Sureness};

written! {
    /// Headings and their types.
    pub struct SectionsFile = "the list of headings" {
        /// What this is.
        "title" => title: Option<Text>,
        /// Section types, each with its headings.
        "types" needed => types: Map<Texts>,
    }
}

written! {
    /// Signs by which the kind of a document is known.
    pub struct KindsFile = "the list of kinds" {
        /// What this is.
        "title" => title: Option<Text>,
        /// Kinds, each with its signs.
        "kinds" needed => kinds: Map<KindForm>,
    }
}

written! {
    /// Signs of one kind.
    pub struct KindForm = "a kind of document" {
        /// Words in the file name or first heading that say so outright.
        "names" => names: Option<Texts>,
        /// Terms that speak for it in the text.
        "words" => words: Option<Texts>,
    }
}

written! {
    /// A pack of rules: `rules/<pack>/pack.yaml`.
    pub struct PackFile = "a pack" {
        /// Its title.
        "title" needed => title: Text,
        /// Its version.
        "version" needed => version: Text,
        /// Who keeps it.
        "stewards" => stewards: Option<Texts>,
        /// Who it was made with.
        "made-with" => made_with: Option<Text>,
        /// By when it should be reviewed, as 2027-06-30.
        "review-by" => review_by: Option<Text>,
        /// Its licence.
        "licence" => licence: Option<Text>,
    }
}

written! {
    /// What differs by law: `rules/profiles/<jurisdiction>.yaml`.
    pub struct ProfileFile = "a profile" {
        /// The jurisdiction in words.
        "title" needed => title: Text,
        /// What differs, by rule id.
        "rules" needed => rules: Map<ProfileRule>,
    }
}

written! {
    /// What differs for one rule.
    pub struct ProfileRule = "an entry of a profile" {
        /// How much it matters here.
        "severity" => severity: Option<One<Severity>>,
        /// How sure it is here.
        "confidence" => confidence: Option<One<Confidence>>,
        /// Silent here.
        "off" => off: Option<Flag>,
        /// The most allowed here.
        "at-most" => at_most: Option<Text>,
        /// The most allowed here between two of what a rule wants again and again, by its name.
        "at-most-for" => at_most_for: Option<Map<Text>>,
        /// The reference to local law.
        "law" => law: Option<Text>,
        /// Whether the law was read, or is from memory.
        "sure" => sure: Option<One<Sureness>>,
    }
}
