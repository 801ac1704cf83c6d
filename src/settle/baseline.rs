//! What stood there before: findings of the day a service began, known by name and counted, without a word of text.
//!
//! The form is `dignity/baseline/1`, in JSON: for each file, how often each fingerprint stood in it. Files about a
//! person are named by the key as well, since file names hold names of people. A baseline shrinks by itself and grows
//! only when somebody says so.

use super::Key;
use crate::document::Document;
use crate::finding::{Checked, Fingerprint, Standing};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The name and number of the form.
pub const FORM: &str = "dignity/baseline/1";

type Counts = BTreeMap<String, u32>;

/// A baseline.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    form: String,
    /// The mark of the key, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    key: Option<String>,
    /// By file, then by fingerprint: how many.
    known: BTreeMap<String, Counts>,
}

impl Default for Baseline {
    fn default() -> Self {
        Self { form: FORM.to_owned(), key: None, known: BTreeMap::new() }
    }
}

/// How a new baseline differs from the old.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Findings that were known and still stand.
    pub kept: u32,
    /// Findings that went with their file to another name.
    pub moved: u32,
    /// Findings that are gone.
    pub gone: u32,
    /// Findings that were not known.
    pub new: u32,
}

impl Baseline {
    /// Reads a baseline; `key` is the one in use.
    ///
    /// # Errors
    /// What is wrong with it, in plain words.
    pub fn parse(text: &str, key: Option<&Key>) -> Result<Self, String> {
        let read: Self = serde_json::from_str(text)
            .map_err(|error| format!("line {}: this is not a baseline; dignity baseline writes one", error.line()))?;
        if read.form != FORM {
            return Err(format!("this is not a baseline of the form {FORM}"));
        }
        let prints = read.known.values().flat_map(Counts::keys);
        if prints.into_iter().any(|print| print.parse::<Fingerprint>().is_err()) {
            return Err("a name in it is not the name of a finding; dignity baseline writes it anew".to_owned());
        }
        match (&read.key, key.map(Key::mark)) {
            (Some(_), None) => Err("it was made with a key; say which with --key-file or DIGNITY_KEY".to_owned()),
            (Some(old), Some(new)) if *old != new => {
                Err("it was made with another key; use that one, or remove this file and begin anew".to_owned())
            }
            _ => Ok(read),
        }
    }

    /// The text of it, a line feed behind.
    pub fn text(&self) -> String {
        // Maps of texts and numbers can always be written.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// How many findings it holds.
    pub fn len(&self) -> u32 {
        self.known.values().flat_map(Counts::values).sum()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// Marks what is known; returns how many findings it knows in these files that are not there any more.
    pub fn settle(&self, checked: &mut [Checked], file: &dyn Fn(&str) -> String, key: Option<&Key>) -> u32 {
        let mut left: BTreeMap<String, Counts> = BTreeMap::new();
        for one in checked {
            let Some(name) = name(&one.document, file, key) else { continue };
            let Some(known) = self.known.get(&name) else { continue };
            let left = left.entry(name).or_insert_with(|| known.clone());
            for finding in one.findings.iter_mut().filter(|finding| finding.standing == Standing::Open) {
                let count = finding.fingerprint.and_then(|print| left.get_mut(&print.to_string()));
                if let Some(count) = count.filter(|count| **count > 0) {
                    *count -= 1;
                    finding.standing = Standing::Known;
                }
            }
        }
        left.values().flat_map(Counts::values).sum()
    }

    /// The baseline of what was found now and is not accepted, and how it differs from this one. What this one knows
    /// of files that were not checked stays, unless `prune`, or unless it has moved into a file that was.
    ///
    /// # Errors
    /// How many findings have no name, because they are about a person and there is no key.
    pub fn renewed(
        &self,
        checked: &[Checked],
        file: &dyn Fn(&str) -> String,
        key: Option<&Key>,
        prune: bool,
    ) -> Result<(Self, Change), usize> {
        let open = |one: &Checked| one.findings.iter().filter(|finding| !is_accepted(&finding.standing)).count();
        let mut unnamed = 0;
        let mut now: BTreeMap<String, Counts> = BTreeMap::new();
        for one in checked {
            let Some(name) = name(&one.document, file, key) else {
                unnamed += open(one);
                continue;
            };
            let counts = now.entry(name).or_default();
            for finding in one.findings.iter().filter(|finding| !is_accepted(&finding.standing)) {
                if let Some(print) = finding.fingerprint {
                    *counts.entry(print.to_string()).or_default() += 1;
                }
            }
        }
        if unnamed > 0 {
            return Err(unnamed);
        }
        let mut change = Change::default();
        // What is known of each file and not found in it any more, and what is found and not known.
        let (mut gone, mut fresh) = (Counts::new(), Counts::new());
        let mut kept: BTreeMap<String, Counts> = BTreeMap::new();
        for (name, counts) in &now {
            let old = self.known.get(name);
            for (print, number) in counts {
                let before = old.and_then(|old| old.get(print)).copied().unwrap_or_default();
                change.kept += before.min(*number);
                *fresh.entry(print.clone()).or_default() += number.saturating_sub(before);
            }
        }
        for (name, old) in &self.known {
            for (print, before) in old {
                let still = now.get(name).and_then(|now| now.get(print)).copied().unwrap_or_default();
                let mut lost = before.saturating_sub(still);
                if let Some(fresh) = fresh.get_mut(print) {
                    let moved = lost.min(*fresh);
                    *fresh -= moved;
                    lost -= moved;
                    change.moved += moved;
                }
                if lost > 0 && !now.contains_key(name) && !prune {
                    kept.entry(name.clone()).or_default().insert(print.clone(), lost);
                    change.kept += lost;
                } else {
                    *gone.entry(print.clone()).or_default() += lost;
                }
            }
        }
        change.gone = gone.values().sum();
        change.new = fresh.values().sum();
        now.retain(|_, counts| !counts.is_empty());
        now.extend(kept);
        let keyed = now.values().flat_map(Counts::keys).any(|print| print.starts_with("k1-"));
        let key = key.filter(|_| keyed).map(Key::mark);
        Ok((Self { form: FORM.to_owned(), key, known: now }, change))
    }
}

fn is_accepted(standing: &Standing) -> bool {
    matches!(standing, Standing::Accepted { .. })
}

/// The name a document's file has in a baseline; `None` where it may have none.
fn name(document: &Document, file: &dyn Fn(&str) -> String, key: Option<&Key>) -> Option<String> {
    let name = file(document.name());
    if document.kind().is_about_a_person() { key.map(|key| format!("k1-{}", key.name(&name))) } else { Some(name) }
}
