//! What holds for every text, however it was typed.

use super::{note, wide};
use dignity::document::{Document, FileMap, split_sentences};
use dignity::read::read;
use proptest::prelude::*;

/// Text as people and machines make it: words, marks, odd characters and line ends.
fn typed() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        "[a-zA-Z ]{0,12}",
        "[ -~]{0,8}",
        Just("\n".to_owned()),
        Just("\r\n".to_owned()),
        Just("\n\n".to_owned()),
        Just("-\n".to_owned()),
        prop::sample::select(vec![
            ". ",
            "? ",
            "...",
            ":",
            "- ",
            "1. ",
            "(a) ",
            "[ ] ",
            "[x] ",
            "☐ ",
            "# ",
            "> ",
            "| a | b |",
            "|---|---|",
            "PLAN: ",
            ".,HISTORY: ",
            "14/03/2026 ",
            "15:10 ",
            "0915 - ",
            "NIGHT SHIFT 14/3 ",
            "mins.\n",
            "\u{2014}",
            "\u{2013}\n",
            "\u{2026}",
            "\u{2019}",
            "\u{201C}",
            "\u{A0}",
            "\u{200B}",
            "é",
            "日",
            "\u{1F9D1}\u{200D}",
            "\t",
            "Signed: ",
            "• ",
            "<b>",
            "<!--",
            "&amp;",
            "**",
            "---\n",
            "\0",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(part, 0..40).prop_map(|parts| parts.concat())
}

/// What must hold for every document.
fn holds(document: &Document) {
    let text = document.text();
    let mut last = 0;
    for block in document.blocks() {
        assert!(block.span.start >= last && !block.span.is_empty(), "blocks are sorted and apart");
        assert!(text.get(block.span.range()).is_some(), "spans are on character borders");
        last = block.span.end;
        let mut end = block.span.start;
        for sentence in split_sentences(text, block.span, &[]) {
            assert_eq!(sentence.start, end, "sentences tile their block");
            assert!(!sentence.is_empty() && text.get(sentence.range()).is_some());
            assert_eq!(document.sentence_at(sentence.start, &[]), sentence, "one is found as all are");
            end = sentence.end;
        }
        assert_eq!(end, block.span.end, "no word is lost");
        document.place(block.span.start);
    }
    let mut end = 0;
    for entry in document.entries() {
        assert_eq!(entry.span.start, end, "entries tile the text");
        assert!(text.get(entry.span.range()).is_some());
        end = entry.span.end;
    }
    assert_eq!(end as usize, text.len());
    for section in document.sections() {
        assert!(section.span.contains(section.heading));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_a_reader_fall(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for name in ["a.txt", "a.md", "a", "a.pdf"] {
            holds(&read(name, &bytes));
        }
    }

    #[test]
    fn no_text_makes_a_reader_fall(text in typed()) {
        for name in ["a.txt", "a.md"] {
            holds(&read(name, text.as_bytes()));
        }
    }

    #[test]
    fn the_source_of_unfolded_words_is_those_words(text in typed()) {
        for name in ["a.txt", "a.md"] {
            let document = read(name, text.as_bytes());
            prop_assume!(document.file_map() == Some(&FileMap::Same));
            for block in document.blocks() {
                let source = document.source(block.span).expect("a text has a source");
                let written = &text.as_bytes()[source.range()];
                let written = std::str::from_utf8(written).expect("spans of the source are on character borders");
                let words = document.words(block.span);
                if written.is_ascii() && !written.contains(['\r', '&', '*', '_', '`', '\\', '<', '>', '[', '\n', '~', '|', '\0', '-']) {
                    assert_eq!(words, written);
                }
            }
        }
    }

    #[test]
    fn lines_lead_back_to_their_own_line(text in "[a-z .\n]{0,80}") {
        let document = note(&text);
        for (number, line) in (1..).zip(text.split('\n')) {
            let span = document.line(number).expect("every line has a place");
            assert_eq!(document.words(span), line);
        }
    }

    #[test]
    fn the_same_text_is_read_alike_in_utf_16(text in typed()) {
        let text: String = text.chars().filter(|c| c.is_ascii() && *c != '\0').chain(['.']).collect();
        let plain = note(&text);
        for bytes in [wide(&text, u16::to_le_bytes), wide(&text, u16::to_be_bytes)] {
            let document = read("note.txt", &bytes);
            prop_assert_eq!(document.text(), plain.text());
            for block in document.blocks() {
                prop_assert_eq!(document.place(block.span.start), plain.place(block.span.start));
                let (one, other) = (document.source(block.span), plain.source(block.span));
                prop_assert_eq!(one.map(|s| (s.start, s.end)), other.map(|s| (s.start * 2, s.end * 2)));
            }
        }
    }
}
