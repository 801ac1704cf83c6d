//! FHIR resources (R4 and R5): the words that people wrote in them, each at its `FHIRPath`.
//!
//! Elements are known by their names, which the releases share, so no model of every resource is needed. A narrative
//! that was generated from the data is left out: it would say everything twice. Resources that only name people,
//! places and things are not read.

use super::{Input, html, plain};
use crate::document::{BlockKind, Builder, Document, Place};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value};

type Object = Map<String, Value>;

/// Resources without prose about care.
const NAMES_ONLY: &[&str] = &[
    "AuditEvent",
    "CapabilityStatement",
    "CodeSystem",
    "ConceptMap",
    "Device",
    "Endpoint",
    "HealthcareService",
    "ImplementationGuide",
    "Location",
    "Medication",
    "NamingSystem",
    "OperationDefinition",
    "Organization",
    "Patient",
    "Person",
    "Practitioner",
    "PractitionerRole",
    "Provenance",
    "RelatedPerson",
    "SearchParameter",
    "StructureDefinition",
    "Subscription",
    "ValueSet",
];
/// Elements whose own value is prose.
const PROSE: &[&str] = &[
    "comment",
    "comments",
    "conclusion",
    "contentString",
    "description",
    "detail",
    "instruction",
    "mitigation",
    "patientInstruction",
    "summary",
    "valueMarkdown",
    "valueString",
];
/// Elements whose `text` is prose: annotations, dosages, and what was written instead of a code.
const NOTED: &[&str] = &[
    "description",
    "dosage",
    "dosageInstruction",
    "note",
    "outcomeCodeableConcept",
    "progress",
    "prognosisCodeableConcept",
    "reasonCode",
    "summary",
];
/// Deeper than this nothing is written by people.
const DEPTH: usize = 40;

/// Hands over the documents in `resource`; `line` names the line of the file it is, where it is one of many.
pub(super) fn read(resource: &Object, line: Option<&str>, input: &Input<'_>, each: &mut dyn FnMut(Document)) {
    let kind = kind(resource);
    if kind != "Bundle" {
        return one(resource, line, kind, input, each);
    }
    for (number, entry) in resource.get("entry").and_then(Value::as_array).into_iter().flatten().enumerate() {
        if let Some(inner) = entry.get("resource").and_then(Value::as_object) {
            let path = format!("Bundle.entry[{number}].resource");
            let part = line.map_or_else(|| path.clone(), |line| format!("{line}, {path}"));
            one(inner, Some(&part), &path, input, each);
        }
    }
}

fn kind(resource: &Object) -> &str {
    resource.get("resourceType").and_then(Value::as_str).unwrap_or_default()
}

fn one(resource: &Object, part: Option<&str>, path: &str, input: &Input<'_>, each: &mut dyn FnMut(Document)) {
    if NAMES_ONLY.contains(&kind(resource)) {
        return;
    }
    let into = part.map_or_else(|| input.document(), |part| input.document_of(part));
    let mut walk = Walk { into, any: false, packed: Vec::new(), flag: kind(resource) == "Flag" };
    walk.into.format("fhir");
    walk.object(resource, path.to_owned(), "", 0);
    let Walk { into, any, packed, .. } = walk;
    if any {
        each(into.finish());
    }
    for (attachment, path) in packed {
        let part = match part {
            Some(part) if !path.starts_with(part) => format!("{part}, {path}"),
            _ => path,
        };
        unpack(attachment, &part, input, each);
    }
}

struct Walk<'v> {
    into: Builder,
    any: bool,
    packed: Vec<(&'v Object, String)>,
    /// Whether the code itself is a label someone chose.
    flag: bool,
}

