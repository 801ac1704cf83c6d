//! From flags and project file to a checker: what is in force, and whence. Everything wrong is shown at once.

use super::answer::{Answer, Code};
use super::args::{FailOn, RuleArgs, SettingsArgs};
use super::face::Face;
use super::today::today;
use crate::built_in;
use crate::check::Options;
use crate::checker::Checker;
use crate::config::{self, Config, Level, Threshold};
use crate::document::Kind;
use crate::report::words::safe;
use crate::report::{Excerpts, Sources, draw_errors};
use crate::rule::basis::RECOVERY;
use crate::rule::load::as_far_as_it_goes;
use crate::rule::{Asked, Choice, RuleError, RuleSet, Severity};
use crate::run::{self, Job, Kinds};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Rules ready to run, and the settings of the project.
pub(super) struct Loaded {
    pub(super) checker: Checker,
    pub(super) kinds: Kinds,
    pub(super) profile: Option<String>,
    pub(super) project: Option<PathBuf>,
}

impl Loaded {
    /// The folder of the project file, as people would write it; without one, this folder.
    pub(super) fn folder(&self) -> &Path {
        self.project.as_deref().and_then(Path::parent).unwrap_or(Path::new(""))
    }

    /// A run over `paths` as the project has it; its kinds are taken. Formats that had better be read apart are read
    /// by this program itself, started anew.
    pub(super) fn job(&mut self, paths: Vec<String>, kind: Option<Kind>) -> Job {
        let kinds = std::mem::take(&mut self.kinds);
        let respect_gitignore = kinds.config.respect_gitignore;
        Job { paths, kind, kinds, respect_gitignore, apart: apart(None), ..Job::default() }
    }
}

/// Why nothing can be judged.
pub(super) struct Broken {
    pub(super) errors: Vec<RuleError>,
    sources: Sources,
}

impl Broken {
    fn of(errors: Vec<RuleError>) -> Self {
        Self { errors, sources: Sources::new() }
    }

    /// Mistakes in the file `name`, whose text is at hand.
    pub(super) fn within(name: &str, text: String, errors: Vec<RuleError>) -> Self {
        Self { errors, sources: Sources::from([(name.to_owned(), text)]) }
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
            crate::report::words::count(
                self.errors.len(),
                "mistake in rules or settings",
                "mistakes in rules or settings"
            )
        );
        Answer { out: Vec::new(), err, code: Code::Wrong }
    }
}

/// Texts of rule and settings files that count before those on disk, by absolute path.
pub(super) type Edited = BTreeMap<PathBuf, String>;

/// Loads rules and settings for a run on `paths`. Without a path, the project of this folder counts.
pub(super) fn load(args: &RuleArgs, paths: &[String]) -> Result<Loaded, Broken> {
    load_edited(args, paths, &Edited::new())
}

