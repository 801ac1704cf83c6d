//! A tree of files through the door: the only code with files and threads.
//!
//! Nothing that is met is passed over in silence, and a fault in one file does not stop the others.

mod apart;
mod bar;
mod find;
mod one;

pub use apart::{Apart, COMMAND, SECONDS, answer};
pub use find::{Found, dotted, find};
pub use one::{file_and_place, project_file, read_text, read_tree, write_new, write_report};

use crate::checker::Checker;
use crate::config::Config;
use crate::document::{Kind, Problem, Reason};
use crate::finding::Checked;
use crate::read::Reading;
use crate::report::Unread;
use bar::Bar;
use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

/// What to check.
#[derive(Clone, Debug, Default)]
pub struct Job {
    /// Files, folders, patterns with `*`, or `-` for standard input.
    pub paths: Vec<String>,
    /// The name standard input is known by; its ending says its format.
    pub stdin_name: String,
    /// What every document is, when the person said so.
    pub kind: Option<Kind>,
    /// What documents are by their path.
    pub kinds: Kinds,
    /// The column that holds the words, in tables and exports.
    pub text_column: Option<String>,
    /// Leave out what version control leaves out; it is counted as passed over.
    pub respect_gitignore: bool,
    /// How many threads; `None` as many as there are cores, once there is enough to do.
    pub threads: Option<usize>,
    /// How formats that had better be read apart are read; without it they are read in this process.
    pub apart: Option<Apart>,
    /// Show how far the run is, on standard error, once it takes longer than a second.
    pub progress: bool,
}

/// What came of a job.
#[derive(Debug, Default)]
pub struct Done {
    /// Documents that were read, sorted by name.
    pub checked: Vec<Checked>,
    /// Files that were met and not checked, sorted by path.
    pub unread: Vec<Unread>,
    /// Files that met a fault of this program; they stand in `unread` too.
    pub faults: usize,
}

/// What documents are by their path, as the project file says.
#[derive(Clone, Debug, Default)]
pub struct Kinds {
    /// The folder of the project file, as an absolute path.
    pub root: PathBuf,
    /// The settings.
    pub config: Config,
}

impl Kinds {
    /// The kind that the project gives to the file at `path`.
    pub fn of(&self, path: &Path) -> Option<(Kind, Reason)> {
        if self.config.kinds.is_empty() {
            return None;
        }
        let whole = std::path::absolute(path).ok()?;
        let inside = whole.strip_prefix(&self.root).unwrap_or(path).to_string_lossy().replace('\\', "/");
        let (kind, pattern) = self.config.kind_of(&inside)?;
        Some((kind, Reason::Project(pattern.to_owned())))
    }
}

/// From this many files on, or this many bytes, the work is shared between threads.
const MANY: usize = 200;
const MUCH: u64 = 4 << 20;
/// Files handed to a thread at once, when there are many.
const CHUNK: usize = 32;

/// What came of one file: the documents in it, what of it could not be read, and whether this program failed at it.
#[derive(Default)]
struct One {
    checked: Vec<Checked>,
    unread: Vec<Unread>,
    fault: bool,
}

/// Checks everything `job` names.
pub fn run(checker: &Checker, job: &Job) -> Done {
    let (found, unread) = find(job);
    let mut done = Done { unread, ..Done::default() };
    let bar = Bar::new(found.len(), job.progress);
    let each = |buffer: &mut Vec<u8>, found: &Found| {
        let one = check_one(checker, job, found, buffer);
        bar.step();
        one
    };
    let alone = job.threads == Some(1) || found.len() < 2 || (found.len() <= MANY && find::bytes(&found) < MUCH);
    let results: Vec<One> = if alone {
        let mut buffer = Vec::new();
        found.iter().map(|found| each(&mut buffer, found)).collect()
    } else {
        let chunk = if found.len() > MANY { CHUNK } else { 1 };
        let shared = || found.par_iter().with_min_len(chunk).map_init(Vec::new, each).collect();
        match rayon::ThreadPoolBuilder::new().num_threads(job.threads.unwrap_or(0)).build() {
            Ok(pool) => pool.install(shared),
            Err(_) => shared(),
        }
    };
    bar.finish();
    for one in results {
        done.checked.extend(one.checked);
        done.unread.extend(one.unread);
        done.faults += usize::from(one.fault);
    }
    // Both sorts keep the order of equals: parts stay in the order they have in their file.
    done.checked.sort_by(|a, b| a.document.name().cmp(b.document.name()));
    done.unread.sort_by(|a, b| a.path.cmp(&b.path));
    done
}

fn check_one(checker: &Checker, job: &Job, found: &Found, buffer: &mut Vec<u8>) -> One {
    let unread = |what: String| Unread {
        path: found.name.clone(),
        part: None,
        problem: Problem { what, place: None, fatal: true },
        passed_over: false,
    };
    let mut one = One::default();
    let length = match one::read(found, buffer) {
        Ok(length) => length,
        Err(error) => {
            one.unread.push(unread(one::said(&error)));
            return one;
        }
    };
    let bytes = buffer.get(..length).unwrap_or_default();
    let kind = job.kind.map(|kind| (kind, Reason::Asked)).or_else(|| job.kinds.of(&found.path));
    let reader = job.apart.as_ref().map(|apart| |format: &str, bytes: &[u8]| apart.read(format, bytes));
    let apart = reader.as_ref().map(|reader| reader as crate::read::Apart<'_>);
    let reading = Reading { text_column: job.text_column.as_deref(), apart, ..Reading::default() };
    // The checker holds no state that a panic could leave half changed; what came before it is whole.
    let caught = catch_unwind(AssertUnwindSafe(|| {
        checker.check_each(&found.name, kind.as_ref(), bytes, &reading, &mut |checked| keep(checked, &mut one));
    }));
    if caught.is_err() {
        one.fault = true;
        one.unread
            .push(unread("this program met a fault of its own here; `dignity doctor` says what to report".into()));
    }
    one
}

fn keep(checked: Checked, one: &mut One) {
    if !checked.document.is_unreadable() {
        one.checked.push(checked);
        return;
    }
    let document = &checked.document;
    let problem = document.problems().iter().find(|problem| problem.fatal).cloned();
    let problem = problem.unwrap_or(Problem { what: "it could not be read".into(), place: None, fatal: true });
    one.unread.push(Unread {
        path: document.name().to_owned(),
        part: document.part().map(str::to_owned),
        problem,
        passed_over: document.is_passed_over(),
    });
}
