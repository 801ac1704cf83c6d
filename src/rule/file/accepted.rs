//! Answers to findings as they are written: `accepted.yaml`.

use super::read::written;
use super::values::Text;

written! {
    /// An answer to one finding: why it stands, who says so, and until when.
    pub struct AcceptedForm = "an answer to a finding" {
        /// The rule, `pack/name`.
        "rule" needed => rule: Text,
        /// The file, from the folder of this file on, with `/` between names.
        "file" needed => file: Text,
        /// The name of the finding, as reports show it.
        "fingerprint" needed => fingerprint: Text,
        /// Why it stands, in a sentence.
        "because" needed => because: Text,
        /// Who answers for it: a name or an office.
        "by" needed => by: Text,
        /// The last day on which this answer holds, `YYYY-MM-DD`.
        "until" needed => until: Text,
    }
}
