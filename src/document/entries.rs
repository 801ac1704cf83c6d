//! Dated, timed or signed notes in one file.
use crate::span::Span;
/// One note: from one date, time or signature line to the next.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// All of it.
    pub span: Span,
    /// The date or time that opens it, if one does.
    pub stamp: Option<Span>,
}
