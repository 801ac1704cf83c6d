//! Files that hold many documents: every one is read for itself, and says where it stands.

use super::{at, blocks};
use dignity::document::{Document, Place};
use dignity::read::{Columns, Reading, read, read_each};

/// Every document in a file.
fn all(name: &str, bytes: &[u8], reading: &Reading<'_>) -> Vec<Document> {
    let mut documents = Vec::new();
    read_each(name, bytes, reading, &mut |document| documents.push(document));
    documents
}

/// Checks the documents of a file, each written as `part: block / block`; one that could not be read as `part! why`.
fn check(name: &str, text: &str, expect: &[&str]) {
    check_with(&Reading::default(), name, text, expect);
}

fn check_with(reading: &Reading<'_>, name: &str, text: &str, expect: &[&str]) {
    assert_eq!(told(&all(name, text.as_bytes(), reading)), expect);
}

fn told(documents: &[Document]) -> Vec<String> {
    let one = |document: &Document| {
        let part = document.part().unwrap_or("-");
        if document.is_unreadable() {
            let fatal = document.problems().iter().find(|problem| problem.fatal).expect("it says why");
            return format!("{part}! {}", fatal.what.split(['.', ':']).next().unwrap_or_default());
        }
        format!("{part}: {}", blocks(document).join(" / "))
    };
    documents.iter().map(one).collect()
}

const NAMES: [&[&str]; 4] = [&["note_text"], &["note_id"], &["note_title"], &["note_date"]];

/// As [`check`], with column names that are known.
fn check_known(name: &str, text: &str, expect: &[&str]) {
    let owned = NAMES.map(|list| list.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
    let columns = Columns { text: &owned[0], id: &owned[1], title: &owned[2], date: &owned[3] };
    check_with(&Reading { columns, ..Reading::default() }, name, text, expect);
}

#[test]
fn every_row_of_a_table_is_a_document() {
    check(
        "notes.csv",
        "day,note\nMon,Sam walked to the shop with Kim and came back.\nTue,Sam slept well.\n",
        &["row 1: p|Sam walked to the shop with Kim and came back.", "row 2: p|Sam slept well."],
    );
}

#[test]
fn the_sign_between_columns_is_seen_in_the_rows() {
    for sign in [',', ';', '\t', '|'] {
        let text = "day,note\nMon,Sam walked to the shop with Kim then came back.\n".replace(',', &sign.to_string());
        check("notes.csv", &text, &["row 1: p|Sam walked to the shop with Kim then came back."]);
    }
    check(
        "a.csv",
        "sep=;\nday;note\nMon;Sam, Kim and Ada went out together then came back.\n",
        &["row 1: p|Sam, Kim and Ada went out together then came back."],
    );
}

#[test]
fn a_note_in_a_cell_keeps_its_lines() {
    let text = "day,note\nMon,\"MOOD: Low.\r\nHe said \"\"no\"\" twice.\n\n- walk\n- tea\"\n";
    let documents = all("notes.csv", text.as_bytes(), &Reading::default());
    assert_eq!(told(&documents), ["row 1: h3|MOOD / p|Low.\nHe said \"no\" twice. / i0|walk / i0|tea"]);
    let place = |line| Place::Cell { row: 1, column: "note".to_owned(), line: Some(line) };
    assert_eq!(documents[0].place(at(&documents[0], "twice")), place(2));
    assert_eq!(documents[0].place(at(&documents[0], "tea")), place(5));
    assert_eq!(documents[0].source(documents[0].blocks()[0].span), None, "bytes of a cell are no bytes of the file");
}

#[test]
fn several_columns_of_words_are_read_together_under_their_names() {
    check(
        "incidents.csv",
        "ward,what happened,afterwards\nTeal,Sam was asked to come in and he did not want to.,Kim and Sam talked it \
         over at length in the garden.\n",
        &[
            "row 1: h2|what happened / p|Sam was asked to come in and he did not want to. / h2|afterwards / p|Kim and Sam \
           talked it over at length in the garden.",
        ],
    );
}

#[test]
fn a_column_that_is_known_by_name_is_taken_at_its_word() {
    let text = "note_id,person,NOTE TITLE,Note-Text,comment\n81,7,Letter,Slept well.,Nothing of this is read because \
                the column of notes is known\n";
    check_known("notes.csv", text, &["row 1, note_id 81: h1|Letter / p|Slept well."]);
}

#[test]
fn the_column_that_was_asked_for_is_read_and_no_other() {
    let text = "day,note,plan\nMon,Sam walked to the shop with Kim and came back.,Walk.\n";
    let asked = |name| Reading { text_column: Some(name), ..Reading::default() };
    check_with(&asked("Plan"), "notes.csv", text, &["row 1: p|Walk."]);
    check_with(&asked("plam"), "notes.csv", text, &["-! There is no column of the name that --text-column gives"]);
}

#[test]
fn a_table_without_words_is_never_clean() {
    check("a.csv", "", &["-! There are no words in this file, or only markup, so nothing in it was checked"]);
    check("a.csv", "day,count\nMon,3\n", &["-! No column of this table seems to hold running text"]);
}

#[test]
fn a_first_row_of_words_is_no_name_of_a_column() {
    let documents = all(
        "a.csv",
        b"1,Sam went home.\n2,Sam came back again later that night with his sister Ada.\n",
        &Reading::default(),
    );
    assert_eq!(told(&documents).len(), 2);
    assert!(documents[0].remarks()[0].contains("column 2"), "{:?}", documents[0].remarks());
}

#[test]
fn a_file_of_several_documents_is_not_read_as_one() {
    let document = read("a.csv", b"note\nSam walked to the shop with Kim and came back.\nSam slept well.\n");
    assert!(document.is_unreadable());
}
