//! Who has answered for what: names of findings that outlive their place.

use dignity::checker::Checker;
use dignity::document::{Kind, Reason};
use dignity::settle::Key;
use std::collections::BTreeSet;

fn checker(key: Option<&str>) -> Checker {
    Checker {
        rules: dignity::built_in::rules().unwrap(),
        key: key.map(|key| Key::new(key.as_bytes()).unwrap()),
        ..Checker::default()
    }
}

/// Rule and fingerprint of every finding.
fn names(key: Option<&str>, kind: Kind, text: &str) -> Vec<(String, Option<String>)> {
    let checked = checker(key).check("text.md", Some((kind, Reason::Asked)), text.as_bytes());
    let name = |finding: &dignity::finding::Finding| {
        (finding.rule.0.clone(), finding.fingerprint.map(|name| name.to_string()))
    };
    checked.findings.iter().map(name).collect()
}

/// The names of findings in `text`, without those about the whole document.
fn of_words(text: &str) -> BTreeSet<String> {
    let names = names(None, Kind::Policy, text);
    names.into_iter().filter(|(rule, _)| rule.starts_with("language/")).filter_map(|(_, name)| name).collect()
}

const POLICY: &str = "# Leave\n\nThe ward is quiet. A non-compliant patient loses leave.\n\nDoors are open.\n";

#[track_caller]
fn check(other: &str, same: bool) {
    let names = of_words(POLICY);
    assert!(!names.is_empty(), "the policy has a finding to name");
    assert_eq!(names == of_words(other), same, "{other}");
}

#[test]
fn a_name_outlives_everything_but_its_own_words() {
    for same in [
        "# Leave\n\nDoors are open.\n\nThe ward is quiet. A non-compliant patient loses leave.\n",
        "# Time away\n\nThe ward is quiet. A non-compliant patient loses leave.\n",
        "# Leave\n\nThe ward is loud and bright. A non-compliant patient loses leave.\n",
        "# Leave\n\nThe ward is quiet. A NON-COMPLIANT patient\nloses   leave.\n",
        "# Leave\n\n- The ward is quiet.\n- A **non-compliant** patient loses leave.\n",
    ] {
        check(same, true);
    }
    for other in [
        "# Leave\n\nThe ward is quiet. A noncompliant patient loses leave.\n",
        "# Leave\n\nThe ward is quiet. A non-compliant patient keeps leave.\n",
    ] {
        check(other, false);
    }
}

#[test]
fn equal_sentences_of_one_text_have_names_of_their_own() {
    let twice = "2026-03-14 10:00 He was restrained.\n\n2026-03-15 11:00 He was restrained.\n";
    let found = names(Some("an invented key of ours"), Kind::Record, twice).into_iter();
    let found: Vec<_> = found.filter(|(rule, _)| rule.ends_with("restraint")).map(|(_, name)| name.unwrap()).collect();
    assert_eq!(found.len(), 2);
    assert_ne!(found[0], found[1]);
}

#[test]
fn a_new_title_does_not_rename_what_is_asked_of_the_whole_document() {
    let clauses = |text: &str| {
        let names = names(None, Kind::Policy, text).into_iter();
        names.filter(|(rule, _)| rule == "policy/protections-missing").collect::<Vec<_>>()
    };
    let seclusion = "\n\nSeclusion may be used for up to two hours. Staff call the doctor.\n";
    let one = clauses(&format!("# Seclusion{seclusion}"));
    assert!(!one.is_empty());
    assert_eq!(one, clauses(&format!("# The seclusion policy{seclusion}")));
}

#[test]
fn a_finding_about_a_person_has_no_name_without_a_key_and_another_with_another() {
    let note = "# Note\n\n2026-03-14 Non-compliant with medication.\n";
    let without = names(None, Kind::Record, note);
    assert!(!without.is_empty());
    assert!(without.iter().all(|(_, name)| name.is_none()), "{without:?}");
    let one = names(Some("an invented key of ours"), Kind::Record, note);
    assert!(one.iter().all(|(_, name)| name.as_deref().is_some_and(|name| name.starts_with("k1-"))), "{one:?}");
    assert_eq!(one, names(Some("an invented key of ours"), Kind::Record, note));
    assert_ne!(one, names(Some("another key, as invented"), Kind::Record, note));
}

#[test]
fn a_key_changes_nothing_for_texts_that_are_public() {
    assert_eq!(names(None, Kind::Policy, POLICY), names(Some("an invented key of ours"), Kind::Policy, POLICY));
}

#[test]
fn the_form_is_the_documented_one() {
    // Made with another implementation of HMAC-SHA256; it may never change.
    let expect = "p1-8505ab56ca0d0c710af5";
    assert!(of_words(POLICY).contains(expect), "{:?}", names(None, Kind::Policy, POLICY));
}

#[test]
fn a_short_key_is_refused_and_debug_tells_nothing() {
    assert!(Key::new(b"short").is_none());
    let key = Key::new(b"an invented key of ours").unwrap();
    assert_eq!(format!("{key:?}"), "Key");
    assert_eq!(key.mark().len(), 8);
}

#[test]
fn fingerprints_are_read_back_as_written() {
    use dignity::finding::Fingerprint;
    for text in ["p1-00112233445566778899", "k1-ffeeddccbbaa00112233"] {
        assert_eq!(text.parse::<Fingerprint>().unwrap().to_string(), text);
    }
    for text in [
        "",
        "p1-",
        "p1-0011223344556677889",
        "x1-00112233445566778899",
        "p1-0011223344556677889g",
        "p1-001122334455667788é",
    ] {
        assert!(text.parse::<Fingerprint>().is_err(), "{text}");
    }
}
