//! Sorts files by what they are and reads each into its written form.

use crate::rule::file::context::ContextFile;
use crate::rule::file::coverage::CoverageFile;
use crate::rule::file::language::{KindsFile, PackFile, ProfileFile, SectionsFile};
use crate::rule::file::read::Mistakes;
use crate::rule::file::rule::RuleFile;
use crate::rule::file::words::{CommonFile, SpellingFile, WordsFile};
use crate::rule::file::{self, Role};
use crate::rule::{RuleError, RuleId};
use std::collections::BTreeMap;

/// A file that was read.
#[derive(Clone, Debug)]
pub struct Read<'t, T> {
    /// Its path, as people know it.
    pub file: &'t str,
    /// Its text.
    pub text: &'t str,
    /// What was read.
    pub form: T,
}

impl<'t, T> Read<'t, T> {
    /// A place to note mistakes in this file.
    pub fn mistakes(&self, rule: Option<String>) -> Mistakes<'t> {
        Mistakes::new(self.file, rule, self.text)
    }
}

/// All files, by what they are.
#[derive(Debug, Default)]
pub struct Gathered<'t> {
    /// Rules, by id.
    pub rules: BTreeMap<RuleId, Read<'t, RuleFile>>,
    /// Packs, by name.
    pub packs: BTreeMap<String, Read<'t, PackFile>>,
    /// Sets of words, by name.
    pub words: BTreeMap<String, Read<'t, WordsFile>>,
    /// Spelling pairs.
    pub spelling: Vec<Read<'t, SpellingFile>>,
    /// The commonest words.
    pub common: Vec<Read<'t, CommonFile>>,
    /// Cues, by language.
    pub contexts: BTreeMap<String, Read<'t, ContextFile>>,
    /// Headings, by language.
    pub sections: BTreeMap<String, Read<'t, SectionsFile>>,
    /// Signs of kinds, by language.
    pub kinds: BTreeMap<String, Read<'t, KindsFile>>,
    /// Profiles, by name.
    pub profiles: BTreeMap<String, Read<'t, ProfileFile>>,
    /// Tables of what the rules should cover, by name.
    pub coverage: BTreeMap<String, Read<'t, CoverageFile>>,
}

impl<'t> Gathered<'t> {
    /// Reads `files`, path and text of each, in any order. Every mistake goes to `errors`.
    pub fn of(files: &[(&'t str, &'t str)], errors: &mut Vec<RuleError>) -> Self {
        let mut all = Self::default();
        for (path, text) in files {
            match Role::of(path) {
                Ok(role) => all.add(role, path, text, errors),
                Err(refused) => {
                    let mut mistakes = Mistakes::new(path, None, text);
                    mistakes.note(0..0, refused.what, "", &refused.help);
                    errors.append(&mut mistakes.found);
                }
            }
        }
        all
    }

    /// Reads one more file.
    pub fn add(&mut self, role: Role, file: &'t str, text: &'t str, errors: &mut Vec<RuleError>) {
        let earlier = match role {
            Role::Rule(id) => {
                let form = file::read(file, Some(id.0.clone()), text, errors);
                self.rules.insert(id, Read { file, text, form }).map(|other| other.file)
            }
            Role::Pack(name) => insert(&mut self.packs, name, file, text, errors),
            Role::Words(name) => insert(&mut self.words, name, file, text, errors),
            Role::Context(language) => insert(&mut self.contexts, language, file, text, errors),
            Role::Sections(language) => insert(&mut self.sections, language, file, text, errors),
            Role::Kinds(language) => insert(&mut self.kinds, language, file, text, errors),
            Role::Profile(name) => insert(&mut self.profiles, name, file, text, errors),
            Role::Coverage(name) => insert(&mut self.coverage, name, file, text, errors),
            Role::Spelling => {
                self.spelling.push(Read { file, text, form: file::read(file, None, text, errors) });
                None
            }
            Role::Common => {
                self.common.push(Read { file, text, form: file::read(file, None, text, errors) });
                None
            }
            Role::Other => None,
        };
        if let Some(earlier) = earlier {
            let mut mistakes = Mistakes::new(file, None, text);
            let help = "ids are the last folder and the name of the file; rename one of the two";
            mistakes.note(0..0, format!("{earlier} has the same id"), "", help);
            errors.append(&mut mistakes.found);
        }
    }
}

fn insert<'t, T: file::read::Written>(
    into: &mut BTreeMap<String, Read<'t, T>>,
    name: String,
    file: &'t str,
    text: &'t str,
    errors: &mut Vec<RuleError>,
) -> Option<&'t str> {
    let form = file::read(file, None, text, errors);
    into.insert(name, Read { file, text, form }).map(|other| other.file)
}
