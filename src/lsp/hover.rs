//! What a rule says at a word: why it matters, whose right, what would put it right, and how sure the sources are.

use super::open::Open;
use super::setting::Setting;
use crate::finding::Finding;
use crate::report::words::{self, safe};
use crate::report::{Excerpts, Report};
use crate::rule::Sureness;
use gen_lsp_types as lsp;
use std::fmt::Write;

/// Every finding at `position`, explained.
pub(super) fn hover(open: &Open, setting: &Setting, position: lsp::Position) -> Option<lsp::Hover> {
    let at = open.text.offset(position);
    let seen = open.seen.as_ref()?;
    let here: Vec<_> = seen.shown().filter(|(_, span)| span.from() <= at && at <= span.to()).collect();
    let (_, span) = *here.first()?;
    let pages: Vec<String> = here.iter().map(|(finding, _)| page(finding, setting)).collect();
    let value = pages.join("\n\n---\n\n");
    let contents = lsp::Contents::MarkupContent(lsp::MarkupContent { kind: lsp::MarkupKind::Markdown, value });
    Some(lsp::Hover { contents, range: Some(open.text.range(span.from(), span.to())) })
}

fn page(finding: &Finding, setting: &Setting) -> String {
    let report = Report {
        checked: Vec::new(),
        unread: Vec::new(),
        rules: &setting.checker.rules,
        rules_in_force: 0,
        profile: setting.profile.clone(),
        took: None,
        version: env!("CARGO_PKG_VERSION"),
    };
    let mut out = format!("**{}**\n\n{}\n", plain(&finding.title), plain(&words::message(finding, Excerpts::None)));
    let mut part = |label: &str, text: &str| {
        if !text.is_empty() {
            let _ = write!(out, "\n**{label}** {}\n", plain(text));
        }
    };
    for (label, names) in words::missing(finding) {
        part(label, &names.join(" · "));
    }
    part("Why", &finding.why);
    part("Ask", finding.ask.as_deref().unwrap_or_default());
    part("Rather", &finding.alternatives.join(" · "));
    let rights = words::basis(finding, &report);
    let rights: Vec<String> = rights.into_iter().map(|(label, list)| format!("{label} {list}")).collect();
    part("Right", &rights.join(" · "));
    let sources = report.rules.text_of(&finding.rule).map(|text| text.sources).unwrap_or_default();
    let sources = sources.iter().map(|source| match source.sure {
        Sureness::Verified => format!("{} (verified)", source.source),
        Sureness::FromMemory => format!("{} (from memory)", source.source),
    });
    part("Sources", &sources.collect::<Vec<_>>().join("; "));
    let _ = write!(out, "\n`{}`, {} confidence", plain(&finding.rule.0), finding.confidence.name());
    out
}

/// Text that means itself in Markdown.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in safe(text).chars() {
        if matches!(sign, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '&') {
            out.push('\\');
        }
        out.push(sign);
    }
    out
}
