//! Markdown: markup gone, every word at its exact place.
//!
//! Of embedded HTML and MDX components the tags are skipped and the words between them read; template tags
//! and imports are no prose. Line numbers are those of the file.

use super::{Reader, decoded, front, plain, tags};
use crate::document::{BlockKind, Builder, Tick};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// The reader of Markdown.
pub(super) struct Markdown;

impl Reader for Markdown {
    fn name(&self) -> &'static str {
        "markdown"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["md", "markdown", "mdx", "mkd"]
    }

    fn read(&self, bytes: &[u8], into: &mut Builder) {
        let Some(source) = decoded(bytes, into) else { return };
        let text: &str = &source.text;
        into.source(text, source.map);
        let front = front::range(text).unwrap_or(0..0);
        if !front.is_empty() {
            front::header(&text[front.clone()], into);
            into.open(BlockKind::FrontMatter).run_at(front.clone()).close();
        }
        // Smart punctuation stays off: with it the events are no longer the words of the source.
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_FOOTNOTES;
        let mut page = Page {
            text,
            base: front.end,
            into,
            lists: 0,
            quotes: 0,
            row: 0,
            column: 0,
            open: None,
            skip: 0,
            hidden: None,
        };
        for (event, range) in Parser::new_ext(&text[front.end..], options).into_offset_iter() {
            page.event(event, &range);
        }
    }
}

struct Page<'t, 'b> {
    text: &'t str,
    base: usize,
    into: &'b mut Builder,
    lists: u8,
    quotes: u8,
    row: u32,
    column: u32,
    open: Option<BlockKind>,
    skip: u32,
    hidden: Option<&'static str>,
}

impl Page<'_, '_> {
    fn event(&mut self, event: Event<'_>, range: &Range<usize>) {
        let range = range.start + self.base..range.end + self.base;
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(words) => self.words(&words, range),
            Event::Code(words) => {
                let inner = code(&self.text[range.clone()], &words);
                self.words(&words, range.start + inner.start..range.start + inner.end);
            }
            Event::SoftBreak | Event::HardBreak => self.line_end(range),
            Event::TaskListMarker(done) => {
                self.into.tick(if done { Tick::Ticked } else { Tick::Unticked });
            }
            Event::Rule => self.close(),
            Event::Html(_) => self.html(range),
            _ => {}
        }
    }

    fn open(&mut self, kind: BlockKind) {
        self.close();
        self.open = Some(kind);
        self.into.open(kind);
    }

    fn close(&mut self) {
        match self.open.take() {
            Some(kind @ BlockKind::Paragraph) => {
                self.into.close_with(|text, range, marks| {
                    if !is_script(&text[range.clone()]) {
                        plain::paragraph(text, range, kind, marks);
                    }
                });
            }
            Some(_) => {
                self.into.close();
            }
            None => {}
        }
    }

    fn words(&mut self, words: &str, range: Range<usize>) {
        if self.skip > 0 {
            return;
        }
        if self.open.is_none() {
            self.open(self.kind());
        }
        if self.text.get(range.clone()) == Some(words) {
            self.into.run_at(range);
        } else {
            self.into.run_as(words, range);
        }
    }

    /// Embedded HTML: tags go, the words between them are read.
    fn html(&mut self, range: Range<usize>) {
        let text = self.text;
        for part in tags::parts(text, range, &mut self.hidden) {
            match part {
                tags::Part::Words(words) if self.open.is_some() || !text[words.clone()].trim().is_empty() => {
                    self.words(&text[words.clone()], words);
                }
                tags::Part::Sign(sign, at) => self.words(sign, at),
                tags::Part::Border => self.close(),
                tags::Part::Words(_) => {}
            }
        }
    }

    /// What loose words are: an item's, a quotation's, a paragraph.
    fn kind(&self) -> BlockKind {
        if self.lists > 0 {
            BlockKind::Item(self.lists - 1)
        } else if self.quotes > 0 {
            BlockKind::Quote
        } else {
            BlockKind::Paragraph
        }
    }

    fn line_end(&mut self, range: Range<usize>) {
        if self.open.is_some() {
            self.into.run_as("\n", range);
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => self.open(BlockKind::Heading(number(*level))),
            // The words of an item go on in its first paragraph, behind its box.
            Tag::Paragraph if matches!(self.open, Some(BlockKind::Item(_))) => {}
            Tag::Paragraph | Tag::Item => self.open(self.kind()),
            Tag::CodeBlock(_) => self.open(BlockKind::Code),
            Tag::BlockQuote(_) => {
                self.close();
                self.quotes = self.quotes.saturating_add(1);
            }
            Tag::List(_) => {
                self.close();
                self.lists = self.lists.saturating_add(1);
            }
            Tag::Table(_) => {
                self.close();
                self.row = 0;
            }
            Tag::TableHead | Tag::TableRow => self.column = 0,
            Tag::TableCell => self.open(BlockKind::Cell { row: self.row, column: self.column, header: self.row == 0 }),
            Tag::Image { .. } | Tag::MetadataBlock(_) => self.skip += 1,
            Tag::HtmlBlock | Tag::FootnoteDefinition(_) => self.close(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::CodeBlock | TagEnd::Item => self.close(),
            TagEnd::BlockQuote(_) => {
                self.close();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::List(_) => {
                self.close();
                self.lists = self.lists.saturating_sub(1);
            }
            TagEnd::TableCell => {
                self.close();
                self.column += 1;
            }
            TagEnd::TableHead | TagEnd::TableRow => self.row += 1,
            TagEnd::HtmlBlock => {
                self.close();
                self.hidden = None;
            }
            TagEnd::MetadataBlock(_) | TagEnd::Image => self.skip = self.skip.saturating_sub(1),
            _ => {}
        }
    }
}

/// Where the words of a code span stand in it: behind its backticks, and behind the one blank that may pad them.
fn code(span: &str, words: &str) -> Range<usize> {
    let ticks = span.len() - span.trim_start_matches('`').len();
    let inner = ticks..span.len().saturating_sub(ticks).max(ticks);
    match inner.len().checked_sub(words.len()) {
        Some(0) => inner,
        Some(2) => inner.start + 1..inner.end - 1,
        _ => 0..span.len(),
    }
}

/// Whether a paragraph is only a template tag, an import or an expression.
fn is_script(words: &str) -> bool {
    let words = words.trim();
    let tag = words.starts_with("{%") && words.ends_with("%}") || words.starts_with('{') && words.ends_with('}');
    let import = words.starts_with("import ") && words.contains(" from ") && words.ends_with([';', '\'', '"']);
    tag || import || words.starts_with("export const ") || words.starts_with("export default ")
}

fn number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}
