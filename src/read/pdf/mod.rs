//! PDF: letters at places on pages are put together again into lines, columns, paragraphs, headings, lists, tables.
//!
//! The file does not say what its letters mean, so all of that is worked out from where they stand. What is read
//! goes into a [`Seen`], so that reading can be done apart, in a process that may be ended.

mod columns;
mod edges;
mod facts;
mod glyphs;
mod heads;
mod paragraphs;
mod words;

use super::apart::{Call, Seen};
use super::{Input, Reader, plain};
use crate::document::Document;
use edges::Page as EdgePage;
use facts::Whole;
use glyphs::Sheet;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError};
use hayro_interpret::kurbo::Rect;
use hayro_interpret::util::TransformExt;
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, interpret_page};
use words::Line;

/// The reader of PDF.
pub(super) struct Paged;

impl Reader for Paged {
    fn name(&self) -> &'static str {
        "pdf"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["pdf"]
    }

    fn knows(&self, head: &[u8]) -> bool {
        memchr::memmem::find(&head[..head.len().min(1024)], b"%PDF-").is_some()
    }

    fn read_each(&self, input: &Input<'_>, each: &mut dyn FnMut(Document)) {
        let mut into = input.document();
        into.format(self.name());
        match input.reading.apart {
            Some(apart) => apart(self.name(), input.bytes).replay(&mut into),
            None => see(input.bytes).replay(&mut into),
        }
        each(into.finish());
    }
}

/// What one page holds, once its letters are lines.
struct Leaf {
    page: EdgePage,
    /// Lines in other directions than most.
    turned: Vec<Vec<Line>>,
    rules: Vec<(f32, f32, f32)>,
    fields: Vec<String>,
}

/// More pages than this are not read.
const PAGES: usize = 20_000;

const LOCKED: &str =
    "This PDF is locked and opens only with its password. Open it, save a copy without one, and check the copy.";
const CIPHER: &str = "This PDF is locked in a way that this program does not know. Open it, save a copy that is not locked, and check the copy.";
const BROKEN: &str = "This PDF is damaged: no pages can be found in it. Fetch it again, or open it and save it anew.";
const CUT: &str = "This PDF is not whole: its end is missing. Fetch it again; what is missing cannot be checked.";
const NOT_ONE: &str = "This file is named as a PDF and is none. See what it is, and name it so.";
const SCANNED: &str = "This PDF holds pictures of pages, as a scanner makes them, and no letters. It needs text recognition (OCR) first; check what that gives.";
const CODED: &str = "The letters of this PDF have no known characters, so that its words cannot be read. Save it anew from the program it was made with, or have its text recognised (OCR).";

/// Reads `bytes`; never fails, what was missed is said in the answer.
pub(super) fn see(bytes: &[u8]) -> Seen {
    if memchr::memmem::find(&bytes[..bytes.len().min(1024)], b"%PDF-").is_none() {
        return Seen::unreadable(NOT_ONE);
    }
    let whole = facts::whole(bytes);
    let pdf = match Pdf::new(bytes.to_vec()) {
        Ok(pdf) => pdf,
        Err(LoadPdfError::Decryption(DecryptionError::PasswordProtected)) => return Seen::unreadable(LOCKED),
        Err(LoadPdfError::Decryption(_)) => return Seen::unreadable(CIPHER),
        Err(LoadPdfError::Invalid) if whole == Whole::Cut => return Seen::unreadable(CUT),
        Err(LoadPdfError::Invalid) => return Seen::unreadable(BROKEN),
    };
    if whole == Whole::Cut {
        return Seen::unreadable(CUT);
    }
    if pdf.pages().is_empty() {
        return Seen::unreadable(BROKEN);
    }
    let mut seen = Seen::default();
    for (key, value) in facts::header(&pdf) {
        seen.say(Call::Header(key.to_owned(), value));
    }
    let (mut leaves, lacks) = leaves(&pdf);
    if let Some(what) = lacks.all() {
        return Seen::unreadable(what);
    }
    lacks.tell(whole, pdf.pages().len(), &mut seen);
    let mut pages: Vec<EdgePage> = Vec::with_capacity(leaves.len());
    for leaf in &mut leaves {
        let empty = EdgePage { lines: Vec::new(), edges: Vec::new(), height: 0.0 };
        pages.push(std::mem::replace(&mut leaf.page, empty));
    }
    edges::strip(&mut pages);
    for (leaf, page) in leaves.iter_mut().zip(pages) {
        leaf.page = page;
    }
    heads::tell(leaves, &facts::outline(&pdf), &mut seen);
    seen
}

/// Pages that could not be read in full, from 1.
#[derive(Default)]
struct Lacks {
    scanned: Vec<usize>,
    coded: Vec<usize>,
    letters: usize,
}

