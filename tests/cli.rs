//! The commands as people use them, and what they must never let out.

use std::path::Path;
use std::process::{Command, Output};

#[test]
fn commands_answer_as_written_down() {
    trycmd::TestCases::new().case("tests/cli/*.trycmd").case("tests/cli/*.toml").case("README.md");
}

fn dignity(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_dignity")).current_dir(folder).args(args).output().expect("the program starts")
}

/// What only a record knows.
const CANARIES: [&str; 2] = ["Quillfeather", "Zebedee"];

#[test]
fn no_word_of_a_record_leaks_from_what_cannot_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let name = "Zebedee Quillfeather";
    let pages: [(&str, Vec<u8>); 9] = [
        ("truncated.json", format!("{{\"name\": \"{name}\", \"note\": [").into_bytes()),
        ("wrong-type.json", format!("{{\"resourceType\": \"{name}\"}}").into_bytes()),
        ("bundle.xml", format!("<ClinicalDocument><name>{name}</nam").into_bytes()),
        ("zip.docx", [b"PK\x03\x04".as_slice(), name.as_bytes()].concat()),
        ("scan.pdf", format!("%PDF-1.4\n{name}\n").into_bytes()),
        ("bad-utf8.md", [name.as_bytes(), b" was held down \xff\xfe\xc3\x28"].concat()),
        ("nul.txt", [name.as_bytes(), b"\0\0\0 frequent flyer"].concat()),
        ("front.md", format!("---\nkind: {name}\nprefers: [{name}\n---\nHe was held down.\n").into_bytes()),
        ("note.md", format!("{name} was restrained by four staff. {name} is attention seeking.\n").into_bytes()),
    ];
    for (file, bytes) in &pages {
        std::fs::write(folder.path().join(file), bytes).unwrap();
    }
    let names: Vec<&str> = pages.iter().map(|(file, _)| *file).collect();
    for format in dignity::report::REPORTERS.iter().map(|reporter| reporter.name()) {
        for more in [
            &["--before-saving"][..],
            &["--show", "advice", "--confidence", "low", "--opt-in"],
            &["-o", "json=out.json"],
        ] {
            let args = [&["check", "--kind", "record", "--format", format][..], more, &names].concat();
            let Output { stdout, stderr, status } = dignity(folder.path(), &args);
            assert!(matches!(status.code(), Some(0..=3)), "{format}: {status}");
            let report = std::fs::read(folder.path().join("out.json")).unwrap_or_default();
            let said = [stdout, stderr, report].concat();
            let said = String::from_utf8_lossy(&said);
            assert!(said.contains("note.md"), "{format} says nothing");
            for canary in CANARIES {
                assert!(!said.contains(canary), "{format} {more:?} lets {canary} out:\n{said}");
            }
        }
    }
    let why = dignity(folder.path(), &["why", "note.md:1", "--kind", "record"]);
    let said = String::from_utf8_lossy(&why.stdout).into_owned();
    assert!(said.contains("note.md:1") && CANARIES.iter().all(|canary| !said.contains(canary)), "{said}");
}

#[test]
fn a_new_rule_loads_and_holds() {
    let folder = tempfile::tempdir().unwrap();
    let args = [
        "new",
        "rule",
        "house/it-s-only-words",
        "--title",
        "Only: words",
        "--term",
        "just words",
        "--right",
        "12(3)",
        "--right",
        "hope",
        "--why",
        "It's a test: nothing more.",
        "--ask",
        "Why #1?",
        "--flag",
        "It's just words.",
        "--flag",
        "Just words: no deeds.",
        "--pass",
        "Nothing.",
        "--pass",
        "# Not a remark",
    ];
    let new = dignity(folder.path(), &args);
    let (out, err) = (String::from_utf8_lossy(&new.stdout), String::from_utf8_lossy(&new.stderr));
    assert_eq!(new.status.code(), Some(0), "{out}{err}");
    let test = dignity(folder.path(), &["test", "rules"]);
    let said = String::from_utf8_lossy(&test.stdout);
    assert_eq!(test.status.code(), Some(0), "{said}");
    let again = dignity(folder.path(), &args);
    assert_eq!(again.status.code(), Some(2), "a rule that is there was written over");
}

