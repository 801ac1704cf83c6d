//! Bytes to a document. Reading never fails: what was missed is a problem of the document.

use crate::document::Builder;

/// A format.
pub trait Reader: Sync {
    /// Its name.
    fn name(&self) -> &'static str;
    /// File endings, lower case, without the dot.
    fn endings(&self) -> &'static [&'static str];
    /// Whether the first bytes are of this format, where endings lie.
    fn knows(&self, head: &[u8]) -> bool {
        let _ = head;
        false
    }
    /// Reads; what it missed it tells the builder.
    fn read(&self, bytes: &[u8], into: &mut Builder);
}

/// The only list of formats.
pub static READERS: &[&dyn Reader] = &[];
