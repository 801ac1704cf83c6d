//! What to look for, why it matters, and what to ask instead: a rule as it is run.
//!
//! A rule as it is written lives in [`mod@file`]; [`compile`] turns the one into the other.
//! The two never know each other's insides, so the form of the YAML can change alone.

pub mod basis;
pub mod compile;
pub mod coverage;
pub mod error;
pub mod file;
pub mod lexicon;
pub mod load;
pub mod set;
pub mod term;

pub use basis::{Basis, Law, Source, Sureness};
pub use error::RuleError;
pub use lexicon::{Cue, Lexicon};
pub use load::{Asked, Choice};
pub use set::{Layer, RuleSet, RuleText};

use crate::document::{KindSet, Reach};
use crate::scan::SetId;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The id of a rule: `pack/name`, taken from the path of its file.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RuleId(pub String);

impl RuleId {
    /// The pack.
    pub fn pack(&self) -> &str {
        self.0.split('/').next().unwrap_or_default()
    }
}

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth a thought.
    Advice,
    /// Worth a second look before it stands.
    Warning,
    /// Should not stand as it is.
    Error,
}

impl Severity {
    /// The name used everywhere.
    pub fn name(self) -> &'static str {
        match self {
            Self::Advice => "advice",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// One level less, never below advice.
    #[must_use]
    pub fn softened(self) -> Self {
        match self {
            Self::Error => Self::Warning,
            Self::Warning | Self::Advice => Self::Advice,
        }
    }
}

/// How sure the tool is that a finding is worth showing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// Hidden unless asked for.
    Low,
    /// Shown.
    Medium,
    /// Shown, and usually right.
    High,
}

impl Confidence {
    /// The name used everywhere.
    pub fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// What sort of concern a finding is; the order is the order of showing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Concern {
    /// Something the record owes the person.
    Owed,
    /// A "no" that was overridden, or a choice taken away.
    Overridden,
    /// Something a document of this kind should hold.
    Clause,
    /// Words.
    Wording,
}

/// A reading of the context that may silence or soften a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[repr(u8)]
pub enum Guard {
    /// It is said not to be so.
    Negated,
    /// The person's own words.
    OwnWords,
    /// Words of a relative or another service.
    SomeoneElsesWords,
    /// One to three quoted words without a speaker: scare quotes, or staff words carried on.
    StaffQuotation,
    /// The subject is a relative, an agency, a device, a body part, an organism.
    AboutSomeoneElse,
    /// It is about the past.
    Historical,
    /// It is a condition or possibility.
    Hypothetical,
    /// It is yet to be done.
    Planned,
    /// The word is talked about, not used.
    Mention,
    /// It is forbidden.
    Prohibition,
    /// Part of the name of a law, body or document.
    Title,
    /// A form's own label, an unticked option, a placeholder.
    Template,
    /// The person's own preferred word (`prefers:` in the header).
    Preferred,
}

impl Guard {
    /// Every guard.
    pub const ALL: [Self; 13] = [
        Self::Negated,
        Self::OwnWords,
        Self::SomeoneElsesWords,
        Self::StaffQuotation,
        Self::AboutSomeoneElse,
        Self::Historical,
        Self::Hypothetical,
        Self::Planned,
        Self::Mention,
        Self::Prohibition,
        Self::Title,
        Self::Template,
        Self::Preferred,
    ];

    /// The name used in rules and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Negated => "negated",
            Self::OwnWords => "own words",
            Self::SomeoneElsesWords => "someone else's words",
            Self::StaffQuotation => "staff quotation",
            Self::AboutSomeoneElse => "about someone else",
            Self::Historical => "historical",
            Self::Hypothetical => "hypothetical",
            Self::Planned => "planned",
            Self::Mention => "mention",
            Self::Prohibition => "prohibition",
            Self::Title => "title",
            Self::Template => "template",
            Self::Preferred => "preferred",
        }
    }

    /// The guard of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|guard| guard.name() == name)
    }
}

/// What a guard does to a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Action {
    /// Nothing.
    Keep,
    /// One level of severity less, one of confidence less.
    Soften,
    /// Silent: marked and counted, not shown.
    Skip,
}

/// What each guard does, in the order of [`Guard::ALL`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuardPolicy(pub [Action; 13]);

impl GuardPolicy {
    /// What `guard` does.
    pub fn of(&self, guard: Guard) -> Action {
        self.0[guard as usize]
    }

    /// The policy with `guard` doing `action`.
    #[must_use]
    pub fn with(mut self, guard: Guard, action: Action) -> Self {
        self.0[guard as usize] = action;
        self
    }
}

