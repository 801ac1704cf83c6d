//! Lead-ins: the block that a list item, a table cell or an answer must be read with.

use super::{Block, BlockKind, Tick};

/// Sets `lead_in` of items (the `…:` line, else the heading or the parent item), of body cells (the header
/// of their column) and of the words behind a prompt.
pub(super) fn lead(text: &str, blocks: &mut [Block]) {
    let mut list: Vec<Level> = Vec::new();
    let mut headers: Vec<(u32, u32)> = Vec::new();
    let mut last_row = 0;
    for index in 0..blocks.len() {
        let kind = blocks[index].kind;
        if let BlockKind::Cell { row, column, header } = kind {
            if row < last_row || !is_cell(blocks, index.wrapping_sub(1)) {
                headers.clear();
            }
            last_row = row;
            if header {
                headers.push((column, narrow(index)));
            } else {
                blocks[index].lead_in = headers.iter().find(|(known, _)| *known == column).map(|(_, lead)| *lead);
            }
        }
        if let BlockKind::Item(depth) = kind {
            while list.last().is_some_and(|level| level.depth > depth) {
                list.pop();
            }
            // Boxes to tick behind a list without are a list of their own.
            let apart = index.checked_sub(1).is_some_and(|before| {
                blocks[before].kind == kind
                    && (blocks[before].tick == Tick::None) != (blocks[index].tick == Tick::None)
                    && text[blocks[before].span.to()..blocks[index].span.from()].contains("\n\n")
            });
            if apart {
                list.pop();
                list.push(Level { depth, lead: None });
            }
            if list.last().is_none_or(|level| level.depth < depth) {
                let outer = list.last().and_then(|level| level.lead);
                let lead = index.checked_sub(1).and_then(|before| opens(text, blocks, before, outer));
                list.push(Level { depth, lead });
            }
            blocks[index].lead_in = list.last().and_then(|level| level.lead);
        } else {
            list.clear();
        }
        if matches!(kind, BlockKind::Paragraph | BlockKind::Quote)
            && index.checked_sub(1).is_some_and(|before| blocks[before].kind == BlockKind::Prompt)
        {
            blocks[index].lead_in = Some(narrow(index - 1));
        }
    }
}

struct Level {
    depth: u8,
    lead: Option<u32>,
}

/// Which block leads into a list that begins right behind `before`.
fn opens(text: &str, blocks: &[Block], before: usize, outer: Option<u32>) -> Option<u32> {
    let block = blocks[before];
    let colon = text.as_bytes().get(block.span.to().wrapping_sub(1)) == Some(&b':');
    match block.kind {
        BlockKind::Heading(_) | BlockKind::Prompt => Some(narrow(before)),
        BlockKind::Paragraph | BlockKind::Quote | BlockKind::Item(_) if colon => Some(narrow(before)),
        BlockKind::Item(_) => outer,
        _ => None,
    }
}

fn is_cell(blocks: &[Block], index: usize) -> bool {
    blocks.get(index).is_some_and(|block| matches!(block.kind, BlockKind::Cell { .. }))
}

fn narrow(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
