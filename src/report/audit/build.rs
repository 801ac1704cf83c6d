//! From what was checked to an account. Nothing is looked for again: places come from the looks of the rules.

use super::{Account, Audit, By, Clause, Concern, Element, Quote, Right, RuleNote, State};
use crate::document::{Document, Place, Reason};
use crate::finding::{Checked, Evidence, Finding, Outcome};
use crate::report::words::{self, Reader, safe};
use crate::report::{Excerpts, Report, Style};
use crate::rule::coverage::tables;
use crate::rule::{Basis, Find, Rule, RuleId, RuleText, Sureness};
use crate::span::Span;
use std::collections::{BTreeMap, BTreeSet};

/// The most bytes of a quotation before the words that were met, and behind them.
const AROUND: usize = 200;
/// The recovery principle that words of power stand on.
const POWER: &str = "power";

impl Audit {
    /// The account of a report.
    pub fn of(report: &Report<'_>, by: By, style: &Style) -> Self {
        let name = match by {
            By::Crpd => "convention",
            By::QualityRights => "quality-rights",
            By::Recovery => "recovery",
        };
        let table = tables(report.rules).into_iter().find(|table| table.name == name);
        let (title, rows) = table.map(|table| (table.title, table.rows)).unwrap_or_default();
        let rights: Vec<Right> = rows
            .into_iter()
            .map(|row| Right { name: row.name, title: row.title, not_looked_for: row.policies.reason })
            .collect();
        let rules = in_force(report);
        let build = Build { report, by, style, rights: &rights, rules: &rules };
        let documents: Vec<Account> = report.checked.iter().map(|checked| build.account(checked)).collect();
        let spoke: BTreeSet<&str> = documents
            .iter()
            .flat_map(|account| {
                let clauses = account.clauses.iter().map(|clause| clause.rule.as_str());
                clauses.chain(account.concerns.iter().map(|concern| concern.rule.as_str()))
            })
            .collect();
        let notes = rules
            .iter()
            .filter(|(id, _)| spoke.contains(id.0.as_str()))
            .map(|(id, (_, text))| note(id, text))
            .collect();
        let failed = report.unread.iter().filter(|unread| !unread.passed_over);
        Self {
            schema: "dignity/audit/1",
            version: report.version,
            by,
            title,
            profile: report.profile.clone(),
            rules_in_force: report.rules_in_force,
            unread: failed.map(|one| (safe(&one.label()).into_owned(), safe(&one.problem.what).into_owned())).collect(),
            passed_over: report.unread.iter().filter(|unread| unread.passed_over).count(),
            rules: notes,
            documents,
            rights,
            limits: words::LIMITS,
        }
    }
}

type Rules<'r> = BTreeMap<&'r RuleId, (&'r Rule, RuleText)>;

/// Rules in force, with their texts, each decoded once.
fn in_force<'r>(report: &Report<'r>) -> Rules<'r> {
    let mut rules = Rules::new();
    for (number, layer) in report.rules.layers.iter().enumerate() {
        for (index, rule) in layer.rules.iter().enumerate() {
            if report.rules.in_force(number, index)
                && let Some(text) = layer.text(index)
            {
                rules.insert(&rule.id, (rule, text));
            }
        }
    }
    rules
}

struct Build<'b, 'r> {
    report: &'b Report<'r>,
    by: By,
    style: &'b Style,
    rights: &'b [Right],
    rules: &'b Rules<'r>,
}

impl Build<'_, '_> {
    fn account(&self, checked: &Checked) -> Account {
        let document = &checked.document;
        let quoted = words::excerpts(self.style, document.kind(), Reader::Machine) != Excerpts::None;
        let mut clauses = Vec::new();
        let mut no_occasion = Vec::new();
        for (id, (rule, text)) in self.rules {
            let Find::Clause { require } = &rule.find else { continue };
            if !rule.applies.has(document.kind()) {
                continue;
            }
            let look = checked.looks.iter().filter(|look| look.rule == **id).find_map(|look| match &look.outcome {
                Outcome::Satisfied(seen) => Some((seen.as_slice(), [].as_slice())),
                Outcome::Partly { seen, denied } => Some((seen.as_slice(), denied.as_slice())),
                _ => None,
            });
            let Some((seen, denied)) = look else {
                no_occasion.push(id.0.clone());
                continue;
            };
            let names: Vec<&str> = require.iter().map(|expect| expect.name.as_str()).collect();
            let elements = self.elements(document, &names, seen, denied, quoted);
            clauses.push(Clause {
                rule: id.0.clone(),
                title: text.title.clone(),
                rights: self.rows(&text.basis),
                state: state(&elements),
                elements,
                ask: text.ask.clone(),
                law: self.law_of(id, &text.basis),
            });
        }
        Account {
            name: safe(&document.label()).into_owned(),
            kind: document.kind().name(),
            assumed: *document.reason() == Reason::Assumed,
            problems: document.problems().iter().map(|problem| safe(&problem.what).into_owned()).collect(),
            clauses,
            concerns: self.concerns(checked, quoted),
            no_occasion,
        }
    }

    fn elements(
        &self,
        document: &Document,
        names: &[&str],
        seen: &[(String, Span)],
        denied: &[Evidence],
        quoted: bool,
    ) -> Vec<Element> {
        names
            .iter()
            .map(|name| {
                let here = seen.iter().find(|(known, _)| known == name).map(|(_, span)| *span);
                let not = denied.iter().find(|evidence| evidence.label == *name).map(|evidence| evidence.span);
                let state = match (here, not) {
                    (Some(_), _) => State::Seen,
                    (None, Some(_)) => State::SaidNotDone,
                    (None, None) => State::NotSeen,
                };
                let span = here.or(not).filter(|_| quoted);
                Element { name: (*name).to_owned(), state, quote: span.map(|span| self.quote(document, span)) }
            })
            .collect()
    }

