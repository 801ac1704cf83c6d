//! CSV and its kin: one document a row.
//!
//! What parts the columns is seen in the first rows, not believed from the ending: a `.csv` of a German or French
//! program has semicolons.

use super::table::Table;
use super::{Input, Reader, decoded};
use crate::document::Document;
use csv::{ReaderBuilder, StringRecord};

/// The reader of tables written as text.
pub(super) struct Csv;

/// What may part columns; of equals the first counts.
const SIGNS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// So many bytes are looked at to see what parts the columns.
const SAMPLE: usize = 64 << 10;

impl Reader for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["csv", "tsv", "tab", "psv"]
    }

    fn read_each(&self, input: &Input<'_>, each: &mut dyn FnMut(Document)) {
        let mut file = input.document();
        file.format(self.name());
        let Some(source) = decoded(input.bytes, &mut file) else { return each(file.finish()) };
        let (text, hint) = hinted(&source.text);
        let sign = hint.unwrap_or_else(|| sign(text));
        let mut rows = parted(text, sign);
        let mut record = StringRecord::new();
        let mut table = Table::new(self.name(), input, source.lost);
        // A reader of bytes in memory that are known to be characters does not fail.
        while rows.read_record(&mut record).unwrap_or(false) {
            table.row(record.iter(), each);
        }
        table.finish(each);
    }
}

fn parted(text: &str, sign: u8) -> csv::Reader<&[u8]> {
    ReaderBuilder::new().delimiter(sign).has_headers(false).flexible(true).from_reader(text.as_bytes())
}

/// A first line `sep=;` is a hint some programs write; it is no row.
fn hinted(text: &str) -> (&str, Option<u8>) {
    let hint = text.strip_prefix("sep=").and_then(|rest| {
        let end = rest.find(['\n', '\r'])?;
        let sign = *rest.as_bytes().first().filter(|_| end == 1)?;
        Some((rest[end..].trim_start_matches(['\r', '\n']), Some(sign)))
    });
    hint.unwrap_or((text, None))
}

/// The sign that parts the first rows into the most columns, equally many in nearly every row.
fn sign(text: &str) -> u8 {
    let sample = &text[..text.floor_char_boundary(SAMPLE)];
    let weight = |sign: u8| {
        let widths: Vec<usize> =
            parted(sample, sign).into_records().take(50).filter_map(Result::ok).map(|row| row.len()).collect();
        // The last of a cut sample may be half a row.
        let widths = if widths.len() > 2 && sample.len() < text.len() { &widths[..widths.len() - 1] } else { &widths };
        let first = widths.first().copied().unwrap_or(0);
        let even = widths.iter().filter(|width| **width == first).count();
        if first < 2 { 0 } else { even * 1000 / widths.len().max(1) * 100 + first.min(99) }
    };
    SIGNS.into_iter().rev().max_by_key(|sign| weight(*sign)).unwrap_or(b',')
}
