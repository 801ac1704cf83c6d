//! A new rule from a few answers. It is loaded before it is written, so what is written loads.

use super::answer::{Answer, Code};
use super::args::{LookArgs, NewRuleArgs};
use super::face::Face;
use crate::built_in;
use crate::checker::Checker;
use crate::document::Kind;
use crate::prove;
use crate::report::{Sources, draw_errors};
use crate::rule::basis::RECOVERY;
use crate::rule::load::with_files;
use crate::rule::{Choice, RuleId, RuleSet};
use crate::run::write_new;
use std::fmt::Write as _;
use std::io::{BufRead, IsTerminal, Write as _, stderr, stdin};

/// Answers `dignity new rule`.
pub(super) fn rule(given: &NewRuleArgs) -> Answer {
    if let Err(what) = name_of(&given.id) {
        return Answer::wrong(format!("{what}\n"));
    }
    let mut args = given.clone();
    if stdin().is_terminal() && stderr().is_terminal() {
        ask(&mut args);
    }
    let lacking = lacking(&args);
    if !lacking.is_empty() {
        return Answer::wrong(format!(
            "a rule needs {}; dignity new rule --help shows an example\n",
            lacking.join(", ")
        ));
    }
    let text = match written(&args) {
        Ok(text) => text,
        Err(what) => return Answer::wrong(format!("{what}\n")),
    };
    let path = args.into.join(format!("{}.yaml", args.id));
    let file = path.display().to_string();
    let mut rules = match built_in::rules().and_then(|base| with_files(&base, &[(file.clone(), text.clone())])) {
        Ok(rules) => rules,
        Err(errors) => {
            let sources = Sources::from([(file, text)]);
            let face = Face::of(&LookArgs::default());
            let err = draw_errors(&errors, &sources, face.pen(), false) + "Nothing was written.\n";
            return Answer { out: Vec::new(), err, code: Code::Wrong };
        }
    };
    if let Err(what) = write_new(&path, &text) {
        return Answer::wrong(format!("{file}: {what}\n"));
    }
    // A choice of nothing puts everything in force.
    let _ = rules.choose(&Choice::default());
    Answer::fine(told(&args, &file, rules))
}

fn told(args: &NewRuleArgs, file: &str, rules: RuleSet) -> String {
    let mut out = format!("Wrote {file}.\n");
    let checker = Checker { rules, options: prove::options(None), ..Checker::default() };
    let id = RuleId(args.id.clone());
    let found = checker.rules.layers.iter().rev().find_map(|layer| {
        let index = layer.rules.binary_search_by(|rule| rule.id.cmp(&id)).ok()?;
        Some((layer.rules.get(index)?, layer.text(index)?))
    });
    if let Some((rule, text)) = found {
        let proof = prove::prove(rule, &text, &|_| Some(&checker));
        let _ = writeln!(out, "Its examples: {} of {} held.", proof.held(), proof.tried.len());
        for tried in proof.tried.iter().filter(|tried| tried.verdict != prove::Verdict::Held) {
            let _ = writeln!(out, "  {}: {} ({})", tried.verdict.name(), tried.example.text.trim(), tried.seen);
        }
    }
    let folder = args.into.display();
    let _ = writeln!(out, "Try it: dignity test {folder}    Use it: dignity check --rules {folder} PATH");
    out
}

/// A rule is known by pack/name for as long as anybody answers for it, so its name is looked at closely.
fn name_of(id: &str) -> Result<(), String> {
    let Some((pack, name)) = id.split_once('/') else {
        return Err(format!("a rule is named pack/name, such as house/{}", id.to_lowercase().replace(' ', "-")));
    };
    let is_name = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_lowercase())
            && !part.ends_with('-')
            && !part.contains("--")
            && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    };
    if !is_name(pack) || !is_name(name) {
        return Err("small letters, digits and hyphens only: people will write this name".to_owned());
    }
    if matches!(pack, "words" | "context" | "sections" | "kinds" | "profiles") {
        return Err(format!("{pack}/ is kept for lists; choose another pack, such as house/{name}"));
    }
    for prefix in ["no-", "not-", "dont-", "disallow-", "avoid-"] {
        if let Some(rest) = name.strip_prefix(prefix) {
            return Err(format!("name what is flagged, so that it reads well after “accept”: {pack}/{rest}"));
        }
    }
    if name.len() < 4 {
        return Err("a name of a word or two, that says what is flagged".to_owned());
    }
    Ok(())
}

