//! What a command answers: text for standard output and standard error, and one exit code.

use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

/// How it ended. Decided once; no format or flag about looks can change it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(super) enum Code {
    /// Checked, nothing at the fail level.
    Fine = 0,
    /// Findings at the fail level or above it; examples that do not hold.
    Found = 1,
    /// Wrong use, or broken rules or settings.
    Wrong = 2,
    /// Something asked for could not be read, or nothing was checked.
    Unread = 3,
    /// A fault of ours.
    Fault = 4,
}

/// An answer.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) out: Vec<u8>,
    pub(super) err: String,
    pub(super) code: Code,
}

impl Answer {
    pub(super) fn fine(out: impl Into<Vec<u8>>) -> Self {
        Self { out: out.into(), err: String::new(), code: Code::Fine }
    }

    pub(super) fn wrong(err: impl Into<String>) -> Self {
        Self { out: Vec::new(), err: err.into(), code: Code::Wrong }
    }

    /// Writes both texts, each at once. A reader that went away is no error.
    pub(super) fn give(&self) -> ExitCode {
        let written = give(&mut io::stdout().lock(), &self.out)
            .and_then(|()| give(&mut io::stderr().lock(), self.err.as_bytes()));
        match written {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => ExitCode::from(Code::Fault as u8),
            _ => ExitCode::from(self.code as u8),
        }
    }
}

fn give(to: &mut dyn Write, text: &[u8]) -> io::Result<()> {
    if text.is_empty() {
        return Ok(());
    }
    to.write_all(text)?;
    to.flush()
}