fn leaves(pdf: &Pdf) -> (Vec<Leaf>, Lacks) {
    let cache = InterpreterCache::new();
    let mut leaves = Vec::new();
    let mut lacks = Lacks::default();
    for (index, page) in pdf.pages().iter().take(PAGES).enumerate() {
        let sheet = sheet(page, pdf, &cache);
        let letters = sheet.letters.chars().filter(|c| c.is_alphanumeric()).count();
        lacks.letters += letters;
        let drawn = letters == 0 && sheet.shapes > 150;
        // A scanner, or who filed its page, may stamp a number on it.
        if (letters < 8 && sheet.pictured > 0.4) || (letters < 30 && sheet.pictured > 0.8) || drawn {
            lacks.scanned.push(index + 1);
        } else if sheet.unknown > 10 && sheet.unknown as usize * 4 > letters {
            lacks.coded.push(index + 1);
        }
        let mut turned = words::lines(&sheet);
        let lines = if turned.is_empty() { Vec::new() } else { turned.remove(0) };
        let page_of = EdgePage { lines, edges: Vec::new(), height: sheet.size.1 };
        leaves.push(Leaf { page: page_of, turned, rules: sheet.rules, fields: facts::fields(page) });
    }
    (leaves, lacks)
}

fn sheet<'a>(page: &Page<'a>, pdf: &'a Pdf, cache: &InterpreterCache<'a>) -> Sheet {
    let size = page.render_dimensions();
    let mut sheet = Sheet::new(size);
    let bounds = Rect::new(0.0, 0.0, f64::from(size.0), f64::from(size.1));
    let turn = page.initial_transform(true).to_kurbo();
    let mut context = Context::new(turn, bounds, cache, pdf.xref(), InterpreterSettings::default());
    interpret_page(page, &mut context, &mut sheet);
    sheet
}

impl Lacks {
    /// Why nothing at all can be read.
    fn all(&self) -> Option<&'static str> {
        match (self.letters < 8, self.scanned.is_empty(), self.coded.is_empty()) {
            (true, false, _) => Some(SCANNED),
            (true, true, false) => Some(CODED),
            _ => None,
        }
    }

    fn tell(&self, whole: Whole, pages: usize, seen: &mut Seen) {
        if whole == Whole::Bent {
            let what =
                "The index of this PDF is damaged and was made anew. Compare the number of pages with what you expect.";
            seen.say(Call::Problem(what.to_owned(), None));
        }
        if pages > PAGES {
            let what =
                format!("This PDF has more than {PAGES} pages; what comes after them was not checked. Split it.");
            seen.say(Call::Problem(what, None));
        }
        if let Some(pages) = named(&self.scanned) {
            let what = format!(
                "{pages} held pictures and no letters, as scanners make them, so nothing there was checked. Text recognition (OCR) is needed first."
            );
            seen.say(Call::Problem(what, self.scanned.first().and_then(|page| u32::try_from(*page).ok())));
        }
        if let Some(pages) = named(&self.coded) {
            let what = format!(
                "{pages} held letters without known characters, so not everything there was checked. Save the PDF anew from the program it was made with, or have its text recognised (OCR)."
            );
            seen.say(Call::Problem(what, self.coded.first().and_then(|page| u32::try_from(*page).ok())));
        }
    }
}

/// `Page 3`, `Pages 3 to 5 and 9`.
fn named(pages: &[usize]) -> Option<String> {
    let mut spans: Vec<(usize, usize)> = Vec::new();
    for page in pages {
        match spans.last_mut() {
            Some((_, last)) if *last + 1 == *page => *last = *page,
            _ => spans.push((*page, *page)),
        }
    }
    let said: Vec<String> = spans
        .iter()
        .map(|(first, last)| match last - first {
            0 => first.to_string(),
            1 => format!("{first}, {last}"),
            _ => format!("{first} to {last}"),
        })
        .collect();
    let (last, rest) = said.split_last()?;
    let front = if pages.len() == 1 { "Page" } else { "Pages" };
    Some(if rest.is_empty() { format!("{front} {last}") } else { format!("{front} {} and {last}", rest.join(", ")) })
}

/// Bytes of the list mark that `text` opens with, and of the blanks behind it.
fn mark(text: &str) -> Option<usize> {
    let lead = text.len() - text.trim_start().len();
    let words = &text[lead..];
    let first = words.chars().next()?;
    if words::is_bullet(first) {
        let rest = words[first.len_utf8()..].trim_start();
        return (!rest.is_empty()).then(|| text.len() - rest.len());
    }
    plain::mark(words).map(|mark| lead + mark)
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn pages_are_named_as_people_would() {
        let check = |pages: &[usize], expect: Option<&str>| assert_eq!(named(pages).as_deref(), expect);
        check(&[], None);
        check(&[3], Some("Page 3"));
        check(&[3, 4], Some("Pages 3, 4"));
        check(&[3, 4, 5, 9], Some("Pages 3 to 5 and 9"));
        check(&[1, 3, 5, 6, 7], Some("Pages 1, 3 and 5 to 7"));
    }
}
