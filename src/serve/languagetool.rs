//! The protocol of LanguageTool, so that programs that know it need no other.
//!
//! Offsets are UTF-16 units from 0. Many of these programs send one paragraph at a time: what a whole text lacks is not
//! said of a single paragraph.

use super::http::Response;
use super::{Service, field, fields, shown};
use crate::finding::{Checked, Finding};
use crate::report::Excerpts;
use crate::report::words::{message, safe};
use crate::rule::Concern;
use serde_json::{Value, json};

/// So many UTF-16 units around a finding are given back as its context.
const AROUND: usize = 40;

pub(super) fn languages() -> Response {
    let all = [("English", "en", "en"), ("English (GB)", "en", "en-GB"), ("English (US)", "en", "en-US")];
    let more = [
        ("English (Australia)", "en", "en-AU"),
        ("English (Ireland)", "en", "en-IE"),
        ("English (New Zealand)", "en", "en-NZ"),
    ];
    let list =
        all.iter().chain(&more).map(|(name, code, long)| json!({ "name": name, "code": code, "longCode": long }));
    Response::json(&Value::Array(list.collect()))
}

pub(super) fn check(service: &Service, body: &[u8]) -> Response {
    let fields = fields(body);
    let asked = field(&fields, "language").unwrap_or("auto");
    let text = match (field(&fields, "text"), field(&fields, "data")) {
        (Some(text), _) => Annotated::plain(text),
        (None, Some(data)) => match Annotated::read(data) {
            Some(text) => text,
            None => return Response::said(400, "The data cannot be read: a list of annotations is wanted."),
        },
        (None, None) => return Response::said(400, "There is no text: a field named text or data is wanted."),
    };
    let english = asked == "auto" || asked.split('-').next() == Some("en");
    let list = |name: &str| -> Vec<&str> {
        let names = field(&fields, name).unwrap_or_default().split(',');
        names.map(str::trim).filter(|name| !name.is_empty()).collect()
    };
    let (on, off) = (list("enabledRules"), list("disabledRules"));
    let only = field(&fields, "enabledOnly") == Some("true");
    let wanted = |finding: &&Finding| {
        let id = finding.rule.0.as_str();
        !off.contains(&id) && (!only || on.is_empty() || on.contains(&id))
    };
    let checked = service.look(&text.words, None);
    let matches: Vec<Value> = if english {
        let part = !text.words.trim().contains('\n');
        let whole = |finding: &&Finding| !part || !matches!(finding.concern, Concern::Owed | Concern::Clause);
        let findings = shown(&checked).into_iter().filter(wanted).filter(whole);
        let mut found: Vec<(usize, Value)> = findings.filter_map(|finding| told(&text, &checked, finding)).collect();
        found.sort_by_key(|(offset, _)| *offset);
        found.into_iter().map(|(_, told)| told).collect()
    } else {
        Vec::new()
    };
    let code = if english && asked != "auto" { asked } else { "en-GB" };
    let language = json!({ "name": "English", "code": code, "confidence": 1.0 });
    Response::json(&json!({
        "software": {
            "name": "dignity", "version": env!("CARGO_PKG_VERSION"), "apiVersion": 1, "buildDate": "", "premium": false,
            "status": "",
        },
        "warnings": { "incompleteResults": !english },
        "language": { "name": "English", "code": code, "detectedLanguage": language },
        "matches": matches,
    }))
}

