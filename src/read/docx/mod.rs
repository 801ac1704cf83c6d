//! Word documents (DOCX): what a reader of the printed page would read, in that order.
//!
//! Notes of the page and of the end come behind the text, then what stands at the head and foot of pages, once.
//! Comments come last and as remarks, never as the document's own words.

mod body;
mod parts;
mod styles;

use super::pack::{self, Pack};
use super::xml::{self, Step, Xml};
use super::{Reader, flow::Flow, html};
use crate::document::Builder;
use body::{Body, Met};
use styles::Styles;

pub(super) const NAME: &str = "docx";

/// The reader of Word documents.
pub(super) struct Docx;

impl Reader for Docx {
    fn name(&self) -> &'static str {
        NAME
    }

    fn endings(&self) -> &'static [&'static str] {
        &["docx", "docm", "dotx", "dotm"]
    }

    fn read(&self, bytes: &[u8], into: &mut Builder) {
        if let Err(fault) = whole(bytes, into) {
            into.unreadable(fault.said());
        }
    }
}

/// Parts behind the main one, in the order they are read, and whether they are remarks.
const BEHIND: &[(&str, bool)] =
    &[("footnotes", false), ("endnotes", false), ("header", false), ("footer", false), ("comments", true)];

fn whole(bytes: &[u8], into: &mut Builder) -> Result<(), pack::Fault> {
    let pack = Pack::open(bytes)?;
    let main = parts::main(&pack)?;
    let Some(body) = pack.read(&main)? else {
        into.unreadable("This file has no text of a Word document in it. Open it in Word and save it as .docx.");
        return Ok(());
    };
    properties(&pack, into);
    let links = parts::links(&pack, &main)?;
    let part = |kind: &'static str| links.iter().filter(move |link| link.kind == kind);
    let mut styles = Styles::default();
    if let Some(link) = part("styles").next()
        && let Ok(Some(bytes)) = pack.read(&link.target)
        && let Ok(source) = xml::text(&bytes)
    {
        styles = Styles::read(&source.text);
    }
    let mut flow = Flow::new(into);
    let mut met = Met::default();
    read_part(&body, false, &styles, &mut flow, &mut met);
    let mut remarks = 0;
    let mut seen: Vec<Vec<u8>> = Vec::new();
    for (kind, aside) in BEHIND {
        for link in part(kind) {
            let bytes = match pack.read(&link.target) {
                Ok(Some(bytes)) => bytes,
                Ok(None) => continue,
                Err(fault) => {
                    flow.into.problem(format!("A part of this file ({kind}) was not read: {}", fault.said()), None);
                    continue;
                }
            };
            // The first page, and odd and even ones, often carry the same words.
            if seen.contains(&bytes) {
                continue;
            }
            let before = met.notes;
            read_part(&bytes, *aside, &styles, &mut flow, &mut met);
            if *aside {
                remarks += met.notes - before;
            }
            seen.push(bytes);
        }
    }
    chunks(&pack, &links, &met, &mut flow);
    tell(&met, remarks, flow.into);
    Ok(())
}

fn read_part(bytes: &[u8], aside: bool, styles: &Styles, flow: &mut Flow<'_>, met: &mut Met) {
    let ended = xml::text(bytes).and_then(|source| Body::new(styles, flow, met).read(&source.text, aside));
    if let Err(fault) = ended {
        flow.into.problem(fault.said(), None);
    }
}

/// Other files that were taken in whole: web pages are read, of others it is said that they were not.
fn chunks(pack: &Pack<'_>, links: &[parts::Link], met: &Met, flow: &mut Flow<'_>) {
    let mut left = false;
    for id in &met.chunks {
        let target = links.iter().find(|link| link.id == *id).map_or("", |link| link.target.as_str());
        let page = target.rsplit('.').next().is_some_and(|ending| matches!(ending, "html" | "htm" | "xhtml"));
        match pack.read(target).ok().flatten().filter(|_| page) {
            Some(bytes) => html::chapter(&bytes, &mut flow.count, flow.into),
            None => left = true,
        }
    }
    if left {
        flow.into.problem(
            "Another document was put into this one as it is, and was not read. Open and save this file in Word, then check it again.",
            None,
        );
    }
}

/// What a person should know of how the document was read.
fn tell(met: &Met, remarks: u32, into: &mut Builder) {
    if met.changes > 0 {
        into.problem("This document holds tracked changes. It was read as if all of them were accepted.", None);
    }
    if met.hidden > 0 {
        into.problem(
            "Some words of this document are hidden, and were not checked. Show them in Word to check them.",
            None,
        );
    }
    if remarks > 0 {
        into.problem("Comments in the margin are not the document's own words, and were not checked.", None);
    }
}

/// Title, date of the last change and language, where the document says them.
fn properties(pack: &Pack<'_>, into: &mut Builder) {
    let Ok(Some(bytes)) = pack.read("docProps/core.xml") else { return };
    let Ok(source) = xml::text(&bytes) else { return };
    let mut xml = Xml::new(&source.text);
    let mut key = None;
    while let Ok(Some(step)) = xml.step() {
        match step {
            Step::Open(tag) => {
                key = ["title", "modified", "language"].into_iter().find(|known| *known == tag.name());
            }
            Step::Words(words) => {
                if let Some(key) = key
                    && !words.trim().is_empty()
                {
                    into.header(key, words.trim());
                }
            }
            Step::Close(_) => key = None,
        }
    }
}
