//! What a rule must be beyond its form: one shape, a basis, a proof, words that fit.

use super::time;
use crate::document::Reach;
use crate::rule::basis::{LAST_ARTICLE, RECOVERY};
use crate::rule::file::read::{Mistakes, nearest};
use crate::rule::file::rule::{BasisForm, ExampleForm, RuleFile};
use crate::rule::file::values::{Map, Text, Texts};
use crate::rule::{Severity, Sureness};
use std::ops::Range;

/// The shape of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Flag,
    Gap,
    Clause,
    Measure,
    Limit,
}

/// The fewest tests on each side.
const FEWEST_TESTS: usize = 2;

/// The shape of `form`; none or two are mistakes. `whole` says that all of the file was understood.
pub(super) fn shape(form: &RuleFile, whole: bool, to: &mut Mistakes<'_>) -> Option<Shape> {
    let mut found: Vec<(Shape, Range<usize>)> = Vec::new();
    found.extend(form.flag.as_ref().map(|value| (Shape::Flag, value.at.clone())));
    let gap = form.when.as_ref().map(|value| &value.at).or(form.expect.as_ref().map(|value| &value.at));
    found.extend(gap.map(|at| (Shape::Gap, at.clone())));
    found.extend(form.require.as_ref().map(|value| (Shape::Clause, value.at.clone())));
    let measure = form.measure.as_ref().map(|value| &value.at).or(form.flag_when.as_ref().map(|value| &value.at));
    found.extend(measure.map(|at| (Shape::Measure, at.clone())));
    found.extend(form.limit.as_ref().map(|value| (Shape::Limit, value.at.clone())));
    let Some((shape, _)) = found.first() else {
        if whole {
            let help = "write one of: flag · when and expect · require · measure and flag-when · limit";
            to.note(form.title.at.clone(), "this rule looks for nothing", "no shape given", help);
        }
        return None;
    };
    for (_, at) in found.iter().skip(1) {
        let help = "a rule has one shape; make two rules of it";
        to.note(at.clone(), "this rule has two shapes", "a second one", help);
    }
    let pair = |one: bool, other: bool, at: &Range<usize>, what: &str, to: &mut Mistakes<'_>| {
        if one != other && whole {
            to.note(at.clone(), what, "half of a pair", "write both");
        }
    };
    if let Some(at) = gap {
        pair(form.when.is_some(), form.expect.is_some(), at, "`when` and `expect` go together", to);
    }
    if let Some(at) = measure {
        pair(form.measure.is_some(), form.flag_when.is_some(), at, "`measure` and `flag-when` go together", to);
    }
    units(*shape, form, to);
    (found.len() == 1).then_some(*shape)
}

fn units(shape: Shape, form: &RuleFile, to: &mut Mistakes<'_>) {
    if let Some(within) = &form.within {
        let counted = [Reach::Document, Reach::Section, Reach::Entry];
        match (shape, within.value) {
            (Shape::Gap, _) | (_, None) => {}
            (Shape::Measure, Some(reach)) if counted.contains(&reach) => {}
            (Shape::Measure, _) => {
                let help = "document, section or entry";
                to.note(within.at.clone(), "this unit cannot be measured", "not for counts", help);
            }
            _ => {
                let help = "`within` belongs to `expect` and to `measure`";
                to.note(within.at.clone(), "`within` has no meaning here", "not for this shape", help);
            }
        }
    }
    if let Some(later) = &form.or_later
        && shape != Shape::Gap
    {
        to.note(later.at.clone(), "`or-later` has no meaning here", "not for this shape", "it belongs to `expect`");
    }
}

