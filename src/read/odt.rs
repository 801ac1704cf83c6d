//! Texts in the open document format (ODT): headings, lists, tables, notes and boxes of text, in the order of the page.
//!
//! Deleted words of tracked changes are left out, inserted ones read. Notes come behind the paragraph that calls
//! them, remarks in the margin are never the document's own words.

use super::Reader;
use super::flow::{Flow, Shape};
use super::pack::{self, Pack};
use super::xml::{self, Fault, Step, Tag, Xml};
use crate::document::Builder;
use std::collections::BTreeMap;

/// The reader of ODT.
pub(super) struct Odt;

impl Reader for Odt {
    fn name(&self) -> &'static str {
        "odt"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["odt", "ott"]
    }

    fn read(&self, bytes: &[u8], into: &mut Builder) {
        if let Err(fault) = whole(bytes, into) {
            into.unreadable(fault.said());
        }
    }
}

fn whole(bytes: &[u8], into: &mut Builder) -> Result<(), pack::Fault> {
    let pack = Pack::open(bytes)?;
    let manifest = pack.read("META-INF/manifest.xml").ok().flatten().unwrap_or_default();
    if memchr::memmem::find(&manifest, b"encryption-data").is_some() {
        return Err(pack::Fault::Locked);
    }
    let Some(content) = pack.read("content.xml")? else {
        into.unreadable("This file has no text of an OpenDocument in it. Open it and save it again as .odt.");
        return Ok(());
    };
    let outer = pack.read("styles.xml").ok().flatten().unwrap_or_default();
    facts(&pack, into);
    let mut styles = Styles::default();
    for part in [&outer, &content] {
        if let Ok(source) = xml::text(part) {
            styles.take(&source.text);
        }
    }
    let mut flow = Flow::new(into);
    let mut met = Met::default();
    let ended =
        xml::text(&content).and_then(|source| Body::new(&styles, &mut flow, &mut met, "text").read(&source.text));
    if let Err(fault) = ended {
        flow.into.problem(fault.said(), None);
    }
    if let Ok(source) = xml::text(&outer) {
        // What is broken here has cost no words of the text.
        let _ = Body::new(&styles, &mut flow, &mut met, "master-styles").read(&source.text);
    }
    if met.changes {
        into.problem("This document holds tracked changes. It was read as if all of them were accepted.", None);
    }
    if met.hidden {
        into.problem("Some words of this document are hidden, and were not checked. Show them to check them.", None);
    }
    if met.remarks {
        into.problem("Comments in the margin are not the document's own words, and were not checked.", None);
    }
    Ok(())
}

/// Title, date of the last change and language, where the document says them.
fn facts(pack: &Pack<'_>, into: &mut Builder) {
    let Ok(Some(bytes)) = pack.read("meta.xml") else { return };
    let Ok(source) = xml::text(&bytes) else { return };
    let mut xml = Xml::new(&source.text);
    let mut key = None;
    while let Ok(Some(step)) = xml.step() {
        match step {
            Step::Open(tag) => {
                let known = [("title", "title"), ("date", "modified"), ("language", "language")];
                key = known.into_iter().find(|(name, _)| *name == tag.name()).map(|(_, key)| key);
            }
            Step::Words(words) => {
                if let Some(key) = key.filter(|_| !words.trim().is_empty()) {
                    into.header(key, words.trim());
                }
            }
            Step::Close(_) => key = None,
        }
    }
}

/// What a style says of its words, and what it stands on.
#[derive(Debug, Default)]
struct Style {
    parent: Option<String>,
    bold: Option<bool>,
    hidden: Option<bool>,
}

#[derive(Debug, Default)]
struct Styles(BTreeMap<String, Style>);

/// As many styles as may stand on one another.
const CHAIN: usize = 32;

