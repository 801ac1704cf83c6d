//! `rdjson`: diagnostics for reviewdog. Columns count bytes of UTF-8. Wordings are told in the message and never
//! offered as a replacement: choosing words is for a person. The form has no room for a tally.

use super::select::{Shown, select};
use super::words::{self, Reader};
use super::{Report, Reporter, Style, at, notation};
use crate::document::{Position, Unit};
use crate::rule::Severity;
use serde::Serialize;
use std::io::{self, Write};

/// Writes `rdjson`.
pub(super) struct Rdjson;

#[derive(Serialize)]
struct Form {
    source: Source,
    diagnostics: Vec<Diagnostic>,
}

#[derive(Serialize)]
struct Source {
    name: &'static str,
}

#[derive(Serialize)]
struct Diagnostic {
    message: String,
    location: Location,
    severity: &'static str,
    code: Code,
}

#[derive(Serialize)]
struct Location {
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<Range>,
}

#[derive(Serialize)]
struct Range {
    start: Point,
    end: Point,
}

#[derive(Serialize)]
struct Point {
    line: u32,
    column: u32,
}

#[derive(Serialize)]
struct Code {
    value: String,
}

impl Reporter for Rdjson {
    fn name(&self) -> &'static str {
        "rdjson"
    }

    fn about(&self) -> &'static str {
        "diagnostics for reviewdog"
    }

    fn is_for_programs(&self) -> bool {
        true
    }

    fn has_tally(&self) -> bool {
        false
    }

    fn write(&self, report: &Report<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
        let mut diagnostics: Vec<Diagnostic> =
            select(report, style).into_iter().map(|shown| diagnostic(style, shown)).collect();
        for checked in &report.checked {
            for problem in checked.document.problems() {
                diagnostics.push(unread(checked.document.name(), "Partly read", &problem.what, "WARNING"));
            }
        }
        for file in report.unread.iter().filter(|unread| !unread.passed_over) {
            diagnostics.push(unread(&file.path, "Not read", &file.problem.what, "ERROR"));
        }
        notation::pretty(out, &Form { source: Source { name: "dignity" }, diagnostics })
    }
}

fn diagnostic(style: &Style, shown: Shown<'_>) -> Diagnostic {
    let Shown { checked, finding } = shown;
    let document = &checked.document;
    let excerpts = words::excerpts(style, document.kind(), Reader::Machine);
    let mut message = words::told(finding, excerpts);
    if !finding.alternatives.is_empty() {
        message.push_str(" Could be written: ");
        message.push_str(&words::safe(&finding.alternatives.join(" · ")));
    }
    if let Some((place, _)) = at::unlined(document, &finding.place) {
        message = format!("{place}: {message}");
    }
    let range = at::lines(document, finding.span, Unit::Bytes);
    Diagnostic {
        message,
        location: Location {
            path: at::path(document.name()),
            range: range.map(|(start, end)| Range { start: point(start), end: point(end) }),
        },
        severity: match finding.severity {
            Severity::Error => "ERROR",
            Severity::Warning => "WARNING",
            Severity::Advice => "INFO",
        },
        code: Code { value: finding.rule.0.clone() },
    }
}

fn point(position: Position) -> Point {
    Point { line: position.line, column: position.column }
}

fn unread(file: &str, state: &str, what: &str, severity: &'static str) -> Diagnostic {
    Diagnostic {
        message: format!("{state}: {}", words::safe(what)),
        location: Location { path: at::path(file), range: None },
        severity,
        code: Code { value: "not-read".to_owned() },
    }
}
