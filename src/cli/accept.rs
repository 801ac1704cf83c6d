//! Answering for a finding, and the answers that were given.

use super::answer::{Answer, Code};
use super::answers::{self, ledger_file, namer};
use super::args::{AcceptArgs, AcceptedArgs};
use super::face::Face;
use super::{lookup, settings};
use crate::document::Place;
use crate::finding::{Checked, Finding};
use crate::report::words::{count, date, safe, whereabouts_in};
use crate::rule::Confidence;
use crate::run;
use crate::settle::{State, date::days, ledger};
use std::fmt::Write;

/// Answers `dignity accept`.
pub(super) fn accept(args: &AcceptArgs) -> Answer {
    let (file, line) = match run::file_and_place(&args.place) {
        Some((file, line)) if line.parse::<u32>().is_ok() => (file, line.parse::<u32>().ok()),
        _ => (args.place.as_str(), None),
    };
    let mut loaded = match settings::load(&args.rule, &[file.to_owned()]) {
        Ok(loaded) => loaded,
        Err(broken) => return broken.answer(),
    };
    let face = Face::of(&super::args::LookArgs::default());
    match super::key::given(&args.answers.key) {
        Ok(key) => loaded.checker.key = key,
        Err(what) => return Answer::wrong(format!("{what}\n")),
    }
    let rule = match lookup::rule(&loaded.checker.rules, &args.id) {
        Ok(entry) => entry.rule.id.clone(),
        Err(what) => return Answer::wrong(format!("{what}\n")),
    };
    let Some(until) = days(&args.until) else {
        return Answer::wrong("--until takes the last day on which the answer holds, as in 2027-01-31\n");
    };
    if loaded.checker.options.today.is_some_and(|today| until < today) {
        return Answer::wrong("--until: that day is past; an answer that has run out answers for nothing\n");
    }
    let path = ledger_file(&args.answers, &loaded);
    let old = if path.is_file() { run::read_text(&path) } else { Ok(String::new()) };
    let old = match old {
        Ok(old) => old,
        Err(what) => return answers::wrong(&path.display().to_string(), &what),
    };
    if !old.is_empty()
        && let Err(answer) = answers::read_ledger(&path, &loaded, face)
    {
        return answer;
    }
    loaded.checker.options.confidence = Confidence::Low;
    let job = loaded.job(vec![file.to_owned()], args.kind);
    let done = run::run(&loaded.checker, &job);
    if let Some(unread) = done.unread.first().filter(|_| done.checked.is_empty()) {
        let err = format!("{}: {}\n", safe(file), safe(&unread.problem.what));
        return Answer { out: Vec::new(), err, code: Code::Unread };
    }
    let found: Vec<(&Checked, &Finding)> = done
        .checked
        .iter()
        .flat_map(|one| one.findings.iter().map(move |finding| (one, finding)))
        .filter(|(_, finding)| finding.rule == rule && line.is_none_or(|line| stands_on(finding, line)))
        .collect();
    let (one, finding) = match found.as_slice() {
        [] => return Answer::wrong(format!("{}: {rule} finds nothing there\n", safe(&args.place))),
        [one] => *one,
        many => {
            let mut err = format!("{}: {rule} finds {} places; say which:\n", safe(&args.place), many.len());
            for (one, finding) in many {
                let _ = writeln!(err, "  {}", whereabouts_in(&one.document, &finding.place));
            }
            return Answer::wrong(err);
        }
    };
    let Some(print) = finding.fingerprint else {
        return Answer::wrong(format!(
            "{}: it is about a person, and without a key no finding of it has a name; dignity keygen makes one, --key-file says which\n",
            safe(file)
        ));
    };
    let named = namer(&path)(one.document.name());
    let entry = ledger::entry(&rule, &named, print, &args.because, &args.by, &date(until));
    let name = path.display().to_string();
    let whole = if old.is_empty() || old.ends_with('\n') { format!("{old}{entry}") } else { format!("{old}\n{entry}") };
    if let Err(errors) = ledger::Ledger::parse(&name, &whole, &loaded.checker.rules) {
        return settings::Broken::within(&name, whole, errors).answer_in(face);
    }
    if let Err(what) = run::write_report(&path, whole.as_bytes()) {
        return Answer::wrong(format!("{}: {what}\n", safe(&name)));
    }
    let place = whereabouts_in(&one.document, &finding.place);
    let used = args.answers.accepted.is_none() && job.kinds.config.accepted.is_none();
    let mut out = format!("{}: an answer for {rule} at {place}, until {}\n", safe(&name), date(until));
    if used {
        let _ = writeln!(
            out,
            "It counts with --accepted {}, or with `accepted: accepted.yaml` in dignity.yaml",
            safe(&name)
        );
    }
    Answer::fine(out)
}

fn stands_on(finding: &Finding, line: u32) -> bool {
    match (&finding.place, &finding.end) {
        (Place::Line { line: first, .. }, Place::Line { line: last, .. }) => (*first..=*last).contains(&line),
        _ => false,
    }
}

/// Answers `dignity accepted`.
pub(super) fn accepted(args: &AcceptedArgs) -> Answer {
    let mut loaded = match settings::load(&args.rule, &args.paths) {
        Ok(loaded) => loaded,
        Err(broken) => return broken.answer(),
    };
    let face = Face::of(&super::args::LookArgs::default());
    match super::key::given(&args.answers.key) {
        Ok(key) => loaded.checker.key = key,
        Err(what) => return Answer::wrong(format!("{what}\n")),
    }
    let path = ledger_file(&args.answers, &loaded);
    let ledger = match answers::read_ledger(&path, &loaded, face) {
        Ok(ledger) => ledger,
        Err(answer) => return answer,
    };
    loaded.checker.options.confidence = Confidence::Low;
    let folder = path.parent().map(std::path::Path::to_owned).unwrap_or_default();
    let mut paths = args.paths.clone();
    if paths.is_empty() {
        paths = ledger.answers.iter().map(|answer| folder.join(&answer.file).display().to_string()).collect();
    }
    let job = loaded.job(paths, args.kind);
    let mut done = run::run(&loaded.checker, &job);
    let states = ledger.settle(&mut done.checked, &namer(&path), loaded.checker.options.today);
    let name = path.display().to_string();
    let mut out = String::new();
    let mut code = Code::Fine;
    for (answer, state) in ledger.answers.iter().zip(&states) {
        let said = match state {
            State::InUse => format!("holds until {}", date(answer.until)),
            State::Expired => format!("expired on {}: the finding is open again", date(answer.until)),
            State::Unused => "unused: there is no such finding any more; take it out".to_owned(),
            State::Elsewhere if args.paths.is_empty() => "unused: its file is gone or cannot be read".to_owned(),
            State::Elsewhere => "not checked: its file is not among these".to_owned(),
        };
        if said.starts_with("expired") || said.starts_with("unused") {
            code = Code::Found;
        }
        let _ = writeln!(
            out,
            "{}:{}: {said}\n    {} in {}, by {}",
            safe(&name),
            answer.line,
            answer.rule,
            safe(&answer.file),
            safe(&answer.by)
        );
    }
    let number = |wanted: State| states.iter().filter(|state| **state == wanted).count();
    let _ = writeln!(
        out,
        "{}: {} in use, {} expired, {} unused, {} not checked",
        count(states.len(), "answer", "answers"),
        number(State::InUse),
        number(State::Expired),
        number(State::Unused),
        number(State::Elsewhere)
    );
    Answer { out: out.into_bytes(), err: String::new(), code }
}
