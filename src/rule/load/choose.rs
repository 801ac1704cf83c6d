//! Puts rules in force: profile, settings, what is asked for on the command line.

use super::digest::mix;
use crate::rule::file::project::Level;
use crate::rule::file::read::nearest;
use crate::rule::set::Difference;
use crate::rule::{Confidence, Find, Law, Layer, Rule, RuleError, RuleSet};
use std::ops::Range;

/// A name that someone wrote, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// A rule id, a pack (`restrictive`, `restrictive/*`), or an entry of a basis (`crpd/14`, `recovery/hope`).
    pub name: String,
    /// The file it stands in; empty for the command line.
    pub file: String,
    /// Its bytes there.
    pub at: Range<usize>,
}

impl From<&str> for Asked {
    fn from(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }
}

/// What should run, and how.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// The jurisdiction.
    pub profile: Option<Asked>,
    /// Severity or off; a later entry comes before an earlier one.
    pub severities: Vec<(Asked, Level)>,
    /// Confidence.
    pub confidences: Vec<(Asked, Confidence)>,
    /// The most allowed, in seconds, and as written.
    pub at_most: Vec<(Asked, (u64, String))>,
    /// Opt-in rules that should run.
    pub opt_in: Vec<Asked>,
    /// Only these packs; all when empty.
    pub packs: Vec<Asked>,
    /// Only these rules; all when empty. An opt-in rule named here by its id runs too.
    pub only: Vec<Asked>,
    /// Not these rules.
    pub skip: Vec<Asked>,
}

impl RuleSet {
    /// Puts in force what `choice` asks for.
    ///
    /// # Errors
    /// A profile, rule, pack or article that is not known, each with the nearest that is.
    pub fn choose(&mut self, choice: &Choice) -> Result<(), Vec<RuleError>> {
        let mut errors = Vec::new();
        self.profile(choice, &mut errors);
        for (asked, confidence) in &choice.confidences {
            self.each(asked, &mut errors, |rule| rule.confidence = *confidence);
        }
        for (asked, level) in &choice.severities {
            self.each(asked, &mut errors, |rule| match level {
                Level::At(severity) => {
                    rule.severity = *severity;
                    rule.enabled = true;
                }
                Level::Off => rule.enabled = false,
            });
        }
        for (asked, (seconds, shown)) in &choice.at_most {
            self.each(asked, &mut errors, |rule| limit(rule, *seconds, shown));
        }
        for asked in &choice.opt_in {
            self.each(asked, &mut errors, |rule| rule.opt_in = false);
        }
        self.keep(&choice.packs, &mut errors);
        for asked in choice.only.iter().filter(|asked| asked.name.contains('/') && !asked.name.ends_with("/*")) {
            // Who names one rule wants to see it, debated or not.
            let id = asked.name.as_str();
            for rule in self.layers.iter_mut().flat_map(|layer| &mut layer.rules).filter(|rule| rule.id.0 == id) {
                rule.opt_in = false;
            }
        }
        self.keep(&choice.only, &mut errors);
        for asked in &choice.skip {
            self.each(asked, &mut errors, |rule| rule.enabled = false);
        }
        self.replace();
        self.digest = mix(self.digest, format!("{choice:?}").as_bytes());
        if errors.is_empty() { Ok(()) } else { Err(super::sorted(errors)) }
    }

    /// Rules that a later layer replaces never run.
    fn replace(&mut self) {
        for index in 1..self.layers.len() {
            let (before, after) = self.layers.split_at_mut(index);
            let Some(later) = after.first() else { continue };
            for rule in before.iter_mut().flat_map(|layer| &mut layer.rules) {
                rule.enabled &= later.rules.binary_search_by(|new| new.id.cmp(&rule.id)).is_err();
            }
        }
    }

    fn profile(&mut self, choice: &Choice, errors: &mut Vec<RuleError>) {
        let Some(asked) = &choice.profile else { return };
        let Some(profile) = self.profiles.iter().find(|profile| profile.name == asked.name) else {
            let known: Vec<&str> = self.profiles.iter().map(|profile| profile.name.as_str()).collect();
            errors.push(unknown(asked, "jurisdiction", &known));
            return;
        };
        for layer in &mut self.layers {
            for (id, difference) in &profile.rules {
                if let Ok(index) = layer.rules.binary_search_by(|rule| rule.id.cmp(id))
                    && let Some(rule) = layer.rules.get_mut(index)
                {
                    differ(rule, difference, &profile.name);
                }
            }
        }
    }

    /// Does `what` to every rule that `asked` means.
    fn each(&mut self, asked: &Asked, errors: &mut Vec<RuleError>, what: impl Fn(&mut Rule)) {
        let mut met = false;
        for layer in &mut self.layers {
            for index in meant(layer, &asked.name) {
                if let Some(rule) = layer.rules.get_mut(index) {
                    met = true;
                    what(rule);
                }
            }
        }
        if !met {
            errors.push(self.unknown(asked));
        }
    }

