//! Makes findings of matches: texts, places, headings, levels.

use super::{Looked, Options, Ruled, look};
use crate::check::reading::Reading;
use crate::finding::{Acted, Evidence, EvidenceState, Finding, Missing, Outcome, Standing, Words};
use crate::rule::{Action, Confidence, Guard, RuleText};
use crate::span::Span;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Gathers findings and looks of one document.
pub(super) struct Maker<'a> {
    pub(super) reading: &'a Reading<'a>,
    pub(super) options: &'a Options,
    looked: Looked,
    texts: BTreeMap<(usize, usize), Rc<RuleText>>,
}

/// What a shape found.
#[derive(Default)]
pub(super) struct Found {
    pub(super) span: Span,
    /// Term of the main scanner, for its own alternatives.
    pub(super) term: Option<u32>,
    pub(super) acted: Vec<Acted>,
    pub(super) action: Option<Action>,
    pub(super) missing: Vec<Missing>,
    pub(super) evidence: Vec<Evidence>,
    /// Fills `{found}`; words of the document.
    pub(super) stated: Option<String>,
    /// Fills `{limit}`.
    pub(super) limit: Option<String>,
    pub(super) count: u32,
}

impl<'a> Maker<'a> {
    pub(super) fn new(reading: &'a Reading<'a>, options: &'a Options) -> Self {
        Self { reading, options, looked: Looked::default(), texts: BTreeMap::new() }
    }

    pub(super) fn finish(mut self) -> Looked {
        self.looked.findings.sort_by(|a, b| (a.span, &a.rule).cmp(&(b.span, &b.rule)));
        self.looked.looks.sort_by(|a, b| (a.span, &a.rule).cmp(&(b.span, &b.rule)));
        self.looked
    }

    /// Whether the document speaks of what the rule is about, where a rule asks for that.
    pub(super) fn mentions(&self, ruled: Ruled<'_>) -> bool {
        ruled.rule.only_if_mentions.is_none_or(|set| {
            let all = super::whole(self.reading.document);
            !self.reading.near_of(ruled.layer, all, set).is_empty()
        })
    }

    /// Notes a look that made no finding.
    pub(super) fn note(&mut self, ruled: Ruled<'_>, span: Span, outcome: Outcome, acted: Vec<Acted>) {
        self.looked.looks.push(look(ruled, span, outcome, acted));
    }

    /// Makes a finding, unless it is less sure than what is to be shown.
    pub(super) fn find(&mut self, ruled: Ruled<'_>, found: Found) {
        let softened = found.action == Some(Action::Soften);
        let confidence = match (ruled.rule.confidence, softened) {
            (Confidence::High, true) => Confidence::Medium,
            (confidence, _) => confidence,
        };
        if confidence < self.options.confidence {
            self.note(ruled, found.span, Outcome::OutOfScope("less sure than what is shown"), found.acted);
            return;
        }
        let Some(text) = self.text(ruled) else { return };
        let document = self.reading.document;
        let planned = !found.missing.is_empty() && found.missing.iter().all(|gap| gap.state == EvidenceState::Planned);
        let severity = if softened || planned { ruled.rule.severity.softened() } else { ruled.rule.severity };
        let quoted = found
            .acted
            .iter()
            .any(|acted| matches!(acted.guard, Guard::OwnWords | Guard::SomeoneElsesWords | Guard::StaffQuotation));
        let alternatives = if quoted { Vec::new() } else { alternatives(&text, found.term) };
        let words = document.words(found.span);
        let say = if text.say.is_empty() { text.title.as_str() } else { text.say.as_str() };
        let finding = Finding {
            rule: ruled.rule.id.clone(),
            title: text.title.clone(),
            severity,
            confidence,
            span: found.span,
            place: document.place(found.span.start),
            end: document.end_place(found.span),
            source: document.source(found.span),
            path: document.headings_above(found.span.start),
            message: fill(say, None, &found),
            message_with_words: Words(fill(say, Some(words), &found)),
            why: text.why.clone(),
            ask: text.ask.clone(),
            missing: found.missing,
            evidence: found.evidence,
            alternatives,
            basis: text.basis.clone(),
            count: found.count.max(1),
            concern: ruled.rule.concern,
            standing: Standing::Open,
        };
        self.looked.looks.push(look(ruled, found.span, Outcome::Found, found.acted));
        self.looked.findings.push(finding);
    }

