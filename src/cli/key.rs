//! The secret key that names findings about people: where it comes from, and how a new one is made.

use super::answer::Answer;
use super::args::{KeyArgs, KeygenArgs};
use super::face;
use crate::report::words::safe;
use crate::run;
use crate::settle::Key;
use crate::settle::fingerprint::hex;
use std::path::Path;

/// The variable that may hold the key itself.
pub(super) const VARIABLE: &str = "DIGNITY_KEY";

/// The key that was given, if one was. The file counts before the variable.
///
/// # Errors
/// What is wrong with it, without a letter of it.
pub(super) fn given(args: &KeyArgs) -> Result<Option<Key>, String> {
    let (text, whence) = match &args.key_file {
        Some(file) => {
            let name = safe(&file.display().to_string()).into_owned();
            (run::read_text(file).map_err(|what| format!("{name}: {what}"))?, name)
        }
        None => match face::value(VARIABLE) {
            Some(text) => (text, VARIABLE.to_owned()),
            None => return Ok(None),
        },
    };
    let short = || format!("{whence}: a key has at least {} characters; dignity keygen makes one", Key::SHORTEST);
    Key::new(text.trim().as_bytes()).map(Some).ok_or_else(short)
}

/// Answers `dignity keygen`.
pub(super) fn keygen(args: &KeygenArgs) -> Answer {
    let path: &Path = &args.file;
    let name = safe(&path.display().to_string()).into_owned();
    let written = run::random().and_then(|bytes| run::write_secret(path, &format!("{}\n", hex(&bytes))));
    match written {
        Ok(()) => Answer::fine(format!(
            "{name}: a new key, readable by this account only.\nKeep it with the records, never in version control: \
             whoever holds it can try out what a finding was about.\nUse it: dignity notes/ --key-file {name}\n"
        )),
        Err(what) => Answer::wrong(format!("{name}: {what}\n")),
    }
}
