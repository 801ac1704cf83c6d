//! Spelling variants: `behaviour` is also `behavior`. The pairs are data, in `rules/words/spelling.yaml`.

use std::ops::Range;

/// Pairs of word parts that are spelt in two ways.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spelling {
    /// `(from, to)`, both lower case, longest first.
    pairs: Vec<(String, String)>,
}

/// A shorter pair is used only at the start of a word, so that `mum` is not met in `minimum`.
const STANDS_ANYWHERE: usize = 5;
/// This much of a pair must have begun before the end of an open word.
const BEGUN: usize = 4;

impl Spelling {
    /// These pairs, longest first: where one part holds another, the longer one counts.
    pub fn new(mut pairs: Vec<(String, String)>) -> Self {
        pairs.retain(|(from, _)| !from.is_empty());
        pairs.sort_by_key(|(from, _)| std::cmp::Reverse(from.len()));
        Self { pairs }
    }

    /// `word` in every spelling, itself first. `open` says that any ending may follow (`organis*`).
    pub fn variants(&self, word: &str, open: bool) -> Vec<String> {
        let mut all = vec![word.to_owned()];
        let mut taken: Vec<Range<usize>> = Vec::new();
        for (from, to) in &self.pairs {
            let whole = word.find(from.as_str()).map(|at| (at..at + from.len(), to.as_str()));
            let begun = || if open { begun(word, from, to) } else { None };
            let Some((part, to)) = whole.or_else(begun) else { continue };
            let free = taken.iter().all(|other| part.end <= other.start || other.end <= part.start);
            if free && (from.len() >= STANDS_ANYWHERE || part.start == 0) {
                all.push(format!("{}{to}{}", &word[..part.start], &word[part.end..]));
                taken.push(part);
            }
        }
        all.dedup();
        all
    }
}

/// `traumat*` has not begun the pair `traumatis`, `traumatiz`; `behaviou*` has begun `behaviour`, `behavior`.
fn begun<'t>(word: &str, from: &str, to: &'t str) -> Option<(Range<usize>, &'t str)> {
    let longest = from.len().min(to.len() + 1);
    (BEGUN..longest).rev().find_map(|length| {
        let (own, other) = (from.get(..length)?, to.get(..length)?);
        let at = word.strip_suffix(own)?.len();
        (own != other).then_some((at..word.len(), other))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(word: &str, open: bool, expect: &str) {
        let pairs =
            [("behaviour", "behavior"), ("traumatis", "traumatiz"), ("retraumatis", "re-traumatiz"), ("mum", "mom")];
        let spelling = Spelling::new(pairs.map(|(from, to)| (from.to_owned(), to.to_owned())).to_vec());
        assert_eq!(spelling.variants(word, open).join(" "), expect, "{word}");
    }

    #[test]
    fn a_word_is_found_in_both_spellings() {
        check("behaviour", false, "behaviour behavior");
        check("misbehavioural", false, "misbehavioural misbehavioral");
        check("behaviou", true, "behaviou behavior");
        check("behaviou", false, "behaviou");
        check("traumatised", false, "traumatised traumatized");
        check("mums", false, "mums moms");
    }

    #[test]
    fn a_short_part_counts_only_at_the_start_of_a_word() {
        check("minimum", false, "minimum");
    }

    #[test]
    fn the_longer_part_counts() {
        check("retraumatise", false, "retraumatise re-traumatize");
    }
}
