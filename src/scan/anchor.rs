//! The words a regular expression cannot match without, so that it is run only near them.

use super::words::{is_word, tokens};
use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, Hir, HirKind, Look};

/// Something a match must hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// This word.
    Word(String),
    /// A word that begins with these four letters or more.
    Stem(String),
    /// A word that begins with a digit.
    Digits,
}

/// What every match of `source` holds one of. `None`: no such words, or `source` is no regular expression.
pub fn anchors(source: &str) -> Option<Vec<Anchor>> {
    // Case is left as written: look-up folds it anyway, and folded letters would no longer be literals.
    let hir = ParserBuilder::new().utf8(true).nest_limit(64).build().parse(source).ok()?;
    of(&hir, false, false)
}

/// A match of unknown length reaches so far around its word, in bytes each way.
const FAR: u32 = 240;

/// How many bytes a match may reach around a word it holds.
pub(super) fn reach(source: &str) -> u32 {
    let longest =
        ParserBuilder::new().nest_limit(64).build().parse(source).ok().and_then(|hir| hir.properties().maximum_len());
    longest.and_then(|longest| u32::try_from(longest).ok()).map_or(FAR, |longest| longest.min(FAR))
}

/// Bytes of which one stands in every match of `source`, so that a stretch without them is not looked at. Letters and
/// spaces are everywhere and never named; empty: nothing is known.
pub(super) fn needs(source: &str) -> Vec<u8> {
    let hir = ParserBuilder::new().utf8(true).nest_limit(64).build().parse(source);
    hir.ok().and_then(|hir| marks(&hir)).unwrap_or_default()
}

fn marks(hir: &Hir) -> Option<Vec<u8>> {
    let rare = |byte: u8| !byte.is_ascii_alphabetic() && byte != b' ' && byte != b'\n';
    match hir.kind() {
        HirKind::Literal(literal) => {
            literal.0.iter().find(|byte| byte.is_ascii() && rare(**byte)).map(|byte| vec![*byte])
        }
        HirKind::Class(Class::Unicode(class)) => {
            let mut bytes = Vec::new();
            for range in class.iter() {
                if u32::from(range.end()) - u32::from(range.start()) > 16 {
                    return is_digits(hir).then(|| (b'0'..=b'9').collect());
                }
                for letter in range.start()..=range.end() {
                    let mut encoded = [0; 4];
                    let lead = letter.encode_utf8(&mut encoded).as_bytes()[0];
                    if !rare(lead) {
                        return None;
                    }
                    bytes.push(lead);
                }
            }
            Some(bytes)
        }
        HirKind::Repetition(repetition) if repetition.min > 0 => marks(&repetition.sub),
        HirKind::Capture(capture) => marks(&capture.sub),
        HirKind::Concat(parts) => parts.iter().filter_map(marks).min_by_key(Vec::len),
        HirKind::Alternation(branches) => {
            let all: Option<Vec<Vec<u8>>> = branches.iter().map(marks).collect();
            all.map(|all| all.concat())
        }
        _ => None,
    }
}

/// `left` and `right`: whether a word border is known to stand there.
fn of(hir: &Hir, left: bool, right: bool) -> Option<Vec<Anchor>> {
    match hir.kind() {
        HirKind::Literal(literal) => {
            let text = std::str::from_utf8(&literal.0).ok()?.to_ascii_lowercase();
            of_literal(&text, left, right).map(|anchor| vec![anchor])
        }
        HirKind::Capture(capture) => of(&capture.sub, left, right),
        HirKind::Repetition(repetition) if repetition.min > 0 => {
            if left && is_digits(&repetition.sub) {
                return Some(vec![Anchor::Digits]);
            }
            of(&repetition.sub, left && repetition.max == Some(1), right && repetition.max == Some(1))
        }
        HirKind::Class(_) if left && is_digits(hir) => Some(vec![Anchor::Digits]),
        HirKind::Alternation(branches) => {
            let mut all = Vec::new();
            for branch in branches {
                all.extend(of(branch, left, right)?);
            }
            Some(all)
        }
        HirKind::Concat(parts) => {
            let found = parts.iter().enumerate().filter_map(|(at, part)| {
                let left = border(parts[..at].iter().rev(), ends_at_border, left);
                let right = border(parts[at + 1..].iter(), begins_at_border, right);
                of(part, left, right)
            });
            best(found, |anchors| anchors.iter().map(worth).min())
        }
        _ => None,
    }
}

