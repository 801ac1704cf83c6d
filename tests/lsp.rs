//! The language server, talked to as an editor would, without a process.

use dignity::built_in;
use dignity::check::Options;
use dignity::checker::Checker;
use dignity::lsp::{Session, Setting, Wanted};
use dignity::rule::{Choice, RuleError};
use dignity::run::Kinds;
use lsp_server::{Message, Notification, Request};
use proptest::prelude::{Strategy, prop, prop_assert_eq, proptest};
use serde_json::{Value, json};

const URI: &str = "untitled:note";

fn load(_: &Wanted<'_>) -> Result<Setting, Vec<RuleError>> {
    let mut rules = built_in::rules()?;
    rules.choose(&Choice::default())?;
    let checker = Checker { rules, options: Options::default() };
    Ok(Setting { checker, kinds: Kinds::default(), profile: None })
}

fn session(columns: &str) -> Session<'static> {
    let asked = json!({
        "processId": null,
        "rootUri": null,
        "capabilities": { "general": { "positionEncodings": [columns] } },
        "initializationOptions": { "kind": "record" },
    });
    Session::begin(&asked, &load).0
}

fn tell(session: &mut Session<'_>, method: &str, params: Value) -> Vec<Message> {
    session.take(Message::Notification(Notification::new(method.to_owned(), params)))
}

fn ask(session: &mut Session<'_>, method: &str, params: Value) -> Value {
    let request = Request::new(7.into(), method.to_owned(), params);
    match session.take(Message::Request(request)).pop() {
        Some(Message::Response(response)) => serde_json::to_value(response).unwrap(),
        other => panic!("no answer but {}", other.is_some()),
    }
}

fn open(session: &mut Session<'_>, text: &str) -> Vec<Value> {
    let item = json!({ "uri": URI, "languageId": "markdown", "version": 1, "text": text });
    tell(session, "textDocument/didOpen", json!({ "textDocument": item }));
    seen(session)
}

fn change(session: &mut Session<'_>, changes: &Value) {
    let document = json!({ "uri": URI, "version": 2 });
    tell(session, "textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
}

fn seen(session: &mut Session<'_>) -> Vec<Value> {
    let found = session.diagnostics(URI).unwrap();
    found.into_iter().map(|one| serde_json::to_value(one).unwrap()).collect()
}

fn rules(found: &[Value]) -> Vec<&str> {
    found.iter().map(|one| one["code"].as_str().unwrap()).collect()
}

const NOTE: &str = "She \u{1F600} is non-compliant with her tablets.\n";

#[test]
fn a_word_is_marked_in_the_columns_that_were_agreed() {
    for (columns, from) in [("utf-8", 12), ("utf-16", 10), ("utf-32", 9)] {
        let found = open(&mut session(columns), NOTE);
        assert_eq!(rules(&found), ["language/non-compliant-person"], "{columns}");
        assert_eq!(found[0]["range"]["start"], json!({ "line": 0, "character": from }), "{columns}");
        assert!(!found[0]["message"].as_str().unwrap().contains("non-compliant"), "the editor marks the words");
    }
}

#[test]
fn hover_says_why_whose_right_and_how_sure() {
    let mut session = session("utf-16");
    open(&mut session, NOTE);
    let at = json!({ "textDocument": { "uri": URI }, "position": { "line": 0, "character": 12 } });
    let page = ask(&mut session, "textDocument/hover", at)["result"]["contents"]["value"].to_string();
    for part in ["**Why**", "**Ask**", "**Right** CRPD", "(verified)", "confidence"] {
        assert!(page.contains(part), "{part} in {page}");
    }
    let beside = json!({ "textDocument": { "uri": URI }, "position": { "line": 0, "character": 1 } });
    assert_eq!(ask(&mut session, "textDocument/hover", beside)["result"], Value::Null);
}

fn offered(text: &str) -> Vec<Value> {
    let mut session = session("utf-16");
    open(&mut session, text);
    let end = json!({ "line": 99, "character": 0 });
    let range = json!({ "start": { "line": 0, "character": 0 }, "end": end });
    let asked = json!({ "textDocument": { "uri": URI }, "range": range, "context": { "diagnostics": [] } });
    ask(&mut session, "textDocument/codeAction", asked)["result"].as_array().cloned().unwrap_or_default()
}

#[test]
fn wordings_are_offered_and_none_is_preferred() {
    let actions = offered(NOTE);
    assert!(!actions.is_empty());
    for action in actions {
        assert_eq!(action.get("isPreferred"), None);
        let edit = &action["edit"]["changes"][URI][0];
        assert_eq!(edit["range"], action["diagnostics"][0]["range"]);
        assert!(action["title"].as_str().unwrap().ends_with(edit["newText"].as_str().unwrap()));
    }
}

#[test]
fn nothing_is_offered_in_a_signed_note_or_in_the_persons_own_words() {
    let signed = format!("{NOTE}\nSigned: Hazel Fern, RMN\n");
    let mut other = session("utf-16");
    assert_eq!(rules(&open(&mut other, &signed)), ["language/non-compliant-person"]);
    assert_eq!(offered(&signed), Vec::<Value>::new());
    let own = "He said: \"I am a schizo and a nutter, that is what they call me.\"\n";
    assert_eq!(open(&mut session("utf-16"), own), Vec::<Value>::new());
    assert_eq!(offered(own), Vec::<Value>::new());
}

#[test]
fn a_note_still_being_typed_owes_nothing_until_it_is_saved() {
    let text = "14/03/2026 15:10 Restrained by four staff after he";
    let mut session = session("utf-16");
    open(&mut session, "");
    change(&mut session, &json!([{ "text": text }]));
    assert_eq!(seen(&mut session), Vec::<Value>::new());
    tell(&mut session, "textDocument/didSave", json!({ "textDocument": { "uri": URI } }));
    assert!(rules(&seen(&mut session)).iter().any(|rule| rule.starts_with("restrictive/")));
}

#[test]
fn at_most_three_findings_are_shown_of_a_note() {
    let labels = "Manipulative. Attention seeking. Non-compliant. Lacks insight. A frequent flyer. Poor historian.\n";
    assert_eq!(open(&mut session("utf-16"), labels).len(), 3);
}

#[test]
fn a_request_that_cannot_be_read_is_refused_without_its_words() {
    let mut session = session("utf-16");
    open(&mut session, "");
    let answer = ask(&mut session, "textDocument/hover", json!({ "textDocument": "Canary Wrenfield was secluded" }));
    assert_eq!(answer["error"]["code"], -32602);
    assert!(!answer.to_string().contains("Wrenfield"));
    assert_eq!(ask(&mut session, "textDocument/rename", json!({}))["error"]["code"], -32601);
    tell(&mut session, "textDocument/didChange", json!([1, 2]));
    tell(&mut session, "textDocument/didOpen", json!("x"));
}

#[test]
fn a_client_that_pulls_is_told_when_nothing_has_changed() {
    let asked = json!({ "processId": null, "rootUri": null, "capabilities": { "textDocument": { "diagnostic": {} } } });
    let (mut session, can) = Session::begin(&asked, &load);
    assert!(can["capabilities"]["diagnosticProvider"].is_object());
    open(&mut session, NOTE);
    let pull = |session: &mut Session<'_>, last: Option<&str>| {
        let asked = json!({ "textDocument": { "uri": URI }, "previousResultId": last });
        ask(session, "textDocument/diagnostic", asked)["result"].clone()
    };
    let first = pull(&mut session, None);
    assert_eq!(first["items"].as_array().unwrap().len(), 1);
    assert!(session.rest().is_empty(), "what is pulled is not pushed as well");
    let again = pull(&mut session, first["resultId"].as_str());
    assert_eq!(again["kind"], "unchanged");
    change(&mut session, &json!([{ "text": "" }]));
    assert_eq!(pull(&mut session, first["resultId"].as_str())["items"], json!([]));
}

