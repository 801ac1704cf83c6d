use super::{Spelling, read};
use crate::scan::{Element, Form, Pattern, Term};
use std::fmt::Write as _;

fn person() -> Vec<Term> {
    let single = |text: &str| {
        let form = Form { text: text.to_owned(), prefix: false };
        Pattern(vec![Element::Word(vec![form])])
    };
    vec![Term::Phrases(vec![single("she")]), Term::Phrases(vec![single("he"), single("they")])]
}

fn show(term: &str) -> String {
    let people = person();
    let sets = |name: &str| (name == "person").then_some(people.as_slice());
    let pairs = [("behaviour", "behavior"), ("traumatis", "traumatiz")];
    let spelling = Spelling::new(pairs.map(|(from, to)| (from.to_owned(), to.to_owned())).to_vec());
    let terms = match read(term).and_then(|written| written.resolve(&sets, &spelling)) {
        Ok(terms) => terms,
        Err(error) => return format!("{} [{}]", error.what, &term[error.at]),
    };
    let mut out = String::new();
    for term in &terms {
        match term {
            Term::Regex { source, case_sensitive } => {
                let _ = write!(out, "/{source}/{}", if *case_sensitive { "c" } else { "" });
            }
            Term::Phrases(patterns) => {
                let shown: Vec<String> = patterns.iter().map(phrase).collect();
                out.push_str(&shown.join(" ; "));
            }
        }
        out.push_str(" ;; ");
    }
    out.trim_end_matches(" ;; ").to_owned()
}

fn phrase(Pattern(steps): &Pattern) -> String {
    row(steps)
}

/// Steps in a row; a choice in braces, `~` for one that may be missing.
fn row(steps: &[Element]) -> String {
    let steps: Vec<String> = steps
        .iter()
        .map(|step| match step {
            Element::Gap(words) => format!("_{words}"),
            Element::Number => "#".to_owned(),
            Element::Comma => ",".to_owned(),
            Element::Any(branches) => {
                let ways: Vec<String> =
                    branches.iter().map(|way| if way.is_empty() { "~".to_owned() } else { row(way) }).collect();
                format!("{{{}}}", ways.join(" ; "))
            }
            Element::Word(forms) => {
                let forms: Vec<String> =
                    forms.iter().map(|form| format!("{}{}", form.text, if form.prefix { "*" } else { "" })).collect();
                forms.join("|")
            }
        })
        .collect();
    steps.join(" ")
}

fn check(term: &str, expect: &str) {
    assert_eq!(show(term), expect, "{term}");
}

#[test]
fn plain_words_stand_in_a_row() {
    check("lack of insight", "lack of insight");
    check("  Lack   OF\u{a0}insight ", "lack of insight");
    check("won't", "won t");
    check("and/or", "and or");
    check("p.r.n.", "p r n");
    check("café", "café");
}

#[test]
fn a_hyphen_is_a_hyphen_a_space_or_nothing() {
    check("non-compliant", "non compliant ; noncompliant");
    check("de-escalat*", "de escalat* ; deescalat*");
    check("face - to - face", "face to face");
}

#[test]
fn alternatives_of_one_word_stay_one_step() {
    check("(lack|lacks) insight", "lack|lacks insight");
    check("(a|b|c) (d|e)", "a|b|c d|e");
    check("restraint(s)?", "restraint|restraints");
    check("refus(e|ed|al)", "refusal|refuse|refused");
    check("(restrain|seclu)*", "restrain*|seclu*");
}

#[test]
fn longer_alternatives_are_a_choice() {
    check("(was|were|had been) held", "{had been ; was|were} held");
    check(
        "(was|were|had been) (physically |manually )?restrained",
        "{had been ; was|were} {manually|physically ; ~} restrained",
    );
}

#[test]
fn brackets_side_by_side_stand_apart_when_each_brings_its_space() {
    check("for (about |just )?(a |two )(more )?(hour|hours)", "for {about|just ; ~} a|two {more ; ~} hour|hours");
    check("(un|re)(happy|done)", "redone|rehappy|undone|unhappy");
}

