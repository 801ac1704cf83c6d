//! One test binary for the whole tool.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::format_collect,
    clippy::assigning_clones,
    reason = "a test says what it expects"
)]

mod audit;
mod cli;
mod context;
mod corpus;
mod house;
#[cfg(feature = "lsp")]
mod lsp;
mod outputs;
mod readers;
mod reports;
mod rules;
#[cfg(feature = "serve")]
mod serve;
mod settle;
