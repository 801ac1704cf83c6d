//! A byte range of the reading text.

use serde::{Deserialize, Serialize};

/// A half-open byte range `start..end` into [`crate::document::Document::text`], on character borders.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span from two byte offsets; texts above 4 GiB are refused by the reader, so the cast holds.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "a span runs forwards");
        Self { start: u32::try_from(start).unwrap_or(u32::MAX), end: u32::try_from(end).unwrap_or(u32::MAX) }
    }

    /// Start as an index.
    pub fn from(self) -> usize {
        self.start as usize
    }

    /// End as an index.
    pub fn to(self) -> usize {
        self.end as usize
    }

    /// As a range, to slice with.
    pub fn range(self) -> std::ops::Range<usize> {
        self.from()..self.to()
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.to() - self.from()
    }

    /// Whether nothing is in it.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `inner` lies wholly within.
    pub fn contains(self, inner: Self) -> bool {
        self.start <= inner.start && inner.end <= self.end
    }

    /// Whether the byte at `offset` is inside.
    pub fn has(self, offset: u32) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Whether both share at least one byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}
