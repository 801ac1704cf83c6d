//! Regular expressions in terms: `/…/`, and `/…/c` where capitals matter.

use super::{TermError, Written};
use regex_syntax::ast;
use regex_syntax::hir::{Hir, HirKind, Look};
use std::ops::Range;

/// The most memory one compiled expression may take, in bytes.
const SIZE_LIMIT: usize = 1 << 20;
/// How deep brackets may stand in each other.
const NEST_LIMIT: u32 = 50;

/// Reads a term that begins with a slash.
pub(super) fn read(term: &str) -> Result<Written, TermError> {
    let all = 0..term.len();
    let Some(close) = term.rfind('/').filter(|&close| close > 0) else {
        let help = "write /…/ around a regular expression, or begin the term with a word";
        return Err(TermError::new(all, "this regular expression is not closed", "no second slash", help));
    };
    let (source, flags) = (&term[1..close], &term[close + 1..]);
    let case_sensitive = match flags {
        "" => false,
        "c" => true,
        _ => {
            let help = "only c is known: /…/c where capitals matter";
            let at = close + 1..term.len();
            return Err(TermError::new(at, "unknown letter behind the regular expression", "not known", help));
        }
    };
    if source.is_empty() {
        return Err(TermError::new(all, "this regular expression is empty", "nothing to look for", ""));
    }
    check(source, case_sensitive).map_err(|mut error| {
        error.at = error.at.start + 1..error.at.end + 1;
        error
    })?;
    Ok(Written::Regex { source: source.to_owned(), case_sensitive })
}

fn check(source: &str, case_sensitive: bool) -> Result<(), TermError> {
    let mut parser =
        regex_syntax::ParserBuilder::new().nest_limit(NEST_LIMIT).case_insensitive(!case_sensitive).build();
    let hir = parser.parse(source).map_err(|error| plain(&error, source))?;
    if hir.properties().minimum_len() == Some(0) {
        let help = "let at least one sign of it be necessary";
        return Err(TermError::new(0..source.len(), "this regular expression matches nothing at all", "empty", help));
    }
    // Only a counted repetition can make a short expression large; building one costs a thousand times its parsing.
    if !source.contains('{') {
        return Ok(());
    }
    let built = regex::RegexBuilder::new(source)
        .case_insensitive(!case_sensitive)
        .nest_limit(NEST_LIMIT)
        .size_limit(SIZE_LIMIT)
        .build();
    built.map(|_| ()).map_err(|_| {
        let help = "make its repetitions smaller";
        TermError::new(0..source.len(), "this regular expression is too large", "too large", help)
    })
}

fn plain(error: &regex_syntax::Error, source: &str) -> TermError {
    let (span, said, help) = match error {
        regex_syntax::Error::Parse(error) => match error.kind() {
            ast::ErrorKind::UnsupportedLookAround => (
                error.span(),
                "looking ahead or behind is not known here".to_owned(),
                "the time it takes cannot be bounded; use `unless:` for what must not stand near",
            ),
            ast::ErrorKind::UnsupportedBackreference => {
                (error.span(), "referring back to a group is not known here".to_owned(), "spell the alternatives out")
            }
            kind => (error.span(), kind.to_string(), ""),
        },
        regex_syntax::Error::Translate(error) => (error.span(), error.kind().to_string(), ""),
        _ => return TermError::new(0..source.len(), "this regular expression is not understood", "here", ""),
    };
    let at = within(span.start.offset..span.end.offset, source);
    TermError::new(at, &format!("in this regular expression: {said}"), "here", help)
}

fn within(at: Range<usize>, source: &str) -> Range<usize> {
    let end = at.end.min(source.len());
    at.start.min(end)..end
}

/// Whether every match of `source` must hold one whole word that is known beforehand; only then is it looked up
/// quickly. `source` is the text between the slashes.
pub fn has_whole_word(source: &str) -> bool {
    regex_syntax::Parser::new().parse(source).is_ok_and(|hir| needs_word(&hir))
}

fn needs_word(hir: &Hir) -> bool {
    match hir.kind() {
        HirKind::Capture(capture) => needs_word(&capture.sub),
        HirKind::Repetition(repetition) => repetition.min > 0 && needs_word(&repetition.sub),
        HirKind::Alternation(branches) => branches.iter().all(needs_word),
        HirKind::Concat(parts) => {
            parts.iter().any(|part| !matches!(part.kind(), HirKind::Literal(_)) && needs_word(part))
                || parts.iter().enumerate().any(|(index, part)| {
                    let before = index.checked_sub(1).and_then(|before| parts.get(before));
                    literal_holds_word(part, before.is_some_and(is_border), parts.get(index + 1).is_some_and(is_border))
                })
        }
        _ => literal_holds_word(hir, false, false),
    }
}

fn is_border(hir: &Hir) -> bool {
    matches!(
        hir.kind(),
        HirKind::Look(
            Look::WordAscii
                | Look::WordUnicode
                | Look::WordStartAscii
                | Look::WordEndAscii
                | Look::WordStartUnicode
                | Look::WordEndUnicode
        )
    )
}

fn literal_holds_word(hir: &Hir, border_before: bool, border_after: bool) -> bool {
    let HirKind::Literal(literal) = hir.kind() else { return false };
    let text = String::from_utf8_lossy(&literal.0);
    let pieces: Vec<&str> = text.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
    let last = pieces.len().saturating_sub(1);
    pieces
        .iter()
        .enumerate()
        .any(|(index, piece)| piece.len() > 1 && (index > 0 || border_before) && (index < last || border_after))
}
