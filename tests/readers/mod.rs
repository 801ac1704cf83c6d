//! Reading: blocks, places, entries, sentences and the words of every encoding.

#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod formats;
mod notes;
#[cfg(feature = "pdf")]
mod pdf;
mod properties;
mod records;
mod word;

use dignity::document::{BlockKind, Document, Place, Reach, Tick, split_sentences};
use dignity::read::read;
use dignity::span::Span;

fn note(text: &str) -> Document {
    read("note.txt", text.as_bytes())
}

fn page(text: &str) -> Document {
    read("page.md", text.as_bytes())
}

/// Short names of the kinds, so that a test reads as the page does.
fn kind(kind: BlockKind) -> String {
    match kind {
        BlockKind::Heading(level) => format!("h{level}"),
        BlockKind::Paragraph => "p".into(),
        BlockKind::Item(depth) => format!("i{depth}"),
        BlockKind::Cell { row, column, header } => format!("{}{row}.{column}", if header { "th" } else { "td" }),
        BlockKind::Quote => "q".into(),
        BlockKind::Code => "code".into(),
        BlockKind::Prompt => "?".into(),
        BlockKind::FrontMatter => "front".into(),
    }
}

/// Every block as `kind|words`.
fn blocks(document: &Document) -> Vec<String> {
    document.blocks().iter().map(|b| format!("{}|{}", kind(b.kind), document.words(b.span))).collect()
}

fn check(text: &str, expect: &[&str]) {
    assert_eq!(blocks(&note(text)), expect, "as plain text");
}

fn check_page(text: &str, expect: &[&str]) {
    assert_eq!(blocks(&page(text)), expect, "as Markdown");
}

/// The words of the block that leads into the block with `words`.
fn lead<'d>(document: &'d Document, words: &str) -> Option<&'d str> {
    let block = document.blocks().iter().find(|b| document.words(b.span) == words).expect("a block with these words");
    block.lead_in.map(|index| document.words(document.blocks()[index as usize].span))
}

fn ticks(document: &Document) -> Vec<(&str, Tick)> {
    let boxed = document.blocks().iter().filter(|b| b.tick != Tick::None);
    boxed.map(|b| (document.words(b.span), b.tick)).collect()
}

fn sentences(text: &str, expect: &[&str]) {
    let known: Vec<String> =
        ["dr", "mr", "approx", "b.d", "p.o", "meds", "mins", "min", "hrs", "incl"].map(String::from).to_vec();
    let found = split_sentences(text, Span::new(0, text.len()), &known);
    let words: Vec<&str> = found.iter().map(|span| text[span.range()].trim()).collect();
    assert_eq!(words, expect);
}

fn at(document: &Document, words: &str) -> u32 {
    u32::try_from(document.text().find(words).expect("the words are in the text")).expect("a short text")
}

#[test]
fn hard_wrapped_lines_are_one_paragraph() {
    check(
        "The walk was\nlong and calm.\n\nTea came after.\n",
        &["p|The walk was\nlong and calm.", "p|Tea came after."],
    );
}

#[test]
fn a_capital_label_heads_the_words_behind_it() {
    check("INSIGHT: Poor.\nMOOD:\nLow today.\n", &["h3|INSIGHT", "p|Poor.", "h3|MOOD", "p|Low today."]);
}

#[test]
fn capital_labels_glued_by_commas_are_taken_apart() {
    check(
        "HISTORY:,  Slept well.,PLAN: , Walk daily.  ALLERGIES:  None.",
        &["h3|HISTORY", "p|Slept well.", "h3|PLAN", "p|Walk daily.", "h3|ALLERGIES", "p|None."],
    );
}

#[test]
fn a_short_label_is_a_prompt_and_its_answer_knows_it() {
    let document = note("Mood: low\nSleep: well\n");
    assert_eq!(blocks(&document), ["?|Mood", "p|low", "?|Sleep", "p|well"]);
    assert_eq!(lead(&document, "low"), Some("Mood"));
    let above: Vec<&str> =
        document.headings_above(at(&document, "well")).iter().map(|span| document.words(*span)).collect();
    assert_eq!(above, ["Sleep"]);
}

