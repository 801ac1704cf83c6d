//! The sentences all formats share: what may be quoted, what is missing, which rights, how many.

use super::clean::one_line;
use super::{Excerpts, Report, Style, Tally};
use crate::document::{Document, Kind, Place};
use crate::finding::{EvidenceState, Finding, Standing};
use crate::rule::{Law, Source, Sureness};
use std::borrow::Cow;
use std::fmt::Write;

/// Who reads an output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// A person.
    Person,
    /// A program, a log, a mailbox.
    Machine,
}

/// How much of a document of `kind` may be quoted. Texts about a person are quoted to a person at a terminal
/// only, unless `style` asks.
pub fn excerpts(style: &Style, kind: Kind, reader: Reader) -> Excerpts {
    style.excerpts.unwrap_or(match reader {
        _ if !kind.is_about_a_person() => Excerpts::Full,
        Reader::Person if style.terminal => Excerpts::Full,
        Reader::Person | Reader::Machine => Excerpts::None,
    })
}

/// What `finding` says, in one line that is safe to show, with words of the document only if `excerpts` allow.
pub fn message(finding: &Finding, excerpts: Excerpts) -> String {
    let message = match excerpts {
        Excerpts::Full | Excerpts::Short if !finding.message_with_words.0.is_empty() => &finding.message_with_words.0,
        _ => &finding.message,
    };
    let message = if message.is_empty() { &finding.title } else { message };
    one_line(message).into_owned()
}

/// Names of what a gap did not find, by state, in the order they are told.
pub fn missing(finding: &Finding) -> Vec<(&'static str, Vec<&str>)> {
    let names = |state| -> Vec<&str> {
        finding.missing.iter().filter(|missing| missing.state == state).map(|missing| missing.name.as_str()).collect()
    };
    [
        (SILENT, names(EvidenceState::Silent)),
        ("Written as not done", names(EvidenceState::SaidNotDone)),
        ("Planned, not yet written as done", names(EvidenceState::Planned)),
    ]
    .into_iter()
    .filter(|(_, names)| !names.is_empty())
    .collect()
}

/// What `finding` says, how it is with what is said as not done or only planned, and its question, in one line that is
/// safe to show: for outputs that have room for one text.
pub fn told(finding: &Finding, excerpts: Excerpts) -> String {
    let mut told = sentence(message(finding, excerpts));
    for (label, names) in missing(finding) {
        // The message of a gap names what nothing was found of.
        if label != SILENT || !names.iter().all(|name| told.contains(name)) {
            told.push_str(&sentence(format!(" {label}: {}", names.join(" · "))));
        }
    }
    if let Some(ask) = &finding.ask {
        told.push(' ');
        told.push_str(ask);
    }
    one_line(&told).into_owned()
}

fn sentence(mut text: String) -> String {
    if !text.ends_with(['.', '?', '!', ':', '…']) {
        text.push('.');
    }
    text
}

const SILENT: &str = "Nothing here yet about";

/// The rights and principles a finding stands on, a label and a list each; the three bases stay apart.
pub fn basis(finding: &Finding, report: &Report<'_>) -> Vec<(String, String)> {
    let basis = &finding.basis;
    let mut parts = Vec::new();
    for (label, list) in
        [("CRPD", &basis.crpd), ("recovery", &basis.recovery), ("QualityRights", &basis.quality_rights)]
    {
        if !list.is_empty() {
            parts.push((label.to_owned(), list.join(", ")));
        }
    }
    let laws = laws(finding, report);
    if report.profile.is_none() && !laws.is_empty() {
        // Whose law applies is not known, so only where there is some is said.
        let mut names: Vec<&str> = laws.iter().map(|(law, _)| law.profile.as_str()).collect();
        names.dedup();
        parts.push(("law".to_owned(), format!("{} (--jurisdiction shows one)", names.join(", "))));
    } else {
        parts.extend(laws.into_iter().map(|(law, sure)| match sure {
            Sureness::Verified => (law.profile, law.reference),
            Sureness::FromMemory => (law.profile, format!("{} (from memory)", law.reference)),
        }));
    }
    parts
}

/// The laws that count in this run, and how sure each is: those of the chosen profile, which may put its own in the
/// place of the rule's, or all when none was chosen.
pub fn laws(finding: &Finding, report: &Report<'_>) -> Vec<(Law, Sureness)> {
    let chosen = report.profile.as_deref();
    let differs = chosen.and_then(|chosen| {
        let profile = report.rules.profiles.iter().find(|profile| profile.name == chosen)?;
        let (_, differs) = profile.rules.iter().find(|(id, _)| *id == finding.rule)?;
        let law = Law { profile: chosen.to_owned(), reference: differs.law.clone()? };
        Some((law, differs.sure.unwrap_or(Sureness::FromMemory)))
    });
    if let Some(law) = differs {
        return vec![law];
    }
    let mut laws =
        finding.basis.law.iter().filter(|law| chosen.is_none_or(|profile| profile == law.profile)).peekable();
    if laws.peek().is_none() {
        return Vec::new();
    }
    let sources = report.rules.text_of(&finding.rule).map(|text| text.sources).unwrap_or_default();
    laws.map(|law| (law.clone(), sureness(law, &sources))).collect()
}

/// How sure a law is: as its own source says, or else as the least sure of the rule's sources; without any, from memory.
fn sureness(law: &Law, sources: &[Source]) -> Sureness {
    let about = |source: &&Source| source.source.contains(&law.reference) || law.reference.contains(&source.source);
    let mut own = sources.iter().filter(about).peekable();
    let sure = |source: &Source| source.sure == Sureness::Verified;
    let verified = if own.peek().is_some() { own.any(sure) } else { !sources.is_empty() && sources.iter().all(sure) };
    if verified { Sureness::Verified } else { Sureness::FromMemory }
}

