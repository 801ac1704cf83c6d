//! Turns rules as written into rules as run.
//!
//! Words that begin a look (`flag`, `when`, the topic of a limit) go to the main scanner, which reads the whole
//! text once; everything else goes to the near scanner, which is asked only around a match. A set used both ways
//! is in both. What a language knows (cues, good practice, signs of kinds) has scanners of its own.

pub mod gather;
mod guards;
mod lexicon;
mod measure;
pub mod sets;
mod text;
mod time;
mod valid;

pub use lexicon::fold;
pub(in crate::rule) use time::is_date;
pub(in crate::rule) use valid::at_most;

use crate::document::{KindSet, Reach};
use crate::rule::file::read::Mistakes;
use crate::rule::file::rule::{LimitForm, RuleFile};
use crate::rule::file::values::{Map, One, Text, Texts};
use crate::rule::set::{Difference, PackInfo, Profile};
use crate::rule::{
    Concern, Confidence, Expect, Find, Layer, Lexicon, Log, Quantity, Rule, RuleError, RuleId, Series, Severity,
    Sureness, Unless,
};
use crate::scan::{ScannerBuilder, SetId};
use gather::Gathered;
use sets::Sets;
use std::borrow::Cow;
use std::collections::BTreeMap;
use valid::Shape;

/// Everything that one set of files makes.
#[derive(Debug, Default)]
pub struct Built {
    /// The rules and their scanners.
    pub layer: Layer,
    /// What is known of the language; empty unless these files are the first layer.
    pub lexicon: Lexicon,
    /// The packs.
    pub packs: Vec<PackInfo>,
    /// The profiles.
    pub profiles: Vec<Profile>,
}

/// What a second layer stands on.
#[derive(Clone, Copy, Debug)]
pub struct Below<'b> {
    /// Types of sections.
    pub section_types: &'b [String],
    /// Names of profiles.
    pub profiles: &'b [Profile],
}

/// Compiles `all`. Without `below` it is the first layer, and holds the lexicon too. Every mistake goes to `errors`;
/// when there is one, what is built has holes and must not be used.
pub fn compile(all: &Gathered<'_>, below: Option<Below<'_>>, errors: &mut Vec<RuleError>) -> Built {
    let sets = Sets::of(all, errors);
    let mut compiler = Compiler {
        main: Side::default(),
        near: Side::default(),
        language: [(); 3].map(|()| Side::default()),
        sets: &sets,
    };
    let mut lexicon = match below {
        None => lexicon::compile(all, &mut compiler, errors),
        Some(below) => Lexicon { section_types: below.section_types.to_vec(), ..Lexicon::default() },
    };
    let profiles = profiles(all, errors);
    let mut names: Vec<&str> = profiles.iter().map(|profile| profile.name.as_str()).collect();
    names.extend(below.iter().flat_map(|below| below.profiles).map(|profile| profile.name.as_str()));
    let mut layer = Layer::default();
    let mut texts: Vec<u8> = Vec::new();
    for (id, read) in &all.rules {
        let mut mistakes = read.mistakes(Some(id.0.clone()));
        // What a file lacks may stand behind a key that was not understood; then only that is said.
        let whole = errors.iter().all(|error| error.file != read.file);
        let shape = valid::shape(&read.form, whole, &mut mistakes);
        valid::rest(shape, &read.form, whole, &names, &mut mistakes);
        section_names(&read.form, &lexicon.section_types, &mut mistakes);
        let shape = shape.or_else(|| read.form.flag.as_ref().map(|_| Shape::Flag));
        if let Some(shape) = shape {
            let (rule, alternatives) = compiler.rule(id, shape, &read.form, &mut mistakes);
            layer.rules.push(rule);
            text::write(&read.form, read.file, alternatives, &mut texts);
            layer.text_ends.push(u32::try_from(texts.len()).unwrap_or(u32::MAX));
        }
        errors.append(&mut mistakes.found);
    }
    let common: Vec<String> =
        all.common.iter().flat_map(|read| &read.form.words.list).map(|word| word.value.to_ascii_lowercase()).collect();
    layer.main = compiler.main.builder.finish(&common);
    layer.near = compiler.near.builder.finish(&common);
    let language = compiler.language.map(|side| side.builder.finish(&common));
    [lexicon.cue_words, lexicon.credit_words, lexicon.sign_words] = language;
    layer.texts = Cow::Owned(texts);
    Built { layer, lexicon, packs: packs(all, errors), profiles }
}

