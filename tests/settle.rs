//! Who has answered for what: names of findings that outlive their place.

use dignity::checker::Checker;
use dignity::document::{Kind, Reason};
use dignity::rule::{RuleError, RuleId};
use dignity::settle::{Key, Ledger, ledger};
use std::collections::BTreeSet;
use std::process::{Command, Output};

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

/// A ledger of one answer, with one value changed, and what is said about it where.
#[track_caller]
fn check_ledger(old: &str, new: &str, expect: &[&str]) {
    let text = "- rule: policy/privileges\n  file: policies/leave.md\n  fingerprint: p1-00112233445566778899\n  \
                because: The clinic sets these hours\n  by: Quality office\n  until: 2027-06-30\n";
    let rules = dignity::built_in::rules().unwrap();
    assert!(Ledger::parse("accepted.yaml", text, &rules).is_ok());
    assert!(text.contains(old), "{old}");
    let text = text.replace(old, new);
    let said: Vec<String> = match Ledger::parse("accepted.yaml", &text, &rules) {
        Ok(_) => Vec::new(),
        Err(errors) => {
            let at = |error: &RuleError| text.get(error.at.clone()).unwrap_or_default().to_owned();
            errors.iter().map(|error| format!("{} [{}]", error.what, at(error))).collect()
        }
    };
    assert_eq!(said, expect);
}

#[test]
fn a_mistake_in_an_answer_is_shown_where_it_is() {
    check_ledger("policy/privileges", "policy/privilege", &["there is no rule `policy/privilege` [policy/privilege]"]);
    check_ledger("policy/privileges", "policy", &["an answer is for one finding of one rule [policy]"]);
    check_ledger("policy/privileges", "'*'", &["an answer is for one finding of one rule ['*']"]);
    check_ledger("policies/leave.md", "'policies/*'", &["an answer is for one finding of one file ['policies/*']"]);
    check_ledger("policies/leave.md", ".", &["an answer is for one finding of one file [.]"]);
    check_ledger("The clinic sets these hours", "fine", &["an answer gives a reason [fine]"]);
    check_ledger("The clinic sets these hours", "''", &["nothing stands here ['']"]);
    check_ledger("p1-0011", "p1-00", &["this is not the name of a finding [p1-002233445566778899]"]);
    check_ledger("2027-06-30", "2027-06-31", &["an answer ends on a day [2027-06-31]"]);
    check_ledger(
        "until: ",
        "untl: ",
        &["unknown key `untl` [untl]", "an answer to a finding needs `until` [rule: policy/privileges]"],
    );
}

#[test]
fn an_entry_is_read_back_whatever_stands_in_it() {
    let rules = dignity::built_in::rules().unwrap();
    let rule = RuleId("policy/privileges".to_owned());
    let print = "p1-00112233445566778899".parse().unwrap();
    for words in ["It's agreed: the clinic # sets this", "- one\n- two: three", "\"quoted\" {all} [of] it & *more"] {
        let text = ledger::entry(&rule, "a: b #c.md", print, words, words, "2027-06-30");
        let read = Ledger::parse("accepted.yaml", &text, &rules).expect("it can be read");
        assert_eq!(read.answers[0].because.0, words.split_whitespace().collect::<Vec<_>>().join(" "));
        assert_eq!(read.answers[0].file, "a: b #c.md");
    }
}

/// A scratch repository and the program in it.
struct Scratch(tempfile::TempDir);

impl Scratch {
    fn new() -> Self {
        let scratch = Self(tempfile::tempdir().unwrap());
        scratch.git(&["init", "--quiet"]);
        scratch
    }

    fn git(&self, args: &[&str]) {
        let who = ["-c", "user.name=Invented", "-c", "user.email=invented@example.org", "-c", "commit.gpgsign=false"];
        let done = Command::new("git").current_dir(self.0.path()).args(who).args(args).output().expect("git starts");
        assert!(done.status.success(), "git {args:?}");
    }

    fn write(&self, file: &str, text: &str) {
        std::fs::write(self.0.path().join(file), text).unwrap();
    }

    fn read(&self, file: &str) -> String {
        std::fs::read_to_string(self.0.path().join(file)).unwrap()
    }

    /// Exit code and everything that was said.
    fn run(&self, args: &[&str]) -> (i32, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dignity"));
        let Output { status, stdout, stderr } = command
            .current_dir(self.0.path())
            .env_remove("DIGNITY_KEY")
            .args(args)
            .output()
            .expect("the program starts");
        let said = String::from_utf8([stdout, stderr].concat()).unwrap();
        (status.code().unwrap(), said)
    }

    #[track_caller]
    fn expect(&self, args: &[&str], code: i32, says: &[&str]) -> String {
        let (came, said) = self.run(args);
        assert_eq!(came, code, "{args:?}\n{said}");
        for words in says {
            assert!(said.contains(words), "{args:?} does not say {words:?}:\n{said}");
        }
        said
    }
}

const CHECK: [&str; 8] = ["check", "page.md", "--kind", "policy", "--fail-on", "warning", "--format", "line"];
const RULES: [&str; 2] = ["--only", "language/non-compliant-people"];