#[test]
fn a_prompt_without_an_answer_stays_a_prompt() {
    check("Strengths:\nGoals: ______\nWishes: N/A\n", &["?|Strengths", "?|Goals", "?|Wishes", "p|N/A"]);
}

#[test]
fn speech_behind_a_colon_is_no_label() {
    check("Sam told us: \"I want to go home.\"\n", &["p|Sam told us: \"I want to go home.\""]);
}

#[test]
fn turns_of_a_dialogue_are_blocks_with_their_speaker() {
    check("[nurse] how are you ?\n[sam] tired .\n", &["?|nurse", "p|how are you ?", "?|sam", "p|tired ."]);
    check("Nurse: How are you?\nSam: Tired.\n", &["?|Nurse", "p|How are you?", "?|Sam", "p|Tired."]);
}

#[test]
fn underlines_numbers_and_capitals_make_headings() {
    check(
        "Policy\n======\n\n4.2 Observation levels\nStaff sit with people.\n\nSAFE STAFFING\nEnough staff.\n\n1. Purpose\n\nWhy we write this.\n",
        &[
            "h1|Policy",
            "h3|Observation levels",
            "p|Staff sit with people.",
            "h2|SAFE STAFFING",
            "p|Enough staff.",
            "h2|Purpose",
            "p|Why we write this.",
        ],
    );
}

#[test]
fn a_note_typed_all_in_capitals_has_no_headings_by_capitals() {
    let shouted = "SAM SLEPT WELL AND ATE HIS BREAKFAST\nHE THEN WENT FOR A WALK IN THE PARK WITH KIM AND CAME BACK\n\
                   HE RANG HIS SISTER IN THE EVENING AND WATCHED A FILM WITH THE OTHERS\n";
    let document = note(shouted);
    assert!(document.blocks().iter().all(|b| b.kind == BlockKind::Paragraph));
}

#[test]
fn a_dose_at_the_start_of_a_line_is_no_heading() {
    check("Lorazepam was given, then\n2.5 mg more.\n", &["p|Lorazepam was given, then\n2.5 mg more."]);
}

#[test]
fn items_nest_by_indentation_and_by_mark() {
    check(
        "1. one\n   - deeper\n2. two\n   (a) first\n       (i) inmost\n   (b) second\n",
        &["i0|one", "i1|deeper", "i0|two", "i1|first", "i2|inmost", "i1|second"],
    );
}

#[test]
fn the_line_above_a_list_leads_into_its_items() {
    let document = note("The following are not permitted:\n- locking doors\n  * at night\n- shouting\n");
    let line = Some("The following are not permitted:");
    assert_eq!(lead(&document, "locking doors"), line);
    assert_eq!(lead(&document, "at night"), line);
    assert_eq!(lead(&document, "shouting"), line);
}

#[test]
fn an_item_that_ends_in_a_colon_leads_into_what_is_nested() {
    let document = page("Staff do not:\n\n- use these:\n  - cuffs\n- shout\n");
    assert_eq!(lead(&document, "cuffs"), Some("use these:"));
    assert_eq!(lead(&document, "shout"), Some("Staff do not:"));
}

#[test]
fn a_heading_leads_into_a_list_right_under_it() {
    let document = page("## Never\n\n- lock doors\n\nSome text.\n\n- apart\n");
    assert_eq!(lead(&document, "lock doors"), Some("Never"));
    assert_eq!(lead(&document, "apart"), None);
}

#[test]
fn options_on_one_line_each_have_their_own_box() {
    let document = note("[ ] Non-compliant  [x] Taking as agreed\nCapacity: ☐ Yes ☒ No\n");
    let expect = [
        ("Non-compliant", Tick::Unticked),
        ("Taking as agreed", Tick::Ticked),
        ("Yes", Tick::Unticked),
        ("No", Tick::Ticked),
    ];
    assert_eq!(ticks(&document), expect);
    assert_eq!(lead(&document, "No"), Some("Capacity"));
}

