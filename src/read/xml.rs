//! XML as a row of events: elements by their local names, words decoded, nothing expanded.
//!
//! A document type that declares entities is refused: no text needs one, and a small file can be blown up or
//! made to ask for other files that way. The depth is limited and nothing here calls itself.

use super::encoding::{self, Decoded};
use encoding_rs::Encoding;
use quick_xml::Reader;
use quick_xml::escape::{resolve_predefined_entity, unescape};
use quick_xml::events::{BytesStart, Event};
use std::borrow::Cow;
use std::ops::Range;

/// How deep elements may stand in one another.
const DEPTH: u32 = 1000;

/// Why XML cannot be read any further.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// The bytes are no text.
    NoText,
    /// It declares entities.
    Entities,
    /// Elements stand too deep in one another.
    Deep,
    /// A tag is not closed, or closed twice, or the end is missing.
    Broken,
}

impl Fault {
    /// What is wrong and what to do, in plain words, none of them the file's.
    pub(super) fn said(self) -> &'static str {
        match self {
            Self::NoText => "A part of this file that should be text (XML) is none. Save it again.",
            Self::Entities => "This file declares entities, which could call in other files. Save it without them.",
            Self::Deep => "This file is nested deeper than any text needs. Save it again.",
            Self::Broken => {
                "A part of this file (XML) is broken, and what is behind that place was not read. Save it again."
            }
        }
    }
}

/// One step through the text.
#[derive(Debug)]
pub(super) enum Step<'x> {
    /// An element begins. One without content is followed by its end at once.
    Open(Tag<'x>),
    /// The element of this local name ends.
    Close(&'x str),
    /// Words, entities resolved, line ends as `\n`. Words beside an entity come in several steps.
    Words(Cow<'x, str>),
}

/// The start of an element.
#[derive(Debug)]
pub(super) struct Tag<'x>(BytesStart<'x>);

impl Tag<'_> {
    /// The name without its prefix.
    pub(super) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// The name with its prefix, as written.
    pub(super) fn full_name(&self) -> &str {
        self.0.name().into_inner()
    }

    /// The value of the attribute with this name without prefix; the first where several have it.
    pub(super) fn value(&self, name: &str) -> Option<Cow<'_, str>> {
        let mut all = self.0.attributes();
        let attribute =
            all.with_checks(false).filter_map(Result::ok).find(|at| at.key.local_name().into_inner() == name)?;
        Some(match attribute.value {
            Cow::Borrowed(written) => unescape(written).unwrap_or(Cow::Borrowed(written)),
            Cow::Owned(written) => Cow::Owned(unescape(&written).map(Cow::into_owned).unwrap_or(written)),
        })
    }

    /// Whether the attribute with this name has this value.
    pub(super) fn is(&self, name: &str, value: &str) -> bool {
        self.value(name).is_some_and(|found| found == value)
    }
}

/// XML being read.
pub(super) struct Xml<'x> {
    reader: Reader<&'x [u8]>,
    text: &'x str,
    depth: u32,
    range: Range<usize>,
}

impl<'x> Xml<'x> {
    /// Begins at the start of `text`; see [`text`] for bytes.
    pub(super) fn new(text: &'x str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        reader.config_mut().allow_dangling_amp = true;
        Self { reader, text, depth: 0, range: 0..0 }
    }

    /// The next step; `None` at the end.
    ///
    /// # Errors
    /// When the text is no XML from here on; ask no further then.
    pub(super) fn step(&mut self) -> Result<Option<Step<'x>>, Fault> {
        loop {
            let start = self.at();
            let event = self.reader.read_event().map_err(|_| Fault::Broken)?;
            self.range = start..self.at().max(start);
            let step = match event {
                Event::Start(tag) | Event::Empty(tag) => {
                    self.depth += 1;
                    if self.depth > DEPTH {
                        return Err(Fault::Deep);
                    }
                    Step::Open(Tag(tag))
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    Step::Close(self.closed())
                }
                Event::Text(words) => Step::Words(words.xml10_content()),
                Event::CData(words) => Step::Words(words.xml10_content()),
                Event::GeneralRef(name) => Step::Words(match name.resolve_char_ref() {
                    Ok(Some(sign)) => Cow::Owned(sign.to_string()),
                    Err(_) => Cow::Borrowed("\u{FFFD}"),
                    Ok(None) => match resolve_predefined_entity(&name) {
                        Some(sign) => Cow::Borrowed(sign),
                        None if &*name == "nbsp" => Cow::Borrowed(" "),
                        None => Cow::Owned(format!("&{};", &*name)),
                    },
                }),
                Event::DocType(kind) if kind.contains("<!ENTITY") => return Err(Fault::Entities),
                Event::DocType(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => continue,
                Event::Eof if self.depth > 0 => return Err(Fault::Broken),
                Event::Eof => return Ok(None),
            };
            return Ok(Some(step));
        }
    }

    /// Skips to behind the end of the element that was opened by the step before.
    ///
    /// # Errors
    /// As [`Xml::step`].
    pub(super) fn skip(&mut self) -> Result<(), Fault> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            if self.step()?.is_none() {
                return Ok(());
            }
        }
        Ok(())
    }

    fn at(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(self.text.len()).min(self.text.len())
    }

    /// The local name of the end tag just read. An element without content has its name in its start tag.
    fn closed(&self) -> &'x str {
        let text = self.text;
        let written = text.get(self.range.clone()).filter(|written| !written.is_empty());
        let written = written.or_else(|| text[..self.range.end].rfind('<').map(|open| &text[open..self.range.end]));
        let name = written.unwrap_or_default().trim_start_matches(['<', '/']);
        let end = name.find(|sign: char| sign.is_whitespace() || matches!(sign, '>' | '/')).unwrap_or(name.len());
        name[..end].rsplit(':').next().unwrap_or_default()
    }
}

/// The characters of XML `bytes`: by byte-order mark, else as the file itself declares, else by its bytes.
///
/// # Errors
/// When they are no text.
pub(super) fn text(bytes: &[u8]) -> Result<Decoded<'_>, Fault> {
    encoding::decode_as(bytes, declared(bytes)).ok_or(Fault::NoText)
}

/// The encoding in `<?xml … encoding="…"?>`.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(200)].strip_prefix(b"<?xml")?;
    let head = &head[..memchr::memmem::find(head, b"?>")?];
    let at = memchr::memmem::find(head, b"encoding")?;
    let value = head[at + 8..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let value = value.get(1..)?;
    Encoding::for_label(&value[..value.iter().position(|sign| matches!(sign, b'"' | b'\''))?])
}

#[cfg(test)]
#[path = "xml_tests.rs"]
mod tests;
