//! `line`: one finding a line, for `grep`, `sort` and editors that jump to `path:line:column`.

use super::select::select;
use super::words::{self, Reader, safe};
use super::{Report, Reporter, Style, Tally};
use std::io::{self, Write};

/// Writes `line`.
pub(super) struct Line;

impl Reporter for Line {
    fn name(&self) -> &'static str {
        "line"
    }

    fn about(&self) -> &'static str {
        "one finding a line: path:line:column: level rule message"
    }

    fn write(&self, report: &Report<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
        for shown in select(report, style) {
            let document = &shown.checked.document;
            let finding = shown.finding;
            let excerpts = words::excerpts(style, document.kind(), Reader::Machine);
            writeln!(
                out,
                "{}: {} {} {}",
                words::whereabouts_in(document, &finding.place),
                finding.severity.name(),
                finding.rule,
                words::message(finding, excerpts)
            )?;
        }
        for checked in &report.checked {
            for problem in checked.document.problems() {
                writeln!(out, "{}: partly read: {}", words::name(&checked.document.label()), safe(&problem.what))?;
            }
        }
        for unread in &report.unread {
            let state = if unread.passed_over { "passed over" } else { "not read" };
            writeln!(out, "{}: {state}: {}", words::name(&unread.label()), safe(&unread.problem.what))?;
        }
        writeln!(out, "{}", words::tally(&Tally::of(report)))
    }
}
