//! `csv`: one row a finding, for spreadsheets. It begins with a byte-order mark, so that they read it as UTF-8, and no
//! cell begins like a formula.

use super::schema::{self, FindingForm};
use super::select::select;
use super::words;
use super::{Report, Reporter, Style, Tally, at};
use crate::document::Problem;
use std::io::{self, Write};

/// Writes `csv`.
pub(super) struct Csv;

const COLUMNS: [&str; 24] = [
    "what",
    "file",
    "place",
    "line",
    "column",
    "end line",
    "end column",
    "level",
    "confidence",
    "rule",
    "title",
    "message",
    "words",
    "nothing here yet about",
    "written as not done",
    "planned",
    "why",
    "question",
    "could be written",
    "CRPD",
    "recovery",
    "QualityRights",
    "law",
    "standing",
];

impl Reporter for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn about(&self) -> &'static str {
        "one row a finding, for spreadsheets"
    }

    fn write(&self, report: &Report<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
        out.write_all("\u{feff}".as_bytes())?;
        let mut table = csv::WriterBuilder::new().flexible(false).from_writer(out);
        table.write_record(COLUMNS)?;
        for (shown, finding) in select(report, style).into_iter().zip(schema::findings(report, style)) {
            let document = &shown.checked.document;
            let place = at::unlined(document, &shown.finding.place)
                .map_or_else(|| shown.finding.place.to_string(), |(place, _)| place);
            table.write_record(row(place, finding).map(|cell| cell_of(&cell)))?;
        }
        let mut other = |what: &str, file: &str, problem: Option<&Problem>, message: &str| {
            let place = problem.and_then(|problem| problem.place.as_ref()).map(ToString::to_string).unwrap_or_default();
            let cells = COLUMNS.map(|column| match column {
                "what" => what,
                "file" => file,
                "place" => &place,
                "message" => message,
                _ => "",
            });
            table.write_record(cells.map(cell_of))
        };
        for checked in &report.checked {
            for problem in checked.document.problems() {
                other("partly read", &checked.document.label(), Some(problem), &problem.what)?;
            }
        }
        for unread in &report.unread {
            let what = if unread.passed_over { "passed over" } else { "not read" };
            other(what, &unread.label(), Some(&unread.problem), &unread.problem.what)?;
        }
        other("tally", "", None, words::tally(&Tally::of(report)).trim_start_matches("tally: "))?;
        table.flush()
    }
}

fn row(place: String, finding: FindingForm<'_>) -> [String; 24] {
    let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
    let law: Vec<String> = finding.basis.law.iter().map(|law| format!("{}: {}", law.profile, law.reference)).collect();
    [
        "finding".to_owned(),
        finding.file.to_owned(),
        place,
        number(finding.place.line),
        number(finding.place.column),
        number(finding.place.end_line),
        number(finding.place.end_column),
        finding.severity.name().to_owned(),
        finding.confidence.name().to_owned(),
        finding.rule.to_owned(),
        finding.title.to_owned(),
        finding.message,
        finding.matched.unwrap_or_default().to_owned(),
        finding.missing.join(" · "),
        finding.said_not_done.join(" · "),
        finding.planned.join(" · "),
        finding.why.to_owned(),
        finding.ask.unwrap_or_default().to_owned(),
        finding.alternatives.join(" · "),
        finding.basis.crpd.join(", "),
        finding.basis.recovery.join(", "),
        finding.basis.quality_rights.join(", "),
        law.join(" · "),
        finding.standing.to_owned(),
    ]
}

/// Spreadsheets take what begins with one of these signs for a formula; an apostrophe tells them it is text.
pub(super) fn cell_of(text: &str) -> String {
    let text = words::safe(text);
    let formula = text.trim_start().starts_with(['=', '+', '-', '@', '|', '%']);
    if formula { format!("'{text}") } else { text.into_owned() }
}
