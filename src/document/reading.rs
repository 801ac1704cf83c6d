//! A read document: what can be asked of it.
//!
//! All offsets are bytes of the reading text. Sentences, lines and columns are worked out when asked for,
//! around the place asked about, so that a long document costs no more than the places that matter.

use super::origin::Origin;
use super::{Block, BlockKind, Entry, FileMap, Kind, Place, Problem, Reach, Reason, Section, sentences};
use crate::span::Span;
use std::borrow::Cow;
use std::fmt;

/// One read document. See the module page.
pub struct Document {
    pub(super) name: String,
    pub(super) part: Option<String>,
    pub(super) called: Option<String>,
    pub(super) passed_over: bool,
    pub(super) text: String,
    pub(super) blocks: Vec<Block>,
    pub(super) sections: Vec<Section>,
    pub(super) entries: Vec<Entry>,
    pub(super) problems: Vec<Problem>,
    pub(super) remarks: Vec<String>,
    pub(super) header: Vec<(String, String)>,
    pub(super) format: &'static str,
    pub(super) kind: Kind,
    pub(super) reason: Reason,
    pub(super) anchors: Vec<(u32, Place)>,
    pub(super) origin: Origin,
}

impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Document({} bytes, {} blocks)", self.text.len(), self.blocks.len())
    }
}

impl Document {
    /// The name of the file it stands in, as it is known to people: usually its path.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Which part of the file it is (`row 12`, `notes/a.md`, `Bundle.entry[3].resource`); `None` when it is the file.
    pub fn part(&self) -> Option<&str> {
        self.part.as_deref()
    }

    /// The name it has by itself: that of the member of an archive, or else that of the file.
    pub fn called(&self) -> &str {
        self.called.as_deref().unwrap_or(&self.name)
    }

