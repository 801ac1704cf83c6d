//! Compiles what is known of a language: cues, headings, signs of kinds, abbreviations.

use super::gather::Gathered;
use super::{Compiler, Part};
use crate::document::Kind;
use crate::rule::file::values::Text;
use crate::rule::lexicon::KindSigns;
use crate::rule::{Cue, Lexicon, RuleError};
use crate::scan::{Names, SetId};

/// Lower case, single spaces, no colon or full stop at the end: the form in which headings are compared.
pub fn fold(text: &str) -> String {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    words.join(" ").trim_end_matches([':', '.', ' ']).to_owned()
}

pub(super) fn compile(all: &Gathered<'_>, compiler: &mut Compiler<'_>, errors: &mut Vec<RuleError>) -> Lexicon {
    let mut lexicon = Lexicon { cues: vec![None; Cue::ALL.len()], ..Lexicon::default() };
    for (language, read) in &all.contexts {
        lexicon.language.clone_from(language);
        let mut to = read.mistakes(None);
        for (cue, words) in &read.form.cues {
            let side = if Lexicon::is_credit(*cue) { Part::Credits } else { Part::Cues };
            let set = compiler.set_in(side, words, &mut to);
            if let Some(place) = lexicon.cues.get_mut(*cue as usize) {
                *place = Some(set);
            }
        }
        let abbreviations = read.form.abbreviations.list.iter();
        lexicon.abbreviations.extend(abbreviations.map(|text| text.value.trim_end_matches('.').to_lowercase()));
        errors.append(&mut to.found);
    }
    lexicon.abbreviations.sort_unstable();
    lexicon.abbreviations.dedup();
    sections(all, &mut lexicon, errors);
    kinds(all, compiler, &mut lexicon, errors);
    lexicon
}

fn sections(all: &Gathered<'_>, lexicon: &mut Lexicon, errors: &mut Vec<RuleError>) {
    let mut known: Vec<(String, u32)> = Vec::new();
    for read in all.sections.values() {
        let mut to = read.mistakes(None);
        for (name, headings) in &read.form.types.list {
            let number = u32::try_from(lexicon.section_types.len()).unwrap_or(u32::MAX);
            lexicon.section_types.push(name.value.clone());
            for heading in &headings.list {
                let folded = fold(&heading.value);
                match known.iter().find(|(known, _)| *known == folded) {
                    Some((_, other)) if *other != number => {
                        let other = lexicon.section_types.get(*other as usize).map_or("", String::as_str);
                        let what = format!("this heading already belongs to `{other}`");
                        to.note(heading.at.clone(), what, "again here", "a heading has one type");
                    }
                    Some(_) => {}
                    None => known.push((folded, number)),
                }
            }
        }
        errors.append(&mut to.found);
    }
    lexicon.headings = Names::new(known);
}

fn kinds(all: &Gathered<'_>, compiler: &mut Compiler<'_>, lexicon: &mut Lexicon, errors: &mut Vec<RuleError>) {
    for read in all.kinds.values() {
        let mut to = read.mistakes(None);
        for (name, signs) in &read.form.kinds.list {
            let Some(kind) = Kind::from_name(&name.value) else {
                to.unknown(name.at.clone(), "kind of document", &name.value, &Kind::ALL.map(Kind::name));
                continue;
            };
            let names = signs.names.iter().flat_map(|names| &names.list).map(|text: &Text| fold(&text.value));
            let names = names.collect();
            let words: Option<SetId> = signs.words.as_ref().map(|words| compiler.set_in(Part::Signs, words, &mut to));
            lexicon.kinds.push(KindSigns { kind, names, words });
        }
        errors.append(&mut to.found);
    }
}
