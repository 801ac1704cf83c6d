//! `gitlab`: a code quality report. Its form is a list of findings and has no room for a tally; a place that is no
//! line is told in words, and stands on line 1 because the form asks for a line.

use super::select::{Shown, select};
use super::words::{self, Reader};
use super::{Report, Reporter, Style, at, notation};
use crate::document::Unit;
use crate::rule::Severity;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Writes `gitlab`.
pub(super) struct Gitlab;

#[derive(Serialize)]
struct Entry {
    description: String,
    check_name: String,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

impl Reporter for Gitlab {
    fn name(&self) -> &'static str {
        "gitlab"
    }

    fn about(&self) -> &'static str {
        "GitLab code quality report"
    }

    fn is_for_programs(&self) -> bool {
        true
    }

    fn has_tally(&self) -> bool {
        false
    }

    fn write(&self, report: &Report<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
        let mut prints = Prints::default();
        let mut entries: Vec<Entry> =
            select(report, style).into_iter().map(|shown| entry(style, shown, &mut prints)).collect();
        for (file, what, severity) in not_read(report) {
            entries.push(Entry {
                description: what,
                check_name: "not-read".to_owned(),
                fingerprint: prints.of(format!("not-read@{file}")),
                severity,
                location: Location { path: at::path(file), lines: Lines { begin: 1, end: 1 } },
            });
        }
        notation::pretty(out, &entries)
    }
}

/// Files that could not be read, wholly or in part; what was passed over on purpose is no one's task.
fn not_read<'r>(report: &'r Report<'_>) -> impl Iterator<Item = (&'r str, String, &'static str)> {
    let partly = report.checked.iter().flat_map(|checked| {
        let said = checked.document.problems().iter();
        said.map(|problem| (checked.document.name(), format!("Partly read: {}", words::safe(&problem.what)), "minor"))
    });
    let unread = report.unread.iter().filter(|unread| !unread.passed_over);
    let unread = unread
        .map(|unread| (unread.path.as_str(), format!("Not read: {}", words::safe(&unread.problem.what)), "major"));
    partly.chain(unread)
}

fn entry(style: &Style, shown: Shown<'_>, prints: &mut Prints) -> Entry {
    let Shown { checked, finding } = shown;
    let document = &checked.document;
    let excerpts = words::excerpts(style, document.kind(), Reader::Machine);
    let mut description = words::told(finding, excerpts);
    if let Some((place, _)) = at::unlined(document, &finding.place) {
        description = format!("{place}: {description}");
    }
    let lines = at::lines(document, finding.span, Unit::Characters);
    let lines = lines.map_or(Lines { begin: 1, end: 1 }, |(start, end)| Lines { begin: start.line, end: end.line });
    let path = at::path(document.name());
    Entry {
        description,
        check_name: finding.rule.0.clone(),
        fingerprint: prints.of(format!("{}@{}", finding.rule, document.label())),
        severity: match finding.severity {
            Severity::Error => "major",
            Severity::Warning => "minor",
            Severity::Advice => "info",
        },
        location: Location { path, lines },
    }
}

/// Names for findings that are told apart by them. Equal ones would be shown as one, so they are numbered.
#[derive(Default)]
struct Prints(BTreeMap<String, usize>);

impl Prints {
    fn of(&mut self, print: String) -> String {
        let seen = self.0.entry(print.clone()).or_default();
        *seen += 1;
        if *seen == 1 { print } else { format!("{print}#{seen}") }
    }
}
