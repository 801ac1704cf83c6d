//! A term, taken apart: what the matcher looks for.

/// A way a word may be written.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Form {
    /// ASCII lower case; letters, digits, `_` and bytes above 0x7f only.
    pub text: String,
    /// Whether any ending may follow (`restrain*`). At least four letters then.
    pub prefix: bool,
}

/// One step of a phrase.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Element {
    /// One word, in one of these forms. Between two words stand white space (one line break at most
    /// together), hyphens, apostrophes, slashes, or a full stop with no space behind it.
    Word(Vec<Form>),
    /// Up to so many words, never across a sentence end or the end of a block.
    Gap(u8),
    /// A number in figures: `25`, `2.5`, `14:05`, `1/52`.
    Number,
    /// A comma right before what follows; first in a phrase.
    Comma,
    /// One of these, tried in order; an empty one means that nothing need stand here.
    Any(Vec<Vec<Element>>),
}

/// A phrase: starts and ends with a word or a number.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Pattern(pub Vec<Element>);

/// A term of a rule.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Term {
    /// Plain words: any of these phrases.
    Phrases(Vec<Pattern>),
    /// A regular expression of the `regex` crate, `/…/`.
    Regex {
        /// Between the slashes.
        source: String,
        /// `/…/c`
        case_sensitive: bool,
    },
}
