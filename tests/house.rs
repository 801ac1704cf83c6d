//! The house keeps its own rules: what may import what, how long a file may be, where words may stand.
#![expect(clippy::disallowed_methods, reason = "tests read the source")]

use dignity::rule::Find;
use std::fs;
use std::path::{Path, PathBuf};

/// Every source file under `folder`, with its text.
fn sources(folder: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        let mut entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        entries.sort();
        for path in entries {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let name = path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap().to_string_lossy().into_owned();
                found.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

/// The room a file stands in: `src/check/gap.rs` and `src/checker.rs` stand in `check` and `checker`.
fn room(file: &str) -> String {
    let inside = file.trim_start_matches("src/");
    inside.split('/').next().unwrap().trim_end_matches(".rs").to_owned()
}

/// What each room may know, besides itself.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("span", &[]),
    ("scan", &["span"]),
    ("document", &["span"]),
    ("rule", &["span", "document", "scan"]),
    ("built_in", &["rule"]),
    ("finding", &["span", "document", "rule"]),
    ("read", &["span", "document"]),
    ("check", &["span", "document", "rule", "scan", "finding"]),
    ("report", &["span", "document", "rule", "finding"]),
    ("config", &["span", "document", "rule", "read", "report"]),
    ("checker", &["document", "rule", "finding", "read", "check"]),
    ("run", &["span", "document", "rule", "finding", "read", "checker", "check", "config", "report"]),
    ("lsp", &["span", "document", "rule", "finding", "read", "checker", "check", "config", "report", "run", "prove"]),
    ("serve", &["document", "rule", "finding", "checker", "report"]),
    ("prove", &["span", "document", "rule", "finding", "read", "check", "checker", "scan"]),
];

#[test]
fn nothing_imports_upward_and_verbs_import_no_verbs() {
    let mut wrong = Vec::new();
    for (file, text) in sources("src") {
        let Some((_, allowed)) = MAY_IMPORT.iter().find(|(name, _)| *name == room(&file)) else { continue };
        let before_tests = text.split("#[cfg(test)]").next().unwrap();
        let code: String = before_tests.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        for (at, _) in code.match_indices("crate::") {
            let name: String =
                before_tests[at + 7..].chars().take_while(|sign| sign.is_alphanumeric() || *sign == '_').collect();
            let is_room = MAY_IMPORT.iter().any(|(known, _)| *known == name) || name == "cli";
            if is_room && name != room(&file) && !allowed.contains(&name.as_str()) {
                wrong.push(format!("{file} knows {name}"));
            }
        }
    }
    wrong.dedup();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_file_is_over_600_lines_and_the_median_is_under_180() {
    let mut lengths: Vec<(usize, String)> =
        sources("src").into_iter().map(|(file, text)| (text.lines().count(), file)).collect();
    lengths.sort();
    let (longest, file) = lengths.last().unwrap();
    assert!(*longest <= 600, "{file} has {longest} lines");
    let (median, _) = lengths[lengths.len() / 2];
    assert!(median < 180, "the median file has {median} lines");
}

#[test]
fn every_module_says_what_it_is() {
    let silent: Vec<String> = sources("src")
        .into_iter()
        .filter(|(file, text)| !text.starts_with("//!") && !file.ends_with("tests.rs"))
        .map(|(file, _)| file)
        .collect();
    assert!(silent.is_empty(), "{silent:#?}");
}

#[test]
fn the_words_that_rules_flag_stand_in_no_source_file() {
    let rules = crate::rules::built_in();
    let layer = &rules.layers[0];
    let mut wrong = Vec::new();
    for (file, text) in sources("src") {
        // Comments may explain with examples; tests must.
        let code: Vec<&str> = text.split("#[cfg(test)]").next().unwrap().lines().collect();
        if file.ends_with("tests.rs") {
            continue;
        }
        for line in code {
            let line = line.split("//").next().unwrap();
            let Some((_, words)) = line.split_once('"') else { continue };
            let whole = dignity::span::Span::new(0, words.len());
            for hit in layer.main.hits(words, whole) {
                // Placeholders ("none", "not known") are words every program says.
                let long = hit.span.len() > 9;
                let flags = |find: &Find| matches!(find, Find::Flag { words } if *words == hit.set);
                let flagged = long && layer.rules.iter().any(|rule| flags(&rule.find));
                if flagged {
                    wrong.push(format!("{file}: {}", &words[hit.span.range()]));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_project_speaks_of_itself_alone() {
    let mut wrong = Vec::new();
    for folder in ["src", "tests", "benches"] {
        for (file, text) in sources(folder) {
            for word in ["/work/", "/root/", "shared/corpus", "crates.io", "todo!", "unimplemented!"] {
                if text.contains(word) && file != "tests/house.rs" {
                    wrong.push(format!("{file}: {word}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
