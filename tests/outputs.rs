//! Outputs for build servers and spreadsheets: right places, the same findings in each, and no order to a build server.

use crate::reports::{canaries, checked, document, finding, gap, report, terminal, written};
use dignity::document::{BlockKind, Document, Kind, Place, Reason};
use dignity::report::{Excerpts, REPORTERS, Report, Style, reporter};
use dignity::rule::{RuleSet, Severity};
use serde_json::Value;
use std::process::Command;
use std::time::{Duration, Instant};

/// A place as it is counted in the bytes of a file, by nothing but the bytes.
#[derive(Debug, PartialEq)]
struct Counted {
    line: u64,
    characters: (u64, u64),
    utf16: (u64, u64),
    bytes: (u64, u64),
}

const POSITIONS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/outputs");

/// Where `words` stand in a file of `text`, behind `mark` bytes in front of it.
fn counted(text: &str, mark: usize, words: &str) -> Counted {
    let at = text.find(words).unwrap();
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let before = &text[start..at];
    let line = text[..at].matches('\n').count() as u64 + 1;
    let mark = if line == 1 { mark } else { 0 };
    let range = |from: usize, length: usize| (from as u64 + 1, (from + length) as u64 + 1);
    Counted {
        line,
        characters: range(before.chars().count(), words.chars().count()),
        utf16: range(before.encode_utf16().count(), words.encode_utf16().count()),
        bytes: range(before.len() + mark, words.len()),
    }
}

/// The report of `file`, a policy, in one format.
fn run(file: &str, format: &str) -> String {
    let args = [file, "--kind", "policy", "--no-project", "--format", format, "--at-most", "all", "--fail-on", "never"];
    let done = Command::new(env!("CARGO_BIN_EXE_dignity")).current_dir(POSITIONS).args(args).output().unwrap();
    assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

fn json(file: &str, format: &str) -> Value {
    serde_json::from_str(&run(file, format)).unwrap()
}

fn pair(from: &Value, names: [&str; 2]) -> (u64, u64) {
    let number = |name: &str| from[name].as_u64().unwrap_or_else(|| panic!("no {name} in {from}"));
    (number(names[0]), number(names[1]))
}

/// The one finding of `list` about `rule`.
fn about<'v>(list: &'v Value, field: &str, rule: &str) -> &'v Value {
    let own = list.as_array().unwrap().iter().find(|one| one.pointer(field).and_then(Value::as_str) == Some(rule));
    own.unwrap_or_else(|| panic!("{rule} is not in {list}"))
}

/// Emoji of one and of several signs, combining accents, a tab, markup and `\r\n` stand in front of these words.
const WORDS: [(&str, &str); 3] = [
    ("language/attention-seeking", "attention seeking"),
    ("language/drug-addict", "drug addict"),
    ("policy/privileges", "phone use is a privilege"),
];

