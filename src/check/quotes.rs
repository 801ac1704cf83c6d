//! Quotations: where they are, and whose words they hold.

use super::reading::Reading;
use crate::document::BlockKind;
use crate::rule::{Cue, Guard};
use crate::span::Span;

/// Longest quotation that is still taken for one, in bytes.
const LONGEST: usize = 600;
/// As many words or fewer, without a speaker, are scare quotes.
const SCARE_WORDS: usize = 3;

/// Quotations in `range`, without their marks. Curly quotes have been folded by the reader.
pub(super) fn find(text: &str, range: Span) -> Vec<Span> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    for mark in [b'"', b'\''] {
        let mut open: Option<usize> = None;
        for at in memchr::memchr_iter(mark, &bytes[range.range()]).map(|at| at + range.from()) {
            let before = at.checked_sub(1).filter(|at| *at >= range.from()).map_or(b' ', |at| bytes[at]);
            let after = bytes.get(at + 1).copied().filter(|_| at + 1 < range.to()).unwrap_or(b' ');
            let inch = before.is_ascii_digit() && open.is_none();
            let may_open = !before.is_ascii_alphanumeric() && !after.is_ascii_whitespace() && !inch;
            let may_close = !before.is_ascii_whitespace() && !after.is_ascii_alphanumeric();
            match open {
                Some(start) if may_close => {
                    if at - start <= LONGEST {
                        found.push(Span::new(start + 1, at));
                    }
                    open = None;
                }
                Some(start) if may_open && at - start > LONGEST => open = Some(at),
                None if may_open => open = Some(at),
                _ => {}
            }
        }
    }
    found.sort_unstable();
    found
}

/// Whose words `target` is part of, if of a quotation; with the cue that says so.
pub(super) fn whose(reading: &Reading<'_>, target: Span) -> Option<(Guard, Option<Span>)> {
    if reading.block_kind(target.start) == Some(BlockKind::Quote) {
        return Some((Guard::OwnWords, None));
    }
    if reading.section_types(target.start).contains(&"own-words") {
        return Some((Guard::OwnWords, None));
    }
    let block = reading.document.block_at(target.start)?;
    let quotes = reading.quotes(block);
    let quote = quotes.iter().filter(|quote| quote.contains(target)).min_by_key(|quote| quote.len())?;
    Some(classify(reading, *quote))
}

fn classify(reading: &Reading<'_>, quote: Span) -> (Guard, Option<Span>) {
    let text = reading.text();
    let sentence = reading.cues_in(widened(reading, quote));
    let near_before = |cue: &Span| cue.end <= quote.start && quote.start - cue.end <= 80;
    let just_after = |cue: &Span| cue.start >= quote.end && cue.start - quote.end <= 24;
    if let Some(frame) = sentence.all(Cue::OwnWordsFrame).rev().find(|cue| near_before(cue) || just_after(cue)) {
        return (Guard::OwnWords, Some(frame));
    }
    let words = text[quote.range()].split_whitespace().count();
    let not_own =
        sentence.all(Cue::NotOwnFrame).rev().find(|cue| cue.end <= quote.start && quote.start - cue.end <= 12);
    if words <= SCARE_WORDS && not_own.is_some() {
        return (Guard::StaffQuotation, not_own);
    }
    let speech =
        sentence.all(Cue::Speech).rev().find(near_before).or_else(|| sentence.all(Cue::Speech).find(just_after));
    if let Some(verb) = speech {
        let speakers = [Cue::Person, Cue::Relative, Cue::Staff, Cue::Agency];
        let speaker = sentence
            .cues
            .iter()
            .filter(|(cue, span)| speakers.contains(cue) && span.end <= verb.start && !quote.overlaps(*span))
            .max_by_key(|(_, span)| span.end)
            .or_else(|| {
                let after =
                    |span: &Span| span.start >= verb.end && span.start - verb.end <= 12 && span.start >= quote.end;
                sentence.cues.iter().find(|(cue, span)| speakers.contains(cue) && after(span))
            });
        let guard = match speaker.map(|(cue, _)| *cue) {
            Some(Cue::Relative | Cue::Agency) => Guard::SomeoneElsesWords,
            Some(Cue::Staff) => Guard::StaffQuotation,
            _ => Guard::OwnWords,
        };
        return (guard, Some(verb));
    }
    if words <= SCARE_WORDS { (Guard::StaffQuotation, Some(quote)) } else { (Guard::OwnWords, Some(quote)) }
}

/// The sentences a quotation lies in, taken as one: a quotation may hold sentence ends.
fn widened(reading: &Reading<'_>, quote: Span) -> Span {
    let abbreviations = &reading.lexicon().abbreviations;
    let first = reading.document.sentence_at(quote.start.saturating_sub(1), abbreviations);
    let last = reading.document.sentence_at(quote.end, abbreviations);
    first.cover(last).cover(quote)
}
