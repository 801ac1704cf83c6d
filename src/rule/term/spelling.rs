//! Spelling variants: `behaviour` is also `behavior`. The pairs are data, in `rules/words/spelling.yaml`.

use std::collections::BTreeMap;
use std::ops::Range;

/// Pairs of word parts that are spelt in two ways.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spelling {
    /// `(from, to)`, both lower case, longest first.
    pairs: Vec<(String, String)>,
    /// Pairs by the first two bytes of `from`.
    starts: BTreeMap<[u8; 2], Vec<usize>>,
}

/// A shorter pair is used only at the start of a word, so that `mum` is not met in `minimum`.
const STANDS_ANYWHERE: usize = 5;
/// This much of a pair must have begun before the end of an open word.
const BEGUN: usize = 4;

impl Spelling {
    /// These pairs, longest first: where one part holds another, the longer one counts.
    pub fn new(mut pairs: Vec<(String, String)>) -> Self {
        pairs.retain(|(from, _)| from.len() >= 2);
        pairs.sort_by_key(|(from, _)| std::cmp::Reverse(from.len()));
        let mut starts: BTreeMap<[u8; 2], Vec<usize>> = BTreeMap::new();
        for (index, (from, _)) in pairs.iter().enumerate() {
            if let Some(start) = from.as_bytes().first_chunk() {
                starts.entry(*start).or_default().push(index);
            }
        }
        Self { pairs, starts }
    }

    /// `word` in every spelling, itself first. `open` says that any ending may follow (`organis*`).
    pub fn variants(&self, word: &str, open: bool) -> Vec<String> {
        let mut met: Vec<(usize, Range<usize>, &str)> = Vec::new();
        for (at, start) in word.as_bytes().windows(2).enumerate() {
            let Some(indexes) = <[u8; 2]>::try_from(start).ok().and_then(|start| self.starts.get(&start)) else {
                continue;
            };
            let rest = word.get(at..).unwrap_or_default();
            for index in indexes {
                let Some((from, to)) = self.pairs.get(*index) else { continue };
                if from.len() < STANDS_ANYWHERE && at > 0 {
                    continue;
                }
                if rest.starts_with(from.as_str()) {
                    met.push((*index, at..at + from.len(), to));
                } else if open && rest.len() >= BEGUN && from.starts_with(rest) {
                    // `behaviou*` has begun the pair `behaviour`, `behavior`; `behav*` has not come to where they differ.
                    let begun = to.get(..rest.len()).unwrap_or(to);
                    if begun != rest {
                        met.push((*index, at..word.len(), begun));
                    }
                }
            }
        }
        met.sort_unstable_by_key(|(index, part, _)| (*index, part.start));
        let mut all = vec![word.to_owned()];
        let mut taken: Vec<Range<usize>> = Vec::new();
        for (_, part, to) in met {
            if taken.iter().all(|other| part.end <= other.start || other.end <= part.start) {
                let ends = (word.get(..part.start), word.get(part.end..));
                all.push(format!("{}{to}{}", ends.0.unwrap_or_default(), ends.1.unwrap_or_default()));
                taken.push(part);
            }
        }
        all
    }
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
