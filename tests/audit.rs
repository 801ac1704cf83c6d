//! The account of policies: every quotation stands where it says, and no text can script or break the page.

use dignity::document::{Kind, Reason};
use dignity::finding::Checked;
use dignity::report::audit::{Audit, By, Quote, State};
use dignity::report::{Excerpts, Report, Style};
use dignity::rule::RuleSet;
use std::fs;
use std::path::Path;

fn report(rules: &RuleSet, checked: Vec<Checked>) -> Report<'_> {
    Report {
        checked,
        unread: Vec::new(),
        rules_in_force: rules.in_force_count(),
        rules,
        profile: None,
        took: None,
        version: "test",
    }
}

fn checker() -> dignity::checker::Checker {
    dignity::checker::Checker { rules: crate::rules::built_in().clone(), ..Default::default() }
}

fn policies() -> Vec<Checked> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/policies");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "md" || ending == "html"));
    files.sort();
    let checker = checker();
    files
        .iter()
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            checker.check(&name, Some((Kind::Policy, Reason::Asked)), &fs::read(path).unwrap())
        })
        .collect()
}

#[test]
fn every_quotation_stands_word_for_word_where_it_says() {
    let checker = checker();
    let report = report(&checker.rules, policies());
    let mut walked = 0;
    for by in [By::Crpd, By::QualityRights, By::Recovery] {
        let audit = Audit::of(&report, by, &Style::default());
        for (account, checked) in audit.documents.iter().zip(&report.checked) {
            let elements = account.clauses.iter().flat_map(|clause| &clause.elements);
            let quotes: Vec<&Quote> = elements
                .filter_map(|element| element.quote.as_ref())
                .chain(account.concerns.iter().filter_map(|concern| concern.quote.as_ref()))
                .collect();
            for quote in quotes {
                let words = &checked.document.text()[quote.start as usize..quote.end as usize];
                assert_eq!(words.replace(['\n', '\t'], " "), quote.text, "{}", account.name);
                let line: u32 = quote.place.strip_prefix("line ").unwrap().parse().unwrap();
                let line = checked.document.line(line).unwrap();
                let first = quote.text.split_whitespace().next().unwrap();
                assert!(checked.document.words(line).contains(first), "{}: {}", account.name, quote.place);
                walked += 1;
            }
        }
    }
    assert!(walked > 100, "{walked}");
}

#[test]
fn what_is_seen_has_its_words_and_what_is_not_has_none() {
    let checker = checker();
    let report = report(&checker.rules, policies());
    let audit = Audit::of(&report, By::Crpd, &Style::default());
    let (mut seen, mut absent) = (0, 0);
    for element in audit.documents.iter().flat_map(|account| &account.clauses).flat_map(|clause| &clause.elements) {
        match element.state {
            State::NotSeen => absent += usize::from(element.quote.is_none()),
            _ => seen += usize::from(element.quote.is_some()),
        }
    }
    let total = audit.total();
    assert_eq!((seen, absent), (total.seen + total.denied, total.absent));
    assert!(seen > 0 && absent > 0);
}

const HOSTILE: &str = "# Seclusion policy <script>alert(1)</script>\n\nSeclusion is used as needed \"><img src=x \
    onerror=alert(2)> by staff.\n\nPatients must comply </style><script>alert(3)</script> \u{202e}with all rules\u{202c} \
    &lt;b&gt; ```.\n\nAll patients must hand over chargers on admission <svg onload=alert(4)>.\n";

#[test]
fn no_text_can_script_or_break_the_page() {
    let checker = checker();
    let long = format!("{HOSTILE}\n{} patients must hand over phones.\n", "w".repeat(20_000));
    // Not Markdown: there the reader itself takes markup for markup.
    let looked = checker.check("<b>\"x'.txt", Some((Kind::Policy, Reason::Asked)), long.as_bytes());
    let report = report(&checker.rules, vec![looked]);
    let audit = Audit::of(&report, By::Crpd, &Style::default());
    assert!(!audit.documents[0].concerns.is_empty());
    let page = audit.html(Some(&report));
    for wrong in ["<script", "<img", "<svg onload", "onerror=alert(2)>\"", "\u{202e}", "<b>"] {
        assert!(!page.contains(wrong), "{wrong}");
    }
    assert!(page.contains("&lt;script&gt;"));
    // One style, one policy, and no address is asked for anything.
    assert_eq!(page.matches("</style>").count(), 1);
    assert!(page.contains("default-src 'none'"));
    assert!(!page.contains("src=\"") && !page.contains("url("));
}

#[test]
fn words_about_a_person_are_left_out_unless_asked_for() {
    let checker = checker();
    let text = b"# Notes\n\nTansy Cullen was restrained by four staff and taken to seclusion.\n";
    let look = |excerpts| {
        let looked = checker.check("note.md", Some((Kind::Record, Reason::Asked)), text);
        let report = report(&checker.rules, vec![looked]);
        let audit = Audit::of(&report, By::Crpd, &Style { excerpts, ..Style::default() });
        audit.html(Some(&report)) + &audit.markdown() + &audit.json() + &audit.csv()
    };
    assert!(!look(None).contains("Tansy"));
    assert!(look(Some(Excerpts::Full)).contains("Tansy"));
}

#[test]
fn every_link_of_the_page_leads_somewhere_and_no_id_stands_twice() {
    let checker = checker();
    let report = report(&checker.rules, policies());
    let page = Audit::of(&report, By::Crpd, &Style::default()).html(Some(&report));
    let after = |mark: &str| -> Vec<String> {
        page.split(mark).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
    };
    let mut ids = after(" id=\"");
    let count = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), count);
    for target in after("href=\"#") {
        assert!(ids.contains(&target), "{target}");
    }
}