#[test]
fn boxes_behind_their_words_are_known() {
    assert_eq!(ticks(&note("Sedated ☐  Walking ☒\n")), [("Sedated", Tick::Unticked), ("Walking", Tick::Ticked)]);
}

#[test]
fn boxes_in_a_markdown_list_are_known() {
    assert_eq!(ticks(&page("- [ ] held\n- [X] asked\n")), [("held", Tick::Unticked), ("asked", Tick::Ticked)]);
}

#[test]
fn cells_know_the_header_of_their_column() {
    for document in
        [page("| Avoid | Prefer |\n|---|---|\n| one | two |\n"), note("Avoid | Prefer\n------|-------\none | two\n")]
    {
        assert_eq!(blocks(&document), ["th0.0|Avoid", "th0.1|Prefer", "td1.0|one", "td1.1|two"]);
        assert_eq!(lead(&document, "two"), Some("Prefer"));
    }
}

#[test]
fn columns_of_tabs_are_a_table() {
    check(
        "Name\tPlan\tOwner\nSam\twalk\tKim\n",
        &["th0.0|Name", "th0.1|Plan", "th0.2|Owner", "td1.0|Sam", "td1.1|walk", "td1.2|Kim"],
    );
}

#[test]
fn quoted_lines_are_one_quotation() {
    check("He wrote:\n> leave me\n> in peace\n\nWe did.\n", &["p|He wrote:", "q|leave me\nin peace", "p|We did."]);
}

#[test]
fn markdown_loses_its_marks_and_keeps_its_places() {
    let document = page("# Plan\n\nSam likes **long** [walks](http://example.org) &amp; `tea`.\n");
    assert_eq!(blocks(&document), ["h1|Plan", "p|Sam likes long walks & tea."]);
    assert_eq!(document.place(at(&document, "walks")), Place::Line { line: 3, column: 21 });
    let source = document.source(Span { start: at(&document, "& tea"), end: at(&document, "& tea") + 1 });
    assert_eq!(source, Some(Span::new(55, 60)));
}

#[test]
fn embedded_tags_and_scripts_are_no_prose() {
    check_page(
        "import X from './x'\n\n<p class=\"a\">Sam <b>walked</b>.</p>\n<script>\nlet hidden = 1;\n</script>\n\n{% include x %}\n\n<Card />\n\nAfter.\n",
        &["p|Sam walked.", "p|After."],
    );
}

#[test]
fn front_matter_is_a_header_and_no_prose() {
    let document = page("---\ntitle: \"A plan\"\nprefers: [autistic, 'survivor']\nowner: Kim # ward\n---\nText.\n");
    assert_eq!(document.header("Title"), Some("A plan"));
    assert_eq!(document.header("owner"), Some("Kim"));
    assert_eq!(document.prefers(), ["autistic", "survivor"]);
    assert_eq!(document.blocks()[0].kind, BlockKind::FrontMatter);
    assert_eq!(document.place(at(&document, "Text")), Place::Line { line: 6, column: 1 });
    assert_eq!(page("---\nprefers:\n  - mad\n  - a survivor\n---\n").prefers(), ["mad", "a survivor"]);
    assert_eq!(page("---\nprefers: mad, deaf\n---\n").prefers(), ["mad", "deaf"]);
}

#[test]
fn a_file_without_words_never_counts_as_checked() {
    for (name, text) in [
        ("note.txt", ""),
        ("note.txt", " \n\t\n\u{A0}\n"),
        ("note.txt", "----\n\n____ / ____\n***\n"),
        ("page.md", "---\ntitle: A plan\n---\n"),
        ("page.md", "<!-- later -->\n\n|  |  |\n|--|--|\n\n- \n"),
    ] {
        refused(name, text.as_bytes(), "There are no words in this file");
    }
    assert!(!note("7").is_unreadable() && !page("# \u{65E5}\n").is_unreadable());
}

