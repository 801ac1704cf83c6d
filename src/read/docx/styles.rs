//! What the styles of a Word document say about its paragraphs: headings, lists, quotations, what is hidden.
//!
//! A heading is known by its outline level, which is a number in every language; the name counts only where it
//! is one of those that Word writes in English whatever language it speaks.

use crate::read::flow::Shape;
use crate::read::xml::{Step, Tag, Xml};
use std::collections::BTreeMap;

/// One style.
#[derive(Clone, Debug, Default)]
pub(super) struct Style {
    based_on: Option<String>,
    /// Outline level from 0; 9 is running text.
    outline: Option<u8>,
    /// The list it belongs to; `0` is none.
    list: Option<String>,
    level: Option<u8>,
    hidden: Option<bool>,
    bold: Option<bool>,
    named: Option<Shape>,
}

/// All styles by their ids.
#[derive(Debug, Default)]
pub(super) struct Styles {
    all: BTreeMap<String, Style>,
    /// The style of paragraphs that name none.
    usual: Option<String>,
}

/// As many styles as may stand on one another.
const CHAIN: usize = 32;

impl Styles {
    /// Reads `styles.xml`; what is broken in it is left out.
    pub(super) fn read(source: &str) -> Self {
        let mut styles = Self::default();
        let mut open: Option<(String, Style)> = None;
        let mut xml = Xml::new(source);
        while let Ok(Some(step)) = xml.step() {
            match step {
                Step::Open(tag) if tag.name() == "style" => {
                    let id = tag.value("styleId").unwrap_or_default().into_owned();
                    if tag.is("type", "paragraph") && is_on_value(tag.value("default").as_deref().unwrap_or("0")) {
                        styles.usual = Some(id.clone());
                    }
                    open = Some((id, Style::default()));
                }
                Step::Open(tag) => {
                    if let Some((_, style)) = &mut open {
                        style.take(&tag);
                    }
                }
                Step::Close("style") => styles.all.extend(open.take()),
                _ => {}
            }
        }
        styles
    }

    /// The first that the style `id`, or one it is based on, says.
    fn first<T>(&self, id: Option<&str>, says: impl Fn(&Style) -> Option<T>) -> Option<T> {
        let mut id = id.or(self.usual.as_deref());
        for _ in 0..CHAIN {
            let style = self.all.get(id?)?;
            if let Some(said) = says(style) {
                return Some(said);
            }
            id = style.based_on.as_deref();
        }
        None
    }

    /// What a paragraph is, by its own properties and its style.
    pub(super) fn shape(&self, own: &Own) -> Shape {
        let id = own.style.as_deref();
        let named = self.first(id, |style| style.named);
        if named == Some(Shape::Aside) {
            return Shape::Aside;
        }
        let outline = own.outline.or_else(|| self.first(id, |style| style.outline));
        match (outline, named) {
            (Some(level), _) if level < 9 => return Shape::Heading(level + 1),
            (None, Some(heading @ Shape::Heading(_))) => return heading,
            _ => {}
        }
        let list = own.list.clone().or_else(|| self.first(id, |style| style.list.clone()));
        if list.is_some_and(|list| list != "0") {
            return Shape::Item(own.level.or_else(|| self.first(id, |style| style.level)).unwrap_or(0));
        }
        match named {
            Some(Shape::Heading(_)) | None => Shape::Text,
            Some(named) => named,
        }
    }

    /// Whether words of the style `id` are hidden, where it says so.
    pub(super) fn hidden(&self, id: &str) -> Option<bool> {
        self.first(Some(id), |style| style.hidden)
    }

    /// Whether words of the style `id` are bold, where it says so.
    pub(super) fn bold(&self, id: &str) -> Option<bool> {
        self.first(Some(id), |style| style.bold)
    }
}

impl Style {
    fn take(&mut self, tag: &Tag<'_>) {
        let value = || tag.value("val");
        match tag.name() {
            "name" => self.named = value().and_then(|name| named(&name)),
            "basedOn" => self.based_on = value().map(std::borrow::Cow::into_owned),
            "outlineLvl" => self.outline = value().and_then(|level| level.parse().ok()),
            "numId" => self.list = value().map(std::borrow::Cow::into_owned),
            "ilvl" => self.level = value().and_then(|level| level.parse().ok()),
            "vanish" => self.hidden = Some(is_on(tag)),
            "b" => self.bold = Some(is_on(tag)),
            _ => {}
        }
    }
}

/// What a paragraph says of itself.
#[derive(Clone, Debug, Default)]
pub(super) struct Own {
    /// Id of its style.
    pub(super) style: Option<String>,
    /// Outline level from 0.
    pub(super) outline: Option<u8>,
    /// The list it belongs to; `0` is none.
    pub(super) list: Option<String>,
    /// Level in the list, from 0.
    pub(super) level: Option<u8>,
}

/// What a built-in name says.
fn named(name: &str) -> Option<Shape> {
    let name = name.to_ascii_lowercase();
    if let Some(level) = name.strip_prefix("heading ").and_then(|level| level.trim().parse::<u8>().ok()) {
        return (1..=9).contains(&level).then_some(Shape::Heading(level));
    }
    let contents = name.strip_prefix("toc ").is_some_and(|level| level.trim().parse::<u8>().is_ok());
    match name.as_str() {
        "title" => Some(Shape::Heading(1)),
        "quote" | "intense quote" | "block text" | "block quote" | "quotations" => Some(Shape::Quote),
        "source code" | "html preformatted" | "table of figures" => Some(Shape::Aside),
        _ if contents => Some(Shape::Aside),
        _ => None,
    }
}

/// Whether a property that is either on or off is on.
pub(super) fn is_on(tag: &Tag<'_>) -> bool {
    tag.value("val").is_none_or(|value| is_on_value(&value))
}

fn is_on_value(value: &str) -> bool {
    !matches!(value, "0" | "false" | "off" | "none")
}