/// A rule as it is run. Its texts are in [`RuleText`], decoded only when a finding is made.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Rule {
    /// `pack/name`.
    pub id: RuleId,
    /// How much it matters.
    pub severity: Severity,
    /// How sure it is.
    pub confidence: Confidence,
    /// Off unless asked for: debated words.
    pub opt_in: bool,
    /// Kinds of document it reads.
    pub applies: KindSet,
    /// Only in sections of these types, when not empty (names from `rules/sections`).
    pub sections: Vec<String>,
    /// Never in sections of these types.
    pub not_sections: Vec<String>,
    /// Only in a document that mentions one of these, anywhere (near set).
    pub only_if_mentions: Option<SetId>,
    /// What it looks for.
    pub find: Find,
    /// Exceptions.
    pub unless: Unless,
    /// What each guard does.
    pub guards: GuardPolicy,
    /// What the finding is of.
    pub concern: Concern,
    /// The reference to local law that the chosen profile adds or puts in the place of the rule's own.
    #[serde(skip)]
    pub law: Option<Law>,
    /// Whether it is in force: not replaced by a later layer, not switched off, and asked for.
    #[serde(skip, default = "in_force")]
    pub enabled: bool,
}

fn in_force() -> bool {
    true
}

/// Exceptions, in four forms that are never mixed. All are near sets.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Unless {
    /// Silent when one of these overlaps the match.
    pub overlapping: Option<SetId>,
    /// Silent when one of these stands in the same sentence.
    pub same_sentence: Option<SetId>,
    /// Silent when one of these stands in the same section.
    pub same_section: Option<SetId>,
    /// Silent when one of these stands anywhere in the document.
    pub same_document: Option<SetId>,
}

/// The five shapes. Closed on purpose: a new one changes the language rules are written in.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Find {
    /// These words are worth a second look (main set).
    Flag {
        /// The words.
        words: SetId,
    },
    /// When this happens, each of these should be written too.
    Gap {
        /// What happens (main set).
        when: SetId,
        /// What should be written (near sets).
        expect: Vec<Expect>,
        /// How near.
        within: Reach,
        /// Evidence in a later entry of the same record counts as well.
        or_later: bool,
    },
    /// The document should contain each of these, somewhere.
    Clause {
        /// What it should contain (near sets).
        require: Vec<Expect>,
    },
    /// Counts out of balance.
    Measure {
        /// Named counts: sentences of the unit that hold a word of the near set.
        counts: Vec<Expect>,
        /// All must hold.
        flag_when: Vec<Condition>,
        /// The unit that is counted.
        within: Reach,
    },
    /// A stated time against a limit.
    Limit {
        /// What the sentence must speak of (main set).
        topic: SetId,
        /// Which sort of time.
        quantity: Quantity,
        /// The most allowed, in seconds; from the rule or the profile. None: silent.
        at_most: Option<u64>,
        /// As written, to be shown.
        shown: String,
        /// For a log of timed lines: what is measured between its times, in place of what a sentence states.
        log: Option<Log>,
    },
}

/// What must come again and again in a log of timed lines.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Log {
    /// What ends it (near set).
    pub until: Option<SetId>,
    /// What must come.
    pub series: Vec<Series>,
}

/// Something that must come again, or once, before a time is over.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Series {
    /// Its name, shown to people.
    pub name: String,
    /// Its words (near set); `None`: every timed line counts.
    pub words: Option<SetId>,
    /// Whether once is enough: counted from the beginning to the first.
    pub once: bool,
    /// The most allowed, in seconds; from the rule or the profile. None: not measured.
    pub at_most: Option<u64>,
    /// As written, to be shown.
    pub shown: String,
}

/// A named near set.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Expect {
    /// Its name, shown to people.
    pub name: String,
    /// Its words.
    pub words: SetId,
}

/// A sort of stated time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Quantity {
    /// "every six hours", "4-hourly".
    Interval,
    /// "for 25 minutes".
    Duration,
    /// "within 72 hours".
    Deadline,
    /// A date that should not be in the past.
    Date,
}

/// A comparison of counts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Condition {
    /// Index into the counts; `None` counts words.
    pub left: Option<u16>,
    /// How they compare.
    pub compare: Compare,
    /// The number, or the factor of `right`.
    pub number: f32,
    /// Compare with `number` times this count, instead of `number` alone; `None` inside: words.
    #[allow(clippy::option_option, reason = "a bare number, the count of words, or a count of the rule")]
    pub right: Option<Option<u16>>,
}

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Compare {
    /// `>=`
    AtLeast,
    /// `<=`
    AtMost,
    /// `>`
    MoreThan,
    /// `<`
    FewerThan,
}
