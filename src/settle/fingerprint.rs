//! The name of a finding that outlives its place: made of what was said, never of where it stood.
//!
//! The form, number 1: `HMAC-SHA256(key, message)`, the first ten bytes in lower-case hexadecimal. The message is
//! UTF-8, each of its five parts followed by a line feed: `dignity/fingerprint/1`, the rule's id, the flagged words,
//! the sentence around them, and an ordinal from 1 among findings of the document that share the other parts. Words
//! and sentence are in lower case, with one blank for every run of white space. A rule that asks something of the
//! whole document has neither words nor sentence, so that a new title changes nothing.
//!
//! Texts written for readers are public, and so is their key, [`PUBLIC`]: anyone can make the name again. A short
//! sentence of a record could be guessed from such a name, so findings about a person are named only with a secret
//! key, or not at all.

use crate::document::{Document, Reach};
use crate::finding::{Checked, Finding, Fingerprint};
use crate::rule::{Find, RuleSet};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::collections::BTreeMap;
use std::fmt::{self, Write};

/// The key of texts that are public.
pub const PUBLIC: &[u8] = b"dignity/public/1";

/// A secret key that names findings of records. `Debug` prints nothing of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Key(Vec<u8>);

impl Key {
    /// The fewest bytes a key may have.
    pub const SHORTEST: usize = 16;

    /// A key of these bytes; `None` when they are too few to keep anything secret.
    pub fn new(bytes: &[u8]) -> Option<Self> {
        (bytes.len() >= Self::SHORTEST).then(|| Self(bytes.to_vec()))
    }

    /// Eight hexadecimal digits that tell two keys apart and give neither away.
    pub fn mark(&self) -> String {
        hex(&hashed(&self.0, "dignity/key-mark/1\n")[..4])
    }

    /// A name for `text` (a path, say) that only holders of the key can make again: 20 hexadecimal digits.
    pub fn name(&self, text: &str) -> String {
        hex(&hashed(&self.0, &format!("dignity/name/1\n{text}\n")))
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key")
    }
}

/// Names every finding of `checked` that may be named.
pub fn name(checked: &mut Checked, rules: &RuleSet, key: Option<&Key>) {
    let keyed = checked.document.kind().is_about_a_person();
    let bytes = match (keyed, key) {
        (false, _) => PUBLIC,
        (true, Some(key)) => &key.0,
        (true, None) => return,
    };
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for finding in &mut checked.findings {
        let message = message(&checked.document, finding, is_of_the_whole(rules, finding));
        let ordinal = seen.entry(message.clone()).or_default();
        *ordinal += 1;
        finding.fingerprint = Some(Fingerprint::new(hashed(bytes, &format!("{message}{ordinal}\n")), keyed));
    }
}

/// Whether the finding is about the document, not about words in it.
fn is_of_the_whole(rules: &RuleSet, finding: &Finding) -> bool {
    match rules.rule(&finding.rule).map(|rule| &rule.find) {
        Some(Find::Clause { .. }) => true,
        Some(Find::Measure { within, .. }) => matches!(within, Reach::Document | Reach::Record),
        _ => false,
    }
}

/// The first four parts of the message.
fn message(document: &Document, finding: &Finding, whole: bool) -> String {
    let mut message = format!("dignity/fingerprint/1\n{}\n", finding.rule);
    // Which stops are abbreviations is data of the rules, and rules change; the sentence here must not.
    let sentence = document.around(finding.span, Reach::Sentence, &[]);
    for span in [finding.span, sentence] {
        fold(if whole { "" } else { document.words(span) }, &mut message);
        message.push('\n');
    }
    message
}

/// Appends `words` in lower case, with one blank for every run of white space and none at the ends.
fn fold(words: &str, to: &mut String) {
    for (index, word) in words.split_whitespace().enumerate() {
        if index > 0 {
            to.push(' ');
        }
        to.push_str(&word.to_lowercase());
    }
}

/// `bytes` as lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut digits, byte| {
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}

fn hashed(key: &[u8], message: &str) -> [u8; Fingerprint::BYTES] {
    let mut out = [0; Fingerprint::BYTES];
    // A key of any length is taken.
    if let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) {
        mac.update(message.as_bytes());
        let whole = mac.finalize().into_bytes();
        for (to, byte) in out.iter_mut().zip(whole.iter()) {
            *to = *byte;
        }
    }
    out
}
