//! Which lines have changed since a commit, as `git` tells; new files have changed as a whole.
//!
//! The command is asked, and no library, so that nothing here can reach a network: git itself is told not to fetch.

use crate::document::Place;
use crate::finding::{Checked, Finding};
use crate::span::Span;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Lines that have changed.
#[derive(Debug, Default)]
pub struct Changed {
    /// The folder of the working copy.
    top: PathBuf,
    /// By path from there on: first and last line, from 1. Where lines were taken out, the two around the gap, turned
    /// about: the greater first.
    lines: BTreeMap<String, Vec<(u32, u32)>>,
    /// Files that are new.
    whole: BTreeSet<String>,
}

/// Asks what has changed in the working copy around `path` since `rev`.
///
/// # Errors
/// Why it cannot be said, and what to do.
pub fn changed_since(rev: &str, path: &Path) -> Result<Changed, String> {
    if rev.is_empty() || rev.starts_with('-') {
        return Err("--since takes a commit, a branch or a tag, such as main or HEAD~1".to_owned());
    }
    let folder = if path.is_dir() { path } else { path.parent().unwrap_or(path) };
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let top = git(folder, &["rev-parse", "--show-toplevel"])?
        .ok_or("--since: this folder is not under version control by git")?;
    let top = PathBuf::from(top.trim_end_matches(['\n', '\r']));
    let commit = format!("{rev}^{{commit}}");
    if git(&top, &["rev-parse", "--verify", "--quiet", &commit])?.is_none() {
        let shallow = git(&top, &["rev-parse", "--is-shallow-repository"])?.is_some_and(|is| is.trim() == "true");
        return Err(if shallow {
            "--since: this copy holds only the newest commits, and not that one; fetch it first (git fetch origin NAME, or fetch-depth: 0 in a workflow)".to_owned()
        } else {
            "--since: git knows no commit, branch or tag of that name here".to_owned()
        });
    }
    let fault = "--since: git could not compare";
    let diff = [
        "diff",
        "--unified=0",
        "--no-color",
        "--no-ext-diff",
        "--no-textconv",
        "--src-prefix=a/",
        "--dst-prefix=b/",
        rev,
        "--",
    ];
    let mut changed = Changed { lines: hunks(&git(&top, &diff)?.ok_or(fault)?), ..Changed::default() };
    let new = git(&top, &["ls-files", "--others", "--exclude-standard", "-z"])?.ok_or(fault)?;
    changed.whole = new.split('\0').filter(|name| !name.is_empty()).map(str::to_owned).collect();
    // Binary files have no lines: what differs in them has changed as a whole.
    let names = ["diff", "--name-only", "--no-ext-diff", "-z", rev, "--"];
    for name in git(&top, &names)?.ok_or(fault)?.split('\0').filter(|name| !name.is_empty()) {
        if !changed.lines.contains_key(name) {
            changed.whole.insert(name.to_owned());
        }
    }
    changed.top = top.canonicalize().unwrap_or(top);
    Ok(changed)
}

/// What git answers; `None` when it says no.
fn git(folder: &Path, args: &[&str]) -> Result<Option<String>, String> {
    let quiet = ["-c", "core.quotePath=false", "-c", "core.fsmonitor=false", "-c", "protocol.allow=never"];
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(quiet).args(args).env("GIT_NO_LAZY_FETCH", "1").env("GIT_OPTIONAL_LOCKS", "0");
    let output =
        command.output().map_err(|_| "--since needs the program git, and it could not be started".to_owned())?;
    Ok(output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned()))
}

/// The changed lines of every file of a diff without context.
fn hunks(diff: &str) -> BTreeMap<String, Vec<(u32, u32)>> {
    let mut lines: BTreeMap<String, Vec<(u32, u32)>> = BTreeMap::new();
    let mut file: Option<&str> = None;
    // How many lines of text follow that are no headings of the diff itself.
    let mut text = 0_u32;
    for line in diff.lines() {
        if text > 0 && line.starts_with(['+', '-']) {
            text -= 1;
        } else if line.starts_with("diff --git ") {
            file = None;
        } else if let Some(name) = line.strip_prefix("+++ b/") {
            // git puts a tab behind a name with blanks.
            file = Some(name.trim_end_matches('\t'));
        } else if let (Some(file), Some((old, new))) = (file, header(line)) {
            text = old.1 + new.1;
            let change = if new.1 == 0 { (new.0 + 1, new.0) } else { (new.0, new.0 + new.1 - 1) };
            lines.entry(file.to_owned()).or_default().push(change);
        } else if let Some((old, new)) = header(line) {
            text = old.1 + new.1;
        }
    }
    lines
}

type Range = (u32, u32);

/// First line and number of lines, old and new: `@@ -3,2 +5 @@`.
fn header(line: &str) -> Option<(Range, Range)> {
    let (old, new) = line.strip_prefix("@@ -")?.split_once(" @@")?.0.split_once(" +")?;
    let range = |text: &str| -> Option<Range> {
        let (start, count) = text.split_once(',').unwrap_or((text, "1"));
        Some((start.parse().ok()?, count.parse().ok()?))
    };
    Some((range(old)?, range(new)?))
}

impl Changed {
    /// Whether `finding` is about changed lines. What is missing beside an event is judged by the whole entry.
    pub fn touches(&self, checked: &Checked, finding: &Finding) -> bool {
        let document = &checked.document;
        let path = Path::new(document.name());
        let whole = path.canonicalize().or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.to_owned());
        let Ok(inside) = whole.strip_prefix(&self.top) else { return true };
        let inside = inside.to_string_lossy().replace('\\', "/");
        if self.whole.contains(&inside) {
            return true;
        }
        let Some(changes) = self.lines.get(&inside) else { return false };
        let gap = !finding.missing.is_empty();
        let entry = document.entry_at(finding.span.start).and_then(|index| document.entries().get(index));
        let span = if gap { entry.map_or(finding.span, |entry| entry.span.cover(finding.span)) } else { finding.span };
        let line = |offset: u32| match document.place(offset) {
            Place::Line { line, .. } => Some(line),
            _ => None,
        };
        let last = Span { start: span.end.saturating_sub(1).max(span.start), end: span.end }.start;
        let (Some(first), Some(last)) = (line(span.start), line(last)) else { return true };
        // Lines that were taken out change what is missing, and nothing that is there.
        changes.iter().any(
            |(from, to)| if from > to { gap && *to <= last && *from >= first } else { *from <= last && *to >= first },
        )
    }
}

#[cfg(test)]
mod tests {
    use super::hunks;

    #[test]
    fn changed_lines_are_read_from_a_diff() {
        let diff = "diff --git a/a b.md b/a b.md\n--- a/a b.md\t\n+++ b/a b.md\t\n@@ -3,2 +5 @@ head\n-one\n---- b/no.md\n+++ b/no.md\n\
                    @@ -9 +9,0 @@\n-gone\ndiff --git a/x.md b/x.md\nnew file mode 100644\n--- /dev/null\n+++ b/x.md\n@@ -0,0 +1,2 @@\n+a\n+b\n";
        let read = hunks(diff);
        assert_eq!(read.len(), 2);
        assert_eq!(read["a b.md"], [(5, 5), (10, 9)]);
        assert_eq!(read["x.md"], [(1, 2)]);
    }
}
