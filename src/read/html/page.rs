//! From tag to tag through a page: what is skipped, where blocks begin and end.
//!
//! Tags need not match: an item ends the item before it, and whatever is open ends with its parent.

use super::layout::{self, Layout, is_main};
use super::tokens::{self, Token, What};
use crate::document::{BlockKind, Builder, Place};
use crate::read::flow::tick_box;
use crate::read::plain;
use std::ops::Range;

/// Where a person would look for the words of a page.
pub(super) enum Spot<'b> {
    /// At their place in the file, which is the page.
    Source,
    /// All at one place of the file around the page.
    At(Place),
    /// In paragraphs, counted on from those before.
    Counted(&'b mut u32),
}

/// What words stand in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Around {
    List { menu: bool },
    Item,
    Quote,
    Table { row: u32, column: u32, frame: bool },
    Cell { header: bool },
    Pre,
    Article,
}

/// Elements inside running text; all others part blocks.
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "dfn", "em", "font", "i", "ins", "kbd",
    "label", "mark", "nobr", "q", "ruby", "rb", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time",
    "tt", "u", "var", "wbr", "img", "input", "o:p",
];

/// Elements that are never read.
const NEVER: &[&str] = &[
    "audio", "button", "canvas", "datalist", "embed", "head", "iframe", "noframes", "noscript", "object", "rp", "rt",
    "script", "select", "style", "svg", "template", "video",
];

/// Elements around the text of a page.
const CHROME: &[&str] = &["nav", "header", "footer", "aside", "menu", "search"];

/// What elements around the text call themselves, where they have no tag of their own.
const CHROME_ROLES: &[&str] = &["navigation", "banner", "contentinfo", "search", "complementary", "menu", "menubar"];
const CHROME_CLASSES: &[&str] =
    &["nav", "navbar", "navigation", "menu", "sidebar", "breadcrumb", "breadcrumbs", "skip-link", "cookie-banner"];

/// Elements without an end tag.
const VOID: &[&str] = &["area", "base", "br", "col", "hr", "img", "input", "link", "meta", "param", "source", "wbr"];

/// Elements in one another deeper than this are no longer told apart.
const DEPTH: usize = 256;

/// A page being read.
#[allow(clippy::struct_excessive_bools, reason = "each is one fact about the block that is open, or the page")]
pub(super) struct Page<'t, 'b> {
    text: &'t str,
    spot: Spot<'b>,
    into: &'b mut Builder,
    layout: Layout,
    /// Whether what stands around the text is skipped.
    trim: bool,
    around: Vec<Around>,
    /// The element that is skipped, and how many of its name are open.
    skip: Option<(String, u32)>,
    /// How many elements deep the main part is open.
    main: u32,
    open: Option<BlockKind>,
    /// Whether the open block has words, and whether white space waits to part them from the next.
    started: bool,
    gap: Option<Range<usize>>,
    boxed: bool,
    /// Whether the open block has been counted.
    counted: bool,
    deleted: bool,
    wrote: bool,
}

impl<'t, 'b> Page<'t, 'b> {
    /// Reads all of `text`. A page in which everything seems to be menu is read whole.
    pub(super) fn read(text: &'t str, spot: Spot<'b>, into: &'b mut Builder) {
        let tokens = tokens::tokens(text);
        facts(text, &tokens, into);
        let mut page = Page {
            text,
            spot,
            into,
            layout: layout::look(text, &tokens),
            trim: true,
            around: Vec::new(),
            skip: None,
            main: 0,
            open: None,
            started: false,
            gap: None,
            boxed: false,
            counted: false,
            deleted: false,
            wrote: false,
        };
        page.all(&tokens);
        if !page.wrote {
            page.trim = false;
            page.layout.main = false;
            page.around.clear();
            page.skip = None;
            page.all(&tokens);
        }
        if page.deleted {
            page.into.problem("Words marked as deleted were left out.", None);
        }
    }