fn ask(args: &mut NewRuleArgs) {
    let question = |question: &str| -> Option<String> {
        let _ = write!(stderr(), "{question}\n> ");
        let mut answer = String::new();
        stdin().lock().read_line(&mut answer).ok()?;
        let answer = answer.trim().to_owned();
        (!answer.is_empty()).then_some(answer)
    };
    let several = |list: &mut Vec<String>, least: usize, text: &str| {
        while list.len() < least {
            match question(text) {
                Some(answer) => list.push(answer),
                None => break,
            }
        }
    };
    if args.term.is_empty() {
        let terms = question("Which words should be looked at twice? (several with ; between)");
        args.term.extend(terms.iter().flat_map(|terms| terms.split(';')).map(|term| term.trim().to_owned()));
    }
    args.title = args.title.take().or_else(|| question("What is flagged, in a few words?"));
    args.why = args.why.take().or_else(|| question("Why does it matter, in one sentence, from the person's side?"));
    args.ask = args.ask.take().or_else(|| question("What could the writer be asked instead?"));
    several(&mut args.right, 1, "Which right? An article of the CRPD (a number) or a recovery principle");
    several(&mut args.flag, 2, "An example that must be flagged (invented, no real person)");
    several(&mut args.pass, 2, "An example that must stay quiet");
}

fn lacking(args: &NewRuleArgs) -> Vec<&'static str> {
    let needs = [
        (args.term.is_empty(), "--term"),
        (args.title.is_none(), "--title"),
        (args.why.is_none(), "--why"),
        (args.ask.is_none(), "--ask"),
        (args.right.is_empty(), "--right"),
        (args.flag.len() < 2, "two --flag examples"),
        (args.pass.len() < 2, "two --pass examples"),
    ];
    needs.into_iter().filter(|(lacks, _)| *lacks).map(|(_, name)| name).collect()
}

fn written(args: &NewRuleArgs) -> Result<String, String> {
    let (crpd, recovery): (Vec<&String>, Vec<&String>) =
        args.right.iter().partition(|right| right.starts_with(|c: char| c.is_ascii_digit()));
    if let Some(unknown) = recovery.iter().find(|right| !RECOVERY.contains(&right.as_str())) {
        return Err(format!(
            "{unknown} is neither an article nor a recovery principle; they are {}",
            RECOVERY.join(", ")
        ));
    }
    let kinds: Vec<&str> = if args.applies_to.is_empty() {
        vec![Kind::Record.name(), Kind::Policy.name()]
    } else {
        args.applies_to.iter().map(|kind| kind.name()).collect()
    };
    let mut out = String::new();
    let one = |out: &mut String, key: &str, text: Option<&String>| {
        if let Some(text) = text {
            let _ = writeln!(out, "{key}: {}", quoted(text));
        }
    };
    let list = |out: &mut String, indent: &str, key: &str, texts: &[String]| {
        let _ = writeln!(out, "{indent}{key}:");
        for text in texts {
            let _ = writeln!(out, "{indent}  - {}", quoted(text));
        }
    };
    one(&mut out, "title", args.title.as_ref());
    let _ = writeln!(out, "applies-to: [{}]", kinds.join(", "));
    list(&mut out, "", "flag", &args.term);
    let _ = writeln!(out, "severity: {}", args.severity.name());
    one(&mut out, "why", args.why.as_ref());
    one(&mut out, "ask", args.ask.as_ref());
    out.push_str("basis:\n");
    for (key, names) in [("crpd", crpd), ("recovery", recovery)] {
        if !names.is_empty() {
            let names: Vec<String> = names.into_iter().map(|name| quoted(name)).collect();
            let _ = writeln!(out, "  {key}: [{}]", names.join(", "));
        }
    }
    out.push_str("tests:\n");
    list(&mut out, "  ", "flag", &args.flag);
    list(&mut out, "  ", "pass", &args.pass);
    Ok(out)
}

/// In single quotes, where nothing has a meaning but the quote itself.
fn quoted(text: &str) -> String {
    let line: Vec<&str> = text.split_whitespace().collect();
    format!("'{}'", line.join(" ").replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::name_of;

    #[test]
    fn names_that_do_not_say_what_is_flagged_are_refused() {
        for bad in [
            "labels",
            "House/labels",
            "house/No Labels",
            "house/no-labels",
            "house/x",
            "words/labels",
            "house/labels-",
            "a/b/c",
        ] {
            assert!(name_of(bad).is_err(), "{bad}");
        }
        for good in ["house/labels", "house/label-in-place-of-a-person", "team-2/calm-room"] {
            assert!(name_of(good).is_ok(), "{good}");
        }
    }
}
