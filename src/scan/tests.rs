use super::{Element, Form, Pattern, Scanner, ScannerBuilder, Term, anchors};
use crate::span::Span;

fn word(text: &str) -> Element {
    let forms =
        text.split('|').map(|form| Form { text: form.trim_end_matches('*').to_owned(), prefix: form.ends_with('*') });
    Element::Word(forms.collect())
}

/// A phrase in a small shorthand: words, `a|b`, `re*`, `..5`, `#`.
fn pattern(text: &str) -> Pattern {
    let steps = text.split(' ').map(|step| match step {
        "#" => Element::Number,
        _ if step.starts_with("..") => Element::Gap(step[2..].parse().unwrap()),
        _ => word(step),
    });
    Pattern(steps.collect())
}

fn scanner(patterns: &[&str]) -> Scanner {
    let mut builder = ScannerBuilder::default();
    let set = builder.set();
    for text in patterns {
        let term = match text.strip_prefix('/') {
            Some(source) => Term::Regex {
                source: source.trim_end_matches(['/', 'c']).trim_end_matches('/').to_owned(),
                case_sensitive: source.ends_with("/c"),
            },
            None => Term::Phrases(vec![pattern(text)]),
        };
        builder.add(set, &term);
    }
    builder.finish(&["the".to_owned(), "to".to_owned(), "of".to_owned()])
}

fn check(patterns: &[&str], text: &str, expect: &[&str]) {
    let found: Vec<&str> =
        scanner(patterns).hits(text, Span::new(0, text.len())).iter().map(|hit| &text[hit.span.range()]).collect();
    assert_eq!(found, expect, "{patterns:?} in {text:?}");
}

#[test]
fn words_meet_whatever_the_case_and_the_line() {
    check(&["lack of insight"], "Marked LACK of\ninsight today", &["LACK of\ninsight"]);
    check(&["lack of insight"], "lack of\n\ninsight", &[]);
    check(
        &["non compliant", "noncompliant"],
        "Non-compliant, noncompliant, non-\n compliant",
        &["Non-compliant", "noncompliant", "non-\n compliant"],
    );
    check(&["refused meds"], "refused medsx, xrefused meds, refused. Meds", &[]);
}

#[test]
fn stems_take_any_ending_and_alternatives_any_form() {
    check(&["restrain*"], "Restraint, restrained; unrestrained", &["Restraint", "restrained"]);
    check(&["lack|lacks insight"], "She lacks insight", &["lacks insight"]);
}

#[test]
fn gaps_stop_at_a_sentence_end() {
    check(
        &["refus* ..5 medication"],
        "refused his morning, usual medication",
        &["refused his morning, usual medication"],
    );
    check(&["refus* ..5 medication"], "refused a.m. medication", &["refused a.m. medication"]);
    check(&["refus* ..5 medication"], "He refused. Medication given", &[]);
    check(&["refus* ..2 medication"], "refused one two three medication", &[]);
    check(&["refus* ..2 medication"], "refused medication", &["refused medication"]);
}

#[test]
fn numbers_are_read_with_their_marks() {
    check(&["for # mins|minutes"], "for 25mins, for 2.5 minutes, for ten minutes", &["for 25mins", "for 2.5 minutes"]);
    check(&["# hourly"], "4-hourly and 4hourly", &["4-hourly", "4hourly"]);
}

#[test]
fn the_longest_of_a_set_wins() {
    check(
        &["refused", "refused all medication"],
        "refused all medication, refused",
        &["refused all medication", "refused"],
    );
}

#[test]
fn regexes_run_near_their_words() {
    check(&[r"/\bIM\b/c"], "IM given, im fine", &["IM"]);
    check(&[r"/\b\d{1,2}[:.]\d{2}\b/"], "at 15:10 and 3.45", &["15:10", "3.45"]);
    assert_eq!(anchors(r"\b(?:IM|stat) dose\b").map(|found| found.len()), Some(1));
    assert_eq!(anchors(r",\s?(?:and |so )?(?:he|she)\b").map(|found| found.len()), Some(2));
    assert_eq!(anchors(r",?(?:he|she)\b"), None);
    assert_eq!(anchors(r"[a-z]+"), None);
}

#[test]
fn words_at_any_place_of_a_long_text_are_found() {
    for pad in 0..140 {
        let text = format!("{}refused meds", "x ".repeat(pad));
        check(&["refused meds"], &text, &["refused meds"]);
        let text = format!("{}refused meds{}", "é".repeat(pad) + " ", " z".repeat(pad));
        check(&["refused meds"], &text, &["refused meds"]);
    }
}

mod oracle {
    use super::{pattern, scanner};
    use crate::scan::as_regex;
    use crate::span::Span;
    use proptest::prelude::*;

    fn text() -> impl Strategy<Value = String> {
        let words =
            prop::sample::select(vec!["refused", "meds", "all", "the", "Restraint", "restrained", "12", "of", "lack"]);
        let marks = prop::sample::select(vec![" ", "-", "\n", ", ", " (", ") ", "  "]);
        prop::collection::vec((words, marks), 0..40)
            .prop_map(|parts| parts.into_iter().flat_map(|(word, mark)| [word, mark]).collect())
    }

    proptest! {
        #[test]
        fn every_phrase_finds_what_its_regex_finds(text in text(), which in 0_usize..6) {
            let shape = ["refused meds", "restrain*", "lack of ..3 restrain*", "refused ..2 meds", "# the|of", "the ..4 12"][which];
            let found: Vec<_> = scanner(&[shape])
                .hits(&text, Span::new(0, text.len()))
                .iter().map(|hit| (hit.span.from(), hit.span.to())).collect();
            let regex = regex::Regex::new(&as_regex(&pattern(shape))).unwrap();
            let wanted: Vec<_> = regex.find_iter(&text).map(|hit| (hit.start(), hit.end())).collect();
            if shape.contains("..") {
                // Through a gap we take the nearest way, a regex the leftmost: the same sentences, not the same starts.
                prop_assert_eq!(found.is_empty(), wanted.is_empty(), "{:?}", text);
                let whole = regex::Regex::new(&format!("^(?:{})$", as_regex(&pattern(shape)))).unwrap();
                for (start, end) in found {
                    prop_assert!(whole.is_match(&text[start..end]), "{:?}", &text[start..end]);
                }
            } else {
                prop_assert_eq!(found, wanted, "{:?}", text);
            }
        }

        #[test]
        fn no_bytes_make_it_panic(text in "\\PC{0,200}") {
            let _ = scanner(&["refused ..5 meds", "# mins", r"/\bIM\b/c"]).hits(&text, Span::new(0, text.len()));
        }
    }
}
