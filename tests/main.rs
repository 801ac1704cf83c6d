//! One test binary for the whole tool.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test says what it expects")]

mod cli;
mod readers;
mod reports;
mod rules;
