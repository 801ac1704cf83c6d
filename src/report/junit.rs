//! `junit`: a suite a document, a failed case a finding, for servers that show test results. A rule that looked and found
//! all it asks for is a case that passed; the places stand in the text, since not every form of `JUnit`
//! has room for lines.

use super::notation::xml;
use super::select::{Shown, select};
use super::words::{self, Reader, safe};
use super::{Report, Reporter, Style, Tally};
use crate::finding::{Checked, Finding, Outcome, Standing};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

/// Writes `junit`.
pub(super) struct Junit;

/// A case: its name, and what came of it.
struct Case {
    name: String,
    came: Came,
}

/// What came of a case.
enum Came {
    Passed,
    Failed { level: &'static str, message: String, text: String },
    Unread { message: String },
    Skipped { message: String },
}

/// A suite: a document, or a file that was met.
struct Suite<'r> {
    name: Cow<'r, str>,
    cases: Vec<Case>,
}

impl Reporter for Junit {
    fn name(&self) -> &'static str {
        "junit"
    }

    fn about(&self) -> &'static str {
        "JUnit XML: a suite a document, a failed case a finding"
    }

    fn is_for_programs(&self) -> bool {
        true
    }

    fn write(&self, report: &Report<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
        let mut shown: BTreeMap<Cow<'_, str>, Vec<Shown<'_>>> = BTreeMap::new();
        for one in select(report, style) {
            shown.entry(one.checked.document.label()).or_default().push(one);
        }
        let none = Vec::new();
        let mut suites: Vec<Suite<'_>> = Vec::new();
        for checked in &report.checked {
            let name = checked.document.label();
            let cases = cases(report, style, checked, shown.get(&name).unwrap_or(&none));
            suites.push(Suite { name, cases });
        }
        for unread in &report.unread {
            let message = safe(&unread.problem.what).into_owned();
            let came = if unread.passed_over { Came::Skipped { message } } else { Came::Unread { message } };
            suites.push(Suite { name: unread.label(), cases: vec![Case { name: "read".to_owned(), came }] });
        }
        let total = |which: fn(&Came) -> bool| suites.iter().map(|suite| suite.count(which)).sum::<usize>();
        writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
        writeln!(
            out,
            r#"<testsuites name="dignity" tests="{}" failures="{}" errors="{}">"#,
            total(|_| true),
            total(is_failed),
            total(is_unread)
        )?;
        for suite in &suites {
            suite.write(out)?;
        }
        totals(report, out)?;
        writeln!(out, "</testsuites>")
    }
}

fn is_failed(came: &Came) -> bool {
    matches!(came, Came::Failed { .. })
}

fn is_unread(came: &Came) -> bool {
    matches!(came, Came::Unread { .. })
}

fn is_skipped(came: &Came) -> bool {
    matches!(came, Came::Skipped { .. })
}

/// The cases of a document: that it was read, what was found, and what was looked for and is there.
fn cases(report: &Report<'_>, style: &Style, checked: &Checked, shown: &[Shown<'_>]) -> Vec<Case> {
    let mut cases = vec![Case { name: "read".to_owned(), came: Came::Passed }];
    for problem in checked.document.problems() {
        let message = safe(&problem.what).into_owned();
        cases.push(Case { name: "read in part".to_owned(), came: Came::Skipped { message } });
    }
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for one in shown {
        // Lines move with every edit and would make a new case of an old one: equal names are numbered instead.
        let rule = one.finding.rule.0.as_str();
        let time = times.entry(rule).or_default();
        *time += 1;
        let name = if *time == 1 { rule.to_owned() } else { format!("{rule} ({time})") };
        cases.push(Case { name, came: came(report, style, *one) });
    }
    let found: BTreeSet<&str> = checked.findings.iter().map(|finding| finding.rule.0.as_str()).collect();
    let satisfied: BTreeSet<&str> = checked
        .looks
        .iter()
        .filter(|look| matches!(look.outcome, Outcome::Satisfied(_)))
        .map(|look| look.rule.0.as_str())
        .filter(|rule| !found.contains(rule))
        .collect();
    cases.extend(satisfied.into_iter().map(|rule| Case { name: rule.to_owned(), came: Came::Passed }));
    cases
}

fn came(report: &Report<'_>, style: &Style, shown: Shown<'_>) -> Came {
    let Shown { checked, finding } = shown;
    let excerpts = words::excerpts(style, checked.document.kind(), Reader::Machine);
    match &finding.standing {
        Standing::Accepted { because, by } => {
            Came::Skipped { message: format!("accepted by {}: {}", safe(by), safe(because)) }
        }
        Standing::Known => Came::Skipped { message: "known: it stands in the baseline".to_owned() },
        Standing::Open => Came::Failed {
            level: finding.severity.name(),
            message: words::told(finding, excerpts),
            text: text(report, checked, finding),
        },
    }
}

fn text(report: &Report<'_>, checked: &Checked, finding: &Finding) -> String {
    let basis: Vec<String> =
        words::basis(finding, report).into_iter().map(|(label, text)| format!("{label} {text}")).collect();
    let mut lines = vec![
        format!("What: {}", safe(&finding.title)),
        format!("Place: {}", words::whereabouts_in(&checked.document, &finding.place)),
        format!("Why: {}", safe(&finding.why)),
        format!("Right: {}", safe(&basis.join(" · "))),
    ];
    if !finding.alternatives.is_empty() {
        lines.push(format!("Could be written: {}", safe(&finding.alternatives.join(" · "))));
    }
    lines.join("\n")
}

impl Suite<'_> {
    fn count(&self, which: fn(&Came) -> bool) -> usize {
        self.cases.iter().filter(|case| which(&case.came)).count()
    }

    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let name = xml(&safe(&self.name));
        writeln!(
            out,
            r#"  <testsuite name="{name}" tests="{}" failures="{}" errors="{}" skipped="{}">"#,
            self.cases.len(),
            self.count(is_failed),
            self.count(is_unread),
            self.count(is_skipped)
        )?;
        for Case { name: case, came } in &self.cases {
            write!(out, r#"    <testcase name="{}" classname="{name}""#, xml(case))?;
            match came {
                Came::Passed => writeln!(out, "/>")?,
                Came::Failed { level, message, text } => {
                    let (message, text) = (xml(message), xml(text));
                    writeln!(out, ">\n      <failure type=\"{level}\" message=\"{message}\">{text}</failure>")?;
                    writeln!(out, "    </testcase>")?;
                }
                Came::Unread { message } => {
                    writeln!(out, "><error type=\"not read\" message=\"{}\"/></testcase>", xml(message))?;
                }
                Came::Skipped { message } => {
                    writeln!(out, "><skipped message=\"{}\"/></testcase>", xml(message))?;
                }
            }
        }
        writeln!(out, "  </testsuite>")
    }
}

/// The tally, as properties of a suite of its own.
fn totals(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let tally = Tally::of(report);
    writeln!(out, r#"  <testsuite name="tally" tests="0" failures="0" errors="0" skipped="0">"#)?;
    writeln!(out, "    <properties>")?;
    for (name, value) in tally.named() {
        writeln!(out, r#"      <property name="{name}" value="{value}"/>"#)?;
    }
    writeln!(out, "    </properties>")?;
    writeln!(out, "    <system-out>{}</system-out>", xml(&words::tally(&tally)))?;
    writeln!(out, "  </testsuite>")
}
