//! What people and programs get to read: the same findings in every format, safe to show, and private.

use dignity::document::{BlockKind, Document, Kind, Place, Problem, Reason};
use dignity::finding::{Checked, Evidence, EvidenceState, Finding, Missing, Standing, Words};
use dignity::report::{Excerpts, REPORTERS, Report, Style, Tally, Unread, reporter};
use dignity::rule::{Basis, Concern, Confidence, Law, RuleId, RuleSet, Severity};
use dignity::span::Span;

/// A document of paragraphs, one a line, under a heading.
pub(crate) fn document(name: &str, kind: Kind, lines: &[&str]) -> Document {
    let mut builder = Document::build(name);
    builder.block(BlockKind::Heading(1), "Event", Place::Line { line: 1, column: 1 });
    for (line, text) in (2..).zip(lines) {
        builder.block(BlockKind::Paragraph, text, Place::Line { line, column: 1 });
    }
    let mut document = builder.finish();
    document.set_kind(kind, Reason::Asked);
    document
}

/// A finding about `words`, which must be in `document`.
pub(crate) fn finding(document: &Document, rule: &str, severity: Severity, words: &str) -> Finding {
    let start = document.text().find(words).expect("the words are in the text");
    let span = Span::new(start, start + words.len());
    Finding {
        rule: RuleId(rule.to_owned()),
        title: "A label in the place of a person".to_owned(),
        severity,
        confidence: Confidence::High,
        span,
        place: document.place(span.start),
        end: document.place(span.end),
        source: document.source(span),
        path: document.headings_above(span.start),
        message: "A label closes the question".to_owned(),
        message_with_words: Words(format!("“{words}” closes the question")),
        why: "A label closes the question of what the person was asking for.".to_owned(),
        ask: Some("What did the person say about it?".to_owned()),
        missing: Vec::new(),
        evidence: Vec::new(),
        alternatives: vec!["say what happened".to_owned()],
        basis: Basis {
            crpd: vec!["8".to_owned(), "12(3)".to_owned()],
            recovery: vec!["strengths".to_owned()],
            quality_rights: Vec::new(),
            law: vec![Law { profile: "gb-eng".to_owned(), reference: "An invented Act s.6".to_owned() }],
        },
        count: 1,
        concern: Concern::Wording,
        standing: Standing::Open,
    }
}

pub(crate) fn gap(document: &Document, words: &str) -> Finding {
    let mut gap = finding(document, "restrictive/record-after-restraint", Severity::Error, words);
    gap.title = "Restraint or seclusion without the record the person is owed".to_owned();
    gap.concern = Concern::Owed;
    gap.message = "Nothing here yet about what was tried first.".to_owned();
    gap.message_with_words = Words(gap.message.clone());
    gap.missing = vec![
        Missing { name: "what was tried first".to_owned(), state: EvidenceState::Silent },
        Missing { name: "how long it lasted".to_owned(), state: EvidenceState::Silent },
        Missing { name: "the person's own account".to_owned(), state: EvidenceState::SaidNotDone },
        Missing { name: "a debrief".to_owned(), state: EvidenceState::Planned },
    ];
    gap.evidence = vec![Evidence { span: gap.span, label: "force is recorded here".to_owned() }];
    gap
}

pub(crate) fn checked(document: Document, findings: impl FnOnce(&Document) -> Vec<Finding>) -> Checked {
    let findings = findings(&document);
    Checked { document, findings, looks: Vec::new(), credits: Vec::new(), entries: 1 }
}

pub(crate) fn report(rules: &RuleSet, checked: Vec<Checked>) -> Report<'_> {
    Report { checked, unread: Vec::new(), rules, rules_in_force: 7, profile: None, took: None, version: "0.0.0" }
}

pub(crate) fn written(name: &str, report: &Report<'_>, style: &Style) -> String {
    let mut out = Vec::new();
    reporter(name).expect("a known format").write(report, style, &mut out).expect("a vector takes everything");
    String::from_utf8(out).expect("reports are UTF-8")
}

pub(crate) fn terminal() -> Style {
    Style { terminal: true, width: 90, ..Style::default() }
}

