//! C-CDA: the narrative of every section in order, cells and items each by itself, at its `XPath`.
//!
//! A file that is not whole XML is refused as a whole: what is missing of a record cannot be known.

use super::xml::{self, Fault, Step, Tag, Xml};
use super::{Input, Reader, plain};
use crate::document::{BlockKind, Builder, Document, Place};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::collections::BTreeMap;

/// The reader of clinical documents.
pub(super) struct Ccda;

impl Reader for Ccda {
    fn name(&self) -> &'static str {
        "c-cda"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["xml", "ccda", "cda"]
    }

    fn knows(&self, head: &[u8]) -> bool {
        memchr::memmem::find(head, b"ClinicalDocument").is_some() && head.trim_ascii_start().starts_with(b"<")
    }

    fn read_each(&self, input: &Input<'_>, each: &mut dyn FnMut(Document)) {
        let mut into = input.document();
        into.format(self.name());
        let source = match xml::text(input.bytes) {
            Ok(source) => source,
            Err(fault) => {
                into.unreadable(fault.said());
                return each(into.finish());
            }
        };
        let mut walk = Walk::new(into);
        match walk.read(&source.text) {
            Ok(()) => {}
            Err(Fault::Broken) => {
                walk.into.unreadable("This is no whole XML: it is a fragment, damaged or cut short. Save it again.");
                return each(walk.into.finish());
            }
            Err(fault) => {
                walk.into.unreadable(fault.said());
                return each(walk.into.finish());
            }
        }
        if !walk.root {
            walk.into.passed_over("This XML is no clinical document (C-CDA), and no other sort is read.");
            return each(walk.into.finish());
        }
        let Walk { into, any, packed, .. } = walk;
        if any || packed.is_empty() {
            each(into.finish());
        }
        for (path, media, data) in packed {
            unpack(input, &path, &media, &data, each);
        }
    }
}

fn unpack(input: &Input<'_>, path: &str, media: &str, data: &str, each: &mut dyn FnMut(Document)) {
    let data: String = data.chars().filter(|sign| !sign.is_whitespace()).collect();
    let Ok(bytes) = STANDARD.decode(data) else {
        return input.refuse(path, "The document embedded here is damaged (base64). Fetch or save it again.", each);
    };
    if !input.take(bytes.len()) {
        return input.refuse(path, "This file unpacks to more than can be read safely. Split it.", each);
    }
    let ending = match media {
        "text/plain" => ".txt",
        "text/html" => ".html",
        "text/rtf" | "application/rtf" => ".rtf",
        "application/pdf" => ".pdf",
        _ => "",
    };
    input.open(path, &format!("embedded{ending}"), &bytes, each);
}

/// An open element: its path, and how many of each name stood in it so far.
struct Level {
    name: String,
    path: String,
    seen: BTreeMap<String, u32>,
}

struct Walk {
    into: Builder,
    root: bool,
    any: bool,
    levels: Vec<Level>,
    /// Sections that are open, so that a title knows its depth.
    sections: u8,
    /// Depth of the element whose words are narrative, and that of a title.
    narrative: Option<usize>,
    title: Option<usize>,
    words: String,
    block: BlockKind,
    place: String,
    lists: u8,
    row: u32,
    column: u32,
    packed: Vec<(String, String, String)>,
    open: Option<(usize, String, String)>,
}

impl Walk {
    fn new(into: Builder) -> Self {
        Self {
            into,
            root: false,
            any: false,
            levels: Vec::new(),
            sections: 0,
            narrative: None,
            title: None,
            words: String::new(),
            block: BlockKind::Paragraph,
            place: String::new(),
            lists: 0,
            row: 0,
            column: 0,
            packed: Vec::new(),
            open: None,
        }
    }

    fn read(&mut self, text: &str) -> Result<(), Fault> {
        let mut xml = Xml::new(text);
        while let Some(step) = xml.step()? {
            match step {
                Step::Open(tag) => self.begin(&tag),
                Step::Close(_) => self.end(),
                Step::Words(words) => {
                    if let Some((_, _, data)) = &mut self.open {
                        data.push_str(&words);
                    } else if self.narrative.is_some() || self.title.is_some() {
                        self.add(&words);
                    }
                }
            }
        }
        Ok(())
    }

    /// Adds words; blanks and line ends of the markup are one blank.
    fn add(&mut self, words: &str) {
        for c in words.chars() {
            if !c.is_whitespace() {
                self.words.push(c);
            } else if !self.words.is_empty() && !self.words.ends_with([' ', '\n']) {
                self.words.push(' ');
            }
        }
    }