fn section_names(form: &RuleFile, known: &[String], to: &mut Mistakes<'_>) {
    if known.is_empty() {
        return;
    }
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    for text in [&form.sections, &form.not_sections].into_iter().flatten().flat_map(|list| &list.list) {
        if !text.value.is_empty() && !known.contains(&text.value.as_str()) {
            to.unknown(text.at.clone(), "type of section", &text.value, &known);
        }
    }
}

/// One of the two scanners while it is filled.
#[derive(Default)]
struct Side {
    builder: ScannerBuilder,
    /// Sets that are one named set and nothing else, by its name.
    named: BTreeMap<String, SetId>,
}

/// A scanner of the language.
#[derive(Clone, Copy)]
enum Part {
    Cues,
    Credits,
    Signs,
}

struct Compiler<'s> {
    main: Side,
    near: Side,
    /// The scanners of the language, in the order of [`Part`].
    language: [Side; 3],
    sets: &'s Sets,
}

/// Term numbers and the wordings offered in their place.
type Alternatives = Vec<(u32, Vec<String>)>;

impl Side {
    /// The set of `terms`; the numbers of each of them go to `numbers`.
    fn set(&mut self, terms: &[&Text], sets: &Sets, to: &mut Mistakes<'_>, numbers: &mut Vec<Vec<u32>>) -> SetId {
        let name = match terms {
            [only] => only.value.trim().strip_prefix('$').filter(|name| !name.contains([' ', '.', '\''])),
            _ => None,
        };
        let known = name.and_then(|name| self.named.get(name)).copied();
        let set = known.unwrap_or_else(|| self.builder.set());
        for text in terms {
            let mut own = Vec::new();
            for term in sets.terms(text, to).unwrap_or_default() {
                own.push(self.builder.add(set, &term));
            }
            numbers.push(own);
        }
        if let (Some(name), None) = (name, known) {
            self.named.insert(name.to_owned(), set);
        }
        set
    }
}

