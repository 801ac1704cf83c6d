//! Whether a phrase stands around its rarest word.

use super::tables::{Index, Step, Tables};
use super::words::{self, Between};
use super::{Hit, SetId};
use crate::span::Span;
use regex::{Regex, RegexBuilder};

/// How far around a word a regular expression is run, in bytes each way.
const WINDOW: usize = 240;

/// One scan of one text.
pub(super) struct Look<'a> {
    tables: &'a Tables,
    index: &'a Index,
    text: &'a str,
    from: usize,
    to: usize,
    out: &'a mut Vec<Hit>,
}

impl<'a> Look<'a> {
    pub(super) fn new(
        tables: &'a Tables,
        index: &'a Index,
        text: &'a str,
        from: usize,
        to: usize,
        out: &'a mut Vec<Hit>,
    ) -> Self {
        Self { tables, index, text, from, to, out }
    }

    /// A whole word that may begin something.
    pub(super) fn exact(&mut self, key: u64, start: usize, end: usize) {
        let index = self.index;
        let at = index.keys.partition_point(|(known, _)| *known < key);
        for (known, form) in &index.keys[at..] {
            if *known != key {
                break;
            }
            self.candidate(*form, start, end);
        }
    }

    /// A word whose first letters may begin something.
    pub(super) fn stem(&mut self, stem: u64, start: usize, end: usize) {
        let index = self.index;
        let at = index.stem_keys.partition_point(|(known, _)| *known < stem);
        for (known, form) in &index.stem_keys[at..] {
            if *known != stem {
                break;
            }
            self.candidate(*form, start, end);
        }
    }