/// Loads rules and settings while some of their files are being edited.
pub(super) fn load_edited(args: &RuleArgs, paths: &[String], edited: &Edited) -> Result<Loaded, Broken> {
    let newer = |file: &Path| std::path::absolute(file).ok().and_then(|file| edited.get(&file).cloned());
    let mut sources = Sources::new();
    let project = project(args, paths)?;
    let config = match &project {
        None => Config::default(),
        Some(file) => {
            let name = file.display().to_string();
            let text = match newer(file) {
                Some(text) => text,
                None => run::read_text(file).map_err(|what| Broken::file(file, what))?,
            };
            let parsed = Config::parse(&name, &text);
            sources.insert(name, text);
            parsed.map_err(|errors| Broken { errors, sources: sources.clone() })?
        }
    };
    // A project file in this folder has no folder in its name.
    let folder = project.as_deref().and_then(Path::parent).filter(|folder| !folder.as_os_str().is_empty());
    let root = folder.unwrap_or(Path::new(".")).to_owned();
    let base = built_in::rules().map_err(Broken::of)?;
    let mut files = Vec::new();
    let own = config.own_rules.iter().map(|folder| root.join(&folder.name));
    let mut known = BTreeSet::new();
    for folder in own.chain(args.rules.iter().cloned()) {
        // A folder may be named by the project and asked for as well.
        if !known.insert(std::path::absolute(&folder).unwrap_or_else(|_| folder.clone())) {
            continue;
        }
        let read = run::read_tree(&folder).map_err(|(path, what)| Broken::file(Path::new(&path), what))?;
        files.extend(read.into_iter().map(|(path, text)| match newer(Path::new(&path)) {
            Some(newer) => (path, newer),
            None => (path, text),
        }));
    }
    let own = !files.is_empty();
    let rules = if own || project.is_some() {
        config.rules(&base, &files).map_err(|mut errors| {
            // One run names every mistake: what is left of the rules is tried on their examples too.
            if own {
                errors.extend(super::test::failing(as_far_as_it_goes(&base, &files)));
            }
            errors
        })
    } else {
        Ok(base)
    };
    sources.extend(files);
    let broken = |errors| Broken { errors, sources: sources.clone() };
    let mut rules = rules.map_err(broken)?;
    let choice = choice(args, &config, &rules);
    rules.choose(&choice).map_err(broken)?;
    let confidence = config.confidence.unwrap_or(Options::default().confidence);
    let options = Options { today: today(), confidence, ..Options::default() };
    let profile = choice.profile.map(|asked| asked.name);
    let kinds = Kinds { root: std::path::absolute(&root).unwrap_or(root), config };
    Ok(Loaded { checker: Checker { rules, options, ..Checker::default() }, kinds, profile, project })
}

fn project(args: &RuleArgs, paths: &[String]) -> Result<Option<PathBuf>, Broken> {
    if args.no_project {
        return Ok(None);
    }
    if let Some(file) = &args.project {
        return if file.is_file() {
            Ok(Some(file.clone()))
        } else {
            Err(Broken::file(file, "there is no such file".to_owned()))
        };
    }
    let first = paths.first().map_or(".", |path| if path == "-" { "." } else { path });
    Ok(run::project_file(Path::new(first)))
}

/// What the project asks for, and what the command line changes about it.
fn choice(args: &RuleArgs, config: &Config, rules: &RuleSet) -> Choice {
    let mut choice = config.choice();
    if let Some(profile) = &args.jurisdiction {
        choice.profile = Some(Asked::from(profile.as_str()));
    }
    choice.only.extend(args.only.iter().map(|name| asked(name)));
    choice.skip.extend(args.skip.iter().map(|name| asked(name)));
    choice.opt_in.extend(args.opt_in.iter().filter(|name| *name != "all").map(|name| asked(name)));
    if config.opt_in_all || args.opt_in.iter().any(|name| name == "all") {
        let ids = rules.layers.iter().flat_map(|layer| &layer.rules).filter(|rule| rule.opt_in).map(|rule| &rule.id);
        choice.opt_in.extend(ids.map(|id| Asked::from(id.0.as_str())));
    }
    choice
}

/// A bare number is an article, a bare principle a principle.
fn asked(name: &str) -> Asked {
    let article =
        name.split('(').next().is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()));
    if article {
        Asked::from(format!("crpd/{name}").as_str())
    } else if RECOVERY.contains(&name) {
        Asked::from(format!("recovery/{name}").as_str())
    } else {
        Asked::from(name)
    }
}

