//! Named sets of words, spelling pairs, the commonest words: `rules/words/`.

use super::read::written;
use super::values::{Text, Texts};

written! {
    /// A named set of terms, used in rules as `$name`; the name is the name of the file.
    pub struct WordsFile = "a set of words" {
        /// What the words have in common.
        "title" needed => title: Text,
        /// The terms; may use other sets.
        "terms" needed => terms: Texts,
        /// Texts that prove it.
        "tests" => tests: Option<WordsTests>,
    }
}

written! {
    /// Texts that prove a set of words.
    pub struct WordsTests = "`tests`" {
        /// Each holds one of the terms.
        "match" => holds: Option<Texts>,
        /// None holds one of the terms.
        "no-match" => holds_not: Option<Texts>,
    }
}

written! {
    /// Word parts that are spelt in two ways.
    pub struct SpellingFile = "the spelling pairs" {
        /// What this is.
        "title" => title: Option<Text>,
        /// Pairs: as rules are written, and as it may also be spelt.
        "pairs" needed => pairs: Vec<PairForm>,
    }
}

written! {
    /// One pair.
    pub struct PairForm = "a spelling pair" {
        /// As rules are written.
        "from" needed => from: Text,
        /// As it may also be spelt.
        "to" needed => to: Text,
    }
}

written! {
    /// The commonest words of the language, commonest first.
    pub struct CommonFile = "the list of common words" {
        /// What this is.
        "title" => title: Option<Text>,
        /// The words.
        "words" needed => words: Texts,
    }
}