/// Everything else. `profiles` are the names of all profiles; `whole` says that all of the file was understood.
pub(super) fn rest(shape: Option<Shape>, form: &RuleFile, whole: bool, profiles: &[&str], to: &mut Mistakes<'_>) {
    if whole && form.applies_to.is_empty() {
        to.note(form.title.at.clone(), "`applies-to` names no kind of document", "nothing would be read", "");
    }
    if whole && form.say.is_none() && form.ask.is_none() {
        let help = "say what the text shows or does not show yet, or ask what the writer could add";
        to.note(form.title.at.clone(), "a rule needs `say` or `ask`", "neither is given", help);
    }
    for text in [&form.say, &form.ask].into_iter().flatten() {
        placeholders(shape, text, to);
    }
    basis(&form.basis, whole, profiles, to);
    let only_memory = form.sources.as_ref().is_some_and(|sources| {
        !sources.is_empty() && sources.iter().all(|source| source.sure.value == Some(Sureness::FromMemory))
    });
    if only_memory && form.basis.law.is_some() && form.severity.value == Some(Severity::Error) {
        let help = "read the law and write `sure: verified`, or make it a warning";
        to.note(form.severity.at.clone(), "an error about the law needs a source that was read", "too sure", help);
    }
    let log = form.limit.as_ref().filter(|limit| limit.again.is_some() || limit.each_line.is_some()).map(|limit| {
        let maps = [&limit.again, &limit.first].into_iter().flatten().flat_map(names);
        limit.each_line.iter().map(|name| name.value.as_str()).chain(maps).collect()
    });
    let names: Option<Vec<&str>> = form.expect.as_ref().or(form.require.as_ref()).map(names).or(log);
    tests(form, whole, names.as_deref(), profiles, to);
}

fn names(map: &Map<Texts>) -> Vec<&str> {
    map.list.iter().map(|(name, _)| name.value.as_str()).collect()
}

fn placeholders(shape: Option<Shape>, text: &Text, to: &mut Mistakes<'_>) {
    let known: &[&str] = match shape {
        Some(Shape::Flag) => &["match", "count"],
        Some(Shape::Gap) => &["match", "missing", "found", "count"],
        Some(Shape::Clause) => &["missing", "found", "count"],
        Some(Shape::Measure) => &["found", "count", "match"],
        Some(Shape::Limit) => &["match", "found", "limit", "count", "missing"],
        None => return,
    };
    for (open, _) in text.value.match_indices('{') {
        let Some(close) = text.value.get(open..).and_then(|rest| rest.find('}')) else {
            let at = text.part(open..open + 1);
            to.note(at, "a curly bracket is not closed", "opened here", "write {match}, {missing} …");
            continue;
        };
        let name = text.value.get(open + 1..open + close).unwrap_or_default();
        if !known.contains(&name) {
            to.unknown(text.part(open..open + close + 1), "placeholder", name, known);
        }
    }
}

fn basis(form: &BasisForm, whole: bool, profiles: &[&str], to: &mut Mistakes<'_>) {
    let lists = [&form.crpd, &form.recovery, &form.quality_rights];
    let entries = lists.iter().filter_map(|list| list.as_ref()).map(|list| list.list.len()).sum::<usize>();
    if entries + form.law.as_ref().map_or(0, |law| law.list.len()) == 0 && whole {
        let help = "name an article of the Convention, a recovery principle, a QualityRights standard or a law";
        to.note(form.at.clone(), "a rule stands on something", "no basis is named", help);
    }
    for text in texts(form.crpd.as_ref()) {
        if !is_article(&text.value) {
            let help = format!("articles are 1 to {LAST_ARTICLE}, as 12 or '12(3)'");
            to.note(text.at.clone(), format!("the Convention has no article `{}`", text.value), "not known", &help);
        }
    }
    for text in texts(form.recovery.as_ref()) {
        if !RECOVERY.contains(&text.value.as_str()) {
            to.unknown(text.at.clone(), "recovery principle", &text.value, &RECOVERY);
        }
    }
    for text in texts(form.quality_rights.as_ref()) {
        let numbers = text.value.split('.').all(|part| part.parse::<u8>().is_ok_and(|number| number > 0));
        if !numbers || !text.value.starts_with(['1', '2', '3', '4', '5']) {
            let help = "standards have a theme of 1 to 5 and a number, as '3.2'";
            let what = format!("QualityRights has no standard `{}`", text.value);
            to.note(text.at.clone(), what, "not known", help);
        }
    }
    for (profile, _) in form.law.iter().flat_map(|law| &law.list) {
        known_profile(profile, profiles, to);
    }
}

