//! What this program can read here, which rules it has, and what it never does.

use super::answer::Answer;
use super::args::{LookArgs, RuleArgs};
use super::face::Face;
use super::{lookup, settings, today};
use crate::read::READERS;
use crate::report::REPORTERS;
use crate::report::words::{count, safe};
use std::fmt::Write;

/// Answers `dignity doctor`.
pub(super) fn doctor(args: &RuleArgs) -> Answer {
    let loaded = match settings::load(args, &[".".to_owned()]) {
        Ok(loaded) => loaded,
        Err(broken) => return broken.answer(),
    };
    let rules = &loaded.checker.rules;
    let mut out = String::new();
    let mut line = |label: &str, text: &str| {
        let _ = writeln!(out, "{label:<12}{text}");
    };
    line("Program", &format!("dignity {} for {}", env!("CARGO_PKG_VERSION"), std::env::consts::OS));
    let project = loaded
        .project
        .as_deref()
        .map_or_else(|| "none found from here upwards".to_owned(), |file| file.display().to_string());
    line("Project", &safe(&project));
    let all = lookup::all(rules);
    let asleep = all.iter().filter(|entry| entry.rule.opt_in).count();
    line(
        "Rules",
        &format!(
            "{} in force of {}, {asleep} of them only when asked for (--opt-in)",
            rules.in_force_count(),
            all.len()
        ),
    );
    line("Digest", &format!("{:016x}", rules.digest));
    for pack in &rules.packs {
        let number = all.iter().filter(|entry| entry.rule.id.pack() == pack.name).count();
        let mut text = format!("{} {}: {}, {}", pack.name, pack.version, pack.title, count(number, "rule", "rules"));
        if let Some(date) = &pack.review_by {
            let overdue = today::days(date).zip(today::today()).is_some_and(|(date, today)| date < today);
            let _ = write!(text, ", {} {date}", if overdue { "REVIEW WAS DUE" } else { "to be reviewed by" });
        }
        line("Pack", &safe(&text));
    }
    for profile in &rules.profiles {
        line("Profile", &safe(&format!("{}: {}", profile.name, profile.title)));
    }
    for reader in READERS {
        let endings: Vec<String> = reader.endings().iter().map(|ending| format!(".{ending}")).collect();
        line("Reads", &format!("{} ({})", reader.name(), endings.join(", ")));
    }
    for reporter in REPORTERS {
        line("Writes", &format!("{}: {}", reporter.name(), reporter.about()));
    }
    let face = Face::of(&LookArgs::default());
    let terminal =
        if face.terminal { "a terminal: words of records are shown" } else { "not a terminal: no words of records" };
    line("Output", &format!("{terminal}; {} columns, {}", face.width, if face.color { "colour" } else { "no colour" }));
    line("Network", "none: this program has no code for it, keeps no cache and sends nothing");
    line("To report", "a fault: this page, the command, and a text with invented names that shows it; never a record");
    Answer::fine(out)
}