#[test]
fn a_project_file_that_is_there_is_never_written_over() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(dignity(folder.path(), &["init"]).status.code(), Some(0));
    let before = std::fs::read(folder.path().join("dignity.yaml")).unwrap();
    assert_eq!(dignity(folder.path(), &["init"]).status.code(), Some(2));
    assert_eq!(std::fs::read(folder.path().join("dignity.yaml")).unwrap(), before);
    let settings = dignity(folder.path(), &["settings"]);
    assert_eq!(settings.status.code(), Some(0), "{}", String::from_utf8_lossy(&settings.stderr));
}

#[test]
fn nothing_is_passed_over_in_silence() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("pages/.hidden")).unwrap();
    for file in ["pages/a.md", "pages/.b.md", "pages/.hidden/c.md", "pages/d.xyz", "pages/ignored.md"] {
        std::fs::write(folder.path().join(file), "We had soup.\n").unwrap();
    }
    std::fs::write(folder.path().join("pages/.gitignore"), "ignored.md\n").unwrap();
    for (more, documents, passed_over) in [(&[][..], 2, 4), (&["--respect-gitignore"][..], 1, 5)] {
        let args = [&["pages", "--format", "json"][..], more].concat();
        let json: serde_json::Value = serde_json::from_slice(&dignity(folder.path(), &args).stdout).unwrap();
        assert_eq!(json["tally"]["documents"], documents, "{more:?}");
        assert_eq!(json["tally"]["passed_over"], passed_over, "{more:?}");
    }
}

#[test]
fn patterns_work_where_the_shell_leaves_them_alone() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("a/b")).unwrap();
    for file in ["a/1.md", "a/b/2.md", "a/b/3.txt"] {
        std::fs::write(folder.path().join(file), "We had soup.\n").unwrap();
    }
    for (pattern, documents) in [("a/*.md", 1), ("a/**/*.md", 2), ("./a/b/*", 2), ("*/b/?.{md,txt}", 2)] {
        let json = dignity(folder.path(), &[pattern, "--format", "json"]).stdout;
        let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
        assert_eq!(json["tally"]["documents"], documents, "{pattern}");
    }
    assert_eq!(dignity(folder.path(), &["a/*.odd"]).status.code(), Some(3));
}

