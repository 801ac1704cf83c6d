//! Who may ask. A page on the web that makes a browser ask here under a name of its own gets no answer.

use super::http::{Request, Response};

/// Lets a request pass that names this machine, from a program, from our own page or from an extension of a browser; answers
/// with the origin that may read the answer, if any.
pub(super) fn check(request: &Request, port: u16) -> Result<Option<String>, Response> {
    let names = [format!("127.0.0.1:{port}"), format!("localhost:{port}")];
    let host = request.header("host").unwrap_or_default().to_ascii_lowercase();
    if !names.contains(&host) {
        return Err(Response::said(403, "This server answers only to 127.0.0.1 and localhost."));
    }
    let Some(origin) = request.header("origin") else { return Ok(None) };
    let own = names.iter().any(|name| origin == format!("http://{name}"));
    let extension = ["chrome-extension://", "moz-extension://", "safari-web-extension://"];
    if own || extension.iter().any(|scheme| origin.starts_with(scheme)) {
        return Ok(Some(origin.to_owned()));
    }
    Err(Response::said(403, "Pages of other places may not ask here."))
}
