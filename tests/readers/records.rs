//! Files that hold many documents: every one is read for itself, and says where it stands.

use super::{at, blocks};
use dignity::document::{Document, Place};
use dignity::read::{Reading, read, read_each};

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
    check("notes.csv", text, &["row 1, note_id 81: h1|Letter / p|Slept well."]);
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

const BUNDLE: &str = r#"{"resourceType":"Bundle","entry":[
 {"resource":{"resourceType":"Patient","name":[{"text":"Pip Sorrel"}],"text":{"status":"generated","div":"<div>Pip Sorrel</div>"}}},
 {"resource":{"resourceType":"Condition","note":[{"text":"Slept well.\nWoke at six."},{"text":"Ate well."}]}},
 {"resource":{"resourceType":"Composition","title":"Stay","section":[{"title":"Plan","text":{"status":"additional","div":"<div><p>Walks daily.</p><ul><li>tea</li></ul></div>"}}]}},
 {"resource":{"resourceType":"QuestionnaireResponse","item":[{"text":"Mood","answer":[{"valueString":"Low today"}]}]}},
 {"resource":{"resourceType":"DocumentReference","content":[
   {"attachment":{"contentType":"text/plain","data":"TU9PRDogTG93Lgo="}},
   {"attachment":{"contentType":"text/plain","url":"Binary/7"}},
   {"attachment":{"contentType":"text/plain","data":"&&"}}]}}]}"#;

#[test]
fn every_resource_with_prose_is_a_document_at_its_path() {
    check(
        "bundle.json",
        BUNDLE,
        &[
            "Bundle.entry[1].resource: p|Slept well.\nWoke at six. / p|Ate well.",
            "Bundle.entry[2].resource: h1|Stay / h2|Plan / p|Walks daily. / i0|tea",
            "Bundle.entry[3].resource: ?|Mood / p|Low today",
            "Bundle.entry[4].resource.content[0].attachment: h3|MOOD / p|Low.",
            "Bundle.entry[4].resource.content[1].attachment! Its words stand elsewhere and are named by their address \
             only, so they were not read",
            "Bundle.entry[4].resource.content[2].attachment! The document attached here is damaged (base64)",
        ],
    );
    let documents = all("bundle.json", BUNDLE.as_bytes(), &Reading::default());
    let path = |path: &str, line| Place::Path { path: format!("Bundle.entry[{path}"), line };
    assert_eq!(documents[0].place(at(&documents[0], "Woke")), path("1].resource.note[0].text", Some(2)));
    assert_eq!(documents[0].place(at(&documents[0], "Ate")), path("1].resource.note[1].text", None));
    assert_eq!(documents[1].place(at(&documents[1], "Walks")), path("2].resource.section[0].text.div", None));
}

#[test]
fn a_line_that_is_no_resource_does_not_stop_the_others() {
    check(
        "all.ndjson",
        "{\"resourceType\":\"Flag\",\"code\":{\"text\":\"Calm\"}}\n{\"resource\n{\"resourceType\":\"Task\",\"description\":\"Ring Ada.\"}\n",
        &["line 1: p|Calm", "line 2! This is no whole JSON", "line 3: p|Ring Ada."],
    );
}

#[test]
fn a_record_of_data_alone_is_never_clean() {
    check(
        "a.json",
        "{\"resourceType\":\"Patient\",\"name\":[{\"text\":\"Pip\"}]}",
        &["-! There is no text that people wrote in this record, only data, so nothing in it was checked"],
    );
}

#[test]
fn objects_of_an_export_are_rows() {
    let row = |n: u8| {
        format!("{{\"id\":\"{n}\",\"note\":{{\"body\":\"Sam walked to shop number {n} with Kim and came back.\"}}}}")
    };
    let expect = [1, 2].map(|n| format!("row {n}: p|Sam walked to shop number {n} with Kim and came back."));
    let expect: Vec<&str> = expect.iter().map(String::as_str).collect();
    check("a.jsonl", &format!("{}\n{}\n", row(1), row(2)), &expect);
    check("a.json", &format!("{{\"rows\":[{},{}]}}", row(1), row(2)), &expect);
}

const MESSAGE: &str = "MSH|^~\\&|A|B|||2026||ORU^R01|1|P|2.5\rPID|1||7||Sorrel^Pip\rOBX|1|TX|11506-3^Progress note||MOOD: Low.\r\
    OBX|2|TX|11506-3^Progress note||Tea \\T\\ toast~and a walk.\rOBX|3|NM|1^Pulse||70\r\
    OBX|4|FT|2^Plan||Rest.\\.br\\Walk.\rNTE|1||Ada rang.\rOBX|5|ED|3^Letter||^TEXT^plain^Base64^TU9PRDogTG93Lgo=\r";

#[test]
fn the_results_of_a_message_are_joined_before_they_are_read() {
    let expect = [
        "OBX[5]-5[1]: h3|MOOD / p|Low.",
        "-: h1|Progress note / h3|MOOD / p|Low.\nTea & toast\nand a walk. / h1|Plan / p|Rest.\nWalk. / p|Ada rang.",
    ];
    for end in ["\r", "\n", "\r\n"] {
        check("a.hl7", &MESSAGE.replace('\r', end), &expect);
    }
    let documents = all("a.hl7", MESSAGE.as_bytes(), &Reading::default());
    let path = |path: &str, line| Place::Path { path: path.to_owned(), line };
    assert_eq!(documents[1].place(at(&documents[1], "and a walk")), path("OBX[2]-5[2]", None));
    assert_eq!(documents[1].place(at(&documents[1], "Walk.")), path("OBX[4]-5[1]", Some(2)));
    assert_eq!(documents[1].place(at(&documents[1], "Ada")), path("NTE[1]-3[1]", None));
}

