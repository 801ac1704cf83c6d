//! One small server on this machine for programs that check text by asking an address: word processors, browsers, others.
//!
//! It listens on the loopback address only, answers only requests that name that address, keeps no log and no text, and
//! opens no connection of its own. One thread a connection, a bounded number of them, every wait with an end.

mod api;
mod guard;
mod http;
mod languagetool;
mod page;

use crate::checker::Checker;
use crate::document::{Kind, Reason};
use crate::finding::Checked;
use crate::report::{Style, of_one};
use crate::rule::Severity;
use http::{Request, Response};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// More connections than this at once are asked to come again.
const CROWD: usize = 64;

/// What the server answers with.
#[derive(Debug)]
pub struct Service {
    /// Rules, and how to look.
    pub checker: Checker,
    /// What texts are when nobody says so.
    pub kind: Option<Kind>,
    /// The jurisdiction profile, if one was chosen.
    pub profile: Option<String>,
}

/// A door that is open on the loopback address.
#[derive(Debug)]
pub struct Door(TcpListener);

impl Door {
    /// Opens one on `port`; 0 takes any that is free.
    ///
    /// # Errors
    /// Why it could not be opened, in plain words.
    pub fn open(port: u16) -> Result<Self, String> {
        TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map(Self).map_err(|error| match error.kind() {
            std::io::ErrorKind::AddrInUse => {
                format!("port {port} is in use by another program; choose another with --port")
            }
            kind => format!("port {port} could not be opened ({kind})"),
        })
    }

    /// The port it is open on.
    pub fn port(&self) -> u16 {
        self.0.local_addr().map_or(0, |address| address.port())
    }

    /// Answers everybody who comes, without end.
    pub fn serve(self, service: Service) {
        let service = Arc::new(service);
        let inside = Arc::new(AtomicUsize::new(0));
        let port = self.port();
        for stream in self.0.incoming() {
            let Ok(stream) = stream else { continue };
            if inside.load(Ordering::Relaxed) >= CROWD {
                http::answer(&stream, &Response::said(503, "Too many at once. Try again in a moment."));
                continue;
            }
            inside.fetch_add(1, Ordering::Relaxed);
            let (service, left) = (Arc::clone(&service), Arc::clone(&inside));
            let spawned = thread::Builder::new().spawn(move || {
                one(&service, port, &stream);
                left.fetch_sub(1, Ordering::Relaxed);
            });
            if spawned.is_err() {
                inside.fetch_sub(1, Ordering::Relaxed);
            }
        }
    }
}

/// Answers one connection. A fault is answered as one, without its words.
fn one(service: &Service, port: u16, stream: &TcpStream) {
    let answered = catch_unwind(AssertUnwindSafe(|| match http::read(stream) {
        Ok(request) => route(service, port, &request),
        Err(refused) => refused,
    }));
    http::answer(stream, &answered.unwrap_or_else(|_| Response::said(500, "A fault of this program.")));
}

/// Who answers what.
pub(crate) fn route(service: &Service, port: u16, request: &Request) -> Response {
    let origin = match guard::check(request, port) {
        Ok(origin) => origin,
        Err(refused) => return refused,
    };
    let answer = match (request.method.as_str(), request.path.as_str()) {
        ("OPTIONS", _) => Response::empty(),
        ("GET", "/") => page::empty(),
        ("POST", "/") => page::checked(service, &request.body),
        ("GET", "/v2/languages") => languagetool::languages(),
        ("POST", "/v2/check") => languagetool::check(service, &request.body),
        ("GET", "/api/openapi.json") => api::openapi(),
        ("POST", "/api/check") => api::check(service, &request.body),
        (_, "/" | "/v2/languages" | "/v2/check" | "/api/check" | "/api/openapi.json") => {
            Response::said(405, "This address is asked in another way; see /api/openapi.json.")
        }
        _ => Response::said(404, "There is nothing at this address; see /api/openapi.json."),
    };
    answer.allow(origin)
}

impl Service {
    /// Checks a text that somebody is writing.
    fn look(&self, text: &str, kind: Option<Kind>) -> Checked {
        let kind = kind.or(self.kind).map(|kind| (kind, Reason::Asked));
        self.checker.check("text.txt", kind, text.as_bytes())
    }
}

/// The findings to show: of a text about a person the three that matter most, of a policy all.
fn style(checked: &Checked) -> Style {
    Style { before_saving: checked.document.kind().is_about_a_person(), show: Severity::Warning, ..Style::default() }
}

/// The findings of a text that are shown, in the order they are shown in.
fn shown(checked: &Checked) -> Vec<&crate::finding::Finding> {
    of_one(checked, &style(checked)).into_iter().map(|shown| shown.finding).collect()
}

/// The fields of a form.
fn fields(body: &[u8]) -> Vec<(String, String)> {
    let text = String::from_utf8_lossy(body);
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(key, value)| (decoded(key), decoded(value)))
        .collect()
}

fn field<'f>(fields: &'f [(String, String)], name: &str) -> Option<&'f str> {
    fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

/// A value as it was before it was made fit for a form. Bytes that are no text are replaced.
fn decoded(value: &str) -> String {
    let bytes = value.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    let hex = |byte: Option<&u8>| char::from(*byte?).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    while let Some(byte) = bytes.get(at) {
        match (byte, hex(bytes.get(at + 1)), hex(bytes.get(at + 2))) {
            (b'%', Some(high), Some(low)) => {
                out.push(high * 16 + low);
                at += 2;
            }
            (b'+', ..) => out.push(b' '),
            _ => out.push(*byte),
        }
        at += 1;
    }
    String::from_utf8_lossy(&out).into_owned()
}
