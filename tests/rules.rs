//! Rule files: what is wrong in them is shown where it is, all of it in one run.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests may fail as tests do")]

use dignity::config::Config;
use dignity::document::Kind;
use dignity::rule::load::{self, lint};
use dignity::rule::{Action, Asked, Choice, Confidence, Find, Guard, RuleError, RuleSet, Severity};
use std::path::Path;
use std::sync::OnceLock;

const WORDS: &str = "title: Locked doors\nterms:\n  - locked door\n  - $lock\n";
const LOCK: &str = "title: Locks\nterms:\n  - padlock*\n";
const FLAG: &str = "\
title: A label in the place of a person
applies-to: [record, care-plan]
flag:
  attention-seeking: [asking for support, asking to be heard]
  (frequent|regular) flyer: asks for support often
  time waster:
severity: warning
say: 'The word {match} speaks of a person as a problem.'
why: I am a person, and not a nuisance.
instead:
  - asked for support
basis:
  crpd: [8, '12(3)']
  recovery: [stigma]
tests:
  flag:
    - Known to be attention-seeking.
    - text: A frequent flyer.
      kind: record
      span: frequent flyer
  pass:
    - Asked for support twice.
    - Sam wanted to be heard.
";
const GAP: &str = "\
title: A locked door and no reason
applies-to: [record]
when: $locked
expect:
  why it was locked: because of
  until when:
    - 'until #'
    - 'for # hours'
or-later: same record
severity: error
confidence: high
say: Nothing here yet about {missing}.
why: A door that is locked takes my freedom.
basis:
  crpd: [14]
  law: {rurit: Doors Act s.1}
tests:
  flag:
    - text: Found a locked door.
      missing: [why it was locked, until when]
    - Behind a locked door.
  pass:
    - The door was open.
    - No locked door.
";
const LIMIT: &str = "\
title: A review that comes too late
applies-to: [policy]
limit:
  topic:
    - review
  quantity: interval
severity: warning
say: Reviews every {found}, and not within {limit}.
why: Nobody should wait to be asked how they are.
basis:
  crpd: [17]
tests:
  flag: [Review every 9 hours., Review every 12 hours.]
  pass: [Review every hour., No review.]
";
const PROFILE: &str = "title: Ruritania\nrules:\n  doors/late-review:\n    at-most: 4 hours\n    severity: error\n  doors/locked: {law: Doors Code 3}\n";
const PACK: &str = "title: Doors\nversion: '1'\nreview-by: '2026-01-31'\n";

/// The built-in rules, read once.
pub(crate) fn built_in() -> &'static RuleSet {
    static RULES: OnceLock<RuleSet> = OnceLock::new();
    RULES.get_or_init(|| dignity::built_in::rules().unwrap())
}

fn files() -> Vec<(&'static str, &'static str)> {
    vec![
        ("rules/words/locked.yaml", WORDS),
        ("rules/words/lock.yaml", LOCK),
        ("rules/doors/pack.yaml", PACK),
        ("rules/doors/label.yaml", FLAG),
        ("rules/doors/locked.yaml", GAP),
        ("rules/doors/late-review.yaml", LIMIT),
        ("rules/profiles/rurit.yaml", PROFILE),
    ]
}

fn set() -> RuleSet {
    load::from_files(&files()).unwrap()
}

fn show(errors: &[RuleError], text: &str) -> Vec<String> {
    errors.iter().map(|error| format!("{} [{}]", error.what, text.get(error.at.clone()).unwrap_or("?"))).collect()
}

/// The mistakes of one file beside the good ones, each with the words it points at.
fn mistakes(path: &str, text: &str) -> Vec<String> {
    let mut files = files();
    files.retain(|(other, _)| *other != path);
    files.push((path, text));
    match load::from_files(&files) {
        Ok(_) => Vec::new(),
        Err(errors) => {
            assert!(errors.iter().all(|error| error.file == path), "{errors:#?}");
            show(&errors, text)
        }
    }
}

/// Puts `new` in the place of `old` in a good rule, and expects one mistake.
fn check(good: &str, old: &str, new: &str, expect: &str) {
    assert!(good.contains(old), "{old}");
    let text = good.replacen(old, new, 1);
    assert_eq!(mistakes("rules/doors/new.yaml", &text), [expect], "{new}");
}

