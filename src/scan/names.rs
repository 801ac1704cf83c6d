//! Names with a number each, sorted, read where they lie.

use super::flat::{self, Flat};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Names, each with a number.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Names {
    /// All names, one after the other.
    #[serde(deserialize_with = "flat::letters")]
    chars: Cow<'static, str>,
    /// Where each ends in `chars`, in bytes.
    ends: Flat,
    /// The number of each.
    numbers: Flat,
}

impl Names {
    /// Of these; of two with the same name the first counts.
    pub fn new(mut names: Vec<(String, u32)>) -> Self {
        names.sort_by(|one, other| one.0.cmp(&other.0));
        names.dedup_by(|later, first| later.0 == first.0);
        let mut made = Self::default();
        for (name, number) in &names {
            made.chars.to_mut().push_str(name);
            made.ends.extend([u32::try_from(made.chars.len()).unwrap_or(u32::MAX)]);
            made.numbers.extend([*number]);
        }
        made
    }

    /// The number of `name`.
    pub fn get(&self, name: &str) -> Option<u32> {
        let (mut low, mut high) = (0, self.ends.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            let start = if middle == 0 { 0 } else { self.ends.at(middle - 1) as usize };
            match self.chars.get(start..self.ends.at(middle) as usize)?.cmp(name) {
                std::cmp::Ordering::Equal => return Some(self.numbers.at(middle)),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn a_name_is_found_whole_or_not_at_all() {
        let names = Names::new(["plan", "a", "history", "plan b"].into_iter().map(String::from).zip(0..).collect());
        for (name, expect) in
            [("plan", Some(0)), ("a", Some(1)), ("history", Some(2)), ("plan b", Some(3)), ("pla", None), ("", None)]
        {
            assert_eq!(names.get(name), expect, "{name}");
        }
        assert_eq!(Names::default().get("plan"), None);
    }
}
