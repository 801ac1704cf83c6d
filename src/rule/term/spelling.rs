//! Spelling variants: `behaviour` is also `behavior`. The pairs are data, in `rules/words/spelling.yaml`.

/// Pairs of word parts that are spelt in two ways.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spelling {
    /// `(from, to)`, both lower case.
    pub pairs: Vec<(String, String)>,
}

/// A pair is used only behind this many letters, so that `four` never becomes another word.
const LETTERS_BEFORE: usize = 2;
/// A short pair is used only in words that are this much longer than the pair itself.
const LETTERS_AROUND: usize = 3;
/// From this length on a pair names a word, and is used wherever it stands.
const NAMES_A_WORD: usize = 5;

impl Spelling {
    /// `word` in every spelling, itself first. `open` says that any ending may follow (`organis*`).
    pub fn variants(&self, word: &str, open: bool) -> Vec<String> {
        let mut all = vec![word.to_owned()];
        for (from, to) in &self.pairs {
            if let Some(other) = swap(word, from, to) {
                all.push(other);
            } else if open && let Some(other) = swap_end(word, from, to) {
                all.push(other);
            }
        }
        all.sort_unstable();
        all.dedup();
        if let Some(own) = all.iter().position(|other| other == word) {
            all.swap(0, own);
        }
        all
    }
}

fn swap(word: &str, from: &str, to: &str) -> Option<String> {
    if from.is_empty() {
        return None;
    }
    let at = word.rfind(from)?;
    if from.len() < NAMES_A_WORD && (at < LETTERS_BEFORE || word.len() - from.len() < LETTERS_AROUND) {
        return None;
    }
    Some(format!("{}{to}{}", word.get(..at)?, word.get(at + from.len()..)?))
}

/// `traumatis*` is also `traumatiz*`: the pair `ise`, `ize` has begun at the end of the word.
fn swap_end(word: &str, from: &str, to: &str) -> Option<String> {
    let shorter = from.len().min(to.len() + 1);
    (2..shorter).rev().find_map(|length| {
        let (begun, other) = (from.get(..length)?, to.get(..length)?);
        let stem = word.strip_suffix(begun)?;
        (begun != other && stem.len() >= LETTERS_BEFORE).then(|| format!("{stem}{other}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(word: &str, open: bool, expect: &str) {
        let pairs = [("our", "or"), ("ise", "ize"), ("tre", "ter"), ("programme", "program")];
        let spelling = Spelling { pairs: pairs.map(|(from, to)| (from.to_owned(), to.to_owned())).to_vec() };
        assert_eq!(spelling.variants(word, open).join(" "), expect, "{word}");
    }

    #[test]
    fn a_word_is_found_in_both_spellings() {
        check("behaviour", false, "behaviour behavior");
        check("behavioural", false, "behavioural behavioral");
        check("hospitalised", false, "hospitalised hospitalized");
        check("centre", false, "centre center");
        check("programme", false, "programme program");
        check("traumatis", true, "traumatis traumatiz");
        check("traumatis", false, "traumatis");
    }

    #[test]
    fn a_short_word_never_becomes_another() {
        check("four", false, "four");
        check("fourth", false, "fourth");
        check("your", false, "your");
        check("wise", false, "wise");
    }
}
