//! How much of real documents is read: `cargo bench --bench formats -- FOLDER [ENDING…]`.
//!
//! Every file under the folder is read. Where a well-known tool reads it too (pandoc, pdftotext), its words are
//! compared with ours: F1 of the words as a bag, and of runs of three words, which falls when their order is lost.
//! Documents called `NAME.ENDING` in folders that begin with `derived_` hold the same words: their findings are
//! compared with each other. Nothing of the documents is printed but their names.
#![allow(clippy::print_stdout, clippy::cast_precision_loss, reason = "a bench prints its table, in whole figures")]
#![allow(clippy::disallowed_methods, reason = "a bench reads files")]

use dignity::checker::Checker;
use dignity::read::read;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// What became of one file.
struct Row {
    path: PathBuf,
    ending: String,
    words: usize,
    millis: f64,
    problem: Option<String>,
    alike: Option<(f64, f64)>,
}

fn main() {
    let mut words = std::env::args().skip(1).filter(|word| word != "--bench");
    let Some(folder) = words.next() else {
        println!("name a folder of documents: cargo bench --bench formats -- FOLDER [ENDING…]");
        return;
    };
    let endings: Vec<String> = words.collect();
    let mut rows = Vec::new();
    for path in files(Path::new(&folder)) {
        let ending = ending(&path);
        if endings.is_empty() || endings.contains(&ending) {
            rows.extend(row(path, ending));
        }
    }
    print_rows(&rows);
    parity(&rows);
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(&folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

fn ending(path: &Path) -> String {
    path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase()
}

fn row(path: PathBuf, ending: String) -> Option<Row> {
    let bytes = fs::read(&path).ok()?;
    let name = path.to_string_lossy().into_owned();
    let begun = Instant::now();
    let Ok(document) = std::panic::catch_unwind(|| read(&name, &bytes)) else {
        println!("PANIC {name}");
        return None;
    };
    let millis = begun.elapsed().as_secs_f64() * 1000.0;
    let ours = bag(document.text());
    let problem = document.problems().iter().find(|problem| problem.fatal).map(|problem| problem.what.clone());
    let alike = if problem.is_some() { None } else { other(&path, &ending).map(|text| alike(&ours, &bag(&text))) };
    Some(Row { path, ending, words: ours.len(), millis, problem, alike })
}

/// The words another tool finds.
fn other(path: &Path, ending: &str) -> Option<String> {
    let out = match ending {
        "docx" | "docm" | "odt" | "rtf" | "html" | "htm" | "epub" | "rst" => {
            let format = match ending {
                "htm" => "html",
                "docm" => "docx",
                known => known,
            };
            Command::new("pandoc").args(["-f", format, "-t", "plain", "--wrap=none"]).arg(path).output()
        }
        "pdf" => Command::new("pdftotext").arg(path).arg("-").output(),
        _ => return None,
    };
    let out = out.ok().filter(|out| out.status.success())?;
    Some(String::from_utf8_lossy(&out.stdout).into_owned())
}

/// Words of two letters or more, in lower case.
fn bag(text: &str) -> Vec<String> {
    text.split(|sign: char| !sign.is_alphanumeric())
        .filter(|word| word.chars().count() > 1 && word.contains(char::is_alphabetic))
        .map(str::to_lowercase)
        .collect()
}

/// F1 of the words, and of runs of three.
fn alike(ours: &[String], theirs: &[String]) -> (f64, f64) {
    let runs = |words: &[String]| words.windows(3).map(|three| three.join(" ")).collect::<Vec<_>>();
    (f1(ours, theirs), f1(&runs(ours), &runs(theirs)))
}

fn f1(ours: &[String], theirs: &[String]) -> f64 {
    if ours.is_empty() && theirs.is_empty() {
        return 1.0;
    }
    let mut left: BTreeMap<&str, usize> = BTreeMap::new();
    for word in theirs {
        *left.entry(word).or_default() += 1;
    }
    let mut both = 0;
    for word in ours {
        if let Some(count) = left.get_mut(word.as_str()).filter(|count| **count > 0) {
            *count -= 1;
            both += 1;
        }
    }
    2.0 * f64::from(both) / (ours.len() + theirs.len()) as f64
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

fn print_rows(rows: &[Row]) {
    for row in rows {
        let name = row.path.file_name().unwrap_or_default().to_string_lossy();
        match (&row.problem, row.alike) {
            (Some(problem), _) => println!("not read  {name}: {problem}"),
            (None, Some((words, order))) if words < 0.98 => {
                println!("{words:.3} {order:.3}  {name}: {} words, {:.0} ms", row.words, row.millis);
            }
            _ => {}
        }
    }
    println!("\n| ending | files | read | words, median | words >= .95 | order, median | ms, median | ms, most |");
    println!("| --- | --- | --- | --- | --- | --- | --- | --- |");
    let mut endings: Vec<&str> = rows.iter().map(|row| row.ending.as_str()).collect();
    endings.sort_unstable();
    endings.dedup();
    for ending in endings {
        let of: Vec<&Row> = rows.iter().filter(|row| row.ending == ending).collect();
        let read = of.iter().filter(|row| row.problem.is_none()).count();
        let alike: Vec<(f64, f64)> = of.iter().filter_map(|row| row.alike).collect();
        let close = alike.iter().filter(|(words, _)| *words >= 0.95).count();
        let most = of.iter().map(|row| row.millis).fold(0.0, f64::max);
        println!(
            "| {ending} | {} | {read} | {:.3} | {close} of {} | {:.3} | {:.1} | {most:.0} |",
            of.len(),
            median(alike.iter().map(|(words, _)| *words).collect()),
            alike.len(),
            median(alike.iter().map(|(_, order)| *order).collect()),
            median(of.iter().map(|row| row.millis).collect()),
        );
    }
}

/// Compares the findings of documents with the same name in folders of derived copies.
fn parity(rows: &[Row]) {
    let Ok(rules) = dignity::built_in::rules() else { return };
    let tool = Checker { rules, ..Checker::default() };
    let mut groups: BTreeMap<String, Vec<(String, Vec<String>)>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.path.to_string_lossy().contains("derived_")) {
        let Ok(bytes) = fs::read(&row.path) else { continue };
        let checked = tool.check(&row.path.to_string_lossy(), None, &bytes);
        let mut found: Vec<String> = checked
            .findings
            .iter()
            .map(|finding| format!("{} {}", finding.rule, checked.document.words(finding.span).to_lowercase()))
            .collect();
        found.sort();
        let stem = row.path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        groups.entry(stem).or_default().push((row.ending.clone(), found));
    }
    let mut same = 0;
    let mut all = 0;
    for (stem, group) in groups.iter().filter(|(_, group)| group.len() > 1) {
        all += 1;
        if group.windows(2).all(|two| two[0].1 == two[1].1) {
            same += 1;
        } else {
            let counts: Vec<String> = group.iter().map(|(ending, found)| format!("{ending} {}", found.len())).collect();
            println!("not the same findings  {stem}: {}", counts.join(", "));
        }
    }
    println!("\nsame findings in every container: {same} of {all} documents");
}
