//! Check documents, write the reports, decide the exit code.

use super::answer::{Answer, Code};
use super::answers;
use super::args::{AtMost, CheckArgs, Cli, FailOn};
use super::face::Face;
use super::settings::{self, Loaded};
use crate::finding::{Checked, Finding};
use crate::report::{BEFORE_SAVING, Report, Reporter, Style, Tally, reporter, words};
use crate::rule::Severity;
use crate::run::{self, Changed, Done, Job};
use clap::CommandFactory;
use std::fmt::Write;
use std::mem::ManuallyDrop;
use std::path::Path;
use std::time::Instant;

/// With more findings than this, and nothing said about how many, an overview is shown.
const OVERVIEW: usize = 10;
/// How many findings an overview shows.
const FIRST: usize = 3;

/// Answers `dignity check`.
pub(super) fn check(args: &CheckArgs) -> Answer {
    let begun = args.timings.then(Instant::now);
    let face = Face::of(&args.look);
    let mut loaded = match settings::load(&args.rule, &args.paths) {
        Ok(loaded) => loaded,
        Err(broken) => return broken.answer_in(face),
    };
    let over = match answers::load(&args.answers, &mut loaded, face) {
        Ok(over) => over,
        Err(answer) => return answer,
    };
    let config = loaded.kinds.config.clone();
    let job = Job {
        stdin_name: args.stdin_filename.clone(),
        text_column: args.text_column.clone(),
        respect_gitignore: args.respect_gitignore || config.respect_gitignore,
        threads: args.threads.map(usize::from),
        apart: settings::apart(args.pdf_seconds),
        progress: face.progress && !args.quiet,
        ..loaded.job(args.paths.clone(), args.kind)
    };
    let Loaded { mut checker, profile, project, .. } = loaded;
    if let Some(confidence) = args.confidence {
        checker.options.confidence = confidence;
    }
    checker.options.before_saving = args.before_saving;
    let since = match &args.since {
        None => None,
        Some(rev) => {
            let path = args.paths.iter().find(|path| *path != "-").map_or(".", String::as_str);
            match run::changed_since(rev, Path::new(path)) {
                Ok(changed) => Some(changed),
                Err(what) => return Answer::wrong(format!("{what}\nNothing was judged.\n")),
            }
        }
    };
    // The program ends behind this answer: giving back every small piece of the rules and documents would take as long as
    // checking a note.
    let checker = ManuallyDrop::new(checker);
    let Done { mut checked, unread, faults } = run::run(&checker, &job);
    let mut notes = over.apply(&mut checked, &checker);
    if let Some(changed) = &since {
        let hidden = only_changed(&mut checked, changed);
        if hidden > 0 {
            let hidden = words::count(hidden, "finding on lines", "findings on lines");
            let _ = writeln!(
                notes,
                "--since: {hidden} that have not changed since then; they are neither shown nor counted"
            );
        }
    }
    let report = ManuallyDrop::new(Report {
        checked,
        unread,
        rules_in_force: checker.rules.in_force_count(),
        rules: &checker.rules,
        profile,
        took: begun.map(|begun| begun.elapsed()),
        version: env!("CARGO_PKG_VERSION"),
    });
    let mut style = Style {
        color: face.color,
        width: face.width,
        excerpts: args.look.excerpts.or(config.excerpts.map(settings::excerpts)),
        show: args.show.or(config.show).unwrap_or(Severity::Warning),
        at_most: None,
        before_saving: args.before_saving,
        terminal: face.terminal,
        quiet: args.quiet,
    };
    let format = args.format.as_deref().unwrap_or(if face.plain { "plain" } else { "human" });
    let asked = args.at_most.or(config.at_most.map(|most| AtMost::Of(most as usize)));
    style.at_most = asked.map_or_else(|| unasked(args, &report, &style, format, project.is_some()), AtMost::limit);

    let mut answer = Answer::fine(written(&report, &style, format));
    for (format, file) in &args.output {
        // A file is read later, by others, or by a program: no colour, and no words that only a terminal may show.
        let style = Style { color: false, terminal: false, width: Style::default().width, ..style.clone() };
        if let Err(what) = run::write_report(file, &written(&report, &style, format)) {
            let _ = writeln!(answer.err, "{}: {what}", words::safe(&file.display().to_string()));
            answer.code = Code::Wrong;
        }
    }
    answer.err.push_str(&notes);
    misspelt(&mut answer.err, &report);
    let tally = Tally::of(&report);
    let for_programs = reporter(format).is_some_and(Reporter::is_for_programs);
    if args.quiet || for_programs {
        tell_unread(&mut answer.err, &report);
    }
    if reporter(format).is_some_and(|reporter| !reporter.has_tally()) {
        let _ = writeln!(answer.err, "{}", words::tally(&tally));
    }
    let fail_on =
        if args.exit_zero { Some(FailOn::Never) } else { args.fail_on.or(config.fail_on.map(settings::threshold)) };
    answer.code =
        answer.code.max(code(&tally, fail_on.unwrap_or(FailOn::Level(Severity::Error)), faults, args.allow_empty));
    answer
}

