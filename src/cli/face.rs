//! Where the output goes: a terminal or not, how wide, with colour or without. The only reader of the environment.

use super::args::LookArgs;
use crate::report::Pen;
use std::io::{IsTerminal, stderr, stdout};

/// What is known of the place the output goes to.
#[expect(clippy::struct_excessive_bools, reason = "each is one flag of its own")]
#[derive(Clone, Copy, Debug)]
pub(super) struct Face {
    /// Standard output is a terminal: a person reads it.
    pub(super) terminal: bool,
    /// Standard error is one.
    pub(super) progress: bool,
    /// Colour allowed.
    pub(super) color: bool,
    /// Columns.
    pub(super) width: usize,
    /// For a screen reader.
    pub(super) plain: bool,
}

/// Columns where there is no terminal to ask.
const WIDTH: usize = 100;
/// Longer lines are hard to read, however wide the screen.
const WIDEST: usize = 120;

impl Face {
    pub(super) fn of(look: &LookArgs) -> Self {
        let terminal = stdout().is_terminal();
        let width = if terminal { terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)) } else { None };
        Self {
            terminal,
            progress: stderr().is_terminal(),
            color: terminal && !look.plain && !look.no_color && !variable("NO_COLOR") && !is_dumb(),
            width: width.unwrap_or(WIDTH).clamp(40, WIDEST),
            plain: look.plain,
        }
    }

    pub(super) fn pen(&self) -> Pen {
        Pen { color: self.color, width: self.width }
    }
}

fn variable(name: &str) -> bool {
    std::env::var_os(name).is_some_and(|value| !value.is_empty())
}

/// What the environment holds under `name`; nothing when that is empty.
pub(super) fn value(name: &str) -> Option<String> {
    std::env::var_os(name).map(|value| value.to_string_lossy().into_owned()).filter(|value| !value.is_empty())
}

fn is_dumb() -> bool {
    std::env::var_os("TERM").is_some_and(|value| value == "dumb")
}
