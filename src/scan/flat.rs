//! Numbers in a row, stored as plain bytes: a start of the program must not decode them one by one.

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::ops::Deref;

/// A list of numbers.
#[derive(Clone, Debug, Default)]
pub(super) struct Flat(pub(super) Vec<u32>);

impl Deref for Flat {
    type Target = [u32];

    fn deref(&self) -> &[u32] {
        &self.0
    }
}

impl Flat {
    /// How many numbers there are, as a number.
    pub(super) fn count(&self) -> u32 {
        u32::try_from(self.0.len()).unwrap_or(u32::MAX)
    }

    /// The part between the end of item `at - 1` and the end of item `at`, where `ends` says where items end.
    pub(super) fn part(&self, ends: &Self, at: u32) -> &[u32] {
        let at = at as usize;
        let start = if at == 0 { 0 } else { ends[at - 1] as usize };
        &self.0[start..ends[at] as usize]
    }
}

impl Serialize for Flat {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let bytes: Vec<u8> = self.0.iter().flat_map(|number| number.to_le_bytes()).collect();
        serializer.serialize_bytes(&bytes)
    }
}

impl<'de> Deserialize<'de> for Flat {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Bytes;
        impl Visitor<'_> for Bytes {
            type Value = Flat;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("numbers as bytes")
            }

            fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Flat, E> {
                let (numbers, rest) = bytes.as_chunks::<4>();
                if !rest.is_empty() {
                    return Err(E::custom("not a whole count of numbers"));
                }
                Ok(Flat(numbers.iter().map(|number| u32::from_le_bytes(*number)).collect()))
            }
        }
        deserializer.deserialize_bytes(Bytes)
    }
}
