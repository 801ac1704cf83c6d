//! Draws marked lines with miette. The only module that knows it, so another drawer can take its place.
//!
//! miette looks for a label by reading the whole source again and prints lines whole; it is given
//! ready-cut lines instead, through a source of our own that finds a line by binary search.

use super::excerpt::Line;
use crate::rule::Severity;
use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents};
use miette::{SourceCode, SourceSpan, SpanContents};
use std::fmt;

/// How to draw.
#[derive(Clone, Copy, Debug)]
pub struct Pen {
    /// Colour allowed.
    pub color: bool,
    /// Columns.
    pub width: usize,
}

/// Draws `title` with `lines` under it, and `help` last. `title` and `help` must be safe to show.
pub(super) fn draw(pen: Pen, severity: Severity, title: &str, lines: &[Line], help: Option<&str>) -> String {
    let frame = Frame { title, severity, help, source: Source::new(lines) };
    let theme = if pen.color { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_width(pen.width.max(40))
        .with_context_lines(0)
        .without_syntax_highlighting()
        .without_cause_chain();
    let mut drawn = String::new();
    // Writing to a string fails only when the source cannot be read at a label; then the title stands alone.
    if handler.render_report(&mut drawn, &frame).is_err() {
        return format!("  {title}\n");
    }
    frame.source.tidy(&drawn)
}

struct Frame<'a> {
    title: &'a str,
    severity: Severity,
    help: Option<&'a str>,
    source: Source,
}

impl fmt::Debug for Frame<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Frame({} lines)", self.source.starts.len())
    }
}

impl fmt::Display for Frame<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.title)
    }
}

impl std::error::Error for Frame<'_> {}

impl Diagnostic for Frame<'_> {
    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Advice => miette::Severity::Advice,
        })
    }

    fn help<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        self.help.map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        (!self.source.starts.is_empty()).then_some(&self.source as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.source.labels.iter().cloned()))
    }
}

/// Ready-cut lines, one after the other, each under its own number.
struct Source {
    text: String,
    starts: Vec<usize>,
    numbers: Vec<Option<u32>>,
    labels: Vec<LabeledSpan>,
}

impl Source {
    fn new(lines: &[Line]) -> Self {
        let mut source = Self { text: String::new(), starts: Vec::new(), numbers: Vec::new(), labels: Vec::new() };
        for line in lines {
            let start = source.text.len();
            source.starts.push(start);
            source.numbers.push(line.number);
            for (at, label) in &line.marks {
                source.labels.push(LabeledSpan::new(label.clone(), start + at.start, at.len()));
            }
            source.text.push_str(&line.text);
            source.text.push('\n');
        }
        source
    }

    fn line_at(&self, offset: usize) -> Option<usize> {
        self.starts.partition_point(|start| *start <= offset).checked_sub(1)
    }

    /// Takes away the frame lines, which say again what stands above them, and aligns the numbers.
    fn tidy(&self, drawn: &str) -> String {
        let widest = self.numbers.iter().map(|number| digits(*number)).max().unwrap_or(1);
        let mut shown = self.numbers.iter();
        let mut number = None;
        let mut inside = false;
        let mut out = String::with_capacity(drawn.len());
        for line in drawn.lines() {
            let bare = line.trim_start();
            if bare.starts_with("╭─") {
                number = shown.next().copied().flatten();
                inside = true;
                continue;
            }
            if inside && bare.starts_with("╰─") {
                inside = false;
                continue;
            }
            if !inside {
                out.push_str(line);
                out.push('\n');
                continue;
            }
            out.extend(std::iter::repeat_n(' ', 1 + widest - digits(number)));
            match number {
                Some(_) => out.push_str(line.trim_end()),
                None => out.push_str(without_number(line).trim_end()),
            }
            out.push('\n');
        }
        out
    }
}

/// miette numbers every line; a place known by its path has no number, so it goes.
fn without_number(line: &str) -> String {
    let gutter = line.find('│').unwrap_or(0);
    match line[..gutter].rfind('1').filter(|at| line[at + 1..].starts_with([' ', '\u{1b}'])) {
        Some(at) => format!("{} {}", &line[..at], &line[at + 1..]),
        None => line.to_owned(),
    }
}

fn digits(number: Option<u32>) -> usize {
    number.map_or(1, |number| number.checked_ilog10().unwrap_or(0) as usize + 1)
}

impl SourceCode for Source {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        _before: usize,
        _after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let index = self.line_at(span.offset()).ok_or(MietteError::OutOfBounds)?;
        let start = self.starts.get(index).copied().ok_or(MietteError::OutOfBounds)?;
        // The line feed belongs to no line: a span that reaches it would join two lines that are not neighbours.
        let end = self.starts.get(index + 1).copied().unwrap_or(self.text.len()).saturating_sub(1);
        if span.offset() + span.len() > end {
            return Err(MietteError::OutOfBounds);
        }
        let number = self.numbers.get(index).copied().flatten().unwrap_or(1) as usize;
        let column = self.text[start..span.offset()].chars().count();
        let words = &self.text.as_bytes()[start..end];
        Ok(Box::new(MietteSpanContents::new(words, (start, end - start).into(), number.saturating_sub(1), column, 0)))
    }
}
