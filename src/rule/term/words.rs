//! Takes words and marks apart, without spelling anything out.

use super::{Sequence, TermError};
use std::ops::Range;

/// One piece of a term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::rule) enum Item {
    /// Letters, digits, `_`, lower case.
    Letters(String),
    /// White space.
    Space,
    /// `-`
    Hyphen,
    /// An apostrophe, a slash, a full stop inside a word: what stands on both sides are two words.
    Break,
    /// `*`
    Star(Range<usize>),
    /// `...` and its number of words.
    Gap(u8, Range<usize>),
    /// `#`
    Number,
    /// `,` at the start of a term.
    Comma,
    /// `$name`
    Set(String, Range<usize>),
    /// `(a|b)`, `(a)?`
    Group {
        /// What stands between the bars.
        branches: Vec<Vec<Self>>,
        /// `?` behind the bracket.
        optional: bool,
    },
}

/// Words between two others when no number is given.
const USUAL_GAP: u8 = 5;
/// The widest gap.
const WIDEST_GAP: u8 = 12;
/// Letters that must stand before a star.
pub(super) const LETTERS_BEFORE_STAR: usize = 4;
/// How deep brackets may stand in each other.
const DEEPEST: usize = 8;

/// An open bracket, its place, and what was read before and inside it.
struct Open {
    at: usize,
    before: Vec<Item>,
    branches: Vec<Vec<Item>>,
}

struct Reader<'t> {
    term: &'t str,
    at: usize,
    now: Vec<Item>,
    open: Vec<Open>,
}

/// Reads a whole term.
pub(super) fn read(term: &str) -> Result<Sequence, TermError> {
    let mut reader = Reader { term, at: 0, now: Vec::new(), open: Vec::new() };
    while let Some(sign) = term[reader.at..].chars().next() {
        reader.step(sign)?;
    }
    if let Some(open) = reader.open.last() {
        let at = open.at..open.at + 1;
        return Err(TermError::new(at, "this bracket is not closed", "opened here", "close it with )"));
    }
    Ok(Sequence(reader.now))
}

/// Every set in `items`, brackets included.
pub(super) fn sets<'i>(items: &'i [Item], found: &mut Vec<(&'i str, Range<usize>)>) {
    for item in items {
        match item {
            Item::Set(name, at) => found.push((name, at.clone())),
            Item::Group { branches, .. } => branches.iter().for_each(|branch| sets(branch, found)),
            _ => {}
        }
    }
}

