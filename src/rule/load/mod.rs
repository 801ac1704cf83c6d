//! Gathers rule files into a rule set, and puts rules in force.
//!
//! Files come as path and text; nothing here opens one. The built-in files are compiled by the build itself with
//! this same code, and written as two parts: what every run needs, and what only a finding, a page or a project's
//! own rules need.

mod blob;
mod choose;
mod digest;
mod lint;
mod overlay;

pub use blob::{Blob, decode, encode};
pub use choose::{Asked, Choice};
pub use digest::digest;
pub use lint::lint;
pub use overlay::{Changes, with_project};

use super::compile::gather::Gathered;
use super::compile::{self, Below, Built};
use super::file::Role;
use super::file::read::{Mistakes, nearest};
use super::set::{Profile, Sources};
use super::{RuleError, RuleId, RuleSet};
use std::collections::BTreeSet;

/// Compiles `files` (path and text of each, in any order) as a first layer.
///
/// # Errors
/// Every mistake of every file, sorted by file and place.
pub fn from_files(files: &[(&str, &str)]) -> Result<RuleSet, Vec<RuleError>> {
    let mut errors = Vec::new();
    let all = Gathered::of(files, &mut errors);
    let Built { layer, lexicon, packs, profiles } = compile::compile(&all, None, &mut errors);
    known_rules(&all, &[], &mut errors);
    if !errors.is_empty() {
        return Err(sorted(errors));
    }
    let sources = Sources::new(files);
    let digest = digest(0, files);
    Ok(RuleSet { layers: vec![layer], lexicon, packs, profiles, sources, digest })
}

/// Adds a project's own rule files to `base` as a layer above it. A rule of the same id takes the other's place.
/// Sets of `base` can be used in them; a set of the same name counts for these files alone.
///
/// # Errors
/// Every mistake of every file, sorted by file and place.
pub fn with_files(base: &RuleSet, files: &[(String, String)]) -> Result<RuleSet, Vec<RuleError>> {
    with_project(base, files, &Changes::default())
}

/// Compiles `all` as a layer above `base`. `files` are those that `base` does not hold yet.
pub(in crate::rule) fn above(
    base: &RuleSet,
    all: &Gathered<'_>,
    files: &[(&str, &str)],
    errors: Vec<RuleError>,
) -> Result<RuleSet, Vec<RuleError>> {
    let (set, errors) = layered(base, all, files, errors);
    if errors.is_empty() { Ok(set) } else { Err(sorted(errors)) }
}

/// What can be made of files that have mistakes: rules without the terms and values that are wrong. Never to be judged
/// with; only to try what is left of the rules on their own examples, so that one run names every mistake.
pub fn as_far_as_it_goes(base: &RuleSet, files: &[(String, String)]) -> RuleSet {
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let mut errors = Vec::new();
    let mut all = Gathered::of(&files, &mut errors);
    borrow_words(base, &mut all, &mut errors);
    layered(base, &all, &files, errors).0
}

/// The layer above `base`, as far as it can be made, and all mistakes.
fn layered(
    base: &RuleSet,
    all: &Gathered<'_>,
    files: &[(&str, &str)],
    mut errors: Vec<RuleError>,
) -> (RuleSet, Vec<RuleError>) {
    let below = Below { section_types: &base.lexicon.section_types, profiles: &base.profiles };
    let Built { layer, packs, profiles, .. } = compile::compile(all, Some(below), &mut errors);
    let known: Vec<&RuleId> = base.layers.iter().flat_map(|layer| &layer.rules).map(|rule| &rule.id).collect();
    known_rules(all, &known, &mut errors);
    let mut set = base.clone();
    for rule in set.layers.iter_mut().flat_map(|layer| &mut layer.rules) {
        rule.enabled &= layer.rules.binary_search_by(|new| new.id.cmp(&rule.id)).is_err();
    }
    set.layers.push(layer);
    for pack in packs {
        set.packs.retain(|other| other.name != pack.name);
        set.packs.push(pack);
    }
    set.packs.sort_by(|one, other| one.name.cmp(&other.name));
    for profile in profiles {
        join_profile(&mut set.profiles, profile);
    }
    let mut sources = set.sources.files();
    sources.retain(|(path, _)| !files.iter().any(|(new, _)| new == path));
    sources.extend(files);
    set.sources = Sources::new(&sources);
    set.digest = digest(set.digest, files);
    (set, errors)
}