#[test]
fn every_format_points_at_the_words_as_counted_in_the_bytes_of_the_file() {
    for (file, mark) in [("positions.md", 0), ("positions-marked.md", 3), ("positions-wide.md", 0)] {
        let bytes = std::fs::read(format!("{POSITIONS}/{file}")).unwrap();
        let text = if file.contains("wide") {
            let units: Vec<u16> = bytes[2..].chunks(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
            String::from_utf16(&units).unwrap()
        } else {
            String::from_utf8(bytes[mark..].to_vec()).unwrap()
        };
        let (own, sarif) = (json(file, "json"), json(file, "sarif"));
        let (gitlab, rdjson) = (json(file, "gitlab"), json(file, "rdjson"));
        let (github, line, csv) = (run(file, "github"), run(file, "line"), run(file, "csv"));
        let (junit, markdown) = (run(file, "junit"), run(file, "markdown"));
        assert_eq!(sarif["runs"][0]["columnKind"], "utf16CodeUnits");
        for (rule, words) in WORDS {
            let expect = counted(&text, mark, words);
            let number = expect.line;

            let found = about(&own["findings"], "/rule", rule);
            assert_eq!(found["place"]["line"], number, "{file} {rule}");
            assert_eq!(pair(&found["place"], ["column", "end_column"]), expect.characters, "{file} {rule}");
            let (from, to) = pair(&found["span"], ["start", "end"]);
            let marked = &bytes[usize::try_from(from).unwrap()..usize::try_from(to).unwrap()];
            let marked = String::from_utf8_lossy(marked).replace('\0', "");
            assert_eq!(marked, words, "{file}");

            let found = about(&sarif["runs"][0]["results"], "/ruleId", rule);
            let region = &found["locations"][0]["physicalLocation"]["region"];
            assert_eq!(pair(region, ["startLine", "endLine"]), (number, number), "{file} {rule}");
            assert_eq!(pair(region, ["startColumn", "endColumn"]), expect.utf16, "{file} {rule}");
            assert_eq!(region["snippet"]["text"], words);

            let found = about(&rdjson["diagnostics"], "/code/value", rule);
            let range = &found["location"]["range"];
            assert_eq!((range["start"]["line"].as_u64(), range["end"]["line"].as_u64()), (Some(number), Some(number)));
            let columns = (range["start"]["column"].as_u64().unwrap(), range["end"]["column"].as_u64().unwrap());
            assert_eq!(columns, expect.bytes, "{file} {rule}");

            let found = about(&gitlab, "/check_name", rule);
            assert_eq!(pair(&found["location"]["lines"], ["begin", "end"]), (number, number));

            let (start, end) = expect.utf16;
            let position = format!("file={file},line={number},endLine={number},col={start},endColumn={end},");
            assert!(github.lines().any(|line| line.contains(&position) && line.contains(rule)), "{position}\n{github}");

            let place = format!("{file}:{number}:{}", expect.characters.0);
            assert!(line.lines().any(|line| line.starts_with(&format!("{place}: ")) && line.contains(rule)), "{place}");
            assert!(junit.contains(&format!("Place: {place}")), "{place}");
            assert!(markdown.contains(&format!("`{place}` · `{rule}`")), "{place}");
            let row = format!(
                "finding,{file},{number}:{0},{number},{0},{number},{1},",
                expect.characters.0, expect.characters.1
            );
            assert!(csv.contains(&row), "{row}\n{csv}");
        }
    }
}

/// Lines that a build server would take for orders, if they began a line of its log, or stood anywhere in it.
const ORDERS: [&str; 6] = [
    "::set-output name=key::label",
    "::error file=a.md,line=1::label",
    "  ::stop-commands::label",
    "::add-mask::label",
    "##[add-path]label",
    "plain ##[error]label ::warning::x",
];

#[test]
fn no_document_gives_orders_to_a_build_server() {
    let rules = RuleSet::default();
    for name in ["::error::a.md", " ::notice::b.md", "c##[error]d.md", "e,line=9::f%0A::error::g.md"] {
        let make = || {
            let one = checked(document(name, Kind::Policy, &ORDERS), |document| {
                let words = ORDERS.iter().map(|order| order.trim());
                let mut all: Vec<_> =
                    words.map(|words| finding(document, "words/label", Severity::Warning, words)).collect();
                all.push(gap(document, "plain"));
                all[1].message_with_words.0 = format!("one two three {0} four {0} five {0}", ORDERS[1]);
                all[2].message_with_words.0 = format!("“{}” closes", ORDERS[2]);
                all
            });
            report(&rules, vec![one])
        };
        for reporter in REPORTERS {
            for width in (20..120).step_by(7) {
                for excerpts in [Excerpts::Full, Excerpts::Short] {
                    let style = Style { width, excerpts: Some(excerpts), ..terminal() };
                    for style in [style.clone(), Style { before_saving: true, ..style }] {
                        orders_in(reporter.name(), &written(reporter.name(), &make(), &style));
                    }
                }
            }
        }
    }
}

/// Fails when a line of `shown` is an order that we did not mean.
fn orders_in(format: &str, shown: &str) {
    for line in shown.split(['\n', '\r']) {
        assert!(!line.contains("##["), "{format}: {line}");
        let Some(order) = line.trim_start().strip_prefix("::") else { continue };
        assert_eq!(format, "github", "{line}");
        let (properties, message) = order.split_once("::").unwrap();
        let (level, properties) = properties.split_once(' ').unwrap();
        assert!(matches!(level, "error" | "warning" | "notice"), "{line}");
        for property in properties.split(',') {
            let (name, value) = property.split_once('=').unwrap();
            assert!(matches!(name, "file" | "line" | "endLine" | "col" | "endColumn" | "title"), "{line}");
            assert!(!value.is_empty() && !value.contains(':'), "{line}");
        }
        assert!(!message.is_empty(), "{line}");
    }
}

#[test]
fn a_name_with_signs_reaches_github_as_it_is() {
    let rules = RuleSet::default();
    let name = "odd, 100%: caf\u{e9}.md";
    let one = checked(document(name, Kind::Policy, &["A label."]), |document| {
        vec![finding(document, "words/label", Severity::Error, "label")]
    });
    let shown = written("github", &report(&rules, vec![one]), &Style::default());
    let line = shown.lines().find(|line| line.starts_with("::error")).unwrap();
    let value = line.split_once("file=").unwrap().1.split(',').next().unwrap();
    let read = value.replace("%2C", ",").replace("%3A", ":").replace("%25", "%");
    assert_eq!(read, name);
}

/// How many findings, and how many files that were not read, a format tells of.
fn told(format: &str, shown: &str) -> Option<(usize, usize)> {
    let json = || serde_json::from_str::<Value>(shown).unwrap();
    let size = |value: &Value| value.as_array().unwrap().len();
    let split = |list: &Value, field: &str| {
        let of = list.as_array().unwrap().iter();
        let unread = of.filter(|one| one.pointer(field).and_then(Value::as_str) == Some("not-read")).count();
        (size(list) - unread, unread)
    };
    let lines = |what: &str| shown.lines().filter(|line| line.contains(what)).count();
    Some(match format {
        "json" => {
            let json = json();
            let states = json["documents"].as_array().unwrap().iter();
            (size(&json["findings"]), states.filter(|document| document["state"] == "unreadable").count())
        }
        "sarif" => {
            let run = &json()["runs"][0];
            let told = &run["invocations"][0]["toolExecutionNotifications"];
            let errors = told.as_array().unwrap().iter().filter(|one| one["level"] == "error").count();
            (size(&run["results"]), errors)
        }
        "gitlab" => split(&json(), "/check_name"),
        "rdjson" => split(&json()["diagnostics"], "/code/value"),
        "jsonl" => (lines(r#""type":"finding""#), lines(r#""state":"unreadable""#)),
        "junit" => (lines("<failure "), lines("<error ")),
        "csv" => (lines("finding,note.md"), lines("not read,scan.pdf")),
        "markdown" => (lines("## "), 0),
        "github" => (lines("file=note.md"), lines("title=not read")),
        "line" => (shown.lines().filter(|line| line.starts_with("note.md:")).count(), lines(": not read: ")),
        _ => return None,
    })
}

#[test]
fn every_format_holds_the_same_findings_and_names_what_was_not_read() {
    let rules = RuleSet::default();
    let mut seen = 0;
    for reporter in REPORTERS {
        let mut report: Report<'_> = report(&rules, vec![canaries()]);
        report.unread.push(dignity::report::Unread {
            path: "scan.pdf".to_owned(),
            part: None,
            problem: dignity::document::Problem { what: "no text in it".to_owned(), place: None, fatal: true },
            passed_over: false,
        });
        let shown = written(reporter.name(), &report, &Style::default());
        assert!(shown.contains("scan.pdf"), "{}", reporter.name());
        if let Some((findings, unread)) = told(reporter.name(), &shown) {
            seen += 1;
            let expect = usize::from(reporter.name() != "markdown");
            assert_eq!((findings, unread), (2, expect), "{}:\n{shown}", reporter.name());
        }
    }
    assert!(seen >= 10, "formats are left out");
}

/// A document whose words stand on pages.
fn paged() -> Document {
    let mut builder = Document::build("leaflet.pdf");
    builder.block(BlockKind::Paragraph, "A label.", Place::Page { page: 3, paragraph: 2 });
    let mut document = builder.finish();
    document.set_kind(Kind::Policy, Reason::Asked);
    document
}

#[test]
fn a_place_on_a_page_is_told_as_one_and_no_line_is_made_up() {
    let rules = RuleSet::default();
    let make = || {
        let one = checked(paged(), |document| vec![finding(document, "words/label", Severity::Error, "label")]);
        report(&rules, vec![one])
    };
    for reporter in REPORTERS {
        let shown = written(reporter.name(), &make(), &Style::default());
        let said =
            shown.contains("page 3, paragraph 2") || shown.contains(r#""page": 3"#) || shown.contains(r#""page":3"#);
        assert!(said, "{}:\n{shown}", reporter.name());
    }
    let sarif: Value = serde_json::from_str(&written("sarif", &make(), &Style::default())).unwrap();
    let location = &sarif["runs"][0]["results"][0]["locations"][0];
    assert_eq!(location["physicalLocation"].get("region"), None);
    assert_eq!(location["logicalLocations"][0]["fullyQualifiedName"], "page 3, paragraph 2");
    let github = written("github", &make(), &Style::default());
    assert!(!github.contains("line="), "{github}");
    let rdjson: Value = serde_json::from_str(&written("rdjson", &make(), &Style::default())).unwrap();
    assert_eq!(rdjson["diagnostics"][0]["location"].get("range"), None);
}

#[test]
fn sarif_says_nothing_of_security_and_links_other_places() {
    let rules = crate::rules::built_in();
    let one = checked(document("note.md", Kind::Policy, &["Held down.", "Settled."]), |document| {
        let mut gap = gap(document, "Held down");
        let end = dignity::span::Span::new(document.text().len() - 1, document.text().len());
        gap.evidence.push(dignity::finding::Evidence { span: end, label: "looked for up to here".to_owned() });
        vec![gap]
    });
    let shown = written("sarif", &report(rules, vec![one]), &Style::default());
    assert!(!shown.contains("security-severity"));
    let sarif: Value = serde_json::from_str(&shown).unwrap();
    let run = &sarif["runs"][0];
    let result = &run["results"][0];
    assert!(result["message"]["text"].as_str().unwrap().ends_with("See: [looked for up to here](1)."), "{result}");
    assert_eq!(result["relatedLocations"][0]["id"], 1);
    let rule = &run["tool"]["driver"]["rules"][0];
    assert!(rule["help"]["markdown"].as_str().unwrap().contains("**Flagged**"), "{rule}");
    let tags: Vec<&str> = rule["properties"]["tags"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert!(tags.iter().any(|tag| tag.starts_with("crpd/")) && tags.iter().any(|tag| tag.starts_with("recovery/")));
    for relation in rule["relationships"].as_array().unwrap() {
        let (id, name) = (&relation["target"]["id"], &relation["target"]["toolComponent"]["name"]);
        let taxonomy = run["taxonomies"].as_array().unwrap().iter().find(|one| one["name"] == *name).unwrap();
        assert!(taxonomy["taxa"].as_array().unwrap().iter().any(|taxon| taxon["id"] == *id), "{id}");
    }
}

#[test]
fn no_cell_begins_like_a_formula() {
    let rules = RuleSet::default();
    let one = checked(document("=cmd|x.md", Kind::Policy, &["=HYPERLINK(label)"]), |document| {
        vec![finding(document, "words/label", Severity::Error, "=HYPERLINK(label)")]
    });
    let shown = written("csv", &report(&rules, vec![one]), &Style::default());
    let mut table = csv::Reader::from_reader(shown.trim_start_matches('\u{feff}').as_bytes());
    for row in table.records() {
        for cell in &row.unwrap() {
            assert!(!cell.starts_with(['=', '+', '-', '@']), "{cell}");
        }
    }
}

#[test]
fn a_thousand_findings_are_written_within_a_second_in_every_format() {
    let rules = crate::rules::built_in();
    let lines: Vec<String> = (0..1000).map(|number| format!("A plain line with label{number:04} in it.")).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let ids: Vec<String> = rules.layers[0].rules.iter().map(|rule| rule.id.0.clone()).collect();
    let one = checked(document("policy.md", Kind::Policy, &lines), |document| {
        let words = (0..1000).map(|number| (number, format!("label{number:04}")));
        words.map(|(at, words)| finding(document, &ids[at % ids.len()], Severity::Warning, &words)).collect()
    });
    let report = report(rules, vec![one]);
    for output in REPORTERS {
        let begun = Instant::now();
        let mut out = Vec::new();
        reporter(output.name()).unwrap().write(&report, &Style::default(), &mut out).unwrap();
        let took = begun.elapsed();
        assert!(took < Duration::from_secs(1), "{} took {took:?}", output.name());
    }
}
