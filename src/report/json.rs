//! `json`: the whole report as one object of the form `dignity/report/1`.

use super::schema::{self, ReportForm, SCHEMA, TallyForm};
use super::{Report, Reporter, Style, Tally, notation};
use std::io::{self, Write};

/// Writes `json`.
pub(super) struct Json;

impl Reporter for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn about(&self) -> &'static str {
        "one JSON object, form dignity/report/1"
    }

    fn is_for_programs(&self) -> bool {
        true
    }

    fn write(&self, report: &Report<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
        let findings = schema::findings(report, style);
        let checked = report.checked.iter().map(|checked| schema::document(report, checked));
        let form = ReportForm {
            schema: SCHEMA,
            run: schema::run(report),
            documents: checked.chain(report.unread.iter().map(schema::unread)).collect(),
            tally: TallyForm { tally: Tally::of(report), shown: findings.len() },
            findings,
        };
        notation::pretty(out, &form)
    }
}
