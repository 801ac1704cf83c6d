//! The local server, asked over a real connection.

use dignity::built_in;
use dignity::check::Options;
use dignity::checker::Checker;
use dignity::document::Kind;
use dignity::rule::Choice;
use dignity::serve::{Door, Service};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::OnceLock;
use std::thread;

/// The port of a server that all tests share.
fn port() -> u16 {
    static PORT: OnceLock<u16> = OnceLock::new();
    *PORT.get_or_init(|| {
        let mut rules = built_in::rules().unwrap();
        rules.choose(&Choice::default()).unwrap();
        let checker = Checker { rules, options: Options::default(), key: None };
        let door = Door::open(0).unwrap();
        let port = door.port();
        thread::spawn(move || door.serve(Service { checker, kind: Some(Kind::Record), profile: None }));
        port
    })
}

/// Sends bytes as they are; the status and the whole answer.
fn raw(bytes: &[u8]) -> (u16, String) {
    let mut stream = TcpStream::connect(("127.0.0.1", port())).unwrap();
    let _ = stream.write_all(bytes);
    let _ = stream.shutdown(Shutdown::Write);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    (status, answer)
}

fn ask(method: &str, path: &str, headers: &str, body: &str) -> (u16, String) {
    let head = format!("{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n{headers}", port());
    raw(format!("{head}Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes())
}

fn body(answer: &str) -> Value {
    serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap()
}

fn form(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[test]
fn a_program_that_knows_languagetool_sees_findings_in_utf_16_units() {
    let text = "She \u{1F600} is non-compliant with her tablets.";
    let (status, answer) = ask("POST", "/v2/check", "", &format!("language=en-GB&text={}", form(text)));
    assert_eq!(status, 200);
    let found = &body(&answer)["matches"][0];
    assert_eq!((&found["offset"], &found["length"]), (&json!(10), &json!(13)));
    assert_eq!(found["rule"]["id"], "language/non-compliant-person");
    assert!(found["replacements"].as_array().is_some_and(|list| !list.is_empty()));
    let (_, answer) = ask("POST", "/v2/check", "", &format!("language=nl&text={}", form(text)));
    assert_eq!(body(&answer)["matches"], json!([]));
    let off = format!("language=auto&disabledRules=language/non-compliant-person&text={}", form(text));
    assert_eq!(body(&ask("POST", "/v2/check", "", &off).1)["matches"], json!([]));
}

#[test]
fn a_single_paragraph_is_not_asked_for_what_a_whole_record_owes() {
    let event = "15:10 Restrained by four staff and given IM lorazepam.";
    let asked = |text: &str| body(&ask("POST", "/v2/check", "", &format!("language=en&text={}", form(text))).1);
    assert_eq!(asked(event)["matches"], json!([]));
    let whole = asked(&format!("14/03/2026\n\n{event}\n\nSettled later.\n"));
    assert!(whole["matches"].to_string().contains("restrictive/"), "{whole}");
}

#[test]
fn the_persons_own_words_get_no_suggestion() {
    let text = "He said: \"I am a schizo and a nutter, that is what they call me.\"";
    let (_, answer) = ask("POST", "/v2/check", "", &format!("language=en&text={}", form(text)));
    assert_eq!(body(&answer)["matches"], json!([]));
    let (_, answer) = ask("POST", "/api/check", "", &json!({ "text": text }).to_string());
    assert_eq!(body(&answer)["findings"], json!([]));
}

#[test]
fn programs_get_our_report_without_the_words_unless_they_ask() {
    let text = "Pt non-compliant, refused meds, IM haloperidol given.";
    let (status, answer) = ask("POST", "/api/check", "", &json!({ "text": text }).to_string());
    assert_eq!((status, &body(&answer)["schema"]), (200, &json!("dignity/report/1")));
    assert!(!answer.contains("haloperidol"), "{answer}");
    let (_, answer) = ask("POST", "/api/check", "", &json!({ "text": text, "excerpts": true }).to_string());
    assert!(answer.contains("haloperidol"), "{answer}");
    let described = body(&ask("GET", "/api/openapi.json", "", "").1);
    assert!(described["paths"]["/api/check"]["post"].is_object());
}

#[test]
fn the_page_shows_findings_and_runs_no_script() {
    let text = "<script>alert(1)</script> She is non-compliant & loud.";
    let (status, answer) = ask("POST", "/", "", &format!("kind=record&text={}", form(text)));
    assert_eq!(status, 200);
    assert!(answer.contains("<q>non-compliant</q>") && answer.contains("default-src 'none'"));
    assert!(answer.contains("&lt;script&gt;") && !answer.contains("<script"));
}

#[test]
fn other_names_and_other_origins_are_refused() {
    let (status, _) = raw(b"GET / HTTP/1.1\r\nHost: wren.example\r\n\r\n");
    assert_eq!(status, 403);
    assert_eq!(raw(b"GET / HTTP/1.1\r\n\r\n").0, 403);
    assert_eq!(ask("POST", "/v2/check", "Origin: https://wren.example\r\n", "text=x").0, 403);
    let (status, answer) = ask("POST", "/v2/check", "Origin: moz-extension://abc\r\n", "text=x");
    assert!(status == 200 && answer.contains("Access-Control-Allow-Origin: moz-extension://abc"));
}

#[test]
fn what_cannot_be_read_is_refused_without_its_words() {
    let long = format!("POST / HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Length: 99999999\r\n\r\n", port());
    assert_eq!(raw(long.as_bytes()).0, 413);
    assert_eq!(raw(b"Canary Wrenfield\r\n\r\n").0, 400);
    assert_eq!(raw(&[0xFF; 64]).0, 400);
    assert_eq!(raw(b"GET / HTTP/1.1\r\nX: ").0, 400);
    let endless = format!("GET / HTTP/1.1\r\n{}", "X: y\r\n".repeat(5000));
    assert!(matches!(raw(endless.as_bytes()).0, 400 | 431));
    for (path, sent) in [
        ("/api/check", "{\"text\": Canary Wrenfield was secluded"),
        ("/api/check", "{\"text\": [\"Canary Wrenfield\"]}"),
        ("/api/check", "{\"text\": \"x\", \"kind\": \"Canary Wrenfield\"}"),
        ("/v2/check", "data=Canary Wrenfield"),
        ("/v2/check", "other=Canary Wrenfield"),
    ] {
        let (status, answer) = ask("POST", path, "", sent);
        assert_eq!(status, 400, "{path} {sent}");
        assert!(!answer.contains("Wrenfield"), "{path} {sent}");
    }
    assert_eq!(ask("GET", "/v2/check", "", "").0, 405);
    assert_eq!(ask("GET", "/nowhere", "", "").0, 404);
}

#[test]
fn a_hundred_at_once_are_all_answered() {
    let asking: Vec<_> = (0..100)
        .map(|_| thread::spawn(|| ask("POST", "/v2/check", "", "language=en&text=She+is+non-compliant.").0))
        .collect();
    let answers: Vec<u16> = asking.into_iter().map(|one| one.join().unwrap()).collect();
    assert!(answers.iter().all(|status| matches!(status, 200 | 503)), "{answers:?}");
    assert!(answers.contains(&200));
    assert_eq!(ask("GET", "/v2/languages", "", "").0, 200);
}
