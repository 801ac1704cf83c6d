//! `jsonl`: the same report, one object a line, so that long runs can be read as they come.

use super::schema::{self, LineForm, TallyForm};
use super::{Report, Reporter, Style, Tally, notation};
use std::io::{self, Write};

/// Writes `jsonl`.
pub(super) struct Jsonl;

impl Reporter for Jsonl {
    fn name(&self) -> &'static str {
        "jsonl"
    }

    fn about(&self) -> &'static str {
        "one JSON object a line: run, document, finding, tally"
    }

    fn is_for_programs(&self) -> bool {
        true
    }

    fn write(&self, report: &Report<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
        let mut line = |form: LineForm<'_>| notation::line(out, &form);
        line(LineForm::Run(schema::run(report)))?;
        let findings = schema::findings(report, style);
        let shown = findings.len();
        let mut findings = findings.into_iter().peekable();
        for checked in &report.checked {
            line(LineForm::Document(schema::document(report, checked)))?;
            while let Some(finding) = findings
                .next_if(|finding| finding.file == checked.document.name() && finding.part == checked.document.part())
            {
                line(LineForm::Finding(Box::new(finding)))?;
            }
        }
        for unread in &report.unread {
            line(LineForm::Document(schema::unread(unread)))?;
        }
        for finding in findings {
            line(LineForm::Finding(Box::new(finding)))?;
        }
        line(LineForm::Tally(TallyForm { tally: Tally::of(report), shown }))
    }
}