#[test]
fn a_good_folder_becomes_a_rule_set() {
    let set = set();
    let ids: Vec<&str> = set.layers[0].rules.iter().map(|rule| rule.id.0.as_str()).collect();
    assert_eq!(ids, ["doors/label", "doors/late-review", "doors/locked"]);
    let text = set.layers[0].text(0).unwrap();
    assert_eq!(text.title, "A label in the place of a person");
    assert_eq!(text.file, "rules/doors/label.yaml");
    let wordings: Vec<&str> = text.alternatives.iter().flat_map(|(_, all)| all).map(String::as_str).collect();
    assert_eq!(wordings, ["asking for support", "asking to be heard", "asks for support often"]);
    let example = &text.tests.flag[1];
    let (start, length) = example.at;
    assert_eq!(&FLAG[start as usize..][..length as usize], "A frequent flyer.");
    let gap = &set.layers[0].rules[2];
    assert!(matches!(&gap.find, Find::Gap { expect, or_later: true, .. } if expect.len() == 2));
    assert_eq!(gap.guards.of(Guard::Negated), Action::Skip);
    assert_eq!(gap.guards.of(Guard::OwnWords), Action::Keep);
}

#[test]
fn a_wrong_value_is_shown_where_it_is() {
    check(FLAG, "severity: warning", "severity: warnign", "unknown severity `warnign` [warnign]");
    check(FLAG, "[record, care-plan]", "[record, car-plan]", "unknown kind of document `car-plan` [car-plan]");
    check(FLAG, "recovery: [stigma]", "recovery: [stigmata]", "unknown recovery principle `stigmata` [stigmata]");
    check(FLAG, "crpd: [8,", "crpd: [81,", "the Convention has no article `81` [81]");
    check(FLAG, "why: I am", "skip-when: [negatd]\nwhy: I am", "unknown guard `negatd` [negatd]");
    check(
        FLAG,
        "why: I am",
        "skip-when: [negated]\nkeep-when: [negated]\nwhy: I am",
        "`negated` is named twice [negated]",
    );
    check(FLAG, "{match}", "{missing}", "unknown placeholder `missing` [{missing}]");
    check(FLAG, "{match} speaks", "{match speaks", "a curly bracket is not closed [{]");
    check(FLAG, "span: frequent flyer", "span: frequent flier", "these words are not in the text [frequent flier]");
    check(FLAG, "instead:", "instaed:", "unknown key `instaed` [instaed]");
    check(FLAG, "instead:", "severity: error\ninstead:", "`severity` is given twice [severity]");
    check(FLAG, "time waster:", "time waster:\n  time waster: x", "this term is given twice [time waster]");
    check(FLAG, "why: I am a person, and not a nuisance.", "why:", "nothing stands here []");
    check(FLAG, "  time waster:", "  use*:", "a star after fewer than four letters [*]");
    check(FLAG, "  time waster:", "  '(time|waste':", "this bracket is not closed [(]");
    check(FLAG, "  time waster:", "  $lokc:", "there is no set $lokc [$lokc]");
    check(
        GAP,
        "or-later: same record",
        "or-later: next record",
        "unknown reach of later evidence `next record` [next record]",
    );
    check(GAP, "or-later: same record", "within: entrance", "unknown unit `entrance` [entrance]");
    check(
        GAP,
        "  flag:\n    - text: Found a locked door.\n      missing: [why it was locked, until when]",
        "  flag:\n    - text: Found a locked door.\n      missing: [why it was lokced]",
        "unknown thing to be written `why it was lokced` [why it was lokced]",
    );
    check(GAP, "{rurit: Doors Act s.1}", "{rurid: Doors Act s.1}", "unknown profile `rurid` [rurid]");
    check(GAP, "when: $locked", "when: $lockd", "there is no set $lockd [$lockd]");
    check(LIMIT, "quantity: interval", "quantity: intervall", "unknown quantity `intervall` [intervall]");
    check(LIMIT, "quantity: interval", "quantity: interval\n  at-most: soon", "this is no length of time [soon]");
}

