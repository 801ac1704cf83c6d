//! The checker for a page that works without a network: a text goes in, findings come out as JSON.
//!
//! Memory is handed over through two plain functions, so the module imports nothing and can reach nothing: no file, no
//! clock, no address. Whoever loads it may check that.

use dignity::check::Options;
use dignity::checker::Checker;
use dignity::document::{Kind, Reason};
use dignity::report::words::message;
use dignity::report::{Excerpts, Style, of_one};
use dignity::rule::{Choice, Severity};
use serde_json::{Value, json};
use std::cell::RefCell;

thread_local! {
    static CHECKER: RefCell<Option<Checker>> = const { RefCell::new(None) };
    static TEXT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static ANSWER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Makes room for a text of `length` bytes of UTF-8 and says where it begins.
#[unsafe(no_mangle)]
pub extern "C" fn room(length: u32) -> *mut u8 {
    TEXT.with_borrow_mut(|text| {
        text.clear();
        text.resize(length as usize, 0);
        text.as_mut_ptr()
    })
}

/// Checks the text in the room and says how long the answer is, in bytes. `kind` is the place of the kind in the list
/// of kinds, or any other number when it is to be guessed.
#[unsafe(no_mangle)]
pub extern "C" fn check(kind: u32) -> u32 {
    let bytes = TEXT.with_borrow_mut(std::mem::take);
    let kind = Kind::ALL.get(kind as usize).map(|kind| (*kind, Reason::Asked));
    let answer = CHECKER.with_borrow_mut(|checker| match loaded(checker) {
        Some(checker) => found(checker, kind, &bytes),
        None => json!({ "error": "the rules could not be loaded" }),
    });
    ANSWER.with_borrow_mut(|out| {
        *out = answer.to_string().into_bytes();
        u32::try_from(out.len()).unwrap_or(0)
    })
}

/// Where the answer begins.
#[unsafe(no_mangle)]
pub extern "C" fn answer() -> *const u8 {
    ANSWER.with_borrow(|out| out.as_ptr())
}

fn loaded(checker: &mut Option<Checker>) -> Option<&Checker> {
    if checker.is_none() {
        let mut rules = dignity::built_in::rules().ok()?;
        rules.choose(&Choice::default()).ok()?;
        *checker = Some(Checker { rules, options: Options::default(), key: None });
    }
    checker.as_ref()
}

fn found(checker: &Checker, kind: Option<(Kind, Reason)>, bytes: &[u8]) -> Value {
    let checked = checker.check("text.txt", kind, bytes);
    let private = checked.document.kind().is_about_a_person();
    let style = Style { before_saving: private, show: Severity::Warning, ..Style::default() };
    let findings: Vec<Value> = of_one(&checked, &style)
        .into_iter()
        .map(|shown| {
            let finding = shown.finding;
            json!({
                "rule": finding.rule.0,
                "severity": finding.severity.name(),
                "title": finding.title,
                "words": checked.document.words(finding.span),
                "message": message(finding, Excerpts::None),
                "why": finding.why,
                "ask": finding.ask,
                "alternatives": finding.alternatives,
                "start": finding.source.map(|span| span.start),
                "end": finding.source.map(|span| span.end),
            })
        })
        .collect();
    let mut credits: Vec<&str> = checked.credits.iter().map(|credit| credit.label.as_str()).collect();
    credits.sort_unstable();
    credits.dedup();
    json!({
        "version": env!("CARGO_PKG_VERSION"),
        "kind": checked.document.kind().name(),
        "readable": !checked.document.is_unreadable(),
        "findings": findings,
        "credits": credits,
    })
}
