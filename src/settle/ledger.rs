//! Answers that people have given: read with every mistake at its value, and laid over what was found.
//!
//! An answer is for one finding of one file, with a reason, a name and an end. There is none for a whole rule or
//! folder (settings do that, where everybody sees it), none without a reason, and none for ever.

use super::date::days;
use crate::finding::{Checked, Fingerprint, Standing, Words};
use crate::rule::file::accepted::AcceptedForm;
use crate::rule::file::read::Mistakes;
use crate::rule::{RuleError, RuleId, RuleSet, file};

/// One answer.
#[derive(Clone, Debug)]
pub struct Acceptance {
    /// The rule it is about.
    pub rule: RuleId,
    /// The file, as written: from the folder of the ledger on.
    pub file: String,
    /// The finding.
    pub fingerprint: Fingerprint,
    /// Why; it may speak of a person.
    pub because: Words,
    /// Who.
    pub by: String,
    /// The last day on which it holds, as days since 1970-01-01.
    pub until: i32,
    /// Its line in the ledger, from 1.
    pub line: usize,
}

/// What came of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It answers for a finding.
    InUse,
    /// There is such a finding, and the answer has run out: the finding is open again.
    Expired,
    /// Its file was checked, and there is no such finding in it any more.
    Unused,
    /// Its file was not among those that were checked.
    Elsewhere,
}

/// All answers.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// In the order of the file.
    pub answers: Vec<Acceptance>,
}

impl Ledger {
    /// Reads the ledger `name` (as people know it) from its text.
    ///
    /// # Errors
    /// Every mistake in it, each at its place.
    pub fn parse(name: &str, text: &str, rules: &RuleSet) -> Result<Self, Vec<RuleError>> {
        if text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#')) {
            return Ok(Self::default());
        }
        let mut errors = Vec::new();
        let forms: Vec<AcceptedForm> = file::read(name, None, text, &mut errors);
        let mut to = Mistakes::new(name, None, text);
        let answers = forms.iter().filter_map(|form| acceptance(form, rules, &mut to)).collect();
        errors.append(&mut to.found);
        if errors.is_empty() { Ok(Self { answers }) } else { Err(errors) }
    }

    /// Lays the answers over what was found. `file` gives the name a document's file has in the ledger; `today` is in
    /// days since 1970-01-01, and without it no answer runs out. The states stand in the order of the answers.
    pub fn settle(&self, checked: &mut [Checked], file: &dyn Fn(&str) -> String, today: Option<i32>) -> Vec<State> {
        let mut states = vec![State::Elsewhere; self.answers.len()];
        if self.answers.is_empty() {
            return states;
        }
        for one in checked {
            let name = file(one.document.name());
            let here = || self.answers.iter().enumerate().filter(|(_, answer)| answer.file == name);
            for (index, _) in here() {
                if let Some(state @ State::Elsewhere) = states.get_mut(index) {
                    *state = State::Unused;
                }
            }
            for finding in &mut one.findings {
                let Some(print) = finding.fingerprint else { continue };
                let answers = here().filter(|(_, answer)| answer.fingerprint == print && answer.rule == finding.rule);
                // Of several answers the one that holds longest counts.
                let Some((index, answer)) = answers.max_by_key(|(_, answer)| answer.until) else { continue };
                let holds = today.is_none_or(|today| today <= answer.until);
                if holds {
                    finding.standing = Standing::Accepted {
                        because: answer.because.clone(),
                        by: answer.by.clone(),
                        until: Some(answer.until),
                    };
                }
                if let Some(state) = states.get_mut(index) {
                    *state = if holds { State::InUse } else { State::Expired };
                }
            }
        }
        states
    }
}

/// The fewest words a reason has.
const REASON: usize = 3;

fn acceptance(form: &AcceptedForm, rules: &RuleSet, to: &mut Mistakes<'_>) -> Option<Acceptance> {
    let before = to.found.len();
    let rule = RuleId(form.rule.value.clone());
    let everything = |text: &str| text.contains(['*', '?']) || text.trim_matches(['.', '/']).is_empty();
    if form.rule.value.contains('*') || !form.rule.value.contains('/') && !form.rule.value.is_empty() {
        let help = "to switch a rule or pack off for everybody, use `severity` in the project file";
        to.note(form.rule.at.clone(), "an answer is for one finding of one rule", "more than one rule", help);
    } else if !form.rule.value.is_empty() && rules.rule(&rule).is_none() {
        let what = format!("there is no rule `{}`", form.rule.value);
        to.note(form.rule.at.clone(), what, "not known", "dignity rules lists them");
    }
    if !form.file.value.is_empty() && everything(&form.file.value) {
        to.note(
            form.file.at.clone(),
            "an answer is for one finding of one file",
            "more than one file",
            "name the file",
        );
    }
    let print = form.fingerprint.value.parse().ok();
    if print.is_none() && !form.fingerprint.value.is_empty() {
        let help = "copy it from a report in the form json, or let dignity accept write the entry";
        to.note(form.fingerprint.at.clone(), "this is not the name of a finding", "p1- or k1- and 20 digits", help);
    }
    let words = form.because.value.split_whitespace().count();
    if (1..REASON).contains(&words) {
        let help = "say why this is right as it stands, so that the next reader need not ask";
        to.note(form.because.at.clone(), "an answer gives a reason", "no reason yet", help);
    }
    let until = days(&form.until.value);
    if until.is_none() && !form.until.value.is_empty() {
        let help = "write the last day on which it holds, as in 2027-01-31";
        to.note(form.until.at.clone(), "an answer ends on a day", "not a day", help);
    }
    if to.found.len() > before
        || [&form.rule, &form.file, &form.because, &form.by].iter().any(|text| text.value.trim().is_empty())
    {
        return None;
    }
    Some(Acceptance {
        rule,
        file: form.file.value.replace('\\', "/"),
        fingerprint: print?,
        because: Words(form.because.value.clone()),
        by: form.by.value.clone(),
        until: until?,
        line: to.source.get(..form.at.start).unwrap_or_default().matches('\n').count() + 1,
    })
}

/// An entry as it is written into the ledger, a line feed behind it.
pub fn entry(rule: &RuleId, file: &str, print: Fingerprint, because: &str, by: &str, until: &str) -> String {
    let quoted =
        |text: &str| format!("'{}'", text.split_whitespace().collect::<Vec<_>>().join(" ").replace('\'', "''"));
    format!(
        "- rule: {rule}\n  file: {}\n  fingerprint: {print}\n  because: {}\n  by: {}\n  until: {until}\n",
        quoted(file),
        quoted(because),
        quoted(by),
    )
}