impl<'v> Walk<'v> {
    fn object(&mut self, object: &'v Object, path: String, name: &str, depth: usize) {
        if depth > DEPTH {
            return;
        }
        let has = |key: &str| object.get(key).is_some_and(Value::is_string);
        if (has("contentType") && (has("data") || has("url"))) || (kind(object) == "Binary" && has("data")) {
            self.packed.push((object, path));
            return;
        }
        // A name comes before what it names.
        for first in ["title", "text"] {
            if let Some(value) = object.get(first) {
                self.value(value, &format!("{path}.{first}"), first, name, depth);
            }
        }
        for (key, value) in object {
            if !matches!(key.as_str(), "title" | "text" | "resourceType") {
                self.value(value, &format!("{path}.{key}"), key, name, depth);
            }
        }
    }

    fn value(&mut self, value: &'v Value, path: &str, key: &str, parent: &str, depth: usize) {
        match value {
            Value::Array(list) => {
                for (number, value) in list.iter().enumerate() {
                    self.value(value, &format!("{path}[{number}]"), key, parent, depth);
                }
            }
            Value::Object(object) if key == "text" && object.contains_key("div") => {
                self.narrative(object, path, parent);
            }
            Value::Object(object) => self.object(object, path.to_owned(), key, depth + 1),
            Value::String(words) => self.words(words, path, key, parent),
            _ => {}
        }
    }

    fn words(&mut self, words: &str, path: &str, key: &str, parent: &str) {
        let place = |line| Place::Path { path: path.to_owned(), line };
        if !words.contains(char::is_alphabetic) {
            return;
        }
        if key == "title" && matches!(parent, "" | "section") {
            self.into.block(BlockKind::Heading(if parent.is_empty() { 1 } else { 2 }), words, place(None));
        } else if key == "text" && parent == "item" {
            self.into.block(BlockKind::Prompt, words.trim_end_matches(':'), place(None));
            self.any = true;
        } else if PROSE.contains(&key)
            || (key == "text" && (NOTED.contains(&parent) || (self.flag && parent == "code")))
        {
            plain::text(words, &place, &mut self.into);
            self.any = true;
        }
    }

    fn narrative(&mut self, object: &Object, path: &str, parent: &str) {
        let text = |key: &str| object.get(key).and_then(Value::as_str).unwrap_or_default();
        let written = parent == "section" || text("status") == "additional";
        if written && !matches!(text("status"), "generated" | "empty") {
            let place = Place::Path { path: format!("{path}.div"), line: None };
            html::inner(text("div").as_bytes(), place, &mut self.into);
            self.any = true;
        }
    }
}

/// Reads what an attachment holds, with the reader of its own format.
fn unpack(attachment: &Object, part: &str, input: &Input<'_>, each: &mut dyn FnMut(Document)) {
    let text = |key: &str| attachment.get(key).and_then(Value::as_str).unwrap_or_default();
    let data: String = text("data").chars().filter(|sign| !sign.is_whitespace()).collect();
    if data.is_empty() {
        let what =
            "Its words stand elsewhere and are named by their address only, so they were not read. Check that file.";
        return input.refuse(part, what, each);
    }
    let Ok(bytes) = STANDARD.decode(data) else {
        return input.refuse(part, "The document attached here is damaged (base64). Fetch or save it again.", each);
    };
    if !input.take(bytes.len()) {
        return input.refuse(part, "This file unpacks to more than can be read safely. Split it.", each);
    }
    let media = text("contentType").split(';').next().unwrap_or_default().trim().to_lowercase();
    let ending = match media.as_str() {
        "text/plain" => ".txt",
        "text/markdown" => ".md",
        "text/html" | "application/xhtml+xml" => ".html",
        "text/rtf" | "application/rtf" => ".rtf",
        "text/csv" => ".csv",
        "application/pdf" => ".pdf",
        "application/xml" | "text/xml" | "application/hl7-v3+xml" | "application/hl7-sda+xml" => ".xml",
        "application/json" | "application/fhir+json" => ".json",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => ".docx",
        _ => "",
    };
    input.open(part, &format!("attachment{ending}"), &bytes, each);
}
