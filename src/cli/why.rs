//! Every rule that looked at a line, and what came of it.

use super::answer::{Answer, Code};
use super::args::WhyArgs;
use super::face::Face;
use super::{lookup, settings};
use crate::document::{Document, Reason};
use crate::finding::{Checked, EvidenceState, Finding, Look, Outcome};
use crate::report::words::{Reader, excerpts, safe, whereabouts};
use crate::report::{Excerpts, Style};
use crate::run::{self, Job};
use crate::span::Span;
use std::collections::BTreeSet;
use std::fmt::Write;

/// Answers `dignity why`.
pub(super) fn why(args: &WhyArgs) -> Answer {
    let Some((file, line)) =
        args.place.rsplit_once(':').and_then(|(file, line)| Some((file, line.parse::<u32>().ok()?)))
    else {
        return Answer::wrong("say which line: dignity why note.md:16\n");
    };
    // Whatever is hidden in a report is answered for here.
    let mut rule = args.rule.clone();
    rule.opt_in.push("all".to_owned());
    let mut loaded = match settings::load(&rule, &[file.to_owned()]) {
        Ok(loaded) => loaded,
        Err(broken) => return broken.answer(),
    };
    loaded.checker.options.confidence = crate::rule::Confidence::Low;
    let only = match args.id.as_deref().map(|id| lookup::rule(&loaded.checker.rules, id)) {
        Some(Ok(entry)) => Some(entry.rule.id.clone()),
        Some(Err(what)) => return Answer::wrong(format!("{what}\n")),
        None => None,
    };
    let job = Job {
        paths: vec![file.to_owned()],
        stdin_name: "note.md".into(),
        kind: args.kind,
        kinds: loaded.kinds,
        ..Job::default()
    };
    let done = run::run(&loaded.checker, &job);
    let Some(checked) = done.checked.first() else {
        let what = done.unread.first().map_or("it could not be read", |unread| unread.problem.what.as_str());
        return Answer { out: Vec::new(), err: format!("{}: {}\n", safe(file), safe(what)), code: Code::Unread };
    };
    let Some(span) = checked.document.line(line) else {
        let err = format!("{}: there is no line {line}, or nothing to read on it\n", safe(file));
        return Answer { out: Vec::new(), err, code: Code::Unread };
    };
    let face = Face::of(&args.look);
    let style = Style { terminal: face.terminal, excerpts: args.look.excerpts, ..Style::default() };
    let quote = excerpts(&style, checked.document.kind(), Reader::Person) != Excerpts::None;
    let of_rule = |id: &crate::rule::RuleId| only.as_ref().is_none_or(|only| only == id);
    let looks: Vec<&Look> =
        checked.looks.iter().filter(|look| touches(look.span, span) && of_rule(&look.rule)).collect();
    Answer::fine(said(checked, line, &looks, quote))
}

fn touches(look: Span, line: Span) -> bool {
    look.overlaps(line) || (look.is_empty() && line.start <= look.start && look.start <= line.end)
}

fn said(checked: &Checked, line: u32, looks: &[&Look], quote: bool) -> String {
    let document = &checked.document;
    let mut out = format!(
        "{}:{line}, read as {} ({})\n",
        safe(document.name()),
        document.kind().name(),
        because(document.reason())
    );
    if looks.is_empty() {
        out.push_str("No rule met anything here.\n");
        return out;
    }
    if !quote {
        out.push_str("Words of records are shown at a terminal only; --excerpts full shows them here too.\n");
    }
    let mut told = BTreeSet::new();
    for look in looks {
        let _ = writeln!(out, "\n{}", look.rule);
        let _ = writeln!(out, "  met       {}", at(document, look.span, quote));
        let _ = writeln!(out, "  came to   {}", outcome(document, &look.outcome, quote));
        for acted in &look.acted {
            let cue = acted.cue.map_or_else(|| "by where it stands".to_owned(), |cue| at(document, cue, quote));
            let _ = writeln!(out, "  because   {}: {cue}", acted.guard.name());
        }
        if let Outcome::Satisfied(found) = &look.outcome {
            for (name, place) in found {
                let _ = writeln!(out, "  found     {}: {}", safe(name), at(document, *place, quote));
            }
        }
        let finding = checked.findings.iter().find(|finding| finding.rule == look.rule && finding.span == look.span);
        if let Some(finding) =
            finding.filter(|_| look.outcome == Outcome::Found && told.insert((&look.rule, look.span)))
        {
            sought(&mut out, document, finding, quote);
        }
    }
    out
}

fn sought(out: &mut String, document: &Document, finding: &Finding, quote: bool) {
    let _ = writeln!(out, "  level     {}, {} confidence", finding.severity.name(), finding.confidence.name());
    for missing in &finding.missing {
        let state = match missing.state {
            EvidenceState::Silent => "not found",
            EvidenceState::SaidNotDone => "said not done",
            EvidenceState::Planned => "only planned",
            EvidenceState::Done => "found",
        };
        let _ = writeln!(out, "  sought    {}: {state}", safe(&missing.name));
    }
    for evidence in finding.evidence.iter().filter(|evidence| evidence.span != finding.span) {
        let _ = writeln!(out, "  see also  {}: {}", safe(&evidence.label), at(document, evidence.span, quote));
    }
}

fn outcome(document: &Document, outcome: &Outcome, quote: bool) -> String {
    match outcome {
        Outcome::Found => "a finding".to_owned(),
        Outcome::Guarded => "silence: a reading of the context".to_owned(),
        Outcome::Excepted(span) => format!("silence: an exception of the rule, {}", at(document, *span, quote)),
        Outcome::Covered(rule) => format!("silence: a longer phrase of {rule} covers it"),
        Outcome::Satisfied(_) => "silence: everything asked for is written".to_owned(),
        Outcome::OutOfScope(why) => format!("silence: {why}"),
    }
}

/// The place, with the words where they may be shown.
fn at(document: &Document, span: Span, quote: bool) -> String {
    let place = whereabouts("", &document.place(span.start));
    let place = place.trim_start_matches([':', ',', ' ']);
    if quote && !span.is_empty() {
        let words: String = document.words(span).chars().take(120).collect();
        format!("“{}” at {place}", safe(words.trim()))
    } else {
        format!("at {place}")
    }
}

fn because(reason: &Reason) -> String {
    match reason {
        Reason::Asked => "as said on the command line".to_owned(),
        Reason::Project(pattern) => format!("by the pattern {} of the project file", safe(pattern)),
        Reason::Header => "as its header says".to_owned(),
        Reason::Content(signs) => format!("by {signs} signs in its words and name"),
        Reason::Assumed => "assumed; --kind says it".to_owned(),
    }
}