    /// The file, and the part where it is one, in words.
    pub fn label(&self) -> Cow<'_, str> {
        match &self.part {
            Some(part) => format!("{}, {part}", self.name).into(),
            None => self.name.as_str().into(),
        }
    }

    /// The reading text: the words of the source, markup gone, folded.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The words of a span; empty when it does not lie in this text.
    pub fn words(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// Blocks in reading order, never overlapping.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// Headings and what stands under them, in reading order.
    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// Notes in order; they tile the text. At least one when there is text.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// What sort of document it is taken for.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Why it is taken for that.
    pub fn reason(&self) -> &Reason {
        &self.reason
    }

    /// Says what sort of document it is, and why.
    pub fn set_kind(&mut self, kind: Kind, reason: Reason) {
        self.kind = kind;
        self.reason = reason;
    }

    /// The name of the reader that read it; empty when none did.
    pub fn format(&self) -> &str {
        self.format
    }

    /// The first value the document's header gives for `key`, in any case of letters.
    pub fn header(&self, key: &str) -> Option<&str> {
        self.header_values(key).next()
    }

    /// The words the person prefers for themselves: the header's `prefers`, as a list or with commas.
    pub fn prefers(&self) -> Vec<&str> {
        self.header_values("prefers")
            .flat_map(|value| value.trim_start_matches('[').trim_end_matches(']').split(','))
            .map(|word| word.trim().trim_matches(['"', '\'']).trim())
            .filter(|word| !word.is_empty())
            .collect()
    }

    fn header_values<'d>(&'d self, key: &str) -> impl Iterator<Item = &'d str> {
        self.header.iter().filter(move |(known, _)| known.eq_ignore_ascii_case(key)).map(|(_, value)| value.as_str())
    }

    /// Index of the block the byte at `offset` stands in.
    pub fn block_at(&self, offset: u32) -> Option<usize> {
        let index = self.blocks.partition_point(|block| block.span.start <= offset).checked_sub(1)?;
        self.blocks[index].span.has(offset).then_some(index)
    }

    /// Words of the headings above `offset`, outermost first; the label in front of an answer or of a
    /// speaker's turn counts as the innermost.
    pub fn headings_above(&self, offset: u32) -> Vec<Span> {
        let mut above = Vec::new();
        let mut next = self.section_at(offset);
        while let Some(section) = next.and_then(|index| self.sections.get(index)) {
            if !section.heading.has(offset) {
                above.push(section.heading);
            }
            next = section.parent.map(|parent| parent as usize);
        }
        above.reverse();
        let lead = self.block_at(offset).and_then(|index| self.blocks[index].lead_in);
        if let Some(lead) = lead.and_then(|index| self.blocks.get(index as usize))
            && lead.kind == BlockKind::Prompt
        {
            above.push(lead.span);
        }
        above
    }

    /// Index of the innermost section `offset` stands in.
    pub fn section_at(&self, offset: u32) -> Option<usize> {
        let last = self.sections.partition_point(|section| section.span.start <= offset).checked_sub(1)?;
        let mut next = Some(last);
        while let Some(index) = next {
            let section = self.sections.get(index)?;
            if section.span.has(offset) {
                return Some(index);
            }
            next = section.parent.map(|parent| parent as usize);
        }
        None
    }

    /// Index of the entry `offset` stands in.
    pub fn entry_at(&self, offset: u32) -> Option<usize> {
        let index = self.entries.partition_point(|entry| entry.span.start <= offset).checked_sub(1)?;
        self.entries[index].span.has(offset).then_some(index)
    }

    /// The sentence around `offset`, looked for inside its block only. Abbreviations are lower case,
    /// without their last stop. Between blocks: the rest of that line.
    pub fn sentence_at(&self, offset: u32, abbreviations: &[String]) -> Span {
        if let Some(index) = self.block_at(offset) {
            return sentences::at(&self.text, self.blocks[index].span, offset as usize, abbreviations);
        }
        let at = self.text.floor_char_boundary((offset as usize).min(self.text.len()));
        let before = self.blocks.partition_point(|block| block.span.start <= offset);
        let from = before.checked_sub(1).map_or(0, |index| self.blocks[index].span.to()).min(at);
        let to = self.blocks.get(before).map_or(self.text.len(), |block| block.span.from()).max(at);
        let start = self.text[from..at].rfind('\n').map_or(from, |end| from + end + 1);
        let end = self.text[at..to].find('\n').map_or(to, |end| at + end);
        Span::new(start, end)
    }

    /// All sentences of the blocks that are prose; they tile each block's words.
    pub fn sentences(&self, abbreviations: &[String]) -> Vec<Span> {
        let prose = self.blocks.iter().filter(|block| !block.kind.is_structure());
        prose.flat_map(|block| sentences::split(&self.text, block.span, abbreviations)).collect()
    }

    /// `span`, widened to its surroundings.
    pub fn around(&self, span: Span, reach: Reach, abbreviations: &[String]) -> Span {
        let last = span.end.saturating_sub(1).max(span.start);
        match reach {
            Reach::Clause => {
                let sentence = self.around(span, Reach::Sentence, abbreviations);
                sentences::clause(&self.text, sentence, span)
            }
            Reach::Sentence => {
                self.sentence_at(span.start, abbreviations).cover(self.sentence_at(last, abbreviations)).cover(span)
            }
            Reach::Paragraph => self.block_around(span.start).cover(self.block_around(last)).cover(span),
            Reach::ListItem => self.item_around(span.start).cover(self.item_around(last)).cover(span),
            Reach::Section => self.section_around(span.start).cover(span),
            Reach::Entry => self.entry_at(span.start).map_or(span, |index| self.entries[index].span).cover(span),
            Reach::Document | Reach::Record => Span::new(0, self.text.len()),
        }
    }

    fn block_around(&self, offset: u32) -> Span {
        self.block_at(offset).map_or_else(|| self.sentence_at(offset, &[]), |index| self.blocks[index].span)
    }

    /// The block, and for an item what is nested under it.
    fn item_around(&self, offset: u32) -> Span {
        let Some(index) = self.block_at(offset) else { return self.block_around(offset) };
        let block = self.blocks[index];
        let BlockKind::Item(depth) = block.kind else { return block.span };
        let rest = self.blocks[index + 1..].iter();
        let nested = rest.take_while(|next| matches!(next.kind, BlockKind::Item(deeper) if deeper > depth));
        nested.last().map_or(block.span, |last| block.span.cover(last.span))
    }

    /// The innermost section; before the first heading, the text up to it.
    fn section_around(&self, offset: u32) -> Span {
        if let Some(index) = self.section_at(offset) {
            return self.sections[index].span;
        }
        let next = self.sections.iter().find(|section| section.span.start > offset);
        Span::new(0, next.map_or(self.text.len(), |section| section.span.from()))
    }

    /// Where the words at `offset` stand in the original.
    pub fn place(&self, offset: u32) -> Place {
        let next = self.anchors.partition_point(|(at, _)| *at <= offset);
        if let Some((_, place)) = next.checked_sub(1).and_then(|index| self.anchors.get(index)) {
            return place.clone();
        }
        let (line, column) = self.origin.line(self.decoded(), self.origin.start(offset));
        Place::Line { line, column }
    }

    /// The bytes of the source file that `span` stands for; `None` where the source is not a text.
    pub fn source(&self, span: Span) -> Option<Span> {
        self.origin.file.as_ref()?;
        let start = self.origin.start(span.start);
        let end = if span.is_empty() { start } else { self.origin.end(span.end).max(start) };
        let decoded = self.decoded();
        Some(Span { start: self.origin.file(decoded, start), end: self.origin.file(decoded, end) })
    }

    /// The reading text of a line of the source, from 1; empty where all of the line is markup.
    pub fn line(&self, line: u32) -> Option<Span> {
        self.origin.file.as_ref()?;
        let (start, end) = self.origin.line_range(self.decoded(), line)?;
        let (start, end) = (self.origin.forth(start, self.length()), self.origin.forth(end, self.length()));
        Some(Span { start, end: end.max(start) })
    }

    pub(super) fn decoded(&self) -> &str {
        self.origin.decoded.as_deref().unwrap_or(&self.text)
    }

    fn length(&self) -> u32 {
        Span::new(0, self.text.len()).end
    }

    /// What could not be read.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// What was decided while reading, and may be decided otherwise: which column holds the words.
    pub fn remarks(&self) -> &[String] {
        &self.remarks
    }

    /// Whether the whole file could not be read, so that it must not count as checked.
    pub fn is_unreadable(&self) -> bool {
        self.problems.iter().any(|problem| problem.fatal)
    }

    /// Whether it was left alone on purpose, for instance a picture in an archive.
    pub fn is_passed_over(&self) -> bool {
        self.passed_over
    }

    /// How the source was written down, where it is a text.
    pub fn file_map(&self) -> Option<&FileMap> {
        self.origin.file.as_ref()
    }
}
