//! How well the context of a term is read: `cargo bench --bench context -- [--misses] [--rules FOLDER] FILE…`.
//!
//! Files are tab-separated. A line holds a term, a sentence in which the term stands in capitals, and labels: Negated
//! or Affirmed; Historical, Recent or Not particular (a possibility); Patient or another person, and those of the
//! axes below. `Wording` says that the term describes someone and is no event. What is measured is what every rule
//! uses, [`dignity::check::guards_at`]. Each sentence is a document of its own, so a guard that a heading would have
//! settled shows here as a miss.
#![allow(clippy::print_stdout, reason = "this is a program that reports to a person")]
#![allow(clippy::disallowed_methods, reason = "a bench reads files; the core does not")]

use dignity::check::guards_at;
use dignity::rule::{Guard, RuleError, RuleSet, load};
use dignity::span::Span;
use dignity::{built_in, read};

/// What is measured, and the labels that say yes and no to it.
const AXES: [(&str, Guard, &[&str], &[&str]); 9] = [
    ("negation", Guard::Negated, &["Negated"], &["Affirmed"]),
    ("historical", Guard::Historical, &["Historical"], &["Recent", "Not particular"]),
    ("hypothetical", Guard::Hypothetical, &["Not particular", "Hypothetical"], &["Recent", "Historical"]),
    ("experiencer", Guard::AboutSomeoneElse, &["Family member", "Other"], &["Patient"]),
    ("planned", Guard::Planned, &["Planned"], &["Recent", "Historical"]),
    ("mention", Guard::Mention, &["Mention"], &["Use"]),
    ("prohibition", Guard::Prohibition, &["Forbidden"], &["Not forbidden"]),
    ("title", Guard::Title, &["Title"], &["Plain"]),
    ("own words", Guard::OwnWords, &["Own words"], &["Staff words"]),
];

/// Counts of one axis.
#[derive(Clone, Copy, Default)]
struct Counts {
    right: u32,
    alarms: u32,
    misses: u32,
    quiet: u32,
}

/// One line of a file.
struct Line<'t> {
    term: &'t str,
    sentence: &'t str,
    labels: Vec<&'t str>,
}

fn main() {
    let mut arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let misses = arguments.iter().any(|argument| argument == "--misses");
    let folder = arguments.iter().position(|argument| argument == "--rules").filter(|at| at + 1 < arguments.len());
    let folder = folder.map(|at| arguments.drain(at..at + 2).nth(1).unwrap_or_default());
    let rules = match folder.map_or_else(built_in::rules, |folder| rules_of(&folder)) {
        Ok(rules) => rules,
        Err(errors) => {
            println!("{}", errors.iter().map(|error| error.what.as_str()).collect::<Vec<_>>().join("\n"));
            return;
        }
    };
    for path in arguments.iter().filter(|argument| !argument.starts_with("--")) {
        match std::fs::read(path) {
            Ok(bytes) => measure(path, &String::from_utf8_lossy(&bytes), &rules, misses),
            Err(error) => println!("{path}: {error}"),
        }
    }
}

