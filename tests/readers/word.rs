//! Word documents: what is the document's word, what is not, and what is said of the rest.

use super::blocks;
use dignity::document::{Document, Tick};
use dignity::read::read;
use rawzip::{CompressionMethod, ZipArchiveWriter};
use std::fmt::Write as _;
use std::io::Write as _;

/// A Word document with this body, and these other parts by kind.
fn word(body: &str, parts: &[(&str, &str)]) -> Document {
    let mut bytes = Vec::new();
    let mut archive = ZipArchiveWriter::new(&mut bytes);
    let mut put = |name: &str, content: &str| {
        let (mut entry, config) = archive.new_file(name).compression_method(CompressionMethod::STORE).start().unwrap();
        let mut writer = config.wrap(&mut entry);
        writer.write_all(content.as_bytes()).unwrap();
        let (_, descriptor) = writer.finish().unwrap();
        entry.finish(descriptor).unwrap();
    };
    put("[Content_Types].xml", "<Types/>");
    let mut links = String::from("<Relationships>");
    for (kind, content) in parts {
        let name = kind.trim_end_matches(char::is_numeric);
        write!(links, "<Relationship Id='{kind}' Type='http://x/{name}' Target='{kind}.xml'/>").unwrap();
        put(&format!("word/{kind}.xml"), content);
    }
    put("word/_rels/document.xml.rels", &(links + "</Relationships>"));
    put("word/document.xml", &format!("<w:document><w:body>{body}</w:body></w:document>"));
    archive.finish().unwrap();
    read("plan.docx", &bytes)
}

fn run(words: &str) -> String {
    format!("<w:r><w:t xml:space='preserve'>{words}</w:t></w:r>")
}

fn para(inner: &str) -> String {
    format!("<w:p>{inner}</w:p>")
}

/// The blocks of a body without other parts, and what its first problem says (`""`: there is none).
fn check(body: &str, expect: &[&str], problem: &str) {
    let document = word(body, &[]);
    assert_eq!(blocks(&document), expect, "{body}");
    let said = document.problems().first().map_or("", |problem| problem.what.as_str());
    assert!(said.contains(problem) && problem.is_empty() == said.is_empty(), "{body}: {said}");
}

#[test]
fn a_word_split_over_runs_is_whole_and_fields_show_their_result() {
    check(&para(&format!("{}<w:r><w:rPr><w:b/></w:rPr><w:t>cluded</w:t></w:r>", run("Se"))), &["p|Secluded"], "");
    let field = "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>\
        <w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>7</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>";
    check(&para(&format!("{}{field}", run("See page "))), &["p|See page 7"], "");
}

#[test]
fn tracked_changes_are_read_as_accepted_and_said() {
    let changed = format!(
        "{}<w:del><w:r><w:delText>never </w:delText></w:r></w:del><w:ins>{}</w:ins>",
        run("We "),
        run("rarely")
    );
    check(&para(&changed), &["p|We rarely"], "tracked changes");
    check(
        &para(&format!("<w:moveFrom>{}</w:moveFrom><w:moveTo>{}</w:moveTo>", run("x"), run("x"))),
        &["p|x"],
        "tracked",
    );
}

#[test]
fn hidden_words_are_left_out_and_said() {
    let hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>";
    check(&para(&format!("{}{hidden}", run("Seen"))), &["p|Seen"], "hidden");
}

#[test]
fn a_text_box_is_read_once_and_behind_its_paragraph() {
    let inner = |words: &str| format!("<w:txbxContent>{}</w:txbxContent>", para(&run(words)));
    let both = format!(
        "<w:r><mc:AlternateContent><mc:Choice>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent></w:r>",
        inner("Box"),
        inner("Box")
    );
    check(&para(&format!("{}{both}{}", run("Be"), run("fore"))), &["p|Before", "p|Box"], "");
}

#[test]
fn boxes_keep_their_state() {
    let control = |on: u8| {
        format!(
            "<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val='{on}'/></w14:checkbox></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>",
            run("?")
        )
    };
    let document = word(&para(&format!("{}{}{}{}", control(1), run("Yes "), control(0), run("No"))), &[]);
    assert_eq!(blocks(&document), ["i0|Yes", "i0|No"]);
    let ticks: Vec<Tick> = document.blocks().iter().map(|block| block.tick).collect();
    assert_eq!(ticks, [Tick::Ticked, Tick::Unticked]);
}

#[test]
fn headings_are_known_by_their_level_in_any_language_and_lists_by_their_number() {
    let styles = "<w:styles><w:style w:type='paragraph' w:styleId='berschrift2'><w:name w:val='Kapitel'/><w:pPr><w:outlineLvl w:val='1'/></w:pPr></w:style>\
        <w:style w:type='paragraph' w:styleId='Sub'><w:basedOn w:val='berschrift2'/></w:style></w:styles>";
    let of = |style: &str, words: &str| para(&format!("<w:pPr><w:pStyle w:val='{style}'/></w:pPr>{}", run(words)));
    let item =
        para(&format!("<w:pPr><w:numPr><w:ilvl w:val='1'/><w:numId w:val='3'/></w:numPr></w:pPr>{}", run("Item")));
    let document = word(&format!("{}{}{item}", of("berschrift2", "One"), of("Sub", "Two")), &[("styles", styles)]);
    assert_eq!(blocks(&document), ["h2|One", "h2|Two", "i1|Item"]);
}

#[test]
fn tables_are_read_cell_by_cell_and_a_frame_is_no_table() {
    let cell = |words: &str| format!("<w:tc>{}</w:tc>", para(&run(words)));
    let row = |cells: &str| format!("<w:tr>{cells}</w:tr>");
    let header = format!("<w:tr><w:trPr><w:tblHeader/></w:trPr>{}{}</w:tr>", cell("When"), cell("What"));
    let table = format!("<w:tbl>{header}{}</w:tbl>", row(&format!("{}{}", cell("Monday"), cell("A walk."))));
    check(&table, &["th0.0|When", "th0.1|What", "td1.0|Monday", "td1.1|A walk."], "");
    check(&format!("<w:tbl>{}</w:tbl>", row(&cell("A frame."))), &["p|A frame."], "");
}

#[test]
fn notes_come_behind_the_text_and_comments_are_never_its_words() {
    let notes = format!(
        "<w:footnotes><w:footnote w:type='separator'>{}</w:footnote><w:footnote>{}</w:footnote></w:footnotes>",
        para(&run("-")),
        para(&run("A note."))
    );
    let comments = format!("<w:comments><w:comment>{}</w:comment></w:comments>", para(&run("Is this lawful?")));
    let head = format!("<w:hdr>{}</w:hdr>", para(&run("Plan")));
    let document = word(
        &para(&run("Text.")),
        &[("footnotes", &notes), ("comments", &comments), ("header1", &head), ("header2", &head)],
    );
    assert_eq!(blocks(&document), ["p|Text.", "p|A note.", "p|Plan", "code|Is this lawful?"]);
    assert_eq!(document.place(0).to_string(), "paragraph 1");
    assert!(document.problems()[0].what.contains("Comments"));
}

#[test]
fn a_broken_part_loses_nothing_before_the_break() {
    let document = word(&format!("{}</w:q>", para(&run("Kept."))), &[]);
    assert_eq!(blocks(&document), ["p|Kept."]);
    assert_eq!(document.problems().len(), 1);
}