impl Styles {
    fn take(&mut self, source: &str) {
        let mut xml = Xml::new(source);
        let mut open: Option<(String, Style)> = None;
        while let Ok(Some(step)) = xml.step() {
            match step {
                Step::Open(tag) if tag.full_name() == "style:style" => {
                    let parent = tag.value("parent-style-name").map(std::borrow::Cow::into_owned);
                    let name = tag.value("name").unwrap_or_default().into_owned();
                    open = Some((name, Style { parent, ..Style::default() }));
                }
                Step::Open(tag) if tag.name() == "text-properties" => {
                    if let Some((_, style)) = &mut open {
                        style.bold = tag
                            .value("font-weight")
                            .map(|weight| matches!(&*weight, "bold" | "600" | "700" | "800" | "900"));
                        style.hidden = tag.value("display").map(|display| display == "none");
                    }
                }
                Step::Close("style") => self.0.extend(open.take()),
                _ => {}
            }
        }
    }

    fn first<T>(&self, name: &str, says: impl Fn(&str, Option<&Style>) -> Option<T>) -> Option<T> {
        let mut name = name;
        for _ in 0..CHAIN {
            let style = self.0.get(name);
            if let Some(said) = says(name, style) {
                return Some(said);
            }
            name = style?.parent.as_deref()?;
        }
        None
    }

    /// What the name of a style, or of one it stands on, says.
    fn shape(&self, name: &str) -> Shape {
        let named = |name: &str, _: Option<&Style>| match name {
            "Title" => Some(Shape::Heading(1)),
            "Quotations" => Some(Shape::Quote),
            "Preformatted_20_Text" => Some(Shape::Aside),
            _ if name.starts_with("Contents_20_") && !name.ends_with("Heading") => Some(Shape::Aside),
            _ => None,
        };
        self.first(name, named).unwrap_or_default()
    }

    fn bold(&self, name: &str) -> Option<bool> {
        self.first(name, |_, style| style?.bold)
    }

    fn hidden(&self, name: &str) -> bool {
        self.first(name, |_, style| style?.hidden).unwrap_or(false)
    }
}

#[derive(Debug, Default)]
struct Met {
    changes: bool,
    hidden: bool,
    remarks: bool,
}

/// Reads what stands in one element.
struct Body<'s, 'f, 'b> {
    styles: &'s Styles,
    flow: &'f mut Flow<'b>,
    met: &'f mut Met,
    /// The element whose words are read; others around it are not.
    within: &'static str,
    inside: bool,
    lists: u8,
    remark: u32,
    /// Whether the words so far end with a blank, so that the next is one too many.
    blank: bool,
    /// Bold or not, for each open paragraph and span.
    bold: Vec<bool>,
    wide: Vec<u32>,
}

impl<'s, 'f, 'b> Body<'s, 'f, 'b> {
    fn new(styles: &'s Styles, flow: &'f mut Flow<'b>, met: &'f mut Met, within: &'static str) -> Self {
        let (bold, wide) = (Vec::new(), Vec::new());
        Self { styles, flow, met, within, inside: false, lists: 0, remark: 0, blank: true, bold, wide }
    }

    fn read(&mut self, source: &str) -> Result<(), Fault> {
        let mut xml = Xml::new(source);
        let ended = loop {
            match xml.step() {
                Ok(Some(Step::Open(tag))) => {
                    self.inside |= tag.name() == self.within && tag.full_name().starts_with("office:");
                    if !self.inside {
                        continue;
                    }
                    if self.passes_over(&tag) {
                        if let Err(fault) = xml.skip() {
                            break Err(fault);
                        }
                    } else {
                        self.open(&tag);
                    }
                }
                Ok(Some(Step::Close(name))) if self.inside => self.close(name),
                Ok(Some(Step::Words(words))) if self.inside && self.flow.is_open() => self.words(&words),
                Ok(Some(_)) => {}
                Ok(None) => break Ok(()),
                Err(fault) => break Err(fault),
            }
        };
        self.flow.finish();
        ended
    }

