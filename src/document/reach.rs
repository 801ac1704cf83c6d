//! How far around a word to look.

/// How far to look around a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reach {
    /// To the nearest comma-free clause border inside the sentence.
    Clause,
    /// The sentence.
    Sentence,
    /// The block: paragraph, item or cell.
    Paragraph,
    /// The list item, with what is nested under it.
    ListItem,
    /// The text under the nearest heading, with its sub-headings.
    Section,
    /// One dated, timed or signed note.
    Entry,
    /// The whole document.
    Document,
    /// All entries of one file.
    Record,
}