#[test]
fn sections_hold_their_headings_and_sub_headings() {
    let document = page("Before.\n\n# One\n\na\n\n## Two\n\nb\n\n# Three\n\nc\n");
    let above = |words: &str| -> Vec<&str> {
        document.headings_above(at(&document, words)).iter().map(|span| document.words(*span)).collect()
    };
    assert_eq!(above("b\n"), ["One", "Two"]);
    assert_eq!(above("c"), ["Three"]);
    let b = at(&document, "b\n");
    let section = document.around(Span { start: at(&document, "a\n"), end: b }, Reach::Section, &[]);
    assert_eq!(document.words(section), "One\n\na\n\nTwo\n\nb");
}

#[test]
fn a_reach_goes_no_further_than_it_says() {
    let document = note("- One thing; then another. And more.\n  - under it\n- Next.\n");
    let start = at(&document, "another");
    let span = Span { start, end: start + 7 };
    let around = |reach| document.words(document.around(span, reach, &[])).trim().to_owned();
    assert_eq!(around(Reach::Clause), "then another.");
    assert_eq!(around(Reach::Sentence), "One thing; then another.");
    assert_eq!(around(Reach::Paragraph), "One thing; then another. And more.");
    assert_eq!(around(Reach::ListItem), "One thing; then another. And more.\n  - under it");
}

#[test]
fn one_sentence_is_found_as_all_are() {
    let document = note("Calm. Dr. Kim came at 3.10pm. 2) Slept well\nWoke . then ate .\n");
    let known = ["dr".to_owned()];
    for sentence in document.sentences(&known) {
        for offset in sentence.start..sentence.end {
            assert_eq!(document.sentence_at(offset, &known), sentence);
        }
    }
}

#[test]
fn notes_split_into_sentences() {
    sentences("Non-compliant. Refused meds. Sedated.", &["Non-compliant.", "Refused meds.", "Sedated."]);
    sentences("Given 2.5 mg b.d. by Dr. Kim, s. 17 leave.", &["Given 2.5 mg b.d. by Dr. Kim, s. 17 leave."]);
    sentences("He said \"no.\" She left (late). Calm...", &["He said \"no.\"", "She left (late).", "Calm..."]);
    sentences("Denies fever.CHIEF complaint is pain.", &["Denies fever.", "CHIEF complaint is pain."]);
    sentences("okay . how are you ? fine .", &["okay .", "how are you ?", "fine ."]);
    sentences("1. Walk daily. 2. Rest.", &["1. Walk daily.", "2. Rest."]);
    sentences("Slept well. woke early.", &["Slept well.", "woke early."]);
}

#[test]
fn a_line_end_ends_a_sentence_only_where_it_was_meant() {
    sentences("No fever\nNo rash\nNo pain", &["No fever", "No rash", "No pain"]);
    sentences("It was a cold\nnight.", &["It was a cold\nnight."]);
    let wrapped = "The plan that was written with Sam last week says that\nSam walks with Kim every day.";
    sentences(wrapped, &[wrapped]);
    sentences("One\n\ntwo", &["One", "two"]);
}

#[test]
fn an_abbreviation_at_the_end_of_a_line_ends_the_sentence() {
    let apart = |one: &str, other: &str| sentences(&format!("{one}\n{other}"), &[one, other]);
    apart("Tablets were hidden in her porridge for days because she would not take her meds.", "Mr Quill was asked.");
    apart("Held by two staff so he could not leave, 25 mins.", "PRN offered.");
    apart("Took 50 mg b.d.", "Lorazepam stopped.");
    let wrapped = "She was told in her own words why the tablets had been stopped and\n\
                   for how long, and then was seen in the garden room by our dear Dr.\n\
                   Fennel who listened for the whole of an hour and then asked again.";
    sentences(wrapped, &[wrapped]);
    sentences("Seen by Dr.\nFennel today.", &["Seen by Dr.\nFennel today."]);
    let full = "She was told in her own words why the tablets had been stopped and\n\
                for how long, which was two days of the week at most, so approx.\n\
                Tuesday and Friday, and then she went out to feed the grey hens.";
    sentences(full, &[full]);
}

