//! One open document: its text, what was found in it, and what of that is shown.

use super::setting::Setting;
use super::text::Text;
use crate::document::{Kind, Reason};
use crate::finding::{Checked, Finding};
use crate::read::READERS;
use crate::report::{Style, of_one};
use crate::rule::Severity;
use crate::span::Span;
use std::path::PathBuf;

/// More of a text than this, in bytes, is not checked while it is written.
pub(super) const MOST: usize = 8 << 20;
/// A text with more findings than this shows the first ones.
const SHOWN: usize = 500;

/// An open document.
#[derive(Debug)]
pub(super) struct Open {
    /// Where it is; absent for a text that was never saved.
    pub(super) path: Option<PathBuf>,
    /// Its name, whose ending says its format.
    pub(super) name: String,
    pub(super) version: i32,
    pub(super) text: Text,
    /// Whether it was saved or opened as it is: then nobody is in the middle of a sentence.
    pub(super) settled: bool,
    /// What came of the last look; absent when there has been an edit since.
    pub(super) seen: Option<Seen>,
}

/// What a look found.
#[derive(Debug)]
pub(super) struct Seen {
    pub(super) checked: Checked,
    /// Indices of the findings that are shown, by place.
    shown: Vec<usize>,
}

impl Seen {
    /// The findings that are shown, by place, and the bytes of the text each is about.
    pub(super) fn shown(&self) -> impl Iterator<Item = (&Finding, Span)> {
        let findings = &self.checked.findings;
        self.shown
            .iter()
            .filter_map(|index| findings.get(*index))
            .filter_map(|finding| Some((finding, finding.source?)))
    }

    /// The bytes of the text that `span` of the reading text stands for.
    pub(super) fn source(&self, span: Span) -> Option<Span> {
        self.checked.document.source(span)
    }
}

/// The name of a text that was never saved: its language gives the ending.
pub(super) fn unsaved(language: &str) -> String {
    let ending = READERS.iter().find(|reader| reader.name() == language).and_then(|reader| reader.endings().first());
    format!("untitled.{}", ending.unwrap_or(&"txt"))
}

impl Open {
    /// Looks, unless nothing has changed since the last time. `kind` is what texts are when nothing else says so.
    pub(super) fn look(&mut self, setting: &mut Setting, kind: Option<Kind>) -> &Seen {
        let (settled, path, name, text) = (self.settled, &self.path, &self.name, &self.text);
        self.seen.get_or_insert_with(|| {
            setting.checker.options.before_saving = !settled;
            let by_path = path.as_deref().and_then(|path| setting.kinds.of(path));
            let kind = by_path.or_else(|| kind.map(|kind| (kind, Reason::Asked)));
            let checked = setting.checker.check(name, kind, text.as_str().as_bytes());
            let shown = shown(&checked, setting);
            Seen { checked, shown }
        })
    }
}

/// Of a text about a person the three that matter most, as before saving a note; of a policy all.
fn shown(checked: &Checked, setting: &Setting) -> Vec<usize> {
    let private = checked.document.kind().is_about_a_person();
    let most = setting.kinds.config.at_most.map(|most| most as usize);
    let style = Style {
        before_saving: private,
        at_most: most.or((!private).then_some(SHOWN)),
        show: setting.kinds.config.show.unwrap_or(Severity::Warning),
        ..Style::default()
    };
    let chosen = of_one(checked, &style);
    let is_chosen = |finding: &Finding| chosen.iter().any(|shown| std::ptr::eq(shown.finding, finding));
    checked.findings.iter().enumerate().filter(|(_, finding)| is_chosen(finding)).map(|(index, _)| index).collect()
}