#[test]
fn a_finding_is_a_block_with_its_words_marked() {
    let rules = RuleSet::default();
    let lines = ["Refused depot. Became agitated and was restrained by four staff.", "Settled."];
    let checked = checked(document("notes/2026-03-14.md", Kind::Record, &lines), |document| {
        vec![gap(document, "restrained by four staff")]
    });
    let shown = written("human", &report(&rules, vec![checked]), &terminal());
    let block = shown.split("\n\n").next().unwrap();
    assert_eq!(
        block,
        "\
notes/2026-03-14.md:2:1 › Event                 error · restrictive/record-after-restraint
  × Restraint or seclusion without the record the person is owed
  2 │ Refused depot. Became agitated and was restrained by four staff.
    ·                                        ────────────┬───────────
    ·                                                    ╰── force is recorded here
  Nothing here yet about   what was tried first · how long it lasted
  Written as not done   the person's own account
  Planned, not yet written as done   a debrief
  Why     A label closes the question of what the person was asking for.
  Right   CRPD 8, 12(3) · recovery: strengths · law: gb-eng (--jurisdiction shows one)
  Rather  say what happened
  Ask     What did the person say about it?"
    );
}

/// Words that must never leave a record.
const CANARIES: [&str; 3] = ["Zebedee Quillfeather", "Zebedee", "31 February"];

pub(crate) fn canaries() -> Checked {
    let line = "Zebedee Quillfeather was non-compliant on 31 February.";
    let mut checked = checked(document("note.md", Kind::Record, &[line]), |document| {
        vec![finding(document, "words/label", Severity::Warning, line), gap(document, "Zebedee Quillfeather")]
    });
    let heading = checked.document.text().find("Zebedee").unwrap();
    checked.findings[0].path.push(Span::new(heading, heading + 7));
    checked
}

#[test]
fn no_word_of_a_record_reaches_a_machine_format() {
    let rules = RuleSet::default();
    for reporter in REPORTERS {
        // A person at a terminal may see the words; a file, a pipe or a program may not.
        let styles = match reporter.name() {
            "human" | "plain" => vec![Style::default(), Style { before_saving: true, ..Style::default() }],
            _ => vec![Style::default(), terminal(), Style { before_saving: true, ..terminal() }],
        };
        for style in styles {
            let shown = written(reporter.name(), &report(&rules, vec![canaries()]), &style);
            for canary in CANARIES {
                assert!(!shown.contains(canary), "{} shows words of a record", reporter.name());
            }
        }
    }
}

#[test]
fn words_of_a_record_are_given_when_they_are_asked_for() {
    let rules = RuleSet::default();
    for reporter in REPORTERS {
        let style = Style { excerpts: Some(Excerpts::Short), ..Style::default() };
        let shown = written(reporter.name(), &report(&rules, vec![canaries()]), &style);
        assert!(shown.contains("Zebedee"), "{}", reporter.name());
    }
}

#[test]
fn words_of_a_policy_are_given_everywhere() {
    let rules = RuleSet::default();
    for reporter in REPORTERS {
        let policy = checked(document("policy.md", Kind::Policy, &["Absconders are searched."]), |document| {
            vec![finding(document, "words/label", Severity::Warning, "Absconders")]
        });
        let shown = written(reporter.name(), &report(&rules, vec![policy]), &Style::default());
        assert!(shown.contains("Absconders"), "{}", reporter.name());
    }
}

#[test]
fn debug_output_holds_no_word_of_a_document() {
    let rules = RuleSet::default();
    let shown = format!("{:?}", report(&rules, vec![canaries()]));
    for canary in CANARIES {
        assert!(!shown.contains(canary));
    }
}

/// Letters that steer terminals, turn lines around, or have no width or two.
const HOSTILE: &str = "\u{1b}[2J\u{7}\u{202e}drawkcab\u{202c} \u{1f600}\te\u{301} \u{9b}31m\u{feff}";

