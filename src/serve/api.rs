//! A small address for other programs: a text in, our own report out.

use super::http::Response;
use super::{Service, style};
use crate::document::Kind;
use crate::report::{Excerpts, Report, reporter};
use crate::rule::Severity;
use serde_json::{Value, json};

pub(super) fn check(service: &Service, body: &[u8]) -> Response {
    // What the parser says of a mistake quotes what it met; it is not passed on.
    let Ok(asked) = serde_json::from_slice::<Value>(body) else {
        return Response::said(400, "The body cannot be read as JSON.");
    };
    let Some(text) = asked.get("text").and_then(Value::as_str) else {
        return Response::said(400, "There is no text: a field named text is wanted.");
    };
    let kind = match asked.get("kind").and_then(Value::as_str) {
        None => None,
        Some(name) => match Kind::from_name(name) {
            Some(kind) => Some(kind),
            None => return Response::said(400, "There is no such kind of document; /api/openapi.json lists them."),
        },
    };
    let flag = |name: &str| asked.get(name).and_then(Value::as_bool);
    let checked = service.look(text, kind);
    let mut style = style(&checked);
    style.before_saving = flag("beforeSaving").unwrap_or(style.before_saving);
    style.excerpts = Some(if flag("excerpts") == Some(true) { Excerpts::Full } else { Excerpts::None });
    style.show = asked.get("show").and_then(Value::as_str).and_then(level).unwrap_or(style.show);
    let report = Report {
        checked: vec![checked],
        unread: Vec::new(),
        rules_in_force: service.checker.rules.in_force_count(),
        rules: &service.checker.rules,
        profile: service.profile.clone(),
        took: None,
        version: env!("CARGO_PKG_VERSION"),
    };
    let mut out = Vec::new();
    match reporter("json").map(|reporter| reporter.write(&report, &style, &mut out)) {
        Some(Ok(())) => Response::new("application/json", out),
        _ => Response::said(500, "The report could not be written."),
    }
}

fn level(name: &str) -> Option<Severity> {
    [Severity::Error, Severity::Warning, Severity::Advice].into_iter().find(|level| level.name() == name)
}

/// What can be asked, in the form OpenAPI.
pub(super) fn openapi() -> Response {
    let kinds: Vec<&str> = Kind::ALL.into_iter().map(Kind::name).collect();
    let refused = json!({ "description": "Why not, in plain words, in the field error.", "content": { "application/json": { "schema": {
        "type": "object", "properties": { "error": { "type": "string" } }, "required": ["error"] } } } });
    Response::json(&json!({
        "openapi": "3.1.0",
        "info": {
            "title": "dignity", "version": env!("CARGO_PKG_VERSION"),
            "description": "Reads service policies and care records as a rights reviewer would. Nothing is kept, nothing leaves this machine.",
        },
        "paths": { "/api/check": { "post": {
            "summary": "Check a text",
            "operationId": "check",
            "requestBody": { "required": true, "content": { "application/json": { "schema": {
                "type": "object", "required": ["text"], "properties": {
                    "text": { "type": "string", "description": "The text, plain or in Markdown." },
                    "kind": { "enum": kinds, "description": "What it is; otherwise it is guessed, and the answer says so." },
                    "beforeSaving": { "type": "boolean", "description": "At most three findings; the default for texts about a person." },
                    "excerpts": { "type": "boolean", "description": "Whether the answer may hold words of the text." },
                    "show": { "enum": ["error", "warning", "advice"], "description": "The lowest level that is shown." },
                } } } } },
            "responses": {
                "200": { "description": "A report in the form dignity/report/1; dignity schema report prints its schema.",
                         "content": { "application/json": { "schema": { "type": "object" } } } },
                "400": refused, "403": refused, "413": refused,
            },
        } } },
    }))
}
