//! `human`: a block a finding, with the words it is about marked in their line, and a summary.

use super::excerpt::{self, Mark};
use super::select::{Shown, select};
use super::snippet::{Pen, draw};
use super::words::{self, Reader, safe, wrapped};
use super::{Excerpts, Report, Reporter, Style, saving, summary};
use crate::rule::Severity;
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr;

/// Writes `human`.
pub(super) struct Human;

/// Columns of the number and the bar in front of an excerpt, and of one blank behind it.
const GUTTER: usize = 10;

impl Reporter for Human {
    fn name(&self) -> &'static str {
        "human"
    }

    fn about(&self) -> &'static str {
        "for reading at a terminal: the words marked in their line, why, whose right, what to ask"
    }

    fn write(&self, report: &Report<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
        if style.before_saving {
            return saving::write(report, style, out);
        }
        let shown = select(report, style);
        for one in &shown {
            block(report, style, *one, out)?;
        }
        if style.quiet {
            return Ok(());
        }
        let paint = Paint(style.color);
        for part in summary::parts(report, style, &shown) {
            let label = format!("{:<12}", part.label);
            for (index, line) in part.lines.iter().enumerate() {
                let front = if index == 0 { paint.dim(&label) } else { " ".repeat(label.len()) };
                writeln!(out, "{front}{}", wrapped(line, label.len(), style.width))?;
            }
        }
        Ok(())
    }
}

fn block(report: &Report<'_>, style: &Style, shown: Shown<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Shown { checked, finding } = shown;
    let document = &checked.document;
    let excerpts = words::excerpts(style, document.kind(), Reader::Person);
    let paint = Paint(style.color);
    header(style, shown, excerpts, out)?;

    let lines = if excerpts == Excerpts::Full {
        excerpt::of_document(document, &marks(shown), style.width.saturating_sub(GUTTER))
    } else {
        Vec::new()
    };
    let pen = Pen { color: style.color, width: style.width };
    write!(out, "{}", draw(pen, finding.severity, &safe(&finding.title), &lines, None))?;
    if excerpts == Excerpts::Short {
        writeln!(out, "  “{}”", safe(document.words(finding.span).trim()))?;
    }

    let missing = words::missing(finding);
    if missing.is_empty() {
        let message = words::message(finding, excerpts);
        if message != finding.title {
            writeln!(out, "  {}", wrapped(&message, 2, style.width))?;
        }
    }
    for (label, names) in missing {
        let names = names.join(" · ");
        writeln!(out, "  {}   {}", paint.bold(label), wrapped(&safe(&names), label.len() + 5, style.width))?;
    }
    let mut line = |label: &str, text: &str| -> io::Result<()> {
        writeln!(out, "  {}  {}", paint.dim(&format!("{label:<6}")), wrapped(&safe(text), 10, style.width))
    };
    if finding.count > 1 {
        line("Times", &format!("{} times here", finding.count))?;
    }
    line("Why", &finding.why)?;
    let basis: Vec<String> = words::basis(finding, report)
        .into_iter()
        .map(|(label, text)| if label == "CRPD" { format!("{label} {text}") } else { format!("{label}: {text}") })
        .collect();
    line("Right", &basis.join(" · "))?;
    if !finding.alternatives.is_empty() {
        line("Rather", &finding.alternatives.join(" · "))?;
    }
    if let Some(ask) = &finding.ask {
        line("Ask", ask)?;
    }
    writeln!(out)
}

/// Place and headings on the left, level and rule on the right; on two lines when they do not fit.
fn header(style: &Style, shown: Shown<'_>, excerpts: Excerpts, out: &mut dyn Write) -> io::Result<()> {
    let Shown { checked, finding } = shown;
    let mut left = words::whereabouts_in(&checked.document, &finding.place);
    if excerpts != Excerpts::None {
        for heading in words::headings(&checked.document, finding) {
            left.push_str(" › ");
            left.push_str(&heading);
        }
    }
    let right = format!("{} · {}", finding.severity.name(), finding.rule);
    let paint = Paint(style.color);
    let used = left.width() + right.width();
    let right = format!("{} · {}", paint.level(finding.severity), finding.rule);
    if used + 2 <= style.width {
        writeln!(out, "{}{}{right}", paint.bold(&left), " ".repeat(style.width - used))
    } else {
        writeln!(out, "{}\n  {right}", paint.bold(&wrapped(&left, 2, style.width)))
    }
}

/// The words of a finding, then its other places; a place named twice keeps its label.
pub(super) fn marks(shown: Shown<'_>) -> Vec<Mark> {
    let Shown { finding, .. } = shown;
    let own = finding.evidence.iter().find(|evidence| evidence.span == finding.span);
    let mut marks = vec![Mark { span: finding.span, label: own.map(|evidence| safe(&evidence.label).into_owned()) }];
    for evidence in finding.evidence.iter().filter(|evidence| evidence.span != finding.span) {
        marks.push(Mark { span: evidence.span, label: Some(safe(&evidence.label).into_owned()) });
    }
    marks
}

/// Colour, where it is allowed; it never carries a meaning of its own.
struct Paint(bool);

impl Paint {
    fn with(&self, code: &str, text: &str) -> String {
        if self.0 { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    fn bold(&self, text: &str) -> String {
        self.with("1", text)
    }

    fn dim(&self, text: &str) -> String {
        self.with("2", text)
    }

    fn level(&self, severity: Severity) -> String {
        let code = match severity {
            Severity::Error => "31",
            Severity::Warning => "33",
            Severity::Advice => "36",
        };
        self.with(code, severity.name())
    }
}
