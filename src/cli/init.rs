//! A commented project file.

use super::answer::Answer;
use crate::run::write_new;
use std::path::Path;

const PROJECT: &str = "\
# Settings of this project. Everything may be left out; what stands behind # is off.
# dignity settings   shows what is in force, and whence.
# dignity schema project   prints the form of this file, for editors.

# Whose law applies. dignity doctor lists the profiles.
# jurisdiction: gb-eng

# Only these packs of rules; all of them unless said.
# packs:
#   - restrictive
#   - words

# Folders with rules of your own: FOLDER/pack/name.yaml. dignity new rule writes one.
# own-rules:
#   - rules

# What documents are, by their path. The first pattern that fits decides.
# kinds:
#   'policies/**': policy
#   'notes/**': record

# How much findings matter here, by rule or pack; `off` takes a rule away.
# severity:
#   words/some-rule: advice
#   some-pack: off

# The exit code is 1 from this level on: error, warning, advice or never.
# fail-on: error

# The lowest level that is shown.
# show: warning

# How much of a document's words reports may hold: full, short or none.
# Without it, all of a policy, and of records at a terminal only.
# excerpts: none

# Answers to findings, and what was known on the day you began; see docs/settling.md.
# accepted: accepted.yaml
# baseline: dignity-baseline.json
";

/// Answers `dignity init`.
pub(super) fn init() -> Answer {
    match write_new(Path::new("dignity.yaml"), PROJECT) {
        Ok(()) => Answer::fine("Wrote dignity.yaml. Everything in it is a remark until you take the # away.\n"),
        Err(what) => Answer::wrong(format!("dignity.yaml: {what}\n")),
    }
}

#[cfg(test)]
mod tests {
    use super::PROJECT;

    #[test]
    fn every_remark_of_the_project_file_is_a_setting_or_a_sentence() {
        for line in PROJECT.lines().filter(|line| !line.is_empty()) {
            assert!(line.starts_with("# "), "{line}");
        }
    }

    #[test]
    fn the_project_file_is_accepted_with_every_remark_taken_away() {
        let setting = |line: &&str| {
            let bare = line.trim_start_matches("# ").trim_start();
            bare.starts_with("- ")
                || bare.split_once(':').is_some_and(|(key, value)| !key.contains(' ') && !value.contains('/'))
        };
        let lines: Vec<&str> = PROJECT.lines().filter(setting).map(|line| &line[2..]).collect();
        let text = lines.join("\n");
        let mut errors = Vec::new();
        let _: crate::rule::file::project::ProjectFile =
            crate::rule::file::read("dignity.yaml", None, &text, &mut errors);
        assert!(errors.is_empty(), "{errors:?}\n{text}");
    }
}
