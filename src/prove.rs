//! A rule against its own examples.