    fn begin(&mut self, tag: &Tag<'_>) {
        let name = tag.name().to_owned();
        let path = match self.levels.last_mut() {
            None => format!("/{name}"),
            Some(outer) => {
                let number = outer.seen.entry(name.clone()).or_insert(0);
                *number += 1;
                format!("{}/{name}[{number}]", outer.path)
            }
        };
        self.root |= self.levels.is_empty() && name == "ClinicalDocument";
        let outer = self.levels.last().map(|level| level.name.clone()).unwrap_or_default();
        self.levels.push(Level { name: name.clone(), path, seen: BTreeMap::new() });
        let depth = self.levels.len();
        if self.narrative.is_some() {
            self.element(&name);
        } else if name == "section" {
            self.sections = self.sections.saturating_add(1);
        } else if outer == "section" && name == "title" {
            self.title = Some(depth);
            self.start(BlockKind::Heading(self.sections.clamp(1, 6)));
        } else if outer == "section" && name == "text" {
            self.narrative = Some(depth);
            self.start(BlockKind::Paragraph);
        } else if outer == "nonXMLBody" && name == "text" {
            let media = tag.value("mediaType").unwrap_or_default().to_lowercase();
            if tag.is("representation", "B64") {
                self.open = Some((depth, media, String::new()));
            } else {
                self.narrative = Some(depth);
                self.start(BlockKind::Paragraph);
            }
        }
    }

    /// An element of a narrative begins.
    fn element(&mut self, name: &str) {
        match name {
            "br" => {
                while self.words.ends_with(' ') {
                    self.words.pop();
                }
                self.words.push('\n');
            }
            "paragraph" | "caption" | "footnote" | "renderMultiMedia" => {
                let kind = self.block;
                let kind = if matches!(kind, BlockKind::Item(_) | BlockKind::Cell { .. }) {
                    kind
                } else {
                    BlockKind::Paragraph
                };
                // The words of a cell stay one block, however they are set.
                if matches!(kind, BlockKind::Cell { .. }) { self.add(" ") } else { self.start(kind) }
            }
            "list" => {
                self.flush();
                self.lists = self.lists.saturating_add(1);
            }
            "item" => self.start(BlockKind::Item(self.lists.saturating_sub(1))),
            "table" => {
                self.flush();
                (self.row, self.column) = (0, 0);
            }
            "tr" => self.column = 0,
            "td" | "th" => {
                let header = name == "th" && self.levels.iter().any(|level| level.name == "thead");
                self.start(BlockKind::Cell { row: self.row, column: self.column, header });
                self.column += 1;
            }
            _ => {}
        }
    }

    fn end(&mut self) {
        let depth = self.levels.len();
        let Some(level) = self.levels.pop() else { return };
        if self.open.as_ref().is_some_and(|(at, _, _)| *at == depth) {
            if let Some((_, media, data)) = self.open.take() {
                self.packed.push((level.path, media, data));
            }
            return;
        }
        if self.narrative == Some(depth) || self.title == Some(depth) {
            self.flush();
            self.narrative = None;
            self.title = None;
            self.lists = 0;
            return;
        }
        if self.narrative.is_none() {
            if level.name == "section" {
                self.sections = self.sections.saturating_sub(1);
            }
            return;
        }
        match level.name.as_str() {
            "list" => {
                self.flush();
                self.lists = self.lists.saturating_sub(1);
                self.block = BlockKind::Paragraph;
            }
            "tr" => self.row += 1,
            "paragraph" if matches!(self.block, BlockKind::Cell { .. }) => self.add(" "),
            "paragraph" | "caption" | "footnote" | "item" | "td" | "th" => {
                self.flush();
                if level.name != "paragraph" {
                    self.block = BlockKind::Paragraph;
                }
            }
            _ => {}
        }
    }

    fn start(&mut self, kind: BlockKind) {
        self.flush();
        self.block = kind;
        self.place = self.levels.last().map(|level| level.path.clone()).unwrap_or_default();
    }

    fn flush(&mut self) {
        let words = std::mem::take(&mut self.words);
        let words = words.trim();
        if words.is_empty() {
            return;
        }
        if self.place.is_empty() {
            self.place = self.levels.last().map(|level| level.path.clone()).unwrap_or_default();
        }
        let path = self.place.clone();
        let place = |line| Place::Path { path: path.clone(), line };
        if self.block == BlockKind::Paragraph {
            plain::text(words, &place, &mut self.into);
        } else {
            self.into.block(self.block, words, place(None));
        }
        self.any = true;
    }
}