#[test]
fn nothing_in_a_document_can_steer_a_terminal() {
    let rules = RuleSet::default();
    let long = "endless ".repeat(400);
    let line = format!("{HOSTILE} {long} label {long}");
    let name = "evil\u{1b}]0;title\u{7}.md";
    for reporter in ["human", "plain", "line", "github", "csv", "markdown", "junit"] {
        for style in [terminal(), Style { before_saving: true, excerpts: Some(Excerpts::Full), ..terminal() }] {
            let mut one = checked(document(name, Kind::Policy, &[&line]), |document| {
                vec![
                    finding(document, "words/label", Severity::Warning, "label"),
                    finding(document, "words/other", Severity::Error, "drawkcab"),
                ]
            });
            let heading = one.document.text().find("drawkcab").unwrap();
            one.findings[0].path.push(Span::new(heading - 5, heading + 8));
            let mut report = report(&rules, vec![one]);
            let problem = Problem { what: "a \u{1b}[31mred\u{202e} herring".to_owned(), place: None, fatal: true };
            report.unread.push(Unread { path: "no\u{1b}pe".to_owned(), part: None, problem, passed_over: false });
            let shown = written(reporter, &report, &style);
            let bad = |c: char| (c.is_control() && c != '\n' && c != '\t') || ('\u{202a}'..='\u{202e}').contains(&c);
            let bad = |c: char| bad(c) && !(reporter == "csv" && c == '\r');
            assert!(!shown.contains(bad), "{reporter}: {:?}", shown.chars().find(|c| bad(*c)));
        }
    }
}

#[test]
fn no_line_is_longer_than_the_page() {
    let rules = RuleSet::default();
    let long = "endless ".repeat(400);
    let one = checked(document("policy.md", Kind::Policy, &[&format!("{long} label {long}")]), |document| {
        vec![finding(document, "words/label", Severity::Warning, "label")]
    });
    let shown = written("human", &report(&rules, vec![one]), &terminal());
    let longest = shown.lines().map(|line| line.chars().count()).max().unwrap();
    assert!(longest <= 90, "{longest}\n{shown}");
}

#[test]
fn the_mark_stands_under_its_words_behind_wide_and_joined_letters() {
    let rules = RuleSet::default();
    let one = checked(document("policy.md", Kind::Policy, &["\u{1f600} e\u{301} label"]), |document| {
        vec![finding(document, "words/label", Severity::Warning, "label")]
    });
    let shown = written("human", &report(&rules, vec![one]), &terminal());
    let mark = shown.lines().find(|line| line.contains('─')).unwrap();
    // The emoji takes two columns, the letter with its accent one: the label begins in column 5.
    assert_eq!(mark.trim_end(), "    ·      ─────", "{shown}");
}

#[test]
fn a_thousand_findings_in_a_large_document_cost_no_more_each_than_one() {
    let rules = RuleSet::default();
    let line = "A plain sentence of a long policy, written to fill the page. ".repeat(80);
    let lines: Vec<String> = (0..1000).map(|number| format!("{line} label{number:04} {line}")).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let one = checked(document("policy.md", Kind::Policy, &lines), |document| {
        let words = (0..1000).map(|number| format!("label{number:04}"));
        words.map(|words| finding(document, "words/label", Severity::Warning, &words)).collect()
    });
    assert!(one.document.text().len() > 5_000_000);
    let shown = written("human", &report(&rules, vec![one]), &terminal());
    // A renderer that prints, or looks at, whole lines would write ten megabytes here.
    assert!(shown.len() < 1_000_000, "{}", shown.len());
    assert_eq!(shown.matches(" words/label\n").count(), 1000);
}

#[test]
fn every_format_tells_the_same_tally() {
    let rules = RuleSet::default();
    let make = || {
        let mut report = report(&rules, vec![canaries()]);
        let problem = Problem { what: "no text in it".to_owned(), place: None, fatal: true };
        report.unread.push(Unread {
            path: "scan.pdf".to_owned(),
            part: None,
            problem: problem.clone(),
            passed_over: false,
        });
        report.unread.push(Unread { path: ".hidden".to_owned(), part: None, problem, passed_over: true });
        report
    };
    let tally = Tally::of(&make());
    let expect =
        Tally { documents: 1, entries: 1, unreadable: 1, passed_over: 1, errors: 1, warnings: 1, ..Tally::default() };
    assert_eq!(tally, expect);
    let met = "1 document, 1 entry, 1 not read, 1 passed over";
    let found = "1 error, 1 warning, 0 advice; 0 guarded, 0 excepted";
    for name in ["human", "plain", "line", "github", "csv", "markdown", "junit"] {
        let shown = written(name, &make(), &Style { width: 300, ..Style::default() });
        assert!(shown.contains(met) && shown.contains(found), "{name}:\n{shown}");
    }
    let json: serde_json::Value = serde_json::from_str(&written("json", &make(), &Style::default())).unwrap();
    let lines = written("jsonl", &make(), &Style::default());
    let last: serde_json::Value = serde_json::from_str(lines.lines().last().unwrap()).unwrap();
    let sarif: serde_json::Value = serde_json::from_str(&written("sarif", &make(), &Style::default())).unwrap();
    let properties = &sarif["runs"][0]["properties"];
    assert_eq!(properties["shown"], 2);
    let mut in_sarif = properties["tally"].clone();
    in_sarif["shown"] = properties["shown"].clone();
    for value in [&json["tally"], &last, &in_sarif] {
        for (field, number) in [("documents", 1), ("unreadable", 1), ("passed_over", 1), ("errors", 1), ("shown", 2)] {
            assert_eq!(value[field], number, "{field}");
        }
    }
}

