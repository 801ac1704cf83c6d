//! A rule in plain words.

use super::answer::Answer;
use super::args::ExplainArgs;
use super::lookup::{self, Entry};
use super::settings;
use crate::document::{Kind, Reach};
use crate::report::words::wrapped;
use crate::rule::set::Example;
use crate::rule::{Action, Find, Guard, Rule, RuleText, Sureness};
use std::fmt::Write;

const WIDTH: usize = 96;

/// Answers `dignity explain`.
pub(super) fn explain(args: &ExplainArgs) -> Answer {
    let loaded = match settings::load(&args.rule, &[]) {
        Ok(loaded) => loaded,
        Err(broken) => return broken.answer(),
    };
    match lookup::rule(&loaded.checker.rules, &args.id) {
        Ok(entry) => Answer::fine(page(&entry)),
        Err(what) => Answer::wrong(format!("{what}\n")),
    }
}

struct Page(String);

impl Page {
    fn part(&mut self, label: &str, text: &str) {
        if !text.is_empty() {
            let _ = writeln!(self.0, "{label:<15}{}", wrapped(text, 15, WIDTH));
        }
    }

    fn list(&mut self, label: &str, lines: impl IntoIterator<Item = String>) {
        for (index, line) in lines.into_iter().enumerate() {
            let label = if index == 0 { label } else { "" };
            let _ = writeln!(self.0, "{label:<15}- {}", wrapped(&line, 17, WIDTH));
        }
    }
}

fn page(entry: &Entry<'_>) -> String {
    let Entry { rule, .. } = entry;
    let text = entry.text();
    let mut page = Page(String::new());
    let _ = writeln!(page.0, "{} · {}\n", rule.id, text.title);
    page.part("Says", &text.say);
    page.part("Why", &text.why);
    page.part("Ask", text.ask.as_deref().unwrap_or_default());
    page.list("Rather", text.instead.iter().chain(text.alternatives.iter().flat_map(|(_, list)| list)).cloned());
    page.0.push('\n');
    page.part("Level", &level(rule));
    page.part("Reads", &reads(rule));
    page.list("Looks", looks(rule));
    page.list("Silent", silent(rule));
    page.0.push('\n');
    basis(&mut page, &text);
    page.part("Reviewed", text.reviewed.as_deref().unwrap_or_default());
    page.part("Written in", &text.file);
    page.0.push('\n');
    page.list("Flagged", text.tests.flag.iter().map(example));
    page.list("Not flagged", text.tests.pass.iter().map(example));
    page.list("Known misses", text.tests.limits.iter().map(example));
    if text.tests.flag.is_empty() && text.tests.pass.is_empty() {
        page.part("Examples", "none: nothing shows that this rule works");
    }
    page.0
}

fn basis(page: &mut Page, text: &RuleText) {
    let basis = &text.basis;
    page.part("Rights", &if basis.crpd.is_empty() { String::new() } else { format!("CRPD {}", basis.crpd.join(", ")) });
    page.part("Recovery", &basis.recovery.join(", "));
    page.part("QualityRights", &basis.quality_rights.join(", "));
    page.list("Law", basis.law.iter().map(|law| format!("{}: {}", law.profile, law.reference)));
    page.list(
        "Sources",
        text.sources.iter().map(|source| match source.sure {
            Sureness::Verified => format!("{} (verified)", source.source),
            Sureness::FromMemory => format!("{} (from memory)", source.source),
        }),
    );
}

fn level(rule: &Rule) -> String {
    let mut level = format!("{}, {} confidence", rule.severity.name(), rule.confidence.name());
    if rule.opt_in {
        level.push_str("; only when asked for (--opt-in): these words are debated");
    }
    level
}

fn reads(rule: &Rule) -> String {
    let kinds: Vec<&str> = Kind::ALL.into_iter().filter(|kind| rule.applies.has(*kind)).map(Kind::name).collect();
    let mut reads = kinds.join(", ");
    if !rule.sections.is_empty() {
        let _ = write!(reads, "; only in sections: {}", rule.sections.join(", "));
    }
    if !rule.not_sections.is_empty() {
        let _ = write!(reads, "; never in sections: {}", rule.not_sections.join(", "));
    }
    if rule.only_if_mentions.is_some() {
        reads.push_str("; only where its topic is mentioned");
    }
    reads
}

fn looks(rule: &Rule) -> Vec<String> {
    let names = |list: &[crate::rule::Expect]| list.iter().map(|expect| expect.name.clone()).collect::<Vec<_>>();
    match &rule.find {
        Find::Flag { .. } => vec!["for words that are worth a second look".to_owned()],
        Find::Gap { expect, within, or_later, .. } => {
            let later = if *or_later { ", or later in the same record" } else { "" };
            let head = format!("when it happens, for each of these in the same {}{later}:", reach(*within));
            [head].into_iter().chain(names(expect)).collect()
        }
        Find::Clause { require } => {
            ["for each of these, anywhere in the document:".to_owned()].into_iter().chain(names(require)).collect()
        }
        Find::Measure { counts, within, .. } => {
            vec![format!("at the balance of {} in the {}", names(counts).join(", "), reach(*within))]
        }
        Find::Limit { log: Some(log), .. } => {
            let times = log.series.iter().map(|series| match series.at_most {
                Some(_) => format!("{}: at most {}", series.name, series.shown),
                None => format!("{}: no limit without a jurisdiction", series.name),
            });
            ["at the times of a log, from one line to the next:".to_owned()].into_iter().chain(times).collect()
        }
        Find::Limit { shown, at_most, .. } => match at_most {
            Some(_) => vec![format!("at stated times, against at most {shown}")],
            None => vec!["at stated times; without a jurisdiction there is no limit, and it is silent".to_owned()],
        },
    }
}

fn reach(reach: Reach) -> &'static str {
    match reach {
        Reach::Clause => "clause",
        Reach::Sentence => "sentence",
        Reach::Paragraph => "paragraph",
        Reach::ListItem => "list item",
        Reach::Section => "section",
        Reach::Entry => "entry",
        Reach::Document => "document",
        Reach::Record => "record",
    }
}

fn silent(rule: &Rule) -> Vec<String> {
    let doing = |action| -> String {
        let guards = Guard::ALL.into_iter().filter(|guard| rule.guards.of(*guard) == action);
        guards.map(Guard::name).collect::<Vec<_>>().join(", ")
    };
    let mut lines = Vec::new();
    for (action, label) in [(Action::Skip, "when"), (Action::Soften, "softer when")] {
        let guards = doing(action);
        if !guards.is_empty() {
            lines.push(format!("{label}: {guards}"));
        }
    }
    let unless = [
        (rule.unless.overlapping.is_some(), "overlapping them"),
        (rule.unless.same_sentence.is_some(), "in the same sentence"),
        (rule.unless.same_section.is_some(), "in the same section"),
        (rule.unless.same_document.is_some(), "anywhere in the document"),
    ];
    let unless: Vec<&str> = unless.into_iter().filter(|(has, _)| *has).map(|(_, name)| name).collect();
    if !unless.is_empty() {
        lines.push(format!("with exceptions of its own, {}", unless.join(" and ")));
    }
    lines
}

fn example(example: &Example) -> String {
    let mut shown = example.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let notes = [("as", &example.kind), ("under the law of", &example.profile)];
    for (label, note) in notes {
        if let Some(note) = note {
            let _ = write!(shown, "  ({label} {note})");
        }
    }
    shown
}
