//! The built-in rules as bytes: what every run needs apart from what few runs need.

use crate::rule::set::{PackInfo, Profile, Sources};
use crate::rule::{Layer, Lexicon, RuleSet};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A rule set of one layer as bytes.
#[derive(Clone, Debug, Default)]
pub struct Blob {
    /// Rules, scanners, lexicon, packs, profiles.
    pub hot: Vec<u8>,
    /// What the rules say.
    pub texts: Vec<u8>,
    /// The files they were made from.
    pub sources: Vec<u8>,
}

#[derive(Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
struct Hot<'h> {
    layer: Cow<'h, Layer>,
    lexicon: Cow<'h, Lexicon>,
    packs: Cow<'h, [PackInfo]>,
    profiles: Cow<'h, [Profile]>,
    digest: u64,
}

/// Writes the first layer of `set`. `None` when there is none or it cannot be written.
pub fn encode(set: &RuleSet) -> Option<Blob> {
    let layer = set.layers.first()?;
    let hot = Hot {
        layer: Cow::Borrowed(layer),
        lexicon: Cow::Borrowed(&set.lexicon),
        packs: Cow::Borrowed(&set.packs),
        profiles: Cow::Borrowed(&set.profiles),
        digest: set.digest,
    };
    let hot = postcard::to_allocvec(&hot).ok()?;
    Some(Blob { hot, texts: layer.texts.to_vec(), sources: set.sources.0.to_vec() })
}

/// Reads what [`encode`] wrote; the two cold parts stay as they are until something is asked of them.
/// `None` when the bytes were not written by the same version.
pub fn decode(hot: &'static [u8], texts: &'static [u8], sources: &'static [u8]) -> Option<RuleSet> {
    let Hot { layer, lexicon, packs, profiles, digest } = postcard::from_bytes(hot).ok()?;
    let mut layer = layer.into_owned();
    layer.texts = Cow::Borrowed(texts);
    Some(RuleSet {
        layers: vec![layer],
        lexicon: lexicon.into_owned(),
        packs: packs.into_owned(),
        profiles: profiles.into_owned(),
        sources: Sources(Cow::Borrowed(sources)),
        digest,
    })
}
