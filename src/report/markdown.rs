//! `markdown`: for the summary of a build, a pull request or a wiki. Words of documents stand in quotations of code, so
//! that no sign in them is taken for markup.

use super::excerpt;
use super::human::marks;
use super::select::{Shown, select};
use super::words::{self, Reader, safe};
use super::{Excerpts, Report, Reporter, Style, Tally, summary};
use std::io::{self, Write};

/// Writes `markdown`.
pub(super) struct Markdown;

/// Columns of a quoted line.
const WIDTH: usize = 160;

impl Reporter for Markdown {
    fn name(&self) -> &'static str {
        "markdown"
    }

    fn about(&self) -> &'static str {
        "Markdown, for the summary of a build or a wiki"
    }

    fn write(&self, report: &Report<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
        let shown = select(report, style);
        writeln!(out, "# dignity: {}\n", escaped(&words::found(&Tally::of(report))))?;
        for one in &shown {
            finding(report, style, *one, out)?;
        }
        if style.quiet {
            return Ok(());
        }
        if !shown.is_empty() {
            writeln!(out, "---\n")?;
        }
        for part in summary::parts(report, style, &shown) {
            for line in &part.lines {
                writeln!(out, "- **{}**: {}", part.label, escaped(line))?;
            }
        }
        Ok(())
    }
}

fn finding(report: &Report<'_>, style: &Style, shown: Shown<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Shown { checked, finding } = shown;
    let document = &checked.document;
    let excerpts = words::excerpts(style, document.kind(), Reader::Machine);
    writeln!(out, "## {}: {}\n", finding.severity.name(), escaped(&safe(&finding.title)))?;
    let place = words::whereabouts_in(document, &finding.place);
    writeln!(out, "{} · {} · {}", code(&place), code(&finding.rule.0), finding.standing.name())?;
    match excerpts {
        Excerpts::Full => {
            for line in excerpt::of_document(document, &marks(shown), WIDTH) {
                writeln!(out, "\n> {}", code(line.text.trim()))?;
            }
        }
        Excerpts::Short => writeln!(out, "\n> {}", code(&safe(document.words(finding.span).trim())))?,
        Excerpts::None => {}
    }
    writeln!(out)?;
    let mut item = |label: &str, text: &str| writeln!(out, "- **{label}**: {}", escaped(&safe(text)));
    let missing = words::missing(finding);
    if missing.is_empty() {
        item("What", &words::message(finding, excerpts))?;
    }
    for (label, names) in missing {
        item(label, &names.join(" · "))?;
    }
    if finding.count > 1 {
        item("Times", &finding.count.to_string())?;
    }
    item("Why", &finding.why)?;
    let basis: Vec<String> =
        words::basis(finding, report).into_iter().map(|(label, text)| format!("{label} {text}")).collect();
    item("Right", &basis.join(" · "))?;
    if !finding.alternatives.is_empty() {
        item("Could be written", &finding.alternatives.join(" · "))?;
    }
    if let Some(ask) = &finding.ask {
        item("Ask", ask)?;
    }
    writeln!(out)
}

/// `text`, with every sign that Markdown could take for markup told apart by a stroke. One line only.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '@' | '$' | '!') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// `text` as code. One line only.
pub(super) fn code(text: &str) -> String {
    let mut longest = 0;
    let mut run = 0;
    for c in text.chars() {
        run = if c == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    let fence = "`".repeat(longest + 1);
    // A blank inside the fence keeps a grave accent at either end away from it; readers take one blank off again.
    let blank = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) || text.is_empty() { " " } else { "" };
    format!("{fence}{blank}{text}{blank}{fence}")
}

#[cfg(test)]
mod tests {
    use super::{code, escaped};

    #[test]
    fn signs_lose_their_meaning() {
        assert_eq!(escaped("a *b* [c](d) <e> #f"), r"a \*b\* \[c\](d) \<e\> \#f");
    }

    #[test]
    fn code_holds_grave_accents() {
        for (text, expect) in [("a", "`a`"), ("a`b", "``a`b``"), ("`a`", "`` `a` ``"), ("a``b", "```a``b```")] {
            assert_eq!(code(text), expect);
        }
    }
}
