//! The few lines around a finding, cut to the width of the page.
//!
//! Whoever shows a line shows it from here. Only a window around each marked place is ever looked at,
//! so the cost of a finding does not grow with the document, nor with the length of its lines.

use super::clean::clean;
use crate::document::{Document, Place};
use crate::span::Span;
use std::ops::Range;

/// A place to be marked.
#[derive(Clone, Debug)]
pub struct Mark {
    /// Bytes of the text.
    pub span: Span,
    /// What is said there, in the rule's words.
    pub label: Option<String>,
}

/// One shown line.
pub struct Line {
    /// The number a person would look for: line, paragraph or row, from 1.
    pub number: Option<u32>,
    /// The words, safe to show, cut to the width.
    pub text: String,
    /// Bytes of [`Line::text`] to mark, with what is said there; sorted, never overlapping.
    pub marks: Vec<(Range<usize>, Option<String>)>,
}

/// A mark that runs over more lines than this is cut.
const LINES_PER_MARK: usize = 3;

/// The lines of `document` that hold `marks`, each at most `width` characters long.
pub fn of_document(document: &Document, marks: &[Mark], width: usize) -> Vec<Line> {
    let within = |offset: u32| {
        document.block_at(offset).and_then(|index| document.blocks().get(index)).map(|block| block.span.range())
    };
    let number = |offset: u32| number_of(&document.place(offset));
    lines(document.text(), marks, width, &within, &number)
}

/// The lines of `text` that hold `marks`; used for files of rules and settings.
pub fn of_text(text: &str, marks: &[Mark], width: usize) -> Vec<Line> {
    let number = |offset: u32| {
        let before = text.as_bytes().get(..offset as usize).unwrap_or_default();
        u32::try_from(memchr::memchr_iter(b'\n', before).count() + 1).ok()
    };
    lines(text, marks, width, &|_| Some(0..text.len()), &number)
}

fn number_of(place: &Place) -> Option<u32> {
    match place {
        Place::Line { line, .. } => Some(*line),
        Place::Page { paragraph, .. } | Place::Paragraph { paragraph } => Some(*paragraph),
        Place::Cell { row, line, .. } => Some(line.unwrap_or(*row)),
        Place::Path { line, .. } => *line,
    }
}

/// A line on the way: where its window lies in the text, and what is marked in it.
struct Window {
    number: Option<u32>,
    at: Range<usize>,
    cut: (bool, bool),
    marks: Vec<(Range<usize>, Option<String>)>,
}

fn lines(
    text: &str,
    marks: &[Mark],
    width: usize,
    within: &dyn Fn(u32) -> Option<Range<usize>>,
    number: &dyn Fn(u32) -> Option<u32>,
) -> Vec<Line> {
    let width = width.max(20);
    let mut marks: Vec<&Mark> = marks.iter().filter(|mark| mark.span.to() <= text.len()).collect();
    marks.sort_by_key(|mark| mark.span);
    let mut windows: Vec<Window> = Vec::new();
    for mark in marks {
        let pieces = pieces(text, mark.span);
        let last = pieces.len().saturating_sub(1);
        for (index, piece) in pieces.into_iter().enumerate() {
            let label = (index == last).then(|| mark.label.clone()).flatten();
            if let Some(window) = windows.last_mut().filter(|w| w.at.start <= piece.start && piece.end <= w.at.end) {
                // Two marks on the same words would be drawn over each other: the first keeps the place.
                if window.marks.last().is_none_or(|(before, _)| before.end <= piece.start) {
                    window.marks.push((piece, label));
                }
                continue;
            }
            let at = Span::new(piece.start, piece.start).start;
            let bounds = within(at).unwrap_or(0..text.len());
            let (window, cut) = window_around(text, &piece, &bounds, width);
            let end = piece.end.min(window.end);
            windows.push(Window { number: number(at), at: window, cut, marks: vec![(piece.start..end, label)] });
        }
    }
    windows.into_iter().map(|window| finish(text, window)).collect()
}

