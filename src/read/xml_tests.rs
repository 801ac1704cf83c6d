use super::{Fault, Step, Xml, text};

/// The steps of `written` in one line: `+name`, `-name`, words in quotes.
fn steps(written: &str) -> String {
    let mut xml = Xml::new(written);
    let mut said = Vec::new();
    loop {
        match xml.step() {
            Ok(Some(Step::Open(tag))) => said.push(format!("+{}", tag.name())),
            Ok(Some(Step::Close(name))) => said.push(format!("-{name}")),
            Ok(Some(Step::Words(words))) => said.push(format!("'{words}'")),
            Ok(None) => break,
            Err(fault) => {
                said.push(format!("{fault:?}"));
                break;
            }
        }
    }
    said.join(" ")
}

#[test]
fn elements_have_local_names_and_empty_ones_are_closed() {
    for (written, expect) in [
        ("<w:p><w:t>a</w:t></w:p>", "+p +t 'a' -t -p"),
        ("<a><b x='1' /><c/></a>", "+a +b -b +c -c -a"),
        ("<?xml version='1.0'?><!-- no --><a><![CDATA[<x> & y]]></a>", "+a '<x> & y' -a"),
        ("<a>one &amp; two&#x2019;s &nbsp;&lt;b&gt;</a>", "+a 'one ' '&' ' two' '\u{2019}' 's ' ' ' '<' 'b' '>' -a"),
        ("<a>x &unknown; y</a>", "+a 'x ' '&unknown;' ' y' -a"),
        ("<a>1\r\n2</a>", "+a '1\n2' -a"),
    ] {
        assert_eq!(steps(written), expect, "{written}");
    }
}

#[test]
fn what_is_no_sound_xml_is_a_fault_behind_what_could_be_read() {
    for (written, expect) in [
        ("<a>words", "+a 'words' Broken"),
        ("<a>words</b>", "+a 'words' Broken"),
        ("<a>words</a", "+a 'words' Broken"),
        ("<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", "Entities"),
        ("<!DOCTYPE html PUBLIC 'x' 'y'><a/>", "+a -a"),
    ] {
        assert_eq!(steps(written), expect, "{written}");
    }
    assert!(steps(&"<a>".repeat(200_000)).ends_with("Deep"));
}

#[test]
fn attributes_are_found_by_local_name_and_unescaped() {
    let mut xml = Xml::new("<a w:val='x &amp; y' val='z'/>");
    let Ok(Some(Step::Open(tag))) = xml.step() else { panic!("an element") };
    assert_eq!(tag.value("val").as_deref(), Some("x & y"));
    assert!(tag.value("none").is_none() && tag.is("val", "x & y"));
}

#[test]
fn an_element_is_skipped_with_all_that_is_in_it() {
    let mut xml = Xml::new("<a><b><b>x</b><c/></b>words</a>");
    let (_, _) = (xml.step().unwrap(), xml.step().unwrap());
    xml.skip().unwrap();
    let Ok(Some(Step::Words(words))) = xml.step() else { panic!("words") };
    assert_eq!(words, "words");
    assert_eq!(xml.range, 22..27);
}

#[test]
fn bytes_are_decoded_as_they_declare_themselves() {
    let check = |bytes: &[u8], expect: &str| assert_eq!(text(bytes).unwrap().text, expect);
    check(
        b"<?xml version='1.0' encoding='windows-1252'?><a>\x92</a>",
        "<?xml version='1.0' encoding='windows-1252'?><a>\u{2019}</a>",
    );
    check(b"<?xml version=\"1.0\" encoding=\"utf-16\"?><a/>", "<?xml version=\"1.0\" encoding=\"utf-16\"?><a/>");
    check(b"\xEF\xBB\xBF<a/>", "<a/>");
    let wide: Vec<u8> = "\u{FEFF}<a>\u{E9}</a>".encode_utf16().flat_map(u16::to_be_bytes).collect();
    check(&wide, "<a>\u{E9}</a>");
    assert_eq!(text(&[0, 1, 2, 3, 0, 0, 0, 5, 200]).err(), Some(Fault::NoText));
}
