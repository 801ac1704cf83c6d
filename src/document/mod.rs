//! The one shape every format is read into: a reading text, its blocks, its places.
//!
//! A [`Document`] is made only by its [`Builder`]. Every span anyone holds points into
//! [`Document::text`]; where those words stand in the original is asked for with
//! [`Document::place`], never computed by hand. `Debug` prints sizes, never words.

mod block;
mod build;
mod entries;
mod kind;
mod place;
mod sections;
mod sentences;

pub use block::{Block, BlockKind, Tick};
pub use build::{Builder, Document};
pub use entries::Entry;
pub use kind::{Kind, KindSet, Reason};
pub use place::{Place, Problem};
pub use sections::Section;
pub use sentences::split as split_sentences;

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
