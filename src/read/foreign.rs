//! Files that are no text: what they seem to be, in plain words, and what a person can do.

/// First bytes, what the file seems to be, and how to go on.
const MAGIC: &[(&[u8], &str, &str)] = &[
    (b"%PDF-", "a PDF", AS_TEXT),
    (b"{\\rtf", "an RTF document", AS_TEXT),
    (b"\x89PNG\r\n\x1A\n", "a picture (PNG)", TYPED),
    (b"\xFF\xD8\xFF", "a picture (JPEG)", TYPED),
    (b"GIF8", "a picture (GIF)", TYPED),
    (b"II*\0", "a scanned picture (TIFF)", TYPED),
    (b"MM\0*", "a scanned picture (TIFF)", TYPED),
    (b"\x1F\x8B", "a compressed file (gzip)", UNPACK),
    (b"BZh", "a compressed file (bzip2)", UNPACK),
    (b"\xFD7zXZ\0", "a compressed file (xz)", UNPACK),
    (b"7z\xBC\xAF\x27\x1C", "an archive (7z)", UNPACK),
    (b"Rar!\x1A\x07", "an archive (RAR)", UNPACK),
    (b"SQLite format 3\0", "a database (SQLite)", "Export the notes in it as text."),
    (b"\x7FELF", "a program", "Name the documents to check instead."),
    (b"ID3\x03", "a sound recording", TYPED),
    (b"OggS", "a sound recording", TYPED),
];

const AS_TEXT: &str = "Save it as text (.txt) or Markdown and check that.";
const TYPED: &str = "Type out its words, or have them recognised, and check the text.";
const UNPACK: &str = "Unpack it and check what is inside.";

/// Why a file with this `ending` that no reader knows by its content cannot be read; `None` when a reader may try.
/// `meant` says that some reader is meant for the ending.
pub(super) fn what(ending: &str, bytes: &[u8], meant: bool) -> Option<String> {
    let said = |what: &str, how: &str| Some(format!("This is {what}, which this build does not read yet. {how}"));
    if bytes.starts_with(OLE) {
        return Some(older_office(bytes).to_owned());
    }
    if let Some((_, what, how)) = MAGIC.iter().find(|(magic, _, _)| bytes.starts_with(magic)) {
        return said(what, how);
    }
    if bytes.starts_with(b"PK\x03\x04") && !PACKED.contains(&ending) {
        let (what, how) = package(ending, bytes);
        return said(what, how);
    }
    if !meant && is_structured(ending) {
        return said("a structured record or table, not running text", "Export the notes in it as text.");
    }
    None
}

/// Endings of the packed files that readers are meant for: they say themselves what is wrong with one.
const PACKED: &[&str] = &["docx", "docm", "dotx", "dotm", "odt", "ott", "fodt", "epub", "zip"];

/// How files of older Office programs begin, whatever is in them.
const OLE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// What an older Office file holds: its parts are named in it, two bytes a letter.
fn older_office(bytes: &[u8]) -> &'static str {
    let names = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memchr::memmem::find(bytes, &wide).is_some()
    };
    if names("EncryptedPackage") {
        "This document is protected by a password. Save a copy without one and check that."
    } else if names("WordDocument") {
        "This is an older Word document (.doc), which is not read. Open it in Word or LibreOffice and save it as .docx."
    } else if names("__substg1.0_") {
        "This is an Outlook message (.msg), which is not read. Save it from the mail program as .eml or as text."
    } else if names("Workbook") || names("Book") {
        "This is an older spreadsheet (.xls), which is not read. Export the notes in it as text."
    } else if names("PowerPoint Document") {
        "This is an older presentation (.ppt), which is not read. Save its words as text."
    } else {
        "This is an older Office document (such as .doc) or an Outlook message, which is not read. Save it as .docx or as text."
    }
}

/// What to say of a saved web page under the name of a document; `None` when it is none.
pub(super) fn page_named(ending: &str, head: &[u8]) -> Option<String> {
    is_page(head).then(|| binary_name(ending)).flatten()
}

/// A saved web page under the name of a document: a download that went wrong more often than not.
fn binary_name(ending: &str) -> Option<String> {
    const BINARY: &[&str] = &["pdf", "doc", "docx", "odt", "rtf", "xls", "xlsx", "ppt", "pptx", "epub"];
    BINARY.contains(&ending).then(|| {
        format!("This is a saved web page named .{ending}; the document itself is not in it. Fetch the document again.")
    })
}

/// Whether a text begins as a web page does.
pub(super) fn is_page(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    let begins = |tag: &[u8]| head.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag));
    if begins(b"<!doctype html") || begins(b"<html") || begins(b"<head") || begins(b"<body") {
        return true;
    }
    // A declaration or a comment may come first.
    (begins(b"<?xml") || begins(b"<!--"))
        && head[..head.len().min(1024)].windows(5).any(|word| word.eq_ignore_ascii_case(b"<html"))
}

fn package(ending: &str, bytes: &[u8]) -> (&'static str, &'static str) {
    let has = |name: &[u8]| memchr::memmem::find(bytes, name).is_some();
    if has(b"xl/") || ending == "xlsx" {
        ("a spreadsheet (.xlsx)", "Export the notes in it as text.")
    } else {
        ("an archive (ZIP) or a packed document", UNPACK)
    }
}

fn is_structured(ending: &str) -> bool {
    const STRUCTURED: &[&str] = &["yaml", "yml", "mhtml", "eml", "msg", "parquet", "fsh"];
    STRUCTURED.contains(&ending)
}
