//! The command line: arguments to an answer, an answer to two streams and one exit code.

mod accept;
mod answer;
mod answers;
mod args;
mod audit;
mod baseline;
mod check;
mod coverage;
mod doctor;
mod explain;
mod face;
mod init;
mod key;
mod lookup;
#[cfg(feature = "lsp")]
mod lsp;
mod new;
mod rules;
mod schema;
#[cfg(feature = "serve")]
mod serve;
mod settings;
mod test;
mod today;
mod why;

use answer::{Answer, Code};
use args::{Cli, Command, NewCommand};
use clap::{CommandFactory, Parser};
use std::io::Write;
use std::panic::{catch_unwind, set_hook};
use std::process::ExitCode;

/// Runs the program: what it does depends on the arguments it was started with.
pub fn main() -> ExitCode {
    set_hook(Box::new(|panic| {
        // The message of a panic may hold words of a document; its place in the code holds none.
        let place = panic.location().map(|at| format!("{}:{}", at.file(), at.line())).unwrap_or_default();
        let _ =
            writeln!(std::io::stderr(), "dignity {}: a fault of this program at {place}", env!("CARGO_PKG_VERSION"));
    }));
    match catch_unwind(|| answer(Cli::parse()).give()) {
        Ok(code) => code,
        Err(_) => ExitCode::from(Code::Fault as u8),
    }
}

fn answer(cli: Cli) -> Answer {
    let Some(command) = cli.command else { return check::check(&cli.check) };
    match command {
        Command::Check(args) => check::check(&args),
        Command::Audit(args) => audit::audit(&args),
        Command::Explain(args) => explain::explain(&args),
        Command::Why(args) => why::why(&args),
        Command::Test(args) => test::test(&args),
        Command::Rules(args) => rules::rules(&args),
        Command::New(NewCommand::Rule(args)) => new::rule(&args),
        Command::Init => init::init(),
        Command::Accept(args) => accept::accept(&args),
        Command::Accepted(args) => accept::accepted(&args),
        Command::Baseline(args) => baseline::baseline(&args),
        Command::Keygen(args) => key::keygen(&args),
        Command::Schema { form } => schema::schema(&form),
        Command::Settings(args) => settings::show(&args),
        #[cfg(feature = "lsp")]
        Command::Lsp(args) => lsp::lsp(&args),
        #[cfg(feature = "serve")]
        Command::Serve(args) => serve::serve(&args),
        Command::Doctor(args) => doctor::doctor(&args),
        Command::ReadApart { format, seconds } => read_apart(&format, seconds),
        Command::Man => {
            let mut out = Vec::new();
            // Writing to memory does not fail.
            let _ = clap_mangen::Man::new(Cli::command()).render(&mut out);
            Answer::fine(out)
        }
        Command::Completions { shell } => {
            let mut out = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "dignity", &mut out);
            Answer::fine(out)
        }
    }
}

fn read_apart(format: &str, seconds: u64) -> Answer {
    let mut answer = Answer::fine("");
    if !crate::run::answer(format, seconds) {
        answer.code = Code::Unread;
    }
    answer
}

#[cfg(test)]
mod tests {
    use super::{Cli, CommandFactory};

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }
}
