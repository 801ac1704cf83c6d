//! Document and rules to findings: pure, sorted, nothing deleted.
//!
//! One pass of each layer's main scanner finds whatever rules begin with; everything else (sentences,
//! cues, guards, evidence) is worked out only around those matches.

mod clause;
mod context;
mod cover;
mod credit;
mod flag;
mod gap;
mod kind;
mod limit;
mod log;
mod make;
mod measure;
mod names;
mod quantity;
mod quotes;
mod reading;
mod scope;
mod subject;

pub use kind::assume_kind;

use crate::document::{BlockKind, Document};
use crate::finding::{Acted, Evidence, Finding, Look, Outcome};
use crate::rule::{Confidence, Find, Guard, Rule, RuleId, RuleSet};
use crate::scan::Hit;
use crate::span::Span;
use make::Maker;
use reading::Reading;

/// How to look.
#[derive(Clone, Debug)]
pub struct Options {
    /// Show nothing below this confidence.
    pub confidence: Confidence,
    /// Today, as days since 1970-01-01, for dates that should not be past; `None`: such rules are silent.
    pub today: Option<i32>,
    /// Look with this rule alone.
    pub only: Option<RuleId>,
    /// The text is still being written: no gap for a last entry that looks unfinished.
    pub before_saving: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { confidence: Confidence::Medium, today: None, only: None, before_saving: false }
    }
}

/// Everything that was found and looked at.
#[derive(Debug, Default)]
pub struct Looked {
    /// Findings, sorted.
    pub findings: Vec<Finding>,
    /// Looks, sorted.
    pub looks: Vec<Look>,
    /// Good practice.
    pub credits: Vec<Evidence>,
}

/// A rule in the place it stands.
#[derive(Clone, Copy)]
struct Ruled<'a> {
    rule: &'a Rule,
    /// Layer, and number in the layer.
    layer: usize,
    index: usize,
}

/// Checks a document. Its kind must have been settled before (see [`assume_kind`]).
pub fn check(document: &Document, rules: &RuleSet, options: &Options) -> Looked {
    let reading = Reading::new(document, rules);
    let mut maker = Maker::new(&reading, options);
    for (layer, compiled) in rules.layers.iter().enumerate() {
        let hits = by_set(document, compiled.main.sets(), compiled.main.hits(document.text(), whole(document)));
        for (index, rule) in compiled.rules.iter().enumerate() {
            let asked = options.only.as_ref().is_none_or(|only| *only == rule.id);
            if !asked || !rule.enabled || rule.opt_in || !rule.applies.has(document.kind()) {
                continue;
            }
            let here = Ruled { rule, layer, index };
            let of = |set: crate::scan::SetId| hits.get(set.0 as usize).map_or(&[][..], Vec::as_slice);
            match &rule.find {
                Find::Flag { words } => flag::check(&mut maker, here, of(*words)),
                Find::Gap { when, expect, within, or_later } => {
                    gap::check(
                        &mut maker,
                        here,
                        of(*when),
                        &gap::Wanted { expect, within: *within, or_later: *or_later },
                    );
                }
                Find::Clause { require } => clause::check(&mut maker, here, require),
                Find::Measure { counts, flag_when, within } => {
                    measure::check(&mut maker, here, counts, flag_when, *within);
                }
                Find::Limit { topic, log: Some(log), .. } => log::check(&mut maker, here, of(*topic), log),
                Find::Limit { topic, quantity, at_most, shown, log: None } => {
                    let limit = limit::Limit { quantity: *quantity, at_most: *at_most, shown };
                    limit::check(&mut maker, here, of(*topic), &limit);
                }
            }
        }
    }
    let credits = credit::find(&reading);
    let mut looked = maker.finish();
    cover::settle(document, rules, &mut looked);
    looked.credits = credits;
    looked
}

/// Every guard that acts on `target`, with its cue; for measuring and for `why`. `event`: staff may be the subject.
pub fn guards_at(document: &Document, rules: &RuleSet, target: Span, event: bool) -> Vec<Acted> {
    context::acting(&Reading::new(document, rules), target, event)
}

