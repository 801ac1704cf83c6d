//! Other wordings that a person may choose to insert. Never preferred, never all at once, and never where the words are
//! not the writer's to change: inside a quotation, or in a note that has been signed.

use super::diagnose;
use super::open::Open;
use super::setting::Setting;
use gen_lsp_types as lsp;
use serde_json::{Value, json};

/// What can be done about the findings in `range`.
pub(super) fn actions(
    open: &Open,
    setting: &Setting,
    uri: &str,
    range: lsp::Range,
    pages: Option<&str>,
) -> Option<Vec<Value>> {
    let (from, to) = (open.text.offset(range.start), open.text.offset(range.end));
    let seen = open.seen.as_ref()?;
    let document = &seen.checked.document;
    let all = diagnose::findings(open, uri, setting, pages);
    let mut offered = Vec::new();
    for (finding, span) in seen.shown().filter(|(_, span)| span.from() <= to && from <= span.to()) {
        let signed = document.entry_at(finding.span.start).and_then(|entry| document.entries().get(entry));
        if document.kind().is_about_a_person() && signed.is_some_and(|entry| entry.signed) {
            continue;
        }
        let place = open.text.range(span.from(), span.to());
        let about: Vec<_> = all
            .iter()
            .filter(|made| made.range == place && made.code == Some(lsp::Code::String(finding.rule.0.clone())))
            .collect();
        offered.extend(finding.alternatives.iter().map(|words| {
            json!({
                "title": format!("Write instead: {words}"),
                "kind": "quickfix",
                "diagnostics": about,
                "edit": { "changes": { uri: [{ "range": place, "newText": words }] } },
            })
        }));
    }
    Some(offered)
}