    fn text(&mut self, ruled: Ruled<'_>) -> Option<Rc<RuleText>> {
        if let Some(text) = self.texts.get(&(ruled.layer, ruled.index)) {
            return Some(Rc::clone(text));
        }
        let text = Rc::new(self.reading.rules.layers.get(ruled.layer)?.text(ruled.index)?);
        self.texts.insert((ruled.layer, ruled.index), Rc::clone(&text));
        Some(text)
    }
}

/// Wordings of the term itself, else of the rule.
fn alternatives(text: &RuleText, term: Option<u32>) -> Vec<String> {
    let own = text.alternatives.iter().find(|(number, _)| Some(*number) == term).map(|(_, own)| own);
    own.filter(|own| !own.is_empty()).unwrap_or(&text.instead).clone()
}

/// Fills the blanks of a message; without `words` it holds none of the document.
fn fill(say: &str, words: Option<&str>, found: &Found) -> String {
    let open_names = || {
        let named = |of: &dyn Fn(EvidenceState) -> bool| -> Vec<&str> {
            found.missing.iter().filter(|gap| of(gap.state)).map(|gap| gap.name.as_str()).collect()
        };
        let silent = named(&|state| state == EvidenceState::Silent);
        if silent.is_empty() { named(&|_| true).join(" · ") } else { silent.join(" · ") }
    };
    let Some(words) = words else { return fill_blind(say, &open_names(), found) };
    let whole = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let measured = found.stated.as_deref().unwrap_or(WRITTEN);
    let mut out = String::with_capacity(say.len() + whole.len());
    let mut rest = say;
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        rest = &rest[open..];
        let blank = rest.find('}').map_or("", |close| &rest[..=close]);
        match blank {
            "{missing}" => out.push_str(&open_names()),
            "{match}" => out.push_str(&whole),
            "{found}" => out.push_str(measured),
            "{count}" => out.push_str(&found.count.to_string()),
            "{limit}" => out.push_str(found.limit.as_deref().unwrap_or_default()),
            _ => {
                out.push('{');
                rest = &rest[1..];
                continue;
            }
        }
        rest = &rest[blank.len()..];
    }
    out.push_str(rest);
    out
}

/// Stands for a value that is not repeated.
const WRITTEN: &str = "what is written";

/// Fills the blanks of a message that holds no word of the document: it speaks of what is marked, without the marks of
/// a quotation around it.
fn fill_blind(say: &str, missing: &str, found: &Found) -> String {
    let mut out = String::with_capacity(say.len() + missing.len());
    let mut rest = say;
    while let Some(at) = rest.find("{match}") {
        let (before, after) = (&rest[..at], &rest[at + "{match}".len()..]);
        let bare = before.strip_suffix(['"', '“', '\'']);
        let after = if bare.is_some() { after.strip_prefix(['"', '”', '\'']).unwrap_or(after) } else { after };
        out.push_str(bare.unwrap_or(before));
        let named = [" word ", " words "].iter().any(|noun| out.ends_with(noun));
        let begins = out.trim_end().is_empty() || out.trim_end().ends_with(['.', '?', '!']);
        out.push_str(match (named, begins) {
            (true, _) => "marked here",
            (false, true) => "What is marked here",
            (false, false) => "what is marked here",
        });
        rest = after;
    }
    out.push_str(rest);
    out = out.replace("{missing}", missing).replace("{found}", WRITTEN).replace("{count}", &found.count.to_string());
    out.replace("{limit}", found.limit.as_deref().unwrap_or_default())
}
