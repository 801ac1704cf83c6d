//! A document as it is looked at: what was found near a place is remembered, nothing is worked out unasked.

use crate::document::{BlockKind, Document, Reach};
use crate::rule::{Cue, Lexicon, RuleSet};
use crate::scan::{Hit, SetId};
use crate::span::Span;
use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Near hits by layer and span.
type Known = BTreeMap<(usize, Span), Rc<Vec<Hit>>>;

/// Regular expressions by layer and set.
type Expressions = BTreeMap<(usize, SetId), Rc<Vec<u32>>>;

/// Up to so many bytes only the set that is asked about is looked for; in longer stretches all are, once for every rule
/// that will ask.
const SHORT: usize = 300;

/// One document, the rules, and what has been looked up so far.
pub(super) struct Reading<'a> {
    pub(super) document: &'a Document,
    pub(super) rules: &'a RuleSet,
    /// Role of each set of cues, by its number.
    roles: Vec<Option<Cue>>,
    near: RefCell<Known>,
    sentences: RefCell<BTreeMap<u32, Rc<Sentence>>>,
    /// The sentence that was asked for last: most questions are about the same.
    last: RefCell<Option<Rc<Sentence>>>,
    quotes: RefCell<BTreeMap<usize, Rc<Vec<Span>>>>,
    section_types: OnceCell<Vec<Option<&'a str>>>,
    /// Regular expressions of a set, by layer.
    expressions: RefCell<Expressions>,
}

/// A sentence and the cues in it.
pub(super) struct Sentence {
    pub(super) span: Span,
    /// Cues in order of place; pseudo cues have already taken out what they cover.
    pub(super) cues: Vec<(Cue, Span)>,
}

impl Sentence {
    /// Spans of one role, in order.
    pub(super) fn all(&self, cue: Cue) -> impl DoubleEndedIterator<Item = Span> + '_ {
        self.cues.iter().filter(move |(role, _)| *role == cue).map(|(_, span)| *span)
    }
}

impl<'a> Reading<'a> {
    pub(super) fn new(document: &'a Document, rules: &'a RuleSet) -> Self {
        let mut played = vec![None; rules.lexicon.cue_words.sets()];
        for (cue, ..) in Cue::ALL.into_iter().filter(|(cue, ..)| !Lexicon::is_credit(*cue)) {
            if let Some(set) = rules.lexicon.cue(cue)
                && let Some(role) = played.get_mut(set.0 as usize)
            {
                *role = Some(cue);
            }
        }
        Self {
            document,
            rules,
            roles: played,
            near: RefCell::default(),
            sentences: RefCell::default(),
            last: RefCell::default(),
            quotes: RefCell::default(),
            section_types: OnceCell::new(),
            expressions: RefCell::default(),
        }
    }

