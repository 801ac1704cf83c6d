//! The form of our own report, `dignity/report/1`: one place for `json`, `jsonl` and the published schema.
//!
//! Additions keep the number; a field that changes its meaning or goes away raises it.

use super::select::{Shown, select};
use super::words::{self, Reader};
use super::{Excerpts, Report, Style, Tally, Unread};
use crate::document::{Document, Place, Reason};
use crate::finding::{Checked, EvidenceState, Finding};
use crate::rule::{Confidence, Severity};
use crate::span::Span;
use schemars::JsonSchema;
use serde::Serialize;

/// The name and number of the form.
pub const SCHEMA: &str = "dignity/report/1";

/// A whole report.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "dignity report, form 1")]
pub struct ReportForm<'r> {
    /// `dignity/report/1`.
    pub schema: &'static str,
    /// What made the report.
    pub run: RunForm<'r>,
    /// Documents that were checked, and files that were met and not checked.
    pub documents: Vec<DocumentForm<'r>>,
    /// Findings, sorted by document and place.
    pub findings: Vec<FindingForm<'r>>,
    /// Totals.
    pub tally: TallyForm,
}

/// One line of `jsonl`.
#[derive(Serialize, JsonSchema)]
#[serde(tag = "type", rename_all = "lowercase")]
#[schemars(title = "one line of a dignity report, form 1")]
pub enum LineForm<'r> {
    /// What made the report; the first line.
    Run(RunForm<'r>),
    /// A document, checked or not.
    Document(DocumentForm<'r>),
    /// A finding; it follows the line of its document, unless only the weightiest were asked for.
    Finding(Box<FindingForm<'r>>),
    /// Totals; the last line. A report without it is not complete.
    Tally(TallyForm),
}

/// What made a report.
#[derive(Serialize, JsonSchema)]
pub struct RunForm<'r> {
    /// `dignity/report/1`.
    pub schema: &'static str,
    /// Version of the program.
    pub version: &'static str,
    /// How many rules were in force.
    pub rules: usize,
    /// A digest of the rules and settings that ran, in hexadecimal.
    pub digest: String,
    /// The packs that were loaded.
    pub packs: Vec<PackForm<'r>>,
    /// The jurisdiction profile, if one was chosen.
    pub profile: Option<&'r str>,
    /// How long the run took, in milliseconds; absent unless timings were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub took: Option<f64>,
}

/// A pack of rules.
#[derive(Serialize, JsonSchema)]
pub struct PackForm<'r> {
    /// Its name, the first half of the ids of its rules.
    pub name: &'r str,
    /// Its version.
    pub version: &'r str,
}

/// A document that was met.
#[derive(Serialize, JsonSchema)]
pub struct DocumentForm<'r> {
    /// Its path or name.
    pub file: &'r str,
    /// Which part of the file it is, where the file holds several documents.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<&'r str>,
    /// `checked`, `unreadable` or `passed-over`.
    pub state: &'static str,
    /// What it is: `policy`, `record` and so on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<&'static str>,
    /// Why it was taken for that: `asked`, `project`, `header`, `content` or `assumed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind_by: Option<&'static str>,
    /// The reader it was read with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<&'r str>,
    /// The language of the rules it was read with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<&'r str>,
    /// How many entries it holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entries: Option<u32>,
    /// What could not be read, and what to do about it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<ProblemForm<'r>>,
    /// What was decided while reading, and may be decided otherwise.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub remarks: &'r [String],
    /// Good practice that was seen.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub credits: Vec<EvidenceForm<'r>>,
}

/// Something that could not be read.
#[derive(Serialize, JsonSchema)]
pub struct ProblemForm<'r> {
    /// What, and what to do.
    pub what: &'r str,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<PlaceForm>,
}

