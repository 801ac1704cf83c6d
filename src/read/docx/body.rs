//! The words of one part of a Word document: the main text, a header, the notes, the comments.
//!
//! Tracked changes are read as if all were accepted. What a field shows is read, what it is told is not. Of two
//! ways to draw the same text box, the first is taken. Hidden words are left out, and counted.

use super::styles::{Own, Styles, is_on};
use crate::read::flow::{Flow, Shape, tick_box};
use crate::read::xml::{Fault, Step, Tag, Xml};

/// What was met on the way and is told of the whole document.
#[derive(Debug, Default)]
pub(super) struct Met {
    /// Tracked changes.
    pub(super) changes: u32,
    /// Runs of hidden words.
    pub(super) hidden: u32,
    /// Ids of other files that were taken in whole.
    pub(super) chunks: Vec<String>,
    /// Notes of the page or of the end, and comments.
    pub(super) notes: u32,
}

/// A field between its beginning and its end.
#[derive(Debug, Default)]
struct Field {
    /// Whether its result has begun.
    shown: bool,
    /// The box it is, if it is one.
    tick: Option<bool>,
}

/// A control that holds what was filled in.
#[derive(Debug, Default)]
struct Control {
    tick: Option<bool>,
    /// Whether it shows only what to put there.
    empty: bool,
}

/// Reads a part.
pub(super) struct Body<'s, 'f, 'b> {
    styles: &'s Styles,
    flow: &'f mut Flow<'b>,
    met: &'f mut Met,
    own: Own,
    hidden: bool,
    bold: bool,
    /// Whether the properties that come are those of a paragraph or a run, and not of its mark.
    place: In,
    fields: Vec<Field>,
    controls: Vec<Control>,
    choices: Vec<bool>,
    wide: Vec<u32>,
    aside: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum In {
    Text,
    Paragraph,
    Run,
}

impl<'s, 'f, 'b> Body<'s, 'f, 'b> {
    /// Begins a part whose words go to `flow`.
    pub(super) fn new(styles: &'s Styles, flow: &'f mut Flow<'b>, met: &'f mut Met) -> Self {
        Self {
            styles,
            flow,
            met,
            own: Own::default(),
            hidden: false,
            bold: false,
            place: In::Text,
            fields: Vec::new(),
            controls: Vec::new(),
            choices: Vec::new(),
            wide: Vec::new(),
            aside: false,
        }
    }

    /// Reads to the end. `aside` says that the words are not the document's own.
    ///
    /// # Errors
    /// When the part is broken; what stood before that place has been read.
    pub(super) fn read(&mut self, source: &str, aside: bool) -> Result<(), Fault> {
        self.aside = aside;
        let mut xml = Xml::new(source);
        let ended = loop {
            match xml.step() {
                Ok(Some(Step::Open(tag))) => {
                    if self.passes_over(&tag) {
                        if let Err(fault) = xml.skip() {
                            break Err(fault);
                        }
                    } else {
                        self.open(&tag);
                        if tag.name() == "t" {
                            match spoken(&mut xml) {
                                Ok(words) => self.words(&words),
                                Err((words, fault)) => {
                                    self.words(&words);
                                    break Err(fault);
                                }
                            }
                        }
                    }
                }
                Ok(Some(Step::Close(name))) => self.close(name),
                Ok(Some(Step::Words(_))) => {}
                Ok(None) => break Ok(()),
                Err(fault) => break Err(fault),
            }
        };
        self.flow.finish();
        ended
    }

    /// Whether nothing in an element is read. What has to be known of it is taken here.
    fn passes_over(&mut self, tag: &Tag<'_>) -> bool {
        let name = tag.name();
        match name {
            "del" | "moveFrom" if self.place == In::Text => {
                self.met.changes += 1;
                true
            }
            "instrText" | "delText" | "delInstrText" | "rt" | "docPartObj" | "binData" => true,
            "Fallback" => self.choices.last() == Some(&true),
            "footnote" | "endnote" => {
                let real = tag.value("type").is_none_or(|kind| kind == "normal");
                self.met.notes += u32::from(real);
                !real
            }
            "sdtContent" => self.control(),
            _ => name.ends_with("PrChange") || name == "numberingChange" || name == "sectPr",
        }
    }

    /// What stands in a control: of a box its state, of one nobody filled in nothing. Gives whether the words in it
    /// are passed over.
    fn control(&mut self) -> bool {
        let Some(control) = self.controls.last() else { return false };
        if let Some(ticked) = control.tick
            && self.flow.is_open()
        {
            self.flow.words(tick_box(ticked), self.bold);
            return true;
        }
        control.empty && self.flow.is_open()
    }