/// A finding, and where it begins.
fn told(text: &Annotated, checked: &Checked, finding: &Finding) -> Option<(usize, Value)> {
    let span = finding.source?;
    let (from, to) = (text.unit(span.from()), text.unit(span.to()));
    let mut said = message(finding, Excerpts::None);
    if let Some(ask) = &finding.ask {
        said = format!("{said} {}", safe(ask));
    }
    let (context, at) = text.around(from, to);
    let replacements: Vec<Value> = finding.alternatives.iter().map(|words| json!({ "value": words })).collect();
    let pack = finding.rule.pack();
    let sentence = checked.document.words(finding.span);
    let told = json!({
        "message": said,
        "shortMessage": finding.title,
        "offset": from,
        "length": to - from,
        "replacements": replacements,
        "context": { "text": context, "offset": at, "length": to - from },
        "sentence": sentence,
        "type": { "typeName": "Hint" },
        "rule": {
            "id": finding.rule.0, "description": finding.title, "issueType": "style",
            "category": { "id": pack, "name": pack },
        },
        "ignoreForIncompleteSentence": false,
        "contextForSureMatch": 0,
    });
    Some((from, told))
}

/// A text with markup in it: the markup is not read, but it is counted.
struct Annotated {
    /// What is read.
    words: String,
    /// All of it, as UTF-16.
    units: Vec<u16>,
    /// Pairs of a byte in `words` and the unit it stands at, in rising order, one for each stretch of text.
    starts: Vec<(usize, usize)>,
}

impl Annotated {
    fn plain(text: &str) -> Self {
        Self { words: text.to_owned(), units: text.encode_utf16().collect(), starts: vec![(0, 0)] }
    }

    fn read(data: &str) -> Option<Self> {
        let value: Value = serde_json::from_str(data).ok()?;
        if let Some(text) = value.get("text").and_then(Value::as_str) {
            return Some(Self::plain(text));
        }
        let mut out = Self { words: String::new(), units: Vec::new(), starts: Vec::new() };
        for part in value.get("annotation")?.as_array()? {
            let text = |key: &str| part.get(key).and_then(Value::as_str);
            if let Some(text) = text("text") {
                out.starts.push((out.words.len(), out.units.len()));
                out.words.push_str(text);
                out.units.extend(text.encode_utf16());
            } else if let Some(markup) = text("markup") {
                out.starts.push((out.words.len(), out.units.len()));
                out.words.push_str(text("interpretAs").unwrap_or_default());
                out.units.extend(markup.encode_utf16());
            }
        }
        Some(out)
    }

    /// The unit at which the byte at `offset` of the words stands.
    fn unit(&self, offset: usize) -> usize {
        let next = self.starts.partition_point(|(start, _)| *start <= offset);
        let (start, unit) = next.checked_sub(1).and_then(|at| self.starts.get(at)).copied().unwrap_or((0, 0));
        let end = self.starts.get(next).map_or(self.units.len(), |(_, unit)| *unit);
        let words = self.words.get(start..offset).unwrap_or_default();
        (unit + words.encode_utf16().count()).min(end)
    }

    /// The text around some units, on one line, and where they begin in it.
    fn around(&self, from: usize, to: usize) -> (String, usize) {
        let start = from.saturating_sub(AROUND);
        let end = (to + AROUND).min(self.units.len());
        let part = |range: std::ops::Range<usize>| {
            String::from_utf16_lossy(self.units.get(range).unwrap_or_default()).replace(['\n', '\r'], " ")
        };
        let before = part(start..from);
        let at = before.encode_utf16().count();
        (before + &part(from..end), at)
    }
}

#[cfg(test)]
mod tests {
    use super::Annotated;

    #[test]
    fn markup_is_counted_and_not_read() {
        let data = r#"{"annotation":[{"text":"A "},{"markup":"<b>"},{"text":"word"},{"markup":"</b>","interpretAs":"\n"},{"text":"😀 x"}]}"#;
        let text = Annotated::read(data).unwrap();
        assert_eq!(text.words, "A word\n😀 x");
        for (byte, unit) in [(0, 0), (2, 5), (5, 8), (7, 13), (11, 15), (12, 16)] {
            assert_eq!(text.unit(byte), unit, "byte {byte}");
        }
        assert_eq!(text.around(5, 9), ("A <b>word</b>😀 x".to_owned(), 5));
        assert!(Annotated::read("[1").is_none());
    }
}