/// One finding.
#[derive(Serialize, JsonSchema)]
pub struct FindingForm<'r> {
    /// The rule, `pack/name`.
    pub rule: &'r str,
    /// The rule's title.
    pub title: &'r str,
    /// How much it matters.
    pub severity: Severity,
    /// How sure the tool is.
    pub confidence: Confidence,
    /// `owed`, `overridden`, `clause` or `wording`.
    pub concern: crate::rule::Concern,
    /// The document.
    pub file: &'r str,
    /// Which part of the file it is, where the file holds several documents.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<&'r str>,
    /// What the document is.
    pub kind: &'static str,
    /// Where a person would look.
    pub place: PlaceForm,
    /// Headings above it, outermost first; only when excerpts allow.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub headings: Vec<String>,
    /// Bytes of the source file, for text formats; of the part where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<SpanForm>,
    /// The words it is about; only when excerpts allow.
    #[serde(rename = "match", skip_serializing_if = "Option::is_none")]
    pub matched: Option<&'r str>,
    /// What is said. Holds words of the document only when excerpts allow.
    pub message: String,
    /// Why it matters, from the person's side.
    pub why: &'r str,
    /// A question the writer can answer in one line.
    pub ask: Option<&'r str>,
    /// What is not written.
    pub missing: Vec<&'r str>,
    /// What is written as not done.
    pub said_not_done: Vec<&'r str>,
    /// What is planned, and not written as done.
    pub planned: Vec<&'r str>,
    /// Other places that matter.
    pub evidence: Vec<EvidenceForm<'r>>,
    /// Wordings a person may choose.
    pub alternatives: &'r [String],
    /// What it stands on.
    pub basis: BasisForm<'r>,
    /// How many times the same rule met the same words here.
    pub count: u32,
    /// `open`, `accepted` or `known`.
    pub standing: &'static str,
}

/// A labelled place.
#[derive(Serialize, JsonSchema)]
pub struct EvidenceForm<'r> {
    /// What it shows, in the rule's words.
    pub label: &'r str,
    /// Where.
    pub place: PlaceForm,
    /// Bytes of the source file, for text formats; of the part where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<SpanForm>,
}

/// A half-open range of bytes.
#[derive(Serialize, JsonSchema)]
pub struct SpanForm {
    /// First byte, from 0.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// A place, in the unit its format has. Lines, columns, pages, paragraphs and rows count from 1; columns count characters.
#[derive(Default, Serialize, JsonSchema)]
#[serde(default)]
pub struct PlaceForm {
    /// Line; of the cell or the value, where there is a row or a path.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// Column in characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
    /// Line of the last character.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_line: Option<u32>,
    /// Column behind the last character.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_column: Option<u32>,
    /// Page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// Paragraph, on the page where there are pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paragraph: Option<u32>,
    /// Row of a table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<u32>,
    /// Column of a table, by its header.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Path in a structured record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
}

/// Three bases, kept apart.
#[derive(Serialize, JsonSchema)]
pub struct BasisForm<'r> {
    /// Articles of the Convention on the Rights of Persons with Disabilities.
    pub crpd: &'r [String],
    /// Recovery principles.
    pub recovery: &'r [String],
    /// WHO `QualityRights` standards.
    pub quality_rights: &'r [String],
    /// Local law.
    pub law: Vec<LawForm>,
}

/// A reference to local law.
#[derive(Serialize, JsonSchema)]
pub struct LawForm {
    /// The jurisdiction profile it belongs to.
    pub profile: String,
    /// The reference.
    pub reference: String,
    /// Whether the source was read, or is from memory.
    pub sure: crate::rule::Sureness,
}

/// Totals: all that was found, and how much of it this report shows.
#[derive(Serialize, JsonSchema)]
pub struct TallyForm {
    /// What was counted.
    #[serde(flatten)]
    pub tally: Tally,
    /// How many findings this report shows.
    pub shown: usize,
}

/// What made `report`.
pub fn run<'r>(report: &'r Report<'_>) -> RunForm<'r> {
    RunForm {
        schema: SCHEMA,
        version: report.version,
        rules: report.rules_in_force,
        digest: format!("{:016x}", report.rules.digest),
        packs: report.rules.packs.iter().map(|pack| PackForm { name: &pack.name, version: &pack.version }).collect(),
        profile: report.profile.as_deref(),
        took: report.took.map(|took| took.as_secs_f64() * 1000.0),
    }
}

/// The findings of `report` that `style` shows, in form.
pub fn findings<'r>(report: &'r Report<'_>, style: &Style) -> Vec<FindingForm<'r>> {
    select(report, style).into_iter().map(|shown| finding(report, style, shown)).collect()
}