    fn concerns(&self, checked: &Checked, quoted: bool) -> Vec<Concern> {
        let is_clause = |finding: &&Finding| {
            let rule = self.rules.get(&finding.rule);
            rule.is_some_and(|(rule, _)| matches!(rule.find, Find::Clause { .. }))
        };
        let mut findings: Vec<&Finding> = checked.findings.iter().filter(|finding| !is_clause(finding)).collect();
        findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        findings
            .into_iter()
            .map(|finding| {
                let excerpts = if quoted { Excerpts::Full } else { Excerpts::None };
                let flag =
                    self.rules.get(&finding.rule).is_some_and(|(rule, _)| matches!(rule.find, Find::Flag { .. }));
                Concern {
                    rule: finding.rule.0.clone(),
                    title: finding.title.clone(),
                    level: finding.severity.name(),
                    power: flag && finding.basis.recovery.iter().any(|principle| principle == POWER),
                    rights: self.rows(&finding.basis),
                    message: words::message(finding, excerpts),
                    quote: quoted.then(|| self.quote(&checked.document, finding.span)),
                    missing: finding.missing.iter().map(|missing| missing.name.clone()).collect(),
                    why: finding.why.clone(),
                    ask: finding.ask.clone(),
                    law: self.law_of(&finding.rule, &finding.basis),
                }
            })
            .collect()
    }

    /// Names of the rows that a basis stands on. `12` is met by `12(3)` too.
    fn rows(&self, basis: &Basis) -> Vec<String> {
        let list = match self.by {
            By::Crpd => &basis.crpd,
            By::QualityRights => &basis.quality_rights,
            By::Recovery => &basis.recovery,
        };
        let on = |name: &str| {
            let met =
                |known: &String| known.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('('));
            list.iter().any(met)
        };
        self.rights.iter().filter(|right| on(&right.name)).map(|right| right.name.clone()).collect()
    }

    /// Local law of the chosen profile, or all of it with the names of the profiles where none was chosen.
    fn law_of(&self, id: &RuleId, basis: &Basis) -> Vec<String> {
        let chosen = self.report.profile.as_deref();
        let own = self.rules.get(id).and_then(|(rule, _)| rule.law.as_ref());
        let laws = own.into_iter().chain(basis.law.iter().filter(|_| own.is_none()));
        laws.filter(|law| chosen.is_none_or(|chosen| chosen == law.profile))
            .map(|law| format!("{}: {}", law.profile, law.reference))
            .collect()
    }

    /// The sentence around `span`, shortened where it is long, and its place.
    fn quote(&self, document: &Document, span: Span) -> Quote {
        let text = document.text();
        let sentence = document.sentence_at(span.start, &self.report.rules.lexicon.abbreviations).cover(span);
        let mut from = sentence.from().max(text.floor_char_boundary(span.from().saturating_sub(AROUND)));
        let mut to = sentence.to().min(text.ceil_char_boundary(span.to() + AROUND)).min(text.len());
        if from > sentence.from() {
            from += text[from..span.from()].find(char::is_whitespace).map_or(0, |at| at + 1);
        }
        if to < sentence.to() {
            to = text[span.to()..to].rfind(char::is_whitespace).map_or(to, |at| span.to() + at);
        }
        let whole = &text[from..to];
        from += whole.len() - whole.trim_start().len();
        to = from + whole.trim().len();
        let span = Span::new(from, to);
        let place = match document.place(span.start) {
            Place::Line { line, .. } => format!("line {line}"),
            other => safe(&other.to_string()).into_owned(),
        };
        Quote { text: safe(&text[from..to]).into_owned(), place, start: span.start, end: span.end }
    }
}

/// How a clause stands, by its parts.
fn state(elements: &[Element]) -> State {
    let any = |state| elements.iter().any(|element| element.state == state);
    match (any(State::Seen), any(State::SaidNotDone), any(State::NotSeen)) {
        (true, false, false) => State::Seen,
        (true, ..) => State::Partly,
        (false, true, _) => State::SaidNotDone,
        (false, false, _) => State::NotSeen,
    }
}

fn note(id: &RuleId, text: &RuleText) -> RuleNote {
    let basis = &text.basis;
    let parts: Vec<String> =
        [("CRPD", &basis.crpd), ("recovery", &basis.recovery), ("QualityRights", &basis.quality_rights)]
            .into_iter()
            .filter(|(_, list)| !list.is_empty())
            .map(|(label, list)| format!("{label} {}", list.join(", ")))
            .collect();
    let sources = text.sources.iter().map(|source| match source.sure {
        Sureness::Verified => source.source.clone(),
        Sureness::FromMemory => format!("{} (from memory, not read again)", source.source),
    });
    RuleNote {
        id: id.0.clone(),
        title: text.title.clone(),
        why: text.why.clone(),
        basis: parts.join(" · "),
        sources: sources.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Element, State, state};

    fn check(parts: &[State], expect: State) {
        let elements: Vec<Element> =
            parts.iter().map(|state| Element { name: String::new(), state: *state, quote: None }).collect();
        assert_eq!(state(&elements), expect, "{parts:?}");
    }

    #[test]
    fn a_clause_stands_as_its_parts_do() {
        check(&[State::Seen, State::Seen], State::Seen);
        check(&[State::Seen, State::NotSeen], State::Partly);
        check(&[State::Seen, State::SaidNotDone], State::Partly);
        check(&[State::NotSeen, State::SaidNotDone], State::SaidNotDone);
        check(&[State::NotSeen], State::NotSeen);
    }
}
