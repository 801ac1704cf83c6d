//! The regular expression a phrase stands for: never the engine, always the oracle its matches are tested against.

use super::{Element, Pattern};
use std::fmt::Write;

/// What may stand between two words that follow each other.
const JOIN: &str = r"(?:[ \t]*\n?[ \t]*|[-'/*])";
/// What may stand between two words of one sentence.
const GO_ON: &str = r#"[ \t\n,()"'/*-]+"#;
/// One word.
const WORD: &str = "[A-Za-z0-9_]+";

/// The pattern as a regular expression, for text in which words are divided by white space, hyphens, commas and brackets.
pub fn as_regex(pattern: &Pattern) -> String {
    let options: Vec<String> = spelt(&pattern.0).iter().map(|elements| of(elements)).collect();
    format!("(?i)(?:{})", options.join("|"))
}

/// Every way through the choices.
fn spelt(elements: &[Element]) -> Vec<Vec<Element>> {
    let mut all = vec![Vec::new()];
    for element in elements {
        let ways = match element {
            Element::Any(branches) => branches.iter().flat_map(|branch| spelt(branch)).collect(),
            other => vec![vec![other.clone()]],
        };
        all = all.iter().flat_map(|row| ways.iter().map(move |way| [&row[..], way].concat())).collect();
    }
    all
}

fn of(elements: &[Element]) -> String {
    let mut out = String::from(r"(?-u:\b)");
    let mut after_gap = true;
    for element in elements {
        match element {
            Element::Word(forms) => {
                if !after_gap {
                    out.push_str(JOIN);
                }
                let options: Vec<String> = forms
                    .iter()
                    .map(|form| {
                        let ending = if form.prefix { "[A-Za-z0-9_]*" } else { "" };
                        format!("{}{ending}", regex_syntax::escape(&form.text))
                    })
                    .collect();
                let _ = write!(out, r"(?-u:\b)(?:{})(?-u:\b)", options.join("|"));
                after_gap = false;
            }
            Element::Number => {
                if !after_gap {
                    out.push_str(JOIN);
                }
                out.push_str(r"(?-u:\b)[0-9]+(?:[.:,/][0-9]+)*");
                after_gap = false;
            }
            Element::Gap(most) => {
                let _ = write!(out, "{GO_ON}(?:{WORD}{GO_ON}){{0,{most}}}?");
                after_gap = true;
            }
            Element::Comma => {
                out.push_str(r",\s*");
                after_gap = true;
            }
            Element::Any(_) => {}
        }
    }
    out
}
