//! Lines to the order in which they are read: columns one after another, tables row by row.
//!
//! A stretch of lines with a gap that runs down through all of them is parted there. It is columns when the parts
//! hold running text, and a table when they hold a few words each or lines are drawn between the rows.

use super::words::{Line, Piece};

/// Lines that are read one after another.
pub(super) enum Flow {
    /// Running text, one column of it.
    Column(Vec<Line>),
    /// Rows of cells; a cell is its lines.
    Table(Vec<Vec<Vec<Line>>>),
}

/// Fewer lines than this on a side are no column.
const LINES: usize = 4;
/// Words a line of running text has at least, as a mean over a column.
const WORDS: usize = 4;
/// More lines than this on one page are not searched for columns.
const MOST: usize = 3000;

/// A gap that runs down a stretch of lines, from left to right.
type Gap = (f32, f32);

/// The flows of `lines`, which come from the top; `rules` are lines drawn across the page.
pub(super) fn flows(lines: Vec<Line>, rules: &[(f32, f32, f32)]) -> Vec<Flow> {
    let mut flows = Vec::new();
    let mut single: Vec<Line> = Vec::new();
    if lines.len() > MOST {
        return vec![Flow::Column(lines)];
    }
    let mut at = 0;
    while at < lines.len() {
        let (end, gaps) = stretch(&lines[at..]);
        let band = trimmed(&lines[at..at + end]);
        if let Some((lead, found)) = parted(band, &gaps, rules) {
            single.extend_from_slice(&band[..lead]);
            flush(&mut flows, &mut single);
            flows.extend(found);
            at += band.len();
        } else {
            single.push(lines[at].clone());
            at += 1;
        }
    }
    flush(&mut flows, &mut single);
    flows
}

fn flush(flows: &mut Vec<Flow>, single: &mut Vec<Line>) {
    if !single.is_empty() {
        flows.push(Flow::Column(std::mem::take(single)));
    }
}

/// How many lines from the first on share a gap with words on both of its sides, and those gaps.
fn stretch(lines: &[Line]) -> (usize, Vec<Gap>) {
    let mut gaps = vec![(f32::MIN, f32::MAX)];
    let mut best = (1, Vec::new());
    let (mut left, mut right) = (f32::MAX, f32::MIN);
    let mut last = lines.first().map_or(0.0, |line| line.base);
    for (index, line) in lines.iter().enumerate() {
        let free = line.free();
        gaps = shared(&gaps, &free, line.size);
        for piece in &line.pieces {
            left = left.min(piece.left);
            right = right.max(piece.right);
        }
        let inner: Vec<Gap> = gaps.iter().copied().filter(|gap| gap.0 > left && gap.1 < right).collect();
        let far = line.base - last > 12.0 * line.size;
        last = line.base;
        if far || (index > 1 && inner.is_empty()) {
            break;
        }
        if !inner.is_empty() {
            best = (index + 1, inner);
        }
    }
    best
}

/// `band` without the lines at its end that stand on one side only and apart from the rest.
fn trimmed(band: &[Line]) -> &[Line] {
    let mut end = band.len();
    while end > 2 {
        let (last, before) = (&band[end - 1], &band[end - 2]);
        if last.pieces.len() > 1 || last.base - before.base < 2.0 * last.size {
            break;
        }
        end -= 1;
    }
    &band[..end]
}

/// What is free in both, where it is wide enough to part columns.
fn shared(a: &[Gap], b: &[Gap], size: f32) -> Vec<Gap> {
    let mut both = Vec::new();
    for one in a {
        for other in b {
            let gap = (one.0.max(other.0), one.1.min(other.1));
            if gap.1 - gap.0 > 0.8 * size {
                both.push(gap);
            }
        }
    }
    both
}

impl Line {
    /// Where nothing stands, from the left edge to the right.
    fn free(&self) -> Vec<Gap> {
        let mut free = Vec::with_capacity(self.pieces.len() + 1);
        let mut from = f32::MIN;
        for piece in &self.pieces {
            if piece.left > from {
                free.push((from, piece.left));
            }
            from = from.max(piece.right);
        }
        free.push((from, f32::MAX));
        free
    }