#[test]
fn what_is_missing_is_named() {
    check(
        FLAG,
        "title: A label in the place of a person\n",
        "",
        "a rule needs `title` [applies-to: [record, care-plan]]",
    );
    check(FLAG, "severity: warning\n", "", "a rule needs `severity` [title: A label in the place of a person]");
    check(
        FLAG,
        "say: 'The word {match} speaks of a person as a problem.'\n",
        "",
        "a rule needs `say` or `ask` [A label in the place of a person]",
    );
    check(FLAG, "  crpd: [8, '12(3)']\n  recovery: [stigma]\n", "  crpd: []\n", "nothing stands here [[]");
    check(
        FLAG,
        "    - Sam wanted to be heard.\n",
        "",
        "a rule needs 2 texts that are passed over; here are 1 [Asked for support twice.]",
    );
    check(
        GAP,
        "when: $locked\n",
        "",
        "`when` and `expect` go together [why it was locked: because of\n  until when:\n    - 'until #'\n    - 'for # hours']",
    );
}

#[test]
fn a_rule_has_one_shape() {
    check(
        FLAG,
        "severity: warning",
        "require:\n  a reason: because of\nseverity: warning",
        "this rule has two shapes [a reason: because of]",
    );
    let none = GAP.replace("when: $locked\n", "").replace("or-later: same record\n", "");
    let start = none.find("expect:").unwrap();
    let none = format!("{}{}", &none[..start], &none[none.find("severity:").unwrap()..]);
    let none = none.replace("      missing: [why it was locked, until when]\n", "").replace("{missing}", "it");
    assert_eq!(mistakes("rules/doors/new.yaml", &none), ["this rule looks for nothing [A locked door and no reason]"]);
}

#[test]
fn an_error_about_the_law_needs_a_source_that_was_read() {
    check(
        GAP,
        "tests:",
        "sources:\n  - {source: Doors Act, sure: from memory}\ntests:",
        "an error about the law needs a source that was read [error]",
    );
}

#[test]
fn text_that_needs_quotes_is_told_so() {
    check(
        FLAG,
        "why: I am a person, and not a nuisance.",
        "why: I am: a person",
        "a colon followed by a space inside a text [:]",
    );
    check(
        FLAG,
        "    - Sam wanted to be heard.",
        "    - \"Sam\" wanted to be heard.",
        "a text that begins with a quotation mark [\"Sam\" wanted to be heard.]",
    );
    check(
        FLAG,
        "    - Sam wanted to be heard.",
        "    - Sam said: hear me.",
        "a text is expected here [Sam said: hear me.]",
    );
    check(
        FLAG,
        "  - asked for support",
        "  - @home",
        "a text that begins with a sign that YAML reads as its own [@home]",
    );
    check(FLAG, "  - asked for support", "  - # hours", "nothing stands here []");
    check(GAP, "    - 'until #'", "    - until # oclock", "a remark behind a term [# oclock]");
    check(FLAG, "  recovery: [stigma]", "\trecovery: [stigma]", "a tab at the start of a line [\t]");
    check(FLAG, "  time waster:", "  time–waster:", "a long dash, as word processors write it [–]");
    check(FLAG, "  time waster:", "  person’s fault:", "a curly quotation mark, as word processors write it [’]");
}

#[test]
fn five_kinds_of_mistakes_in_one_file_come_in_one_run() {
    let text = FLAG
        .replace("severity: warning", "severity: high")
        .replace("care-plan]", "careplan]")
        .replace("instead:", "insted:")
        .replace("time waster:", "(time waster:")
        .replace("recovery: [stigma]", "recovery: [hop]");
    let found = mistakes("rules/doors/new.yaml", &text);
    assert_eq!(
        found,
        [
            "unknown kind of document `careplan` [careplan]",
            "this bracket is not closed [(]",
            "unknown severity `high` [high]",
            "unknown key `insted` [insted]",
            "unknown recovery principle `hop` [hop]",
        ]
    );
}

