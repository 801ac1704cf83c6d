//! Reads a term: plain words with seven marks.
