//! The account as one web page that holds all it needs and runs no script. Written with `maud`: what is not markup in the
//! source is escaped when the program is compiled to, so no template can forget it, and nothing is parsed at run time.

use super::margin;
use super::{Account, Audit, Clause, Concern, Count, Quote, Right, State};
use crate::report::{Report, words};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use std::collections::BTreeSet;

const STYLE: &str = include_str!("style.css");
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

impl Audit {
    /// The whole page; with the text of each document in it where the report it was made from is given.
    pub fn html(&self, annotated: Option<&Report<'_>>) -> String {
        let page = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content=(POLICY);
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    title { "What these documents say about rights" }
                    style { (PreEscaped(STYLE)) }
                }
                body {
                    a.skip href="#summary" { "Go to the summary" }
                    header {
                        h1 { "What these documents say about rights" }
                        p { "An account by dignity " (self.version) ", by " (self.title) ". "
                            @match &self.profile {
                                Some(profile) => { "Local law: " (profile) ", beside it and never mixed with it." },
                                None => { "No local law was chosen." },
                            }
                        }
                    }
                    main {
                        (self.summary())
                        nav aria-label="Contents" { (self.contents(annotated.is_some())) }
                        @if self.documents.len() > 1 { (self.table()) }
                        @for (number, account) in self.documents.iter().enumerate() { (self.account(number, account)) }
                        @if let Some(report) = annotated { (margin::all(self, report)) }
                        (self.limits())
                        (self.notes())
                    }
                }
            }
        };
        page.into_string()
    }

    fn contents(&self, annotated: bool) -> Markup {
        html! {
            h2 { "Contents" }
            ul {
                li { a href="#summary" { "Summary" } }
                @if self.documents.len() > 1 { li { a href="#table" { "Which document holds which protection" } } }
                @for (number, account) in self.documents.iter().enumerate() {
                    li { a href={ "#d" (number) } { (account.name) }
                        @if annotated { " · " a href={ "#t" (number) } { "its text: " (account.name) } } }
                }
                li { a href="#limits" { "What a text cannot show" } }
                li { a href="#rules" { "The rules" } }
            }
        }
    }

    fn summary(&self) -> Markup {
        let total = self.total();
        let documents = self.documents.len();
        let (asked, silent): (Vec<&Right>, Vec<&Right>) =
            self.rights.iter().partition(|right| self.over_all(&right.name).all() > 0);
        let concerns: usize = self.documents.iter().map(|account| account.concerns.len()).sum();
        html! {
            section id="summary" aria-labelledby="summary-h" {
                h2 id="summary-h" { "Summary" }
                p { (words::count(documents, "document was", "documents were")) " read with "
                    (words::count(self.rules_in_force, "rule", "rules")) ". "
                    (words::count(self.unread.len(), "file", "files")) " could not be read; "
                    (self.passed_over) " passed over." }
                p { "Of " (total.all()) " parts of clauses that were looked for, " strong { (total.seen) " seen" } ", "
                    strong { (total.denied) " said not done" } " and " strong { (total.absent) " not seen" }
                    ". " (words::count(concerns, "passage is", "passages are")) " worth a second look." }
                @if !self.unread.is_empty() {
                    h3 { "Not read" }
                    ul { @for (name, why) in &self.unread { li { strong { (name) } ": " (why) } } }
                }
                h3 { (self.title) }
                div.wide.chart tabindex="0" role="region" aria-label="Coverage" {
                    table {
                        thead { tr { th scope="col" { "Right" } th scope="col" { "Seen of looked for" } th scope="col" { "Chart" } } }
                        tbody {
                            @for right in &asked {
                                @let count = self.over_all(&right.name);
                                tr {
                                    th scope="row" { (right.name) " " (right.title) }
                                    td { (count.seen) " of " (count.all()) }
                                    td { (bar(count)) }
                                }
                            }
                        }
                    }
                }
                p { "Filled: seen. Thinner bar: said not done. Empty: not seen. The numbers say the same. A part that stands on "
                    "several rights counts once for each." }
                @if !silent.is_empty() {
                    p { "No clause was looked for on: "
                        @for (at, right) in silent.iter().enumerate() { @if at > 0 { ", " } (right.name) " (" (right.title) ")" }
                        ". Passages worth a second look may still stand on them." }
                }
            }
        }
    }

    fn over_all(&self, right: &str) -> Count {
        self.documents.iter().map(|account| account.count(Some(right))).fold(Count::default(), |all, one| Count {
            seen: all.seen + one.seen,
            denied: all.denied + one.denied,
            absent: all.absent + one.absent,
        })
    }

    fn table(&self) -> Markup {
        let shown: Vec<_> = self.rights.iter().filter(|right| self.over_all(&right.name).all() > 0).collect();
        html! {
            section id="table" aria-labelledby="table-h" {
                h2 id="table-h" { "Which document holds which protection" }
                p { "Parts of clauses seen, of those looked for. A dash: the document gives no occasion to look." }
                div.wide.matrix tabindex="0" role="region" aria-label="Documents and rights" {
                    table {
                        thead { tr { th scope="col" { "Document" } @for right in &shown { th scope="col" { (right.name) } } } }
                        tbody {
                            @for (number, account) in self.documents.iter().enumerate() {
                                tr {
                                    th scope="row" { a href={ "#d" (number) } { (account.name) } }
                                    @for right in &shown {
                                        @let count = account.count(Some(&right.name));
                                        td { @if count.all() == 0 { "–" } @else { (count.seen) " of " (count.all()) } }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    fn account(&self, number: usize, account: &Account) -> Markup {
        let mut told: BTreeSet<&str> = BTreeSet::new();
        let count = account.count(None);
        let held: Vec<&Clause> = account.clauses.iter().filter(|clause| clause.state == State::Seen).collect();
        let (power, other): (Vec<_>, Vec<_>) =
            account.concerns.iter().enumerate().partition(|(_, concern)| concern.power);
        html! {
            section id={ "d" (number) } aria-labelledby={ "d" (number) "-h" } {
                h2 id={ "d" (number) "-h" } { (account.name) }
                p { "Read as " (account.kind)
                    @if account.assumed { " (assumed: nothing in the text said so)" }
                    ". Of " (count.all()) " parts looked for, " (count.seen) " seen, " (count.denied)
                    " said not done, " (count.absent) " not seen." }
                @for problem in &account.problems { p { strong { "Partly read: " } (problem) } }
                @if !held.is_empty() {
                    h3 { "Held in full" }
                    ul { @for clause in &held { li { (state(State::Seen)) " " (clause.title) } } }
                }
                @for right in &self.rights {
                    @let here: Vec<&Clause> = account.clauses.iter().filter(|clause| clause.rights.contains(&right.name)).collect();
                    @if !here.is_empty() {
                        h3 { (right.name) " · " (right.title) }
                        @for clause in here {
                            @if told.insert(clause.rule.as_str()) {
                                (self.clause(number, clause))
                            } @else {
                                p { (state(clause.state)) " " a href=(format!("#d{number}-{}", slug(&clause.rule))) { (clause.title) } " (told above)" }
                            }
                        }
                    }
                }
                @let rest: Vec<&Clause> = account.clauses.iter().filter(|clause| clause.rights.is_empty()).collect();
                @if !rest.is_empty() {
                    h3 { "On other grounds" }
                    @for clause in rest { (self.clause(number, clause)) }
                }
                @if !power.is_empty() {
                    h3 { "Words of power: what limits them?" }
                    @for (at, concern) in power { (self.concern(number, at, concern)) }
                }
                @if !other.is_empty() {
                    h3 { "Worth a second look" }
                    @for (at, concern) in other { (self.concern(number, at, concern)) }
                }
                @if !account.no_occasion.is_empty() {
                    p { "The text gives no occasion to look for clauses of "
                        (words::count(account.no_occasion.len(), "other rule", "other rules")) "." }
                }
            }
        }
    }

    fn clause(&self, number: usize, clause: &Clause) -> Markup {
        html! {
            div.card id=(format!("d{number}-{}", slug(&clause.rule))) {
                h4 { (state(clause.state)) " · " (clause.title) }
                ul {
                    @for element in &clause.elements {
                        li { (state(element.state)) ": " (element.name)
                            @if let Some(words) = &element.quote { (quote(words)) } }
                    }
                }
                @if clause.state != State::Seen {
                    @if let Some(ask) = &clause.ask { p { strong { "Ask: " } (ask) } }
                }
                (self.grounds(&clause.rule, &clause.rights, &clause.law))
            }
        }
    }

    fn concern(&self, number: usize, at: usize, concern: &Concern) -> Markup {
        html! {
            div.card id={ "d" (number) "-c" (at) } {
                h4 { (concern.level) " · " (concern.title) }
                p { (concern.message) }
                @if let Some(words) = &concern.quote { (quote(words)) }
                @if !concern.missing.is_empty() { p { "Nothing beside it about " (concern.missing.join(" · ")) "." } }
                p { strong { "Why: " } (concern.why) }
                @if let Some(ask) = &concern.ask { p { strong { "Ask: " } (ask) } }
                (self.grounds(&concern.rule, &concern.rights, &concern.law))
            }
        }
    }

    fn grounds(&self, rule: &str, rights: &[String], law: &[String]) -> Markup {
        html! {
            div.columns {
                p { strong { (self.title) ": " } @if rights.is_empty() { "–" } @else { (rights.join(", ")) }
                    " · rule " a href={ "#r-" (slug(rule)) } { (rule) } }
                p { strong { "Local law: " } @if law.is_empty() { "nothing known here" } @else { (law.join("; ")) } }
            }
        }
    }

    fn limits(&self) -> Markup {
        html! {
            section id="limits" aria-labelledby="limits-h" {
                h2 id="limits-h" { "What a text cannot show" }
                p { (self.limits) }
                p { "Not seen means: these rules did not find it in this text. It may stand there in other words, or in another "
                    "document. Read it as a question to put to the service." }
                p { (words::LOCAL) }
            }
        }
    }

    fn notes(&self) -> Markup {
        html! {
            section id="rules" aria-labelledby="rules-h" {
                h2 id="rules-h" { "The rules" }
                dl {
                    @for note in &self.rules {
                        dt id={ "r-" (slug(&note.id)) } { strong { (note.title) } " (" (note.id) ")" }
                        dd { (note.why) " " (note.basis) "."
                            @if !note.sources.is_empty() { " Sources: " (note.sources.join("; ")) "." } }
                    }
                }
            }
        }
    }
}

fn state(state: State) -> Markup {
    let class = match state {
        State::Seen => "state seen",
        State::Partly => "state partly",
        State::SaidNotDone => "state said-not-done",
        State::NotSeen => "state not-seen",
    };
    html! { span class=(class) { span aria-hidden="true" { (state.sign()) } " " (state.words()) } }
}

fn quote(quote: &Quote) -> Markup {
    html! { blockquote { bdi { (quote.text) } " " span.place { "(" (quote.place) ")" } } }
}

/// The bar of a row, with what it shows in words.
fn bar(count: Count) -> Markup {
    let all = count.all().max(1);
    let part = |number: usize| number * 1000 / all;
    let (seen, denied) = (part(count.seen), part(count.denied));
    let words = format!("{} seen, {} said not done, {} not seen", count.seen, count.denied, count.absent);
    html! {
        svg role="img" aria-label=(words) viewBox="0 0 1000 20" preserveAspectRatio="none" {
            rect.b-absent x="0" y="1" width="1000" height="18" {}
            rect.b-seen x="0" y="1" width=(seen) height="18" {}
            rect.b-denied x=(seen) y="5" width=(denied) height="10" {}
        }
    }
}

/// The id of a rule as a part of an anchor.
pub(super) fn slug(rule: &str) -> String {
    rule.chars().map(|sign| if sign.is_ascii_alphanumeric() || sign == '-' { sign } else { '_' }).collect()
}
