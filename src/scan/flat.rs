//! Numbers in a row, stored as plain bytes: those that came with the program are read where they lie, so that a start
//! decodes, copies and touches none of them.

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

/// A number as it is stored: four bytes, the lowest first.
pub(super) type Stored = [u8; 4];

/// The number that is stored.
pub(super) fn number(stored: Stored) -> u32 {
    u32::from_le_bytes(stored)
}

/// A list of numbers.
#[derive(Clone, Debug, Default)]
pub(super) struct Flat(Cow<'static, [Stored]>);

impl Deref for Flat {
    type Target = [Stored];

    fn deref(&self) -> &[Stored] {
        &self.0
    }
}

impl Flat {
    /// Of these numbers.
    pub(super) fn of(numbers: impl IntoIterator<Item = u32>) -> Self {
        Self(Cow::Owned(numbers.into_iter().map(u32::to_le_bytes).collect()))
    }

    /// Adds numbers at the end.
    pub(super) fn extend(&mut self, numbers: impl IntoIterator<Item = u32>) {
        self.0.to_mut().extend(numbers.into_iter().map(u32::to_le_bytes));
    }

    /// How many numbers there are, as a number.
    pub(super) fn count(&self) -> u32 {
        u32::try_from(self.0.len()).unwrap_or(u32::MAX)
    }

    /// Number `at` of the list.
    pub(super) fn at(&self, at: usize) -> u32 {
        number(self.0[at])
    }

    /// The numbers, in order.
    pub(super) fn numbers(&self) -> impl Iterator<Item = u32> + '_ {
        self.0.iter().map(|stored| number(*stored))
    }

    /// The part between the end of item `at - 1` and the end of item `at`, where `ends` says where items end.
    pub(super) fn part(&self, ends: &Self, at: u32) -> &[Stored] {
        let at = at as usize;
        let start = if at == 0 { 0 } else { ends.at(at - 1) as usize };
        &self.0[start..ends.at(at) as usize]
    }
}

impl Serialize for Flat {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.0.as_flattened())
    }
}

impl<'de: 'static> Deserialize<'de> for Flat {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (numbers, rest) = deserializer.deserialize_bytes(Bytes)?.as_chunks::<4>();
        if rest.is_empty() {
            Ok(Self(Cow::Borrowed(numbers)))
        } else {
            Err(D::Error::custom("no whole count of numbers"))
        }
    }
}

/// Takes bytes where they lie.
struct Bytes;

impl Visitor<'static> for Bytes {
    type Value = &'static [u8];

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("bytes")
    }

    fn visit_borrowed_bytes<E: Error>(self, bytes: &'static [u8]) -> Result<&'static [u8], E> {
        Ok(bytes)
    }
}

/// Reads bytes that came with the program where they lie.
pub(super) fn bytes<'de: 'static, D: Deserializer<'de>>(deserializer: D) -> Result<Cow<'static, [u8]>, D::Error> {
    deserializer.deserialize_bytes(Bytes).map(Cow::Borrowed)
}

/// Writes what [`bytes`] reads.
pub(super) fn as_bytes<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_bytes(bytes)
}

/// Reads letters that came with the program where they lie.
pub(super) fn letters<'de: 'static, D: Deserializer<'de>>(deserializer: D) -> Result<Cow<'static, str>, D::Error> {
    <&'static str>::deserialize(deserializer).map(Cow::Borrowed)
}
