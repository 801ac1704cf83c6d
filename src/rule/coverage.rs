//! What the rules cover, and what they do not, with the reason for each empty cell. The rows and reasons are data
//! under `rules/coverage/`; nothing is counted twice by hand.

use super::compile::gather::Gathered;
use super::file::coverage::{By, RowForm};
use super::{Rule, RuleSet, RuleText};
use crate::document::Kind;
use serde::Serialize;
use std::collections::BTreeMap;

/// Fewer examples than this on a side prove nothing.
const FEWEST: usize = 2;
/// What is written about a person; every other kind is written for readers.
const ABOUT_A_PERSON: [Kind; 5] = [Kind::Record, Kind::Incident, Kind::CarePlan, Kind::Assessment, Kind::Letter];

/// A table: the articles of the Convention, for instance.
#[derive(Clone, Debug, Serialize)]
pub struct Table {
    /// The stem of its file.
    pub name: String,
    /// What its rows are.
    pub title: String,
    /// Its rows, in the order of the file.
    pub rows: Vec<Row>,
}

/// A row, and the rules with examples on both sides that cover it.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// The name that a basis uses: `12`, `3.2.1`, `hope`.
    pub name: String,
    /// What it is.
    pub title: String,
    /// Rules that read what a service writes for readers.
    pub policies: Cell,
    /// Rules that read what is written about a person.
    pub records: Cell,
    /// Rules that the row names and that there are not.
    pub unknown: Vec<String>,
}

/// A cell of a row.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Cell {
    /// Ids of the rules.
    pub rules: Vec<String>,
    /// Their examples that must be flagged.
    pub flagged: usize,
    /// Their examples that must pass.
    pub passed: usize,
    /// Why it is empty, if it is.
    pub reason: Option<String>,
}

impl Cell {
    /// Whether it is as it should be: filled, or empty with a reason; never both.
    pub fn is_answered(&self) -> bool {
        self.rules.is_empty() == self.reason.is_some()
    }
}

/// Every table that `set` knows.
pub fn tables(set: &RuleSet) -> Vec<Table> {
    let files = set.sources.files();
    let all = Gathered::of(&files, &mut Vec::new());
    let rules = proved(set);
    all.coverage
        .iter()
        .map(|(name, read)| {
            let by = read.form.by.as_ref().and_then(|by| by.value);
            let rows = read.form.rows.list.iter().map(|(name, form)| row(&name.value, form, by, &rules)).collect();
            Table { name: name.clone(), title: read.form.title.value.clone(), rows }
        })
        .collect()
}

/// Rules with examples on both sides, by id.
fn proved(set: &RuleSet) -> BTreeMap<&str, (&Rule, RuleText)> {
    let layers = set.layers.iter();
    let all = layers.flat_map(|layer| {
        let rules = layer.rules.iter().enumerate();
        rules.filter_map(|(index, rule)| Some((rule.id.0.as_str(), (rule, layer.text(index)?))))
    });
    all.filter(|(_, (_, text))| text.tests.flag.len() >= FEWEST && text.tests.pass.len() >= FEWEST).collect()
}

fn row(name: &str, form: &RowForm, by: Option<By>, rules: &BTreeMap<&str, (&Rule, RuleText)>) -> Row {
    let named: Vec<&str> = form.rules.iter().flat_map(|rules| &rules.list).map(|rule| rule.value.as_str()).collect();
    let covers = |id: &str, text: &RuleText| named.contains(&id) || by.is_some_and(|by| stands_on(text, by, name));
    let cell = |person: bool, reason: Option<&super::file::values::Text>| {
        let mut cell = Cell { reason: reason.map(|reason| reason.value.clone()), ..Cell::default() };
        for (id, (rule, text)) in rules {
            let reads = |kind: &Kind| rule.applies.has(*kind) && ABOUT_A_PERSON.contains(kind) == person;
            if Kind::ALL.iter().any(reads) && covers(id, text) {
                cell.rules.push((*id).to_owned());
                cell.flagged += text.tests.flag.len();
                cell.passed += text.tests.pass.len();
            }
        }
        cell
    };
    Row {
        name: name.to_owned(),
        title: form.title.value.clone(),
        policies: cell(false, form.not_in_policies.as_ref()),
        records: cell(true, form.not_in_records.as_ref()),
        unknown: named.into_iter().filter(|id| !rules.contains_key(id)).map(str::to_owned).collect(),
    }
}

/// Whether a rule stands on the row. `12` is met by `12(3)` too; a criterion only by itself.
fn stands_on(text: &RuleText, by: By, name: &str) -> bool {
    let list = match by {
        By::Crpd => &text.basis.crpd,
        By::Recovery => &text.basis.recovery,
        By::QualityRights => &text.basis.quality_rights,
    };
    list.iter().any(|known| known.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('(')))
}
