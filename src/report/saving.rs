//! What a clinician sees before saving a note: three questions at most, a line of credit, never a score.

use super::select::{Shown, select};
use super::words::{self, Reader, safe, wrapped};
use super::{Excerpts, Report, Style};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{self, Write};

/// Writes the short form. It is the same at a terminal and for a screen reader.
pub(super) fn write(report: &Report<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let many = report.checked.len() > 1;
    for Shown { checked, finding } in select(report, style) {
        let document = &checked.document;
        let excerpts = words::excerpts(style, document.kind(), Reader::Person);
        let place = if many { words::whereabouts_in(document, &finding.place) } else { place(&finding.place) };
        let mut said = format!("{place}: {}", words::message(finding, excerpts));
        if excerpts != Excerpts::None && !finding.missing.is_empty() {
            let _ = write!(said, " (“{}”)", safe(document.words(finding.span).trim()));
        }
        writeln!(out, "{}", wrapped(&said, 4, style.width))?;
        if let Some(ask) = &finding.ask {
            writeln!(out, "    {}", wrapped(&safe(ask), 4, style.width))?;
        }
    }
    let credits: BTreeSet<&str> =
        report.checked.iter().flat_map(|checked| &checked.credits).map(|credit| credit.label.as_str()).collect();
    if !credits.is_empty() {
        let seen = credits.into_iter().collect::<Vec<_>>().join(", ");
        writeln!(out, "{}", wrapped(&format!("Good to see here: {}.", safe(&seen)), 0, style.width))?;
    }
    for unread in report.unread.iter().filter(|unread| !unread.passed_over) {
        writeln!(
            out,
            "{}",
            wrapped(&format!("Not read: {} {}", safe(&unread.label()), safe(&unread.problem.what)), 4, style.width)
        )?;
    }
    Ok(())
}

fn place(place: &crate::document::Place) -> String {
    match place {
        crate::document::Place::Line { line, .. } => format!("line {line}"),
        other => safe(&other.to_string()).into_owned(),
    }
}
