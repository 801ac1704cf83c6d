//! Reads the context of a match: which guards act on it, and by which cue.
//!
//! Guards mark, they never delete. The words that make them act are data (`rules/context`).

use super::reading::{Reading, Sentence};
use super::scope::{self, Reach};
use super::{names, quotes, subject};
use crate::document::{BlockKind, Kind, Tick};
use crate::finding::Acted;
use crate::rule::{Action, Cue, Guard, GuardPolicy};
use crate::span::Span;

/// What shows that a guard acts.
#[derive(Clone, Copy)]
enum Sign {
    /// Words.
    Cue(Span),
    /// Where the words stand.
    Structure,
}

impl Sign {
    fn cue(self) -> Option<Span> {
        match self {
            Self::Cue(span) => Some(span),
            Self::Structure => None,
        }
    }
}

/// How far a negation reads.
const NEGATION: Reach = Reach { ends: &[Cue::NegationEnds], past_forms: true };
/// How far a prohibition or mention reads.
const FRAME: Reach = Reach { ends: &[Cue::NegationEnds], past_forms: false };
/// How far the past and plans read.
const TIME: Reach = Reach { ends: &[Cue::NegationEnds, Cue::TimeEnds], past_forms: false };
/// A condition holds over "when", "while" and new subjects.
const CONDITION: Reach = Reach { ends: &[Cue::TimeEnds], past_forms: false };

/// Every guard that acts on `target`, each with its cue. `event`: staff may be the subject.
pub(super) fn acting(reading: &Reading<'_>, target: Span, event: bool) -> Vec<Acted> {
    let sentence = reading.sentence(target.start);
    let mut acted = Vec::new();
    let mut act = |guard: Guard, cue: Option<Span>| acted.push(Acted { guard, cue });
    if let Some(sign) = template(reading, target) {
        act(Guard::Template, sign.cue());
    }
    if let Some((guard, cue)) = quotes::whose(reading, target) {
        act(guard, cue);
    }
    if let Some(cue) = negated(reading, &sentence, target) {
        act(Guard::Negated, Some(cue));
    }
    if let Some(cue) = hypothetical(reading, &sentence, target) {
        act(Guard::Hypothetical, Some(cue));
    }
    if let Some(cue) = planned(reading, &sentence, target) {
        act(Guard::Planned, Some(cue));
    }
    if let Some(sign) = historical(reading, &sentence, target) {
        act(Guard::Historical, sign.cue());
    }
    if let Some(sign) = about_someone_else(reading, &sentence, target, event) {
        act(Guard::AboutSomeoneElse, sign.cue());
    }
    if let Some(sign) = mentioned(reading, &sentence, target) {
        act(Guard::Mention, sign.cue());
    }
    if let Some(sign) = forbidden(reading, &sentence, target) {
        act(Guard::Prohibition, sign.cue());
    }
    if let Some(cue) = names::title(reading.text(), &sentence, target) {
        act(Guard::Title, Some(cue));
    }
    if preferred(reading, target) {
        act(Guard::Preferred, None);
    }
    acted
}

/// What the guards that acted do together, under a rule's policy and the kind of document.
pub(super) fn verdict(policy: &GuardPolicy, kind: Kind, acted: &[Acted]) -> Action {
    let mut worst = Action::Keep;
    for acted in acted {
        let action = match (acted.guard, kind) {
            // Policies are written in "may", "should" and "if"; notes are not written in prohibitions.
            (Guard::Hypothetical | Guard::Planned, Kind::Policy | Kind::Leaflet | Kind::Training)
            | (Guard::Prohibition, Kind::Record | Kind::Incident) => Action::Keep,
            (guard, _) => policy.of(guard),
        };
        worst = match (worst, action) {
            (Action::Skip, _) | (_, Action::Skip) => Action::Skip,
            (Action::Soften, _) | (_, Action::Soften) => Action::Soften,
            _ => Action::Keep,
        };
    }
    worst
}

