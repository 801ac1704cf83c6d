//! What sort of document a text is.

use serde::{Deserialize, Serialize};

/// The sort of document; it decides which rules read it and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[repr(u8)]
pub enum Kind {
    /// Rules a service sets for itself.
    Policy,
    /// Notes about one person, written over time.
    Record,
    /// An assessment of one person.
    Assessment,
    /// A care, support, crisis or recovery plan.
    CarePlan,
    /// A report of one event.
    Incident,
    /// A form to record consent.
    ConsentForm,
    /// Information for people who use the service.
    Leaflet,
    /// A letter to or about a person.
    Letter,
    /// A form to be filled in.
    Template,
    /// Teaching material.
    Training,
}

impl Kind {
    /// Every kind, in the order of the list above.
    pub const ALL: [Self; 10] = [
        Self::Policy,
        Self::Record,
        Self::Assessment,
        Self::CarePlan,
        Self::Incident,
        Self::ConsentForm,
        Self::Leaflet,
        Self::Letter,
        Self::Template,
        Self::Training,
    ];

    /// The name used in rules, settings and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Policy => "policy",
            Self::Record => "record",
            Self::Assessment => "assessment",
            Self::CarePlan => "care-plan",
            Self::Incident => "incident",
            Self::ConsentForm => "consent-form",
            Self::Leaflet => "leaflet",
            Self::Letter => "letter",
            Self::Template => "template",
            Self::Training => "training",
        }
    }

    /// The kind of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Whether it makes statements about one person, so that its words are private.
    pub fn is_about_a_person(self) -> bool {
        matches!(
            self,
            Self::Record | Self::Assessment | Self::CarePlan | Self::Incident | Self::ConsentForm | Self::Letter
        )
    }
}

/// A set of kinds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KindSet(pub u16);

impl KindSet {
    /// The set with `kind` added.
    #[must_use]
    pub fn with(self, kind: Kind) -> Self {
        Self(self.0 | 1 << kind as u16)
    }

    /// Whether `kind` is in it.
    pub fn has(self, kind: Kind) -> bool {
        self.0 & (1 << kind as u16) != 0
    }
}

/// Why a document was taken to be of its kind; every report says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The person said so (`--kind`).
    Asked,
    /// A pattern of the project file matched the path.
    Project(String),
    /// The document's own header names its kind.
    Header,
    /// The words of the text or its name; the count of signs that spoke for it.
    Content(u32),
    /// Nothing spoke for any kind, so the most careful one was assumed.
    Assumed,
}