/// Entries of a project's profile come before those of a built-in one of the same name.
fn join_profile(all: &mut Vec<Profile>, new: Profile) {
    match all.iter_mut().find(|profile| profile.name == new.name) {
        None => all.push(new),
        Some(old) => {
            old.rules.retain(|(id, _)| !new.rules.iter().any(|(other, _)| other == id));
            old.rules.extend(new.rules);
            old.rules.sort_by(|one, other| one.0.cmp(&other.0));
            old.title = new.title;
        }
    }
    all.sort_by(|one, other| one.name.cmp(&other.name));
}

/// Adds to `all` the built-in sets of words that its files use, with the spelling pairs and common words.
pub(in crate::rule) fn borrow_words<'b>(base: &'b RuleSet, all: &mut Gathered<'b>, errors: &mut Vec<RuleError>) {
    let sources: Vec<(Role, &str, &str)> = base
        .sources
        .files()
        .into_iter()
        .filter_map(|(path, text)| Role::of(path).ok().map(|role| (role, path, text)))
        .collect();
    for (role, path, text) in &sources {
        let wanted = match role {
            Role::Spelling => all.spelling.is_empty(),
            Role::Common => all.common.is_empty(),
            _ => false,
        };
        if wanted {
            all.add(role.clone(), path, text, errors);
        }
    }
    let own: Vec<&str> =
        all.rules.values().map(|read| read.text).chain(all.words.values().map(|read| read.text)).collect();
    let mut asked: Vec<String> = own.iter().flat_map(|text| set_names(text)).collect();
    let mut seen: BTreeSet<String> = all.words.keys().cloned().collect();
    while let Some(name) = asked.pop() {
        if !seen.insert(name.clone()) {
            continue;
        }
        let found = sources.iter().find(|(role, ..)| *role == Role::Words(name.clone()));
        if let Some((role, path, text)) = found {
            asked.extend(set_names(text));
            all.add(role.clone(), path, text, errors);
        }
    }
}

/// The names behind every `$` of a file. A name in a remark does no harm: it is looked up in vain.
pub(in crate::rule) fn set_names(text: &str) -> Vec<String> {
    let name = |piece: &str| {
        let is_part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let end = piece.find(|c| !is_part(c)).unwrap_or(piece.len());
        piece.get(..end).unwrap_or_default().trim_end_matches('-').to_owned()
    };
    text.split('$').skip(1).map(name).filter(|name| !name.is_empty()).collect()
}

/// Profiles may speak only of rules that there are.
fn known_rules(all: &Gathered<'_>, below: &[&RuleId], errors: &mut Vec<RuleError>) {
    let known: Vec<&str> = all.rules.keys().chain(below.iter().copied()).map(|id| id.0.as_str()).collect();
    for read in all.profiles.values() {
        let mut to = Mistakes::new(read.file, None, read.text);
        for (id, _) in &read.form.rules.list {
            if !id.value.is_empty() && !known.contains(&id.value.as_str()) {
                let label = nearest(&id.value, known.iter().copied())
                    .map_or_else(|| "not known".to_owned(), |near| format!("did you mean `{near}`?"));
                let help = "a rule is named by its folder and file: pack/name";
                to.note(id.at.clone(), format!("there is no rule `{}`", id.value), &label, help);
            }
        }
        errors.append(&mut to.found);
    }
}

/// Mistakes in the order of files and places, each once.
pub fn sorted(mut errors: Vec<RuleError>) -> Vec<RuleError> {
    errors.sort_by(|one, other| {
        (&one.file, one.at.start, one.at.end, &one.what).cmp(&(&other.file, other.at.start, other.at.end, &other.what))
    });
    errors.dedup();
    errors
}
