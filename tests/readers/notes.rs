//! Where one note ends and the next begins.

use super::{note, page};
use dignity::document::Document;

/// Every entry as its stamp and the first and last word in it.
fn entries(document: &Document) -> Vec<(Option<&str>, String)> {
    let ends = |words: &str| {
        let words: Vec<&str> = words.split_whitespace().collect();
        format!("{}…{}", words.first().unwrap_or(&""), words.last().unwrap_or(&""))
    };
    let all = document.entries().iter();
    all.map(|entry| (entry.stamp.map(|stamp| document.words(stamp)), ends(document.words(entry.span)))).collect()
}

#[test]
fn entries_begin_at_dates_and_times() {
    let document = note(
        "Record of Sam\n\n14/03/2026 15:10\nWalked.\n\n17:00 Tea.\n\nSaturday 14 March 2026\nSlept.\n\n1510 hrs Woke.\n\n3.10pm: Ate.\n",
    );
    let expect = [
        (Some("14/03/2026 15:10"), "Record…Walked.".to_owned()),
        (Some("17:00"), "17:00…Tea.".to_owned()),
        (Some("Saturday 14 March 2026"), "Saturday…Slept.".to_owned()),
        (Some("1510 hrs"), "1510…Woke.".to_owned()),
        (Some("3.10pm"), "3.10pm:…Ate.".to_owned()),
    ];
    assert_eq!(entries(&document), expect);
}

/// The stamp of every entry, and whether it names a day.
fn stamps(document: &Document) -> Vec<(&str, bool)> {
    document.entries().iter().filter_map(|entry| Some((document.words(entry.stamp?), entry.dated))).collect()
}

/// Whether a line, with words under it, opens an entry with this stamp; as plain text and as Markdown.
fn opens(line: &str, stamp: &str, dated: bool) {
    let text = format!("Notes of one week\n\n10:00 Walked.\n\n{line}\nShe slept well and had soup.\n");
    for document in [note(&text), page(&text)] {
        let expect = [("10:00", false), (stamp, dated)];
        assert_eq!(stamps(&document), expect, "{line} in {}", document.format());
    }
}

/// Whether a line opens no entry.
fn opens_none(line: &str) {
    for document in [note(line), page(line)] {
        assert_eq!(stamps(&document), [], "{line} in {}", document.format());
    }
}

#[test]
fn stamps_are_seen_as_wards_write_them() {
    opens("## 04/02/2026 0915 - Music session", "04/02/2026 0915", true);
    opens("## Sat 7/3/26 PM shift", "Sat 7/3/26 PM shift", true);
    opens("Monday 9 March, late shift", "Monday 9 March, late shift", true);
    opens("09/03 15:10", "09/03 15:10", true);
    opens("09/03 1510 - R/N Fennel", "09/03 1510", true);
    opens("NIGHT SHIFT 14/3", "NIGHT SHIFT 14/3", true);
    opens("Night shift, Sat 14/03/26", "Night shift, Sat 14/03/26", true);
    opens("Sat 14/3 - calm", "Sat 14/3", true);
    opens("14 March 0915: calm", "14 March 0915", true);
    opens("March 14, 1998: calm", "March 14, 1998", true);
    opens("14/03/2026 (early)", "14/03/2026 (early", true);
    opens("0800 EARLY - S/N Yarrow", "0800 EARLY", false);
    opens("1030 - Dr Fennel, ward round", "1030", false);
    opens("1030-1115 - Dr Fennel", "1030-1115", false);
    opens("0800 KE: calm", "0800", false);
    opens("0800 HCA Quill came", "0800", false);
    opens("12:40, HCA Quill", "12:40", false);
}

#[test]
fn a_stamp_in_bold_opens_an_entry() {
    for line in ["**12:40**, HCA Quill", "**12:40, HCA Quill**", "**1240 - HCA Quill**"] {
        let text = format!("10:00 Walked.\n{line}\nSlept.\n");
        for (document, bold) in [(note(&text), true), (page(&format!("10:00 Walked.\n\n{line}\nSlept.\n")), false)] {
            let found = stamps(&document);
            assert_eq!(found.len(), 2, "{line} in {}", document.format());
            assert_eq!(found[1].0.starts_with("**"), bold);
        }
    }
}

#[test]
fn figures_that_are_no_time_open_no_entry() {
    for line in [
        "2019 was hard for her",
        "2019 - a hard year\n\n2014 - moved here",
        "1985 - born\n\n2014 - moved here",
        "2014 - moved here",
        "2000-3000 - so many steps a day",
        "0131 - 555 0192",
        "2561 - a room",
        "0800 - 1600 people came",
        "1500 people came",
        "1000 NHS trusts",
        "1800-calorie diet",
        "BRAIN SCAN, 2/6/89: Clear.\n\nHEART SCAN, 3/6/89: Clear.",
        "3/7 of cough",
        "1/2 tablet given",
        "3/7 Cough",
        "Night of 14/3 was calm",
        "Late March was cold",
        "Day 3 of her stay",
    ] {
        opens_none(line);
    }
    opens_none("4.1 Rounds\n\nSeen at night.\n\n4.2 Doors\n\n1030 - Dr Fennel\n");
}

#[test]
fn headings_that_end_with_a_date_open_entries_where_there_are_several() {
    let notes = "# Notes, printed 1 May 2026\n\n## Ward round - 14/03/2026\n\nWalked.\n\n## Music (Sat 21 March 2026)\n\nSang.\n";
    assert_eq!(stamps(&page(notes)), [("14/03/2026", true), ("Sat 21 March 2026", true)]);
    opens_none("# Policy of 14 March 2026\n\n## Agreed on 2 May 2026\n\nText.\n\n## Review by 2 May 2027\n\nText.\n");
    opens_none("# Policy 14/03/2026\n\nText.\n");
}

#[test]
fn a_dated_heading_opens_an_entry_up_to_the_next() {
    let document = page("## 04/02/2026 0915 - Music\n\nSang.\n\n### Plan\n\nWalk.\n\n## Sat 7/3/26 PM shift\n\nTea.\n");
    let words: Vec<String> = entries(&document).into_iter().map(|(_, words)| words).collect();
    assert_eq!(words, ["04/02/2026…Walk.", "Sat…Tea."]);
}

#[test]
fn a_date_above_a_time_opens_one_entry() {
    let document = page("## 2026-03-14\n\n### Event\n\n15:10 - Walked.\n\n16:00 - Tea.\n");
    let expect = [(Some("2026-03-14"), "2026-03-14…Walked.".to_owned()), (Some("16:00"), "16:00…Tea.".to_owned())];
    assert_eq!(entries(&document), expect);
}

#[test]
fn a_signature_ends_an_entry_with_the_date_it_holds() {
    let document =
        note("14.03.26 Walked.\nSigned: Kim Example\nDate: 14.03.26\n\nLater words.\n\n15.03.26 Tea. - KE\n\nMore.\n");
    let expect = [
        (Some("14.03.26"), "14.03.26…14.03.26".to_owned()),
        (None, "Later…words.".to_owned()),
        (Some("15.03.26"), "15.03.26…KE".to_owned()),
        (None, "More.…More.".to_owned()),
    ];
    assert_eq!(entries(&document), expect);
}

#[test]
fn dates_inside_sentences_do_not_cut_a_policy() {
    let policy = "This policy was agreed by the board on\n14 March 2026 and stands until the review that the board has set for\n\
                  2027-01-01 unless it says otherwise.\n\n2.1.10 Staff write what they did.\n\nSigned: Kim Example\n\nAnnex.\n";
    assert_eq!(note(policy).entries().len(), 1);
}
