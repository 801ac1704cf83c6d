//! Says in plain words why a file is no YAML: most often a text that needs quotes.

use super::node::NotYaml;
use super::read::Mistakes;
use std::ops::Range;

/// Signs that mean something to YAML when a text begins with them.
const SPECIAL: &[char] = &['*', '&', '%', '@', '`', '{', '[', '|', '>', '!', '?'];

/// Notes the mistake with the advice that fits the line it is on.
pub(super) fn not_yaml(error: NotYaml, to: &mut Mistakes<'_>) {
    let source = to.source;
    let here = line_around(source, error.at.start);
    // The library often notices only on the line behind the mistake.
    let before = here.start.checked_sub(1).map(|end| line_around(source, end));
    for line in [Some(here), before].into_iter().flatten() {
        if let Some((at, what, help)) = needs_quotes(source, line) {
            to.note(at, what, "needs quotes", help);
            return;
        }
    }
    let label = if error.what.is_empty() { "not understood" } else { &error.what };
    let help = "look at the spaces at the start of the line, and for a quotation mark or bracket that is not closed";
    to.note(error.at, "this is not YAML", label, help);
}

fn line_around(source: &str, offset: usize) -> Range<usize> {
    let offset = offset.min(source.len());
    let start = source.get(..offset).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
    let length = source.get(start..).and_then(|rest| rest.find('\n')).unwrap_or(source.len() - start);
    start..start + length
}

fn needs_quotes(source: &str, line: Range<usize>) -> Option<(Range<usize>, &'static str, &'static str)> {
    let text = source.get(line.clone())?;
    if let Some(tab) = text.find('\t').filter(|tab| text.get(..*tab).is_some_and(|before| before.trim().is_empty())) {
        let at = line.start + tab..line.start + tab + 1;
        return Some((at, "a tab at the start of a line", "use spaces; YAML knows no tabs there"));
    }
    let indent = text.len() - text.trim_start().len();
    let body = text.get(indent..)?;
    let item = body.strip_prefix("- ").map_or(0, |rest| body.len() - rest.trim_start().len());
    let body = body.get(item..)?;
    // A key in front of the text, if there is one.
    let value = match body.find(": ") {
        Some(colon) if !body.starts_with(['"', '\'']) => {
            let rest = body.get(colon + 2..)?;
            colon + 2 + (rest.len() - rest.trim_start().len())
        }
        _ => 0,
    };
    let start = line.start + indent + item + value;
    let text = body.get(value..)?.trim_end();
    let at = start..start + text.len();
    let first = text.chars().next()?;
    if matches!(first, '"' | '\'') {
        let inner = text.get(1..)?;
        let closes = inner.find(first).map(|close| close + 2);
        let rest = closes.and_then(|close| text.get(close..)).unwrap_or_default().trim_start();
        if !rest.is_empty() && !rest.starts_with('#') {
            let help = "put the whole text in single quotes; a single quote inside is written twice";
            return Some((at, "a text that begins with a quotation mark", help));
        }
        return None;
    }
    if SPECIAL.contains(&first) {
        let help = "put the whole text in single quotes";
        return Some((at, "a text that begins with a sign that YAML reads as its own", help));
    }
    if let Some(colon) = text.find(": ") {
        let at = start + colon..start + colon + 1;
        return Some((at, "a colon followed by a space inside a text", "put the whole text in single quotes"));
    }
    None
}
