//! Reads `flag-when`: `deficits at least 6 and deficits more than 4 times strengths`.

use crate::rule::{Compare, Condition};
use std::ops::Range;

/// The count that is always there.
const WORDS: &str = "words";

/// Comparisons as they are written.
const COMPARISONS: [(&str, Compare); 5] = [
    ("at least", Compare::AtLeast),
    ("at most", Compare::AtMost),
    ("more than", Compare::MoreThan),
    ("fewer than", Compare::FewerThan),
    ("less than", Compare::FewerThan),
];

/// What is wrong, and where inside the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wrong {
    pub(super) at: Range<usize>,
    pub(super) what: String,
    pub(super) help: String,
}

/// Reads all conditions; `names` are the counts of the rule, in their order.
pub(super) fn conditions(text: &str, names: &[&str]) -> Result<Vec<Condition>, Wrong> {
    let mut reader = Reader { text, at: 0, names };
    let mut all = vec![reader.condition()?];
    while reader.take("and") {
        all.push(reader.condition()?);
    }
    reader.spaces();
    if reader.at < text.len() {
        let help = "join conditions with `and`";
        return Err(reader.wrong("this is left over", help));
    }
    Ok(all)
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    names: &'t [&'t str],
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn spaces(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    /// Takes `words` when they come next, whole.
    fn take(&mut self, words: &str) -> bool {
        self.spaces();
        let follows = self.rest().strip_prefix(words);
        let whole = follows.is_some_and(|rest| rest.chars().next().is_none_or(char::is_whitespace));
        if whole {
            self.at += words.len();
        }
        whole
    }

    fn wrong(&self, what: &str, help: &str) -> Wrong {
        let length = self.rest().find(char::is_whitespace).unwrap_or(self.rest().len());
        Wrong { at: self.at..self.at + length, what: what.to_owned(), help: help.to_owned() }
    }

    #[allow(clippy::option_option, reason = "no count at all, the count of words, or a count of the rule")]
    /// A count by its name; the longest name wins. `Some(None)` counts words.
    fn count(&mut self) -> Option<Option<u16>> {
        self.spaces();
        let mut names: Vec<(usize, &str)> = self.names.iter().copied().enumerate().collect();
        names.sort_by_key(|(_, name)| std::cmp::Reverse(name.len()));
        for (index, name) in names {
            if self.take(name) {
                return Some(u16::try_from(index).ok());
            }
        }
        self.take(WORDS).then_some(None)
    }

    fn number(&mut self) -> Option<f32> {
        self.spaces();
        let length = self.rest().find(char::is_whitespace).unwrap_or(self.rest().len());
        let number: f32 = self.rest().get(..length)?.parse().ok().filter(|number: &f32| number.is_finite())?;
        self.at += length;
        Some(number)
    }

    fn condition(&mut self) -> Result<Condition, Wrong> {
        let Some(left) = self.count() else {
            let mut known = self.names.to_vec();
            known.push(WORDS);
            return Err(self.wrong("this is no count of the rule", &format!("known: {}", known.join(", "))));
        };
        let compared = COMPARISONS.iter().find(|(words, _)| self.take(words));
        let Some((_, compare)) = compared else {
            self.spaces();
            return Err(self.wrong("a comparison is expected here", "at least, at most, more than, fewer than"));
        };
        let (number, right) = match self.number() {
            Some(number) if self.take("times") => match self.count() {
                Some(right) => (number, Some(right)),
                None => {
                    return Err(self.wrong("a count is expected behind `times`", "as in: more than 4 times strengths"));
                }
            },
            Some(number) => (number, None),
            None => match self.count() {
                Some(right) => (1.0, Some(right)),
                None => return Err(self.wrong("a number or a count is expected here", "as in: at least 6")),
            },
        };
        Ok(Condition { left, compare: *compare, number, right })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &str) {
        let shown = match conditions(text, &["deficits", "strengths", "own words"]) {
            Ok(all) => {
                let all: Vec<String> = all
                    .iter()
                    .map(|one| format!("{:?} {:?} {} {:?}", one.left, one.compare, one.number, one.right))
                    .collect();
                all.join(" & ")
            }
            Err(wrong) => format!("{} [{}]", wrong.what, &text[wrong.at]),
        };
        assert_eq!(shown, expect, "{text}");
    }

    #[test]
    fn conditions_read_as_a_sentence() {
        check("strengths fewer than 1", "Some(1) FewerThan 1 None");
        check("words at least 80", "None AtLeast 80 None");
        check("own words at most 2", "Some(2) AtMost 2 None");
        check(
            "deficits at least 6 and deficits more than 4 times strengths",
            "Some(0) AtLeast 6 None & Some(0) MoreThan 4 Some(Some(1))",
        );
        check("deficits more than strengths", "Some(0) MoreThan 1 Some(Some(1))");
    }

    #[test]
    fn a_mistake_is_shown_where_it_is() {
        check("defects at least 6", "this is no count of the rule [defects]");
        check("deficits over 6", "a comparison is expected here [over]");
        check("deficits at least many", "a number or a count is expected here [many]");
        check("deficits at least 6 or 7", "this is left over [or]");
        check("deficits more than 4 times hope", "a count is expected behind `times` [hope]");
        check("", "this is no count of the rule []");
    }
}
