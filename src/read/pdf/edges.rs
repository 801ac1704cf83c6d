//! What stands at the edges of pages again and again: running heads and feet, page numbers.

use super::words::Line;
use std::collections::{BTreeMap, BTreeSet};

/// Shares of the height of a page that count as its upper and lower edge.
const UPPER: f32 = 0.12;
const LOWER: f32 = 0.88;

/// Lines of one page, with its height.
pub(super) struct Page {
    pub(super) lines: Vec<Line>,
    /// Running heads and feet that stand here for the first time.
    pub(super) edges: Vec<Line>,
    pub(super) height: f32,
}

/// Takes away lines that come back at the same edge of most pages, or on every second one, and bare page numbers.
/// The first of each is kept, apart: a foot may hold what a reader of the page needs, such as a date of review.
pub(super) fn strip(pages: &mut [Page]) {
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for page in pages.iter() {
        let mut here: Vec<String> = page.lines.iter().filter_map(|line| key(line, page.height)).collect();
        here.sort();
        here.dedup();
        for key in here {
            *seen.entry(key).or_default() += 1;
        }
    }
    let written = pages.iter().filter(|page| !page.lines.is_empty()).count();
    // Left and right pages may have heads of their own; two pages alone must agree.
    let often = u32::try_from((written * 2 / 5).max(2)).unwrap_or(u32::MAX);
    let mut kept: BTreeSet<String> = BTreeSet::new();
    for page in pages {
        let last = page.lines.len().saturating_sub(1);
        let all_aside = page.lines.iter().all(Line::is_aside);
        for (at, line) in std::mem::take(&mut page.lines).into_iter().enumerate() {
            let key = key(&line, page.height);
            let running = key.as_ref().is_some_and(|key| seen.get(key).is_some_and(|count| *count >= often));
            let words = words(&line);
            let outer = (at == 0 || at == last) && key.is_some();
            if (outer || running) && is_number(&words) {
                continue;
            }
            if !running && (all_aside || !line.is_aside()) {
                page.lines.push(line);
            } else if kept.insert(alike(&words)) {
                page.edges.push(line);
            }
        }
    }
}

fn words(line: &Line) -> String {
    let pieces: Vec<&str> = line.pieces.iter().map(|piece| piece.text.trim()).collect();
    pieces.join(" ")
}

/// What a line at an edge has in common with its like on other pages: edge, rough height, words without figures.
fn key(line: &Line, height: f32) -> Option<String> {
    let share = line.base / height.max(1.0);
    if (UPPER..=LOWER).contains(&share) {
        return None;
    }
    let words = alike(&words(line));
    #[expect(clippy::cast_possible_truncation, reason = "points of a page are few")]
    let height = (line.base / 6.0).round() as i32;
    Some(format!("{height} {words}"))
}

/// Words without their figures.
fn alike(words: &str) -> String {
    let mut alike: String = words.chars().map(|c| if c.is_ascii_digit() { '#' } else { c }).collect();
    while alike.contains("##") {
        alike = alike.replace("##", "#");
    }
    alike
}

/// `12`, `- 12 -`, `iv`.
fn is_number(words: &str) -> bool {
    let inner = words.trim_matches(|c: char| !c.is_alphanumeric());
    let roman = inner.len() < 6 && inner.chars().all(|c| matches!(c, 'i' | 'v' | 'x' | 'I' | 'V' | 'X'));
    !inner.is_empty() && inner.len() < 6 && (inner.chars().all(|c| c.is_ascii_digit()) || roman)
}