/// `span` without its line breaks, one piece a line.
fn pieces(text: &str, span: Span) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut start = span.from();
    for line in text.get(span.range()).unwrap_or_default().split_inclusive('\n').take(LINES_PER_MARK) {
        let words = line.trim_end_matches(['\n', '\r']);
        let indent = if pieces.is_empty() { 0 } else { words.len() - words.trim_start().len() };
        if words.len() > indent {
            pieces.push(start + indent..start + words.len());
        }
        start += line.len();
    }
    if pieces.is_empty() {
        pieces.push(visible(text, span.from()));
    }
    pieces
}

/// A place between two characters cannot be underlined, so the one in front of it is, or else the one behind.
fn visible(text: &str, at: usize) -> Range<usize> {
    let beside = |c: Option<char>| c.filter(|c| *c != '\n').map_or(0, char::len_utf8);
    let before = beside(text[..at].chars().next_back());
    if before > 0 { at - before..at } else { at..at + beside(text[at..].chars().next()) }
}

/// The part of the line around `piece` that fits into `width` characters, and whether words were cut off in front and behind.
fn window_around(
    text: &str,
    piece: &Range<usize>,
    bounds: &Range<usize>,
    width: usize,
) -> (Range<usize>, (bool, bool)) {
    let bounds = bounds.start.min(piece.start)..bounds.end.max(piece.end).min(text.len());
    // One character more than fits is looked at on either side, to know whether something is cut off.
    let before = back(text, bounds.start, piece.start, width + 1);
    let marked = forward(text, piece.start, piece.end, width);
    let after = forward(text, marked.1, bounds.end, width + 1);
    if marked.1 == piece.end && before.0 + marked.0 + after.0 <= width {
        return (before.1..after.1, (false, false));
    }
    let room = width.saturating_sub(marked.0 + 2);
    let lead = before.0.min((room / 3).max(room.saturating_sub(after.0)));
    let start = back(text, bounds.start, piece.start, lead).1;
    let start = if start == before.1 && before.0 <= width { start } else { word_start(text, start, piece.start) };
    let used = text[start..piece.start].chars().count();
    let end = forward(text, marked.1, bounds.end, room.saturating_sub(used)).1;
    let end = if end == after.1 && after.0 <= width { end } else { word_end(text, marked.1, end) };
    let cut = (start > before.1 || before.0 > width, end < after.1 || after.0 > width || marked.1 < piece.end);
    (start..end, cut)
}

/// Goes back from `from` by at most `count` characters, not past `stop` nor a line break: characters gone, and where.
fn back(text: &str, stop: usize, from: usize, count: usize) -> (usize, usize) {
    let mut gone = (0, from);
    for (at, c) in text[stop..from].char_indices().rev().take(count) {
        if c == '\n' {
            break;
        }
        gone = (gone.0 + 1, stop + at);
    }
    gone
}

/// Goes on from `from` by at most `count` characters, not past `stop` nor a line break: characters gone, and where.
fn forward(text: &str, from: usize, stop: usize, count: usize) -> (usize, usize) {
    let mut gone = (0, from);
    for c in text[from..stop].chars().take(count) {
        if c == '\n' {
            break;
        }
        gone = (gone.0 + 1, gone.1 + c.len_utf8());
    }
    gone
}

fn word_start(text: &str, from: usize, to: usize) -> usize {
    text[from..to].find(' ').map_or(from, |space| from + space + 1)
}

fn word_end(text: &str, from: usize, to: usize) -> usize {
    text[from..to].rfind(' ').map_or(to, |space| from + space)
}

fn finish(text: &str, window: Window) -> Line {
    let words = clean(&text[window.at.clone()]);
    let front = if window.cut.0 { "… " } else { "" };
    let back = if window.cut.1 { " …" } else { "" };
    let shift = |offset: usize| offset.saturating_sub(window.at.start).min(words.len()) + front.len();
    let marks = window.marks.into_iter().map(|(at, label)| (shift(at.start)..shift(at.end), label)).collect();
    Line { number: window.number, text: format!("{front}{words}{back}"), marks }
}

