//! Rules and settings as they are written.
pub mod node;