/// An edit: where it begins and ends, as thousandths of the text, and what is put there.
fn edits() -> impl Strategy<Value = Vec<(usize, usize, String)>> {
    let words = prop::sample::select(vec![
        "non-compliant ",
        "\n",
        "\r\n",
        "She ",
        "said: \"",
        "\" ",
        "# Plan\n",
        "- ",
        "\u{1F600}",
        "e\u{301}",
        "restrained. ",
        "no ",
        "14/03/2026 15:10 ",
        "refused her tablets. ",
        "Signed: A Fern, RMN\n",
        "",
    ]);
    prop::collection::vec((0_usize..=1000, 0_usize..=120, words.prop_map(str::to_owned)), 1..30)
}

proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(24))]
    #[test]
    fn after_any_edits_the_findings_are_those_of_the_text(edits in edits()) {
        let mut session = session("utf-16");
        let mut text = NOTE.repeat(2);
        open(&mut session, &text);
        for (at, length, words) in edits {
            let units: Vec<u16> = text.encode_utf16().collect();
            let floor = |mut at: usize| { while at > 0 && units.get(at).is_some_and(|unit| (0xDC00..0xE000).contains(unit)) { at -= 1 } at };
            let (from, to) = (floor(units.len() * at / 1000), floor((units.len() * at / 1000 + length).min(units.len())));
            let place = |at: usize| {
                let before = String::from_utf16(&units[..at]).unwrap();
                let whole = String::from_utf16(&units).unwrap();
                // Between the two bytes of a line end an editor has no position.
                let split = before.ends_with('\r') && whole[before.len()..].starts_with('\n');
                let line = before.replace("\r\n", "\n").matches(['\n', '\r']).count();
                let column = before.rsplit(['\n', '\r']).next().unwrap().encode_utf16().count();
                (!split).then(|| json!({ "line": line, "character": column }))
            };
            let (Some(start), Some(end)) = (place(from), place(to)) else { continue };
            change(&mut session, &json!([{ "range": { "start": start, "end": end }, "text": words }]));
            text = String::from_utf16(&[&units[..from], &words.encode_utf16().collect::<Vec<_>>(), &units[to..]].concat()).unwrap();
        }
        tell(&mut session, "textDocument/didSave", json!({ "textDocument": { "uri": URI } }));
        let edited = seen(&mut session);
        let fresh = open(&mut self::session("utf-16"), &text);
        prop_assert_eq!(edited, fresh);
    }
}