    fn all(&mut self, tokens: &[Token]) {
        for (index, token) in tokens.iter().enumerate() {
            match &token.what {
                What::Words => {
                    if self.skip.is_none() && (!self.layout.main || self.main > 0) {
                        self.words(token.range.clone());
                    }
                }
                What::Start(name, attributes) => self.start(index, name, attributes, &token.range),
                What::End(name) => self.end(name, &token.range),
            }
        }
        self.close();
    }

    fn start(&mut self, index: usize, name: &str, attributes: &[(String, String)], range: &Range<usize>) {
        if let Some((skipped, depth)) = &mut self.skip {
            *depth += u32::from(skipped == name);
            return;
        }
        if is_main(name, attributes) {
            self.main += u32::from(name == "main" || self.main == 0);
        }
        if self.skips(name, attributes) {
            self.deleted |= name == "del";
            if !INLINE.contains(&name) && name != "del" {
                self.close();
            }
            if !VOID.contains(&name) {
                self.skip = Some((name.to_owned(), 1));
            }
            return;
        }
        match name {
            "br" => self.put("\n", range),
            "q" => self.put("\"", range),
            "input" => self.input(attributes, range),
            _ if INLINE.contains(&name) => {}
            _ => {
                self.close();
                self.enter(index, name);
            }
        }
    }

    /// Whether an element and all in it is left out.
    fn skips(&self, name: &str, attributes: &[(String, String)]) -> bool {
        let value = |key: &str| attributes.iter().find(|(known, _)| known == key).map(|(_, value)| value.as_str());
        if NEVER.contains(&name) || name == "del" {
            return true;
        }
        let style = value("style").unwrap_or_default().replace(' ', "").to_ascii_lowercase();
        if value("hidden").is_some() || value("aria-hidden") == Some("true") || style.contains("display:none") {
            return name != "body" && name != "html";
        }
        if !self.trim || self.main > 0 || self.around.contains(&Around::Article) {
            return name == "nav" && self.trim;
        }
        let role = value("role").unwrap_or_default();
        let classes = value("class").unwrap_or_default();
        let named = |word: &str| CHROME_CLASSES.iter().any(|known| word.eq_ignore_ascii_case(known));
        CHROME.contains(&name)
            || CHROME_ROLES.iter().any(|known| role.eq_ignore_ascii_case(known))
            || (!matches!(name, "body" | "html" | "main" | "article")
                && (classes.split_whitespace().any(named) || value("id").is_some_and(named)))
    }

