//! The conversation with one client: messages in, messages out. No input, no output, so that it can be tried as it is.

use super::open::{self, Open};
use super::setting::{Load, Setting, Wanted};
use super::text::{Columns, Text};
use super::{actions, completion, diagnose, hover, rule_files};
use crate::document::Kind;
use crate::rule::RuleError;
use crate::run::project_file;
use gen_lsp_types as lsp;
use lsp_server::{ErrorCode, Message, Notification, Request, Response};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What is known of a client and its documents.
pub struct Session<'l> {
    load: Load<'l>,
    columns: Columns,
    /// Whether the client asks for findings; then they are not sent unasked as well.
    pulls: bool,
    /// Whether the client can be asked to watch files.
    watches: bool,
    /// What texts are when neither project nor content says so.
    kind: Option<Kind>,
    /// Where rules are explained; `{id}` stands for a rule.
    pages: Option<String>,
    documents: BTreeMap<String, Open>,
    /// By project file; `None` where there is none.
    settings: BTreeMap<Option<PathBuf>, Result<Setting, Vec<RuleError>>>,
    /// Goes up whenever settings may have changed.
    generation: u32,
    /// Documents whose findings are to be sent.
    due: BTreeSet<String>,
}

impl std::fmt::Debug for Session<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Session({} documents)", self.documents.len())
    }
}