fn texts(list: Option<&Texts>) -> impl Iterator<Item = &Text> {
    list.into_iter().flat_map(|list| &list.list).filter(|text| !text.value.trim().is_empty())
}

/// `12`, `12(3)`, `25(d)`.
fn is_article(text: &str) -> bool {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, mut rest) = text.split_at(digits);
    let known = number.parse::<u8>().is_ok_and(|number| (1..=LAST_ARTICLE).contains(&number));
    while let Some(inner) = rest.strip_prefix('(') {
        let Some((part, after)) = inner.split_once(')') else { return false };
        if part.is_empty() || part.len() > 2 || !part.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return false;
        }
        rest = after;
    }
    known && rest.is_empty()
}

fn known_profile(text: &Text, profiles: &[&str], to: &mut Mistakes<'_>) {
    // Law may be quoted for a place that has no profile yet; only a near miss of a known name is a mistake.
    let name = text.value.as_str();
    if name.is_empty() || profiles.contains(&name) {
        return;
    }
    if let Some(near) = nearest(name, profiles.iter().copied()).filter(|near| strsim::osa_distance(near, name) == 1) {
        let label = format!("did you mean `{near}`?");
        to.note(text.at.clone(), format!("unknown profile `{name}`"), &label, "profiles are the files in profiles/");
    }
}

fn tests(form: &RuleFile, whole: bool, names: Option<&[&str]>, profiles: &[&str], to: &mut Mistakes<'_>) {
    if form.tests.at.is_empty() {
        return;
    }
    for (list, what) in [(&form.tests.flag, "flagged"), (&form.tests.pass, "passed over")] {
        if whole && list.len() < FEWEST_TESTS {
            let what = format!("a rule needs {FEWEST_TESTS} texts that are {what}; here are {}", list.len());
            let at = list.first().map_or(form.tests.at.clone(), |example| example.0.at.clone());
            to.note(at, what, "too few", "write what a note or policy would really say");
        }
    }
    let all = form.tests.flag.iter().chain(&form.tests.pass).chain(form.tests.limits.iter().flatten());
    for ExampleForm(example) in all {
        if let Some(profile) = &example.profile
            && !profiles.is_empty()
            && !profiles.contains(&profile.value.as_str())
        {
            to.unknown(profile.at.clone(), "profile", &profile.value, profiles);
        }
        if let Some(span) = &example.span
            && !example.text.value.contains(&span.value)
        {
            let help = "`span` holds words of the text, letter for letter";
            to.note(span.at.clone(), "these words are not in the text", "not found", help);
        }
        for list in [&example.missing, &example.said_not_done, &example.planned].into_iter().flatten() {
            for text in &list.list {
                match names {
                    Some(names) if names.contains(&text.value.as_str()) => {}
                    Some(names) => to.unknown(text.at.clone(), "thing to be written", &text.value, names),
                    None => {
                        let help = "only rules with `expect` or `require` find things missing";
                        to.note(text.at.clone(), "this rule misses nothing", "no such thing", help);
                    }
                }
            }
        }
    }
}

/// The seconds of an `at-most`, noted when it is none.
pub(in crate::rule) fn at_most(text: &Text, to: &mut Mistakes<'_>) -> Option<(u64, String)> {
    let seconds = time::seconds(&text.value);
    if seconds.is_none() && !text.value.trim().is_empty() {
        let help = "a number in figures and a unit: 25 minutes, 4 hours, 3 days, 6 weeks";
        to.note(text.at.clone(), "this is no length of time", "not understood", help);
    }
    seconds.map(|seconds| (seconds, text.value.clone()))
}
