//! What sort of document this is, when nobody said.

use crate::document::{Block, BlockKind, Document, Kind, Reason};
use crate::rule::RuleSet;
use crate::span::Span;
use std::collections::BTreeSet;

/// So much of a document is read for signs, in bytes.
const HEAD: usize = 6 * 1024;
/// So much of a heading is read for a name, in bytes.
const LONGEST_TITLE: usize = 120;
/// A first line up to here may be a title, in bytes.
const SHORT: usize = 80;
/// Less than this, in bytes, is a few lines.
const FEW_LINES: usize = 1024;
/// So many different signs settle it.
const ENOUGH: usize = 2;

/// The kind a document seems to be, and why: its header, its name or title, then the words of its beginning.
pub fn assume_kind(document: &Document, rules: &RuleSet) -> (Kind, Reason) {
    if let Some(kind) = document.header("kind").and_then(|name| Kind::from_name(&name.trim().to_lowercase())) {
        return (kind, Reason::Header);
    }
    let title = document.blocks().first().filter(|block| is_title(document, block));
    let title = title.map(|block| document.words(block.span)).unwrap_or_default();
    let title = title.get(..LONGEST_TITLE).unwrap_or(title);
    let name = document.called().rsplit(['/', '\\']).next().unwrap_or_default();
    let by_name = |words: &str| {
        let named = format!(" {} ", plain(words));
        // The last noun of a heading decides: "Consent to treatment policy" is a policy.
        rules
            .lexicon
            .kinds
            .iter()
            .filter_map(|kind| Some((last_sign(&named, &kind.names)?, kind.kind)))
            .max_by_key(|(at, _)| *at)
    };
    if let Some((_, kind)) = by_name(title).or_else(|| by_name(name)) {
        return (kind, Reason::Content(1));
    }
    let head = Span::new(0, document.text().floor_char_boundary(HEAD));
    let hits = rules.lexicon.sign_words.hits(document.text(), head);
    let mut best: Option<(usize, Kind)> = None;
    for signs in &rules.lexicon.kinds {
        let seen: BTreeSet<u32> = hits.iter().filter(|hit| Some(hit.set) == signs.words).map(|hit| hit.term).collect();
        if seen.len() >= ENOUGH && best.is_none_or(|(most, _)| seen.len() > most) {
            best = Some((seen.len(), signs.kind));
        }
    }
    match best {
        Some((count, kind)) => (kind, Reason::Content(u32::try_from(count).unwrap_or(u32::MAX))),
        None => (assumed(document), Reason::Assumed),
    }
}

/// The first words are a title: a heading, or a short line that is no sentence. A note may well begin with the
/// name of another kind ("Training went well today.").
fn is_title(document: &Document, block: &Block) -> bool {
    let words = document.words(block.span).trim();
    matches!(block.kind, BlockKind::Heading(_))
        || (words.len() <= SHORT && !words.ends_with('.') && !words.contains(". "))
}

/// Formats in which headings are marked as such.
const WRITTEN: &[&str] = &["markdown", "docx", "odt", "rtf", "html", "epub"];

/// Nothing spoke for any kind: a page with headings and no dated entry is written for readers, anything else is
/// taken for notes about a person, whose words are private. A few lines under one heading are a note as well.
fn assumed(document: &Document) -> Kind {
    let headings =
        document.blocks().iter().take(40).filter(|block| matches!(block.kind, BlockKind::Heading(_))).count();
    let headed = headings > 1 || (headings == 1 && document.text().len() > FEW_LINES);
    let dated = document.entries().iter().any(|entry| entry.stamp.is_some());
    if headed && !dated && WRITTEN.contains(&document.format()) { Kind::Policy } else { Kind::Record }
}

/// Where the last of some names ends in folded words, and how long it is.
fn last_sign(words: &str, names: &[String]) -> Option<(usize, usize)> {
    let ends = names.iter().filter_map(|listed| {
        let sign = format!(" {} ", plain(listed));
        words.rfind(&sign).map(|at| (at + sign.len(), sign.len()))
    });
    ends.max()
}

/// Lower case words with single spaces; whatever else stands between them is gone.
fn plain(text: &str) -> String {
    let lower = text.to_lowercase();
    let words: Vec<&str> =
        lower.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}