fn with<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&CHECK[..], &RULES, more].concat()
}

#[test]
fn a_finding_is_answered_for_runs_out_becomes_known_and_only_the_new_one_counts() {
    let scratch = Scratch::new();
    let calm = "# Leave\n\nThe ward is quiet.\n";
    let first = "# Leave\n\nThe ward is quiet.\n\nA non-compliant patient loses leave.\n";
    scratch.write("page.md", calm);
    scratch.git(&["add", "."]);
    scratch.git(&["commit", "--quiet", "-m", "begin"]);
    scratch.expect(&with(&[]), 0, &["0 warnings"]);

    // A finding comes in.
    scratch.write("page.md", first);
    scratch.expect(&with(&[]), 1, &["page.md:5:3: warning"]);

    // Somebody answers for it.
    let accept = [
        "accept",
        RULES[1],
        "page.md:5",
        "--kind",
        "policy",
        "--because",
        "A heading of the old form",
        "--by",
        "Quality office",
    ];
    scratch.expect(&[&accept[..], &["--until", "2999-12-31"]].concat(), 0, &["accepted.yaml: an answer"]);
    let ledger = ["--accepted", "accepted.yaml"];
    scratch.expect(&with(&ledger), 0, &["0 warnings", "1 accepted"]);
    scratch.expect(&["accepted", "--kind", "policy"], 0, &["holds until 2999-12-31", "1 answer: 1 in use"]);

    // The paragraph moves and the answer goes with it; other words, and it does not.
    scratch.write("page.md", &format!("# Time away\n\nA non-compliant patient loses leave.\n\n{calm}"));
    scratch.expect(&with(&ledger), 0, &["1 accepted"]);
    scratch.write("page.md", &first.replace("loses leave", "loses visits"));
    scratch.expect(&with(&ledger), 1, &["1 warning", "accepted.yaml:1: settle/unused"]);
    scratch.expect(&["accepted", "--kind", "policy"], 1, &["unused", "1 unused"]);
    scratch.write("page.md", first);

    // The answer runs out.
    scratch.write("accepted.yaml", &scratch.read("accepted.yaml").replace("2999-12-31", "2001-12-31"));
    scratch.expect(&with(&ledger), 1, &["1 warning", "accepted.yaml:1: settle/expired", "ended on 2001-12-31"]);
    scratch.expect(&["accepted", "--kind", "policy"], 1, &["expired on 2001-12-31"]);

    // What stands there is written down.
    let baseline = [&["baseline", "page.md", "--kind", "policy"][..], &RULES].concat();
    scratch.expect(&baseline, 0, &["1 finding known", "1 new"]);
    let known = scratch.read("dignity-baseline.json");
    assert!(!known.contains("patient") && !known.contains("leave."), "{known}");
    scratch.expect(&with(&["--baseline", "dignity-baseline.json"]), 0, &["0 warnings", "1 known"]);
    scratch.git(&["add", "."]);
    scratch.git(&["commit", "--quiet", "-m", "known"]);

    // A new finding counts, and a baseline does not take it in by itself.
    scratch.write(
        "page.md",
        &format!("{first}\nA non-compliant visitor may be asked to leave.\n\nNon-compliant patients wait.\n"),
    );
    let said = scratch.expect(&with(&["--baseline", "dignity-baseline.json"]), 1, &["1 known", "page.md:9:1"]);
    assert!(!said.contains("page.md:5"), "{said}");
    scratch.expect(&baseline, 1, &["page.md:9:1", "nothing was written"]);
    assert_eq!(scratch.read("dignity-baseline.json"), known);

    // Only changed lines.
    let said = scratch.expect(&with(&["--since", "HEAD"]), 1, &["page.md:9:1", "1 finding on lines"]);
    assert!(!said.contains("page.md:5"), "{said}");
    scratch.expect(&with(&["--since", "HEAD~1"]), 1, &["page.md:5:3", "page.md:9:1"]);

    // It is taken in when somebody says so, goes with its file, and is taken out when it is gone.
    scratch.expect(&[&baseline[..], &["--accept-new"]].concat(), 0, &["new, 0 gone"]);
    std::fs::rename(scratch.0.path().join("page.md"), scratch.0.path().join("leave.md")).unwrap();
    let moved = [&["baseline", "leave.md", "--kind", "policy"][..], &RULES].concat();
    scratch.expect(&moved, 0, &["moved with their file, 0 new, 0 gone"]);
    scratch.write("leave.md", calm);
    scratch.expect(&moved, 0, &["0 findings known", "gone)"]);
}