fn finding<'r>(report: &'r Report<'_>, style: &Style, shown: Shown<'r>) -> FindingForm<'r> {
    let Shown { checked: Checked { document, .. }, finding } = shown;
    let excerpts = words::excerpts(style, document.kind(), Reader::Machine);
    let quoted = excerpts != Excerpts::None;
    let names = |state| -> Vec<&'r str> {
        finding.missing.iter().filter(|missing| missing.state == state).map(|missing| missing.name.as_str()).collect()
    };
    FindingForm {
        rule: &finding.rule.0,
        title: &finding.title,
        severity: finding.severity,
        confidence: finding.confidence,
        concern: finding.concern,
        file: document.name(),
        part: document.part(),
        kind: document.kind().name(),
        place: place(&finding.place, Some(&finding.end)),
        headings: if quoted { words::headings(document, finding) } else { Vec::new() },
        span: finding.source.map(span),
        matched: quoted.then(|| document.words(finding.span)),
        message: words::message(finding, excerpts),
        why: &finding.why,
        ask: finding.ask.as_deref(),
        missing: names(EvidenceState::Silent),
        said_not_done: names(EvidenceState::SaidNotDone),
        planned: names(EvidenceState::Planned),
        evidence: finding.evidence.iter().map(|evidence| evidence_form(document, evidence)).collect(),
        alternatives: &finding.alternatives,
        basis: basis(report, finding),
        count: finding.count,
        standing: words::standing(finding),
    }
}

fn basis<'r>(report: &'r Report<'_>, finding: &'r Finding) -> BasisForm<'r> {
    let law = words::laws(finding, report).into_iter();
    let law = law.map(|(law, sure)| LawForm { profile: law.profile, reference: law.reference, sure }).collect();
    let basis = &finding.basis;
    BasisForm { crpd: &basis.crpd, recovery: &basis.recovery, quality_rights: &basis.quality_rights, law }
}

fn evidence_form<'r>(document: &'r Document, evidence: &'r crate::finding::Evidence) -> EvidenceForm<'r> {
    EvidenceForm {
        label: &evidence.label,
        place: place(&document.place(evidence.span.start), Some(&document.end_place(evidence.span))),
        span: document.source(evidence.span).map(span),
    }
}

/// A document that was checked.
pub fn document<'r>(report: &'r Report<'_>, checked: &'r Checked) -> DocumentForm<'r> {
    let document = &checked.document;
    DocumentForm {
        file: document.name(),
        part: document.part(),
        state: "checked",
        kind: Some(document.kind().name()),
        kind_by: Some(match document.reason() {
            Reason::Asked => "asked",
            Reason::Project(_) => "project",
            Reason::Header => "header",
            Reason::Content(_) => "content",
            Reason::Assumed => "assumed",
        }),
        format: Some(document.format()),
        language: Some(report.rules.lexicon.language.as_str()).filter(|language| !language.is_empty()),
        entries: Some(checked.entries),
        problems: document.problems().iter().map(problem).collect(),
        remarks: document.remarks(),
        credits: checked.credits.iter().map(|credit| evidence_form(document, credit)).collect(),
    }
}

/// A file that was not checked.
pub fn unread(unread: &Unread) -> DocumentForm<'_> {
    DocumentForm {
        file: &unread.path,
        part: unread.part.as_deref(),
        state: if unread.passed_over { "passed-over" } else { "unreadable" },
        kind: None,
        kind_by: None,
        format: None,
        language: None,
        entries: None,
        problems: vec![problem(&unread.problem)],
        remarks: &[],
        credits: Vec::new(),
    }
}

fn problem(problem: &crate::document::Problem) -> ProblemForm<'_> {
    ProblemForm { what: &problem.what, place: problem.place.as_ref().map(|at| place(at, None)) }
}

fn span(span: Span) -> SpanForm {
    SpanForm { start: span.start, end: span.end }
}

fn place(start: &Place, end: Option<&Place>) -> PlaceForm {
    let mut form = PlaceForm::default();
    match start {
        Place::Line { line, column } => (form.line, form.column) = (Some(*line), Some(*column)),
        Place::Page { page, paragraph } => (form.page, form.paragraph) = (Some(*page), Some(*paragraph)),
        Place::Paragraph { paragraph } => form.paragraph = Some(*paragraph),
        Place::Cell { row, column, line } => {
            (form.row, form.field, form.line) = (Some(*row), Some(column.clone()), *line);
        }
        Place::Path { path, line } => (form.path, form.line) = (Some(path.clone()), *line),
    }
    if let Some(Place::Line { line, column }) = end {
        (form.end_line, form.end_column) = (Some(*line), Some(*column));
    }
    form
}
