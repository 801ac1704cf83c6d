//! What the tool knows of a language, all of it data from `rules/context`, `rules/sections`, `rules/kinds`.

use crate::document::Kind;
use crate::scan::{Names, Scanner, SetId};
use serde::{Deserialize, Serialize};

/// A role that words play in a sentence. Each is one set of [`Lexicon::cue_words`] or [`Lexicon::credit_words`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[repr(u8)]
pub enum Cue {
    /// "no", "not", "denies": negates what follows.
    NegationBefore,
    /// "was ruled out": negates what came before.
    NegationAfter,
    /// Looks like a negation and is none: "not only", "no change".
    NegationPseudo,
    /// Ends the reach of a negation: "but", "however".
    NegationEnds,
    /// "if", "in case": makes what follows a possibility.
    HypotheticalBefore,
    /// Makes what came before a possibility.
    HypotheticalAfter,
    /// Looks hypothetical and is none.
    HypotheticalPseudo,
    /// "will", "plan to", "to be": not yet done.
    PlannedBefore,
    /// "is booked for tomorrow".
    PlannedAfter,
    /// "history of", "previously".
    HistoricalBefore,
    /// "in the past", "as a child".
    HistoricalAfter,
    /// Looks historical and is none: "history of present illness".
    HistoricalPseudo,
    /// Ends the reach of historical, hypothetical and planned: "currently", "today".
    TimeEnds,
    /// "said", "told us": speech of whoever is the subject.
    Speech,
    /// "in her own words".
    OwnWordsFrame,
    /// "described as", "seen as": what is quoted behind it is not the subject's own.
    NotOwnFrame,
    /// Nouns and pronouns for the person.
    Person,
    /// Relatives and supporters.
    Relative,
    /// Staff.
    Staff,
    /// Services, authorities, firms.
    Agency,
    /// Devices, body parts, organisms, tissues, places: whatever cannot refuse.
    Thing,
    /// "do not use the term", "instead of": what follows is talked about.
    MentionBefore,
    /// "is a stigmatising term": what came before is talked about.
    MentionAfter,
    /// Headings and column heads under which words are talked about: "Avoid", "Don't say".
    MentionHeading,
    /// "must not", "is prohibited from": forbids what follows.
    ProhibitionBefore,
    /// "is not permitted": forbids what came before.
    ProhibitionAfter,
    /// A lead-in that forbids its list: "the following are not permitted".
    ProhibitionLeadIn,
    /// "Act", "Regulations", "Committee": closes the name of a law or body.
    TitleAfter,
    /// "Form", "Register", "Policy": what came before is the name of a paper.
    PaperAfter,
    /// "to", "with", "of": what follows is no subject.
    Preposition,
    /// "and".
    And,
    /// "or", "nor".
    Or,
    /// "were", "are", "none": speak of several.
    PluralVerb,
    /// Past forms that do not end in -ed: "held", "given".
    PastForm,
    /// "be", "been", "being", "get".
    BeForm,
    /// "did not", "unable to": negate a plain infinitive.
    BareNegation,
    /// Good practice: a choice was offered.
    CreditChoice,
    /// Good practice: the person's own account.
    CreditVoice,
    /// Good practice: strengths.
    CreditStrength,
}