#[test]
fn since_says_why_it_cannot_say() {
    let scratch = Scratch::new();
    scratch.write("page.md", "# Leave\n");
    scratch.git(&["add", "."]);
    scratch.git(&["commit", "--quiet", "-m", "begin"]);
    scratch.expect(&with(&["--since", "nowhere"]), 2, &["git knows no commit", "Nothing was judged"]);
    scratch.expect(&with(&["--since=--output=x"]), 2, &["--since takes a commit"]);
    // New files have changed as a whole.
    scratch.write("new.md", "A non-compliant patient loses leave.\n");
    let args = ["check", "new.md", "--kind", "policy", "--since", "HEAD", "--format", "line", "--fail-on", "warning"];
    scratch.expect(&args, 1, &["new.md:1:3"]);
    let alone = tempfile::tempdir().unwrap();
    std::fs::write(alone.path().join("page.md"), "A page.\n").unwrap();
    let page = alone.path().join("page.md");
    let (code, said) = scratch.run(&["check", page.to_str().unwrap(), "--since", "HEAD"]);
    assert_eq!((code, said.contains("not under version control")), (2, true), "{said}");
}

#[test]
fn a_gap_counts_as_changed_with_any_line_of_its_entry() {
    let scratch = Scratch::new();
    let note = "2026-03-14 10:00 Night shift.\n\nHe was restrained by four staff.\n\nHe slept.\n\n\
                2026-03-15 10:00 Day shift.\n\nHe was restrained by two staff.\n\nHe ate.\n";
    scratch.write("note.md", note);
    scratch.git(&["add", "."]);
    scratch.git(&["commit", "--quiet", "-m", "begin"]);
    scratch.write("note.md", &note.replace("He ate.\n", "He ate and slept.\n"));
    let args = ["check", "note.md", "--kind", "record", "--since", "HEAD", "--format", "line", "--only", "restrictive"];
    let said = scratch.expect(&args, 1, &["note.md:9:"]);
    assert!(!said.contains("note.md:3:"), "{said}");
}

#[test]
fn records_are_written_down_only_with_a_key_and_without_their_names() {
    let scratch = Scratch::new();
    scratch.write(
        "Zebedee Quillfeather.md",
        "2026-03-14 10:00 Non-compliant with medication. He was restrained by four staff.\n",
    );
    let baseline = ["baseline", "Zebedee Quillfeather.md", "--kind", "record"];
    scratch.expect(&baseline, 2, &["without a key", "Nothing was written"]);
    scratch.expect(&["keygen", "a.key"], 0, &["a new key"]);
    scratch.expect(&["keygen", "a.key"], 2, &["there already"]);
    scratch.expect(&["keygen", "b.key"], 0, &[]);
    let key = scratch.read("a.key");
    assert!(key.trim().len() == 64 && key != scratch.read("b.key"));
    scratch.expect(&[&baseline[..], &["--key-file", "a.key"]].concat(), 0, &["known"]);
    let known = scratch.read("dignity-baseline.json");
    for secret in ["Zebedee", "Quillfeather", "restrained", key.trim(), "p1-"] {
        assert!(!known.contains(secret), "{known}");
    }
    let check = [
        "check",
        "Zebedee Quillfeather.md",
        "--kind",
        "record",
        "--format",
        "line",
        "--baseline",
        "dignity-baseline.json",
    ];
    scratch.expect(&[&check[..], &["--key-file", "a.key"]].concat(), 0, &["0 errors", "known"]);
    scratch.expect(&check, 2, &["made with a key"]);
    scratch.expect(&[&check[..], &["--key-file", "b.key"]].concat(), 2, &["made with another key"]);
    scratch.write("short.key", "short\n");
    let said = scratch.expect(&[&check[..], &["--key-file", "short.key"]].concat(), 2, &["a key has at least 16"]);
    assert!(!said.contains("short\n"), "{said}");
}

#[cfg(unix)]
#[test]
fn a_key_is_readable_by_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let scratch = Scratch::new();
    scratch.expect(&["keygen"], 0, &["dignity.key"]);
    let mode = std::fs::metadata(scratch.0.path().join("dignity.key")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn broken_ledgers_and_baselines_judge_nothing() {
    let scratch = Scratch::new();
    scratch.write("page.md", "A non-compliant patient loses leave.\n");
    for (option, file, text, says) in [
        ("--accepted", "a.yaml", "- rule: policy/none\n", "nothing was judged"),
        ("--accepted", "b.yaml", "[[[", "nothing was judged"),
        ("--accepted", "c.yaml", "", "0 warnings"),
        ("--baseline", "d.json", "{\"form\": \"dignity/baseline/1\", \"kno", "this is not a baseline"),
        ("--baseline", "e.json", "{\"form\": \"dignity/baseline/9\", \"known\": {}}", "not a baseline of the form"),
        (
            "--baseline",
            "f.json",
            "{\"form\": \"dignity/baseline/1\", \"known\": {\"a\": {\"x\": 1}}}",
            "not the name of a finding",
        ),
    ] {
        scratch.write(file, text);
        let (code, said) = scratch.run(&with(&[option, file]));
        if file == "c.yaml" {
            assert_eq!(code, 1, "an empty ledger answers for nothing\n{said}");
        } else {
            assert_eq!((code, said.contains(says)), (2, true), "{file}\n{said}");
        }
    }
    scratch.expect(&with(&["--accepted", "none.yaml"]), 2, &["dignity accept writes one"]);
    scratch.expect(&with(&["--baseline", "none.json"]), 2, &["dignity baseline writes one"]);
}
