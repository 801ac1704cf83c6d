//! The one shape every format is read into: a reading text, its blocks, its places.
//!
//! A [`Document`] is made only by its [`Builder`]. Every span anyone holds points into
//! [`Document::text`]; where those words stand in the original is asked for with
//! [`Document::place`], never computed by hand. `Debug` prints sizes, never words.

mod block;
mod boundary;
mod build;
mod entries;
mod fold;
mod kind;
mod lead;
mod origin;
mod place;
mod position;
mod reach;
mod reading;
mod sections;
mod sentences;
mod signature;
mod stamp;

pub use block::{Block, BlockKind, Tick};
pub use build::{Builder, Marks};
pub use entries::Entry;
pub use kind::{Kind, KindSet, Reason};
pub use origin::FileMap;
pub use place::{Place, Problem};
pub use position::{Position, Unit};
pub use reach::Reach;
pub use reading::Document;
pub use sections::Section;
pub use sentences::split as split_sentences;
pub(crate) use stamp::stamp;
