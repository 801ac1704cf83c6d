//! Starts the local server.

use super::answer::Answer;
use super::args::{RuleArgs, kind};
use super::settings::{self, Loaded};
use crate::document::Kind;
use crate::serve::{Door, Service};
use clap::Args;
use std::io::Write;

/// What `serve` takes.
#[derive(Args, Debug)]
pub(super) struct ServeArgs {
    #[command(flatten)]
    pub(super) rule: RuleArgs,
    /// The port; 0 takes any that is free
    #[arg(long, default_value_t = 8081)]
    pub(super) port: u16,
    /// What texts are; otherwise it is guessed from each
    #[arg(long, value_parser = kind())]
    pub(super) kind: Option<Kind>,
}

/// Answers `dignity serve`: it goes on until it is stopped.
pub(super) fn serve(args: &ServeArgs) -> Answer {
    let Loaded { checker, profile, .. } = match settings::load(&args.rule, &[]) {
        Ok(loaded) => loaded,
        Err(broken) => return broken.answer(),
    };
    let door = match Door::open(args.port) {
        Ok(door) => door,
        Err(what) => return Answer::wrong(format!("{what}\n")),
    };
    let port = door.port();
    let _ = write!(
        std::io::stderr(),
        "Only this machine can reach it; nothing is kept. Stop it with Ctrl+C.\n  a page to paste into   http://127.0.0.1:{port}/\n  \
         for programs           http://127.0.0.1:{port}/api/openapi.json\n  as LanguageTool        http://127.0.0.1:{port}/v2\n"
    );
    door.serve(Service { checker, kind: args.kind, profile });
    Answer::fine(Vec::new())
}