    /// Puts everything out of force but what `asked` means.
    fn keep(&mut self, asked: &[Asked], errors: &mut Vec<RuleError>) {
        if asked.is_empty() {
            return;
        }
        for one in asked {
            if self.layers.iter().all(|layer| meant(layer, &one.name).is_empty()) {
                errors.push(self.unknown(one));
            }
        }
        for layer in &mut self.layers {
            let mut wanted: Vec<usize> = asked.iter().flat_map(|one| meant(layer, &one.name)).collect();
            wanted.sort_unstable();
            for (index, rule) in layer.rules.iter_mut().enumerate() {
                rule.enabled &= wanted.binary_search(&index).is_ok();
            }
        }
    }

    fn unknown(&self, asked: &Asked) -> RuleError {
        let rules = self.layers.iter().flat_map(|layer| &layer.rules);
        let mut known: Vec<&str> = rules.map(|rule| rule.id.0.as_str()).collect();
        known.extend(self.packs.iter().map(|pack| pack.name.as_str()));
        unknown(asked, "rule, pack or article", &known)
    }
}

fn unknown(asked: &Asked, what: &str, known: &[&str]) -> RuleError {
    let near = nearest(&asked.name, known.iter().copied());
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.len() <= 12 => format!("known: {}", known.join(", ")),
        None => "`dignity rules` lists all of them".to_owned(),
    };
    RuleError {
        file: asked.file.clone(),
        rule: None,
        what: format!("unknown {what} `{}`", asked.name),
        label: "not known".to_owned(),
        at: asked.at.clone(),
        help: Some(help),
        fatal: true,
    }
}

fn differ(rule: &mut Rule, difference: &Difference, profile: &str) {
    if let Some(severity) = difference.severity {
        rule.severity = severity;
    }
    if let Some(confidence) = difference.confidence {
        rule.confidence = confidence;
    }
    if let Some((seconds, shown)) = &difference.at_most {
        limit(rule, *seconds, shown);
    }
    for (name, (seconds, shown)) in &difference.at_most_for {
        limit_of(rule, name, *seconds, shown);
    }
    if let Some(reference) = &difference.law {
        rule.law = Some(Law { profile: profile.to_owned(), reference: reference.clone() });
    }
    rule.enabled &= !difference.off;
}

fn limit(rule: &mut Rule, seconds: u64, text: &str) {
    if let Find::Limit { at_most, shown, log, .. } = &mut rule.find {
        *at_most = Some(seconds);
        text.clone_into(shown);
        for series in log.iter_mut().flat_map(|log| &mut log.series) {
            series.at_most = Some(seconds);
            text.clone_into(&mut series.shown);
        }
    }
}

fn limit_of(rule: &mut Rule, name: &str, seconds: u64, text: &str) {
    if let Find::Limit { log: Some(log), .. } = &mut rule.find {
        for series in log.series.iter_mut().filter(|series| series.name == name) {
            series.at_most = Some(seconds);
            text.clone_into(&mut series.shown);
        }
    }
}

/// The rules of `layer` that `name` means: one by its id, those of a pack, those that stand on an article.
fn meant(layer: &Layer, name: &str) -> Vec<usize> {
    if let Ok(index) = layer.rules.binary_search_by(|rule| rule.id.0.as_str().cmp(name)) {
        return vec![index];
    }
    let (pack, rest) = name.split_once('/').unwrap_or((name, "*"));
    if let Some(start) = rest.strip_suffix('*') {
        let rules = layer.rules.iter().enumerate();
        let meant = rules.filter(|(_, rule)| {
            rule.id.0.strip_prefix(pack).and_then(|id| id.strip_prefix('/')).is_some_and(|id| id.starts_with(start))
        });
        return meant.map(|(index, _)| index).collect();
    }
    if !matches!(pack, "crpd" | "recovery" | "quality-rights" | "law") {
        return Vec::new();
    }
    (0..layer.rules.len())
        .filter(|index| {
            let Some(basis) = layer.text(*index).map(|text| text.basis) else { return false };
            match pack {
                "crpd" => basis.crpd.iter().any(|article| {
                    article.strip_prefix(rest).is_some_and(|part| part.is_empty() || part.starts_with('('))
                }),
                "recovery" => basis.recovery.iter().any(|principle| principle == rest),
                "quality-rights" => basis.quality_rights.iter().any(|standard| {
                    standard.strip_prefix(rest).is_some_and(|part| part.is_empty() || part.starts_with('.'))
                }),
                _ => basis.law.iter().any(|law| law.profile == rest),
            }
        })
        .collect()
}
