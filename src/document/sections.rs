//! The tree of headings, flattened.

use super::{Block, BlockKind};
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

/// Finds the sections, and tells every block which one it stands in; a heading stands in its own.
pub(super) fn tree(blocks: &mut [Block]) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut open: Vec<u32> = Vec::new();
    let mut last = 0;
    for block in blocks {
        if let BlockKind::Heading(level) = block.kind {
            while let Some(section) = open.last().and_then(|index| sections.get_mut(*index as usize)) {
                if section.level < level {
                    break;
                }
                section.span.end = last;
                open.pop();
            }
            let parent = open.last().copied();
            open.push(u32::try_from(sections.len()).unwrap_or(u32::MAX));
            sections.push(Section { heading: block.span, span: block.span, level, parent });
        }
        block.section = open.last().copied();
        last = block.span.end;
    }
    for index in open {
        if let Some(section) = sections.get_mut(index as usize) {
            section.span.end = last;
        }
    }
    sections
}