/// The words of a language, without any rule, from a folder like `rules`, so that they can be tried without a build.
fn rules_of(folder: &str) -> Result<RuleSet, Vec<RuleError>> {
    let mut files = Vec::new();
    for part in ["context", "sections", "kinds", "words"] {
        for entry in walkdir::WalkDir::new(format!("{folder}/{part}")).sort_by_file_name().into_iter().flatten() {
            if let Ok(text) = std::fs::read_to_string(entry.path()) {
                files.push((format!("rules/{part}/{}", entry.file_name().to_string_lossy()), text));
            }
        }
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    load::from_files(&files)
}

fn measure(path: &str, text: &str, rules: &RuleSet, misses: bool) {
    let mut counts = [Counts::default(); AXES.len()];
    let (mut lines, mut lost) = (0, 0);
    for line in text.lines().filter_map(parse) {
        let Some(guards) = guards_of(&line, rules) else {
            lost += 1;
            continue;
        };
        lines += 1;
        for ((name, guard, yes, no), counts) in AXES.iter().zip(&mut counts) {
            let labelled = |list: &[&str]| line.labels.iter().any(|label| list.contains(label));
            let found = guards.iter().find(|(acted, _)| acted == guard);
            match (labelled(yes), labelled(no), found) {
                (true, _, Some(_)) => counts.right += 1,
                (true, _, None) => counts.misses += 1,
                (false, true, Some(_)) => counts.alarms += 1,
                (false, true, None) => counts.quiet += 1,
                (false, false, _) => continue,
            }
            if misses && labelled(yes) != found.is_some() {
                let cue = found.map_or("", |(_, cue)| cue.as_str());
                println!("{name} {} [{cue}] {} | {}", if cue.is_empty() { "-" } else { "+" }, line.term, line.sentence);
            }
        }
    }
    println!("{path}: {lines} sentences, {lost} whose term is not in them");
    println!("{:<14}{:>7}{:>7}{:>7}{:>11}{:>9}{:>7}", "", "right", "false", "missed", "precision", "recall", "F1");
    for ((name, ..), counts) in AXES.iter().zip(counts) {
        if counts.right + counts.misses + counts.alarms + counts.quiet > 0 {
            row(name, counts);
        }
    }
}

fn row(name: &str, counts: Counts) {
    let share = |part: u32, whole: u32| f64::from(part) / f64::from(whole.max(1));
    let precision = share(counts.right, counts.right + counts.alarms);
    let recall = share(counts.right, counts.right + counts.misses);
    let f1 = share(2 * counts.right, 2 * counts.right + counts.alarms + counts.misses);
    println!(
        "{name:<14}{:>7}{:>7}{:>7}{precision:>11.3}{recall:>9.3}{f1:>7.3}",
        counts.right, counts.alarms, counts.misses
    );
}

/// The columns of a line: labels are known by their words, the term is the column that stands in the sentence.
fn parse(line: &str) -> Option<Line<'_>> {
    let columns: Vec<&str> = line.split('\t').map(str::trim).collect();
    let known = |column: &&&str| {
        **column == "Wording" || AXES.iter().any(|(_, _, yes, no)| yes.contains(*column) || no.contains(*column))
    };
    let labels: Vec<&str> = columns.iter().filter(known).copied().collect();
    let texts: Vec<&str> =
        columns.iter().filter(|column| !known(column) && column.contains(char::is_alphabetic)).copied().collect();
    match texts.as_slice() {
        [.., term, sentence] if !labels.is_empty() => Some(Line { term, sentence, labels }),
        _ => None,
    }
}

/// The guards that act on the term, each with its cue; `None` when the sentence does not hold the term.
fn guards_of(line: &Line<'_>, rules: &RuleSet) -> Option<Vec<(Guard, String)>> {
    let term = line.term.split_whitespace().collect::<Vec<_>>().join(" ");
    let sentence = line.sentence.split_whitespace().collect::<Vec<_>>().join(" ");
    let marked = term.to_uppercase();
    let at = sentence.find(&marked)?;
    // The capitals only mark the term, so its own letters are put back.
    let plain = format!("{}{term}{}", &sentence[..at], &sentence[at + marked.len()..]);
    let document = read::read("note.txt", plain.as_bytes());
    let words = document.text();
    let start = words.find(&plain[..at + term.len()]).map(|from| from + at).or_else(|| words.find(&term))?;
    let acted = guards_at(&document, rules, Span::new(start, start + term.len()), !line.labels.contains(&"Wording"));
    let cue = |span: Option<Span>| span.map_or_else(|| "structure".to_owned(), |span| document.words(span).to_owned());
    Some(acted.iter().map(|acted| (acted.guard, cue(acted.cue))).collect())
}
