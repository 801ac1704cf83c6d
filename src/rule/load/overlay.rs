//! A project's changes to rules and sets of words: the rules they touch are compiled anew in the project's layer.

use super::choose::{Asked, Choice};
use super::{above, borrow_words, set_names};
use crate::rule::compile::{at_most, gather::Gathered};
use crate::rule::file::Role;
use crate::rule::file::project::{Level, OverlayForm};
use crate::rule::file::read::{Mistakes, nearest};
use crate::rule::file::rule::{RuleFile, UnlessForm};
use crate::rule::file::values::{Map, One, Text, Texts};
use crate::rule::{Guard, RuleError, RuleId, RuleSet, term};
use std::collections::BTreeSet;

/// Changes by rule id and by name of a set, as they stand in the project file.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    file: String,
    text: String,
    rules: Map<OverlayForm>,
    words: Map<Texts>,
}

impl Changes {
    /// The changes written in `file`, whose text is `text`.
    pub fn new(file: &str, text: &str, rules: Map<OverlayForm>, words: Map<Texts>) -> Self {
        Self { file: file.to_owned(), text: text.to_owned(), rules, words }
    }

    /// Adds to `choice` what needs no compiling: severity, confidence, off, at most.
    pub fn choose(&self, choice: &mut Choice) {
        for (id, form) in &self.rules.list {
            let asked = || Asked { name: id.value.clone(), file: self.file.clone(), at: id.at.clone() };
            if let Some(severity) = form.severity.as_ref().and_then(|one| one.value) {
                choice.severities.push((asked(), Level::At(severity)));
            }
            if form.off.as_ref().is_some_and(|off| off.value) {
                choice.severities.push((asked(), Level::Off));
            }
            if let Some(confidence) = form.confidence.as_ref().and_then(|one| one.value) {
                choice.confidences.push((asked(), confidence));
            }
            let mut ignored = Mistakes::new(&self.file, None, &self.text);
            if let Some(limit) = form.at_most.as_ref().and_then(|text| at_most(text, &mut ignored)) {
                choice.at_most.push((asked(), limit));
            }
        }
    }
}

/// Adds a project's own rule `files` and its `changes` to `base`, as one layer above it.
///
/// # Errors
/// Every mistake in the files, and every change to a rule, set or term that there is not.
pub fn with_project(base: &RuleSet, files: &[(String, String)], changes: &Changes) -> Result<RuleSet, Vec<RuleError>> {
    if files.is_empty() && changes.rules.list.is_empty() && changes.words.list.is_empty() {
        return Ok(base.clone());
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let mut errors = Vec::new();
    let mut all = Gathered::of(&files, &mut errors);
    let mut to = Mistakes::new(&changes.file, None, &changes.text);
    let sources = base.sources.files();
    let sources: Vec<(Role, &str, &str)> =
        sources.into_iter().filter_map(|(path, text)| Some((Role::of(path).ok()?, path, text))).collect();
    let touched = touched(&all, &sources, changes, &mut to);
    for (role, path, text) in &sources {
        if let Role::Rule(id) = role
            && touched.contains(id)
            && !all.rules.contains_key(id)
        {
            all.add(role.clone(), path, text, &mut errors);
        }
    }
    borrow_words(base, &mut all, &mut errors);
    for (name, terms) in &changes.words.list {
        let added: Vec<Text> = terms.list.iter().filter(|text| is_term(text, &all, &mut to)).map(loose).collect();
        if let Some(words) = all.words.get_mut(name.value.trim_start_matches('$')) {
            words.form.terms.list.extend(added);
        }
    }
    for (id, overlay) in changes.rules.list.iter().filter(|(_, overlay)| overlay.changes_words()) {
        let added: Vec<Text> =
            texts(overlay.add_terms.as_ref()).filter(|text| is_term(text, &all, &mut to)).map(loose).collect();
        if let Some(read) = all.rules.get_mut(&RuleId(id.value.clone())) {
            change(&mut read.form, id, overlay, added, &mut to);
        }
    }
    errors.append(&mut to.found);
    if errors.is_empty() && all.rules.is_empty() && files.is_empty() {
        return Ok(base.clone());
    }
    above(base, &all, &files, errors)
}

/// Every rule that must be compiled anew; ids and sets that there are not are noted.
fn touched(
    all: &Gathered<'_>,
    sources: &[(Role, &str, &str)],
    changes: &Changes,
    to: &mut Mistakes<'_>,
) -> BTreeSet<RuleId> {
    let built_in = sources.iter().filter_map(|(role, ..)| match role {
        Role::Rule(id) => Some(id),
        _ => None,
    });
    let known: BTreeSet<&RuleId> = built_in.chain(all.rules.keys()).collect();
    let mut touched = BTreeSet::new();
    for (id, overlay) in &changes.rules.list {
        let rule = RuleId(id.value.clone());
        if !known.contains(&rule) {
            let label = near_label(&id.value, known.iter().map(|id| id.0.as_str()));
            let help = "a rule is named by its folder and file: pack/name";
            to.note(id.at.clone(), format!("there is no rule `{}`", id.value), &label, help);
        } else if overlay.changes_words() {
            touched.insert(rule);
        }
        if let Some(text) = &overlay.at_most {
            at_most(text, to);
        }
    }
    let sets: Vec<(&str, &str)> = sources
        .iter()
        .filter_map(|(role, _, text)| match role {
            Role::Words(name) => Some((name.as_str(), *text)),
            _ => None,
        })
        .chain(all.words.iter().map(|(name, read)| (name.as_str(), read.text)))
        .collect();
    let mut wider: BTreeSet<String> = BTreeSet::new();
    for (name, _) in &changes.words.list {
        let bare = name.value.trim_start_matches('$');
        if sets.iter().any(|(known, _)| *known == bare) {
            wider.insert(bare.to_owned());
        } else {
            let label = near_label(bare, sets.iter().map(|(known, _)| *known));
            to.note(name.at.clone(), format!("there is no set ${bare}"), &label, "sets are the files in words/");
        }
    }
    // A set that is made of a wider set is wider too.
    loop {
        let before = wider.len();
        for (name, text) in &sets {
            if set_names(text).iter().any(|inner| wider.contains(inner)) {
                wider.insert((*name).to_owned());
            }
        }
        if wider.len() == before {
            break;
        }
    }
    for (role, _, text) in sources {
        if let Role::Rule(id) = role
            && !wider.is_empty()
            && set_names(text).iter().any(|name| wider.contains(name))
        {
            touched.insert(id.clone());
        }
    }
    touched
}

fn near_label<'k>(word: &str, known: impl Iterator<Item = &'k str>) -> String {
    nearest(word, known).map_or_else(|| "not known".to_owned(), |near| format!("did you mean `{near}`?"))
}

