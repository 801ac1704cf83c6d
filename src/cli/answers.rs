//! Answers laid over a run: which ledger and baseline count, what is wrong in them, and what has become of each.

use super::answer::{Answer, Code};
use super::args::AnswerArgs;
use super::face::Face;
use super::key;
use super::settings::{Broken, Loaded};
use crate::checker::Checker;
use crate::finding::Checked;
use crate::report::words::{count, date, safe};
use crate::run;
use crate::settle::{Baseline, Ledger, State};
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// The ledger where nobody names another.
const LEDGER: &str = "accepted.yaml";
/// The baseline where nobody names another.
const BASELINE: &str = "dignity-baseline.json";

/// What counts in a run.
pub(super) struct Answers {
    pub(super) ledger: Option<(PathBuf, Ledger)>,
    pub(super) baseline: Option<(PathBuf, Baseline)>,
}

/// Where the ledger is, or would be written.
pub(super) fn ledger_file(args: &AnswerArgs, loaded: &Loaded) -> PathBuf {
    named_ledger(args, loaded).unwrap_or_else(|| loaded.folder().join(LEDGER))
}

/// Where the baseline is, or would be written.
pub(super) fn baseline_file(args: &AnswerArgs, loaded: &Loaded) -> PathBuf {
    named_baseline(args, loaded).unwrap_or_else(|| loaded.folder().join(BASELINE))
}

fn named_ledger(args: &AnswerArgs, loaded: &Loaded) -> Option<PathBuf> {
    let project = || loaded.kinds.config.accepted.as_ref().map(|asked| loaded.folder().join(&asked.name));
    args.accepted.clone().or_else(project)
}

fn named_baseline(args: &AnswerArgs, loaded: &Loaded) -> Option<PathBuf> {
    let project = || loaded.kinds.config.baseline.as_ref().map(|asked| loaded.folder().join(&asked.name));
    args.baseline.clone().or_else(project)
}

/// Takes the key that was given, and reads the ledger and the baseline that were named.
///
/// # Errors
/// An answer that shows every mistake at its value.
pub(super) fn load(args: &AnswerArgs, loaded: &mut Loaded, face: Face) -> Result<Answers, Answer> {
    loaded.checker.key = key::given(&args.key).map_err(|what| Answer::wrong(format!("{what}\n")))?;
    let ledger = match named_ledger(args, loaded) {
        None => None,
        Some(file) => Some((file.clone(), read_ledger(&file, loaded, face)?)),
    };
    let baseline = match named_baseline(args, loaded) {
        None => None,
        Some(file) => Some((file.clone(), read_baseline(&file, &loaded.checker)?)),
    };
    Ok(Answers { ledger, baseline })
}

/// Reads a ledger.
///
/// # Errors
/// An answer that shows every mistake at its value.
pub(super) fn read_ledger(file: &Path, loaded: &Loaded, face: Face) -> Result<Ledger, Answer> {
    let name = file.display().to_string();
    let text = run::read_text(file).map_err(|what| wrong(&name, &format!("{what}; dignity accept writes one")))?;
    Ledger::parse(&name, &text, &loaded.checker.rules)
        .map_err(|errors| Broken::within(&name, text, errors).answer_in(face))
}

/// Reads a baseline.
///
/// # Errors
/// An answer that says what is wrong with it.
pub(super) fn read_baseline(file: &Path, checker: &Checker) -> Result<Baseline, Answer> {
    let name = file.display().to_string();
    let text = run::read_text(file).map_err(|what| wrong(&name, &format!("{what}; dignity baseline writes one")))?;
    Baseline::parse(&text, checker.key.as_ref()).map_err(|what| wrong(&name, &what))
}

/// Nothing was judged, because of this file.
pub(super) fn wrong(file: &str, what: &str) -> Answer {
    Answer { code: Code::Wrong, ..Answer::wrong(format!("{}: {what}. Nothing was judged.\n", safe(file))) }
}

/// The name a file has from the folder of `ledger` on.
pub(super) fn namer(ledger: &Path) -> impl Fn(&str) -> String {
    let folder = ledger.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned();
    move |name| run::name_from(&folder, name)
}

impl Answers {
    /// Lays them over what was found, and says what needs somebody's hand.
    pub(super) fn apply(&self, documents: &mut [Checked], checker: &Checker) -> String {
        let mut said = String::new();
        if let Some((file, ledger)) = &self.ledger {
            let states = ledger.settle(documents, &namer(file), checker.options.today);
            for (answer, state) in ledger.answers.iter().zip(states) {
                let what = match state {
                    State::Expired => format!("ended on {}; the finding is open again", date(answer.until)),
                    State::Unused => "answers for nothing any more; take it out".to_owned(),
                    State::InUse | State::Elsewhere => continue,
                };
                let id = if state == State::Expired { "settle/expired" } else { "settle/unused" };
                let file = file.display().to_string();
                let _ = writeln!(said, "{}:{}: {id}: the answer for {} {what}", safe(&file), answer.line, answer.rule);
            }
        }
        if let Some((file, baseline)) = &self.baseline {
            let gone = baseline.settle(documents, &namer(file), checker.key.as_ref());
            if gone > 0 {
                let gone = count(gone as usize, "finding it knows is", "findings it knows are");
                let file = file.display().to_string();
                let _ = writeln!(
                    said,
                    "{}: settle/gone: {gone} gone; dignity baseline writes it anew without",
                    safe(&file)
                );
            }
        }
        said
    }
}