#[test]
fn mistakes_of_all_files_come_in_one_run() {
    let errors = load::from_files(&[
        ("a/one.yaml", "title: x"),
        ("words/b.yaml", "title: b\nterms:\n  - $c\n"),
        ("words/c.yaml", "title: c\nterms:\n  - $b\n"),
        ("a/two.yml", ""),
        ("Profiles/x.yaml", ""),
        ("a/three.yaml", ""),
    ])
    .unwrap_err();
    let found: Vec<String> = errors.iter().map(|error| format!("{}: {}", error.file, error.what)).collect();
    for expect in [
        "Profiles/x.yaml: this folder has a name that cannot be a pack",
        "a/one.yaml: a rule needs `why`",
        "a/three.yaml: this file is empty",
        "a/two.yml: rule files end in .yaml",
        "words/c.yaml: this set refers to itself: $b → $c → $b",
    ] {
        assert!(found.iter().any(|line| line == expect), "{expect}: {found:#?}");
    }
}

#[test]
fn a_profile_speaks_only_of_rules_that_there_are() {
    let text = PROFILE.replace("doors/late-review", "doors/late-reviews");
    assert_eq!(
        mistakes("rules/profiles/rurit.yaml", &text),
        ["there is no rule `doors/late-reviews` [doors/late-reviews]"]
    );
}

#[test]
fn a_profile_changes_limits_levels_and_law() {
    let mut set = set();
    set.choose(&Choice { profile: Some("rurit".into()), ..Choice::default() }).unwrap();
    let rules = &set.layers[0].rules;
    assert!(matches!(&rules[1].find, Find::Limit { at_most: Some(14_400), shown, .. } if shown == "4 hours"));
    assert_eq!(rules[1].severity, Severity::Error);
    assert_eq!(rules[2].law.as_ref().map(|law| law.reference.as_str()), Some("Doors Code 3"));
}

fn in_force(choice: &Choice) -> Vec<String> {
    let mut set = set();
    match set.choose(choice) {
        Ok(()) => set.layers[0].rules.iter().filter(|rule| rule.enabled).map(|rule| rule.id.0.clone()).collect(),
        Err(errors) => {
            errors.iter().map(|error| format!("{}. {}", error.what, error.help.as_deref().unwrap_or(""))).collect()
        }
    }
}

fn only(names: &[&str]) -> Choice {
    Choice { only: names.iter().map(|name| Asked::from(*name)).collect(), ..Choice::default() }
}

#[test]
fn rules_are_chosen_by_id_pack_and_article() {
    assert_eq!(in_force(&only(&["doors/label"])), ["doors/label"]);
    assert_eq!(in_force(&only(&["doors"])), ["doors/label", "doors/late-review", "doors/locked"]);
    assert_eq!(in_force(&only(&["doors/l*"])).len(), 3);
    assert_eq!(in_force(&only(&["crpd/12"])), ["doors/label"]);
    assert_eq!(in_force(&only(&["crpd/14", "recovery/stigma"])), ["doors/label", "doors/locked"]);
    assert_eq!(in_force(&only(&["law/rurit"])), ["doors/locked"]);
    let skip = Choice { skip: vec!["crpd/17".into()], ..Choice::default() };
    assert_eq!(in_force(&skip), ["doors/label", "doors/locked"]);
}

#[test]
fn what_is_not_known_is_answered_with_the_nearest() {
    assert_eq!(
        in_force(&only(&["doors/lable"])),
        ["unknown rule, pack or article `doors/lable`. did you mean `doors/label`?"]
    );
    let choice = Choice { profile: Some("zz".into()), ..Choice::default() };
    assert_eq!(in_force(&choice), ["unknown jurisdiction `zz`. known: rurit"]);
}

#[test]
fn a_projects_rule_takes_the_place_of_one_with_the_same_id() {
    let own = vec![
        ("house/doors/label.yaml".to_owned(), FLAG.replace("severity: warning", "severity: advice")),
        ("house/doors/own.yaml".to_owned(), GAP.to_owned()),
    ];
    let set = load::with_files(&set(), &own).unwrap();
    assert_eq!(set.layers.len(), 2);
    assert!(!set.layers[0].rules[0].enabled && set.layers[0].rules[1].enabled);
    assert_eq!(set.layers[1].rules[0].severity, Severity::Advice);
    assert_eq!(set.layers[1].rules.len(), 2);
    let mut chosen = set.clone();
    chosen
        .choose(&Choice {
            severities: vec![("doors/label".into(), dignity::config::Level::At(Severity::Error))],
            ..Choice::default()
        })
        .unwrap();
    assert!(!chosen.layers[0].rules[0].enabled, "a replaced rule never comes back");
    assert_ne!(set.digest, chosen.digest);
}

