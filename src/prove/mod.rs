//! A rule against its own examples: each one holds, or says in which of four ways it does not.

pub mod terms;

use crate::check::Options;
use crate::checker::Checker;
use crate::document::{Kind, Reason};
use crate::finding::{Checked, EvidenceState, Finding};
use crate::rule::set::Example;
use crate::rule::{Confidence, Rule, RuleError, RuleId, RuleText};
use std::collections::BTreeSet;

/// What came of one example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is as the rule says.
    Held,
    /// Flagged, and should not be.
    FalseAlarm,
    /// Not flagged, and should be.
    Miss,
    /// Flagged, but not the words it should be.
    WrongSpan,
    /// Flagged, but what is missing, said not done or planned is not what it should be.
    WrongMissing,
}

impl Verdict {
    /// The name used everywhere.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::FalseAlarm => "false alarm",
            Self::Miss => "miss",
            Self::WrongSpan => "wrong span",
            Self::WrongMissing => "wrong missing list",
        }
    }
}

/// One example and its verdict.
#[derive(Clone, Debug)]
pub struct Tried<'t> {
    /// The example.
    pub example: &'t Example,
    /// Whether it should be flagged.
    pub flag: bool,
    /// What came of it.
    pub verdict: Verdict,
    /// What was seen instead, in plain words; examples are part of the rule, so their words may be shown.
    pub seen: String,
}

/// A rule's examples, tried.
#[derive(Clone, Debug)]
pub struct Proof<'t> {
    /// The rule.
    pub rule: RuleId,
    /// Every example that must be flagged or must stay quiet, in order.
    pub tried: Vec<Tried<'t>>,
}

impl Proof<'_> {
    /// How many examples are as the rule says.
    pub fn held(&self) -> usize {
        self.tried.iter().filter(|tried| tried.verdict == Verdict::Held).count()
    }

    /// Whether all are.
    pub fn holds(&self) -> bool {
        self.held() == self.tried.len()
    }
}

/// The options under which rules are tried: nothing is hidden. Rules that run only when asked for must be asked for.
pub fn options(today: Option<i32>) -> Options {
    Options { confidence: Confidence::Low, today, ..Options::default() }
}

/// Tries the examples of `rule`. `checker` gives the checker for a jurisdiction profile, `None` being no profile;
/// where it has none, examples of that profile count as missed.
pub fn prove<'t, 'c>(
    rule: &Rule,
    text: &'t RuleText,
    checker: &dyn Fn(Option<&str>) -> Option<&'c Checker>,
) -> Proof<'t> {
    let flag = text.tests.flag.iter().map(|example| (example, true));
    let pass = text.tests.pass.iter().map(|example| (example, false));
    let tried = flag
        .chain(pass)
        .map(|(example, flag)| {
            let profile = example.profile.as_deref();
            if let Some(checker) = checker(profile) {
                return try_one(checker, rule, example, flag);
            }
            let seen = format!("there is no profile {}", profile.unwrap_or_default());
            Tried { example, flag, verdict: Verdict::Miss, seen }
        })
        .collect();
    Proof { rule: rule.id.clone(), tried }
}

/// Checks the text of an example the way it is tried: as Markdown, of its kind or the rule's first.
pub fn checked(checker: &Checker, rule: &Rule, example: &Example) -> Checked {
    let own = example.kind.as_deref().and_then(Kind::from_name);
    let kind = own.or_else(|| Kind::ALL.into_iter().find(|kind| rule.applies.has(*kind))).unwrap_or(Kind::Record);
    checker.check_with(&rule.id, "example.md", (kind, Reason::Asked), example.text.as_bytes())
}

fn try_one<'t>(checker: &Checker, rule: &Rule, example: &'t Example, flag: bool) -> Tried<'t> {
    let read = checked(checker, rule, example);
    let findings: Vec<&Finding> = read.findings.iter().filter(|finding| finding.rule == rule.id).collect();
    let words = |finding: &&Finding| format!("“{}”", read.document.words(finding.span).trim());
    let (verdict, seen) = match (flag, findings.is_empty()) {
        (true, true) => (Verdict::Miss, silence(&read, rule)),
        (false, true) => (Verdict::Held, String::new()),
        (false, false) => (Verdict::FalseAlarm, findings.iter().map(words).collect::<Vec<_>>().join(", ")),
        (true, false) => {
            let covering: Vec<&Finding> =
                findings.iter().copied().filter(|finding| covers(&read, finding, example)).collect();
            if covering.is_empty() {
                (Verdict::WrongSpan, findings.iter().map(words).collect::<Vec<_>>().join(", "))
            } else if covering.iter().any(|finding| lists_match(finding, example)) {
                (Verdict::Held, String::new())
            } else {
                (Verdict::WrongMissing, covering.iter().map(|finding| lists(finding)).collect::<Vec<_>>().join("; or "))
            }
        }
    };
    Tried { example, flag, verdict, seen }
}

