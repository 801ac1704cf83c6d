//! What the context says of a phrase: one line, the phrase in braces, the guards that must act on it.
//! More than one may act (a prohibition is a negation too); where none is named, none may.

use dignity::check::guards_at;
use dignity::document::Kind;
use dignity::rule::Guard;
use dignity::span::Span;

/// Checks a text in which the phrase stands in `{}`; `expect` names the guards that must act, in order.
fn check_in(kind: Kind, marked: &str, expect: &[Guard]) {
    let (before, rest) = marked.split_once('{').unwrap();
    let (phrase, after) = rest.split_once('}').unwrap();
    let text = format!("{before}{phrase}{after}");
    let mut document = dignity::read::read("note.md", text.as_bytes());
    document.set_kind(kind, dignity::document::Reason::Asked);
    let at = document.text().rfind(phrase).unwrap();
    let span = Span::new(at, at + phrase.len());
    let rules = crate::rules::built_in();
    let acted: Vec<Guard> = guards_at(&document, rules, span, false).into_iter().map(|acted| acted.guard).collect();
    if expect.is_empty() {
        assert_eq!(acted, expect, "{marked}");
    }
    for guard in expect {
        assert!(acted.contains(guard), "{marked}: {guard:?} is not among {acted:?}");
    }
}

fn note(marked: &str, expect: &[Guard]) {
    check_in(Kind::Record, marked, expect);
}

fn policy(marked: &str, expect: &[Guard]) {
    check_in(Kind::Policy, marked, expect);
}

#[test]
fn a_negation_reaches_to_the_end_of_its_clause() {
    note("Was not {aggressive} or threatening on the ward.", &[Guard::Negated]);
    note("Was not aggressive or {threatening} on the ward.", &[Guard::Negated]);
    note("No shouting, pushing or {hitting} today.", &[Guard::Negated]);
    note("No injuries, but was {aggressive} at supper.", &[]);
    note("No injuries, he was {aggressive} at supper.", &[]);
    note("{Restrained} for five minutes, no injuries.", &[]);
    note("{Restraint} was not used.", &[Guard::Negated]);
    note("{Seclusion} not required.", &[Guard::Negated]);
}

#[test]
fn what_looks_like_a_negation_and_is_none_does_not_act() {
    note("Not only did he shout, he was {abusive}.", &[]);
    note("There was no doubt that she was {restrained}.", &[]);
}

#[test]
fn a_lead_in_reads_on_into_its_items() {
    policy("The following are strictly not permitted:\n\n- {locking in a room}\n- shouting", &[Guard::Prohibition]);
    policy("Staff must not use:\n\n- holds\n- {prone restraint}", &[Guard::Prohibition]);
    policy("Physical restraint is only used:\n\n- as a {last resort}", &[]);
}

#[test]
fn somebody_elses_doing_is_not_the_persons() {
    note("The council {refused} the funding.", &[Guard::AboutSomeoneElse]);
    note("His daughter {refuses} to see him.", &[Guard::AboutSomeoneElse]);
    note("He {refuses} to see his daughter.", &[]);
    note("With his mother present he {refused} supper.", &[]);
    note("{Refused} supper.", &[]);
}

#[test]
fn quoted_words_belong_to_their_speaker() {
    note("She said \"I'm a {schizophrenic} and proud of it.\"", &[Guard::OwnWords]);
    note("His mother said \"he has always been {manipulative} with us\".", &[Guard::SomeoneElsesWords]);
    note("Seen as a \"{difficult}\" patient.", &[Guard::StaffQuotation]);
    note("Described as \"{attention seeking}\" at handover.", &[Guard::StaffQuotation]);
    note("“I was {restrained} for nothing,” she told us.", &[Guard::OwnWords]);
}

#[test]
fn a_word_that_is_talked_about_is_not_used() {
    policy("Do not use the term '{non-compliant}'.", &[Guard::Mention]);
    policy("| Avoid | Prefer |\n| --- | --- |\n| {attention seeking} | seeking connection |\n", &[Guard::Mention]);
    policy("## Glossary\n\nA person described as {non-compliant} has usually not been asked why.", &[Guard::Mention]);
}

#[test]
fn names_of_laws_and_codes_are_names() {
    policy("Under the Misuse of {Drugs} Act 1971 a licence is needed.", &[Guard::Title]);
    note("Diagnosis: F20.5 Residual {schizophrenia}.", &[Guard::Title]);
}

#[test]
fn unticked_options_are_no_statements() {
    note("- [ ] {Non-compliant}\n- [x] Taking as agreed\n", &[Guard::Template]);
}

#[test]
fn the_past_and_the_possible_are_marked() {
    note("History of {self-harm} as a teenager.", &[Guard::Historical]);
    note("If John {declines}, offer again in an hour.", &[Guard::Hypothetical]);
}

#[test]
fn the_persons_own_word_wins() {
    note("---\nprefers: [autistic]\n---\n\nAnna is {autistic} and likes trains.", &[Guard::Preferred]);
}