    /// The part of the line between `from` and `to`, if there is any.
    fn part(&self, from: f32, to: f32) -> Option<Line> {
        let inside = |piece: &&Piece| piece.left + piece.right > 2.0 * from && piece.left + piece.right <= 2.0 * to;
        let pieces: Vec<Piece> = self.pieces.iter().filter(inside).cloned().collect();
        let size = pieces.iter().map(|piece| piece.size).fold(0.0, f32::max);
        let base = pieces.iter().max_by_key(|piece| piece.letters)?.base;
        Some(Line { pieces, base, size })
    }

    fn words(&self) -> usize {
        self.pieces.iter().map(|piece| piece.text.split_whitespace().count()).sum()
    }
}

/// The columns or the table that `gaps` make of `band`, and how many lines at its head are not part of them;
/// `None` when they make neither.
fn parted(band: &[Line], gaps: &[Gap], rules: &[(f32, f32, f32)]) -> Option<(usize, Vec<Flow>)> {
    if gaps.is_empty() || band.len() < 2 {
        return None;
    }
    let mut edges: Vec<f32> = vec![f32::MIN];
    edges.extend(gaps.iter().map(|gap| f32::midpoint(gap.0, gap.1)));
    edges.push(f32::MAX);
    let columns: Vec<Vec<Line>> = edges
        .windows(2)
        .map(|edge| band.iter().filter_map(|line| line.part(edge[0], edge[1])).collect())
        .filter(|column: &Vec<Line>| !column.is_empty())
        .collect();
    let top = band.first().map_or(0.0, |line| line.base);
    let bottom = band.last().map_or(0.0, |line| line.base);
    let mut drawn: Vec<f32> = rules
        .iter()
        .filter(|(left, right, _)| gaps.iter().any(|gap| *left < gap.0 - 5.0 && *right > gap.1 + 5.0))
        .map(|rule| rule.2)
        .filter(|height| *height > top && *height < bottom)
        .collect();
    drawn.sort_by(f32::total_cmp);
    drawn.dedup_by(|a, b| (*a - *b).abs() < 3.0);
    let prose = columns.iter().all(|column| {
        let words: usize = column.iter().map(Line::words).sum();
        column.len() >= LINES && words >= WORDS * column.len()
    });
    if prose && drawn.is_empty() {
        return Some((0, columns.into_iter().flat_map(|column| flows(column, rules)).collect()));
    }
    if columns.len() < 2 || band.iter().filter(|line| line.pieces.len() > 1).count() < 2 {
        return None;
    }
    let lead = band.iter().take_while(|line| line.pieces.len() == 1).count();
    let rows = rows(&band[lead..], &drawn);
    let table: Vec<Vec<Vec<Line>>> = rows
        .into_iter()
        .map(|row| {
            edges.windows(2).map(|edge| row.iter().filter_map(|line| line.part(edge[0], edge[1])).collect()).collect()
        })
        .collect();
    Some((lead, vec![Flow::Table(table)]))
}

/// The lines of `band` by rows: between `drawn` lines, or else a row for each line that begins on the left.
fn rows<'l>(band: &'l [Line], drawn: &[f32]) -> Vec<Vec<&'l Line>> {
    let mut rows: Vec<Vec<&Line>> = Vec::new();
    let left = band.iter().filter_map(|line| line.pieces.first()).map(|piece| piece.left).fold(f32::MAX, f32::min);
    for line in band {
        let new = match rows.last().and_then(|row| row.last()) {
            None => true,
            Some(_) if drawn.len() > 1 => {
                let last = rows.last().and_then(|row| row.last()).map_or(0.0, |last| last.base);
                drawn.iter().any(|height| *height > last && *height <= line.base)
            }
            Some(last) => {
                let begins = line.pieces.first().is_some_and(|piece| piece.left < left + line.size);
                begins || line.base - last.base > 1.8 * line.size
            }
        };
        if new {
            rows.push(vec![line]);
        } else if let Some(row) = rows.last_mut() {
            row.push(line);
        }
    }
    rows
}