/// Why a rule stayed silent, as far as it looked.
fn silence(checked: &Checked, rule: &Rule) -> String {
    let looks: Vec<String> = checked
        .looks
        .iter()
        .filter(|look| look.rule == rule.id)
        .map(|look| {
            let guards: Vec<&str> = look.acted.iter().map(|acted| acted.guard.name()).collect();
            let words = checked.document.words(look.span).trim();
            match &look.outcome {
                crate::finding::Outcome::Satisfied(found) => {
                    let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
                    format!("“{words}” met, and all of it found: {}", names.join(", "))
                }
                crate::finding::Outcome::Covered(by) => format!("“{words}” is covered by {by}"),
                crate::finding::Outcome::Excepted(_) => format!("“{words}” is an exception of the rule"),
                crate::finding::Outcome::OutOfScope(why) => format!("“{words}” is out of scope: {why}"),
                _ => format!("“{words}” kept silent: {}", guards.join(", ")),
            }
        })
        .collect();
    if looks.is_empty() { "it met nothing in the text".to_owned() } else { looks.join("; ") }
}

/// Whether `finding` covers the words the example names; any will do when it names none.
fn covers(checked: &Checked, finding: &Finding, example: &Example) -> bool {
    let Some(wanted) = &example.span else { return true };
    let even = |text: &str| {
        let text = text.replace(['\u{2018}', '\u{2019}'], "'").replace(['\u{201c}', '\u{201d}'], "\"");
        text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
    };
    even(checked.document.words(finding.span)).contains(&even(wanted))
}

/// Whether what is missing is what the example says. `missing` may leave out what it lists as said not done or
/// planned, or name it twice: both are how people write it.
fn lists_match(finding: &Finding, example: &Example) -> bool {
    let names = |state| -> BTreeSet<&str> {
        finding.missing.iter().filter(|missing| missing.state == state).map(|missing| missing.name.as_str()).collect()
    };
    let (silent, not_done, planned) =
        (names(EvidenceState::Silent), names(EvidenceState::SaidNotDone), names(EvidenceState::Planned));
    let wanted = |list: &Option<Vec<String>>| -> Option<BTreeSet<String>> {
        list.as_ref().map(|list| list.iter().cloned().collect())
    };
    let same = |list: &Option<Vec<String>>, found: &BTreeSet<&str>| {
        wanted(list).is_none_or(|wanted| wanted.iter().map(String::as_str).eq(found.iter().copied()))
    };
    let missing = wanted(&example.missing).is_none_or(|wanted| {
        let open = |name: &str| silent.contains(name) || not_done.contains(name) || planned.contains(name);
        silent.iter().all(|name| wanted.contains(*name)) && wanted.iter().all(|name| open(name))
    });
    missing && same(&example.said_not_done, &not_done) && same(&example.planned, &planned)
}

fn lists(finding: &Finding) -> String {
    let states = [
        ("missing", EvidenceState::Silent),
        ("said not done", EvidenceState::SaidNotDone),
        ("planned", EvidenceState::Planned),
    ];
    let parts: Vec<String> = states
        .into_iter()
        .filter_map(|(label, state)| {
            let names: Vec<&str> = finding
                .missing
                .iter()
                .filter(|missing| missing.state == state)
                .map(|missing| missing.name.as_str())
                .collect();
            (!names.is_empty()).then(|| format!("{label}: {}", names.join(", ")))
        })
        .collect();
    if parts.is_empty() { "nothing is missing".to_owned() } else { parts.join("; ") }
}

/// An example that does not hold, as a mistake of the rule's file.
pub fn mistake(proof: &Proof<'_>, tried: &Tried<'_>, text: &RuleText) -> RuleError {
    let (start, length) = tried.example.at;
    let label = match tried.verdict {
        Verdict::Held => "",
        Verdict::FalseAlarm => "flagged, and must stay quiet",
        Verdict::Miss => "must be flagged, and is not",
        Verdict::WrongSpan => "flagged at other words",
        Verdict::WrongMissing => "flagged, with another list",
    };
    RuleError {
        file: text.file.clone(),
        rule: Some(proof.rule.0.clone()),
        what: format!("{}: {}", tried.verdict.name(), tried.seen),
        label: label.to_owned(),
        at: start as usize..(start + length) as usize,
        help: None,
        fatal: true,
    }
}