    pub(super) fn text(&self) -> &'a str {
        self.document.text()
    }

    pub(super) fn lexicon(&self) -> &'a Lexicon {
        &self.rules.lexicon
    }

    /// Every near hit of a layer in a span but those of regular expressions.
    pub(super) fn near(&self, layer: usize, span: Span) -> Rc<Vec<Hit>> {
        if let Some(known) = self.near.borrow().get(&(layer, span)) {
            return Rc::clone(known);
        }
        let mut hits = Vec::new();
        if let Some(layer) = self.rules.layers.get(layer) {
            layer.near.phrases(self.text(), span, &mut hits);
        }
        let hits = Rc::new(hits);
        self.near.borrow_mut().insert((layer, span), Rc::clone(&hits));
        hits
    }

    /// Near hits of one set in a span.
    pub(super) fn near_of(&self, layer_number: usize, span: Span, set: SetId) -> Vec<Span> {
        let of_set = |hits: &[Hit]| hits.iter().filter(|hit| hit.set == set).map(|hit| hit.span).collect();
        let mut found: Vec<Span> = if span.len() > SHORT {
            of_set(&self.near(layer_number, span))
        } else {
            let mut hits = Vec::new();
            if let Some(layer) = self.rules.layers.get(layer_number) {
                layer.near.phrases_of(set, self.text(), span, &mut hits);
            }
            of_set(&hits)
        };
        if let Some(layer) = self.rules.layers.get(layer_number) {
            let mut more = Vec::new();
            layer.near.expressions(&self.expressions_of(layer_number, set), self.text(), span, &mut more);
            if !more.is_empty() {
                found.extend(more.iter().filter(|hit| hit.set == set).map(|hit| hit.span));
                found.sort_unstable();
            }
        }
        found
    }

    fn expressions_of(&self, layer: usize, set: SetId) -> Rc<Vec<u32>> {
        if let Some(known) = self.expressions.borrow().get(&(layer, set)) {
            return Rc::clone(known);
        }
        let numbers = self.rules.layers.get(layer).map(|layer| layer.near.expressions_of(|other| other == set));
        let numbers = Rc::new(numbers.unwrap_or_default());
        self.expressions.borrow_mut().insert((layer, set), Rc::clone(&numbers));
        numbers
    }

    /// The span around a place.
    pub(super) fn around(&self, span: Span, reach: Reach) -> Span {
        self.document.around(span, reach, &self.lexicon().abbreviations)
    }

    /// The sentence at an offset, with its cues.
    pub(super) fn sentence(&self, offset: u32) -> Rc<Sentence> {
        if let Some(last) = self.last.borrow().as_ref()
            && last.span.has(offset)
        {
            return Rc::clone(last);
        }
        let span = self.document.sentence_at(offset, &self.lexicon().abbreviations);
        let sentence = self.cues_in(span);
        self.last.replace(Some(Rc::clone(&sentence)));
        sentence
    }

    /// Any span read as one sentence.
    pub(super) fn cues_in(&self, span: Span) -> Rc<Sentence> {
        if let Some(known) = self.sentences.borrow().get(&span.start)
            && known.span == span
        {
            return Rc::clone(known);
        }
        let mut hits = Vec::new();
        self.rules.lexicon.cue_words.scan(self.text(), span, &mut hits);
        let mut cues: Vec<(Cue, Span)> =
            hits.iter().filter_map(|hit| Some(((*self.roles.get(hit.set.0 as usize)?)?, hit.span))).collect();
        let pseudo: Vec<(Cue, Span)> = cues.iter().filter(|(cue, _)| cancels(*cue).is_some()).copied().collect();
        cues.retain(|(cue, span)| {
            !pseudo.iter().any(|(by, cover)| {
                cover.contains(*span) && cancels(*by).is_some_and(|cancelled| cancelled.contains(cue))
            })
        });
        cues.sort_by_key(|(cue, span)| (span.start, span.end, *cue));
        let sentence = Rc::new(Sentence { span, cues });
        self.sentences.borrow_mut().insert(span.start, Rc::clone(&sentence));
        sentence
    }

    /// Quotations in a block, without their marks.
    pub(super) fn quotes(&self, block: usize) -> Rc<Vec<Span>> {
        if let Some(known) = self.quotes.borrow().get(&block) {
            return Rc::clone(known);
        }
        let found = self.document.blocks().get(block).map(|block| super::quotes::find(self.text(), block.span));
        let found = Rc::new(found.unwrap_or_default());
        self.quotes.borrow_mut().insert(block, Rc::clone(&found));
        found
    }

    /// Types of the headings, lead-in and prompt above an offset, innermost last.
    pub(super) fn section_types(&self, offset: u32) -> Vec<&'a str> {
        let all = self
            .section_types
            .get_or_init(|| self.document.sections().iter().map(|section| self.type_of(section.heading)).collect());
        let mut found = Vec::new();
        let mut at = self.document.section_at(offset);
        while let Some(index) = at {
            found.extend(all.get(index).copied().flatten());
            at = self.document.sections().get(index).and_then(|section| section.parent).map(|parent| parent as usize);
        }
        found.reverse();
        let blocks = self.document.blocks();
        let mut block = self.document.block_at(offset);
        while let Some(index) = block {
            block = blocks.get(index).and_then(|block| block.lead_in).map(|lead| lead as usize);
            found.extend(block.and_then(|lead| blocks.get(lead)).and_then(|lead| self.type_of(lead.span)));
        }
        found
    }

    fn type_of(&self, heading: Span) -> Option<&'a str> {
        self.rules.lexicon.section_type(&fold(self.document.words(heading)))
    }

    /// Whether the words at an offset are structure, not a statement.
    pub(super) fn is_structure(&self, offset: u32) -> bool {
        let block = self.document.block_at(offset).and_then(|block| self.document.blocks().get(block));
        block.is_none_or(|block| block.kind.is_structure() || block.tick == crate::document::Tick::Unticked)
    }

    /// What stands under the heading or behind the prompt at an offset, when it is more than a word or two: a part that
    /// is filled in is evidence, a bare heading is not.
    pub(super) fn answer_to(&self, offset: u32) -> Option<Span> {
        let blocks = self.document.blocks();
        let at = self.document.block_at(offset)?;
        let block = blocks.get(at).filter(|block| matches!(block.kind, BlockKind::Heading(_) | BlockKind::Prompt))?;
        let next = blocks.get(at + 1).filter(|next| !next.kind.is_structure())?;
        let answers = match block.kind {
            BlockKind::Heading(_) => next.section.is_some_and(|section| {
                self.document.sections().get(section as usize).is_some_and(|section| section.heading == block.span)
            }),
            _ => next.lead_in.is_some_and(|lead| lead as usize == at),
        };
        let words = self.document.words(next.span).split_whitespace().count();
        (answers && words >= 3).then_some(next.span)
    }

    /// The kind of block at an offset.
    pub(super) fn block_kind(&self, offset: u32) -> Option<BlockKind> {
        self.document.block_at(offset).and_then(|block| self.document.blocks().get(block)).map(|block| block.kind)
    }
}

/// Which roles a pseudo cue takes out where it overlaps them.
fn cancels(cue: Cue) -> Option<&'static [Cue]> {
    match cue {
        Cue::NegationPseudo => Some(&[Cue::NegationBefore, Cue::NegationAfter]),
        Cue::HypotheticalPseudo => Some(&[Cue::HypotheticalBefore, Cue::HypotheticalAfter]),
        Cue::HistoricalPseudo => Some(&[Cue::HistoricalBefore, Cue::HistoricalAfter]),
        _ => None,
    }
}

/// Lower case, single spaces, no numbering in front, no colon behind.
pub(super) fn fold(words: &str) -> String {
    let trimmed = words.trim().trim_start_matches(|letter: char| letter.is_ascii_digit() || ".()#* ".contains(letter));
    let trimmed = trimmed.trim_end_matches(|letter: char| ":.-*_ ".contains(letter));
    let mut out = String::with_capacity(trimmed.len());
    for word in trimmed.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().flat_map(char::to_lowercase));
    }
    out
}