#[test]
fn an_optional_part_takes_its_space_with_it() {
    check("(prone )?restraint", "{prone ; ~} restraint");
    check("(prone)? restraint", "{prone ; ~} restraint");
    check("held (face) ?down", "a question mark without a bracket [?]");
    check("held( face)? down", "held {face ; ~} down");
    check("held (face down)?", "held {face down ; ~}");
}

#[test]
fn gaps_and_numbers_are_steps() {
    check("refus* ... medication", "refus* _5 medication");
    check("refus*...12 medication", "refus* _12 medication");
    check("every # hours", "every # hours");
    check("#-hourly", "# hourly");
    check("held ... 3 staff", "held _5 3 staff");
    check("a ... (b)? ... c", "a _5 {b ; ~} _5 c");
}

#[test]
fn a_comma_may_begin_a_term() {
    check(", (he|she)", ", he|she");
    check("he, she", "punctuation inside a phrase [,]");
}

#[test]
fn a_set_is_put_in_its_place() {
    check("$person", "she ;; he ; they");
    check("$person refused", "he|she|they refused");
    check("($person|the patient) refused", "{the patient ; he|she|they} refused");
    check("$person's view", "he|she|they s view");
    check("$persom refused", "there is no set $persom [$persom]");
}

#[test]
fn both_spellings_are_looked_for() {
    check("behaviour", "behavior|behaviour");
    check("traumatis*", "traumatis*|traumatiz*");
    check("four hours", "four hours");
}

#[test]
fn a_regular_expression_stands_between_slashes() {
    check(r"/\bPRN\b/c", r"/\bPRN\b/c");
    check(r"/\d\d:\d\d/", r"/\d\d:\d\d/");
    check("/PRN", "this regular expression is not closed [/PRN]");
    check("/a/x", "unknown letter behind the regular expression [x]");
    check("/a(b/", "in this regular expression: unclosed group [(]");
    check("/(?!no) way/", "in this regular expression: looking ahead or behind is not known here [(?!]");
    check("/(a{1000}){1000}/", "this regular expression is too large [(a{1000}){1000}]");
    check("/x*/", "this regular expression matches nothing at all [x*]");
}

#[test]
fn a_mistake_is_shown_where_it_is() {
    check("", "this term is empty []");
    check("(lack|lacks insight", "this bracket is not closed [(]");
    check("lack) insight", "a bracket closes that was never opened [)]");
    check("(lack||lacks)", "an empty alternative [|]");
    check("lack ()", "an empty alternative [()]");
    check("lack|lacks", "a bar outside of brackets [|]");
    check("use*", "a star after fewer than four letters [*]");
    check("restrain*ed", "a star inside a word [*]");
    check("* restraint", "a star without a word [*]");
    check("... restraint", "a gap at the start or end of a term [...]");
    check("restraint ...", "a gap at the start or end of a term [...]");
    check("(a)? ... b", "a gap at the start or end of a term [...]");
    check("a ...40 b", "this gap is too wide or empty [...40]");
    check("a .. b", "two full stops [..]");
    check("end. Start", "a full stop and a space inside a phrase [.]");
    check("won’t", "a curly quotation mark, as word processors write it [’]");
    check("a – b", "a long dash, as word processors write it [–]");
    check("a, b", "punctuation inside a phrase [,]");
    check("(a)?", "everything in this term may be missing []");
    check("$ x", "a $ without a name [$]");
    check("a ... (b)?", "a gap at the start or end of a term [...]");
    let wide = "(a|b)".repeat(13);
    check(&wide, "this term stands for more than 512 phrases []");
}

proptest::proptest! {
    #[test]
    fn no_term_makes_it_panic(term in r"[a-z $()|?*.#/\-'’é12 ]{0,40}") {
        let _ = show(&term);
    }

    #[test]
    fn nothing_at_all_makes_it_panic(term in r"\PC{0,40}") {
        let _ = show(&term);
    }
}
