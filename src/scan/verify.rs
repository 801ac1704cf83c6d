//! Whether a phrase stands around its rarest word.

use super::flat::{Stored, number};
use super::hint::Around;
use super::tables::{Index, Step, Tables};
use super::words::{self, Between};
use super::{Hit, SetId, Wanted};
use crate::span::Span;

/// Steps still to be taken, and what follows them.
#[derive(Clone, Copy)]
struct Todo<'s> {
    steps: &'s [Stored],
    then: Option<&'s Todo<'s>>,
}

/// One scan of one text.
pub(super) struct Look<'a> {
    tables: &'a Tables,
    index: &'a Index,
    text: &'a str,
    from: usize,
    to: usize,
    wanted: Wanted<'a>,
    out: &'a mut Vec<Hit>,
}

impl<'a> Look<'a> {
    /// A scan of `text` between two bytes.
    pub(super) fn new(
        tables: &'a Tables,
        index: &'a Index,
        text: &'a str,
        (from, to): (usize, usize),
        wanted: Wanted<'a>,
        out: &'a mut Vec<Hit>,
    ) -> Self {
        Self { tables, index, text, from, to, wanted, out }
    }

    /// A whole word that may begin something.
    pub(super) fn exact(&mut self, key: u64, start: usize, end: usize) {
        let tables = self.tables;
        for at in tables.shelf(words::slot(key)) {
            let (known, form) = tables.key(at);
            if known == key {
                self.candidate(form, start, end);
            }
        }
    }

    /// A word whose first letters may begin something.
    pub(super) fn stem(&mut self, stem: u64, start: usize, end: usize) {
        let stems = self.tables.stems.as_chunks::<2>().0;
        let at = stems.partition_point(|[known, _]| u64::from(number(*known)) < stem);
        for [known, form] in &stems[at..] {
            if u64::from(number(*known)) != stem {
                break;
            }
            self.candidate(number(*form), start, end);
        }
    }

    /// A word that begins with a digit.
    pub(super) fn digits(&mut self, start: usize, end: usize) {
        let (index, wanted) = (self.index, self.wanted.expressions);
        for number in index.by_digits.iter().filter(|number| wanted.has(**number)) {
            self.near(*number, start, end);
        }
    }

    /// A regular expression over all of it.
    pub(super) fn everywhere(&mut self, number: u32) {
        self.run(number, self.from, self.to, None);
    }

    fn candidate(&mut self, form: u32, start: usize, end: usize) {
        if !self.tables.is_form(form, &self.text.as_bytes()[start..end]) {
            return;
        }
        let tables = self.tables;
        let phrases = tables.phrase_count();
        let mut around = Around::new(start, end);
        for number in tables.anchored_by(form) {
            if number >= phrases {
                if self.wanted.expressions.has(number - phrases) {
                    self.near(number - phrases, start, end);
                }
                continue;
            }
            if !self.wanted.phrases {
                continue;
            }
            let phrase = tables.phrase(number);
            if !around.may_hold(phrase.hint, self.text.as_bytes(), (self.from, self.to)) {
                continue;
            }
            if let Some(set) = self.wanted.only
                && !tables.sets_of(phrase.term).any(|other| other == set.0)
            {
                continue;
            }
            let (before, after) = phrase.steps.split_at(phrase.anchor * Step::SIZE);
            let Some(left) = self.left(Todo { steps: before, then: None }, start, false) else { continue };
            let after = Todo { steps: &after[Step::SIZE..], then: None };
            let Some(right) = self.right(after, end, false) else { continue };
            self.push(phrase.term, left, right);
        }
    }

    /// Where the steps that lead to `start` begin; the nearest way through the gaps. `loose`: a gap came last,
    /// so that more than a space may stand between.
    fn left(&self, todo: Todo<'_>, start: usize, loose: bool) -> Option<usize> {
        let Some((rest, step)) = todo.steps.split_last_chunk::<2>() else {
            return match todo.then {
                Some(then) => self.left(*then, start, loose),
                None => Some(start),
            };
        };
        let rest = Todo { steps: rest, then: todo.then };
        let bytes = self.text.as_bytes();
        match Step::unpack(*step) {
            Step::Gap(most) => {
                let mut edge = start;
                for _ in 0..=most {
                    if let Some(found) = self.left(rest, edge, true) {
                        return Some(found);
                    }
                    edge = words::previous(bytes, edge, self.from)?.start;
                }
                None
            }
            Step::Any { first, count } => self
                .tables
                .branches_of(first, count)
                .find_map(|steps| self.left(Todo { steps, then: Some(&rest) }, start, loose)),
            Step::Word { first, count } => {
                let word = words::previous(bytes, start, self.from)?;
                let here = (loose || word.between == Between::Joined) && self.is_one_of(first, count, &word);
                if here { self.left(rest, word.start, false) } else { None }
            }
            Step::Comma => {
                let ahead = bytes[self.from..start].trim_ascii_end();
                let comma = ahead.strip_suffix(b",")?;
                self.left(rest, self.from + comma.len(), false)
            }
            Step::Number => {
                let word = words::previous(bytes, start, self.from)?;
                if !(loose || word.between == Between::Joined) || !bytes[word.start].is_ascii_digit() {
                    return None;
                }
                let mut begin = word.start;
                while let Some(more) = words::previous(bytes, begin, self.from) {
                    let figure = bytes[more.start].is_ascii_digit();
                    if !(figure && begin - more.end == 1 && is_figure_mark(bytes[more.end])) {
                        break;
                    }
                    begin = more.start;
                }
                self.left(rest, begin, false)
            }
        }
    }

