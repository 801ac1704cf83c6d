//! Spells a term out as phrases.

use super::words::{Item, LETTERS_BEFORE_STAR};
use super::{MOST_PHRASES, Sets, Spelling, TermError};
use crate::scan::{Element, Form, Pattern, Term};
use std::ops::Range;

/// The most rows held while alternatives are multiplied out.
const MOST_ROWS: usize = 4096;

/// A piece of one row of a term, alternatives already decided.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Letters(String),
    Space,
    Hyphen,
    Break,
    Star(Range<usize>),
    Gap(u8, Range<usize>),
    /// Steps that are final: a number, one-word alternatives, the phrases of a set.
    Steps(Vec<Element>),
}

type Row = Vec<Piece>;

struct Spell<'s, 'p> {
    sets: Sets<'s>,
    spelling: &'p Spelling,
}

pub(super) fn unknown_set(name: &str, at: Range<usize>) -> TermError {
    TermError::new(at, &format!("there is no set ${name}"), "not known", "sets are the files in words/")
}

/// All phrases that `items` stand for, each one once.
pub(super) fn phrases(items: &[Item], sets: Sets<'_>, spelling: &Spelling) -> Result<Vec<Pattern>, TermError> {
    let spell = Spell { sets, spelling };
    let mut all: Vec<Pattern> = Vec::new();
    for row in spell.rows(items, true, true)? {
        spell.patterns(&row, &mut all)?;
        if all.len() > MOST_ROWS {
            return Err(too_many());
        }
    }
    all.sort_unstable();
    all.dedup();
    merge(&mut all);
    if all.len() > MOST_PHRASES {
        return Err(too_many());
    }
    Ok(all)
}

fn too_many() -> TermError {
    let what = format!("this term stands for more than {MOST_PHRASES} phrases");
    TermError::new(0..0, &what, "too many alternatives", "write it as several terms, or use a gap ...")
}

impl Spell<'_, '_> {
    /// Every row of `items`. `left` and `right` say whether a word border stands on that side.
    fn rows(&self, items: &[Item], left: bool, right: bool) -> Result<Vec<Row>, TermError> {
        let mut rows: Vec<Row> = vec![Vec::new()];
        for (index, item) in items.iter().enumerate() {
            let left = border_before(items.get(..index).unwrap_or_default(), left);
            let right = border_after(items.get(index + 1..).unwrap_or_default(), right);
            let branches = self.branches(item, left, right)?;
            if rows.len() * branches.len() > MOST_ROWS {
                return Err(too_many());
            }
            rows = rows
                .iter()
                .flat_map(|row| branches.iter().map(move |branch| row.iter().chain(branch).cloned().collect()))
                .collect();
        }
        Ok(rows)
    }

    fn branches(&self, item: &Item, left: bool, right: bool) -> Result<Vec<Row>, TermError> {
        let one = |piece: Piece| Ok(vec![vec![piece]]);
        match item {
            Item::Letters(letters) => one(Piece::Letters(letters.clone())),
            Item::Space => one(Piece::Space),
            Item::Hyphen => one(Piece::Hyphen),
            Item::Break => one(Piece::Break),
            Item::Star(at) => one(Piece::Star(at.clone())),
            Item::Gap(words, at) => one(Piece::Gap(*words, at.clone())),
            Item::Number => one(Piece::Steps(vec![Element::Number])),
            Item::Comma => one(Piece::Steps(vec![Element::Comma])),
            Item::Set(name, at) => self.set(name, at),
            Item::Group { branches, optional } => {
                let left = left || branches.iter().all(|branch| border_after(branch, false));
                let right = right || branches.iter().all(|branch| border_before(branch, false));
                let mut rows = Vec::new();
                for branch in branches {
                    rows.extend(self.rows(branch, left, right)?);
                }
                let mut rows = if left && right { self.together(rows)? } else { rows };
                if *optional {
                    rows.push(Vec::new());
                }
                if left && right && rows.len() > 1 { Ok(self.choice(rows)) } else { Ok(rows) }
            }
        }
    }

    /// Rows that stand apart from their neighbours are one choice; where they cannot be (a gap at a border), they
    /// stay rows and are multiplied out.
    fn choice(&self, rows: Vec<Row>) -> Vec<Row> {
        let mut branches: Vec<Pattern> = Vec::new();
        let mut empty = false;
        for row in &rows {
            if row.iter().all(|piece| matches!(piece, Piece::Space)) {
                empty = true;
            } else if self.patterns(row, &mut branches).is_err() {
                return rows;
            }
        }
        branches.sort_unstable();
        branches.dedup();
        merge(&mut branches);
        // The longest way is tried first, so that the longest match wins.
        branches.sort_by_key(|branch| std::cmp::Reverse(branch.0.len()));
        let mut branches: Vec<Vec<Element>> = branches.into_iter().map(|branch| branch.0).collect();
        if empty {
            branches.push(Vec::new());
        }
        vec![vec![Piece::Space, Piece::Steps(vec![Element::Any(branches)]), Piece::Space]]
    }