pub(super) fn is_word(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || sign == '_' || (!sign.is_ascii() && sign.is_alphanumeric())
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        self.term.get(self.at..).unwrap_or_default()
    }

    fn step(&mut self, sign: char) -> Result<(), TermError> {
        let start = self.at;
        let here = start..start + sign.len_utf8();
        if is_word(sign) {
            let length = self.rest().find(|c| !is_word(c)).unwrap_or(self.rest().len());
            let letters = self.rest()[..length].to_ascii_lowercase();
            self.at += length;
            self.now.push(Item::Letters(letters));
            return Ok(());
        }
        if self.rest().starts_with("...") {
            return self.gap(start);
        }
        self.at = here.end;
        match sign {
            _ if sign.is_whitespace() => self.now.push(Item::Space),
            '-' => self.now.push(Item::Hyphen),
            '\'' | '/' => self.now.push(Item::Break),
            '.' => return self.full_stop(here),
            '*' => return self.star(here),
            '#' => self.now.push(Item::Number),
            ',' if start == 0 => self.now.push(Item::Comma),
            '$' => return self.set(start),
            '(' => return self.opens(here),
            '|' => return self.bar(here),
            ')' => return self.closes(here),
            '?' => {
                let help = "write (…)? around what may be there; for the sign itself use /\\?/";
                return Err(TermError::new(here, "a question mark without a bracket", "belongs behind )", help));
            }
            _ => return Err(refuse(sign, here)),
        }
        Ok(())
    }

    fn full_stop(&mut self, here: Range<usize>) -> Result<(), TermError> {
        match self.rest().chars().next() {
            None => Ok(()),
            Some('.') => {
                let at = here.start..here.end + 1;
                Err(TermError::new(at, "two full stops", "three make a gap", "write ... between the words"))
            }
            Some(next) if next.is_whitespace() => {
                let help = "a phrase never runs across a sentence end; write the words as two terms";
                Err(TermError::new(here, "a full stop and a space inside a phrase", "ends a sentence", help))
            }
            Some(_) => {
                self.now.push(Item::Break);
                Ok(())
            }
        }
    }

    fn gap(&mut self, start: usize) -> Result<(), TermError> {
        self.at += 3;
        let digits = self.rest().find(|c: char| !c.is_ascii_digit()).unwrap_or(self.rest().len());
        let written = &self.rest()[..digits];
        let words = if written.is_empty() { Some(USUAL_GAP) } else { written.parse::<u8>().ok() };
        let at = start..start + 3 + digits;
        self.at = at.end;
        let Some(words) = words.filter(|words| (1..=WIDEST_GAP).contains(words)) else {
            let help = "one to twelve words may stand between: ...12";
            return Err(TermError::new(at, "this gap is too wide or empty", "1 to 12", help));
        };
        self.now.push(Item::Gap(words, at));
        Ok(())
    }

    fn star(&mut self, here: Range<usize>) -> Result<(), TermError> {
        let follows = self.rest().chars().next();
        if follows.is_some_and(|next| is_word(next) || next == '*') {
            let help = "a star stands for any ending, so nothing can follow it in the same word";
            return Err(TermError::new(here, "a star inside a word", "must end the word", help));
        }
        if !matches!(self.now.last(), Some(Item::Letters(_) | Item::Group { .. })) {
            let help = "write at least four letters before it, as in restrain*";
            return Err(TermError::new(here, "a star without a word", "nothing before it", help));
        }
        self.now.push(Item::Star(here));
        Ok(())
    }

    fn set(&mut self, start: usize) -> Result<(), TermError> {
        let length = self
            .rest()
            .find(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'))
            .unwrap_or(self.rest().len());
        let name = self.rest()[..length].trim_end_matches('-').to_owned();
        self.at += name.len();
        let at = start..self.at;
        if name.is_empty() {
            let help = "write $ and the name of a file in words/, in small letters";
            return Err(TermError::new(at, "a $ without a name", "which set?", help));
        }
        self.now.push(Item::Set(name, at));
        Ok(())
    }

    fn opens(&mut self, here: Range<usize>) -> Result<(), TermError> {
        if self.open.len() >= DEEPEST {
            let help = "write several terms instead";
            return Err(TermError::new(here, "brackets stand too deep in each other", "one too many", help));
        }
        let before = std::mem::take(&mut self.now);
        self.open.push(Open { at: here.start, before, branches: Vec::new() });
        Ok(())
    }

    fn bar(&mut self, here: Range<usize>) -> Result<(), TermError> {
        let Some(open) = self.open.last_mut() else {
            let help = "write brackets around the alternatives, as in (lack|lacks) insight, or two terms";
            return Err(TermError::new(here, "a bar outside of brackets", "belongs inside (…)", help));
        };
        let branch = std::mem::take(&mut self.now);
        if is_blank(&branch) {
            return Err(empty_alternative(here));
        }
        open.branches.push(branch);
        Ok(())
    }

    fn closes(&mut self, here: Range<usize>) -> Result<(), TermError> {
        let Some(mut open) = self.open.pop() else {
            return Err(TermError::new(here, "a bracket closes that was never opened", "no ( before it", ""));
        };
        let branch = std::mem::take(&mut self.now);
        if is_blank(&branch) {
            return Err(empty_alternative(open.at..here.end));
        }
        open.branches.push(branch);
        let optional = self.rest().starts_with('?');
        self.at += usize::from(optional);
        self.now = open.before;
        self.now.push(Item::Group { branches: open.branches, optional });
        Ok(())
    }
}

fn is_blank(items: &[Item]) -> bool {
    items.iter().all(|item| matches!(item, Item::Space))
}

fn empty_alternative(at: Range<usize>) -> TermError {
    let help = "write what may stand there; for something that may be missing write (…)?";
    TermError::new(at, "an empty alternative", "nothing stands here", help)
}

fn refuse(sign: char, here: Range<usize>) -> TermError {
    let (what, help) = match sign {
        '‘' | '’' | '“' | '”' | '„' | '‚' => (
            "a curly quotation mark, as word processors write it",
            "write a straight ' ; it matches straight and curly alike",
        ),
        '–' | '—' | '‐' | '‑' => ("a long dash, as word processors write it", "write a plain hyphen -"),
        '…' => ("three dots as one sign, as word processors write it", "write three full stops ..."),
        ',' | ';' | ':' | '!' => {
            ("punctuation inside a phrase", "phrases never run across it; write ... for a gap, or several terms")
        }
        '[' | ']' | '{' | '}' | '+' | '^' | '\\' => {
            ("a sign of regular expressions", "write /…/ around a regular expression; terms use ( ) | ? * ... #")
        }
        _ => ("a sign that a term cannot hold", "words, digits, - ' / and the seven marks; anything else needs /…/"),
    };
    TermError::new(here, what, "not understood here", help)
}
