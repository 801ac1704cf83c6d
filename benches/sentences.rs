//! How many sentence rules of a JSONL file hold: `cargo bench --bench sentences -- PATH`.
//!
//! Each line holds `text`, `sentences` and, where it counts, `"golden": true`. Abbreviations are those of
//! `rules/context/en.yaml`, when it is there.
#![allow(clippy::print_stdout, reason = "this is a program that reports to a person")]
#![allow(clippy::disallowed_methods, reason = "a bench reads files; the core does not")]

use dignity::document::split_sentences;
use dignity::span::Span;

/// Enough to try the splitter with before the rules are written.
const FALL_BACK: &str = "co st mr mrs ms dr prof mt jr sr no p pp fig vol vs etc approx dept inc ltd rep gov gen sgt \
                         jan feb mar apr jun jul aug sep sept oct nov dec e.g i.e a.m p.m b.d o.d t.d.s q.d.s p.o";

fn main() {
    let paths = std::env::args().skip(1).filter(|argument| !argument.starts_with("--"));
    let abbreviations = abbreviations();
    for path in paths {
        let Ok(text) = std::fs::read_to_string(&path) else {
            println!("cannot read {path}");
            continue;
        };
        report(&path, &text, &abbreviations);
    }
}

fn report(path: &str, lines: &str, abbreviations: &[String]) {
    let (mut held, mut all) = (0, 0);
    for line in lines.lines() {
        let Ok(case) = serde_json::from_str::<serde_json::Value>(line) else { continue };
        let text = case["text"].as_str().unwrap_or_default();
        let wanted: Vec<String> = case["sentences"]
            .as_array()
            .map(|list| list.iter().filter_map(|sentence| sentence.as_str()).map(same).collect())
            .unwrap_or_default();
        let found: Vec<String> = split_sentences(text, Span::new(0, text.len()), abbreviations)
            .iter()
            .map(|span| same(&text[span.range()]))
            .filter(|sentence| !sentence.is_empty())
            .collect();
        all += 1;
        if found == wanted {
            held += 1;
        } else {
            println!("  {}\n    wanted {wanted:?}\n    found  {found:?}", case["title"].as_str().unwrap_or("?"));
        }
    }
    println!("{path}: {held} of {all} hold");
}

/// White space made the same.
fn same(sentence: &str) -> String {
    sentence.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The list `abbreviations` of the English context file, read line by line.
fn abbreviations() -> Vec<String> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/rules/context/en.yaml");
    let Ok(text) = std::fs::read_to_string(path) else {
        println!("no rules/context/en.yaml: a short list is used");
        return FALL_BACK.split_whitespace().map(str::to_owned).collect();
    };
    let mut inside = false;
    let mut list = Vec::new();
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("abbreviations:") {
            inside = true;
            list.extend(words(rest));
        } else if line.starts_with(|c: char| c.is_alphanumeric() || c == '$') {
            inside = false;
        } else if inside {
            list.extend(words(line));
        }
    }
    list
}

fn words(line: &str) -> impl Iterator<Item = String> {
    let plain = line.split_once(" #").map_or(line, |(before, _)| before).trim();
    let plain = if plain.starts_with('#') { "" } else { plain.trim_start_matches("- ") };
    plain
        .split([',', '[', ']'])
        .map(|word| word.trim().trim_matches(['"', '\'']).trim_end_matches('.').to_lowercase())
        .filter(|word| !word.is_empty())
}