/// A request that cannot be answered: a code of the protocol, and why, without words of a document.
type Refusal = (ErrorCode, &'static str);

impl<'l> Session<'l> {
    /// Begins: what the client can do decides what is offered to it.
    pub fn begin(asked: &Value, load: Load<'l>) -> (Self, Value) {
        let asked: lsp::InitializeParams = serde_json::from_value(asked.clone()).unwrap_or_default();
        let offered = asked.capabilities.general.and_then(|general| general.position_encodings).unwrap_or_default();
        let columns = Columns::agreed(&offered);
        let pulls = asked.capabilities.text_document.is_some_and(|text| text.diagnostic.is_some());
        let watches = asked.capabilities.workspace.and_then(|workspace| workspace.did_change_watched_files);
        let watches = watches.is_some_and(|files| files.dynamic_registration == Some(true));
        let options = asked.initialization_options.unwrap_or_default();
        let option = |key: &str| serde_json::to_value(&options).ok()?.get(key)?.as_str().map(str::to_owned);
        let session = Self {
            load,
            columns,
            pulls,
            watches,
            kind: option("kind").as_deref().and_then(Kind::from_name),
            pages: option("rulePages"),
            documents: BTreeMap::new(),
            settings: BTreeMap::new(),
            generation: 0,
            due: BTreeSet::new(),
        };
        let mut can = json!({
            "positionEncoding": columns.kind(),
            "textDocumentSync": { "openClose": true, "change": 2, "save": { "includeText": false } },
            "hoverProvider": true,
            "codeActionProvider": { "codeActionKinds": ["quickfix"] },
            "completionProvider": { "triggerCharacters": ["$", " ", "-"] },
        });
        if pulls {
            can["diagnosticProvider"] =
                json!({ "identifier": "dignity", "interFileDependencies": false, "workspaceDiagnostics": false });
        }
        let version = env!("CARGO_PKG_VERSION");
        (session, json!({ "capabilities": can, "serverInfo": { "name": "dignity", "version": version } }))
    }

    /// What is said right after the beginning.
    pub fn greet(&self) -> Vec<Message> {
        if !self.watches {
            return Vec::new();
        }
        let watchers = json!([{ "globPattern": "**/dignity.yaml" }, { "globPattern": "**/*.{yaml,yml}" }]);
        let register = json!({ "registrations": [{
            "id": "rules", "method": "workspace/didChangeWatchedFiles", "registerOptions": { "watchers": watchers },
        }]});
        vec![Message::Request(Request::new(0.into(), "client/registerCapability".to_owned(), register))]
    }

    /// Takes a message and answers it, if it asks for an answer.
    pub fn take(&mut self, message: Message) -> Vec<Message> {
        match message {
            Message::Request(request) => vec![Message::Response(self.answer(&request))],
            Message::Notification(notification) => self.hear(&notification),
            Message::Response(_) => Vec::new(),
        }
    }

    /// Sends what has become due; called when no message waits.
    pub fn rest(&mut self) -> Vec<Message> {
        let due = std::mem::take(&mut self.due);
        if self.pulls {
            return Vec::new();
        }
        due.into_iter()
            .filter_map(|uri| {
                let diagnostics = self.diagnostics(&uri)?;
                let version = self.documents.get(&uri).map(|open| open.version);
                Some(published(&uri, version, &diagnostics))
            })
            .collect()
    }

    /// The findings of an open document, as the client will see them.
    pub fn diagnostics(&mut self, uri: &str) -> Option<Vec<lsp::Diagnostic>> {
        let edited = self.edited();
        let open = self.documents.get_mut(uri)?;
        if let Some(errors) = rule_files::mistakes(open, self.load, &edited) {
            return Some(diagnose::mistakes(open, &errors));
        }
        if open.text.as_str().len() > open::MOST {
            return Some(vec![diagnose::too_long()]);
        }
        match setting(&mut self.settings, self.load, &edited, open.path.as_deref()) {
            Err(errors) => Some(vec![diagnose::nothing_judged(errors)]),
            Ok(setting) => {
                open.look(setting, self.kind);
                Some(diagnose::findings(open, uri, setting, self.pages.as_deref()))
            }
        }
    }

    fn answer(&mut self, request: &Request) -> Response {
        let answer = match request.method.as_str() {
            "textDocument/diagnostic" => params(request).map(|asked| self.pulled(&asked)),
            "textDocument/hover" => params(request).map(|asked| self.hover(&asked)),
            "textDocument/codeAction" => params(request).map(|asked| self.actions(&asked)),
            "textDocument/completion" => params(request).map(|asked| self.completion(&asked)),
            _ => Err((ErrorCode::MethodNotFound, "this server does not do that")),
        };
        match answer {
            Ok(value) => Response::new_ok(request.id.clone(), value),
            Err((code, what)) => Response::new_err(request.id.clone(), code as i32, what.to_owned()),
        }
    }

    fn hear(&mut self, said: &Notification) -> Vec<Message> {
        match said.method.as_str() {
            "textDocument/didOpen" => heard(said).map(|it| self.open(it)),
            "textDocument/didChange" => heard(said).map(|it| self.change(it)),
            "textDocument/didSave" => heard(said).map(|it| self.saved(&it)),
            "textDocument/didClose" => heard(said).map(|it| self.close(&it)),
            "workspace/didChangeWatchedFiles" | "workspace/didChangeConfiguration" => Some(self.reload()),
            _ => None,
        }
        .unwrap_or_default()
    }

    fn open(&mut self, it: lsp::DidOpenTextDocumentParams) -> Vec<Message> {
        let item = it.text_document;
        let path = path(&item.uri.0);
        let language = serde_json::to_value(&item.language_id).ok();
        let language = language.as_ref().and_then(Value::as_str).unwrap_or_default();
        let name = path.as_ref().and_then(|path| Some(path.file_name()?.to_string_lossy().into_owned()));
        let name = name.unwrap_or_else(|| open::unsaved(language));
        let text = Text::new(item.text, self.columns);
        let open = Open { path, name, version: item.version, text, settled: true, seen: None };
        self.due.insert(item.uri.0.clone());
        self.documents.insert(item.uri.0, open);
        Vec::new()
    }

    fn change(&mut self, it: lsp::DidChangeTextDocumentParams) -> Vec<Message> {
        let uri = it.text_document.text_document_identifier.uri.0;
        let Some(open) = self.documents.get_mut(&uri) else { return Vec::new() };
        open.version = it.text_document.version;
        open.settled = false;
        open.seen = None;
        for change in it.content_changes {
            match change {
                lsp::TextDocumentContentChangeEvent::TextDocumentContentChangePartial(part) => {
                    open.text.edit(Some(part.range), &part.text);
                }
                lsp::TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(whole) => {
                    open.text.edit(None, &whole.text);
                }
            }
        }
        let ruling = is_yaml(open.path.as_deref());
        self.due.insert(uri);
        if ruling { self.reload() } else { Vec::new() }
    }

    fn saved(&mut self, it: &lsp::DidSaveTextDocumentParams) -> Vec<Message> {
        let uri = &it.text_document.uri.0;
        let Some(open) = self.documents.get_mut(uri) else { return Vec::new() };
        open.settled = true;
        open.seen = None;
        self.due.insert(uri.clone());
        let ruling = is_yaml(open.path.as_deref());
        if ruling || self.pulls { self.reload() } else { Vec::new() }
    }

    fn close(&mut self, it: &lsp::DidCloseTextDocumentParams) -> Vec<Message> {
        let uri = &it.text_document.uri.0;
        self.due.remove(uri);
        let known = self.documents.remove(uri);
        // What is closed shows nothing any more.
        if known.is_some() && !self.pulls { vec![published(uri, None, &[])] } else { Vec::new() }
    }

    /// Rules or settings may have changed: all is looked at again.
    fn reload(&mut self) -> Vec<Message> {
        self.settings.clear();
        self.generation += 1;
        for (uri, open) in &mut self.documents {
            open.seen = None;
            self.due.insert(uri.clone());
        }
        if !self.pulls {
            return Vec::new();
        }
        let id = i32::try_from(self.generation).unwrap_or_default();
        vec![Message::Request(Request::new(id.into(), "workspace/diagnostic/refresh".to_owned(), Value::Null))]
    }

    fn pulled(&mut self, asked: &lsp::DocumentDiagnosticParams) -> Value {
        let uri = &asked.text_document.uri.0;
        let state = self.documents.get(uri).map(|open| (open.version, open.settled));
        let Some((version, settled)) = state else { return json!({ "kind": "full", "items": [] }) };
        let id = format!("{}.{version}.{}", self.generation, u8::from(settled));
        if asked.previous_result_id.as_ref() == Some(&id) {
            return json!({ "kind": "unchanged", "resultId": id });
        }
        json!({ "kind": "full", "resultId": id, "items": self.diagnostics(uri).unwrap_or_default() })
    }

    fn hover(&mut self, asked: &lsp::HoverParams) -> Value {
        let at = &asked.text_document_position_params;
        self.with(&at.text_document.uri.0, |open, setting, _, _| hover::hover(open, setting, at.position))
    }

    fn actions(&mut self, asked: &lsp::CodeActionParams) -> Value {
        let uri = asked.text_document.uri.0.clone();
        self.with(&uri, |open, setting, uri, pages| actions::actions(open, setting, uri, asked.range, pages))
    }

    fn completion(&mut self, asked: &lsp::CompletionParams) -> Value {
        let at = &asked.text_document_position_params;
        let edited = self.edited();
        let Some(open) = self.documents.get(&at.text_document.uri.0) else { return Value::Null };
        let Some(form) = rule_files::form(open) else { return Value::Null };
        let rules = setting(&mut self.settings, self.load, &edited, open.path.as_deref()).ok();
        let rules = rules.map(|setting| &setting.checker.rules);
        json!(completion::complete(&open.text, at.position, form, rules))
    }

    /// Answers about an open text that was looked at; nothing for rule files and where settings are broken.
    fn with<A: serde::Serialize>(
        &mut self,
        uri: &str,
        ask: impl FnOnce(&Open, &Setting, &str, Option<&str>) -> Option<A>,
    ) -> Value {
        let edited = self.edited();
        let Some(open) = self.documents.get_mut(uri) else { return Value::Null };
        if rule_files::form(open).is_some() || open.text.as_str().len() > open::MOST {
            return Value::Null;
        }
        let Ok(setting) = setting(&mut self.settings, self.load, &edited, open.path.as_deref()) else {
            return Value::Null;
        };
        open.look(setting, self.kind);
        ask(open, setting, uri, self.pages.as_deref()).map_or(Value::Null, |answer| json!(answer))
    }

    /// Texts of open rule and settings files.
    fn edited(&self) -> BTreeMap<PathBuf, String> {
        let yaml = self.documents.values().filter(|open| is_yaml(open.path.as_deref()));
        yaml.filter_map(|open| Some((open.path.clone()?, open.text.as_str().to_owned()))).collect()
    }
}

fn setting<'s>(
    settings: &'s mut BTreeMap<Option<PathBuf>, Result<Setting, Vec<RuleError>>>,
    load: Load<'_>,
    edited: &BTreeMap<PathBuf, String>,
    path: Option<&Path>,
) -> Result<&'s mut Setting, &'s Vec<RuleError>> {
    let project = path.and_then(project_file);
    let loaded = settings.entry(project).or_insert_with(|| load(&Wanted { path, rules: None, edited }));
    loaded.as_mut().map_err(|errors| &*errors)
}

