//! Writes down what stands there today, so that only what is new is asked about.

use super::answer::{Answer, Code};
use super::answers::{self, baseline_file, namer};
use super::args::{BaselineArgs, LookArgs};
use super::face::Face;
use super::settings;
use crate::finding::Standing;
use crate::report::words::{count, safe, whereabouts_in};
use crate::run;
use crate::settle::Baseline;
use std::fmt::Write;

/// Answers `dignity baseline`.
pub(super) fn baseline(args: &BaselineArgs) -> Answer {
    let mut loaded = match settings::load(&args.rule, &args.paths) {
        Ok(loaded) => loaded,
        Err(broken) => return broken.answer(),
    };
    let path = baseline_file(&args.answers, &loaded);
    let name = path.display().to_string();
    // A baseline that is still to be written is no mistake.
    let begun = path.is_file();
    let mut only_ledger = args.answers.clone();
    only_ledger.baseline = None;
    loaded.kinds.config.baseline = None;
    let over = match answers::load(&only_ledger, &mut loaded, Face::of(&LookArgs::default())) {
        Ok(over) => over,
        Err(answer) => return answer,
    };
    let old = match if begun { answers::read_baseline(&path, &loaded.checker) } else { Ok(Baseline::default()) } {
        Ok(old) => old,
        Err(answer) => return answer,
    };
    let job = loaded.job(args.paths.clone(), args.kind);
    let mut done = run::run(&loaded.checker, &job);
    let mut err = over.apply(&mut done.checked, &loaded.checker);
    let key = loaded.checker.key.as_ref();
    let named = namer(&path);
    let (new, change) = match old.renewed(&done.checked, &named, key, args.prune) {
        Ok(renewed) => renewed,
        Err(unnamed) => {
            let unnamed = count(unnamed, "finding is", "findings are");
            return Answer::wrong(format!(
                "{unnamed} about a person, and without a key none of them has a name: from a plain one, a short sentence \
                 could be guessed.\nMake a key with dignity keygen, and say which with --key-file. Nothing was written.\n"
            ));
        }
    };
    for unread in done.unread.iter().filter(|unread| !unread.passed_over) {
        let _ = writeln!(err, "{}: not read: {}", safe(&unread.path), safe(&unread.problem.what));
    }
    let unread = done.unread.iter().any(|unread| !unread.passed_over);
    let refused = begun && change.new > 0 && !args.accept_new;
    if refused {
        old.settle(&mut done.checked, &named, key);
        let news = count(change.new as usize, "finding is", "findings are");
        let _ = writeln!(err, "{news} new; a baseline does not grow by itself, and nothing was written.");
        for one in &done.checked {
            for finding in one.findings.iter().filter(|finding| finding.standing == Standing::Open) {
                let _ = writeln!(err, "  {}: {}", whereabouts_in(&one.document, &finding.place), finding.rule);
            }
        }
        err.push_str("Put them right, answer for them with dignity accept, or take them in with --accept-new.\n");
        return Answer { out: Vec::new(), err, code: Code::Found };
    }
    if let Err(what) = run::write_report(&path, new.text().as_bytes()) {
        return Answer::wrong(format!("{}: {what}\n", safe(&name)));
    }
    let mut out = format!(
        "{}: {} known ({} as before, {} moved with their file, {} new, {} gone)\n",
        safe(&name),
        count(new.len() as usize, "finding", "findings"),
        change.kept,
        change.moved,
        change.new,
        change.gone
    );
    if args.answers.baseline.is_none() && !begun {
        let _ =
            writeln!(out, "It counts with --baseline {}, or with a line `baseline: …` in dignity.yaml", safe(&name));
    }
    let code = if done.faults > 0 {
        Code::Fault
    } else if unread || done.checked.is_empty() {
        Code::Unread
    } else {
        Code::Fine
    };
    Answer { out: out.into_bytes(), err, code }
}
