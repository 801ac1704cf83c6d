//! As much of HTTP as one answer a connection takes. Everything that comes in has a limit in size and in time.

use std::fmt::Write as _;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// The longest head of a request, in bytes.
const HEAD: usize = 16 << 10;
/// The longest body, in bytes.
const BODY: usize = 4 << 20;
/// A request must have come in after this.
const PATIENCE: Duration = Duration::from_secs(10);
/// A pause in it may be this long.
const PAUSE: Duration = Duration::from_secs(3);

/// A request. `Debug` prints sizes only.
pub(crate) struct Request {
    pub(super) method: String,
    /// Without what stands behind `?`.
    pub(super) path: String,
    /// Names in lower case.
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

impl std::fmt::Debug for Request {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Request({} bytes)", self.body.len())
    }
}

impl Request {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// An answer.
pub(crate) struct Response {
    pub(super) status: u16,
    pub(super) kind: &'static str,
    pub(super) body: Vec<u8>,
    pub(super) headers: Vec<(&'static str, String)>,
}

impl Response {
    pub(super) fn new(kind: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self { status: 200, kind, body: body.into(), headers: Vec::new() }
    }

    pub(super) fn json(value: &serde_json::Value) -> Self {
        Self::new("application/json", value.to_string())
    }

    pub(super) fn empty() -> Self {
        Self { status: 204, ..Self::new("text/plain; charset=utf-8", Vec::new()) }
    }

    /// A refusal, in plain words.
    pub(super) fn said(status: u16, what: &str) -> Self {
        Self { status, ..Self::json(&serde_json::json!({ "error": what })) }
    }

    /// Lets a page of `origin` read the answer.
    pub(super) fn allow(mut self, origin: Option<String>) -> Self {
        if let Some(origin) = origin {
            self.headers.push(("Access-Control-Allow-Origin", origin));
            self.headers.push(("Access-Control-Allow-Methods", "GET, POST, OPTIONS".to_owned()));
            self.headers.push(("Access-Control-Allow-Headers", "Content-Type, Accept".to_owned()));
            self.headers.push(("Vary", "Origin".to_owned()));
        }
        self
    }
}

/// Reads a request; otherwise what to answer instead.
pub(super) fn read(stream: &TcpStream) -> Result<Request, Response> {
    let begun = Instant::now();
    let late = || Response::said(408, "The request did not come in within the time there is for it.");
    stream.set_read_timeout(Some(PAUSE)).map_err(|_| late())?;
    let mut bytes = Vec::with_capacity(4 << 10);
    let mut buffer = [0; 16 << 10];
    let mut from = stream;
    let mut more = |bytes: &mut Vec<u8>| -> Result<(), Response> {
        if begun.elapsed() > PATIENCE {
            return Err(late());
        }
        match from.read(&mut buffer) {
            Ok(0) => Err(Response::said(400, "The request ended too early.")),
            Ok(count) => {
                bytes.extend_from_slice(&buffer[..count]);
                Ok(())
            }
            Err(_) => Err(late()),
        }
    };
    let (mut request, length, head) = loop {
        more(&mut bytes)?;
        if let Some(parsed) = head(&bytes)? {
            break parsed;
        }
        if bytes.len() > HEAD {
            return Err(Response::said(431, "The head of the request is too long."));
        }
    };
    if length > BODY {
        return Err(Response::said(413, "The text is too long; dignity check reads files of any size."));
    }
    if request.header("expect").is_some_and(|expect| expect.eq_ignore_ascii_case("100-continue")) {
        let mut to = stream;
        let _ = to.write_all(b"HTTP/1.1 100 Continue\r\n\r\n");
    }
    while bytes.len() < head + length {
        more(&mut bytes)?;
    }
    request.body = bytes[head..head + length].to_vec();
    Ok(request)
}

/// The head of a request, the length of its body, and where that begins; `None` while it is not whole.
fn head(bytes: &[u8]) -> Result<Option<(Request, usize, usize)>, Response> {
    let bad = || Response::said(400, "This is no request of HTTP/1.1 that can be read.");
    let mut headers = [httparse::EMPTY_HEADER; 64];
    let mut parsed = httparse::Request::new(&mut headers);
    let httparse::Status::Complete(end) = parsed.parse(bytes).map_err(|_| bad())? else { return Ok(None) };
    let (Some(method), Some(target)) = (parsed.method, parsed.path) else { return Err(bad()) };
    let headers: Vec<(String, String)> = parsed
        .headers
        .iter()
        .map(|header| (header.name.to_ascii_lowercase(), String::from_utf8_lossy(header.value).trim().to_owned()))
        .collect();
    let path = target.split(['?', '#']).next().unwrap_or_default().to_owned();
    let request = Request { method: method.to_owned(), path, headers, body: Vec::new() };
    if request.header("transfer-encoding").is_some() {
        return Err(Response::said(411, "The length of the text has to be said (Content-Length)."));
    }
    let lengths: Vec<_> = request.headers.iter().filter(|(name, _)| name == "content-length").collect();
    let length = match lengths.as_slice() {
        [] => 0,
        [(_, length)] => length.parse().map_err(|_| bad())?,
        _ => return Err(bad()),
    };
    Ok(Some((request, length, end)))
}

/// Writes an answer. Whoever went away in the meantime gets none.
pub(super) fn answer(mut stream: &TcpStream, response: &Response) {
    let reason = match response.status {
        200 => "OK",
        204 => "No Content",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        411 => "Length Required",
        413 => "Content Too Large",
        431 => "Request Header Fields Too Large",
        500 => "Internal Server Error",
        503 => "Service Unavailable",
        _ => "Bad Request",
    };
    let mut head = format!(
        "HTTP/1.1 {} {reason}\r\nContent-Type: {}\r\nContent-Length: {}\r\nConnection: close\r\nCache-Control: \
         no-store\r\nX-Content-Type-Options: nosniff\r\nReferrer-Policy: same-origin\r\n",
        response.status,
        response.kind,
        response.body.len()
    );
    for (name, value) in &response.headers {
        let _ = write!(head, "{name}: {}\r\n", value.replace(['\r', '\n'], " "));
    }
    head.push_str("\r\n");
    let _ = stream.set_write_timeout(Some(PATIENCE));
    let sent = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&response.body));
    if sent.is_ok() {
        let _ = stream.shutdown(std::net::Shutdown::Write);
        // What still comes in is read away, so that the answer is not lost with it.
        let _ = stream.set_read_timeout(Some(Duration::from_millis(200)));
        let mut rest = [0; 4 << 10];
        for _ in 0..256 {
            if !matches!(stream.read(&mut rest), Ok(count) if count > 0) {
                break;
            }
        }
    }
}