/// The cue that negates `target`.
pub(super) fn negated(reading: &Reading<'_>, sentence: &Sentence, target: Span) -> Option<Span> {
    let text = reading.text();
    scope::before(text, sentence, target, Cue::NegationBefore, NEGATION)
        .or_else(|| scope::after(text, sentence, target, Cue::NegationAfter, NEGATION, true))
        .or_else(|| lead_in_cue(reading, target, Cue::NegationBefore, FRAME))
        .or_else(|| answered_no(reading, sentence))
}

/// Whether an answer begins by saying no: "Debrief: not offered", "none held".
pub(super) fn opens_with_no(reading: &Reading<'_>, answer: Span) -> bool {
    let sentence = reading.sentence(answer.start);
    let mut cues = sentence.all(Cue::NegationBefore).chain(sentence.all(Cue::NegationAfter));
    cues.any(|cue| cue.start <= answer.start + 4)
}

/// "Restraint? No.": the next sentence is nothing but a negation.
fn answered_no(reading: &Reading<'_>, sentence: &Sentence) -> Option<Span> {
    let text = reading.text();
    if !text[sentence.span.range()].trim_end().ends_with('?') {
        return None;
    }
    let block = reading.document.block_at(sentence.span.start).and_then(|at| reading.document.blocks().get(at))?;
    let answer = Some(sentence.span.end).filter(|end| *end < block.span.end).map(|end| reading.sentence(end))?;
    let words = text[answer.span.range()].trim().trim_end_matches(['.', '!']);
    let mut cues = answer.all(Cue::NegationBefore).chain(answer.all(Cue::NegationAfter));
    cues.find(|cue| cue.len() + 2 >= words.len())
}

/// The cue that makes `target` a possibility.
pub(super) fn hypothetical(reading: &Reading<'_>, sentence: &Sentence, target: Span) -> Option<Span> {
    let text = reading.text();
    scope::before(text, sentence, target, Cue::HypotheticalBefore, CONDITION)
        .or_else(|| scope::after(text, sentence, target, Cue::HypotheticalAfter, CONDITION, false))
        .or_else(|| lead_in_cue(reading, target, Cue::HypotheticalBefore, CONDITION))
}

/// The cue that says that `target` is yet to be done.
pub(super) fn planned(reading: &Reading<'_>, sentence: &Sentence, target: Span) -> Option<Span> {
    let text = reading.text();
    scope::before(text, sentence, target, Cue::PlannedBefore, TIME)
        .or_else(|| scope::after(text, sentence, target, Cue::PlannedAfter, TIME, false))
}

/// The cue, or section, that puts `target` in the past.
fn historical(reading: &Reading<'_>, sentence: &Sentence, target: Span) -> Option<Sign> {
    let text = reading.text();
    scope::before(text, sentence, target, Cue::HistoricalBefore, TIME)
        .or_else(|| scope::after(text, sentence, target, Cue::HistoricalAfter, TIME, false))
        .map(Sign::Cue)
        .or_else(|| reading.section_types(target.start).contains(&"past-history").then_some(Sign::Structure))
}

/// The noun, or section, that shows that `target` is about someone else.
fn about_someone_else(reading: &Reading<'_>, sentence: &Sentence, target: Span, event: bool) -> Option<Sign> {
    if reading.section_types(target.start).contains(&"family-history") {
        return Some(Sign::Structure);
    }
    subject::someone_else(reading, sentence, target, event).map(Sign::Cue)
}

