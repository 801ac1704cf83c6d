//! The project file, `dignity.yaml`, and what is wrong in it.
//!
//! It picks packs, jurisdiction and document kinds, and changes rules by their id; a rule is never copied to be
//! changed. Nothing is opened here: the file comes as text.

use crate::document::Kind;
use crate::rule::file;
use crate::rule::file::project::ProjectFile;
use crate::rule::file::read::Mistakes;
use crate::rule::file::values::{Flag, Map, One, Text, Texts};
use crate::rule::load::{self, Changes};
use crate::rule::{Asked, Choice, Confidence, RuleError, RuleSet, Severity};
use globset::{GlobBuilder, GlobMatcher};

pub use crate::rule::file::project::{Excerpts, Level, Threshold};

/// The name of the project file.
pub const NAME: &str = "dignity.yaml";

/// The settings of a project.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The file they were read from, as people know it; empty when there is none.
    pub file: String,
    /// Whose law applies.
    pub jurisdiction: Option<Asked>,
    /// Only these packs; all when empty.
    pub packs: Vec<Asked>,
    /// Folders with the project's own rules, as written: relative to the folder of the project file.
    pub own_rules: Vec<Asked>,
    /// What sort of document a file is, by its path; the first that fits counts.
    pub kinds: Vec<KindGlob>,
    /// Severity or off, by rule id or pack.
    pub severities: Vec<(Asked, Level)>,
    /// The level at which a check fails.
    pub fail_on: Option<Threshold>,
    /// The lowest level that is shown.
    pub show: Option<Severity>,
    /// The lowest confidence that is shown.
    pub confidence: Option<Confidence>,
    /// How much of a document's words a report may hold.
    pub excerpts: Option<Excerpts>,
    /// Whether all opt-in rules run.
    pub opt_in_all: bool,
    /// Opt-in rules that run.
    pub opt_in: Vec<Asked>,
    /// Whether files that git leaves out are left out.
    pub respect_gitignore: bool,
    /// The file with answers, as written: relative to the folder of the project file.
    pub accepted: Option<Asked>,
    /// The file with what is known already, as written.
    pub baseline: Option<Asked>,
    /// The most findings to show.
    pub at_most: Option<u32>,
    changes: Changes,
}

/// A path pattern and the kind it stands for.
#[derive(Clone, Debug)]
pub struct KindGlob {
    /// The pattern as written.
    pub pattern: String,
    /// The kind.
    pub kind: Kind,
    matcher: GlobMatcher,
}

impl Config {
    /// Reads the project file `file` (its name for people) from its text.
    ///
    /// # Errors
    /// Every mistake in it, each at its place. Rule ids and packs are checked later, by [`Config::rules`] and
    /// [`RuleSet::choose`], which know the rules.
    pub fn parse(file: &str, text: &str) -> Result<Self, Vec<RuleError>> {
        let mut errors = Vec::new();
        if text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#')) {
            return Ok(Self { file: file.to_owned(), ..Self::default() });
        }
        let form: ProjectFile = file::read(file, None, text, &mut errors);
        let mut to = Mistakes::new(file, None, text);
        let config = Self::from_form(file, text, form, &mut to);
        errors.append(&mut to.found);
        if errors.is_empty() { Ok(config) } else { Err(load::sorted(errors)) }
    }

    fn from_form(file: &str, text: &str, form: ProjectFile, to: &mut Mistakes<'_>) -> Self {
        let asked = |text: &Text| Asked { name: text.value.clone(), file: file.to_owned(), at: text.at.clone() };
        let list = |texts: Option<&Texts>| texts.into_iter().flat_map(|texts| &texts.list).map(asked).collect();
        let on = |flag: Option<&Flag>| flag.is_some_and(|flag| flag.value);
        let severities = form.severity.iter().flat_map(|map| &map.list);
        Self {
            file: file.to_owned(),
            jurisdiction: form.jurisdiction.as_ref().map(asked),
            packs: list(form.packs.as_ref()),
            own_rules: list(form.own_rules.as_ref()),
            kinds: globs(form.kinds.as_ref(), to),
            severities: severities.filter_map(|(id, level)| Some((asked(id), level.value?))).collect(),
            fail_on: value(form.fail_on.as_ref()),
            show: value(form.show.as_ref()),
            confidence: value(form.confidence.as_ref()),
            excerpts: value(form.excerpts.as_ref()),
            opt_in_all: form.opt_in.as_ref().is_some_and(|opt_in| opt_in.all),
            opt_in: list(form.opt_in.as_ref().map(|opt_in| &opt_in.ids)),
            respect_gitignore: on(form.respect_gitignore.as_ref()),
            accepted: form.accepted.as_ref().map(asked),
            baseline: form.baseline.as_ref().map(asked),
            at_most: form.at_most.as_ref().and_then(|text| number(text, to)),
            changes: Changes::new(file, text, form.rules.unwrap_or_default(), form.words.unwrap_or_default()),
        }
    }

    /// The kind that the first fitting pattern gives to `path` (relative to the project, `/` between names), with
    /// the pattern.
    pub fn kind_of(&self, path: &str) -> Option<(Kind, &str)> {
        let fits = self.kinds.iter().find(|glob| glob.matcher.is_match(path))?;
        Some((fits.kind, &fits.pattern))
    }

    /// The rules of the project: those of `base`, its own `files` (path and text of each), and its changes.
    ///
    /// # Errors
    /// Every mistake in its own rules, and every change to a rule or set that there is not.
    pub fn rules(&self, base: &RuleSet, files: &[(String, String)]) -> Result<RuleSet, Vec<RuleError>> {
        load::with_project(base, files, &self.changes)
    }

    /// What the project asks to be in force.
    pub fn choice(&self) -> Choice {
        let mut choice = Choice {
            profile: self.jurisdiction.clone(),
            severities: self.severities.clone(),
            opt_in: self.opt_in.clone(),
            packs: self.packs.clone(),
            ..Choice::default()
        };
        self.changes.choose(&mut choice);
        choice
    }
}

fn value<T: Copy>(one: Option<&One<T>>) -> Option<T> {
    one.and_then(|one| one.value)
}

fn number(text: &Text, to: &mut Mistakes<'_>) -> Option<u32> {
    let number = text.value.parse().ok().filter(|number| *number > 0);
    if number.is_none() && !text.value.trim().is_empty() {
        to.note(text.at.clone(), "a whole number above zero is expected here", "not a number", "as in: at-most: 50");
    }
    number
}

fn globs(map: Option<&Map<One<Kind>>>, to: &mut Mistakes<'_>) -> Vec<KindGlob> {
    let mut globs = Vec::new();
    for (pattern, kind) in map.into_iter().flat_map(|map| &map.list) {
        match GlobBuilder::new(&pattern.value).literal_separator(true).build() {
            Ok(glob) => {
                let matcher = glob.compile_matcher();
                globs.extend(kind.value.map(|kind| KindGlob { pattern: pattern.value.clone(), kind, matcher }));
            }
            Err(error) => {
                let help = "as in policies/** or notes/*.txt";
                to.note(
                    pattern.at.clone(),
                    format!("this path pattern is not understood: {}", error.kind()),
                    "here",
                    help,
                );
            }
        }
    }
    globs
}

/// The JSON Schema of the project file. It names fields, never rules.
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(ProjectFile).to_value()
}
