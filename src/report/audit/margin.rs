//! The text of each document, for reading, with what was found in its margin.

use super::html::slug;
use super::{Account, Audit};
use crate::document::{Block, BlockKind};
use crate::finding::{Checked, Finding};
use crate::report::clean::clean;
use crate::report::words::{message, safe};
use crate::report::{Excerpts, Report};
use maud::{Markup, html};

/// Every document of the report whose words the account may show.
pub(super) fn all(audit: &Audit, report: &Report<'_>) -> Markup {
    html! {
        @for (number, (account, checked)) in audit.documents.iter().zip(&report.checked).enumerate() {
            (one(number, account, checked))
        }
    }
}

fn one(number: usize, account: &Account, checked: &Checked) -> Markup {
    let document = &checked.document;
    html! {
        section id={ "t" (number) } aria-labelledby={ "t" (number) "-h" } {
            h2 id={ "t" (number) "-h" } { "The text of " (account.name) }
            @if document.kind().is_about_a_person() {
                p { "The text is about a person, so it is not repeated here." }
            } @else {
                @for block in document.blocks() {
                    @if block.kind != BlockKind::FrontMatter { (row(checked, block)) }
                }
            }
        }
    }
}

fn row(checked: &Checked, block: &Block) -> Markup {
    let found: Vec<&Finding> = checked.findings.iter().filter(|finding| block.span.has(finding.span.start)).collect();
    let text = checked.document.text();
    // Only the part of a match that stands in this block is marked, and where two meet the first one.
    let mut pieces: Vec<(&str, bool)> = Vec::new();
    let mut at = block.span.from();
    for finding in &found {
        let (from, to) = (finding.span.from(), finding.span.to().min(block.span.to()));
        if from >= at && to > from {
            pieces.push((&text[at..from], false));
            pieces.push((&text[from..to], true));
            at = to;
        }
    }
    pieces.push((&text[at..block.span.to()], false));
    let words = html! {
        @for (piece, marked) in pieces {
            @if marked { mark { bdi { (clean(piece)) } } } @else { bdi { (clean(piece)) } }
        }
    };
    html! {
        div.read {
            @match block.kind {
                BlockKind::Heading(_) => { p { strong { (words) } } },
                BlockKind::Item(_) => { p { "• " (words) } },
                _ => { p { (words) } },
            }
            @if !found.is_empty() {
                aside aria-label="Found here" {
                    @for finding in found {
                        p { strong { (finding.severity.name()) } " " (message(finding, Excerpts::Full))
                            @if let Some(ask) = &finding.ask { " " em { (safe(ask)) } }
                            " " a href={ "#r-" (slug(&finding.rule.0)) } { (finding.rule.0) } }
                    }
                }
            }
        }
    }
}
