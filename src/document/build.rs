//! How readers make a document: they say what they see, in order.

use super::{Block, BlockKind, Entry, Kind, Place, Problem, Reason, Section, Tick};
use crate::span::Span;
use std::fmt;

/// One read document. See the module page.
pub struct Document {
    name: String,
    text: String,
    blocks: Vec<Block>,
    sections: Vec<Section>,
    entries: Vec<Entry>,
    problems: Vec<Problem>,
    kind: Kind,
    reason: Reason,
}

impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Document({} bytes, {} blocks)", self.text.len(), self.blocks.len())
    }
}
/// Makes a document.
pub struct Builder {
    document: Document,
}
