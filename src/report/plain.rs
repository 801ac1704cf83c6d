//! `plain`: for screen readers. One idea a line, each with its label first; no boxes, no signs to be spelled out,
//! nothing said by colour or position.

use super::excerpt;
use super::human::marks;
use super::select::{Shown, select};
use super::words::{self, Reader, safe};
use super::{Excerpts, Report, Reporter, Style, saving, summary};
use crate::document::Place;
use std::io::{self, Write};

/// Writes `plain`.
pub(super) struct Plain;

/// Long lines are cut for the ear too.
const WIDTH: usize = 160;

impl Reporter for Plain {
    fn name(&self) -> &'static str {
        "plain"
    }

    fn about(&self) -> &'static str {
        "for screen readers: one idea a line, no boxes, no colour"
    }

    fn write(&self, report: &Report<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
        if style.before_saving {
            return saving::write(report, &Style { width: usize::MAX, ..style.clone() }, out);
        }
        let shown = select(report, style);
        for (index, one) in shown.iter().enumerate() {
            writeln!(out, "Finding {} of {}.", index + 1, shown.len())?;
            finding(report, style, *one, out)?;
            writeln!(out)?;
        }
        if style.quiet {
            return Ok(());
        }
        for part in summary::parts(report, style, &shown) {
            for line in &part.lines {
                writeln!(out, "{}: {}", part.label, unsigned(line))?;
            }
        }
        Ok(())
    }
}

fn finding(report: &Report<'_>, style: &Style, shown: Shown<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Shown { checked, finding } = shown;
    let document = &checked.document;
    let excerpts = words::excerpts(style, document.kind(), Reader::Person);
    let mut line = |label: &str, text: &str| writeln!(out, "{label}: {}", unsigned(&safe(text)));
    line("Level", finding.severity.name())?;
    line("What", &finding.title)?;
    line("File", document.name())?;
    if let Some(part) = document.part() {
        line("Part", part)?;
    }
    line("Place", &said(&finding.place))?;
    if excerpts != Excerpts::None {
        for heading in words::headings(document, finding) {
            line("Under", &heading)?;
        }
    }
    match excerpts {
        Excerpts::Full => {
            for shown in excerpt::of_document(document, &marks(Shown { checked, finding }), WIDTH) {
                let label = shown.number.map_or_else(|| "Text".to_owned(), |number| format!("Text of {number}"));
                line(&label, shown.text.trim())?;
                for (at, says) in &shown.marks {
                    let words = shown.text.get(at.clone()).unwrap_or_default().trim();
                    match says {
                        Some(says) => line("Marked words", &format!("{words}. Why marked: {says}"))?,
                        None => line("Marked words", words)?,
                    }
                }
            }
        }
        Excerpts::Short => line("Words", document.words(finding.span).trim())?,
        Excerpts::None => {}
    }
    let missing = words::missing(finding);
    if missing.is_empty() {
        line("Says", &words::message(finding, excerpts))?;
    }
    for (label, names) in missing {
        for name in names {
            line(label, name)?;
        }
    }
    if finding.count > 1 {
        line("Times", &finding.count.to_string())?;
    }
    line("Why", &finding.why)?;
    for (label, text) in words::basis(finding, report) {
        match label.as_str() {
            "CRPD" => line("Right", &format!("Convention on the Rights of Persons with Disabilities, {text}"))?,
            "recovery" => line("Recovery", &text)?,
            "QualityRights" => line("QualityRights", &text)?,
            "law" => line("Law", &text)?,
            _ => line(&format!("Law, {label}"), &text)?,
        }
    }
    for wording in &finding.alternatives {
        line("Could be written", wording)?;
    }
    if let Some(ask) = &finding.ask {
        line("Question", ask)?;
    }
    line("Rule", &finding.rule.0)
}

fn said(place: &Place) -> String {
    match place {
        Place::Line { line, column } => format!("line {line}, column {column}"),
        other => other.to_string(),
    }
}

/// Signs that a screen reader spells out, said as words or stops.
fn unsigned(text: &str) -> String {
    text.replace(" · ", ", ").replace(" × ", " times ")
}
