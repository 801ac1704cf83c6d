//! Every integration test, in one program: one link, one run.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests say what they expect, and stop where it is not so")]

mod reports;