    /// A word that begins with a digit.
    pub(super) fn digits(&mut self, start: usize, end: usize) {
        for number in &self.index.by_digits {
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
        let index = self.index;
        for number in index.anchored_by(form) {
            let at = *number as usize;
            if let Some(phrase) = self.tables.phrases.get(at) {
                let steps = self.tables.steps(phrase);
                let anchor = usize::from(phrase.anchor);
                let Some(left) = self.left(&steps[..anchor], start) else { continue };
                let Some(right) = self.right(&steps[anchor + 1..], end) else { continue };
                self.push(phrase.term, left, right);
            } else {
                self.near(u32::try_from(at - self.tables.phrases.len()).unwrap_or(u32::MAX), start, end);
            }
        }
    }

    /// Where the steps before the word at `start` begin; the nearest way through the gaps.
    fn left(&self, steps: &[Step], start: usize) -> Option<usize> {
        let Some((step, rest)) = steps.split_last() else { return Some(start) };
        let bytes = self.text.as_bytes();
        match *step {
            Step::Gap(most) => {
                let mut edge = start;
                for _ in 0..=most {
                    let word = words::previous(bytes, edge, self.from)?;
                    if let Some(found) = self.left_word(rest, &word) {
                        return Some(found);
                    }
                    edge = word.start;
                }
                None
            }
            Step::Word { .. } | Step::Number => {
                let word = words::previous(bytes, start, self.from)?;
                if word.between == Between::Joined { self.left_word(steps, &word) } else { None }
            }
        }
    }

    /// As [`Self::left`], with the last step being the word given.
    fn left_word(&self, steps: &[Step], word: &words::Neighbour) -> Option<usize> {
        let (step, rest) = steps.split_last()?;
        let bytes = self.text.as_bytes();
        match *step {
            Step::Word { first, count } => {
                if self.is_one_of(first, count, word.start, word.end) {
                    self.left(rest, word.start)
                } else {
                    None
                }
            }
            Step::Number => {
                if !bytes[word.start].is_ascii_digit() {
                    return None;
                }
                let mut start = word.start;
                while let Some(more) = words::previous(bytes, start, self.from) {
                    if !(bytes[more.start].is_ascii_digit() && start - more.end == 1 && is_figure_mark(bytes[more.end]))
                    {
                        break;
                    }
                    start = more.start;
                }
                self.left(rest, start)
            }
            Step::Gap(_) => None,
        }
    }

    /// Where the steps after the word that ends at `end` end.
    fn right(&self, steps: &[Step], end: usize) -> Option<usize> {
        let Some((step, rest)) = steps.split_first() else { return Some(end) };
        let bytes = self.text.as_bytes();
        match *step {
            Step::Gap(most) => {
                let mut edge = end;
                for _ in 0..=most {
                    let word = words::next(bytes, edge, self.to)?;
                    if let Some(found) = self.right_word(rest, &word) {
                        return Some(found);
                    }
                    edge = word.end;
                }
                None
            }
            Step::Word { .. } | Step::Number => {
                let word = words::next(bytes, end, self.to)?;
                if word.between == Between::Joined { self.right_word(steps, &word) } else { None }
            }
        }
    }

    fn right_word(&self, steps: &[Step], word: &words::Neighbour) -> Option<usize> {
        let (step, rest) = steps.split_first()?;
        let bytes = self.text.as_bytes();
        match *step {
            Step::Word { first, count } => {
                if self.is_one_of(first, count, word.start, word.end) {
                    self.right(rest, word.end)
                } else {
                    None
                }
            }
            Step::Number => {
                if !bytes[word.start].is_ascii_digit() {
                    return None;
                }
                let mut end = word.end;
                while let Some(more) = words::next(bytes, end, self.to) {
                    if !(bytes[more.start].is_ascii_digit() && more.start - end == 1 && is_figure_mark(bytes[end])) {
                        break;
                    }
                    end = more.end;
                }
                self.right(rest, end)
            }
            Step::Gap(_) => None,
        }
    }

    fn is_one_of(&self, first: u32, count: u16, start: usize, end: usize) -> bool {
        let word = &self.text.as_bytes()[start..end];
        let forms = &self.tables.step_forms[first as usize..first as usize + usize::from(count)];
        forms.iter().any(|form| self.tables.is_form(*form, word))
    }

    /// Runs a regular expression around a word; what it finds must hold the word.
    fn near(&mut self, number: u32, start: usize, end: usize) {
        let mut from = start.saturating_sub(WINDOW).max(self.from);
        let mut to = (end + WINDOW).min(self.to);
        while !self.text.is_char_boundary(from) {
            from += 1;
        }
        while !self.text.is_char_boundary(to) {
            to -= 1;
        }
        self.run(number, from, to, Some((start, end)));
    }

    fn run(&mut self, number: u32, from: usize, to: usize, holding: Option<(usize, usize)>) {
        let at = number as usize;
        let term = &self.tables.regexes[at];
        let compiled = self.index.compiled[at].get_or_init(|| compile(&term.source, term.case_sensitive));
        let (Some(regex), Some(window)) = (compiled, self.text.get(from..to)) else { return };
        for found in regex.find_iter(window) {
            let (start, end) = (from + found.start(), from + found.end());
            if start < end && holding.is_none_or(|(first, last)| start <= first && last <= end) {
                self.push(term.term, start, end);
            }
        }
    }

    fn push(&mut self, term: u32, start: usize, end: usize) {
        for set in self.tables.sets_of(term) {
            self.out.push(Hit { span: Span::new(start, end), set: SetId(*set), term });
        }
    }
}

fn is_figure_mark(byte: u8) -> bool {
    matches!(byte, b'.' | b':' | b',' | b'/')
}

/// Compiles a rule's regular expression. Word borders are ASCII: the Unicode ones are four hundred times slower on text
/// with a few letters beyond ASCII, and rules were checked when they were loaded, so `None` never comes from a rule.
fn compile(source: &str, case_sensitive: bool) -> Option<Regex> {
    let source = source.replace(r"\b", r"(?-u:\b)");
    RegexBuilder::new(&source).case_insensitive(!case_sensitive).size_limit(1 << 20).nest_limit(64).build().ok()
}
