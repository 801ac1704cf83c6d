//! The tree of headings, flattened.
use crate::span::Span;
/// A heading and what stands under it.
#[derive(Clone, Copy, Debug)]
pub struct Section {
    /// The heading's words.
    pub heading: Span,
    /// From the heading to the last word under it, sub-headings included.
    pub span: Span,
    /// Level, 1 outermost.
    pub level: u8,
    /// Index of the section it stands in.
    pub parent: Option<u32>,
}