fn texts(list: Option<&Texts>) -> impl Iterator<Item = &Text> {
    list.into_iter().flat_map(|list| &list.list)
}

/// A text that is moved to another file: it has no place there.
fn loose(text: &Text) -> Text {
    Text { value: text.value.clone(), ..Text::default() }
}

/// Whether `text` is a term; what is wrong with it is noted in the project file.
fn is_term(text: &Text, all: &Gathered<'_>, to: &mut Mistakes<'_>) -> bool {
    let written = match term::read(&text.value) {
        Ok(written) => written,
        Err(error) => {
            to.note(text.part(error.at), error.what, &error.label, error.help.as_deref().unwrap_or_default());
            return false;
        }
    };
    let unknown = written.sets().into_iter().find(|(name, _)| !all.words.contains_key(*name));
    if let Some((name, at)) = &unknown {
        let label = near_label(name, all.words.keys().map(String::as_str));
        to.note(text.part(at.clone()), format!("there is no set ${name}"), &label, "sets are the files in words/");
    }
    unknown.is_none()
}

fn change(form: &mut RuleFile, id: &Text, overlay: &OverlayForm, added: Vec<Text>, to: &mut Mistakes<'_>) {
    if overlay.add_terms.is_some() || overlay.remove_terms.is_some() {
        let mut terms: Vec<(Text, Vec<Text>)> = match (&form.flag, &form.when, &form.limit) {
            (Some(flag), ..) => flag.terms.clone(),
            (_, Some(when), _) => when.list.iter().map(|text| (text.clone(), Vec::new())).collect(),
            (_, _, Some(limit)) => limit.topic.list.iter().map(|text| (text.clone(), Vec::new())).collect(),
            _ => {
                let help = "add to the set of words that it looks for, under `words:`";
                to.note(id.at.clone(), "this rule has no terms of its own to change", "no flag, when or topic", help);
                return;
            }
        };
        for text in texts(overlay.remove_terms.as_ref()) {
            let before = terms.len();
            terms.retain(|(term, _)| term.value != text.value);
            if terms.len() == before {
                let label = near_label(&text.value, terms.iter().map(|(term, _)| term.value.as_str()));
                let help = "write the term as it is written in the rule";
                to.note(text.at.clone(), "the rule has no such term", &label, help);
            }
        }
        terms.extend(added.into_iter().map(|text| (text, Vec::new())));
        if terms.is_empty() {
            to.note(id.at.clone(), "no term is left in this rule", "nothing to look for", "write `off: true` instead");
        }
        let list = || terms.iter().map(|(term, _)| term.clone()).collect();
        if let Some(when) = &mut form.when {
            when.list = list();
        } else if let Some(limit) = &mut form.limit {
            limit.topic.list = list();
        }
        if let Some(flag) = &mut form.flag {
            flag.terms = terms;
        }
    }
    if let Some(more) = &overlay.unless {
        let unless = form.unless.get_or_insert_with(UnlessForm::default);
        join(&mut unless.overlapping, more.overlapping.as_ref());
        join(&mut unless.same_sentence, more.same_sentence.as_ref());
        join(&mut unless.same_section, more.same_section.as_ref());
        join(&mut unless.same_document, more.same_document.as_ref());
    }
    guards(form, overlay);
}

fn join(to: &mut Option<Texts>, more: Option<&Texts>) {
    if let Some(more) = more {
        to.get_or_insert_with(Texts::default).list.extend(more.list.iter().map(loose));
    }
}

fn guards(form: &mut RuleFile, overlay: &OverlayForm) {
    let named: Vec<Guard> = [&overlay.skip_when, &overlay.soften_when, &overlay.keep_when]
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|one| one.value)
        .collect();
    let pairs = [
        (&mut form.skip_when, &overlay.skip_when),
        (&mut form.soften_when, &overlay.soften_when),
        (&mut form.keep_when, &overlay.keep_when),
    ];
    for (own, new) in pairs {
        let mut list: Vec<One<Guard>> = own.take().unwrap_or_default();
        list.retain(|one| one.value.is_none_or(|guard| !named.contains(&guard)));
        list.extend(new.iter().flatten().cloned());
        *own = Some(list);
    }
}