    fn open(&mut self, tag: &Tag<'_>) {
        match tag.name() {
            "p" => {
                self.flow.begin();
                self.own = Own::default();
                if self.aside {
                    self.flow.shape(Shape::Aside);
                }
            }
            "pPr" => self.place = In::Paragraph,
            "rPr" if self.place == In::Text => self.place = In::Run,
            "r" => (self.hidden, self.bold) = (false, self.style_bold()),
            "tab" | "ptab" if self.place == In::Text => self.words(" "),
            "br" | "cr" => self.words("\n"),
            "noBreakHyphen" => self.words("-"),
            "sym" => self.symbol(tag),
            "ins" | "moveTo" if self.place == In::Text => self.met.changes += 1,
            "AlternateContent" => self.choices.push(false),
            "Choice" => {
                if let Some(choice) = self.choices.last_mut() {
                    *choice = true;
                }
            }
            "comment" => self.met.notes += 1,
            "fldChar" => self.field(tag),
            "checkBox" => self.tick(Some(false)),
            // Of a box in an older form: what it was set to, else what it is at first.
            "default" | "checked" if self.fields.last().is_some_and(|field| field.tick.is_some()) => {
                self.tick(Some(is_on(tag)));
            }
            "sdt" => self.controls.push(Control::default()),
            "checkbox" => self.mark(|control| control.tick = Some(false)),
            "checked" => {
                let on = is_on(tag);
                self.mark(|control| control.tick = control.tick.map(|_| on));
            }
            "showingPlcHdr" => {
                let on = is_on(tag);
                self.mark(|control| control.empty = on);
            }
            "altChunk" => self.met.chunks.extend(tag.value("id").map(std::borrow::Cow::into_owned)),
            "tbl" => self.flow.table(),
            "tr" => self.flow.row(),
            "tc" => self.wide.push(1),
            "gridSpan" => {
                if let (Some(wide), Some(value)) = (self.wide.last_mut(), tag.value("val")) {
                    *wide = value.parse().unwrap_or(1);
                }
            }
            "tblHeader" if is_on(tag) => self.flow.header_row(),
            _ if self.place == In::Paragraph => self.paragraph(tag),
            _ if self.place == In::Run => self.run(tag),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "p" => self.flow.end(),
            "pPr" => {
                self.place = In::Text;
                if !self.aside {
                    self.flow.shape(self.styles.shape(&self.own));
                }
            }
            "rPr" if self.place == In::Run => self.place = In::Text,
            "AlternateContent" => drop(self.choices.pop()),
            "sdt" => drop(self.controls.pop()),
            "tc" => {
                let wide = self.wide.pop().unwrap_or(1);
                self.flow.cell_end(wide);
            }
            "tr" => self.flow.row_end(),
            "tbl" => self.flow.table_end(),
            _ => {}
        }
    }

    fn paragraph(&mut self, tag: &Tag<'_>) {
        let value = || tag.value("val").map(std::borrow::Cow::into_owned);
        match tag.name() {
            "pStyle" => self.own.style = value(),
            "outlineLvl" => self.own.outline = value().and_then(|level| level.parse().ok()),
            "numId" => self.own.list = value(),
            "ilvl" => self.own.level = value().and_then(|level| level.parse().ok()),
            _ => {}
        }
    }

    fn run(&mut self, tag: &Tag<'_>) {
        match tag.name() {
            "vanish" => self.hidden = is_on(tag),
            "b" => self.bold = is_on(tag),
            "rStyle" => {
                if let Some(id) = tag.value("val") {
                    self.hidden = self.styles.hidden(&id).unwrap_or(self.hidden);
                    self.bold = self.styles.bold(&id).unwrap_or(self.bold);
                }
            }
            _ => {}
        }
    }

    fn style_bold(&self) -> bool {
        self.own.style.as_deref().and_then(|id| self.styles.bold(id)).unwrap_or(false)
    }

    fn words(&mut self, words: &str) {
        if self.fields.iter().any(|field| !field.shown) {
            return;
        }
        if self.hidden {
            self.met.hidden += u32::from(!words.trim().is_empty());
            return;
        }
        self.flow.words(words, self.bold);
    }

    fn field(&mut self, tag: &Tag<'_>) {
        let kind = tag.value("fldCharType");
        match kind.as_deref() {
            Some("begin") => self.fields.push(Field::default()),
            Some("separate") => {
                if let Some(field) = self.fields.last_mut() {
                    field.shown = true;
                }
            }
            Some("end") => {
                if let Some(Field { tick: Some(ticked), .. }) = self.fields.pop() {
                    self.words(tick_box(ticked));
                }
            }
            _ => {}
        }
    }

    fn tick(&mut self, tick: Option<bool>) {
        if let Some(field) = self.fields.last_mut() {
            field.tick = tick;
        }
    }

    fn mark(&mut self, how: impl FnOnce(&mut Control)) {
        if let Some(control) = self.controls.last_mut() {
            how(control);
        }
    }

    /// A sign of a symbol font: only boxes have a meaning in words.
    fn symbol(&mut self, tag: &Tag<'_>) {
        let code = tag.value("char").and_then(|code| u32::from_str_radix(&code, 16).ok());
        // The fonts number their signs from F000 on, or plainly.
        match code.map(|code| code & 0xFF) {
            Some(0xFE | 0xFD | 0x52 | 0x53 | 0x54 | 0x78) => self.words(tick_box(true)),
            Some(0xA8 | 0x6F | 0x71 | 0x72 | 0xA3) => self.words(tick_box(false)),
            _ => {}
        }
    }
}

/// The words up to the end of the element that was just opened; on a fault, those before it.
fn spoken(xml: &mut Xml<'_>) -> Result<String, (String, Fault)> {
    let mut words = String::new();
    let mut depth = 1_u32;
    while depth > 0 {
        match xml.step() {
            Ok(Some(Step::Words(more))) => words.push_str(&more),
            Ok(Some(Step::Open(_))) => depth += 1,
            Ok(Some(Step::Close(_))) => depth -= 1,
            Ok(None) => break,
            Err(fault) => return Err((words, fault)),
        }
    }
    Ok(words)
}
