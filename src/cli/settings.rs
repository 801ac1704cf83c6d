//! From flags and project file to a checker: what is in force, and whence. Everything wrong is shown at once.

use super::answer::{Answer, Code};
use super::args::{AtMost, FailOn, RuleArgs, SettingsArgs};
use super::face::Face;
use super::today::today;
use crate::check::Options;
use crate::checker::Checker;
use crate::config::Config;
use crate::report::{Excerpts, Sources, draw_errors};
use crate::rule::load::{built_in, with_files};
use crate::rule::{Asked, Choice, Confidence, RuleError, RuleSet, Severity};
use crate::run::{self, Kinds};
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Rules ready to run, and the settings of the project.
pub(super) struct Loaded {
    pub(super) checker: Checker,
    pub(super) kinds: Kinds,
    pub(super) profile: Option<String>,
    pub(super) project: Option<PathBuf>,
    pub(super) config: Config,
}

/// Why nothing can be judged.
pub(super) struct Broken {
    errors: Vec<RuleError>,
    sources: Sources,
}

impl Broken {
    fn of(errors: Vec<RuleError>) -> Self {
        Self { errors, sources: Sources::new() }
    }

    fn file(file: &Path, what: String) -> Self {
        Self::of(vec![RuleError {
            file: file.display().to_string(),
            rule: None,
            what,
            label: String::new(),
            at: 0..0,
            help: None,
            fatal: true,
        }])
    }

    /// Every mistake at its value; nothing was judged.
    pub(super) fn answer(&self) -> Answer {
        self.answer_in(Face::of(&super::args::LookArgs::default()))
    }

    pub(super) fn answer_in(&self, face: Face) -> Answer {
        let mut err = draw_errors(&self.errors, &self.sources, face.pen(), face.plain);
        let _ = writeln!(
            err,
            "{}: nothing was judged.",
            crate::report::words::count(self.errors.len(), "mistake in rules or settings", "mistakes in rules or settings")
        );
        Answer { out: Vec::new(), err, code: Code::Wrong }
    }
}

/// Loads rules and settings for a run on `paths`.
pub(super) fn load(args: &RuleArgs, paths: &[String]) -> Result<Loaded, Broken> {
    let project = project_file(args, paths)?;
    let mut sources = Sources::new();
    let config = match &project {
        None => Config::default(),
        Some(file) => {
            let name = name_of(file);
            let text = run::read_text(file).map_err(|what| Broken::file(file, what))?;
            let parsed = Config::parse(&name, &text);
            sources.insert(name, text);
            parsed.map_err(|errors| Broken { errors, sources: sources.clone() })?
        }
    };
    let broken = |errors, sources: &Sources| Broken { errors, sources: sources.clone() };
    let root = project.as_deref().and_then(Path::parent).unwrap_or(Path::new("")).to_owned();
    let mut rules = built_in();
    let own = config.own_rules.iter().map(|folder| root.join(folder)).chain(args.rules.iter().cloned());
    let mut files = Vec::new();
    for folder in own {
        let found = run::read_tree(&folder).map_err(|(path, what)| Broken::file(Path::new(&path), what))?;
        for (inside, text) in found {
            sources.insert(inside.clone(), text.clone());
            files.push((inside, text));
        }
    }
    if !files.is_empty() {
        rules = with_files(&rules, &files).map_err(|errors| broken(errors, &sources))?;
    }
    rules = config.apply(rules).map_err(|errors| broken(errors, &sources))?;
    let choice = choice(args, &config, &rules);
    rules.choose(&choice).map_err(|errors| broken(errors, &sources))?;
    let kinds = Kinds::new(absolute(&root), config.kinds.clone())
        .map_err(|(index, what)| broken(vec![bad_pattern(&config, project.as_deref(), index, what)], &sources))?;
    let options = Options { today: today(), confidence: config.confidence.unwrap_or(Confidence::Medium), ..Options::default() };
    let profile = choice.profile.map(|asked| asked.name);
    Ok(Loaded { checker: Checker { rules, options }, kinds, profile, project, config })
}