fn mentioned(reading: &Reading<'_>, sentence: &Sentence, target: Span) -> Option<Sign> {
    let text = reading.text();
    let direct = scope::before(text, sentence, target, Cue::MentionBefore, FRAME)
        .or_else(|| scope::after(text, sentence, target, Cue::MentionAfter, FRAME, true))
        .or_else(|| lead_in_cue(reading, target, Cue::MentionBefore, FRAME));
    if direct.is_some() {
        return direct.map(Sign::Cue);
    }
    let types = reading.section_types(target.start);
    if types.iter().any(|section| matches!(*section, "avoid" | "definitions" | "references")) {
        return Some(Sign::Structure);
    }
    let headings = reading.document.headings_above(target.start);
    let leads = lead_ins(reading, target);
    headings
        .iter()
        .chain(&leads)
        .find_map(|heading| reading.cues_in(*heading).all(Cue::MentionHeading).next())
        .map(Sign::Cue)
}

fn forbidden(reading: &Reading<'_>, sentence: &Sentence, target: Span) -> Option<Sign> {
    let text = reading.text();
    let direct = scope::before(text, sentence, target, Cue::ProhibitionBefore, FRAME)
        .or_else(|| scope::after(text, sentence, target, Cue::ProhibitionAfter, FRAME, true))
        .or_else(|| lead_in_cue(reading, target, Cue::ProhibitionBefore, FRAME));
    if direct.is_some() {
        return direct.map(Sign::Cue);
    }
    let headings = reading.document.headings_above(target.start);
    let leads = lead_ins(reading, target);
    let found = leads.iter().chain(&headings).find_map(|above| {
        let cues = reading.cues_in(*above);
        let found = cues.all(Cue::ProhibitionLeadIn).next();
        found.or_else(|| leads.contains(above).then(|| cues.all(Cue::ProhibitionAfter).next()).flatten())
    });
    found.map(Sign::Cue)
}

/// The blocks that lead into the one at `target`, nearest first.
fn lead_ins(reading: &Reading<'_>, target: Span) -> Vec<Span> {
    let blocks = reading.document.blocks();
    let mut found = Vec::new();
    let mut at = reading.document.block_at(target.start);
    while let Some(lead) = at.and_then(|at| blocks.get(at)).and_then(|block| block.lead_in) {
        let lead = lead as usize;
        if let Some(block) = blocks.get(lead) {
            found.push(block.span);
        }
        at = if found.len() < 8 { Some(lead) } else { None };
    }
    found
}

/// A forward cue in the last sentence of a lead-in reads on into its items.
fn lead_in_cue(reading: &Reading<'_>, target: Span, role: Cue, reach: Reach) -> Option<Span> {
    let text = reading.text();
    lead_ins(reading, target).iter().find_map(|lead| {
        let words = text[lead.range()].trim_end().trim_end_matches(':');
        let end = Span::new(lead.from() + words.len(), lead.from() + words.len());
        let last = reading.sentence(end.start.saturating_sub(1));
        scope::before(text, &last, end, role, reach)
    })
}

fn template(reading: &Reading<'_>, target: Span) -> Option<Sign> {
    let block = reading.document.block_at(target.start).and_then(|at| reading.document.blocks().get(at))?;
    if block.tick == Tick::Unticked {
        return Some(Sign::Structure);
    }
    // A label with its answer is a statement.
    if target.end > block.span.end {
        return None;
    }
    let form = reading.document.kind() == Kind::Template;
    if block.kind.is_structure() && !(form && block.kind == BlockKind::Prompt) {
        return Some(Sign::Structure);
    }
    placeholder(reading.text(), block.span, target).map(Sign::Cue)
}

/// `[to be filled in]` around the target.
fn placeholder(text: &str, block: Span, target: Span) -> Option<Span> {
    let open = text[block.from()..target.from()].rfind('[')? + block.from();
    let close = text[target.to()..block.to()].find(']')? + target.to();
    let inside = &text[open + 1..close];
    (inside.len() <= 80 && !inside.contains(['[', ']', '.'])).then(|| Span::new(open, close + 1))
}

fn preferred(reading: &Reading<'_>, target: Span) -> bool {
    let words = reading.document.words(target).to_lowercase();
    reading.document.prefers().iter().any(|own| {
        let own = own.to_lowercase();
        words.contains(&own) || own.contains(&words)
    })
}
