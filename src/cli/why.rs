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
    let Some((file, place)) = run::file_and_place(&args.place) else {
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
    let job = Job { stdin_name: "note.md".into(), ..loaded.job(vec![file.to_owned()], args.kind) };
    let done = run::run(&loaded.checker, &job);
    if done.checked.is_empty() {
        let what = done.unread.first().map_or("it could not be read", |unread| unread.problem.what.as_str());
        return Answer { out: Vec::new(), err: format!("{}: {}\n", safe(file), safe(what)), code: Code::Unread };
    }
    let Some((checked, span)) = seek(&done.checked, place) else {
        let err = nothing(&done.checked, file, place);
        return Answer { out: Vec::new(), err, code: Code::Unread };
    };
    let face = Face::of(&args.look);
    let style = Style { terminal: face.terminal, excerpts: args.look.excerpts, ..Style::default() };
    let quote = excerpts(&style, checked.document.kind(), Reader::Person) != Excerpts::None;
    let of_rule = |id: &crate::rule::RuleId| only.as_ref().is_none_or(|only| only == id);
    let looks: Vec<&Look> =
        checked.looks.iter().filter(|look| touches(look.span, span) && of_rule(&look.rule)).collect();
    Answer::fine(said(checked, place, &looks, quote))
}

/// The document that `place` names, and the words there: a line, a part of the file, a line of a part (`PART:LINE`),
/// or a place as reports write it.
fn seek<'c>(all: &'c [Checked], place: &str) -> Option<(&'c Checked, Span)> {
    let line = |checked: &'c Checked, line: &str| Some((checked, checked.document.line(line.parse().ok()?)?));
    let of_part = |part: &str| all.iter().find(|checked| checked.document.part() == Some(part));
    if let Some(found) = all.iter().find(|checked| checked.document.part().is_none()).and_then(|file| line(file, place))
    {
        return Some(found);
    }
    if let Some(checked) = of_part(place) {
        return Some((checked, Span::new(0, checked.document.text().len())));
    }
    if let Some((part, number)) = place.rsplit_once(':')
        && let Some(found) = of_part(part).and_then(|checked| line(checked, number))
    {
        return Some(found);
    }
    all.iter().find_map(|checked| {
        let document = &checked.document;
        let there = |span: &Span| {
            let said = document.place(span.start).to_string();
            let rest = said.strip_prefix(place);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([',', '.', '[']))
        };
        let mut spans = document.blocks().iter().map(|block| block.span).filter(there);
        let first = spans.next()?;
        Some((checked, spans.fold(first, Span::cover)))
    })
}

/// That nothing stands at `place`, and what may be asked instead.
fn nothing(all: &[Checked], file: &str, place: &str) -> String {
    let parts: Vec<_> = all.iter().filter_map(|checked| checked.document.part()).take(2).collect();
    let mut said = match place.parse::<u32>() {
        Ok(line) => format!("{}: there is no line {line}, or nothing to read on it\n", safe(file)),
        Err(_) => format!("{}: there is no such place, or nothing to read there\n", safe(file)),
    };
    if let Some(part) = parts.first() {
        let _ = writeln!(
            said,
            "This file holds several documents; name one as reports do: dignity why \"{}:{}\"",
            safe(file),
            safe(part)
        );
    }
    said
}

fn touches(look: Span, line: Span) -> bool {
    look.overlaps(line) || (look.is_empty() && line.start <= look.start && look.start <= line.end)
}

fn said(checked: &Checked, place: &str, looks: &[&Look], quote: bool) -> String {
    let document = &checked.document;
    let mut out = format!(
        "{}:{}, read as {} ({})\n",
        safe(document.name()),
        safe(place),
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
        if let Outcome::Satisfied(found) | Outcome::Partly { seen: found, .. } = &look.outcome {
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
        Outcome::Partly { .. } => "a part of what is asked for".to_owned(),
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
