//! A block of the reading text: heading, paragraph, item, cell.

use crate::span::Span;

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading and its level, 1 outermost.
    Heading(u8),
    /// Running text.
    Paragraph,
    /// A list item and its depth, 0 outermost.
    Item(u8),
    /// A table cell: row from 0 (row 0 is the header row when `header`), column from 0.
    Cell {
        /// Row, from 0.
        row: u32,
        /// Column, from 0.
        column: u32,
        /// Whether it stands in the header row.
        header: bool,
    },
    /// A quotation set apart.
    Quote,
    /// Code or preformatted text; never prose.
    Code,
    /// A form prompt without an answer (`Strengths:`), or an answer's label.
    Prompt,
    /// Metadata at the head of the file.
    FrontMatter,
}

impl BlockKind {
    /// Structure is never a statement: headings, prompts, header cells, code, front matter.
    pub fn is_structure(self) -> bool {
        matches!(
            self,
            Self::Heading(_) | Self::Prompt | Self::Code | Self::FrontMatter | Self::Cell { header: true, .. }
        )
    }
}

/// The state of a tick box in front of a block.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tick {
    /// No box.
    #[default]
    None,
    /// A box with a tick.
    Ticked,
    /// A box without: the words behind it are an option, not a statement.
    Unticked,
}

/// One block.
#[derive(Clone, Copy, Debug)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its words, without markers such as `-`, `#` or `[ ]`.
    pub span: Span,
    /// Index of the block that leads into it (the `…:` line above a list), if any.
    pub lead_in: Option<u32>,
    /// Index into [`super::Document::sections`], if under a heading.
    pub section: Option<u32>,
    /// The tick box in front of it.
    pub tick: Tick,
}