/// The name of a file, safe to show, also as the first words of a line: what begins like an order to a build server
/// is written as a path that does not.
pub fn name(name: &str) -> Cow<'_, str> {
    let safe = one_line(name);
    if safe.trim_start().starts_with("::") { Cow::Owned(format!("./{safe}")) } else { safe }
}

/// `name:line:column`, or the name and the place in words. Safe to show.
pub fn whereabouts(name: &str, place: &Place) -> String {
    let name = self::name(name);
    match place {
        Place::Line { .. } => format!("{name}:{place}"),
        _ => format!("{name}, {}", one_line(&place.to_string())),
    }
}

/// The file, the part where it is one, and the place; a place that says its part again says it once.
pub fn whereabouts_in(document: &Document, place: &Place) -> String {
    match (document.part(), place) {
        (Some(part), Place::Path { path, .. }) if path.starts_with(part) => whereabouts(document.name(), place),
        (Some(_), Place::Cell { column, line, .. }) => {
            let line = line.map(|line| format!(", line {line}")).unwrap_or_default();
            one_line(&format!("{}, {column}{line}", document.label())).into_owned()
        }
        (Some(_), _) => whereabouts(&document.label(), place),
        (None, _) => whereabouts(document.name(), place),
    }
}

/// The headings above a finding, outermost first, and the date or time that opens its entry.
pub fn headings(document: &Document, finding: &Finding) -> Vec<String> {
    let stamp = document
        .entry_at(finding.span.start)
        .and_then(|index| document.entries().get(index))
        .and_then(|entry| entry.stamp);
    let mut path: Vec<String> =
        finding.path.iter().map(|span| one_line(document.words(*span).trim()).into_owned()).collect();
    if let Some(stamp) = stamp {
        let stamp = one_line(document.words(stamp).trim()).into_owned();
        if path.iter().all(|heading| !heading.contains(&stamp)) {
            path.push(stamp);
        }
    }
    path.retain(|heading| !heading.is_empty());
    path
}

/// Who has answered for a finding and how; nothing for an open one. The reason may speak of a person, so it is told
/// only where `excerpts` allow.
pub fn answer(finding: &Finding, excerpts: Excerpts) -> Option<String> {
    match &finding.standing {
        Standing::Open => None,
        Standing::Known => Some("known: it stands in the baseline".to_owned()),
        Standing::Accepted { because, by, until } => {
            let mut said = format!("accepted by {}", safe(by));
            if let Some(until) = until {
                let _ = write!(said, " until {}", date(*until));
            }
            if excerpts != Excerpts::None {
                let _ = write!(said, ": {}", safe(&because.0));
            }
            Some(said)
        }
    }
}

/// The whole tally in a line.
pub fn tally(tally: &Tally) -> String {
    format!("tally: {}; {}", met(tally), found(tally))
}

/// `1 error`, `2 errors`.
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// What was met, in words.
pub fn met(tally: &Tally) -> String {
    format!(
        "{}, {}, {} not read, {} passed over",
        count(tally.documents, "document", "documents"),
        count(tally.entries, "entry", "entries"),
        tally.unreadable,
        tally.passed_over
    )
}

/// What was found, and what was kept silent, in words.
pub fn found(tally: &Tally) -> String {
    let mut said = format!(
        "{}, {}, {} advice; {} guarded, {} excepted",
        count(tally.errors, "error", "errors"),
        count(tally.warnings, "warning", "warnings"),
        tally.advice,
        tally.guarded,
        tally.excepted
    );
    for (number, name) in [(tally.accepted, "accepted"), (tally.known, "known")] {
        if number > 0 {
            let _ = write!(said, ", {number} {name}");
        }
    }
    said
}

/// A day, given as days since 1970-01-01, as `YYYY-MM-DD`.
pub fn date(days: i32) -> String {
    // Counted from 1 March of the year 0, so that the day that comes and goes is the last of the year.
    let days = i64::from(days) + 719_468;
    let (era, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let (month, next) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    format!("{:04}-{month:02}-{day:02}", year + era * 400 + next)
}

/// What no rule can judge; every report for people ends with it.
pub const LIMITS: &str = "The rules see words, not what happened: nothing found is no proof of good care, and nothing \
                          written is no proof that nothing was done. Not for decisions about treatment or risk, and not \
                          for scoring people who write.";

/// Where the documents went.
pub const LOCAL: &str = "Nothing left this machine: this program has no network code.";

/// `text` broken into lines of at most `width` columns, each but the first after `indent` blanks.
pub fn wrapped(text: &str, indent: usize, width: usize) -> String {
    use unicode_width::UnicodeWidthStr;
    let room = width.saturating_sub(indent).max(20);
    let mut out = String::with_capacity(text.len() + 16);
    let mut used = 0;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let columns = word.width();
        // A line must not begin with two colons: build servers would take it for an order.
        if used > 0 && used + 1 + columns > room && !word.starts_with("::") {
            out.push('\n');
            out.extend(std::iter::repeat_n(' ', indent));
            used = 0;
        }
        if used > 0 {
            out.push(' ');
            used += 1;
        }
        out.push_str(word);
        used += columns;
    }
    out
}

/// `text` on one line and safe to show.
pub fn safe(text: &str) -> Cow<'_, str> {
    one_line(text)
}
