//! `dignity` reads service policies and care records as a rights reviewer would.
//!
//! Three nouns, four verbs, one door: [`document`], [`rule`], [`finding`]; [`read`], [`check`], settle,
//! [`report`]; [`checker::Checker`]. Verbs never import verbs, and nothing imports upward.

pub mod built_in;
pub mod check;
pub mod checker;
#[cfg(feature = "cli")]
pub mod cli;
pub mod config;
pub mod document;
pub mod finding;
#[cfg(feature = "lsp")]
pub mod lsp;
pub mod prove;
pub mod read;
pub mod report;
pub mod rule;
#[cfg(feature = "cli")]
pub mod run;
pub mod scan;
#[cfg(feature = "serve")]
pub mod serve;
pub mod span;