    /// Where the steps that follow `end` end.
    fn right(&self, todo: Todo<'_>, end: usize, loose: bool) -> Option<usize> {
        let Some((step, after)) = todo.steps.split_first_chunk::<2>() else {
            return match todo.then {
                Some(then) => self.right(*then, end, loose),
                None => Some(end),
            };
        };
        let rest = Todo { steps: after, then: todo.then };
        let bytes = self.text.as_bytes();
        match Step::unpack(*step) {
            Step::Gap(most) => {
                let mut edge = end;
                for _ in 0..=most {
                    if let Some(found) = self.right(rest, edge, true) {
                        return Some(found);
                    }
                    edge = words::next(bytes, edge, self.to)?.end;
                }
                None
            }
            Step::Any { first, count } => self
                .tables
                .branches_of(first, count)
                .find_map(|steps| self.right(Todo { steps, then: Some(&rest) }, end, loose)),
            Step::Word { first, count } => {
                let word = words::next(bytes, end, self.to)?;
                let here = (loose || word.between == Between::Joined) && self.is_one_of(first, count, &word);
                if here { self.right(rest, word.end, false) } else { None }
            }
            Step::Comma => {
                let behind = bytes[end..self.to].trim_ascii_start();
                let comma = behind.strip_prefix(b",")?;
                self.right(rest, self.to - comma.len(), false)
            }
            Step::Number => {
                let word = words::next(bytes, end, self.to)?;
                if !(loose || word.between == Between::Joined) || !bytes[word.start].is_ascii_digit() {
                    return None;
                }
                let mut last = word.end;
                while let Some(more) = words::next(bytes, last, self.to) {
                    let figure = bytes[more.start].is_ascii_digit();
                    if !(figure && more.start - last == 1 && is_figure_mark(bytes[last])) {
                        break;
                    }
                    last = more.end;
                }
                self.right(rest, last, false)
            }
        }
    }

    fn is_one_of(&self, first: u32, count: u32, word: &words::Neighbour) -> bool {
        let bytes = &self.text.as_bytes()[word.start..word.end];
        self.tables.forms_of(first, count).any(|form| self.tables.is_form(form, bytes))
    }

    /// Runs a regular expression around a word; what it finds must hold the word.
    fn near(&mut self, number: u32, start: usize, end: usize) {
        // One byte more each way, so that a word border is seen for what it is.
        let reach = self.tables.regexes[number as usize].reach as usize + 1;
        let from = self.text.ceil_char_boundary(start.saturating_sub(reach).max(self.from));
        let to = self.text.floor_char_boundary((end + reach).min(self.to));
        self.run(number, from, to, Some((start, end)));
    }

    fn run(&mut self, number: u32, from: usize, to: usize, holding: Option<(usize, usize)>) {
        let at = number as usize;
        let term = &self.tables.regexes[at];
        let Some(window) = self.text.get(from..to) else { return };
        if !term.needs.is_empty() && !window.bytes().any(|byte| term.needs.contains(&byte)) {
            return;
        }
        let compiled = &self.index.compiled[at];
        let holds = |start: usize, end: usize| holding.is_none_or(|(first, last)| start <= first && last <= end);
        let mut found: Vec<(usize, usize)> = Vec::new();
        if window.len() <= LIGHT && !compiled.is_busy() {
            let light = compiled.light.get_or_init(|| light(&term.source, term.case_sensitive));
            found.extend(light.iter().flat_map(|regex| regex.find_iter(window)).map(|hit| (hit.start(), hit.end())));
        } else {
            let quick = compiled.quick.get_or_init(|| quick(&term.source, term.case_sensitive));
            found.extend(quick.iter().flat_map(|regex| regex.find_iter(window)).map(|hit| (hit.start(), hit.end())));
        }
        for (start, end) in found {
            if start < end && holds(from + start, from + end) {
                self.push(term.term, from + start, from + end);
            }
        }
    }

    fn push(&mut self, term: u32, start: usize, end: usize) {
        for set in self.tables.sets_of(term) {
            self.out.push(Hit { span: Span::new(start, end), set: SetId(set), term });
        }
    }
}

fn is_figure_mark(byte: u8) -> bool {
    matches!(byte, b'.' | b':' | b',' | b'/')
}

/// Up to so many bytes the light engine is used: it compiles in a hundredth of the time and reads slowly.
const LIGHT: usize = 4_096;

/// Rules were checked when they were loaded, so `None` never comes from a rule.
fn light(source: &str, case_sensitive: bool) -> Option<regex_lite::Regex> {
    let built = regex_lite::RegexBuilder::new(source).case_insensitive(!case_sensitive).size_limit(1 << 20).build();
    built.ok()
}

/// Word borders, spaces and digits are ASCII, as in the light engine, so that both find the same. As for borders, the Unicode ones are four hundred times slower on text with a few
/// letters beyond ASCII.
fn quick(source: &str, case_sensitive: bool) -> Option<regex::Regex> {
    let source = source.replace(r"\b", r"(?-u:\b)");
    let source = source.replace(r"\s", r"[\t\n\x0B\x0C\r ]").replace(r"\d", "[0-9]");
    regex::RegexBuilder::new(&source).case_insensitive(!case_sensitive).size_limit(1 << 20).nest_limit(64).build().ok()
}
