//! Bytes to characters, with the way back.
//!
//! In order: byte-order mark, valid UTF-8, UTF-16 by its zero bytes, UTF-8 with a few bad bytes, and last a
//! guess among the older encodings. What is no text at all is said to be none.

use crate::document::FileMap;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use memchr::memchr_iter;
use std::borrow::Cow;

/// Decoded text.
pub(super) struct Decoded<'b> {
    /// The characters, without a byte-order mark.
    pub(super) text: Cow<'b, str>,
    /// How its offsets become those of the file.
    pub(super) map: FileMap,
    /// How many places held bytes that are no characters.
    pub(super) lost: usize,
}

/// Decodes `bytes`, which say of themselves that they are `declared`; that counts where they are no valid UTF-8
/// and have no byte-order mark. `None` when they are no text.
pub(super) fn decode_as<'b>(bytes: &'b [u8], declared: Option<&'static Encoding>) -> Option<Decoded<'b>> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        let rest = &bytes[length..];
        return if encoding == UTF_16LE || encoding == UTF_16BE {
            Some(wide(encoding, rest, 2))
        } else {
            let text = std::str::from_utf8(rest);
            let marked = text.map(|text| Decoded { text: text.into(), map: FileMap::Marked, lost: 0 });
            Some(marked.unwrap_or_else(|_| mended(rest, 3)))
        };
    }
    if let Some(encoding) = zeros(bytes) {
        return Some(wide(encoding, bytes, 0));
    }
    let stray = memchr_iter(0, bytes).count();
    if stray * 200 > bytes.len() {
        return None;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(Decoded { text: text.into(), map: FileMap::Same, lost: stray });
    }
    if controls(bytes) * 20 > bytes.len().min(SAMPLE) {
        return None;
    }
    // A file that can be read in ASCII up to its declaration cannot be of UTF-16, whatever it says.
    if let Some(encoding) = declared.filter(|encoding| *encoding != UTF_8 && encoding.is_ascii_compatible()) {
        return Some(older(encoding, bytes, stray));
    }
    Some(if mostly_utf8(bytes) { mended(bytes, 0) } else { older(guessed(bytes), bytes, stray) })
}

/// As much of a file as is looked at to tell what it is.
const SAMPLE: usize = 64 * 1024;

fn controls(bytes: &[u8]) -> usize {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    sample.iter().filter(|b| **b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0B | 0x0C | 0x1B)).count()
}

/// Whether nearly every other byte is zero, as in the plain letters of UTF-16.
fn zeros(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE) & !1];
    let units = sample.len() / 2;
    if units == 0 {
        return None;
    }
    let even = sample.iter().step_by(2).filter(|b| **b == 0).count();
    let odd = sample.iter().skip(1).step_by(2).filter(|b| **b == 0).count();
    // A wide text has line ends and blanks even where its letters are not Latin.
    if odd * 10 > units * 4 && even * 50 <= units {
        Some(UTF_16LE)
    } else if even * 10 > units * 4 && odd * 50 <= units {
        Some(UTF_16BE)
    } else {
        None
    }
}

fn wide<'b>(encoding: &'static Encoding, bytes: &'b [u8], skip: u32) -> Decoded<'b> {
    let (text, bad) = encoding.decode_without_bom_handling(bytes);
    Decoded { text, map: FileMap::Wide(skip), lost: usize::from(bad) }
}

/// Whether the bytes hold far more whole characters of UTF-8 than bad bytes.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|b| *b >= 0xC0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > 2 * bad
}

/// UTF-8 with every bad place replaced by one sign.
fn mended(bytes: &[u8], skip: usize) -> Decoded<'static> {
    let mut text = String::with_capacity(bytes.len());
    let mut pairs = vec![(0, narrow(skip))];
    let (mut at, mut lost) = (skip, 0);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        at += chunk.valid().len();
        if !chunk.invalid().is_empty() {
            pairs.push((narrow(text.len()), narrow(at)));
            text.push('\u{FFFD}');
            at += chunk.invalid().len();
            pairs.push((narrow(text.len()), narrow(at)));
            lost += 1;
        }
    }
    Decoded { text: text.into(), map: FileMap::Pieces(pairs), lost }
}

fn guessed(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

fn older<'b>(encoding: &'static Encoding, bytes: &'b [u8], stray: usize) -> Decoded<'b> {
    if encoding.is_single_byte() {
        let (text, bad) = encoding.decode_without_bom_handling(bytes);
        return Decoded { text, map: FileMap::Single, lost: stray + usize::from(bad) };
    }
    // Several bytes a character: one byte at a time, to know where each character stood.
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(bytes.len() * 2);
    let mut pairs: Vec<(u32, u32)> = vec![(0, 0)];
    let (mut begun, mut lost) = (0, 0);
    for (at, byte) in bytes.iter().enumerate() {
        let before = text.len();
        text.reserve(16);
        let (_, _, bad) = decoder.decode_to_string(std::slice::from_ref(byte), &mut text, at + 1 == bytes.len());
        lost += usize::from(bad);
        if text.len() > before {
            let (from, to) = (narrow(before), narrow(begun));
            if pairs.last().is_none_or(|(known, file)| to.wrapping_sub(*file) != from - known) {
                pairs.push((from, to));
            }
            begun = at + 1;
        }
    }
    Decoded { text: text.into(), map: FileMap::Pieces(pairs), lost }
}

/// Files above 4 GiB are refused before they come here.
fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}