#[cfg(test)]
mod tests {
    use super::{Mark, of_text};
    use crate::span::Span;

    fn shown(text: &str, marked: &[&str], width: usize) -> Vec<(u32, String, Vec<String>)> {
        let marks: Vec<Mark> = marked
            .iter()
            .map(|words| {
                let start = text.find(words).expect("the words are in the text");
                Mark { span: Span::new(start, start + words.len()), label: None }
            })
            .collect();
        of_text(text, &marks, width)
            .into_iter()
            .map(|line| {
                let marks = line.marks.iter().map(|(at, _)| line.text[at.clone()].to_owned()).collect();
                (line.number.unwrap_or(0), line.text, marks)
            })
            .collect()
    }

    fn check(text: &str, marked: &[&str], width: usize, expect: &[(u32, &str, &[&str])]) {
        let found = shown(text, marked, width);
        let found: Vec<(u32, &str, Vec<&str>)> =
            found.iter().map(|(n, t, m)| (*n, t.as_str(), m.iter().map(String::as_str).collect())).collect();
        let expect: Vec<(u32, &str, Vec<&str>)> = expect.iter().map(|(n, t, m)| (*n, *t, m.to_vec())).collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn a_short_line_is_shown_whole() {
        check("one\ntwo three four\nfive", &["three"], 80, &[(2, "two three four", &["three"])]);
    }

    #[test]
    fn two_marks_on_one_line_share_it() {
        check("a b c", &["a", "c"], 80, &[(1, "a b c", &["a", "c"])]);
    }

    #[test]
    fn a_mark_over_a_line_break_is_marked_on_both_lines() {
        check(
            "has a lack of\n  insight today",
            &["lack of\n  insight"],
            80,
            &[(1, "has a lack of", &["lack of"]), (2, "  insight today", &["insight"])],
        );
    }

    #[test]
    fn a_very_long_line_is_cut_around_the_mark() {
        let text = format!("{}needle {}", "hay ".repeat(700), "straw ".repeat(700));
        let found = shown(&text, &["needle"], 60);
        assert_eq!(found.len(), 1);
        let (_, line, marks) = &found[0];
        assert!(line.chars().count() <= 60, "{line}");
        assert!(line.starts_with("… hay ") && line.ends_with(" straw …"), "{line}");
        assert_eq!(marks, &["needle"]);
    }

    #[test]
    fn far_marks_of_one_long_line_are_two_windows() {
        let text = format!("needle {}pin", "hay ".repeat(700));
        let found = shown(&text, &["needle", "pin"], 60);
        assert_eq!(found.iter().map(|line| line.2[0].as_str()).collect::<Vec<_>>(), ["needle", "pin"]);
        assert!(found.iter().all(|line| line.0 == 1));
    }

    #[test]
    fn a_mark_longer_than_the_page_is_cut() {
        let text = "word ".repeat(500);
        let found = shown(&text, &[text.trim_end()], 50);
        assert!(found[0].1.chars().count() <= 52, "{}", found[0].1);
        assert!(found[0].1.ends_with(" …"));
    }

    #[test]
    fn hostile_characters_do_not_move_the_mark() {
        check(
            "\u{202e}\u{1b}[31m e\u{301} \u{1f600} here",
            &["here"],
            80,
            &[(1, "\u{fffd}?[31m e\u{301} \u{1f600} here", &["here"])],
        );
    }

    #[test]
    fn a_place_between_characters_is_marked_on_the_one_in_front() {
        let text = "a\nb.\n";
        for (at, expect) in [(0, "a"), (1, "a"), (2, "b"), (4, "."), (5, "")] {
            let found = of_text(text, &[Mark { span: Span::new(at, at), label: None }], 80);
            let line = found.first().expect("a line for every mark");
            assert_eq!(&line.text[line.marks[0].0.clone()], expect, "{at}");
        }
    }

    #[test]
    fn a_span_past_the_end_is_left_out() {
        assert!(of_text("short", &[Mark { span: Span { start: 3, end: 99 }, label: None }], 80).is_empty());
    }
}
