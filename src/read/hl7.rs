//! HL7 version 2: the free text of messages, one document a message.
//!
//! Own code, because the format is small, real files end their lines in every way, and places must be kept. Many
//! `OBX` are often the lines of one report, so they are joined before anything is read in them.

use super::{Input, Reader, decoded, plain};
use crate::document::{BlockKind, Document, Place};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// The reader of HL7 version 2.
pub(super) struct Hl7;

impl Reader for Hl7 {
    fn name(&self) -> &'static str {
        "hl7"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["hl7"]
    }

    fn knows(&self, head: &[u8]) -> bool {
        let head = head.trim_ascii_start();
        let head = head.strip_prefix(b"\x0B").unwrap_or(head);
        ["MSH|", "FHS|", "BHS|"].iter().any(|start| head.starts_with(start.as_bytes()))
    }

    fn read_each(&self, input: &Input<'_>, each: &mut dyn FnMut(Document)) {
        let mut file = input.document();
        file.format(self.name());
        let Some(source) = decoded(input.bytes, &mut file) else { return each(file.finish()) };
        let lines = source.text.split(['\r', '\n']);
        let lines = lines.map(|line| line.trim_matches(['\u{0B}', '\u{1C}', ' '])).filter(|line| !line.is_empty());
        let mut messages: Vec<Vec<&str>> = Vec::new();
        for line in lines {
            match (line.get(..3), messages.last_mut()) {
                (Some("MSH"), _) => messages.push(vec![line]),
                (_, Some(message)) => message.push(line),
                _ => {}
            }
        }
        let several = messages.len() > 1;
        let (mut any, count) = (false, messages.len());
        for (number, message) in (1..).zip(&messages) {
            let part = several.then(|| format!("message {number}"));
            any |= Message::of(message, part, source.lost > 0).read(input, each);
        }
        if !any {
            if count == 0 {
                file.unreadable(
                    "This holds no message of HL7 version 2: no line begins with MSH. Check that it was saved whole.",
                );
            } else {
                file.passed_over("There is no free text in these messages, only data, so nothing in them was checked.");
            }
            each(file.finish());
        }
    }
}

/// The signs that part a message, as its own head gives them.
#[derive(Clone, Copy)]
struct Signs {
    field: char,
    component: char,
    again: char,
    escape: char,
    sub: char,
}

struct Message<'m> {
    segments: Vec<(&'m str, Vec<&'m str>)>,
    signs: Signs,
    part: Option<String>,
    lost: bool,
}

/// One text: its name, and its lines with their places.
#[derive(Default)]
struct Text {
    key: String,
    name: String,
    lines: Vec<(String, Place)>,
}

