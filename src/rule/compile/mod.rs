//! Turns rules as written into rules as run.