#[test]
fn each_message_of_a_batch_is_a_document() {
    let text = "FHS|^~\\&\nMSH|^~\\&|A\nNTE|1||Slept well.\nMSH|^~\\&|A\nNTE|1||Woke early.\nFTS|2\n";
    check("a.hl7", text, &["message 1: p|Slept well.", "message 2: p|Woke early."]);
}

const CLINICAL: &str = r#"<?xml version="1.0"?><ClinicalDocument xmlns="urn:hl7-org:v3"><title>Summary</title><component><structuredBody>
 <component><section><title>Mental status</title><text><paragraph>Calm &amp;
   rested.<br/>Slept well.</paragraph><list><item>tea</item><item>a walk</item></list></text></section></component>
 <component><section><title>Plan</title><text><table><thead><tr><th>Day</th><th>What</th></tr></thead>
   <tbody><tr><td>Monday</td><td><content>Walk</content> far</td></tr></tbody></table></text></section></component>
 </structuredBody></component></ClinicalDocument>"#;

#[test]
fn narrative_is_read_in_order_with_its_path() {
    check(
        "a.xml",
        CLINICAL,
        &[
            "-: h1|Mental status / p|Calm & rested.\nSlept well. / i0|tea / i0|a walk / h1|Plan / th0.0|Day / th0.1|What / \
           td1.0|Monday / td1.1|Walk far",
        ],
    );
    let documents = all("a.xml", CLINICAL.as_bytes(), &Reading::default());
    let section = "/ClinicalDocument/component[1]/structuredBody[1]/component[2]/section[1]";
    let path = format!("{section}/text[1]/table[1]/tbody[1]/tr[1]/td[2]");
    assert_eq!(documents[0].place(at(&documents[0], "Walk far")), Place::Path { path, line: None });
}

#[test]
fn xml_that_is_no_whole_clinical_document_is_refused() {
    check("a.xml", &CLINICAL[..CLINICAL.len() - 40], &["-! This is no whole XML"]);
    check(
        "a.xml",
        "<section><text>Slept.</text></section>",
        &["-! This XML is no clinical document (C-CDA), and no other sort is read"],
    );
}

#[test]
fn a_document_embedded_in_a_clinical_document_is_read_by_its_own_reader() {
    let text = "<ClinicalDocument><component><nonXMLBody><text mediaType='text/plain' representation='B64'>TU9PRDog\nTG93Lgo=</text>\
                </nonXMLBody></component></ClinicalDocument>";
    check("a.xml", text, &["/ClinicalDocument/component[1]/nonXMLBody[1]/text[1]: h3|MOOD / p|Low."]);
}

const ZIP: &[u8] = include_bytes!("../../fixtures/formats/notes.zip");
const GZ: &[u8] = include_bytes!("../../fixtures/formats/lines.ndjson.gz");

#[test]
fn members_of_a_packed_folder_are_read_each_by_its_reader() {
    assert_eq!(
        told(&all("notes.zip", ZIP, &Reading::default())),
        [
            "ward/monday.txt: p|Pip Sorrel slept well and walked to the pond.",
            "ward/week.csv, row 1: p|Pip Sorrel asked for tea and then sat in the garden.",
            "ward/map.png! a format this program does not read",
            "ward/broken.json! This is no whole JSON",
        ]
    );
    assert!(all("notes.zip", ZIP, &Reading::default())[2].is_passed_over());
    assert_eq!(told(&all("lines.ndjson.gz", GZ, &Reading::default())), ["lines.ndjson: p|Pip Sorrel slept well."]);
}

#[test]
fn what_is_unpacked_has_a_limit_in_depth_and_in_bytes() {
    let shallow = Reading { depth: 0, ..Reading::default() };
    assert!(told(&all("notes.zip", ZIP, &shallow))[0].contains("! This is packed too deep"));
    let small = Reading { unpacked: 50, ..Reading::default() };
    assert!(told(&all("notes.zip", ZIP, &small))[1].contains("! The file it is packed in unpacks to more"));
}

#[test]
fn damaged_records_are_read_or_refused_and_no_words_leave_them() {
    let files: [(&str, &[u8]); 5] = [
        ("a.json", BUNDLE.as_bytes()),
        ("a.hl7", MESSAGE.as_bytes()),
        ("a.xml", CLINICAL.as_bytes()),
        ("a.zip", ZIP),
        ("a.ndjson.gz", GZ),
    ];
    for (name, bytes) in files {
        for at in 0..bytes.len() {
            let mut flipped = bytes.to_vec();
            flipped[at] ^= 0x15;
            for damaged in [&bytes[..at], &flipped] {
                let documents = all(name, damaged, &Reading::default());
                assert!(!documents.is_empty(), "{name}, {at}: nothing is said of it");
                for problem in documents.iter().flat_map(Document::problems) {
                    for word in ["Sorrel", "Slept", "Calm", "toast", "Monday"] {
                        assert!(!problem.what.contains(word), "{name}, {at}: {}", problem.what);
                    }
                }
            }
        }
    }
}