#[test]
fn an_abbreviation_of_a_thing_ends_a_sentence_before_a_name_or_an_opening_word() {
    sentences("Refused meds. Mr Quill was told.", &["Refused meds.", "Mr Quill was told."]);
    sentences("Sat for 25 min. Dr. Fennel came.", &["Sat for 25 min.", "Dr. Fennel came."]);
    sentences("Held for 25 mins. Because of this he wept.", &["Held for 25 mins.", "Because of this he wept."]);
    sentences("Staff incl. Dr Fennel came.", &["Staff incl. Dr Fennel came."]);
    sentences("Seen by Dr. Mr Quill.", &["Seen by Dr. Mr Quill."]);
}

#[test]
fn dashes_and_dots_of_every_kind_part_words() {
    let source = "He refused\u{2014}again. Mon\u{2013}Fri, 5 \u{2013} 6\u{2026} \u{2014}No\u{2015}\n-\u{2212}2\u{2014}";
    let document = note(source);
    assert_eq!(document.text(), "He refused - again. Mon-Fri, 5 - 6... - No -\n--2 -");
    for (words, written) in
        [("again", "again"), ("refused", "refused"), ("...", "\u{2026}"), ("refused - again", "refused\u{2014}again")]
    {
        let start = at(&document, words);
        let span = Span { start, end: start + u32::try_from(words.len()).expect("short") };
        assert_eq!(&source[document.source(span).expect("a text has a source").range()], written);
    }
    let again =
        document.around(Span { start: at(&document, "again"), end: at(&document, "again") + 5 }, Reach::Clause, &[]);
    assert_eq!(document.words(again).trim(), "again.");
}

#[test]
fn a_dash_at_the_end_of_a_line_does_not_join_words() {
    for dash in ["\u{2014}", "\u{2013}"] {
        assert_eq!(note(&format!("He refused{dash}\nagain.")).text(), "He refused -\nagain.");
        check_page(&format!("He refused{dash}\nagain."), &["p|He refused -\nagain."]);
    }
}

#[test]
fn folding_keeps_the_way_back() {
    let source = "Sam\u{2019}s \u{201C}own\u{201D} words\u{A0}were restr-\r\n  ained\u{AD}ly kept.\r\n";
    let document = note(source);
    assert_eq!(document.text().trim_end(), "Sam's \"own\" words were restrainedly kept.");
    let start = at(&document, "restrainedly");
    let span = document.source(Span { start, end: start + 12 }).expect("a text has a source");
    assert_eq!(&source[span.range()], "restr-\r\n  ained\u{AD}ly");
    assert_eq!(document.place(at(&document, "kept")), Place::Line { line: 2, column: 12 });
    assert_eq!(document.words(document.line(2).expect("a second line")), "ainedly kept.");
}

#[test]
fn a_word_broken_over_a_line_is_whole_in_markdown_too() {
    check_page("Sam was restr-\nained.\n", &["p|Sam was restrained."]);
}

#[test]
fn pushed_blocks_keep_their_places() {
    let mut builder = Document::build("plan.docx");
    builder.block(BlockKind::Heading(1), "Plan", Place::Paragraph { paragraph: 1 });
    builder.open(BlockKind::Paragraph).run("Long ", Place::Paragraph { paragraph: 2 });
    builder.run("walks", Place::Paragraph { paragraph: 2 }).close();
    let document = builder.finish();
    assert_eq!(blocks(&document), ["h1|Plan", "p|Long walks"]);
    assert_eq!(document.place(at(&document, "walks")), Place::Paragraph { paragraph: 2 });
    assert_eq!(document.source(Span::new(0, 4)), None);
}

/// What a file seems to be, when it cannot be read.
fn refused(name: &str, bytes: &[u8], expect: &str) {
    let document = read(name, bytes);
    assert!(document.is_unreadable(), "{name} must not count as read");
    let what = &document.problems()[0].what;
    assert!(what.contains(expect), "{name}: {what}");
}

