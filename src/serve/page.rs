//! A page to paste a text into. It holds no script and asks for nothing else, so it works in any browser.

use super::http::Response;
use super::{Service, field, fields, shown};
use crate::document::Kind;
use crate::report::Excerpts;
use crate::report::words::{message, safe};
use crate::rule::Severity;
use std::collections::BTreeSet;
use std::fmt::Write;

const STYLE: &str = "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fff}\
    textarea{width:100%;min-height:14rem;font:inherit;padding:.5rem;border:2px solid #555;box-sizing:border-box}\
    label{display:block;font-weight:600;margin:.8rem 0 .3rem}button,select{font:inherit;padding:.4rem .9rem;border:2px solid #555}\
    li{margin:0 0 1.2rem}q{font-weight:600}a:focus,button:focus,select:focus,textarea:focus{outline:3px solid #1a5fb4;outline-offset:2px}\
    @media(prefers-color-scheme:dark){body{color:#eee;background:#161616}textarea,select,button{color:#eee;background:#222;border-color:#aaa}}";

/// The page before anything is pasted.
pub(super) fn empty() -> Response {
    made("", None, "")
}

/// The page with what was found.
pub(super) fn checked(service: &Service, body: &[u8]) -> Response {
    let fields = fields(body);
    let text = field(&fields, "text").unwrap_or_default();
    let kind = field(&fields, "kind").and_then(Kind::from_name);
    let checked = service.look(text, kind);
    let mut out = String::from("<h2 id=\"found\">What was found</h2>\n");
    let findings = shown(&checked);
    if checked.document.is_unreadable() {
        out.push_str("<p>There are no words in this text yet.</p>\n");
    } else if findings.is_empty() {
        out.push_str(
            "<p>Nothing was found. That is no proof of good care; the rules see words, not what happened.</p>\n",
        );
    } else {
        out.push_str("<ol>\n");
        for finding in findings {
            let level = match finding.severity {
                Severity::Error => "Owed to the person",
                Severity::Warning => "Worth a second look",
                Severity::Advice => "Advice",
            };
            let words = checked.document.words(finding.span).split_whitespace().collect::<Vec<_>>().join(" ");
            let _ = write!(
                out,
                "<li><strong>{level}.</strong> <q>{}</q><br>{}",
                html(&words),
                html(&message(finding, Excerpts::None))
            );
            if let Some(ask) = &finding.ask {
                let _ = write!(out, "<br>{}", html(ask));
            }
            let _ = writeln!(out, "<br><small>Why: {} ({})</small></li>", html(&finding.why), html(&finding.rule.0));
        }
        out.push_str("</ol>\n");
    }
    let credits: BTreeSet<&str> = checked.credits.iter().map(|credit| credit.label.as_str()).collect();
    if !credits.is_empty() {
        let seen = credits.into_iter().collect::<Vec<_>>().join(", ");
        let _ = writeln!(out, "<p>Good to see here: {}.</p>", html(&seen));
    }
    made(text, Some(checked.document.kind()), &out)
}

fn made(text: &str, kind: Option<Kind>, found: &str) -> Response {
    let mut options = String::from("<option value=\"\">I do not know</option>");
    for each in Kind::ALL {
        let chosen = if Some(each) == kind { " selected" } else { "" };
        let _ = write!(options, "<option{chosen}>{}</option>", each.name());
    }
    let body = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width\"><title>dignity: check a text</title><style>{STYLE}</style></head>\n<body>\n<main>\n\
         <h1>Check a text before you save it</h1>\n<p>The text stays on this machine. It is not kept.</p>\n{found}\n\
         <form method=\"post\" action=\"/\" autocomplete=\"off\">\n<label for=\"text\">Text</label>\n<textarea id=\"text\" \
         name=\"text\" spellcheck=\"false\" autocomplete=\"off\" data-gramm=\"false\">\n{}</textarea>\n<label \
         for=\"kind\">What it is</label>\n<select id=\"kind\" name=\"kind\">{options}</select>\n<p><button>Check</button> <a \
         href=\"/\">Clear</a></p>\n</form>\n</main>\n</body>\n</html>\n",
        html(text)
    );
    let mut response = Response::new("text/html; charset=utf-8", body);
    let policy =
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    response.headers.push(("Content-Security-Policy", policy.to_owned()));
    response
}

/// Text that means itself in HTML.
fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let (words, end) = line.strip_suffix('\n').map_or((line, ""), |words| (words, "\n"));
        for sign in safe(words).chars() {
            match sign {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '"' => out.push_str("&quot;"),
                '\'' => out.push_str("&#39;"),
                sign => out.push(sign),
            }
        }
        out.push_str(end);
    }
    out
}