impl Cue {
    /// Every role, with its place in `rules/context/<lang>.yaml` (`group`, `name`).
    pub const ALL: [(Self, &'static str, &'static str); 39] = [
        (Self::NegationBefore, "negation", "before"),
        (Self::NegationAfter, "negation", "after"),
        (Self::NegationPseudo, "negation", "pseudo"),
        (Self::NegationEnds, "negation", "ends"),
        (Self::HypotheticalBefore, "hypothetical", "before"),
        (Self::HypotheticalAfter, "hypothetical", "after"),
        (Self::HypotheticalPseudo, "hypothetical", "pseudo"),
        (Self::PlannedBefore, "planned", "before"),
        (Self::PlannedAfter, "planned", "after"),
        (Self::HistoricalBefore, "historical", "before"),
        (Self::HistoricalAfter, "historical", "after"),
        (Self::HistoricalPseudo, "historical", "pseudo"),
        (Self::TimeEnds, "time", "ends"),
        (Self::Speech, "speech", "verbs"),
        (Self::OwnWordsFrame, "speech", "own-words"),
        (Self::NotOwnFrame, "speech", "not-own"),
        (Self::Person, "nouns", "person"),
        (Self::Relative, "nouns", "relative"),
        (Self::Staff, "nouns", "staff"),
        (Self::Agency, "nouns", "agency"),
        (Self::Thing, "nouns", "thing"),
        (Self::MentionBefore, "mention", "before"),
        (Self::MentionAfter, "mention", "after"),
        (Self::MentionHeading, "mention", "headings"),
        (Self::ProhibitionBefore, "prohibition", "before"),
        (Self::ProhibitionAfter, "prohibition", "after"),
        (Self::ProhibitionLeadIn, "prohibition", "lead-ins"),
        (Self::TitleAfter, "titles", "after"),
        (Self::PaperAfter, "titles", "papers"),
        (Self::Preposition, "grammar", "prepositions"),
        (Self::And, "grammar", "and"),
        (Self::Or, "grammar", "or"),
        (Self::PluralVerb, "grammar", "plural-verbs"),
        (Self::PastForm, "grammar", "past-forms"),
        (Self::BeForm, "grammar", "be-forms"),
        (Self::BareNegation, "grammar", "bare-negations"),
        (Self::CreditChoice, "credits", "choice"),
        (Self::CreditVoice, "credits", "voice"),
        (Self::CreditStrength, "credits", "strength"),
    ];
}

/// What the tool knows of a language.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Lexicon {
    /// Language tag, `en`.
    pub language: String,
    /// Finds the words of every role but credits. Apart from evidence, since it is asked about every sentence with a
    /// match, and cues are among the commonest words there are.
    pub cue_words: Scanner,
    /// Finds words of good practice, over the whole of a note.
    pub credit_words: Scanner,
    /// Finds signs of the kinds of documents.
    pub sign_words: Scanner,
    /// The set of each role, by its number, in [`Self::cue_words`] or, for credits, in [`Self::credit_words`]; `None` when
    /// the language has no words for it.
    pub cues: Vec<Option<SetId>>,
    /// Abbreviations after which a full stop does not end a sentence, lower case, without the stop; sorted.
    pub abbreviations: Vec<String>,
    /// Section headings, folded (lower case, single spaces, no closing colon), with the number of their type; sorted.
    pub headings: Names,
    /// Names of section types.
    pub section_types: Vec<String>,
    /// Signs of each kind of document.
    pub kinds: Vec<KindSigns>,
}

/// Signs that a document is of a kind.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct KindSigns {
    /// The kind.
    pub kind: Kind,
    /// Words in the file name or title that say so outright (folded, whole words).
    pub names: Vec<String>,
    /// Words in the text, each counted once (a set of [`Lexicon::sign_words`]).
    pub words: Option<SetId>,
}

impl Lexicon {
    /// Whether `cue` is good practice, whose words are looked for apart.
    pub fn is_credit(cue: Cue) -> bool {
        matches!(cue, Cue::CreditChoice | Cue::CreditVoice | Cue::CreditStrength)
    }

    /// The set that plays `cue`.
    pub fn cue(&self, cue: Cue) -> Option<SetId> {
        self.cues.get(cue as usize).copied().flatten()
    }

    /// The type of a heading, by its folded words: exact, or the longest listed heading it begins with.
    pub fn section_type(&self, folded: &str) -> Option<&str> {
        let exact = self.headings.get(folded);
        let found = exact.or_else(|| {
            let mut best: Option<u32> = None;
            for (at, _) in folded.match_indices(' ').filter(|(at, _)| *at >= 4) {
                if let Some(number) = self.headings.get(&folded[..at]) {
                    best = Some(number);
                }
            }
            best
        })?;
        self.section_types.get(found as usize).map(String::as_str)
    }
}
