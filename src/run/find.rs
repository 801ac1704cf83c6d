//! Which files are meant: names, folders, patterns. Whatever is left out is written down with its reason.

use super::Job;
use crate::document::Problem;
use crate::read::READERS;
use crate::report::Unread;
use globset::GlobBuilder;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// A file to be read.
#[derive(Clone, Debug)]
pub struct Found {
    /// Where it is; `-` for standard input.
    pub path: PathBuf,
    /// The name shown to people.
    pub name: String,
    /// Whether it is an ordinary file, so that a short read is its end.
    pub plain: bool,
}

/// Everything `job` names, in order and once each, and what was left out.
pub fn find(job: &Job) -> (Vec<Found>, Vec<Unread>) {
    let mut search = Search { job, found: Vec::new(), unread: Vec::new(), seen: BTreeSet::new() };
    for path in &job.paths {
        search.add(path);
    }
    (search.found, search.unread)
}

/// How many bytes the files hold together; what cannot be asked counts nothing.
pub(super) fn bytes(found: &[Found]) -> u64 {
    found.iter().filter_map(|found| found.path.metadata().ok()).map(|data| data.len()).sum()
}

struct Search<'j> {
    job: &'j Job,
    found: Vec<Found>,
    unread: Vec<Unread>,
    seen: BTreeSet<PathBuf>,
}

impl Search<'_> {
    fn add(&mut self, given: &str) {
        if given == "-" {
            let found = Found { path: PathBuf::from("-"), name: self.job.stdin_name.clone(), plain: false };
            if self.seen.insert(found.path.clone()) {
                self.found.push(found);
            }
            return;
        }
        let path = Path::new(given);
        match path.metadata() {
            Ok(data) if data.is_dir() => self.folder(path),
            Ok(data) => self.file(path.to_owned(), data.is_file()),
            Err(_) if given.contains(['*', '?', '[', '{']) => self.pattern(given),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let near = nearest(path).map(|near| format!("; did you mean {near}?")).unwrap_or_default();
                self.leave(given, format!("there is no file or folder of this name{near}"), false);
            }
            Err(error) => self.leave(given, super::one::said(&error), false),
        }
    }

    fn file(&mut self, path: PathBuf, plain: bool) {
        if self.seen.insert(path.clone()) {
            let name = shown(&path);
            self.found.push(Found { path, name, plain });
        }
    }

    fn leave(&mut self, path: &str, what: String, passed_over: bool) {
        let problem = Problem { what, place: None, fatal: true };
        self.unread.push(Unread { path: path.to_owned(), part: None, problem, passed_over });
    }

    fn folder(&mut self, folder: &Path) {
        let mut any = false;
        let ignored = if self.job.respect_gitignore { Some(kept(folder)) } else { None };
        self.walk(folder, |search, entry| {
            if ignored.as_ref().is_some_and(|kept| !kept.contains(entry.path())) {
                search.leave(&shown(entry.path()), "left out by .gitignore".to_owned(), true);
            } else if let Some(ending) = unknown_ending(entry.path()) {
                search.leave(&shown(entry.path()), format!("a format this program does not read ({ending})"), true);
            } else {
                any = true;
                search.file(entry.into_path(), true);
            }
        });
        if !any {
            let what = format!("no document was found in this folder; it looks for {}", endings().join(", "));
            self.leave(&shown(folder), what, false);
        }
    }

    /// For shells that hand over patterns as they are. A file that is meant by its pattern is read whatever its ending.
    fn pattern(&mut self, given: &str) {
        let glob = match GlobBuilder::new(given.trim_start_matches("./")).literal_separator(true).build() {
            Ok(glob) => glob.compile_matcher(),
            Err(error) => return self.leave(given, format!("this pattern cannot be read: {}", error.kind()), false),
        };
        let fixed: PathBuf = Path::new(given)
            .components()
            .take_while(|part| !part.as_os_str().to_string_lossy().contains(['*', '?', '[', '{']))
            .collect();
        let from = if fixed.as_os_str().is_empty() { Path::new(".") } else { &fixed };
        let mut any = false;
        self.walk(from, |search, entry| {
            let path = entry.path().strip_prefix(".").unwrap_or(entry.path());
            if glob.is_match(path) {
                any = true;
                search.file(path.to_owned(), true);
            }
        });
        if !any {
            self.leave(given, "no file matches this pattern".to_owned(), false);
        }
    }

    /// Calls `each` for every ordinary file below `folder`, by name, and writes down what else it meets.
    fn walk(&mut self, folder: &Path, mut each: impl FnMut(&mut Self, DirEntry)) {
        let mut walk = WalkDir::new(folder).sort_by_file_name().into_iter();
        while let Some(next) = walk.next() {
            let entry = match next {
                Ok(entry) => entry,
                Err(error) => {
                    let path = error.path().map(shown).unwrap_or_default();
                    let what =
                        error.io_error().map_or_else(|| "a folder that contains itself".to_owned(), super::one::said);
                    self.leave(&path, what, false);
                    continue;
                }
            };
            let hidden = entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".");
            let kind = entry.file_type();
            if hidden && kind.is_dir() {
                walk.skip_current_dir();
                self.leave(&shown(entry.path()), "a hidden folder; name it to have it checked".to_owned(), true);
            } else if hidden {
                self.leave(&shown(entry.path()), "a hidden file; name it to have it checked".to_owned(), true);
            } else if kind.is_symlink() {
                self.leave(&shown(entry.path()), "a link; name what it points to, to have it checked".to_owned(), true);
            } else if kind.is_file() {
                each(self, entry);
            } else if !kind.is_dir() {
                self.leave(&shown(entry.path()), "not an ordinary file".to_owned(), true);
            }
        }
    }
}

/// What version control keeps below `folder`.
fn kept(folder: &Path) -> BTreeSet<PathBuf> {
    let mut walk = ignore::WalkBuilder::new(folder);
    walk.hidden(false).require_git(false);
    walk.build().filter_map(Result::ok).map(ignore::DirEntry::into_path).collect()
}

fn endings() -> Vec<String> {
    let mut endings: Vec<String> =
        READERS.iter().flat_map(|reader| reader.endings()).map(|ending| dotted(ending)).collect();
    endings.sort();
    endings.dedup();
    endings
}

/// An ending as people write it.
pub fn dotted(ending: &str) -> String {
    if ending.is_empty() { "names without an ending".to_owned() } else { format!(".{ending}") }
}

/// The ending of `path` when no reader knows it.
fn unknown_ending(path: &Path) -> Option<String> {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    let known = READERS.iter().any(|reader| reader.endings().contains(&ending.as_str()));
    (!known).then(|| dotted(&ending))
}

fn shown(path: &Path) -> String {
    path.strip_prefix(".").ok().filter(|inner| !inner.as_os_str().is_empty()).unwrap_or(path).display().to_string()
}

/// The name in the same folder that is most like the missing one.
fn nearest(path: &Path) -> Option<String> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let wanted = path.file_name()?.to_string_lossy().to_lowercase();
    let entries = WalkDir::new(folder).min_depth(1).max_depth(1).sort_by_file_name().into_iter().filter_map(Result::ok);
    entries
        .take(1000)
        .map(|entry| {
            (
                strsim::normalized_damerau_levenshtein(&wanted, &entry.file_name().to_string_lossy().to_lowercase()),
                entry,
            )
        })
        .filter(|(like, _)| *like > 0.7)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, entry)| shown(entry.path()))
}
