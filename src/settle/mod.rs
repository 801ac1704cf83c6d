//! Who has answered for what: a finding is named by its fingerprint, and how it stands is decided here.
//!
//! Two answers are known. An acceptance is for one finding, with a reason, a name and an end ([`ledger`]); a baseline
//! holds, without a word of text, what stood there on the day a service began ([`baseline`]).

pub mod baseline;
pub mod date;
pub mod fingerprint;
pub mod ledger;

pub use baseline::Baseline;
pub use fingerprint::Key;
pub use ledger::{Ledger, State};