impl<'m> Message<'m> {
    fn of(lines: &[&'m str], part: Option<String>, lost: bool) -> Self {
        let head: Vec<char> = lines.first().map(|line| line.chars().skip(3).take(5).collect()).unwrap_or_default();
        let sign =
            |at: usize, usual: char| head.get(at).copied().filter(|sign| !sign.is_alphanumeric()).unwrap_or(usual);
        let field = sign(0, '|');
        let other = |at, usual| Some(sign(at, usual)).filter(|sign| *sign != field).unwrap_or(usual);
        let signs =
            Signs { field, component: other(1, '^'), again: other(2, '~'), escape: other(3, '\\'), sub: other(4, '&') };
        let segments = lines
            .iter()
            .map(|line| {
                let fields: Vec<&str> = line.split(signs.field).collect();
                (fields.first().copied().unwrap_or_default(), fields)
            })
            .collect();
        Self { segments, signs, part, lost }
    }

    /// Hands over what is text in the message; whether there was any.
    fn read(&self, input: &Input<'_>, each: &mut dyn FnMut(Document)) -> bool {
        let mut texts: Vec<Text> = Vec::new();
        let mut any = false;
        let (mut results, mut notes) = (0, 0);
        for (name, fields) in &self.segments {
            let field = |at: usize| fields.get(at).copied().unwrap_or_default();
            match *name {
                "OBX" => {
                    results += 1;
                    match field(2) {
                        "ED" => any |= self.packed(field(5), results, input, each),
                        kind @ ("TX" | "FT" | "ST") => {
                            let key = format!("OBX {}", field(3));
                            self.take(&mut texts, key, field(3), field(5), &format!("OBX[{results}]-5"), kind);
                        }
                        _ => {}
                    }
                }
                "NTE" => {
                    notes += 1;
                    self.take(&mut texts, "NTE".to_owned(), "", field(3), &format!("NTE[{notes}]-3"), "FT");
                }
                _ => {}
            }
        }
        texts.retain(|text| text.lines.iter().any(|(line, _)| line.contains(char::is_alphabetic)));
        if texts.is_empty() {
            return any;
        }
        let mut into = match &self.part {
            Some(part) => input.document_of(part),
            None => input.document(),
        };
        into.format("hl7");
        if self.lost {
            into.problem(super::LOST, None);
        }
        for text in &texts {
            let Some((_, first)) = text.lines.first() else { continue };
            if text.name.contains(char::is_alphabetic) {
                into.block(BlockKind::Heading(1), &text.name, first.clone());
            }
            let words: Vec<&str> = text.lines.iter().map(|(line, _)| line.as_str()).collect();
            let place = |line: Option<u32>| {
                let at = line.map_or(0, |line| line as usize - 1);
                text.lines.get(at).map_or(first, |(_, place)| place).clone()
            };
            plain::text(&words.join("\n"), &place, &mut into);
        }
        each(into.finish());
        true
    }

    /// Adds the value of a field, line by line, to the text it goes on, or begins one.
    fn take(&self, texts: &mut Vec<Text>, key: String, name: &str, value: &str, path: &str, kind: &str) {
        let mut lines = Vec::new();
        for (number, value) in (1..).zip(value.split(self.signs.again)) {
            let words = self.unescaped(value);
            let several = words.contains('\n');
            for (line, words) in (1..).zip(words.split('\n')) {
                let place = Place::Path { path: format!("{path}[{number}]"), line: several.then_some(line) };
                lines.push((words.to_owned(), place));
            }
        }
        // A short value is a result, not a text; it may still be a line of one.
        let short = |words: &str| words.split_whitespace().count() < 3;
        let goes_on = texts.last().is_some_and(|text| text.key == key);
        if kind == "ST" && !goes_on && lines.iter().all(|(words, _)| short(words)) {
            return;
        }
        if !goes_on {
            let mut parts = name.split(self.signs.component);
            let (code, said) = (parts.next(), parts.next());
            let name = said.filter(|said| !said.is_empty()).or(code).unwrap_or_default();
            texts.push(Text { key, name: self.unescaped(name), lines: Vec::new() });
        }
        if let Some(text) = texts.last_mut() {
            text.lines.append(&mut lines);
        }
    }

    /// A packed document: source, type, subtype, how it is written, and its bytes.
    fn packed(&self, value: &str, number: u32, input: &Input<'_>, each: &mut dyn FnMut(Document)) -> bool {
        let mut parts = value.splitn(5, self.signs.component);
        let mut next = || parts.next().unwrap_or_default();
        let (_, kind, subtype, written, data) = (next(), next(), next(), next(), next());
        if data.is_empty() {
            return false;
        }
        let path = format!("OBX[{number}]-5[1]");
        let part = self.part.as_ref().map_or_else(|| path.clone(), |message| format!("{message}, {path}"));
        let bytes = if written.eq_ignore_ascii_case("base64") {
            let data: String = data.chars().filter(|sign| !sign.is_whitespace()).collect();
            STANDARD.decode(data).ok()
        } else {
            Some(self.unescaped(data).into_bytes())
        };
        let subtype = subtype.trim().to_lowercase();
        let ending = match subtype.as_str() {
            "plain" | "" if kind.eq_ignore_ascii_case("text") => "txt",
            "html" => "html",
            "rtf" => "rtf",
            "pdf" => "pdf",
            "xml" | "x-hl7-cda-level-one" => "xml",
            _ => "",
        };
        let called = if ending.is_empty() { "embedded".to_owned() } else { format!("embedded.{ending}") };
        match bytes {
            Some(bytes) if input.take(bytes.len()) => input.open(&part, &called, &bytes, each),
            Some(_) => input.refuse(&part, "This file unpacks to more than can be read safely. Split it.", each),
            None => input.refuse(&part, "The document embedded here is damaged (base64). Send it again.", each),
        }
        true
    }

    /// Escapes undone. What is not known is left out: it is layout of some other program.
    fn unescaped(&self, value: &str) -> String {
        let mut out = String::with_capacity(value.len());
        let mut rest = value;
        while let Some(at) = rest.find(self.signs.escape) {
            out.push_str(&rest[..at]);
            let after = &rest[at + self.signs.escape.len_utf8()..];
            let Some(end) = after.find(self.signs.escape).filter(|end| *end <= 40 && !after[..*end].contains(' '))
            else {
                // A sign that escapes nothing stands for itself.
                out.push(self.signs.escape);
                rest = after;
                continue;
            };
            let code = &after[..end];
            match code {
                "F" => out.push(self.signs.field),
                "S" => out.push(self.signs.component),
                "T" => out.push(self.signs.sub),
                "R" => out.push(self.signs.again),
                "E" => out.push(self.signs.escape),
                ".br" | ".ce" => out.push('\n'),
                code if code.starts_with(".sp") => {
                    let lines = code[3..].trim_start_matches('+').parse::<usize>().unwrap_or(1);
                    out.extend(std::iter::repeat_n('\n', lines.clamp(1, 9)));
                }
                code if code.starts_with('X') => hexadecimal(&code[1..], &mut out),
                _ => {}
            }
            rest = &after[end + self.signs.escape.len_utf8()..];
        }
        out.push_str(rest);
        out
    }
}

/// Bytes written as pairs of figures: line ends, and signs of the encoding before UTF-8.
fn hexadecimal(code: &str, out: &mut String) {
    let pair = |pair: &[u8]| std::str::from_utf8(pair).ok().and_then(|pair| u8::from_str_radix(pair, 16).ok());
    let Some(bytes) = code.as_bytes().chunks(2).map(pair).collect::<Option<Vec<u8>>>() else { return };
    let words = match String::from_utf8(bytes) {
        Ok(words) => words,
        Err(bytes) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes.as_bytes()).0.into_owned(),
    };
    out.push_str(&words.replace("\r\n", "\n").replace('\r', "\n"));
}
