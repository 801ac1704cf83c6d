//! `github`: workflow commands that GitHub shows beside the lines of a pull request. GitHub shows ten of each level for a
//! step, so the weightiest come first and the tally before them.

use super::select::{Shown, select};
use super::words::{self, Reader};
use super::{Report, Reporter, Style, Tally, at};
use crate::document::Unit;
use crate::finding::Standing;
use crate::rule::Severity;
use std::cmp::Reverse;
use std::fmt::Write as _;
use std::io::{self, Write};

/// Writes `github`.
pub(super) struct Github;

impl Reporter for Github {
    fn name(&self) -> &'static str {
        "github"
    }

    fn about(&self) -> &'static str {
        "annotations for GitHub Actions; markdown=$GITHUB_STEP_SUMMARY writes the summary"
    }

    fn write(&self, report: &Report<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
        let tally = words::tally(&Tally::of(report));
        writeln!(out, "::notice title=dignity::{}", data(&tally))?;
        for unread in report.unread.iter().filter(|unread| !unread.passed_over) {
            command(out, "error", &unread.path, "", "not read", &unread.problem.what)?;
        }
        let mut shown = select(report, style);
        shown.sort_by_key(|shown| Reverse(shown.finding.severity));
        for one in shown {
            annotation(style, one, out)?;
        }
        for checked in &report.checked {
            for problem in checked.document.problems() {
                command(out, "warning", checked.document.name(), "", "partly read", &problem.what)?;
            }
        }
        for unread in report.unread.iter().filter(|unread| unread.passed_over) {
            writeln!(out, "passed over: {}: {}", words::safe(&unread.label()), words::safe(&unread.problem.what))?;
        }
        writeln!(out, "{tally}")
    }
}

fn annotation(style: &Style, shown: Shown<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Shown { checked, finding } = shown;
    let document = &checked.document;
    let excerpts = words::excerpts(style, document.kind(), Reader::Machine);
    let mut message = words::told(finding, excerpts);
    if finding.standing != Standing::Open {
        // Somebody has answered for it: it is written into the log, and not beside the line.
        let place = words::whereabouts_in(document, &finding.place);
        return writeln!(out, "{}: {place}: {} {message}", finding.standing.name(), finding.rule);
    }
    if let Some((place, _)) = at::unlined(document, &finding.place) {
        message = format!("{place}: {message}");
    }
    let mut position = String::new();
    if let Some((start, end)) = at::lines(document, finding.span, Unit::Utf16) {
        let _ = write!(position, ",line={},endLine={}", start.line, end.line);
        // Columns count only where both ends stand on one line.
        if start.line == end.line {
            let _ = write!(position, ",col={},endColumn={}", start.column, end.column);
        }
    }
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "notice",
    };
    let title = format!("{} ({})", finding.title, finding.rule);
    command(out, level, document.name(), &position, &title, &message)
}

fn command(out: &mut dyn Write, level: &str, file: &str, position: &str, title: &str, message: &str) -> io::Result<()> {
    let file = property(&at::path(file));
    writeln!(out, "::{level} file={file}{position},title={}::{}", property(title), data(&words::safe(message)))
}

/// What stands behind the second pair of colons.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// What stands between the pairs of colons.
fn property(text: &str) -> String {
    data(&words::safe(text)).replace(':', "%3A").replace(',', "%2C")
}
