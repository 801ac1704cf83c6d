//! Who has answered for what: a finding is named by its fingerprint, and how it stands is decided here.

pub mod fingerprint;

pub use fingerprint::Key;
