//! E-books (EPUB): their chapters in the order they are read.

use super::pack::{Fault, Pack, resolved};
use super::xml::{self, Step, Xml};
use super::{Reader, html};
use crate::document::Builder;
use std::collections::BTreeMap;

/// The reader of e-books.
pub(super) struct Epub;

impl Reader for Epub {
    fn name(&self) -> &'static str {
        "epub"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["epub"]
    }

    fn read(&self, bytes: &[u8], into: &mut Builder) {
        if let Err(fault) = whole(bytes, into) {
            into.unreadable(fault.said());
        }
    }
}

fn whole(bytes: &[u8], into: &mut Builder) -> Result<(), Fault> {
    let pack = Pack::open(bytes)?;
    let container = pack.read("META-INF/container.xml")?.unwrap_or_default();
    let Some(book) = attribute(&container, "rootfile", "full-path") else {
        into.unreadable("This e-book does not say where its text is. Fetch or save it again.");
        return Ok(());
    };
    let Some(bytes) = pack.read(&book)? else { return Err(Fault::Damaged) };
    let folder = book.rsplit_once('/').map_or("", |(folder, _)| folder);
    let locked = pack.read("META-INF/encryption.xml").ok().flatten().unwrap_or_default();
    let mut paragraphs = 0;
    for href in spine(&bytes, into) {
        let name = resolved(folder, &unquoted(&href));
        if memchr::memmem::find(&locked, href.as_bytes()).is_some() {
            into.problem("A chapter of this e-book is locked to one device or reader, and was not read.", None);
            continue;
        }
        match pack.read(&name) {
            Ok(Some(chapter)) => html::chapter(&chapter, &mut paragraphs, into),
            Ok(None) => {
                into.problem("A chapter of this e-book is missing from it.", None);
            }
            Err(fault) => {
                into.problem(format!("A chapter of this e-book was not read: {}", fault.said()), None);
            }
        }
    }
    Ok(())
}

/// The first value of an attribute of an element.
fn attribute(bytes: &[u8], element: &str, name: &str) -> Option<String> {
    let source = xml::text(bytes).ok()?;
    let mut xml = Xml::new(&source.text);
    while let Ok(Some(step)) = xml.step() {
        if let Step::Open(tag) = step
            && tag.name() == element
            && let Some(value) = tag.value(name)
        {
            return Some(value.into_owned());
        }
    }
    None
}

/// The chapters in order, without the page of contents and the title page; tells title and language.
fn spine(bytes: &[u8], into: &mut Builder) -> Vec<String> {
    let Ok(source) = xml::text(bytes) else { return Vec::new() };
    let mut xml = Xml::new(&source.text);
    let (mut items, mut order, mut key) = (BTreeMap::new(), Vec::new(), None);
    while let Ok(Some(step)) = xml.step() {
        match step {
            Step::Open(tag) => {
                key = ["title", "language"].into_iter().find(|known| *known == tag.name());
                let contents = tag.value("properties").is_some_and(|list| list.split(' ').any(|word| word == "nav"));
                match tag.name() {
                    "item" if !contents => {
                        if let (Some(id), Some(href)) = (tag.value("id"), tag.value("href")) {
                            items.insert(id.into_owned(), href.into_owned());
                        }
                    }
                    "itemref" => order.extend(tag.value("idref").map(std::borrow::Cow::into_owned)),
                    _ => {}
                }
            }
            Step::Words(words) => {
                if let Some(key) = key.filter(|_| !words.trim().is_empty()) {
                    into.header(key, words.trim());
                }
            }
            Step::Close(_) => key = None,
        }
    }
    order.iter().filter_map(|id| items.get(id).cloned()).collect()
}

/// A reference without `%20` and its kin.
fn unquoted(href: &str) -> String {
    let bytes = href.split('#').next().unwrap_or_default().as_bytes();
    let (mut out, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while at < bytes.len() {
        let sign = (bytes[at] == b'%').then(|| bytes.get(at + 1..at + 3)).flatten();
        let sign = sign.and_then(|two| u8::from_str_radix(std::str::from_utf8(two).ok()?, 16).ok());
        out.push(sign.unwrap_or(bytes[at]));
        at += if sign.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&out).into_owned()
}