fn params<P: DeserializeOwned>(request: &Request) -> Result<P, Refusal> {
    // The error of the parser quotes what it met; it is not passed on.
    P::deserialize(&request.params).map_err(|_| (ErrorCode::InvalidParams, "the parameters cannot be read"))
}

fn heard<P: DeserializeOwned>(said: &Notification) -> Option<P> {
    P::deserialize(&said.params).ok()
}

fn published(uri: &str, version: Option<i32>, diagnostics: &[lsp::Diagnostic]) -> Message {
    let mut params = json!({ "uri": uri, "diagnostics": diagnostics });
    if let Some(version) = version {
        params["version"] = json!(version);
    }
    Message::Notification(Notification::new("textDocument/publishDiagnostics".to_owned(), params))
}

fn is_yaml(path: Option<&Path>) -> bool {
    path.and_then(Path::extension).is_some_and(|ending| ending == "yaml" || ending == "yml")
}

/// The file a client means; `None` for a text that is in no file.
fn path(uri: &str) -> Option<PathBuf> {
    let rest = uri.strip_prefix("file://")?;
    let rest = rest.strip_prefix("localhost").unwrap_or(rest);
    let mut bytes = Vec::with_capacity(rest.len());
    let mut left = rest.bytes();
    while let Some(byte) = left.next() {
        let hex = |digit: Option<u8>| char::from(digit?).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        match byte {
            b'%' => bytes.push(hex(left.next())? * 16 + hex(left.next())?),
            byte => bytes.push(byte),
        }
    }
    let path = String::from_utf8(bytes).ok()?;
    // A drive of Windows stands behind a slash of its own.
    let drive = path.get(1..3).is_some_and(|drive| drive.ends_with(':'));
    Some(PathBuf::from(if drive { path[1..].to_owned() } else { path }))
}

#[cfg(test)]
mod tests {
    use super::path;
    use std::path::PathBuf;

    #[test]
    fn a_file_is_found_by_its_address() {
        for (uri, expect) in [
            ("file:///home/wren/a%20b.md", Some("/home/wren/a b.md")),
            ("file:///c:/notes/a.md", Some("c:/notes/a.md")),
            ("file://localhost/etc/x", Some("/etc/x")),
            ("untitled:Untitled-1", None),
            ("file:///bad%zz", None),
        ] {
            assert_eq!(path(uri), expect.map(PathBuf::from), "{uri}");
        }
    }
}
