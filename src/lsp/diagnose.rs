//! Findings as diagnostics. The words of the text are not repeated: the editor marks them.

use super::open::Open;
use super::setting::Setting;
use crate::finding::Finding;
use crate::report::Excerpts;
use crate::report::words::{message, safe};
use crate::rule::{RuleError, Severity};
use gen_lsp_types as lsp;
use serde_json::json;
use std::path::Path;

const SOURCE: &str = "dignity";

/// Every finding that is shown of an open text that was looked at.
pub(super) fn findings(open: &Open, uri: &str, setting: &Setting, pages: Option<&str>) -> Vec<lsp::Diagnostic> {
    let Some(seen) = &open.seen else { return Vec::new() };
    if seen.checked.document.is_unreadable() {
        // A text of which nothing is written yet is no fault.
        return Vec::new();
    }
    let mut made: Vec<lsp::Diagnostic> = seen
        .shown()
        .map(|(finding, span)| {
            let mut said = message(finding, Excerpts::None);
            if let Some(ask) = &finding.ask {
                said = format!("{said}\n{}", safe(ask));
            }
            let related = related(open, uri, finding);
            lsp::Diagnostic {
                range: open.text.range(span.from(), span.to()),
                severity: Some(level(finding.severity)),
                code: Some(lsp::Code::String(finding.rule.0.clone())),
                code_description: page(finding, setting, pages),
                source: Some(SOURCE.to_owned()),
                message: lsp::Message::String(said),
                related_information: (!related.is_empty()).then_some(related),
                data: None,
                tags: None,
            }
        })
        .collect();
    made.sort_by_key(|made| made.range.start);
    made
}

/// Mistakes in a rule or settings file.
pub(super) fn mistakes(open: &Open, errors: &[RuleError]) -> Vec<lsp::Diagnostic> {
    let said = |error: &RuleError| {
        let parts = [Some(&error.what), Some(&error.label).filter(|label| !label.is_empty()), error.help.as_ref()];
        parts.into_iter().flatten().map(|part| safe(part).into_owned()).collect::<Vec<_>>().join("\n")
    };
    errors
        .iter()
        .map(|error| {
            let severity = if error.fatal { Severity::Error } else { Severity::Advice };
            plain(open.text.range(error.at.start, error.at.end), severity, said(error))
        })
        .collect()
}

/// Where rules or settings are broken nothing is judged, and that is said.
pub(super) fn nothing_judged(errors: &[RuleError]) -> lsp::Diagnostic {
    let file = errors.first().map(|error| error.file.as_str()).unwrap_or_default();
    let said = format!("Nothing was judged: there is a mistake in {}. Open that file to see it.", safe(file));
    plain(lsp::Range::default(), Severity::Error, said)
}

/// A text that is too long to be looked at while it is written.
pub(super) fn too_long() -> lsp::Diagnostic {
    let said = "This text is too long to be checked while it is written. Use dignity check on the file.";
    plain(lsp::Range::default(), Severity::Advice, said.to_owned())
}

fn plain(range: lsp::Range, severity: Severity, message: String) -> lsp::Diagnostic {
    lsp::Diagnostic {
        range,
        severity: Some(level(severity)),
        source: Some(SOURCE.to_owned()),
        message: lsp::Message::String(message),
        ..lsp::Diagnostic::default()
    }
}

fn level(severity: Severity) -> lsp::DiagnosticSeverity {
    match severity {
        Severity::Error => lsp::DiagnosticSeverity::Error,
        Severity::Warning => lsp::DiagnosticSeverity::Warning,
        Severity::Advice => lsp::DiagnosticSeverity::Information,
    }
}

/// Other places that matter: where it happened, how far was looked.
fn related(open: &Open, uri: &str, finding: &Finding) -> Vec<lsp::DiagnosticRelatedInformation> {
    let Some(seen) = &open.seen else { return Vec::new() };
    let place = |evidence: &crate::finding::Evidence| {
        let span = seen.source(evidence.span)?;
        let range = open.text.range(span.from(), span.to());
        let location = lsp::Location { uri: lsp::Uri(uri.to_owned()), range };
        Some(lsp::DiagnosticRelatedInformation { location, message: safe(&evidence.label).into_owned() })
    };
    finding.evidence.iter().filter_map(place).collect()
}

/// Where the rule is explained: its own file when the project wrote it, else the pages the client named.
fn page(finding: &Finding, setting: &Setting, pages: Option<&str>) -> Option<lsp::CodeDescription> {
    let own = setting.checker.rules.text_of(&finding.rule).map(|text| text.file);
    let own = own.filter(|file| Path::new(file).is_absolute()).map(|file| format!("file://{file}"));
    let href = own.or_else(|| Some(pages?.replace("{id}", &finding.rule.0)))?;
    serde_json::from_value(json!({ "href": href })).ok()
}