/// Leaves the findings on changed lines; says how many others there were.
fn only_changed(checked: &mut [Checked], changed: &Changed) -> usize {
    let mut hidden = 0;
    for one in checked {
        let findings = std::mem::take(&mut one.findings);
        let before = findings.len();
        let kept: Vec<Finding> = findings.into_iter().filter(|finding| changed.touches(one, finding)).collect();
        hidden += before - kept.len();
        one.findings = kept;
    }
    hidden
}

/// The exit code of a check. No format and no flag about looks has a say in it.
fn code(tally: &Tally, fail_on: FailOn, faults: usize, allow_empty: bool) -> Code {
    if faults > 0 {
        return Code::Fault;
    }
    if tally.unreadable > 0 || (tally.documents == 0 && !allow_empty) {
        return Code::Unread;
    }
    match fail_on {
        FailOn::Level(level) if tally.at_or_above(level) > 0 => Code::Found,
        _ => Code::Fine,
    }
}

/// How many findings to show when nobody said so: three to someone writing a note, an overview of a first, large run.
fn unasked(args: &CheckArgs, report: &Report<'_>, style: &Style, format: &str, project: bool) -> Option<usize> {
    if args.before_saving {
        return None;
    }
    let private = report.checked.iter().all(|checked| checked.document.kind().is_about_a_person());
    if args.paths == ["-"] && private {
        return Some(BEFORE_SAVING);
    }
    let person = matches!(format, "human" | "plain");
    (person && !project && Tally::of(report).at_or_above(style.show) > OVERVIEW).then_some(FIRST)
}

fn written(report: &Report<'_>, style: &Style, format: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(4 << 10);
    if let Some(reporter) = reporter(format) {
        // Writing to memory does not fail.
        let _ = reporter.write(report, style, &mut out);
    }
    out
}

/// A command with a slip in it is taken for a path; say so.
fn misspelt(err: &mut String, report: &Report<'_>) {
    if report.unread.iter().all(|unread| unread.passed_over) {
        return;
    }
    let commands = Cli::command();
    for unread in report.unread.iter().filter(|unread| !unread.path.contains(['.', '/', '\\'])) {
        let near = commands.get_subcommands().map(clap::Command::get_name);
        let near = near
            .filter(|name| strsim::damerau_levenshtein(name, &unread.path) <= 2)
            .min_by_key(|name| strsim::damerau_levenshtein(name, &unread.path));
        if let Some(near) = near {
            let _ = writeln!(err, "{} is no command either; did you mean dignity {near}?", words::safe(&unread.path));
        }
    }
}

/// What could not be read is said on standard error too, where the report itself is for programs.
fn tell_unread(err: &mut String, report: &Report<'_>) {
    for unread in report.unread.iter().filter(|unread| !unread.passed_over) {
        let _ = writeln!(err, "{}: not read: {}", words::name(&unread.label()), words::safe(&unread.problem.what));
    }
    if report.checked.is_empty() {
        err.push_str("Nothing was checked.\n");
    }
}

#[cfg(test)]
mod tests {
    use super::{Code, FailOn, code};
    use crate::report::Tally;
    use crate::rule::Severity;

    fn check(tally: Tally, fail_on: FailOn, faults: usize, allow_empty: bool, expect: Code) {
        assert_eq!(code(&tally, fail_on, faults, allow_empty), expect);
    }

    const ERROR: FailOn = FailOn::Level(Severity::Error);
    const ADVICE: FailOn = FailOn::Level(Severity::Advice);

    #[test]
    fn the_exit_code_follows_what_happened() {
        let read = Tally { documents: 1, ..Tally::default() };
        check(read, ERROR, 0, false, Code::Fine);
        check(Tally { errors: 400, ..read }, ERROR, 0, false, Code::Found);
        check(Tally { errors: 400, ..read }, FailOn::Never, 0, false, Code::Fine);
        check(Tally { warnings: 1, ..read }, ERROR, 0, false, Code::Fine);
        check(Tally { warnings: 1, ..read }, ADVICE, 0, false, Code::Found);
        check(Tally { errors: 1, unreadable: 1, ..read }, ERROR, 0, false, Code::Unread);
        check(Tally::default(), ERROR, 0, false, Code::Unread);
        check(Tally::default(), ERROR, 0, true, Code::Fine);
        check(Tally { unreadable: 1, ..Tally::default() }, ERROR, 0, true, Code::Unread);
        check(Tally { errors: 1, unreadable: 1, ..read }, ERROR, 1, false, Code::Fault);
    }
}