#[test]
fn threads_change_nothing_but_the_time() {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..260 {
        let text = format!("# Night {number}\n\nHe was restrained by staff.\n");
        std::fs::write(folder.path().join(format!("{number:03}.md")), text).unwrap();
    }
    let one = dignity(folder.path(), &[".", "--format", "jsonl", "--threads", "1"]);
    let many = dignity(folder.path(), &[".", "--format", "jsonl", "--threads", "4"]);
    assert!(one.stdout == many.stdout && one.stdout.len() > 10_000);
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    use std::process::Stdio;
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.md"), "We had soup.\n").unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_dignity"))
        .current_dir(folder.path())
        .args(["a.md", "--format", "json"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn a_large_first_run_shows_what_matters_most_and_how_to_see_the_rest() {
    let folder = tempfile::tempdir().unwrap();
    let words = "He is a frequent flyer.\n\nHe is a frequent flyer, again.\n";
    for number in 0..12 {
        std::fs::write(folder.path().join(format!("{number}.md")), words).unwrap();
    }
    std::fs::write(folder.path().join("hold.md"), "He was held down.\n").unwrap();
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/rules");
    let rules = rules.to_str().unwrap();
    let said = |more: &[&str]| {
        let args = [&[".", "--kind", "record", "--rules", rules, "--only", "house"][..], more].concat();
        String::from_utf8(dignity(folder.path(), &args).stdout).unwrap()
    };
    let first = said(&[]);
    let blocks = |text: &str| text.matches("\n  Why ").count();
    assert_eq!(blocks(&first), 3, "{first}");
    assert!(first.starts_with("hold.md:1"), "what the record owes comes first:\n{first}");
    assert!(first.contains("The rest") && first.contains("--at-most all"), "{first}");
    let all = said(&["--at-most", "all"]);
    assert!(blocks(&all) > 6, "{all}");
    assert!(!all.contains("The rest"), "{all}");
    std::fs::write(folder.path().join("dignity.yaml"), "# nothing yet\n").unwrap();
    assert_eq!(blocks(&said(&[])), blocks(&all), "who has a project file knows the tool");
}

#[test]
fn a_note_on_standard_input_is_answered_with_three_findings_at_most() {
    use std::io::Write;
    use std::process::Stdio;
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/rules");
    let words: String =
        (0..5).map(|number| format!("# {number}\n\nHe is a frequent flyer, {number} visits now.\n\n")).collect();
    let words = words + "# Night\n\nHe was held down.\n";
    for (more, expect) in
        [(&["--kind", "record"][..], 3), (&["--kind", "policy"], 6), (&["--kind", "record", "--at-most", "all"], 6)]
    {
        let mut child = Command::new(env!("CARGO_BIN_EXE_dignity"))
            .args(["-", "--rules", rules.to_str().unwrap(), "--only", "house", "--format", "jsonl", "--show", "advice"])
            .args(more)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(words.as_bytes()).unwrap();
        let said = String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap();
        let findings: Vec<&str> = said.lines().filter(|line| line.starts_with("{\"type\":\"finding\"")).collect();
        assert!(findings.len() <= expect && (expect == 6 || findings.len() == 3), "{more:?}\n{said}");
        if expect == 3 {
            assert!(findings[0].contains("hold-without-account"), "what the record owes comes first:\n{said}");
        }
    }
}

/// A page whose drawing calls ten others, each of which calls ten, nine deep: a few lines that take for ever.
#[cfg(feature = "pdf")]
fn bomb() -> Vec<u8> {
    let mut text = String::from("%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n");
    text.push_str("2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n");
    text.push_str("3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R ");
    text.push_str("/Resources << /XObject << /F 5 0 R >> >> >>\nendobj\n");
    text.push_str("4 0 obj\n<< /Length 5 >>\nstream\n/F Do\nendstream\nendobj\n");
    for form in 5..14 {
        let calls = "/F Do ".repeat(10);
        let length = calls.len();
        let next = form + 1;
        let form = format!(
            "{form} 0 obj\n<< /Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /XObject << /F {next} 0 R >> >> \
             /Length {length} >>\nstream\n{calls}\nendstream\nendobj\n"
        );
        text.push_str(&form);
    }
    text.push_str(
        "14 0 obj\n<< /Type /XObject /Subtype /Form /BBox [0 0 600 800] /Length 15 >>\nstream\n0 0 m 9 9 l S   \n",
    );
    text.push_str("endstream\nendobj\ntrailer\n<< /Root 1 0 R >>\nstartxref\n0\n%%EOF\n");
    text.into_bytes()
}

#[cfg(feature = "pdf")]
#[test]
fn a_pdf_that_takes_for_ever_is_given_up_and_the_others_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let good = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/formats/pdf/one-column.pdf");
    std::fs::copy(good, folder.path().join("good.pdf")).unwrap();
    std::fs::write(folder.path().join("bomb.pdf"), bomb()).unwrap();
    let args = ["check", "--kind", "record", "--format", "line", "--pdf-seconds", "2", "."];
    let Output { stdout, status, .. } = dignity(folder.path(), &args);
    let said = String::from_utf8_lossy(&stdout);
    assert_eq!(status.code(), Some(3), "{said}");
    assert!(said.contains("bomb.pdf: not read: Reading it took more than 2 seconds"), "{said}");
    assert!(said.contains("good.pdf"), "{said}");
    assert!(said.contains("1 document"), "{said}");
}