fn worth(anchor: &Anchor) -> usize {
    match anchor {
        Anchor::Word(text) => text.len() * 2,
        Anchor::Stem(text) => text.len(),
        Anchor::Digits => 1,
    }
}

fn of_literal(text: &str, left: bool, right: bool) -> Option<Anchor> {
    let words = tokens(text);
    let found = words.iter().filter_map(|(start, end)| {
        let begins = *start > 0 || left;
        let ends = *end < text.len() || right;
        let word = text[*start..*end].to_owned();
        match (begins, ends) {
            (true, true) => Some(Anchor::Word(word)),
            (true, false) if word.len() >= 4 && word.is_ascii() => Some(Anchor::Stem(word)),
            _ => None,
        }
    });
    best(found, worth)
}

/// The first of the best: the last of several short words is often the commoner one, as in "n/a".
fn best<T, W: Ord>(all: impl Iterator<Item = T>, worth: impl Fn(&T) -> W) -> Option<T> {
    all.reduce(|best, next| if worth(&next) > worth(&best) { next } else { best })
}

fn is_digits(hir: &Hir) -> bool {
    match hir.kind() {
        HirKind::Class(Class::Unicode(class)) => {
            class.iter().all(|range| range.start().is_numeric() && range.end().is_numeric())
        }
        HirKind::Class(Class::Bytes(class)) => {
            class.iter().all(|range| range.start().is_ascii_digit() && range.end().is_ascii_digit())
        }
        HirKind::Literal(literal) => literal.0.first().is_some_and(u8::is_ascii_digit),
        HirKind::Capture(capture) => is_digits(&capture.sub),
        HirKind::Repetition(repetition) => is_digits(&repetition.sub),
        HirKind::Concat(parts) => parts.first().is_some_and(is_digits),
        HirKind::Alternation(branches) => branches.iter().all(is_digits),
        _ => false,
    }
}

/// Whether the parts next to a word, the nearest first, make sure that a word border stands there. Parts that may be
/// missing must do so whether they are there or not.
fn border<'h>(parts: impl Iterator<Item = &'h Hir>, makes_border: fn(&Hir) -> bool, outside: bool) -> bool {
    for part in parts {
        match part.kind() {
            HirKind::Repetition(repetition) if repetition.min == 0 => {
                if !makes_border(&repetition.sub) {
                    return false;
                }
            }
            _ => return makes_border(part),
        }
    }
    outside
}

fn ends_at_border(hir: &Hir) -> bool {
    match hir.kind() {
        HirKind::Look(look) => is_border(*look),
        HirKind::Literal(literal) => literal.0.last().is_some_and(|byte| !is_word(*byte)),
        HirKind::Class(_) => is_no_word(hir),
        HirKind::Repetition(repetition) => repetition.min > 0 && ends_at_border(&repetition.sub),
        HirKind::Capture(capture) => ends_at_border(&capture.sub),
        HirKind::Concat(parts) => border(parts.iter().rev(), ends_at_border, false),
        HirKind::Alternation(branches) => branches.iter().all(ends_at_border),
        HirKind::Empty => false,
    }
}

fn begins_at_border(hir: &Hir) -> bool {
    match hir.kind() {
        HirKind::Look(look) => is_border(*look),
        HirKind::Literal(literal) => literal.0.first().is_some_and(|byte| !is_word(*byte)),
        HirKind::Class(_) => is_no_word(hir),
        HirKind::Repetition(repetition) => repetition.min > 0 && begins_at_border(&repetition.sub),
        HirKind::Capture(capture) => begins_at_border(&capture.sub),
        HirKind::Concat(parts) => border(parts.iter(), begins_at_border, false),
        HirKind::Alternation(branches) => branches.iter().all(begins_at_border),
        HirKind::Empty => false,
    }
}

fn is_border(look: Look) -> bool {
    matches!(look, Look::WordUnicode | Look::WordAscii | Look::Start | Look::End | Look::StartLF | Look::EndLF)
}

fn is_no_word(hir: &Hir) -> bool {
    match hir.kind() {
        HirKind::Class(Class::Unicode(class)) => class.iter().all(|range| {
            let (start, end) = (range.start(), range.end());
            end.is_ascii() && (start..=end).all(|letter| !is_word(letter as u8))
                || start.is_whitespace() && end.is_whitespace()
        }),
        _ => false,
    }
}
