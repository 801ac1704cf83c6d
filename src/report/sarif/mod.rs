//! `sarif` 2.1.0: for code scanning and every viewer that reads the standard.
//!
//! Columns are UTF-16 units, and the log says so. A place that is no line is a logical location; no line is made up for
//! it. There is no `security-severity`: a finding is no security alert.

mod form;
mod rules;

use super::select::{Shown, select};
use super::words::{self, Reader, safe};
use super::{Excerpts, Report, Reporter, Style, Tally, at, notation};
use crate::document::{Document, Unit};
use crate::finding::{EvidenceState, Finding};
use crate::rule::basis::{LAST_ARTICLE, RECOVERY};
use crate::rule::{RuleId, Severity};
use crate::span::Span;
use form::{
    Artifact, ArtifactLocation, ArtifactProperties, Base, Component, Driver, Help, Invocation, Location, Log,
    LogicalLocation, Message, Notice, Notification, Outcome, OutcomeProperties, PhysicalLocation, Reference, Region,
    Run, RunProperties, Suppression, Taxon, Taxonomy, Tool,
};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write};

/// Writes `sarif`.
pub(super) struct Sarif;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";
/// Where relative paths begin: the name GitHub and others know for the root of the sources.
const ROOT: &str = "%SRCROOT%";

impl Reporter for Sarif {
    fn name(&self) -> &'static str {
        "sarif"
    }

    fn about(&self) -> &'static str {
        "SARIF 2.1.0, for code scanning"
    }

    fn is_for_programs(&self) -> bool {
        true
    }

    fn write(&self, report: &Report<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
        notation::pretty(out, &log(report, style))
    }
}

/// The word for a level.
fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "note",
    }
}

fn log(report: &Report<'_>, style: &Style) -> Log {
    let shown = select(report, style);
    let mut index: BTreeMap<&RuleId, usize> = BTreeMap::new();
    let mut descriptors = Vec::new();
    for Shown { finding, .. } in &shown {
        index.entry(&finding.rule).or_insert_with(|| {
            descriptors.push(rules::descriptor(report, finding));
            descriptors.len() - 1
        });
    }
    let (artifacts, documents) = artifacts(report);
    let results: Vec<Outcome> = shown
        .iter()
        .map(|one| {
            let document = documents.get(one.checked.document.name()).copied();
            result(report, style, *one, index.get(&one.finding.rule).copied().unwrap_or_default(), document)
        })
        .collect();
    let tally = Tally::of(report);
    let root = "The folder the program was started in, usually the root of the repository.";
    let run = Run {
        tool: Tool { driver: driver(report, descriptors) },
        language: "en",
        column_kind: "utf16CodeUnits",
        newline_sequences: ["\r\n", "\n", "\r"],
        original_uri_base_ids: BTreeMap::from([(ROOT, Base { description: root.into() })]),
        invocations: [Invocation {
            execution_successful: tally.unreadable == 0 && tally.documents > 0,
            tool_execution_notifications: notifications(report),
        }],
        artifacts,
        taxonomies: taxonomies(),
        properties: RunProperties {
            tally,
            shown: results.len(),
            rules: report.rules_in_force,
            digest: format!("{:016x}", report.rules.digest),
            profile: report.profile.clone(),
            limits: words::LIMITS,
        },
        results,
    };
    Log { schema: SCHEMA, version: "2.1.0", runs: [run] }
}

/// Every file that was checked, once, and where it stands in the list; one file may hold several documents.
fn artifacts<'r>(report: &'r Report<'_>) -> (Vec<Artifact>, BTreeMap<&'r str, usize>) {
    let mut artifacts: Vec<Artifact> = Vec::new();
    let mut files = BTreeMap::new();
    for checked in &report.checked {
        let name = checked.document.name();
        let index = *files.entry(name).or_insert_with(|| {
            let properties = ArtifactProperties { kind: checked.document.kind().name(), entries: 0, documents: 0 };
            artifacts.push(Artifact { location: artifact(name, None), roles: ["analysisTarget"], properties });
            artifacts.len() - 1
        });
        if let Some(artifact) = artifacts.get_mut(index) {
            artifact.properties.documents += 1;
            artifact.properties.entries += checked.entries;
        }
    }
    (artifacts, files)
}

fn driver(report: &Report<'_>, rules: Vec<form::Descriptor>) -> Driver {
    let notice = |id, name, text: &str| Notice {
        id,
        name,
        short_description: text.into(),
        full_description: text.into(),
        help: Help { text: text.to_owned(), markdown: text.to_owned() },
    };
    Driver {
        name: "dignity",
        full_name: format!("dignity {}", report.version),
        version: report.version,
        semantic_version: report.version,
        short_description: "Looks at what services write, with people's rights in mind.".into(),
        rules,
        notifications: vec![
            notice("not-read", "NotRead", "This file could not be read, so nothing is said about it."),
            notice("read-in-part", "ReadInPart", "A part of this file could not be read."),
            notice("passed-over", "PassedOver", "This file was met and not read, on purpose."),
        ],
        supported_taxonomies: vec![Component { name: rules::CRPD }, Component { name: rules::RECOVERY }],
    }
}

/// All that rules can stand on, so that every reference finds its target.
fn taxonomies() -> Vec<Taxonomy> {
    let articles = (1..=LAST_ARTICLE).map(|article| article.to_string());
    let taxa = |ids: Vec<String>| ids.into_iter().map(|id| Taxon { id }).collect();
    vec![
        Taxonomy {
            name: rules::CRPD,
            organization: "United Nations",
            short_description: "Articles of the Convention on the Rights of Persons with Disabilities.".into(),
            taxa: taxa(articles.collect()),
        },
        Taxonomy {
            name: rules::RECOVERY,
            organization: "dignity",
            short_description: "Principles of the Recovery Approach.".into(),
            taxa: taxa(RECOVERY.iter().map(|key| (*key).to_owned()).collect()),
        },
    ]
}

