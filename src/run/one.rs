//! One file: reading it in one go, and the few that are written.

use super::Found;
use std::fs::File;
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// The buffer a file is read into; most files fit, so that opening and one read are all it takes.
const ROOM: usize = 64 << 10;

/// Reads `found` into `buffer`, which only ever grows, and says how many bytes came.
pub(super) fn read(found: &Found, buffer: &mut Vec<u8>) -> io::Result<usize> {
    if buffer.is_empty() {
        buffer.resize(ROOM, 0);
    }
    if found.path.as_os_str() == "-" {
        return fill(&mut io::stdin().lock(), buffer, false);
    }
    fill(&mut File::open(&found.path)?, buffer, found.plain)
}

/// `plain`: a read that does not fill the buffer has met the end.
fn fill(from: &mut dyn Read, buffer: &mut Vec<u8>, plain: bool) -> io::Result<usize> {
    let mut length = 0;
    loop {
        if length == buffer.len() {
            // A long file: what is left of it goes behind, into room that nobody has to clear first.
            from.read_to_end(buffer)?;
            return Ok(buffer.len());
        }
        match from.read(&mut buffer[length..]) {
            Ok(0) => return Ok(length),
            Ok(count) => {
                length += count;
                if plain && length < buffer.len() {
                    return Ok(length);
                }
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// What went wrong, and what to do, without a word of the file.
pub(super) fn said(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "there is no file or folder of this name".to_owned(),
        ErrorKind::PermissionDenied => {
            "this account may not read it; ask for access, or run as an account that has it".to_owned()
        }
        ErrorKind::IsADirectory => "it is a folder".to_owned(),
        kind => format!("the system could not read it ({kind})"),
    }
}

/// A file and a place in it, from `FILE:PLACE`; either may hold colons, so the longest name that is a file counts.
pub fn file_and_place(given: &str) -> Option<(&str, &str)> {
    let mut splits = given.rmatch_indices(':').map(|(at, _)| (&given[..at], &given[at + 1..]));
    let last = splits.next()?;
    let is_file = |(file, _): &(&str, &str)| Path::new(file).is_file();
    Some(std::iter::once(last).chain(splits).find(is_file).unwrap_or(last))
}

/// The nearest `dignity.yaml` in the folder of `path` or above it.
pub fn project_file(path: &Path) -> Option<PathBuf> {
    let start = std::path::absolute(path).ok()?;
    // One look at every level; a path that is a file has no file below it, so no separate question is needed.
    let found = start.ancestors().map(|folder| folder.join(crate::config::NAME)).find(|file| file.is_file())?;
    let here = std::path::absolute(".").ok();
    let short = here.and_then(|here| found.strip_prefix(here).ok().map(Path::to_owned));
    Some(short.unwrap_or(found))
}

/// Reads a rule or settings file.
///
/// # Errors
/// What went wrong, in plain words.
pub fn read_text(path: &Path) -> Result<String, String> {
    let found = Found { path: path.to_owned(), name: String::new(), plain: false };
    let mut buffer = Vec::new();
    let length = read(&found, &mut buffer).map_err(|error| said(&error))?;
    buffer.truncate(length);
    String::from_utf8(buffer).map_err(|_| "it is not UTF-8 text".to_owned())
}

/// Every rule file below `folder`: its path, and its text.
///
/// # Errors
/// The path of the first that cannot be read, and why.
pub fn read_tree(folder: &Path) -> Result<Vec<(String, String)>, (String, String)> {
    let mut files = Vec::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().unwrap_or(folder).display().to_string();
                let what = error.io_error().map_or_else(|| "a folder that contains itself".to_owned(), said);
                return Err((path, what));
            }
        };
        let is_rule = entry.path().extension().is_some_and(|ending| ending == "yaml" || ending == "yml");
        if !entry.file_type().is_file() || !is_rule {
            continue;
        }
        let text = read_text(entry.path()).map_err(|what| (entry.path().display().to_string(), what))?;
        files.push((entry.path().display().to_string(), text));
    }
    Ok(files)
}

/// Writes a report; a report of an earlier run is replaced.
///
/// # Errors
/// What went wrong, in plain words.
pub fn write_report(path: &Path, text: &[u8]) -> Result<(), String> {
    let written = File::create(path).and_then(|mut file| file.write_all(text));
    written.map_err(|error| match error.kind() {
        ErrorKind::NotFound => "there is no such folder to write into".to_owned(),
        ErrorKind::PermissionDenied => "this account may not write there".to_owned(),
        kind => format!("it could not be written ({kind})"),
    })
}

/// Writes a new file, with the folders it needs. A file that is there already is never touched.
///
/// # Errors
/// What went wrong, in plain words.
pub fn write_new(path: &Path, text: &str) -> Result<(), String> {
    let told = |error: io::Error| match error.kind() {
        ErrorKind::AlreadyExists => "it is there already, and stays as it is".to_owned(),
        ErrorKind::PermissionDenied => "this account may not write there".to_owned(),
        kind => format!("it could not be written ({kind})"),
    };
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(told)?;
    }
    let mut file = File::options().write(true).create_new(true).open(path).map_err(told)?;
    file.write_all(text.as_bytes()).map_err(told)
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn a_file_larger_than_the_buffer_is_read_whole() {
        for size in [0, 1, 63, 64, 65, 1000] {
            let bytes: Vec<u8> = (0..=255).cycle().take(size).collect();
            for plain in [false, true] {
                let mut buffer = vec![0; 16];
                let length = fill(&mut bytes.as_slice(), &mut buffer, plain).unwrap();
                assert_eq!(buffer[..length], bytes, "{size}");
            }
        }
    }
}
