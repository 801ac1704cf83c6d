//! Compiles the rules under `rules/` with the same code that reads a project's own rules, and fails on a mistake.

#[path = "src/span.rs"]
#[allow(dead_code, missing_docs, unreachable_pub, reason = "the build uses a part of the library's own modules")]
mod span;

#[path = "src/scan/mod.rs"]
#[allow(
    dead_code,
    unused_imports,
    missing_docs,
    unreachable_pub,
    reason = "the build uses a part of the library's own modules"
)]
mod scan;

#[path = "src/rule/mod.rs"]
#[allow(
    dead_code,
    unused_imports,
    missing_docs,
    unreachable_pub,
    reason = "the build uses a part of the library's own modules"
)]
mod rule;

#[path = "src/document"]
#[allow(dead_code, missing_docs, unreachable_pub, reason = "rules know only kinds and reaches of a document")]
mod document {
    mod kind;
    mod reach;
    pub use kind::{Kind, KindSet};
    pub use reach::Reach;
}

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs, io};

#[allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a build script speaks to cargo on standard output, and reads and writes files"
)]
fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=rules");
    println!("cargo::rerun-if-changed=build.rs");
    for room in ["span.rs", "scan", "rule", "document/kind.rs", "document/reach.rs"] {
        println!("cargo::rerun-if-changed=src/{room}");
    }
    match write(Path::new("rules")) {
        Ok(mistakes) if mistakes.is_empty() => ExitCode::SUCCESS,
        Ok(mistakes) => {
            for mistake in mistakes {
                println!("cargo::error={}", mistake.replace('\n', " "));
            }
            ExitCode::FAILURE
        }
        Err(error) => {
            println!("cargo::error=the rules could not be read or written: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Compiles and writes; answers with the mistakes in the rules, each on a line.
#[allow(clippy::disallowed_methods, reason = "a build script reads and writes files")]
fn write(folder: &Path) -> io::Result<Vec<String>> {
    let mut files: Vec<(String, String)> = Vec::new();
    if folder.is_dir() {
        collect(folder, &mut files)?;
    }
    files.sort_unstable();
    let named: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let set = match rule::load::from_files(&named) {
        Ok(set) => set,
        Err(errors) => {
            let text = |file: &str| files.iter().find(|(path, _)| path == file).map_or("", |(_, text)| text.as_str());
            return Ok(errors.iter().map(|error| error.line(text(&error.file))).collect());
        }
    };
    let blob = rule::load::encode(&set).ok_or_else(|| io::Error::other("the rules cannot be written as bytes"))?;
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo gives no OUT_DIR"))?);
    fs::write(out.join("rules.hot"), blob.hot)?;
    fs::write(out.join("rules.texts"), blob.texts)?;
    fs::write(out.join("rules.sources"), blob.sources)?;
    Ok(Vec::new())
}

#[allow(clippy::disallowed_methods, reason = "a build script reads files")]
fn collect(folder: &Path, files: &mut Vec<(String, String)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml") {
            let text = fs::read_to_string(&path)?;
            files.push((path.to_string_lossy().replace('\\', "/"), text));
        }
    }
    Ok(())
}
