//! One test binary for the whole tool.
mod readers;
