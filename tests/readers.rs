//! Reading: blocks, places and words.
use dignity::document::{BlockKind, Document};

fn read(text: &str) -> Document {
    dignity::read::read("note.txt", text.as_bytes())
}

/// The words of every block that is a statement.
fn statements(document: &Document) -> Vec<&str> {
    document.blocks().iter().filter(|b| !b.kind.is_structure()).map(|b| document.words(b.span)).collect()
}

#[test]
fn hard_wrapped_lines_are_one_paragraph() {
    let document = read("The walk was\nlong and calm.\n\nTea came after.\n");
    assert_eq!(statements(&document), ["The walk was\nlong and calm.", "Tea came after."]);
    assert!(document.blocks().iter().all(|b| b.kind == BlockKind::Paragraph));
}
