//! Rules as SARIF describes them: what, why, whose right, with examples of the rule's own as help.

use super::super::words::safe;
use super::super::{Report, markdown};
use super::form::{Component, Configuration, Descriptor, Help, Message, Relationship, RuleProperties, Target};
use super::level;
use crate::finding::Finding;
use crate::rule::{Basis, Confidence, RuleText, Severity};
use std::fmt::Write;

/// The two bodies of rights and principles that rules stand on.
pub(super) const CRPD: &str = "CRPD";
pub(super) const RECOVERY: &str = "recovery";
/// As many tags as GitHub takes.
const TAGS: usize = 20;
/// As many characters as GitHub shows of a description.
const SHOWN: usize = 1024;

/// The rule of `finding`. What is in force may differ from finding to finding; the rule's own level stands here.
pub(super) fn descriptor(report: &Report<'_>, finding: &Finding) -> Descriptor {
    let text = report.rules.text_of(&finding.rule).unwrap_or_else(|| RuleText {
        title: finding.title.clone(),
        why: finding.why.clone(),
        ask: finding.ask.clone(),
        basis: finding.basis.clone(),
        ..RuleText::default()
    });
    let rule = report.rules.rule(&finding.rule);
    let severity = rule.map_or(finding.severity, |rule| rule.severity);
    let confidence = rule.map_or(finding.confidence, |rule| rule.confidence);
    Descriptor {
        id: finding.rule.0.clone(),
        name: name(&finding.rule.0),
        short_description: said(&text.title),
        full_description: said(&text.why),
        help: Help { text: plain(&finding.rule.0, &text), markdown: rich(&finding.rule.0, &text) },
        default_configuration: Configuration { level: level(severity) },
        relationships: relationships(&text.basis),
        properties: RuleProperties {
            tags: tags(&text.basis),
            precision: match confidence {
                Confidence::High => "high",
                Confidence::Medium => "medium",
                Confidence::Low => "low",
            },
            problem_severity: match severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Advice => "recommendation",
            },
        },
    }
}

fn said(text: &str) -> Message {
    let mut text: String = safe(text).chars().take(SHOWN).collect();
    if !text.ends_with(['.', '?', '!']) {
        text.push('.');
    }
    text.into()
}

/// `RecordAfterRestraint` for `restrictive/record-after-restraint`.
fn name(id: &str) -> String {
    let stem = id.rsplit('/').next().unwrap_or(id);
    stem.split('-').fold(String::new(), |mut name, part| {
        let mut letters = part.chars();
        name.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        name.push_str(letters.as_str());
        name
    })
}

fn tags(basis: &Basis) -> Vec<String> {
    let mut tags = vec!["human-rights".to_owned()];
    for (front, list) in
        [("crpd", &basis.crpd), ("recovery", &basis.recovery), ("quality-rights", &basis.quality_rights)]
    {
        tags.extend(list.iter().map(|one| format!("{front}/{one}")));
    }
    tags.truncate(TAGS);
    tags
}

/// The article of a reference: `12` of `12(3)`.
pub(super) fn article(reference: &str) -> &str {
    reference.split('(').next().unwrap_or(reference).trim()
}

fn relationships(basis: &Basis) -> Vec<Relationship> {
    let to = |id: &str, name: &'static str| Relationship {
        target: Target { id: id.to_owned(), tool_component: Component { name } },
        kinds: ["relevant"],
    };
    let mut articles: Vec<&str> = basis.crpd.iter().map(|reference| article(reference)).collect();
    articles.dedup();
    let articles = articles.into_iter().map(|id| to(id, CRPD));
    articles.chain(basis.recovery.iter().map(|id| to(id, RECOVERY))).collect()
}

fn plain(id: &str, text: &RuleText) -> String {
    let mut help = format!("{} Why: {}", said(&text.title).text, safe(&text.why));
    if let Some(ask) = &text.ask {
        let _ = write!(help, " Ask: {}", safe(ask));
    }
    let _ = write!(help, " More: dignity explain {id}");
    help
}

fn rich(id: &str, text: &RuleText) -> String {
    let escape = |text: &str| markdown::escaped(&safe(text));
    let mut help = format!("**Why**: {}\n\n", escape(&text.why));
    if let Some(ask) = &text.ask {
        let _ = write!(help, "**Ask**: {}\n\n", escape(ask));
    }
    let basis = &text.basis;
    for (label, list) in [
        ("Convention on the Rights of Persons with Disabilities, article", &basis.crpd),
        ("Recovery", &basis.recovery),
        ("QualityRights", &basis.quality_rights),
    ] {
        if !list.is_empty() {
            let _ = write!(help, "**{label}**: {}\n\n", escape(&list.join(", ")));
        }
    }
    let examples = [("Flagged", &text.tests.flag), ("Let pass", &text.tests.pass)];
    for (label, examples) in examples {
        if !examples.is_empty() {
            let _ = write!(help, "**{label}**\n\n");
            for example in examples.iter().take(3) {
                let _ = writeln!(help, "- {}", escape(&example.text));
            }
            help.push('\n');
        }
    }
    let _ = write!(help, "More: `dignity explain {id}`");
    help
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn a_rule_has_a_name_without_signs() {
        assert_eq!(name("restrictive/record-after-restraint"), "RecordAfterRestraint");
    }
}
