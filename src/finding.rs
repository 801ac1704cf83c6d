//! What was found, why, and how it stands. Plain data: a reporter needs nothing else.

use crate::document::{Document, Place};
use crate::rule::{Basis, Concern, Confidence, Guard, RuleId, Severity};
use crate::span::Span;
use std::fmt;
use std::str::FromStr;

/// Text that may hold words of a document. `Debug` prints its size only.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Words(pub String);

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Words({} bytes)", self.0.len())
    }
}

/// One finding.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Which rule.
    pub rule: RuleId,
    /// The rule's title.
    pub title: String,
    /// How much it matters, after profile, settings and guards.
    pub severity: Severity,
    /// How sure the tool is.
    pub confidence: Confidence,
    /// The words it is about, in the reading text.
    pub span: Span,
    /// Where those words start in the original.
    pub place: Place,
    /// Where they end.
    pub end: Place,
    /// Bytes of the source file, for text formats.
    pub source: Option<Span>,
    /// Headings above it, outermost first, as spans of the reading text.
    pub path: Vec<Span>,
    /// What is said, without any word of the document.
    pub message: String,
    /// What is said, with the words it is about.
    pub message_with_words: Words,
    /// Why it matters, from the person's side.
    pub why: String,
    /// A question the writer can answer in one line.
    pub ask: Option<String>,
    /// What a gap did not find, with its state.
    pub missing: Vec<Missing>,
    /// Other places that matter.
    pub evidence: Vec<Evidence>,
    /// Wordings a person may choose; empty inside a quotation.
    pub alternatives: Vec<String>,
    /// What it stands on.
    pub basis: Basis,
    /// How many times the same rule met the same words in this unit (1 when once).
    pub count: u32,
    /// What the finding is of: decides the order shown to a clinician.
    pub concern: Concern,
    /// Its name, which outlives its place; `None` where a name would give words away (see `settle::fingerprint`).
    pub fingerprint: Option<Fingerprint>,
    /// Whether it has been answered for.
    pub standing: Standing,
}

/// The name of a finding: `p1-` and 20 hexadecimal digits where anyone can make it again, `k1-` where only holders of
/// the key can.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint {
    bytes: [u8; Self::BYTES],
    keyed: bool,
}

impl Fingerprint {
    /// How many bytes of the hash are kept: enough that two findings of one service never share a name by chance.
    pub const BYTES: usize = 10;

    /// A fingerprint of these bytes.
    pub fn new(bytes: [u8; Self::BYTES], keyed: bool) -> Self {
        Self { bytes, keyed }
    }

    /// Whether only holders of a key can make it again.
    pub fn is_keyed(self) -> bool {
        self.keyed
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.keyed { "k1-" } else { "p1-" })?;
        self.bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Fingerprint {
    type Err = NoFingerprint;

    fn from_str(text: &str) -> Result<Self, NoFingerprint> {
        let keyed = text.starts_with("k1-");
        let digits = text.strip_prefix(if keyed { "k1-" } else { "p1-" }).ok_or(NoFingerprint)?;
        if digits.len() != Self::BYTES * 2 || !digits.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f')) {
            return Err(NoFingerprint);
        }
        let mut bytes = [0; Self::BYTES];
        for (index, byte) in bytes.iter_mut().enumerate() {
            let pair = digits.get(index * 2..index * 2 + 2).ok_or(NoFingerprint)?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_| NoFingerprint)?;
        }
        Ok(Self { bytes, keyed })
    }
}

/// A text that is no fingerprint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoFingerprint;

/// One thing that a gap or clause rule looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// Its name, from the rule.
    pub name: String,
    /// What was found of it.
    pub state: EvidenceState,
}

/// The four states of evidence. Only `Done` closes a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EvidenceState {
    /// Nothing is written.
    Silent,
    /// Written that it was not done.
    SaidNotDone,
    /// Written that it will be done.
    Planned,
    /// Written that it was done.
    Done,
}

/// A labelled place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The words.
    pub span: Span,
    /// What they show, in the rule's words.
    pub label: String,
}

/// How a finding stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nobody has answered for it.
    Open,
    /// Someone has, with a reason.
    Accepted {
        /// Why; it may speak of a person.
        because: Words,
        /// Who.
        by: String,
        /// The last day on which this answer holds, as days since 1970-01-01; `None` for no end.
        until: Option<i32>,
    },
    /// It stands in the baseline.
    Known,
}

impl Standing {
    /// The word for it in reports.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Accepted { .. } => "accepted",
            Self::Known => "known",
        }
    }
}

/// A guard that acted, and the words that made it act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acted {
    /// Which guard.
    pub guard: Guard,
    /// The cue, in the reading text; absent where structure alone decided.
    pub cue: Option<Span>,
}

/// Every place where a rule looked, whatever came of it. This is what `why` prints.
#[derive(Clone, Debug)]
pub struct Look {
    /// The rule.
    pub rule: RuleId,
    /// The words it met.
    pub span: Span,
    /// What came of it.
    pub outcome: Outcome,
    /// Guards that acted, skipping or softening.
    pub acted: Vec<Acted>,
}

/// What came of a look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A finding was made.
    Found,
    /// A guard kept it silent.
    Guarded,
    /// An exception of the rule covered it.
    Excepted(Span),
    /// A longer flagged phrase of this rule covers it.
    Covered(RuleId),
    /// Everything a gap asked for is written: name and place of each.
    Satisfied(Vec<(String, Span)>),
    /// A document holds a part, or nothing, of what a clause asks for; the rest is in the finding.
    Partly {
        /// Name and place of each that is written.
        seen: Vec<(String, Span)>,
        /// Those that are written as not done, labelled with their names.
        denied: Vec<Evidence>,
    },
    /// Hidden by settings: opt-in, low confidence, section.
    OutOfScope(&'static str),
}

/// A document and all that was found in it.
#[derive(Debug)]
pub struct Checked {
    /// The document.
    pub document: Document,
    /// Findings, sorted by place, then rule.
    pub findings: Vec<Finding>,
    /// Every look, sorted likewise.
    pub looks: Vec<Look>,
    /// Good practice seen (choice offered, own account, strengths): name and place.
    pub credits: Vec<Evidence>,
    /// How many entries the document holds.
    pub entries: u32,
}