#[test]
fn every_line_of_jsonl_is_an_object_with_a_type() {
    let rules = RuleSet::default();
    let shown = written("jsonl", &report(&rules, vec![canaries()]), &Style::default());
    let types: Vec<String> = shown
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["type"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(types, ["run", "document", "finding", "finding", "tally"]);
}

#[test]
fn a_gap_in_json_says_what_is_missing_and_how() {
    let rules = RuleSet::default();
    let json: serde_json::Value =
        serde_json::from_str(&written("json", &report(&rules, vec![canaries()]), &Style::default())).unwrap();
    let gap = &json["findings"][1];
    assert_eq!(gap["missing"], serde_json::json!(["what was tried first", "how long it lasted"]));
    assert_eq!(gap["said_not_done"], serde_json::json!(["the person's own account"]));
    assert_eq!(gap["planned"], serde_json::json!(["a debrief"]));
    assert_eq!(gap["basis"]["law"][0]["sure"], "from-memory");
    assert_eq!(gap["match"], serde_json::Value::Null);
    assert_eq!(json["schema"], "dignity/report/1");
}

#[test]
fn before_saving_asks_three_questions_at_most_and_gaps_come_first() {
    let rules = RuleSet::default();
    let lines = ["She was difficult and then difficult again, manipulative, needy.", "She was restrained."];
    let mut one = checked(document("note.md", Kind::Record, &lines), |document| {
        let mut again = finding(document, "words/difficult", Severity::Error, "difficult again");
        again.span.end = again.span.start + 9;
        let mut overridden = finding(document, "words/needy", Severity::Warning, "needy");
        overridden.concern = Concern::Overridden;
        vec![
            finding(document, "words/difficult", Severity::Error, "difficult"),
            again,
            finding(document, "words/manipulative", Severity::Warning, "manipulative"),
            overridden,
            gap(document, "restrained"),
        ]
    });
    one.credits = vec![Evidence { span: Span::new(0, 3), label: "a choice was offered".to_owned() }];
    let style = Style { before_saving: true, ..terminal() };
    assert_eq!(
        written("human", &report(&rules, vec![one]), &style),
        "\
line 3: Nothing here yet about what was tried first. (“restrained”)
    What did the person say about it?
line 2: “needy” closes the question
    What did the person say about it?
line 2: “difficult” closes the question
    What did the person say about it?
Good to see here: a choice was offered.
"
    );
}

#[test]
fn findings_below_the_shown_level_are_counted_and_not_shown() {
    let rules = RuleSet::default();
    for (show, expect) in [(Severity::Error, 1), (Severity::Warning, 2), (Severity::Advice, 2)] {
        let style = Style { show, ..Style::default() };
        let shown = written("line", &report(&rules, vec![canaries()]), &style);
        assert_eq!(shown.lines().filter(|line| line.starts_with("note.md:")).count(), expect, "{}", show.name());
        assert!(shown.contains("1 error, 1 warning"));
    }
}

#[test]
fn a_screen_reader_hears_no_boxes() {
    let rules = RuleSet::default();
    let shown = written("plain", &report(&rules, vec![canaries()]), &terminal());
    assert!(!shown.contains(['│', '─', '·', '╭', '╰', '×', '\u{1b}']), "{shown}");
    assert!(shown.starts_with("Finding 1 of 2.\nLevel: warning\nWhat: "), "{shown}");
}
