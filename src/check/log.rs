//! A log of timed lines: the gaps between its times against the limits in force, one finding an episode.

use super::flag::stands;
use super::gap::{self, Search, state_of};
use super::make::{Found, Maker};
use super::{Ruled, quantity};
use crate::check::reading::Reading;
use crate::document::Reach;
use crate::finding::{Evidence, EvidenceState, Missing, Outcome};
use crate::rule::{Action, Log, Series};
use crate::scan::{Hit, SetId};
use crate::span::Span;
use std::collections::BTreeSet;

/// Fewer lines than this are a note, not a log; the log is kept elsewhere.
const FEWEST: usize = 3;
const DAY: i64 = 24 * 60;
/// Nobody looks at the clock to the minute: a fifth of the limit is let pass, and never more than this, in minutes.
const GRACE: i64 = 5;

/// A line with a time.
#[derive(Clone, Copy)]
struct Line {
    stamp: Span,
    /// Its words, up to the next line.
    span: Span,
    /// Minutes since the midnight before the first line.
    at: i64,
}

/// The longest time without something that must come again.
struct Gap<'r> {
    series: &'r Series,
    from: Line,
    to: Line,
}

/// Looks at every log that speaks of the topic.
pub(super) fn check(maker: &mut Maker<'_>, ruled: Ruled<'_>, hits: &[Hit], log: &Log) {
    if hits.is_empty() || !maker.mentions(ruled) || log.series.iter().all(|series| series.at_most.is_none()) {
        return;
    }
    let mut seen = BTreeSet::new();
    for hit in hits {
        let unit = gap::unit(maker.reading, hit.span, Reach::Entry);
        if !seen.insert(unit) {
            continue;
        }
        let lines = lines(maker.reading, unit);
        let in_unit: Vec<Hit> = hits.iter().filter(|hit| unit.contains(hit.span)).copied().collect();
        let mut from = 0;
        while let Some((first, last)) = episode(maker, ruled, &lines, from, &in_unit, log.until) {
            if last + 1 - first >= FEWEST {
                judge(maker, ruled, &lines[first..=last], log);
            }
            from = last + 1;
        }
    }
}

/// The lines of the next episode: from the first that speaks of the topic to the one that ends it. Where none does, to
/// the last that speaks of it; a heading that does speaks for all of them.
fn episode(
    maker: &mut Maker<'_>,
    ruled: Ruled<'_>,
    lines: &[Line],
    from: usize,
    hits: &[Hit],
    until: Option<SetId>,
) -> Option<(usize, usize)> {
    let headed = lines.first().filter(|_| from == 0).is_some_and(|line| {
        let above = |hit: &Hit| hit.span.end <= line.stamp.start && maker.reading.is_structure(hit.span.start);
        hits.iter().any(above)
    });
    let speaks = |maker: &mut Maker<'_>, line: &Line| {
        let here = hits.iter().filter(|hit| line.span.contains(hit.span)).copied();
        let here: Vec<Hit> = here.collect();
        here.into_iter().any(|hit| stands(maker, ruled, hit, true).is_some())
    };
    let first = if headed { 0 } else { (from..lines.len()).find(|at| speaks(maker, &lines[*at]))? };
    let ends = |line: &Line| until.is_some_and(|set| is_done(maker.reading, ruled.layer, line.span, set));
    if let Some(end) = (first + 1..lines.len()).find(|at| ends(&lines[*at])) {
        return Some((first, end));
    }
    let last =
        if headed { lines.len() - 1 } else { (first..lines.len()).rev().find(|at| speaks(maker, &lines[*at]))? };
    Some((first, last))
}

fn judge(maker: &mut Maker<'_>, ruled: Ruled<'_>, lines: &[Line], log: &Log) {
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return };
    let mut gaps: Vec<Gap<'_>> = Vec::new();
    for series in &log.series {
        let Some(limit) = series.at_most.map(|most| i64::try_from(most / 60).unwrap_or(i64::MAX)) else { continue };
        let comes = |line: &&Line| series.words.is_none_or(|set| is_done(maker.reading, ruled.layer, line.span, set));
        let inner = lines.iter().skip(1).filter(comes);
        let mut times: Vec<Line> = std::iter::once(first).chain(inner).chain([last]).copied().collect();
        if series.once {
            times.truncate(2);
        }
        let widest = times.windows(2).max_by_key(|pair| (pair[1].at - pair[0].at, std::cmp::Reverse(pair[0].at)));
        if let Some([from, to]) = widest
            && to.at - from.at > limit.saturating_add(GRACE.min(limit / 5))
        {
            gaps.push(Gap { series, from: *from, to: *to });
        }
    }
    let Some(widest) = gaps.first() else {
        maker.note(ruled, first.stamp, Outcome::Satisfied(Vec::new()), Vec::new());
        return;
    };
    let text = maker.reading.text();
    let minutes = widest.to.at - widest.from.at;
    let stated = format!("{} to {} ({})", clock(text, widest.from), clock(text, widest.to), spoken(minutes));
    let limits = gaps.iter().map(|gap| format!("{}: {}", gap.series.name, gap.series.shown));
    let found = Found {
        span: widest.to.stamp,
        action: Some(Action::Keep),
        missing: gaps
            .iter()
            .map(|gap| Missing { name: gap.series.name.clone(), state: EvidenceState::Silent })
            .collect(),
        evidence: evidence(&gaps),
        stated: Some(stated),
        limit: Some(limits.collect::<Vec<_>>().join(", ")),
        count: 1,
        ..Found::default()
    };
    maker.find(ruled, found);
}

/// Both ends of every gap; the same place is named once.
fn evidence(gaps: &[Gap<'_>]) -> Vec<Evidence> {
    let mut evidence: Vec<Evidence> = Vec::new();
    for gap in gaps {
        let length = spoken(gap.to.at - gap.from.at);
        let ends = [
            (gap.from.stamp, format!("from here: {}", gap.series.name)),
            (gap.to.stamp, format!("to here, {length}: {} (at most {})", gap.series.name, gap.series.shown)),
        ];
        for (span, label) in ends {
            match evidence.iter_mut().find(|known| known.span == span) {
                Some(known) => known.label = format!("{}; {label}", known.label),
                None => evidence.push(Evidence { span, label }),
            }
        }
    }
    evidence
}

fn clock(text: &str, line: Line) -> &str {
    text[line.stamp.range()].trim()
}

fn spoken(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} minutes"),
        (1, 0) => "1 hour".to_owned(),
        (hours, 0) => format!("{hours} hours"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

fn is_done(reading: &Reading<'_>, layer: usize, span: Span, set: SetId) -> bool {
    state_of(reading, span, Search { layer, set, event: None }).0 == EvidenceState::Done
}

/// The timed lines of a unit, in order. A time that goes back by half a day or more is past midnight; one that goes
/// back by less was written later, out of its place, and is left out.
fn lines(reading: &Reading<'_>, unit: Span) -> Vec<Line> {
    let entries = reading.document.entries();
    let inside = entries.iter().filter(|entry| unit.contains(entry.span));
    let mut lines: Vec<Line> = Vec::new();
    let mut midnight = 0;
    for entry in inside {
        let Some(stamp) = entry.stamp else { continue };
        let Some(minute) = quantity::clock(&reading.text()[stamp.range()]) else { continue };
        let before = lines.last().map_or(minute, |line| line.at);
        if minute + midnight < before - DAY / 2 {
            midnight += DAY;
        } else if minute + midnight < before {
            continue;
        }
        lines.push(Line { stamp, span: entry.span, at: minute + midnight });
    }
    lines
}