    fn enter(&mut self, index: usize, name: &str) {
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = name.as_bytes()[1] - b'0';
                self.begin(BlockKind::Heading(level));
            }
            "ul" | "ol" | "dir" => self.push(Around::List { menu: self.layout.menus.contains(&index) }),
            "li" => {
                self.leave(|around| *around == Around::Item, |around| matches!(around, Around::List { .. }));
                self.push(Around::Item);
            }
            "blockquote" => self.push(Around::Quote),
            "table" => self.push(Around::Table { row: 0, column: 0, frame: self.layout.frames.contains(&index) }),
            "tr" => {
                self.leave(|around| matches!(around, Around::Cell { .. }), is_table);
                self.row();
            }
            "td" | "th" => {
                self.leave(|around| matches!(around, Around::Cell { .. }), is_table);
                self.push(Around::Cell { header: name == "th" });
            }
            "pre" | "textarea" => self.push(Around::Pre),
            "article" => self.push(Around::Article),
            _ => {}
        }
    }

    fn end(&mut self, name: &str, range: &Range<usize>) {
        if let Some((skipped, depth)) = &mut self.skip {
            if skipped == name {
                *depth -= 1;
                if *depth == 0 {
                    self.skip = None;
                }
            }
            return;
        }
        if name == "main" {
            self.close();
            self.main = self.main.saturating_sub(1);
        }
        match name {
            "q" => self.put("\"", range),
            _ if INLINE.contains(&name) => {}
            _ => self.close(),
        }
        match name {
            "ul" | "ol" | "dir" => self.leave(|around| matches!(around, Around::List { .. }), |_| false),
            "li" => self.leave(|around| *around == Around::Item, |around| matches!(around, Around::List { .. })),
            "blockquote" => self.leave(|around| *around == Around::Quote, |_| false),
            "table" => self.leave(is_table, |_| false),
            "tr" => {
                self.leave(|around| matches!(around, Around::Cell { .. }), is_table);
                self.row();
            }
            "td" | "th" => self.leave(|around| matches!(around, Around::Cell { .. }), is_table),
            "pre" | "textarea" => self.leave(|around| *around == Around::Pre, |_| false),
            "article" => self.leave(|around| *around == Around::Article, |_| false),
            _ => {}
        }
    }

    fn push(&mut self, around: Around) {
        if self.around.len() < DEPTH {
            self.around.push(around);
        }
    }

    /// Leaves the innermost that `is`, and all in it, unless a `border` stands around it first.
    fn leave(&mut self, is: impl Fn(&Around) -> bool, border: impl Fn(&Around) -> bool) {
        let Some(at) = self.around.iter().rposition(|around| is(around) || border(around)) else { return };
        if !is(&self.around[at]) {
            return;
        }
        let cell = matches!(self.around[at], Around::Cell { .. });
        self.around.truncate(at);
        if cell && let Some(Around::Table { column, .. }) = self.around.last_mut() {
            *column += 1;
        }
    }

    /// A row begins or has ended; one that was empty does not count.
    fn row(&mut self) {
        if let Some(Around::Table { row, column, .. }) = self.around.iter_mut().rfind(|around| is_table(around))
            && *column > 0
        {
            *row += 1;
            *column = 0;
        }
    }

    /// What loose words are, by what stands around them.
    fn kind(&self) -> BlockKind {
        let mut lists = self.around.iter().filter(|around| matches!(around, Around::List { .. }));
        for (at, around) in self.around.iter().enumerate().rev() {
            match around {
                Around::Pre => return BlockKind::Code,
                Around::Item => {
                    if lists.clone().any(|list| *list == (Around::List { menu: true })) {
                        return BlockKind::Code;
                    }
                    let depth = lists.by_ref().count().saturating_sub(1);
                    return BlockKind::Item(u8::try_from(depth).unwrap_or(u8::MAX));
                }
                Around::Quote => return BlockKind::Quote,
                Around::Cell { header } => {
                    let table = self.around[..at].iter().rfind(|around| is_table(around));
                    if let Some(Around::Table { row, column, frame: false }) = table {
                        return BlockKind::Cell { row: *row, column: *column, header: *header && *row == 0 };
                    }
                }
                _ => {}
            }
        }
        BlockKind::Paragraph
    }

    fn begin(&mut self, kind: BlockKind) {
        self.close();
        self.into.open(kind);
        self.open = Some(kind);
    }

    fn close(&mut self) {
        self.gap = None;
        self.started = false;
        self.counted = false;
        let boxed = std::mem::take(&mut self.boxed);
        match self.open.take() {
            Some(kind) if kind == BlockKind::Paragraph || (boxed && !kind.is_structure()) => {
                self.into.close_with(|text, range, marks| plain::paragraph(text, range, kind, marks));
            }
            Some(_) => {
                self.into.close();
            }
            None => {}
        }
    }

    fn words(&mut self, range: Range<usize>) {
        let text = self.text;
        let Some(words) = text.get(range.clone()) else { return };
        if self.open.is_none() && words.trim().is_empty() {
            return;
        }
        if self.open.is_none() {
            self.begin(self.kind());
        }
        let verbatim = self.open == Some(BlockKind::Code);
        for (piece, entity) in tokens::pieces(words) {
            let range = range.start + piece.start..range.start + piece.end;
            let written = &text[range.clone()];
            if entity {
                self.lay(&tokens::unescaped(written), &range, true);
            } else if verbatim {
                self.lay(written, &range, false);
            } else {
                self.spaced(range);
            }
        }
    }

    /// Words in which every stretch of white space is one blank.
    fn spaced(&mut self, range: Range<usize>) {
        let text = self.text;
        let mut at = range.start;
        while at < range.end {
            let rest = &text[at..range.end];
            let space = rest.len() - rest.trim_start_matches(is_space).len();
            if space > 0 {
                if self.started && self.gap.is_none() {
                    self.gap = Some(at..at + space);
                }
                at += space;
                continue;
            }
            // Single blanks between words stay in one stretch.
            let mut end = 0;
            while let Some(found) = rest[end..].find(is_space) {
                end += found;
                let single = rest[end..].starts_with(' ') && !rest[end + 1..].starts_with(is_space);
                if !single || end + 1 == rest.len() {
                    break;
                }
                end += 1;
            }
            let end = if rest[end..].find(is_space).is_none() { rest.len() } else { end };
            self.lay(&rest[..end], &(at..at + end), false);
            at += end;
        }
    }

    /// A sign that stands for a tag.
    fn put(&mut self, sign: &str, range: &Range<usize>) {
        if self.layout.main && self.main == 0 || self.skip.is_some() {
            return;
        }
        if sign == "\n" {
            self.gap = None;
            if self.started {
                self.raw(sign, range, true);
            }
            return;
        }
        if self.open.is_none() {
            self.begin(self.kind());
        }
        self.lay(sign, range, true);
    }

    fn lay(&mut self, words: &str, range: &Range<usize>, other: bool) {
        if let Some(gap) = self.gap.take() {
            self.raw(" ", &gap, true);
        }
        self.started = true;
        self.raw(words, range, other);
    }

    fn raw(&mut self, words: &str, range: &Range<usize>, other: bool) {
        self.wrote = true;
        if let Spot::Counted(paragraphs) = &mut self.spot {
            **paragraphs += u32::from(!self.counted);
            self.counted = true;
        }
        self.boxed |= words.contains(['\u{2610}', '\u{2611}', '\u{2612}']);
        match &self.spot {
            Spot::At(place) => self.into.run(words, place.clone()),
            Spot::Counted(paragraphs) => self.into.run(words, Place::Paragraph { paragraph: **paragraphs }),
            Spot::Source if other => self.into.run_as(words, range.clone()),
            Spot::Source => self.into.run_at(range.clone()),
        };
    }

    /// Boxes with their state, and what was typed into a field.
    fn input(&mut self, attributes: &[(String, String)], range: &Range<usize>) {
        let value = |key: &str| attributes.iter().find(|(known, _)| known == key).map(|(_, value)| value.as_str());
        match value("type").unwrap_or("text").to_ascii_lowercase().as_str() {
            "checkbox" | "radio" => self.put(tick_box(value("checked").is_some()), range),
            "text" => {
                if let Some(typed) = value("value").filter(|typed| !typed.trim().is_empty()) {
                    self.put(typed, range);
                }
            }
            _ => {}
        }
    }
}

fn is_table(around: &Around) -> bool {
    matches!(around, Around::Table { .. })
}

fn is_space(sign: char) -> bool {
    matches!(sign, ' ' | '\n' | '\t' | '\r' | '\u{C}')
}

/// Title and language of the page.
fn facts(text: &str, tokens: &[Token], into: &mut Builder) {
    let mut title = false;
    for token in tokens {
        match &token.what {
            What::Start(name, attributes) => {
                if name == "html"
                    && let Some((_, language)) = attributes.iter().find(|(key, _)| key == "lang" || key == "xml:lang")
                {
                    into.header("language", language);
                }
                title = name == "title";
            }
            What::Words if title => {
                if let Some(words) = text.get(token.range.clone()).map(tokens::unescaped) {
                    into.header("title", words.trim());
                }
                return;
            }
            What::End(name) if name == "head" => return,
            _ => {}
        }
    }
}
