//! Advice on rules: nothing here stops a run.

use crate::rule::compile::gather::{Gathered, Read};
use crate::rule::compile::sets::Sets;
use crate::rule::file::read::Mistakes;
use crate::rule::file::rule::RuleFile;
use crate::rule::file::values::{Text, Texts};
use crate::rule::term::{self, Written};
use crate::rule::{Find, RuleError, RuleId, RuleSet};
use crate::scan::{Element, Hit, Pattern, SetId, Term};
use crate::span::Span;
use std::collections::BTreeMap;

/// The fewest letters of a term.
const FEWEST_LETTERS: usize = 3;

/// Looks over all rules of `set`. `today` is a date as `2027-06-30`; without it no review date is judged.
pub fn lint(set: &RuleSet, today: Option<&str>) -> Vec<RuleError> {
    let mut found = Vec::new();
    let files = set.sources.files();
    let mut ignored = Vec::new();
    let all = Gathered::of(&files, &mut ignored);
    let sets = Sets::of(&all, &mut ignored);
    let common: Vec<&str> =
        all.common.iter().flat_map(|read| &read.form.words.list).map(|word| word.value.as_str()).collect();
    for read in all.words.values() {
        let mut to = read.mistakes(None);
        for text in &read.form.terms.list {
            short(text, &mut to);
        }
        found.append(&mut to.found);
    }
    let mut owners: BTreeMap<Term, (RuleId, u16)> = BTreeMap::new();
    for (id, read) in &all.rules {
        let mut to = read.mistakes(Some(id.0.clone()));
        for text in looked_for(&read.form) {
            short(text, &mut to);
            slow(text, &mut to);
        }
        bare(&read.form, &sets, &common, &mut to);
        twice(id, read, &sets, &mut owners, &mut to);
        flagged_itself(set, &read.form, &mut to);
        found.append(&mut to.found);
    }
    if let Some(today) = today {
        overdue(&all, today, &mut found);
    }
    for lint in &mut found {
        lint.fatal = false;
    }
    super::sorted(found)
}

/// The terms that go to the main scanner.
fn looked_for(form: &RuleFile) -> impl Iterator<Item = &Text> {
    let flag = form.flag.iter().flat_map(|flag| &flag.terms).map(|(term, _)| term);
    let when = form.when.iter().flat_map(|when| &when.list);
    flag.chain(when).chain(form.limit.iter().flat_map(|limit| &limit.topic.list))
}

fn short(text: &Text, to: &mut Mistakes<'_>) {
    let letters = text.value.chars().filter(|c| c.is_alphanumeric()).count();
    let acronym = text.value.chars().any(char::is_uppercase) && !text.value.chars().any(char::is_lowercase);
    let marks = text.value.starts_with('/') || text.value.contains(['$', '#', '(']);
    if letters < FEWEST_LETTERS && !acronym && !marks && letters > 0 {
        let help = "it will be met where it means something else; add a word, or write it as /…/c";
        to.note(text.at.clone(), "a term shorter than three letters", "very short", help);
    }
}

fn slow(text: &Text, to: &mut Mistakes<'_>) {
    if let Ok(Written::Regex { source, .. }) = term::read(&text.value)
        && !term::has_whole_word(&source)
    {
        let help = "let it hold one whole word, as in /\\bPRN\\b/; without one the whole text is searched for it";
        to.note(text.at.clone(), "a slow regular expression", "no whole word to look it up by", help);
    }
}

/// Evidence that any sentence holds is no evidence.
fn bare(form: &RuleFile, sets: &Sets, common: &[&str], to: &mut Mistakes<'_>) {
    let evidence = form.expect.iter().chain(&form.require).flat_map(|map| &map.list);
    for text in evidence.flat_map(|(_, texts): &(Text, Texts)| &texts.list) {
        let mut ignored = Mistakes::new("", None, "");
        let terms = sets.terms(text, &mut ignored).unwrap_or_default();
        let weak = terms.iter().find_map(|term| match term {
            Term::Phrases(patterns) => patterns.iter().find_map(|Pattern(steps)| match steps.as_slice() {
                [Element::Number] => Some("a number alone"),
                [Element::Word(forms)] => forms
                    .iter()
                    .any(|form| !form.prefix && common.contains(&form.text.as_str()))
                    .then_some("one very common word"),
                _ => None,
            }),
            Term::Regex { .. } => None,
        });
        if let Some(weak) = weak {
            let help = "say more of what should be written, so that a chance word does not close the gap";
            to.note(text.at.clone(), format!("this is satisfied by {weak}"), "too easily met", help);
        }
    }
}

fn twice(
    id: &RuleId,
    read: &Read<'_, RuleFile>,
    sets: &Sets,
    owners: &mut BTreeMap<Term, (RuleId, u16)>,
    to: &mut Mistakes<'_>,
) {
    let kinds = read.form.applies_to.iter().filter_map(|kind| kind.value);
    let kinds = kinds.fold(crate::document::KindSet::default(), crate::document::KindSet::with).0;
    for (text, _) in read.form.flag.iter().flat_map(|flag| &flag.terms) {
        let mut ignored = Mistakes::new("", None, "");
        for term in sets.terms(text, &mut ignored).unwrap_or_default() {
            match owners.get(&term) {
                Some((other, theirs)) if other != id && theirs & kinds != 0 => {
                    let what = format!("{other} flags the same words");
                    to.note(text.at.clone(), what, "flagged twice", "leave them to one of the two rules");
                    break;
                }
                Some(_) => {}
                None => {
                    owners.insert(term, (id.clone(), kinds));
                }
            }
        }
    }
}

fn flagged_itself(set: &RuleSet, form: &RuleFile, to: &mut Mistakes<'_>) {
    let own = form.flag.iter().flat_map(|flag| &flag.terms).flat_map(|(_, instead)| instead);
    let offered = own.chain(form.instead.iter().flat_map(|texts| &texts.list));
    for text in offered {
        for layer in &set.layers {
            let mut hits: Vec<Hit> = Vec::new();
            layer.main.scan(&text.value, Span::new(0, text.value.len()), &mut hits);
            let by = hits.iter().find_map(|hit| {
                let rule = layer.rules.iter().find(|rule| !rule.opt_in && flags(&rule.find) == Some(hit.set))?;
                Some((rule, hit.span))
            });
            if let Some((rule, span)) = by {
                let what = format!("this wording is itself flagged by {}", rule.id);
                to.note(text.part(span.range()), what, "flagged", "offer other words");
            }
        }
    }
}

fn flags(find: &Find) -> Option<SetId> {
    match find {
        Find::Flag { words } => Some(*words),
        _ => None,
    }
}

fn overdue(all: &Gathered<'_>, today: &str, found: &mut Vec<RuleError>) {
    for read in all.packs.values() {
        let Some(date) = &read.form.review_by else { continue };
        // Dates written year first compare as text.
        if date.value.as_str() < today {
            let mut to = read.mistakes(None);
            let help = "read its rules again with the people they are about, then set a new date";
            to.note(date.at.clone(), format!("this pack should have been reviewed by {}", date.value), "past", help);
            found.append(&mut to.found);
        }
    }
}