    /// The phrases of a set, its single words together.
    fn set(&self, name: &str, at: &Range<usize>) -> Result<Vec<Row>, TermError> {
        let terms = (self.sets)(name).ok_or_else(|| unknown_set(name, at.clone()))?;
        let mut forms: Vec<Form> = Vec::new();
        let mut rows: Vec<Row> = Vec::new();
        for term in terms {
            let Term::Phrases(patterns) = term else {
                let help = "use the set alone, or take its regular expression out";
                let what = format!("${name} holds a regular expression, which cannot be part of a phrase");
                return Err(TermError::new(at.clone(), &what, "not inside a phrase", help));
            };
            for Pattern(steps) in patterns {
                match steps.as_slice() {
                    [Element::Word(more)] => forms.extend(more.iter().cloned()),
                    _ => rows.push(vec![Piece::Steps(steps.clone())]),
                }
            }
        }
        if !forms.is_empty() {
            rows.push(vec![Piece::Steps(vec![word(forms)])]);
        }
        if rows.len() > 1 { Ok(self.choice(rows)) } else { Ok(rows) }
    }

    /// Puts rows of one word together as one step.
    fn together(&self, rows: Vec<Row>) -> Result<Vec<Row>, TermError> {
        let mut forms: Vec<Form> = Vec::new();
        let mut spaced = (false, false);
        let mut others: Vec<Row> = Vec::new();
        for row in rows {
            let core: Vec<&Piece> = row.iter().filter(|piece| !matches!(piece, Piece::Space)).collect();
            match core.as_slice() {
                [Piece::Letters(letters)] => forms.extend(self.forms(letters, None)?),
                [Piece::Letters(letters), Piece::Star(at)] => forms.extend(self.forms(letters, Some(at))?),
                [Piece::Steps(steps)] if matches!(steps.as_slice(), [Element::Word(_)]) => {
                    if let [Element::Word(more)] = steps.as_slice() {
                        forms.extend(more.iter().cloned());
                    }
                }
                _ => {
                    others.push(row);
                    continue;
                }
            }
            spaced.0 |= matches!(row.first(), Some(Piece::Space));
            spaced.1 |= matches!(row.last(), Some(Piece::Space));
        }
        if !forms.is_empty() {
            let mut row = vec![Piece::Steps(vec![word(forms)])];
            if spaced.0 {
                row.insert(0, Piece::Space);
            }
            if spaced.1 {
                row.push(Piece::Space);
            }
            others.push(row);
        }
        Ok(others)
    }

    fn forms(&self, letters: &str, star: Option<&Range<usize>>) -> Result<Vec<Form>, TermError> {
        if let Some(at) = star
            && letters.chars().count() < LETTERS_BEFORE_STAR
        {
            let help = "write at least four letters before it, or spell the words out: (use|used|uses)";
            return Err(TermError::new(at.clone(), "a star after fewer than four letters", "too short", help));
        }
        let variants = self.spelling.variants(letters, star.is_some());
        Ok(variants.into_iter().map(|text| Form { text, prefix: star.is_some() }).collect())
    }

    /// The phrases of one row: hyphenated words apart and joined.
    fn patterns(&self, row: &Row, out: &mut Vec<Pattern>) -> Result<(), TermError> {
        let row = glue(row);
        let mut all: Vec<Vec<Element>> = vec![Vec::new()];
        let mut gap: Option<Range<usize>> = None;
        let mut index = 0;
        while let Some(piece) = row.get(index) {
            index += 1;
            let ways: Vec<Vec<Element>> = match piece {
                Piece::Letters(_) => {
                    let (chain, star, next) = chain(&row, index - 1);
                    index = next;
                    self.chain(&chain, star.as_ref())?
                }
                Piece::Gap(words, at) => {
                    if all.iter().any(|row| row.iter().all(may_be_missing)) {
                        return Err(loose_gap(at.clone()));
                    }
                    gap = Some(at.clone());
                    vec![vec![Element::Gap(*words)]]
                }
                Piece::Steps(steps) => vec![steps.clone()],
                Piece::Star(at) => {
                    let help = "a star follows letters, as in restrain*";
                    return Err(TermError::new(at.clone(), "a star without a word", "nothing before it", help));
                }
                Piece::Space | Piece::Hyphen | Piece::Break => continue,
            };
            let missing = matches!(piece, Piece::Steps(steps) if steps.iter().all(may_be_missing));
            if !matches!(piece, Piece::Gap(..)) && !missing {
                gap = None;
            }
            all = all
                .iter()
                .flat_map(|row| ways.iter().map(move |way| row.iter().chain(way).cloned().collect()))
                .collect();
        }
        if let Some(at) = gap {
            return Err(loose_gap(at));
        }
        for steps in all {
            if steps.iter().all(may_be_missing) {
                let help = "let at least one word be necessary";
                return Err(TermError::new(0..0, "everything in this term may be missing", "matches nothing", help));
            }
            out.push(Pattern(one_gap(steps)));
        }
        Ok(())
    }

