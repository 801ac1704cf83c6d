//! An account of documents, right by right: what is seen, with its words and place, and what is not. It says what stands
//! in a text and gives no mark to anybody.

mod build;
mod forms;
mod html;
mod margin;
mod markdown;

use serde::Serialize;

/// What stands down the side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// Articles of the Convention.
    Crpd,
    /// Criteria of `QualityRights`.
    QualityRights,
    /// Recovery principles.
    Recovery,
}

impl By {
    /// The one of that name, as on the command line.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "crpd" => Some(Self::Crpd),
            "quality-rights" => Some(Self::QualityRights),
            "recovery" => Some(Self::Recovery),
            _ => None,
        }
    }
}

/// The whole account.
#[derive(Debug, Serialize)]
pub struct Audit {
    /// The form of this account: `dignity/audit/1`.
    pub schema: &'static str,
    /// The version of the program.
    pub version: &'static str,
    /// What stands down the side.
    pub by: By,
    /// The same in words.
    pub title: String,
    /// The profile of local law, if one was chosen.
    pub profile: Option<String>,
    /// How many rules were in force.
    pub rules_in_force: usize,
    /// The rows.
    pub rights: Vec<Right>,
    /// Documents that were read.
    pub documents: Vec<Account>,
    /// What was met and not read: name, and why.
    pub unread: Vec<(String, String)>,
    /// How many files were passed over on purpose.
    pub passed_over: usize,
    /// The rules that spoke.
    pub rules: Vec<RuleNote>,
    /// What no text can show.
    pub limits: &'static str,
}

/// A row.
#[derive(Debug, Serialize)]
pub struct Right {
    /// `12`, `3.2.1`, `hope`.
    pub name: String,
    /// In words.
    pub title: String,
    /// Why no rule looks for it in a policy, where none does.
    pub not_looked_for: Option<String>,
}

/// One document.
#[derive(Debug, Serialize)]
pub struct Account {
    /// Name, and part.
    pub name: String,
    /// What it was read as.
    pub kind: &'static str,
    /// Whether nothing in it said so.
    pub assumed: bool,
    /// What of it could not be read.
    pub problems: Vec<String>,
    /// What it should hold.
    pub clauses: Vec<Clause>,
    /// What is worth a second look.
    pub concerns: Vec<Concern>,
    /// Ids of clause rules that it gives no occasion for.
    pub no_occasion: Vec<String>,
}

/// How a clause, or a part of one, stands in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Written.
    Seen,
    /// A part is written.
    Partly,
    /// Written that it is not done.
    SaidNotDone,
    /// Nothing of it is written.
    NotSeen,
}

impl State {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Seen => "Seen",
            Self::Partly => "Partly seen",
            Self::SaidNotDone => "Said not done",
            Self::NotSeen => "Not seen",
        }
    }

    /// A sign that means the same without colour.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Seen => "●",
            Self::Partly => "◐",
            Self::SaidNotDone => "✕",
            Self::NotSeen => "○",
        }
    }
}

/// A clause a document should hold.
#[derive(Debug, Serialize)]
pub struct Clause {
    /// The rule.
    pub rule: String,
    /// Its title.
    pub title: String,
    /// Rows it stands on.
    pub rights: Vec<String>,
    /// How it stands.
    pub state: State,
    /// Its parts.
    pub elements: Vec<Element>,
    /// A question.
    pub ask: Option<String>,
    /// Local law, kept apart from what the Convention asks.
    pub law: Vec<String>,
}

/// A part of a clause.
#[derive(Debug, Serialize)]
pub struct Element {
    /// Its name, from the rule.
    pub name: String,
    /// Seen, not seen, or said not done.
    pub state: State,
    /// The words.
    pub quote: Option<Quote>,
}

/// Words of a document.
#[derive(Debug, Serialize)]
pub struct Quote {
    /// The words, on one line; characters that could steer a screen are replaced.
    pub text: String,
    /// Where they begin.
    pub place: String,
    /// First byte in the reading text.
    pub start: u32,
    /// The byte behind the last.
    pub end: u32,
}

/// Something worth a second look.
#[derive(Debug, Serialize)]
pub struct Concern {
    /// The rule.
    pub rule: String,
    /// Its title.
    pub title: String,
    /// Error, warning or advice.
    pub level: &'static str,
    /// Whether it is about words that give power without a limit.
    pub power: bool,
    /// Rows it stands on.
    pub rights: Vec<String>,
    /// What is said.
    pub message: String,
    /// The words.
    pub quote: Option<Quote>,
    /// What should be written beside it.
    pub missing: Vec<String>,
    /// Why it matters.
    pub why: String,
    /// A question.
    pub ask: Option<String>,
    /// Local law.
    pub law: Vec<String>,
}

/// A rule, for whoever wants to know.
#[derive(Debug, Serialize)]
pub struct RuleNote {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Why.
    pub why: String,
    /// What it stands on, in words.
    pub basis: String,
    /// Its sources, and how sure each is.
    pub sources: Vec<String>,
}

/// How many parts of clauses are seen, said not done and not seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Seen.
    pub seen: usize,
    /// Said not done.
    pub denied: usize,
    /// Not seen.
    pub absent: usize,
}

impl Count {
    /// All of them.
    pub fn all(self) -> usize {
        self.seen + self.denied + self.absent
    }
}

impl Account {
    /// The parts of clauses on the row of that name; on every row for `None`. A part of a clause that stands on several
    /// rows counts once on each.
    pub fn count(&self, right: Option<&str>) -> Count {
        let mut count = Count::default();
        let on = |clause: &&Clause| right.is_none_or(|right| clause.rights.iter().any(|name| name == right));
        for element in self.clauses.iter().filter(on).flat_map(|clause| &clause.elements) {
            match element.state {
                State::Seen | State::Partly => count.seen += 1,
                State::SaidNotDone => count.denied += 1,
                State::NotSeen => count.absent += 1,
            }
        }
        count
    }
}

impl Audit {
    /// The account in a line, for whoever wrote it into a file.
    pub fn in_a_line(&self) -> String {
        let total = self.total();
        format!(
            "{}, {} not read; of {} looked for, {} seen, {} said not done, {} not seen\n",
            super::words::count(self.documents.len(), "document", "documents"),
            self.unread.len(),
            super::words::count(total.all(), "part of a clause", "parts of clauses"),
            total.seen,
            total.denied,
            total.absent
        )
    }

    /// Over all documents.
    pub fn total(&self) -> Count {
        self.documents.iter().map(|account| account.count(None)).fold(Count::default(), |all, one| Count {
            seen: all.seen + one.seen,
            denied: all.denied + one.denied,
            absent: all.absent + one.absent,
        })
    }
}
