//! Mistakes in rules and settings, drawn at the exact value like a finding.

use super::excerpt::{self, Mark};
use super::snippet::{Pen, draw};
use super::words::{safe, wrapped};
use crate::rule::{RuleError, Severity};
use crate::span::Span;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Texts of rule and settings files, by the name errors know them by.
pub type Sources = BTreeMap<String, String>;

/// Draws every mistake in `errors`, in their order. With `plain`, one idea a line and no frame.
pub fn draw_errors(errors: &[RuleError], sources: &Sources, pen: Pen, plain: bool) -> String {
    let mut out = String::new();
    for error in errors {
        let text = sources.get(&error.file).map_or("", String::as_str);
        let at = floor(text, error.at.start)..floor(text, error.at.end.max(error.at.start));
        let place = if text.is_empty() || error.at == (0..0) {
            safe(&error.file).into_owned()
        } else {
            let (line, column) = line_and_column(text, at.start);
            format!("{}:{line}:{column}", safe(&error.file))
        };
        let level = if error.fatal { Severity::Error } else { Severity::Advice };
        let rule = error.rule.as_deref().map(|rule| format!(" · {}", safe(rule))).unwrap_or_default();
        if plain {
            plain_error(&mut out, error, &place, level);
            continue;
        }
        out.push_str(&wrapped(&format!("{place}{rule}"), 2, pen.width));
        out.push('\n');
        let label = (!error.label.is_empty()).then(|| safe(&error.label).into_owned());
        let marks = if at.is_empty() && error.at.start == 0 {
            Vec::new()
        } else {
            vec![Mark { span: Span::new(at.start, at.end), label }]
        };
        let lines = excerpt::of_text(text, &marks, pen.width.saturating_sub(10));
        let help = error.help.as_deref().map(safe);
        out.push_str(&draw(pen, level, &safe(&error.what), &lines, help.as_deref()));
        out.push('\n');
    }
    out
}

fn plain_error(out: &mut String, error: &RuleError, place: &str, level: Severity) {
    let mut line = |label: &str, text: &str| {
        let _ = writeln!(out, "{label}: {}", safe(text));
    };
    line("Level", level.name());
    line("Place", place);
    if let Some(rule) = &error.rule {
        line("Rule", rule);
    }
    line("What", &error.what);
    if !error.label.is_empty() {
        line("Here", &error.label);
    }
    if let Some(help) = &error.help {
        line("What to do", help);
    }
    out.push('\n');
}

/// The nearest border of a character at or below `offset`.
fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// Line and column of a byte offset, both from 1, the column in characters.
pub fn line_and_column(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    (before.matches('\n').count() + 1, before[start..].chars().count() + 1)
}