    fn chain(&self, words: &[&str], star: Option<&Range<usize>>) -> Result<Vec<Vec<Element>>, TermError> {
        let last = words.len().saturating_sub(1);
        let mut apart = Vec::new();
        let mut joined: Vec<String> = vec![String::new()];
        for (index, letters) in words.iter().enumerate() {
            let forms = self.forms(letters, star.filter(|_| index == last))?;
            joined =
                joined.iter().flat_map(|head| forms.iter().map(move |form| format!("{head}{}", form.text))).collect();
            apart.push(word(forms));
        }
        let mut ways = vec![apart];
        if words.len() > 1 {
            let forms = joined.into_iter().map(|text| Form { text, prefix: star.is_some() }).collect();
            ways.push(vec![word(forms)]);
        }
        Ok(ways)
    }
}

fn may_be_missing(step: &Element) -> bool {
    matches!(step, Element::Any(ways) if ways.iter().any(Vec::is_empty))
}

fn loose_gap(at: Range<usize>) -> TermError {
    let help = "a gap stands between words: refus* ... medication";
    TermError::new(at, "a gap at the start or end of a term", "nothing on one side", help)
}

/// Whether a word border stands at the end of `items`, however their brackets are read; `outer` says whether one
/// stands before them.
fn border_before(items: &[Item], outer: bool) -> bool {
    match items.split_last() {
        None => outer,
        Some((Item::Group { branches, optional }, before)) => {
            branches.iter().all(|branch| border_before(branch, false)) && (!optional || border_before(before, outer))
        }
        Some((item, _)) => is_border(item),
    }
}

/// Whether a word border stands at the start of `items`.
fn border_after(items: &[Item], outer: bool) -> bool {
    match items.split_first() {
        None => outer,
        Some((Item::Group { branches, optional }, after)) => {
            branches.iter().all(|branch| border_after(branch, false)) && (!optional || border_after(after, outer))
        }
        Some((item, _)) => is_border(item),
    }
}

fn is_border(item: &Item) -> bool {
    matches!(item, Item::Space | Item::Gap(..))
}

fn word(mut forms: Vec<Form>) -> Element {
    forms.sort_unstable();
    forms.dedup();
    Element::Word(forms)
}

/// Letters that came to stand side by side become one word.
fn glue(row: &Row) -> Row {
    let mut glued: Row = Vec::with_capacity(row.len());
    for piece in row {
        match (glued.last_mut(), piece) {
            (Some(Piece::Letters(before)), Piece::Letters(letters)) => before.push_str(letters),
            (Some(Piece::Space), Piece::Space) => {}
            _ => glued.push(piece.clone()),
        }
    }
    glued
}

/// Words joined by hyphens from `start` on, the star behind them, and where the chain ends.
fn chain(row: &[Piece], start: usize) -> (Vec<&str>, Option<Range<usize>>, usize) {
    let mut words = Vec::new();
    let mut index = start;
    while let Some(Piece::Letters(letters)) = row.get(index) {
        words.push(letters.as_str());
        index += 1;
        if let Some(Piece::Star(at)) = row.get(index) {
            return (words, Some(at.clone()), index + 1);
        }
        match (row.get(index), row.get(index + 1)) {
            (Some(Piece::Hyphen), Some(Piece::Letters(_))) => index += 1,
            _ => break,
        }
    }
    (words, None, index)
}

/// Two gaps that an absent word brought together are one.
fn one_gap(steps: Vec<Element>) -> Vec<Element> {
    let mut out: Vec<Element> = Vec::with_capacity(steps.len());
    for step in steps {
        match (out.last_mut(), &step) {
            (Some(Element::Gap(before)), Element::Gap(more)) => *before = before.saturating_add(*more).min(12),
            _ => out.push(step),
        }
    }
    out
}

/// Phrases that differ in one word become one phrase with several forms of that word.
fn merge(all: &mut Vec<Pattern>) {
    let longest = all.iter().map(|pattern| pattern.0.len()).max().unwrap_or(0);
    for place in 0..longest {
        let mut keyed: Vec<(Vec<Element>, Vec<Form>)> = Vec::new();
        let mut rest: Vec<Pattern> = Vec::new();
        for Pattern(mut steps) in all.drain(..) {
            match steps.get_mut(place) {
                Some(Element::Word(forms)) => {
                    let forms = std::mem::take(forms);
                    keyed.push((steps, forms));
                }
                _ => rest.push(Pattern(steps)),
            }
        }
        keyed.sort_unstable();
        for (steps, forms) in keyed {
            let same = rest.last_mut().and_then(|last| {
                let mut bare = last.0.clone();
                let Some(Element::Word(held)) = bare.get_mut(place) else { return None };
                held.clear();
                (bare == steps).then_some(last)
            });
            if let Some(Element::Word(held)) = same.and_then(|last| last.0.get_mut(place)) {
                held.extend(forms);
                held.sort_unstable();
                held.dedup();
            } else {
                let mut steps = steps;
                if let Some(step) = steps.get_mut(place) {
                    *step = Element::Word(forms);
                }
                rest.push(Pattern(steps));
            }
        }
        *all = rest;
    }
    all.sort_unstable();
}