impl Compiler<'_> {
    fn main(&mut self, texts: &Texts, to: &mut Mistakes<'_>) -> SetId {
        let terms: Vec<&Text> = texts.list.iter().collect();
        self.main.set(&terms, self.sets, to, &mut Vec::new())
    }

    fn near(&mut self, texts: &Texts, to: &mut Mistakes<'_>) -> SetId {
        let terms: Vec<&Text> = texts.list.iter().collect();
        self.near.set(&terms, self.sets, to, &mut Vec::new())
    }

    fn set_in(&mut self, part: Part, texts: &Texts, to: &mut Mistakes<'_>) -> SetId {
        let terms: Vec<&Text> = texts.list.iter().collect();
        self.language[part as usize].set(&terms, self.sets, to, &mut Vec::new())
    }

    fn near_if(&mut self, texts: Option<&Texts>, to: &mut Mistakes<'_>) -> Option<SetId> {
        texts.map(|texts| self.near(texts, to))
    }

    fn expects(&mut self, map: Option<&Map<Texts>>, to: &mut Mistakes<'_>) -> Vec<Expect> {
        let list = map.into_iter().flat_map(|map| &map.list);
        list.map(|(name, words)| Expect { name: name.value.clone(), words: self.near(words, to) }).collect()
    }

    fn rule(&mut self, id: &RuleId, shape: Shape, form: &RuleFile, to: &mut Mistakes<'_>) -> (Rule, Alternatives) {
        let mut alternatives = Alternatives::new();
        let find = self.find(shape, form, &mut alternatives, to);
        let unless = form.unless.as_ref();
        let unless = Unless {
            overlapping: self.near_if(unless.and_then(|unless| unless.overlapping.as_ref()), to),
            same_sentence: self.near_if(unless.and_then(|unless| unless.same_sentence.as_ref()), to),
            same_section: self.near_if(unless.and_then(|unless| unless.same_section.as_ref()), to),
            same_document: self.near_if(unless.and_then(|unless| unless.same_document.as_ref()), to),
        };
        let kinds = form.applies_to.iter().filter_map(|kind| kind.value);
        let usual = match shape {
            Shape::Gap => Concern::Owed,
            Shape::Clause | Shape::Limit => Concern::Clause,
            Shape::Flag | Shape::Measure => Concern::Wording,
        };
        let rule = Rule {
            id: id.clone(),
            severity: form.severity.value.unwrap_or(Severity::Advice),
            confidence: value(form.confidence.as_ref()).unwrap_or(Confidence::Medium),
            opt_in: form.opt_in.as_ref().is_some_and(|flag| flag.value),
            applies: kinds.fold(KindSet::default(), KindSet::with),
            sections: strings(form.sections.as_ref()),
            not_sections: strings(form.not_sections.as_ref()),
            only_if_mentions: self.near_if(form.only_if_mentions.as_ref(), to),
            find,
            unless,
            guards: guards::policy(shape, form, to),
            concern: value(form.concern.as_ref()).unwrap_or(usual),
            law: None,
            enabled: true,
        };
        (rule, alternatives)
    }

    fn find(&mut self, shape: Shape, form: &RuleFile, out: &mut Alternatives, to: &mut Mistakes<'_>) -> Find {
        let within = value(form.within.as_ref());
        match shape {
            Shape::Flag => {
                let terms: &[(Text, Vec<Text>)] = form.flag.as_ref().map_or(&[], |flag| &flag.terms);
                let texts: Vec<&Text> = terms.iter().map(|(term, _)| term).collect();
                let mut numbers = Vec::new();
                let words = self.main.set(&texts, self.sets, to, &mut numbers);
                for ((_, instead), numbers) in terms.iter().zip(numbers) {
                    let wordings: Vec<String> = instead.iter().map(|text| text.value.clone()).collect();
                    if !wordings.is_empty() {
                        out.extend(numbers.into_iter().map(|number| (number, wordings.clone())));
                    }
                }
                Find::Flag { words }
            }
            Shape::Gap => Find::Gap {
                when: self.main(form.when.as_ref().unwrap_or(&Texts::default()), to),
                expect: self.expects(form.expect.as_ref(), to),
                within: within.unwrap_or(Reach::Entry),
                or_later: form.or_later.as_ref().is_some_and(|later| later.value.is_some()),
            },
            Shape::Clause => Find::Clause { require: self.expects(form.require.as_ref(), to) },
            Shape::Measure => {
                let counts = self.expects(form.measure.as_ref(), to);
                let names: Vec<&str> = counts.iter().map(|count| count.name.as_str()).collect();
                let flag_when = match form.flag_when.as_ref().filter(|text| !text.value.is_empty()) {
                    Some(text) => measure::conditions(&text.value, &names).unwrap_or_else(|wrong| {
                        to.note(text.part(wrong.at), wrong.what, "not understood", &wrong.help);
                        Vec::new()
                    }),
                    None => Vec::new(),
                };
                Find::Measure { counts, flag_when, within: within.unwrap_or(Reach::Document) }
            }
            Shape::Limit => self.limit(form, to),
        }
    }

    fn limit(&mut self, form: &RuleFile, to: &mut Mistakes<'_>) -> Find {
        let limit = form.limit.clone().unwrap_or_default();
        let quantity = limit.quantity.value.unwrap_or(Quantity::Duration);
        let given = limit.at_most.as_ref().and_then(|text| valid::at_most(text, to));
        // A date has a limit of its own: today.
        let usual = (quantity == Quantity::Date).then(|| (0, "today".to_owned()));
        let (at_most, shown) = match given.or(usual) {
            Some((seconds, shown)) => (Some(seconds), shown),
            None => (None, String::new()),
        };
        let log = self.log(&limit, at_most, &shown, to);
        Find::Limit { topic: self.main(&limit.topic, to), quantity, at_most, shown, log }
    }

    fn log(&mut self, form: &LimitForm, at_most: Option<u64>, shown: &str, to: &mut Mistakes<'_>) -> Option<Log> {
        let mut series = Vec::new();
        let mut add = |name: &str, words: Option<SetId>, once: bool| {
            series.push(Series { name: name.to_owned(), words, once, at_most, shown: shown.to_owned() });
        };
        if let Some(name) = &form.each_line {
            add(&name.value, None, false);
        }
        for (map, once) in [(&form.again, false), (&form.first, true)] {
            for expect in self.expects(map.as_ref(), to) {
                add(&expect.name, Some(expect.words), once);
            }
        }
        let until = self.near_if(form.until.as_ref(), to);
        (!series.is_empty()).then_some(Log { until, series })
    }
}

