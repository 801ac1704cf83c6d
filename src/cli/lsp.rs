//! Starts the language server with the settings of each document's own project.

use super::answer::{Answer, Code};
use super::args::RuleArgs;
use super::settings::{self, Loaded};
use crate::lsp::{self, Setting, Wanted};
use crate::rule::RuleError;

/// Answers `dignity lsp`.
pub(super) fn lsp(args: &RuleArgs) -> Answer {
    match lsp::serve(&|wanted| load(args, wanted)) {
        Ok(()) => Answer::fine(Vec::new()),
        // An editor copies standard error into its log.
        Err(_) => Answer { out: Vec::new(), err: String::new(), code: Code::Wrong },
    }
}

fn load(args: &RuleArgs, wanted: &Wanted<'_>) -> Result<Setting, Vec<RuleError>> {
    let mut args = args.clone();
    args.rules.extend(wanted.rules.clone());
    let paths: Vec<String> = wanted.path.iter().map(|path| path.to_string_lossy().into_owned()).collect();
    let loaded = settings::load_edited(&args, &paths, wanted.edited).map_err(|broken| broken.errors)?;
    let Loaded { checker, kinds, profile, .. } = loaded;
    Ok(Setting { checker, kinds, profile })
}
