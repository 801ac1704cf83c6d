//! The published forms: rules, project file, reports.

use super::answer::Answer;
use crate::report::schema::ReportForm;
use crate::rule::file::project::ProjectFile;
use crate::rule::file::rule::RuleFile;
use schemars::schema_for;

/// Answers `dignity schema`.
pub(super) fn schema(form: &str) -> Answer {
    let schema = match form {
        "report" => schema_for!(ReportForm<'_>),
        "project" => schema_for!(ProjectFile),
        _ => schema_for!(RuleFile),
    };
    match serde_json::to_string_pretty(&schema) {
        Ok(text) => Answer::fine(text + "\n"),
        Err(_) => Answer::wrong("the schema could not be written\n"),
    }
}