fn whole(document: &Document) -> Span {
    Span::new(0, document.text().len())
}

/// Hits by set, without those that run over a block's border.
fn by_set(document: &Document, sets: usize, hits: Vec<Hit>) -> Vec<Vec<Hit>> {
    let mut by_set = vec![Vec::new(); sets];
    for hit in hits {
        if inside(document, hit.span)
            && let Some(set) = by_set.get_mut(hit.set.0 as usize)
        {
            set.push(hit);
        }
    }
    by_set
}

/// Whether a match lies in one block, or in a label and its own answer: "Insight: poor".
fn inside(document: &Document, span: Span) -> bool {
    let blocks = document.blocks();
    let Some(at) = document.block_at(span.start) else { return false };
    let Some(block) = blocks.get(at) else { return false };
    block.span.contains(span)
        || matches!(block.kind, BlockKind::Prompt | BlockKind::Heading(_))
            && blocks.get(at + 1).is_some_and(|answer| {
                // On the same line: only the colon and spaces stand between.
                let near = answer.span.start - block.span.end <= 4;
                near && !answer.kind.is_structure() && answer.span.cover(block.span).contains(span)
            })
}

/// Why a rule does not look at a place at all, if it does not.
fn out_of_scope(reading: &Reading<'_>, rule: &Rule, span: Span) -> Option<&'static str> {
    if rule.sections.is_empty() && rule.not_sections.is_empty() {
        return None;
    }
    let types = reading.section_types(span.start);
    let named = |list: &[String]| types.iter().any(|section| list.iter().any(|name| name == section));
    if !rule.sections.is_empty() && !named(&rule.sections) {
        return Some("the rule reads other sections only");
    }
    if named(&rule.not_sections) {
        return Some("the rule does not read this section");
    }
    None
}

/// The exception of a rule that covers a match, if one does.
fn excepted(reading: &Reading<'_>, ruled: Ruled<'_>, span: Span) -> Option<Span> {
    let unless = &ruled.rule.unless;
    let sentence = reading.sentence(span.start).span;
    let find = |set: Option<crate::scan::SetId>, within: Span| -> Vec<Span> {
        set.map(|set| reading.near_of(ruled.layer, within, set)).unwrap_or_default()
    };
    find(unless.overlapping, sentence.cover(span))
        .into_iter()
        .find(|exception| exception.overlaps(span))
        .or_else(|| find(unless.same_sentence, sentence).into_iter().next())
        .or_else(|| {
            unless.same_section?;
            let section = reading.around(span, crate::document::Reach::Section);
            find(unless.same_section, section).into_iter().next()
        })
        .or_else(|| find(unless.same_document, whole(reading.document)).into_iter().next())
}

/// Every guard that acts on a match, negations between the words of a gap phrase included.
fn guards(reading: &Reading<'_>, ruled: Ruled<'_>, hit: Hit, event: bool) -> Vec<Acted> {
    let mut acted = context::acting(reading, hit.span, event);
    if !acted.iter().any(|acted| acted.guard == Guard::Negated)
        && let Some(cue) = negated_inside(reading, ruled, hit)
    {
        acted.push(Acted { guard: Guard::Negated, cue: Some(cue) });
    }
    acted
}

/// A negation that stands in a gap of the match, not among the rule's own words: "was not placed in …".
fn negated_inside(reading: &Reading<'_>, ruled: Ruled<'_>, hit: Hit) -> Option<Span> {
    let sentence = reading.sentence(hit.span.start);
    let main = &reading.rules.layers.get(ruled.layer)?.main;
    sentence.all(crate::rule::Cue::NegationBefore).find(|cue| {
        hit.span.contains(*cue) && {
            let words = reading.document.words(*cue);
            crate::scan::tokens(words).iter().any(|(start, end)| !main.term_holds(hit.term, &words[*start..*end]))
        }
    })
}

/// A look of `ruled` at `span`.
fn look(ruled: Ruled<'_>, span: Span, outcome: Outcome, acted: Vec<Acted>) -> Look {
    Look { rule: ruled.rule.id.clone(), span, outcome, acted }
}