    fn passes_over(&mut self, tag: &Tag<'_>) -> bool {
        let hidden = |tag: &Tag<'_>| tag.is("display", "none") || tag.is("is-hidden", "true");
        match tag.name() {
            "tracked-changes" => {
                self.met.changes = true;
                true
            }
            "section" | "hidden-paragraph" if hidden(tag) => {
                self.met.hidden = true;
                true
            }
            "span" if tag.value("style-name").is_some_and(|name| self.styles.hidden(&name)) => {
                self.met.hidden = true;
                true
            }
            "note-citation" | "page-number" | "page-count" | "forms" | "ruby-text" | "creator" | "creator-initials"
            | "desc" | "script" | "sequence-decls" | "binary-data" | "object" | "sender-initials" => true,
            // The date of a remark; a date in the text has another prefix.
            "date" | "title" => tag.full_name().starts_with("dc:") || tag.full_name().starts_with("svg:"),
            name => name.ends_with("-source"),
        }
    }

    fn open(&mut self, tag: &Tag<'_>) {
        let style = tag.value("style-name").unwrap_or_default();
        match tag.name() {
            "p" | "h" if tag.full_name().starts_with("text:") => {
                self.flow.begin();
                self.blank = true;
                self.bold.push(self.styles.bold(&style).unwrap_or(false));
                let level = tag.value("outline-level").and_then(|level| level.parse().ok()).unwrap_or(1);
                let named = self.styles.shape(&style);
                self.flow.shape(match named {
                    _ if self.remark > 0 => Shape::Aside,
                    _ if tag.name() == "h" => Shape::Heading(level),
                    Shape::Text if self.lists > 0 => Shape::Item(self.lists - 1),
                    named => named,
                });
            }
            "span" => {
                let outer = self.bold.last().copied().unwrap_or(false);
                self.bold.push(self.styles.bold(&style).unwrap_or(outer));
            }
            "s" | "tab" => self.words(" "),
            "line-break" => self.raw("\n"),
            "list" => self.lists = self.lists.saturating_add(1),
            "annotation" => {
                self.met.remarks = true;
                self.remark += 1;
            }
            "table" => self.flow.table(),
            "table-row" => self.flow.row(),
            "table-header-rows" => self.wide.push(0),
            "table-cell" | "covered-table-cell" => {
                // The first row of those that head a table is marked before its cells.
                if self.wide.first() == Some(&0) {
                    self.flow.header_row();
                }
                let wide = tag.value("number-columns-repeated").and_then(|wide| wide.parse().ok()).unwrap_or(1_u32);
                self.wide.push(wide.max(1));
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "p" | "h" if self.flow.is_open() => {
                self.flow.end();
                self.bold.pop();
            }
            "span" => drop(self.bold.pop()),
            "list" => self.lists = self.lists.saturating_sub(1),
            "annotation" => self.remark = self.remark.saturating_sub(1),
            "table" => self.flow.table_end(),
            "table-row" => self.flow.row_end(),
            "table-header-rows" => drop(self.wide.pop()),
            "table-cell" | "covered-table-cell" => {
                let wide = self.wide.pop().unwrap_or(1);
                self.flow.cell_end(wide);
            }
            name if name == self.within => self.inside = false,
            _ => {}
        }
    }

    /// Words in which every stretch of white space is one blank.
    fn words(&mut self, words: &str) {
        let mut spaced = String::with_capacity(words.len());
        for sign in words.chars() {
            let blank = matches!(sign, ' ' | '\n' | '\t' | '\r');
            if !(blank && self.blank) {
                spaced.push(if blank { ' ' } else { sign });
            }
            self.blank = blank;
        }
        if !spaced.is_empty() {
            self.flow.words(&spaced, self.bold.last().copied().unwrap_or(false));
        }
    }

    fn raw(&mut self, words: &str) {
        self.blank = true;
        self.flow.words(words, self.bold.last().copied().unwrap_or(false));
    }
}