/// Answers `dignity settings`: what is in force, and whence.
pub(super) fn show(args: &SettingsArgs) -> Answer {
    let loaded = match load(&args.rule, std::slice::from_ref(&args.path)) {
        Ok(loaded) => loaded,
        Err(broken) => return broken.answer(),
    };
    let config = &loaded.kinds.config;
    let file = loaded.project.as_deref().map(|file| file.display().to_string());
    let file = file.as_deref().unwrap_or("no project file");
    let mut out = format!("Project file: {}\n\n", safe(file));
    let mut line = |name: &str, value: String, said: bool, flag: bool| {
        let whence = match (flag, said) {
            (true, _) => "the command line",
            (_, true) => file,
            _ => "built in",
        };
        let _ = writeln!(out, "{name:<18}{value:<32}  {}", safe(whence));
    };
    let list = |names: &[Asked], none: &str| match names {
        [] => none.to_owned(),
        _ => names.iter().map(|name| name.name.as_str()).collect::<Vec<_>>().join(", "),
    };
    let rule = &args.rule;
    let fail_on = config.fail_on.unwrap_or(Threshold::At(Severity::Error));
    line(
        "jurisdiction",
        loaded.profile.clone().unwrap_or("none".into()),
        config.jurisdiction.is_some(),
        rule.jurisdiction.is_some(),
    );
    line("packs", list(&config.packs, "all"), !config.packs.is_empty(), false);
    line("only", rule.only.join(", "), false, !rule.only.is_empty());
    line("skip", rule.skip.join(", "), false, !rule.skip.is_empty());
    line("own-rules", list(&config.own_rules, "none"), !config.own_rules.is_empty(), false);
    for glob in &config.kinds {
        line("kinds", format!("{} is {}", glob.pattern, glob.kind.name()), true, false);
    }
    for (id, level) in &config.severities {
        let level = match level {
            Level::At(severity) => severity.name(),
            Level::Off => "off",
        };
        line("severity", format!("{} is {level}", id.name), true, false);
    }
    let opt_in = if config.opt_in_all { "all".to_owned() } else { list(&config.opt_in, "none") };
    let opt_in = if rule.opt_in.is_empty() { opt_in } else { rule.opt_in.join(", ") };
    line("opt-in", opt_in, config.opt_in_all || !config.opt_in.is_empty(), !rule.opt_in.is_empty());
    line("fail-on", threshold(fail_on).name().to_owned(), config.fail_on.is_some(), false);
    line("show", config.show.unwrap_or(Severity::Warning).name().to_owned(), config.show.is_some(), false);
    line("confidence", loaded.checker.options.confidence.name().to_owned(), config.confidence.is_some(), false);
    let excerpts = match config.excerpts {
        None => "by kind and output",
        Some(config::Excerpts::Full) => "full",
        Some(config::Excerpts::Short) => "short",
        Some(config::Excerpts::None) => "none",
    };
    line("excerpts", excerpts.to_owned(), config.excerpts.is_some(), false);
    line("at-most", config.at_most.map_or("all".to_owned(), |most| most.to_string()), config.at_most.is_some(), false);
    line(
        "respect-gitignore",
        if config.respect_gitignore { "yes" } else { "no" }.to_owned(),
        config.respect_gitignore,
        false,
    );
    for (name, file) in [("accepted", &config.accepted), ("baseline", &config.baseline)] {
        let value = file.as_ref().map_or("none".to_owned(), |file| file.name.clone());
        line(name, value, file.is_some(), false);
    }
    line("rules in force", loaded.checker.rules.in_force_count().to_string(), false, false);
    Answer::fine(out)
}

/// The project's word for when to fail, as the command line has it.
pub(super) fn threshold(threshold: Threshold) -> FailOn {
    match threshold {
        Threshold::At(level) => FailOn::Level(level),
        Threshold::Never => FailOn::Never,
    }
}

/// The project's word for how much to quote, as reports have it.
pub(super) fn excerpts(excerpts: config::Excerpts) -> Excerpts {
    match excerpts {
        config::Excerpts::Full => Excerpts::Full,
        config::Excerpts::Short => Excerpts::Short,
        config::Excerpts::None => Excerpts::None,
    }
}

/// How files are read apart: by this program itself, started anew.
pub(super) fn apart(seconds: Option<u64>) -> Option<crate::run::Apart> {
    let program = std::env::current_exe().ok()?;
    Some(crate::run::Apart { program, seconds: seconds.unwrap_or(crate::run::SECONDS) })
}