const PROJECT: &str = "\
jurisdiction: rurit
packs: [doors]
own-rules: [house]
kinds:
  policies/**: policy
  'notes/*.txt': record
severity:
  doors/locked: warning
rules:
  doors/label:
    confidence: low
    add-terms:
      - handful
    remove-terms:
      - time waster
    keep-when: [negated]
  doors/late-review: {at-most: 6 hours}
words:
  lock: [bolted]
fail-on: never
show: advice
excerpts: short
opt-in: true
respect-gitignore: true
at-most: 20
";

#[test]
fn a_project_file_says_what_is_in_force() {
    let config = Config::parse("dignity.yaml", PROJECT).unwrap();
    assert_eq!(config.kind_of("policies/a/b.md"), Some((Kind::Policy, "policies/**")));
    assert_eq!(config.kind_of("notes/a.txt"), Some((Kind::Record, "notes/*.txt")));
    assert_eq!(config.kind_of("notes/a/b.txt"), None);
    assert!(config.opt_in_all && config.respect_gitignore);
    assert_eq!(config.at_most, Some(20));
    let mut set = config.rules(&set(), &[]).unwrap();
    set.choose(&config.choice()).unwrap();
    let layer = &set.layers[1];
    let ids: Vec<&str> = layer.rules.iter().map(|rule| rule.id.0.as_str()).collect();
    // `doors/locked` uses `$locked`, which is made of `$lock`.
    assert_eq!(ids, ["doors/label", "doors/locked"]);
    assert_eq!(layer.rules[0].confidence, Confidence::Low);
    assert_eq!(layer.rules[0].guards.of(Guard::Negated), Action::Keep);
    assert_eq!(layer.rules[1].severity, Severity::Warning);
    assert!(!set.layers[0].rules[0].enabled && !set.layers[0].rules[2].enabled);
    assert!(matches!(set.layers[0].rules[1].find, Find::Limit { at_most: Some(21_600), .. }));
}

fn check_project(old: &str, new: &str, expect: &[&str]) {
    assert!(PROJECT.contains(old), "{old}");
    let text = PROJECT.replacen(old, new, 1);
    let errors = Config::parse("dignity.yaml", &text).and_then(|config| {
        let mut set = config.rules(&set(), &[])?;
        set.choose(&config.choice())
    });
    let errors = errors.err().unwrap_or_default();
    assert!(errors.iter().all(|error| error.file == "dignity.yaml"), "{errors:#?}");
    assert_eq!(show(&errors, &text), expect, "{new}");
}

#[test]
fn a_mistake_in_the_project_file_is_shown_where_it_is() {
    check_project("jurisdiction: rurit", "jurisdiction: zz", &["unknown jurisdiction `zz` [zz]"]);
    check_project("packs:", "pack:", &["unknown key `pack` [pack]"]);
    check_project("packs: [doors]", "packs: [door]", &["unknown rule, pack or article `door` [door]"]);
    check_project("**: policy", "**: polcy", &["unknown kind of document `polcy` [polcy]"]);
    check_project(
        "policies/**:",
        "'policies/[a':",
        &["this path pattern is not understood: unclosed character class; missing ']' ['policies/[a']"],
    );
    check_project(
        "doors/locked: warning",
        "doors/lockd: warning",
        &["unknown rule, pack or article `doors/lockd` [doors/lockd]"],
    );
    check_project("  doors/label:", "  doors/lable:", &["there is no rule `doors/lable` [doors/lable]"]);
    check_project("- handful", "- (handful", &["this bracket is not closed [(]"]);
    check_project("- handful", "- $lokced door", &["there is no set $lokced [$lokced]"]);
    check_project("- time waster", "- time wasters", &["the rule has no such term [time wasters]"]);
    check_project("lock: [bolted]", "lokc: [bolted]", &["there is no set $lokc [lokc]"]);
    check_project("lock: [bolted]", "lock: [bolted…]", &["three dots as one sign, as word processors write it […]"]);
    check_project("6 hours", "six hours", &["this is no length of time [six hours]"]);
    check_project("at-most: 20", "at-most: many", &["a whole number above zero is expected here [many]"]);
    check_project(
        "fail-on: never\nshow: advice",
        "fail-on: no\nshow: all",
        &["unknown level `no` [no]", "unknown severity `all` [all]"],
    );
}

#[test]
fn an_empty_project_file_changes_nothing() {
    let config = Config::parse("dignity.yaml", "# nothing yet\n").unwrap();
    let set = config.rules(&set(), &[]).unwrap();
    assert_eq!(set.layers.len(), 1);
    assert_eq!(config.fail_on, None);
}

#[test]
fn advice_on_rules_never_stops_a_run() {
    let own = GAP.replace("because of", "because").replace("when: $locked", "when:\n  - in\n  - /\\d+ doors/\n  - TB");
    let again = FLAG.replace("frequent|regular", "regular|frequent");
    let files = vec![
        ("words/common.yaml".to_owned(), "words: [the, because]".to_owned()),
        ("house/doors/own.yaml".to_owned(), own.clone()),
        ("house/doors/twin.yaml".to_owned(), again),
    ];
    let set = load::with_files(&set(), &files).unwrap();
    let found = lint(&set, Some("2026-11-22"));
    assert!(found.iter().all(|lint| !lint.fatal));
    let found: Vec<String> = found.iter().map(|lint| format!("{}: {}", lint.file, lint.what)).collect();
    assert_eq!(
        found,
        [
            "house/doors/own.yaml: a term shorter than three letters",
            "house/doors/own.yaml: a slow regular expression",
            "house/doors/own.yaml: this is satisfied by one very common word",
            "house/doors/twin.yaml: doors/label flags the same words",
            "house/doors/twin.yaml: doors/label flags the same words",
            "house/doors/twin.yaml: doors/label flags the same words",
            "rules/doors/pack.yaml: this pack should have been reviewed by 2026-01-31",
        ]
    );
}

#[test]
fn a_wording_that_is_itself_flagged_is_told() {
    let text = FLAG.replace("  - asked for support\n", "  - a frequent flyer again\n");
    let set = load::from_files(&[("doors/label.yaml", &text)]).unwrap();
    assert_eq!(show(&lint(&set, None), &text), ["this wording is itself flagged by doors/label [frequent flyer]"]);
}

#[test]
fn rules_written_as_bytes_are_the_same_rules() {
    let set = set();
    let blob = load::encode(&set).unwrap();
    let [hot, texts, sources]: [&'static [u8]; 3] = [blob.hot.leak(), blob.texts.leak(), blob.sources.leak()];
    let read = load::decode(hot, texts, sources).unwrap();
    assert_eq!(read.digest, set.digest);
    assert_eq!(read.layers[0].text(1).unwrap().title, set.layers[0].text(1).unwrap().title);
    assert_eq!(read.sources.files(), set.sources.files());
    assert!(read.layers[0].rules.iter().all(|rule| rule.enabled));
    assert!(load::decode(&hot[..hot.len() / 2], texts, sources).is_none());
}

#[test]
fn the_schemas_in_the_folder_are_fresh() {
    let schemas = [("rule", dignity::rule::file::schema()), ("project", dignity::config::schema())];
    for (name, schema) in schemas {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("rules/{name}.schema.json"));
        let mut fresh = serde_json::to_string_pretty(&schema).unwrap();
        fresh.push('\n');
        if std::env::var_os("DIGNITY_UPDATE").is_some() {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            #[allow(clippy::disallowed_methods, reason = "this test rewrites a generated file when asked to")]
            std::fs::write(&path, &fresh).unwrap();
        }
        #[allow(clippy::disallowed_methods, reason = "a test may read a file")]
        let written = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(written == fresh, "{} is not fresh; DIGNITY_UPDATE=1 cargo test rewrites it", path.display());
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    #[test]
    fn no_text_makes_the_loader_panic(text in r"[a-z:\-' \n\[\]{}#$|()*\t\u{e9}]{0,80}") {
        let _ = load::from_files(&[("a/b.yaml", &text), ("words/c.yaml", &text), ("profiles/d.yaml", &text)]);
        let _ = Config::parse("dignity.yaml", &text);
    }

    #[test]
    fn no_change_of_a_good_rule_makes_the_loader_panic(at in 0..FLAG.len(), length in 0..12_usize, new in "\\PC{0,6}") {
        let end = (at + length).min(FLAG.len());
        if FLAG.is_char_boundary(at) && FLAG.is_char_boundary(end) {
            let text = format!("{}{new}{}", &FLAG[..at], &FLAG[end..]);
            if let Err(errors) = load::from_files(&[("a/b.yaml", &text)]) {
                for error in errors {
                    proptest::prop_assert!(text.get(error.at.clone()).is_some(), "{error:?}");
                }
            }
        }
    }
}

#[test]
fn every_expression_among_the_cues_is_called_by_a_word() {
    // Cues are looked for in every sentence; an expression that no word calls for is not run there at all.
    let sources = built_in().sources.files().into_iter().map(|(path, text)| (path.to_owned(), text.to_owned()));
    let files: Vec<(String, String)> = sources.collect();
    let language = files.iter().filter(|(path, _)| path.contains("context/") || path.contains("kinds/"));
    let mut silent = Vec::new();
    for (path, text) in language {
        for line in text.lines().map(str::trim).filter_map(|line| line.strip_prefix("- '/")) {
            let source = line.trim_end_matches('\'').trim_end_matches('c').trim_end_matches('/').replace("''", "'");
            if dignity::scan::anchors(&source).is_none() {
                silent.push(format!("{path}: {source}"));
            }
        }
    }
    assert!(silent.is_empty(), "{silent:#?}");
}

/// A rule that flags a set and nothing else, with the set's own texts as its examples. JSON is YAML too.
fn rule_of_set(name: &str, text: &str) -> Option<String> {
    let file: serde_json::Value = serde_yaml::from_str(text).unwrap();
    let texts = |key: &str| -> Vec<String> {
        let listed = file["tests"][key].as_array().cloned().unwrap_or_default();
        listed.iter().filter_map(|text| text.as_str().map(str::to_owned)).collect()
    };
    let (mut flag, mut pass) = (texts("match"), texts("no-match"));
    if flag.is_empty() {
        return None;
    }
    // A rule needs two of each; a set may have one.
    flag.push(flag[0].clone());
    pass.extend(["Nothing of the kind.".to_owned(), "Nothing here.".to_owned()]);
    let guards: Vec<&str> = dignity::rule::Guard::ALL.iter().map(|guard| guard.name()).collect();
    let rule = serde_json::json!({
        "title": format!("The set {name}"),
        "applies-to": ["record"],
        "flag": format!("${name}"),
        "keep-when": guards,
        "severity": "advice",
        "say": "{match}",
        "why": "A set is proved by its own texts.",
        "basis": {"crpd": ["12"]},
        "tests": {"flag": flag, "pass": pass},
    });
    Some(rule.to_string())
}

#[test]
fn every_set_of_words_holds_on_its_own_texts() {
    let base = built_in();
    let sources: Vec<(String, String)> =
        base.sources.files().into_iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect();
    let mut files = Vec::new();
    for (path, text) in &sources {
        let name = path.rsplit('/').next().unwrap().trim_end_matches(".yaml");
        if path.contains("words/")
            && !matches!(name, "spelling" | "common")
            && let Some(rule) = rule_of_set(name, text)
        {
            files.push((format!("own/sets/{name}.yaml"), rule));
        }
    }
    assert!(files.len() > 40, "only {} sets have texts", files.len());
    let rules = dignity::rule::load::with_files(base, &files).unwrap_or_else(|errors| panic!("{errors:#?}"));
    let checker = dignity::checker::Checker { rules, options: dignity::prove::options(None) };
    let layer = checker.rules.layers.last().unwrap();
    let mut wrong = Vec::new();
    for (index, rule) in layer.rules.iter().enumerate() {
        let text = layer.text(index).unwrap();
        let proof = dignity::prove::prove(rule, &text, &|_| Some(&checker));
        for tried in proof.tried.iter().filter(|tried| tried.verdict != dignity::prove::Verdict::Held) {
            wrong.push(format!("{}: {} {:?} {}", rule.id, tried.verdict.name(), tried.example.text, tried.seen));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_cell_of_the_coverage_names_rules_that_there_are() {
    let tables = dignity::rule::coverage::tables(built_in());
    assert_eq!(tables.len(), 4, "articles, criteria, restrictive practices, principles");
    let unknown: Vec<&String> = tables.iter().flat_map(|table| &table.rows).flat_map(|row| &row.unknown).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[test]
fn every_article_criterion_practice_and_principle_has_a_rule_or_a_reason_why_not() {
    let tables = dignity::rule::coverage::tables(built_in());
    let rows = || tables.iter().flat_map(|table| &table.rows);
    let open: Vec<&str> = rows()
        .filter(|row| !row.policies.is_answered() || !row.records.is_answered())
        .map(|row| row.name.as_str())
        .collect();
    assert!(open.is_empty(), "neither a rule nor a reason, or both: {open:?}");
    let articles = tables.iter().find(|table| table.name == "convention").unwrap();
    assert_eq!(articles.rows.len(), 33);
    let practices = tables.iter().find(|table| table.name == "restrictive").unwrap();
    assert_eq!(practices.rows.len(), 20);
}

fn under(profile: &str) -> dignity::checker::Checker {
    let mut rules = built_in().clone();
    rules.choose(&Choice { profile: Some(profile.into()), ..Choice::default() }).unwrap();
    dignity::checker::Checker { rules, options: dignity::prove::options(None) }
}

/// What the rules on limits say of a text under a profile.
fn limits(profile: &str, kind: Kind, text: &str) -> Vec<String> {
    let reason = dignity::document::Reason::Asked;
    let checked = under(profile).check("text.md", Some((kind, reason)), text.as_bytes());
    let limits = checked.findings.iter().filter(|finding| finding.rule.pack() == "limits");
    limits.map(|finding| finding.message_with_words.0.clone()).collect()
}

#[test]
fn a_policy_weaker_than_the_law_of_a_place_is_told_both_numbers_and_only_there() {
    for (profile, sentence, numbers, other) in [
        ("ie", "Seclusion is ordered for 8 hours.", ["8 hours", "4 hours"], "gb-eng"),
        ("ie-2026", "The admission status is reviewed within 72 hours of restraint.", ["72 hours", "24 hours"], "ie"),
        ("gb-eng", "Medical reviews of seclusion take place every six hours.", ["every six hours", "4 hours"], "nz"),
        ("us-cms", "An order for restraint lasts for up to 12 hours.", ["12 hours", "4 hours"], "gb-eng"),
        ("us-prtf", "An order for restraint lasts for up to 5 hours.", ["5 hours", "4 hours"], "au-vic"),
        ("au-ndis", "Unauthorised use of restraint is reported within ten days.", ["ten days", "7 days"], "nz"),
        ("au-vic", "The secluded person is checked every 30 minutes.", ["every 30 minutes", "15 minutes"], "us-cms"),
        ("nz", "The secluded person is checked every 15 minutes.", ["every 15 minutes", "10 minutes"], "gb-eng"),
    ] {
        let text = format!("# Policy on seclusion and restraint\n\n{sentence}\n");
        let here = limits(profile, Kind::Policy, &text);
        assert!(here.iter().any(|said| numbers.iter().all(|number| said.contains(number))), "{profile}: {here:?}");
        assert_eq!(limits(other, Kind::Policy, &text), Vec::<String>::new(), "{other}: {sentence}");
    }
}

#[test]
fn a_seclusion_record_shows_its_gap_and_what_is_missing_as_one_finding() {
    let text = "# Seclusion record, 14 March 2026\n\n02:10 Placed in seclusion.\n02:25 In seclusion, asleep.\n\
                02:40 In seclusion, asleep.\n03:15 In seclusion, awake.\n04:05 Seen by Dr Sedge, seclusion continues.\n";
    let said = limits("gb-eng", Kind::Incident, text);
    assert_eq!(said.len(), 1, "{said:?}");
    for words in
        ["03:15 to 04:05 (50 minutes)", "looks at the person: 15 minutes", "the first visit of a doctor: 1 hour"]
    {
        assert!(said[0].contains(words), "{said:?}");
    }
    assert!(limits("au-ndis", Kind::Incident, text).is_empty());
}