fn artifact(name: &str, index: Option<usize>) -> ArtifactLocation {
    let (uri, relative) = at::uri(name);
    ArtifactLocation { uri, uri_base_id: relative.then_some(ROOT), index }
}

fn notifications(report: &Report<'_>) -> Vec<Notification> {
    let notification = |id, level, file: &str, what: &str, place: Option<LogicalLocation>| {
        let mut location = location_of_file(file);
        location.logical.extend(place);
        Notification {
            descriptor: Reference { id },
            level,
            message: safe(what).into_owned().into(),
            locations: vec![location],
        }
    };
    let mut all = Vec::new();
    for checked in &report.checked {
        let document = &checked.document;
        for problem in document.problems() {
            let place = problem.place.as_ref().and_then(|place| at::unlined(document, place)).map(logical);
            all.push(notification("read-in-part", "warning", document.name(), &problem.what, place));
        }
    }
    for unread in &report.unread {
        let (id, level) = if unread.passed_over { ("passed-over", "note") } else { ("not-read", "error") };
        let part = unread.part.as_deref().map(|part| logical((safe(part).into_owned(), "part")));
        all.push(notification(id, level, &unread.path, &unread.problem.what, part));
    }
    all
}

fn location_of_file(file: &str) -> Location {
    let physical = PhysicalLocation { artifact_location: artifact(file, None), region: None };
    Location { id: None, physical, logical: Vec::new(), message: None }
}

fn logical((name, kind): (String, &'static str)) -> LogicalLocation {
    LogicalLocation { fully_qualified_name: name, kind }
}

fn result(report: &Report<'_>, style: &Style, shown: Shown<'_>, rule_index: usize, index: Option<usize>) -> Outcome {
    let Shown { checked, finding } = shown;
    let document = &checked.document;
    let excerpts = words::excerpts(style, document.kind(), Reader::Machine);
    let names = |state| {
        let missing = finding.missing.iter().filter(|missing| missing.state == state);
        missing.map(|missing| safe(&missing.name).into_owned()).collect()
    };
    let mut own = location(document, finding.span, excerpts, index);
    if excerpts != Excerpts::None {
        let path = words::headings(document, finding);
        own.logical.extend((!path.is_empty()).then(|| logical((path.join(" › "), "section"))));
    }
    let related: Vec<Location> = finding
        .evidence
        .iter()
        .filter(|evidence| evidence.span != finding.span)
        .zip(1..)
        .map(|(evidence, id)| Location {
            id: Some(id),
            message: Some(safe(&evidence.label).into_owned().into()),
            ..location(document, evidence.span, excerpts, index)
        })
        .collect();
    Outcome {
        rule_id: finding.rule.0.clone(),
        rule_index,
        level: level(finding.severity),
        message: message(finding, excerpts, &related),
        locations: [own],
        related_locations: related,
        partial_fingerprints: finding.fingerprint.map(|name| ("dignity/1", name.to_string())).into_iter().collect(),
        suppressions: suppressions(finding, excerpts),
        occurrence_count: finding.count,
        properties: OutcomeProperties {
            confidence: finding.confidence.name(),
            standing: finding.standing.name(),
            missing: names(EvidenceState::Silent),
            said_not_done: names(EvidenceState::SaidNotDone),
            planned: names(EvidenceState::Planned),
            could_be_written: finding.alternatives.iter().map(|text| safe(text).into_owned()).collect(),
            law: words::laws(finding, report)
                .into_iter()
                .map(|(law, _)| format!("{}: {}", law.profile, law.reference))
                .collect(),
        },
    }
}

/// What is said, with a link to each other place. Brackets that only look like a link are told apart by a stroke.
fn message(finding: &Finding, excerpts: Excerpts, related: &[Location]) -> Message {
    let mut text = words::told(finding, excerpts);
    if text.contains("](") {
        text = text.replace('[', "\\[").replace(']', "\\]");
    }
    for (index, place) in related.iter().enumerate() {
        let label = place.message.as_ref().map(|message| message.text.replace(['[', ']'], " ")).unwrap_or_default();
        text.push_str(if index == 0 { " See: " } else { ", " });
        let _ = write!(text, "[{label}]({})", index + 1);
    }
    if !related.is_empty() {
        text.push('.');
    }
    text.into()
}

fn location(document: &Document, span: Span, excerpts: Excerpts, index: Option<usize>) -> Location {
    let words = document.words(span);
    let snippet = excerpts != Excerpts::None && !words.is_empty();
    let region = at::lines(document, span, Unit::Utf16).map(|(start, end)| Region {
        start_line: start.line,
        start_column: start.column,
        end_line: end.line,
        end_column: end.column,
        snippet: snippet.then(|| words.into()),
    });
    let physical = PhysicalLocation { artifact_location: artifact(document.name(), index), region };
    let logical = at::unlined(document, &document.place(span.start)).map(logical).into_iter().collect();
    Location { id: None, physical, logical, message: None }
}

fn suppressions(finding: &Finding, excerpts: Excerpts) -> Vec<Suppression> {
    let justification = words::answer(finding, excerpts).into_iter();
    justification.map(|justification| Suppression { kind: "external", status: "accepted", justification }).collect()
}