fn value<T: Copy>(one: Option<&One<T>>) -> Option<T> {
    one.and_then(|one| one.value)
}

fn strings(texts: Option<&Texts>) -> Vec<String> {
    texts.into_iter().flat_map(|texts| &texts.list).map(|text| text.value.clone()).collect()
}

fn string(text: Option<&Text>) -> Option<String> {
    text.map(|text| text.value.clone())
}

fn packs(all: &Gathered<'_>, errors: &mut Vec<RuleError>) -> Vec<PackInfo> {
    let mut packs = Vec::new();
    for (name, read) in &all.packs {
        let form = &read.form;
        if let Some(date) = form.review_by.as_ref().filter(|date| !is_date(&date.value)) {
            let mut to = read.mistakes(None);
            to.note(date.at.clone(), "this is no date", "not understood", "write year, month and day: 2027-06-30");
            errors.append(&mut to.found);
        }
        packs.push(PackInfo {
            name: name.clone(),
            title: form.title.value.clone(),
            version: form.version.value.clone(),
            stewards: strings(form.stewards.as_ref()),
            made_with: string(form.made_with.as_ref()),
            review_by: string(form.review_by.as_ref()),
            licence: string(form.licence.as_ref()),
        });
    }
    packs
}

fn profiles(all: &Gathered<'_>, errors: &mut Vec<RuleError>) -> Vec<Profile> {
    let mut profiles = Vec::new();
    for (name, read) in &all.profiles {
        let mut to = read.mistakes(None);
        let mut rules = Vec::new();
        for (id, form) in &read.form.rules.list {
            let memory = value(form.sure.as_ref()) == Some(Sureness::FromMemory);
            if let Some(severity) = form.severity.as_ref()
                && memory
                && severity.value == Some(Severity::Error)
            {
                let help = "read the law and write `sure: verified`, or make it a warning";
                to.note(severity.at.clone(), "an error about the law needs a source that was read", "too sure", help);
            }
            let difference = Difference {
                severity: value(form.severity.as_ref()),
                confidence: value(form.confidence.as_ref()),
                off: form.off.as_ref().is_some_and(|off| off.value),
                at_most: form.at_most.as_ref().and_then(|text| valid::at_most(text, &mut to)),
                at_most_for: form
                    .at_most_for
                    .iter()
                    .flat_map(|map| &map.list)
                    .filter_map(|(name, text)| Some((name.value.clone(), valid::at_most(text, &mut to)?)))
                    .collect(),
                law: string(form.law.as_ref()),
                sure: value(form.sure.as_ref()),
            };
            rules.push((RuleId(id.value.clone()), difference));
        }
        rules.sort_by(|one, other| one.0.cmp(&other.0));
        errors.append(&mut to.found);
        profiles.push(Profile { name: name.clone(), title: read.form.title.value.clone(), rules });
    }
    profiles
}
