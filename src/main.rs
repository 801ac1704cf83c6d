//! The program `dignity`: hands its arguments over and returns the exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    dignity::cli::main()
}
