//! Check documents and account for them right by right.

use super::answer::{Answer, Code};
use super::args::AuditArgs;
use super::settings::{self, Loaded};
use crate::report::audit::{Audit, By};
use crate::report::{Report, Style, words};
use crate::run::{self, Done, Job};
use std::fmt::Write;

/// Answers `dignity audit`.
pub(super) fn audit(args: &AuditArgs) -> Answer {
    let mut loaded = match settings::load(&args.rule, &args.paths) {
        Ok(loaded) => loaded,
        Err(broken) => return broken.answer(),
    };
    let ending = args.output.as_ref().and_then(|file| file.extension()).map(std::ffi::OsStr::to_ascii_lowercase);
    let format = match (args.format.as_deref(), ending.as_ref().and_then(|ending| ending.to_str())) {
        (Some(format), _) => format,
        (None, Some("html" | "htm")) => "html",
        (None, Some("json")) => "json",
        (None, Some("csv")) => "csv",
        (None, Some("md") | None) => "markdown",
        (None, Some(_)) => {
            return Answer::wrong("The ending of the file says no form; --format html, markdown, json or csv does.\n");
        }
    };
    let excerpts = args.excerpts.or(loaded.kinds.config.excerpts.map(settings::excerpts));
    let job = Job { stdin_name: "policy.md".to_owned(), ..loaded.job(args.paths.clone(), args.kind) };
    let Loaded { checker, profile, .. } = loaded;
    let Done { checked, unread, faults } = run::run(&checker, &job);
    let report = Report {
        checked,
        unread,
        rules_in_force: checker.rules.in_force_count(),
        rules: &checker.rules,
        profile,
        took: None,
        version: env!("CARGO_PKG_VERSION"),
    };
    let by = By::from_name(&args.by).unwrap_or(By::Crpd);
    let audit = Audit::of(&report, by, &Style { excerpts, ..Style::default() });
    let text = match format {
        "html" => audit.html(args.annotated.then_some(&report)),
        "json" => audit.json(),
        "csv" => audit.csv(),
        _ => audit.markdown(),
    };
    let mut answer = match &args.output {
        None => Answer::fine(text),
        Some(file) => match run::write_report(file, text.as_bytes()) {
            Ok(()) => {
                Answer::fine(format!("Written to {}\n{}", words::safe(&file.display().to_string()), audit.in_a_line()))
            }
            Err(what) => Answer::wrong(format!("{}: {what}\n", words::safe(&file.display().to_string()))),
        },
    };
    let failed = report.unread.iter().filter(|unread| !unread.passed_over);
    for unread in failed {
        let (name, why) = (unread.label(), words::safe(&unread.problem.what));
        let _ = writeln!(answer.err, "{}: not read: {why}", words::name(&name));
        answer.code = answer.code.max(Code::Unread);
    }
    if report.checked.is_empty() {
        answer.err.push_str("Nothing was checked.\n");
        answer.code = answer.code.max(Code::Unread);
    }
    if faults > 0 {
        answer.code = Code::Fault;
    }
    answer
}
