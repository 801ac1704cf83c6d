//! Rules and settings for a place in the workspace. The server does not know how they are loaded: who starts it says so.

use crate::checker::Checker;
use crate::rule::RuleError;
use crate::run::Kinds;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What is in force for a document.
#[derive(Debug, Default)]
pub struct Setting {
    /// Rules, and how to look.
    pub checker: Checker,
    /// What documents are by their path.
    pub kinds: Kinds,
    /// The jurisdiction profile, if one was chosen.
    pub profile: Option<String>,
}

/// What settings are wanted for.
#[derive(Debug)]
pub struct Wanted<'w> {
    /// A document; its project file is looked for from here upwards. `None`: the folder the server was started in.
    pub path: Option<&'w Path>,
    /// A folder of rules to be loaded besides those of the project.
    pub rules: Option<PathBuf>,
    /// Texts of rule and settings files that are being edited, by absolute path: they count, not those on disk.
    pub edited: &'w BTreeMap<PathBuf, String>,
}

/// Loads settings; otherwise every mistake in them.
pub type Load<'l> = &'l dyn Fn(&Wanted<'_>) -> Result<Setting, Vec<RuleError>>;