#[test]
fn files_that_are_no_text_are_refused_in_plain_words() {
    refused("a.pdf", b"%PDF-1.7\n", "PDF");
    refused("note.txt", b"%PDF-1.7\n", "PDF");
    refused("a.docx", b"PK\x03\x04....word/document.xml", "cut short");
    let older = |name: &str| -> Vec<u8> {
        let wide = name.encode_utf16().flat_map(u16::to_le_bytes);
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".iter().copied().chain(wide).collect()
    };
    refused("a.doc", &older(""), "older Office");
    refused("a.doc", &older("WordDocument"), "save it as .docx");
    refused("a.docx", &older("EncryptedPackage"), "password");
    refused("a.msg", &older("__substg1.0_"), ".eml");
    refused("a.png", b"\x89PNG\r\n\x1A\n", "a picture");
    refused("plan.pdf", b"<!DOCTYPE html><html>Not found</html>", "a saved web page named .pdf");
    refused("plan.docx", b"\n <html><body>Not found", "a saved web page named .docx");
    refused("note.txt", &[1, 0, 0, 2, 0, 0, 3, 0, 0, 4, 0, 0], "no characters");
}

#[test]
fn a_stray_zero_byte_does_not_lose_a_note() {
    let document = read("note.txt", format!("Calm{} day. {}", '\0', "He walked. ".repeat(40)).as_bytes());
    assert!(!document.is_unreadable() && document.text().starts_with("Calm day."));
    assert_eq!(document.problems().len(), 1);
}

const WORDS: &str = "PLAN: Caf\u{E9} with Sam.\n\nHe\u{2019}s calm \u{2013} \u{201C}own\u{201D} words.\n- walk\n";

fn wide(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

#[test]
fn the_same_words_are_read_alike_in_every_encoding() {
    let plain = note(WORDS);
    let older: Vec<u8> = WORDS
        .chars()
        .map(|c| match c {
            '\u{2019}' => 0x92,
            '\u{201C}' => 0x93,
            '\u{201D}' => 0x94,
            '\u{2013}' => 0x96,
            c => u8::try_from(u32::from(c)).expect("Latin"),
        })
        .collect();
    let marked = |mark: &[u8], rest: Vec<u8>| [mark, &rest].concat();
    let files = [
        ("a mark before UTF-8", marked(b"\xEF\xBB\xBF", WORDS.as_bytes().to_vec()), 3..8),
        ("UTF-16, little end first", wide(WORDS, u16::to_le_bytes), 0..10),
        ("UTF-16, big end first", wide(WORDS, u16::to_be_bytes), 0..10),
        ("a mark before UTF-16", marked(b"\xFF\xFE", wide(WORDS, u16::to_le_bytes)), 2..12),
        ("Windows-1252", older, 0..5),
    ];
    for (name, bytes, label) in files {
        let document = read("note.txt", &bytes);
        assert_eq!(document.text(), plain.text(), "{name}");
        for (one, other) in document.blocks().iter().zip(plain.blocks()) {
            assert_eq!(document.place(one.span.start), plain.place(other.span.start), "{name}");
        }
        let span = document.source(Span::new(0, 5)).expect("a text has a source");
        assert_eq!(span.range(), label, "{name}");
        let last = document.blocks().last().expect("a block").span;
        let tail = document.source(last).expect("a text has a source");
        let rest: Vec<u8> = bytes[tail.range()].iter().copied().filter(|b| *b != 0).collect();
        assert_eq!(rest, b"walk", "{name}");
    }
}

#[test]
fn every_kind_of_line_end_gives_the_same_lines() {
    let plain = note("One.\n\nTwo.\nThree.\n");
    for end in ["\r\n", "\r"] {
        let document = note(&"One.\n\nTwo.\nThree.\n".replace('\n', end));
        assert_eq!(document.text(), plain.text());
        assert_eq!(document.place(at(&document, "Three")), Place::Line { line: 4, column: 1 });
    }
}

#[test]
fn debug_shows_no_words() {
    assert!(!format!("{:?}", note("Sam walked.")).contains("Sam"));
}
