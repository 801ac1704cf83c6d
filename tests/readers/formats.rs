//! One page of the same words in every format: the same blocks, the same findings. Damaged copies: no panic.

use super::blocks;
use dignity::checker::Checker;
use dignity::document::Tick;
use dignity::read::{READERS, read};
use proptest::prelude::*;
use std::path::PathBuf;

/// The page in every format there is a copy of.
fn pages() -> Vec<(String, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/formats");
    let mut found: Vec<(String, Vec<u8>)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.file_stem().is_some_and(|stem| stem == "page"))
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&path).unwrap()))
        .filter(|(name, _)| {
            READERS.iter().any(|reader| reader.endings().iter().any(|end| name.ends_with(&format!(".{end}"))))
        })
        .collect();
    found.sort();
    assert!(found.len() > 2, "the page stands in several formats");
    found
}

#[test]
fn the_same_page_has_the_same_blocks_in_every_format() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/formats/page.md");
    let expect = blocks(&read("page.md", &std::fs::read(folder).unwrap()));
    for (name, bytes) in pages() {
        let document = read(&name, &bytes);
        assert!(document.problems().is_empty(), "{name}: {:?}", document.problems());
        assert_eq!(blocks(&document), expect, "{name}");
    }
}

#[test]
fn the_same_page_has_the_same_findings_in_every_format() {
    let tool = Checker { rules: dignity::built_in::rules().unwrap(), ..Checker::default() };
    let found = |name: &str, bytes: &[u8]| -> Vec<String> {
        let checked = tool.check(name, None, bytes);
        let words = |span| checked.document.words(span).to_owned();
        checked.findings.iter().map(|finding| format!("{} {}", finding.rule, words(finding.span))).collect()
    };
    let pages = pages();
    let (_, page) = pages.iter().find(|(name, _)| name == "page.md").unwrap();
    let expect = found("page.md", page);
    assert!(expect.len() > 1, "the page has findings: {expect:?}");
    for (name, bytes) in &pages {
        assert_eq!(found(name, bytes), expect, "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_copy_makes_no_reader_fall(cut in any::<prop::sample::Index>(), flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6)) {
        for (name, mut bytes) in pages() {
            for (at, to) in &flips {
                let at = at.index(bytes.len());
                bytes[at] = *to;
            }
            let document = read(&name, &bytes);
            let short = read(&name, &bytes[..cut.index(bytes.len())]);
            for document in [document, short] {
                for block in document.blocks() {
                    let _ = (document.words(block.span), document.place(block.span.start), document.source(block.span));
                }
            }
        }
    }
}

fn check_html(body: &str, expect: &[&str]) {
    let page = format!("<!DOCTYPE html><html><head><title>T</title></head><body>{body}</body></html>");
    assert_eq!(blocks(&read("page.html", page.as_bytes())), expect, "{body}");
}

#[test]
fn menus_scripts_and_hidden_parts_of_a_page_are_not_its_text() {
    check_html("<nav><a href=x>Home</a></nav><p>Words</p><script>p='<p>no</p>'</script>", &["p|Words"]);
    check_html(
        "<header>Logo</header><main><header><h1>Title</h1></header><p>Words</p></main><p>Foot</p>",
        &["h1|Title", "p|Words"],
    );
    check_html("<div class='site menu'>x</div><p hidden>y</p><p style='display: none'>z</p><p>Words</p>", &["p|Words"]);
    check_html("<nav>Only this</nav>", &["p|Only this"]);
    check_html(
        "<ul><li><a href=1>One</a><li><a href=2>Two</a><li><a href=3>Three</a></ul>",
        &["code|One", "code|Two", "code|Three"],
    );
    check_html("<p>kept <del>gone</del><ins>new</ins></p>", &["p|kept new"]);
}

#[test]
fn tags_of_a_page_need_not_match() {
    check_html("<ul><li>one<ul><li>two</ul><li>three</ul>", &["i0|one", "i1|two", "i0|three"]);
    check_html("<table><tr><th>A<th>B<tr><td>1<td>2</table>", &["th0.0|A", "th0.1|B", "td1.0|1", "td1.1|2"]);
    check_html("<table><tr><td><p>one<p>two</table>", &["p|one", "p|two"]);
    check_html("<p>one<div>two</p>three</div>", &["p|one", "p|two", "p|three"]);
}

#[test]
fn words_of_a_page_are_where_they_are_and_boxes_keep_their_state() {
    let text = "<html><body><p>He&rsquo;s\n   <b>ca</b>lm &amp;\u{20}well</p>\n<input type=checkbox checked> Yes <input type=checkbox> No";
    let document = read("page.html", text.as_bytes());
    assert_eq!(blocks(&document), ["p|He's calm & well", "i0|Yes", "i0|No"]);
    let at = |words: &str| u32::try_from(document.text().find(words).unwrap()).unwrap();
    assert_eq!(document.place(at("calm")).to_string(), "2:7");
    assert_eq!(document.place(at("well")).to_string(), "2:22");
    let ticks: Vec<Tick> = document.blocks().iter().map(|block| block.tick).collect();
    assert_eq!(ticks, [Tick::None, Tick::Ticked, Tick::Unticked]);
}

#[test]
fn a_page_is_decoded_as_it_declares_itself() {
    let page = b"<html><head><meta charset=\"windows-1251\"></head><body><p>\xCF\xF0\xE8\xE2\xE5\xF2</p></body></html>";
    assert_eq!(blocks(&read("page.html", page)), ["p|\u{41F}\u{440}\u{438}\u{432}\u{435}\u{442}"]);
}
