//! What a file is, by its path.

use super::read::nearest;
use crate::rule::RuleId;

/// What a file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// `<pack>/<name>.yaml`
    Rule(RuleId),
    /// `<pack>/pack.yaml`
    Pack(String),
    /// `words/<name>.yaml`
    Words(String),
    /// `words/spelling.yaml`
    Spelling,
    /// `words/common.yaml`
    Common,
    /// `context/<lang>.yaml`
    Context(String),
    /// `sections/<lang>.yaml`
    Sections(String),
    /// `kinds/<lang>.yaml`
    Kinds(String),
    /// `profiles/<jurisdiction>.yaml`
    Profile(String),
    /// `coverage/<table>.yaml`
    Coverage(String),
    /// Not a file of rules: a page, a schema.
    Other,
}

/// Why a path can hold no rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// What is wrong.
    pub what: &'static str,
    /// What to do.
    pub help: String,
}

impl Role {
    /// The role of the file at `path`: its last two names decide, so the folder may lie anywhere.
    pub fn of(path: &str) -> Result<Self, Refused> {
        let mut names = path.rsplit(['/', '\\']);
        let (file, folder) = (names.next().unwrap_or_default(), names.next().unwrap_or_default());
        let Some((stem, ending)) = file.rsplit_once('.') else { return Ok(Self::Other) };
        if !matches!(ending, "yaml" | "yml") {
            return Ok(Self::Other);
        }
        let refuse = |what: &'static str, help: String| Err(Refused { what, help });
        if ending == "yml" {
            return refuse("rule files end in .yaml", format!("name it {stem}.yaml"));
        }
        if folder.is_empty() {
            return refuse("this rule stands in no pack", format!("put it in a folder: my-pack/{stem}.yaml"));
        }
        if !is_name(stem) {
            let help = "small letters, digits and hyphens only; the name is the id that people will write".to_owned();
            return refuse("this file has a name that cannot be an id", help);
        }
        Ok(match folder {
            "words" if stem == "spelling" => Self::Spelling,
            "words" if stem == "common" => Self::Common,
            "words" => Self::Words(stem.to_owned()),
            "context" => Self::Context(stem.to_owned()),
            "sections" => Self::Sections(stem.to_owned()),
            "kinds" => Self::Kinds(stem.to_owned()),
            "profiles" => Self::Profile(stem.to_owned()),
            "coverage" => Self::Coverage(stem.to_owned()),
            pack if stem == "pack" => Self::Pack(pack.to_owned()),
            pack if !is_name(pack) => {
                let near = nearest(pack, ["words", "context", "sections", "kinds", "profiles", "coverage"].into_iter());
                let help = near.map_or_else(
                    || "small letters, digits and hyphens only".to_owned(),
                    |near| format!("did you mean {near}/?"),
                );
                return refuse("this folder has a name that cannot be a pack", help);
            }
            pack => Self::Rule(RuleId(format!("{pack}/{stem}"))),
        })
    }
}

/// Small letters, digits and hyphens.
fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}
