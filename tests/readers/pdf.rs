//! PDF: what the layout makes of pages made by real tools, and what is said of files that cannot be read.
#![expect(clippy::disallowed_methods, reason = "tests read fixtures")]

use super::blocks;
use dignity::document::{Document, Place};
use dignity::read::{Seen, read, see};

fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/fixtures/formats/pdf/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn page(name: &str) -> Document {
    read(name, &bytes(name))
}

/// The place of `words`, which stand in the reading text.
fn place(document: &Document, words: &str) -> Place {
    let at = document.text().find(words).unwrap_or_else(|| panic!("{words} is not in the text"));
    document.place(u32::try_from(at).unwrap())
}

#[test]
fn headings_items_and_paragraphs_are_told_apart() {
    let document = page("one-column.pdf");
    let starts: Vec<String> = blocks(&document).iter().map(|block| block.chars().take(24).collect()).collect();
    let expect = [
        "h1|House rules of Ward H",
        "p|This page says how peo",
        "h2|Coming and going",
        "p|The door is open by da",
        "i0|Keys hang behind the ",
        "i0|Visitors come at any ",
        "i0|Phones stay with thei",
        "p|Ward Heron house rules",
        "p|Page 1",
        "h2|What staff wrote",
        "p|Wilbur Fennimore was r",
        "h2|Review",
        "p|These rules are looked",
    ];
    assert_eq!(starts, expect);
    assert!(document.problems().is_empty());
}

#[test]
fn running_heads_and_page_numbers_are_read_once() {
    let text = page("one-column.pdf");
    assert_eq!(text.text().matches("version 3").count(), 1);
    assert_eq!(text.text().matches("Page ").count(), 1);
}

#[test]
fn words_are_known_by_page_and_paragraph() {
    let document = page("one-column.pdf");
    assert_eq!(place(&document, "House rules of"), Place::Page { page: 1, paragraph: 1 });
    assert_eq!(place(&document, "restrained"), Place::Page { page: 2, paragraph: 2 });
    assert_eq!(place(&document, "every spring"), Place::Page { page: 3, paragraph: 2 });
}

#[test]
fn a_sentence_runs_on_into_the_next_column() {
    let document = page("two-columns.pdf");
    assert!(document.text().contains("walked to the lake and back alone, as she had asked to."), "{}", document.text());
    assert_eq!(document.blocks().len(), 1);
}

#[test]
fn what_cannot_be_read_is_said_and_never_clean() {
    let check = |name: &str, expect: &str| {
        let document = page(name);
        assert!(document.is_unreadable(), "{name} must not count as read");
        assert!(document.problems()[0].what.contains(expect), "{name}: {}", document.problems()[0].what);
    };
    check("locked.pdf", "password");
    check("scanned.pdf", "text recognition (OCR)");
    check("cut-short.pdf", "its end is missing");
}

#[test]
fn pages_without_letters_are_named_and_the_others_read() {
    let document = page("partly-scanned.pdf");
    assert!(!document.is_unreadable());
    assert!(document.text().contains("restrained by four staff"));
    let problem = &document.problems()[0];
    assert!(problem.what.starts_with("Page 2 held pictures"), "{}", problem.what);
    assert_eq!(problem.place, Some(Place::Page { page: 2, paragraph: 1 }));
}

#[test]
fn damage_of_any_sort_is_survived() {
    for name in ["one-column.pdf", "two-columns.pdf", "locked.pdf", "partly-scanned.pdf"] {
        let whole = bytes(name);
        for cut in (0..whole.len()).step_by(97) {
            let document = read("a.pdf", &whole[..cut]);
            assert!(document.is_unreadable(), "{name} cut at {cut} counts as read");
        }
        for at in (0..whole.len()).step_by(61) {
            let mut bent = whole.clone();
            bent[at] ^= 0x55;
            let _ = read("a.pdf", &bent);
        }
    }
}

#[test]
fn what_was_seen_crosses_over_whole_or_not_at_all() {
    let seen = see("pdf", &bytes("one-column.pdf")).unwrap();
    let mut crossed = seen.to_bytes();
    let mut into = Document::build("one-column.pdf");
    Seen::from_bytes(&crossed).unwrap().replay(&mut into);
    assert_eq!(into.finish().text(), page("one-column.pdf").text());
    assert!(Seen::from_bytes(&crossed[..crossed.len() - 1]).is_none());
    crossed[0] += 1;
    assert!(Seen::from_bytes(&crossed).is_none());
    assert!(see("plain", b"words").is_none());
}
