//! What can be asked on the command line. Help teaches by examples.

use crate::document::Kind;
use crate::report::{Excerpts, REPORTERS};
use crate::rule::{Confidence, Severity};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// The whole command line.
#[derive(Parser, Debug)]
#[command(
    name = "dignity",
    version,
    about = "Reads service policies and care records as a rights reviewer would",
    long_about = "Reads service policies and care records as a rights reviewer would, and says where a person's rights, \
                  words or choices are missing from the page. It works offline: nothing leaves this machine.",
    after_help = EXAMPLES,
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    arg_required_else_help = true
)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    #[command(flatten)]
    pub(super) check: CheckArgs,
}

const EXAMPLES: &str = "\
Examples:
  dignity policies/                         every document below a folder
  dignity note.md --kind record             one note, and what it is
  dignity check - --kind record < note.md   one text from standard input
  dignity policies/ --format json           for programs; see `dignity schema report`
  dignity explain restrictive/record-after-restraint
  dignity why note.md:16                    every rule that looked at that line, and what came of it

Exit codes:
  0  checked, nothing at the fail level
  1  findings at the fail level or above it (--fail-on, error unless said otherwise)
  2  wrong use, or broken rules or settings: nothing was judged
  3  something asked for could not be read, or nothing was checked
  4  a fault of this program";

#[derive(Subcommand, Debug)]
pub(super) enum Command {
    /// Check files and folders; the same as naming them without a command
    Check(Box<CheckArgs>),
    /// Account for policies right by right: what is seen, what is missing, each with its words and place
    #[command(
        after_help = "Examples:\n  dignity audit policies/ -o audit.html\n  dignity audit policy.md --by recovery \
                            --format markdown\n  dignity audit policies/ -o audit.html --annotated\n\nExit codes: 0 \
                            when all was read, 3 when something was not; what is missing never changes it."
    )]
    Audit(Box<AuditArgs>),
    /// A rule in plain words: why, whose right, what would put it right, examples, sources
    #[command(after_help = "Example:\n  dignity explain restrictive/record-after-restraint")]
    Explain(ExplainArgs),
    /// Every rule that looked at a line: what it met, and what kept it silent
    #[command(after_help = "Examples:\n  dignity why note.md:16\n  dignity why note.md:16 words/label")]
    Why(WhyArgs),
    /// Try rules on their own examples
    #[command(
        after_help = "Examples:\n  dignity test                     every rule\n  dignity test restrictive         \
                            one pack\n  dignity test my-rules/           a folder of your own\n  dignity test --terms     \
                            terms that no example uses"
    )]
    Test(TestArgs),
    /// List and search the rules
    #[command(
        after_help = "Examples:\n  dignity rules --right 14         rules that stand on article 14\n  dignity rules \
                            --right choice     rules that stand on a recovery principle\n  dignity rules --word seclusion"
    )]
    Rules(RulesArgs),
    /// Begin something new
    #[command(subcommand)]
    New(NewCommand),
    /// Write a commented project file, dignity.yaml, into this folder
    Init,
    /// Answer for one finding: why it stands, who says so, and until when
    #[command(
        after_help = "Example:\n  dignity accept policy/privileges policies/leave.md:12 --because 'The clinic sets these hours' \\\n    \
                            --by 'Quality office' --until 2027-06-30\n\nThe answer is written into accepted.yaml, never into the \
                            document. It is for that finding alone:\nwhen the words change, or the day has passed, the finding is \
                            open again."
    )]
    Accept(Box<AcceptArgs>),
    /// The answers that were given: which hold, which have run out, which answer for nothing any more
    #[command(
        after_help = "Examples:\n  dignity accepted               every answer, tried on its own file\n  dignity accepted \
                            policies/     those of these files\n\nIt ends with code 1 when one has run out or answers for nothing."
    )]
    Accepted(Box<AcceptedArgs>),
    /// Write down what stands there today, so that only what is new counts; no words, only names of findings
    #[command(
        after_help = "Examples:\n  dignity baseline policies/                      begin\n  dignity check policies/ --baseline \
                            dignity-baseline.json\n  dignity baseline policies/                      once more: what is gone is taken \
                            out, what is new is refused\n  dignity baseline policies/ --accept-new         take in what is \
                            new\n  dignity baseline notes/ --key-file ~/dignity.key  records only with a key"
    )]
    Baseline(Box<BaselineArgs>),
    /// Make a secret key, so that findings about people can be known again without their words
    #[command(
        after_help = "Example:\n  dignity keygen ~/dignity.key\n  dignity notes/ --key-file ~/dignity.key --format json\n\nWhoever \
                            holds the key can try out which words a finding was about. Keep it where the records are."
    )]
    Keygen(KeygenArgs),
    /// Print the JSON Schema of rules, of the project file, or of reports
    Schema {
        /// Which form
        #[arg(value_parser = ["rule", "project", "report"], default_value = "rule")]
        form: String,
    },
    /// The settings in force, and where each comes from
    Settings(SettingsArgs),
    /// What can be read here, which rules are loaded, and what this program never does
    Doctor(RuleArgs),
    /// Serve an editor: findings while a text is written (Language Server Protocol, on standard input and output)
    #[cfg(feature = "lsp")]
    #[command(after_help = "Your editor starts this; there is nothing to see when you start it yourself. How to set \
                            up Neovim, VS Code, Emacs and others is in docs/editors.md.")]
    Lsp(RuleArgs),
    /// Read one file from standard input for the program that started this one
    #[command(hide = true, name = crate::run::COMMAND)]
    ReadApart {
        /// The format
        format: String,
        /// How long it may take
        seconds: u64,
    },
    /// Serve this machine: a page to paste a text into, an address for programs, and the protocol of LanguageTool
    #[cfg(feature = "serve")]
    Serve(super::serve::ServeArgs),
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page; `dignity man > dignity.1`
    Man,
}

#[derive(Subcommand, Debug)]
pub(super) enum NewCommand {
    /// A rule with its examples, from a few answers
    #[command(
        after_help = "Example, without questions:\n  dignity new rule house/labels --title 'A label in the place of a \
                            person' \\\n    --term 'attention seeking' --right 8 --why 'A label closes the question.' \\\n    \
                            --ask 'What was the person asking for?' \\\n    --flag 'Attention seeking again.' --flag 'He is \
                            attention seeking.' \\\n    --pass 'She asked to talk.' --pass 'He came to the office twice.'"
    )]
    Rule(Box<NewRuleArgs>),
}

/// Which rules run.
#[derive(Args, Debug, Clone, Default)]
pub(super) struct RuleArgs {
    /// Only these rules: ids, packs, or article numbers
    #[arg(long, value_name = "ID|PACK|ARTICLE", value_delimiter = ',', help_heading = "Rules")]
    pub(super) only: Vec<String>,
    /// All but these rules
    #[arg(long, value_name = "ID|PACK|ARTICLE", value_delimiter = ',', help_heading = "Rules")]
    pub(super) skip: Vec<String>,
    /// Whose law applies: ie, gb-eng, us-cms, au-ndis …
    #[arg(long, value_name = "PROFILE", help_heading = "Rules")]
    pub(super) jurisdiction: Option<String>,
    /// Also rules about debated words: all of them, or these
    #[arg(long, value_name = "ID", num_args = 0..=1, require_equals = true, default_missing_value = "all",
          help_heading = "Rules")]
    pub(super) opt_in: Vec<String>,
    /// A folder with rules of your own: FOLDER/pack/name.yaml
    #[arg(long, value_name = "FOLDER", help_heading = "Rules")]
    pub(super) rules: Vec<PathBuf>,
    /// The project file; otherwise dignity.yaml is looked for from the first path upwards
    #[arg(long, value_name = "FILE", help_heading = "Rules")]
    pub(super) project: Option<PathBuf>,
    /// No project file, even if there is one
    #[arg(long, conflicts_with = "project", help_heading = "Rules")]
    pub(super) no_project: bool,
}

/// The key that names findings about people.
#[derive(Args, Debug, Clone, Default)]
pub(super) struct KeyArgs {
    /// The secret key that names findings about people (dignity keygen makes one); also as `DIGNITY_KEY`
    #[arg(long, value_name = "FILE", help_heading = "Answers")]
    pub(super) key_file: Option<PathBuf>,
}

/// What has been answered for.
#[derive(Args, Debug, Clone, Default)]
pub(super) struct AnswerArgs {
    /// Answers to findings (dignity accept writes them); otherwise as `accepted` in the project file says
    #[arg(long, value_name = "FILE", help_heading = "Answers")]
    pub(super) accepted: Option<PathBuf>,
    /// What is known already (dignity baseline writes it); otherwise as `baseline` in the project file says
    #[arg(long, value_name = "FILE", help_heading = "Answers")]
    pub(super) baseline: Option<PathBuf>,
    #[command(flatten)]
    pub(super) key: KeyArgs,
}

/// `dignity accept`.
#[derive(Args, Debug)]
pub(super) struct AcceptArgs {
    /// The rule: pack/name
    pub(super) id: String,
    /// The file, and the line where it has several findings of this rule
    #[arg(value_name = "FILE[:LINE]")]
    pub(super) place: String,
    /// Why it stands, in a sentence
    #[arg(long, value_name = "REASON")]
    pub(super) because: String,
    /// Who answers for it: a name or an office
    #[arg(long, value_name = "WHO")]
    pub(super) by: String,
    /// The last day on which the answer holds
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(super) until: String,
    /// What the document is
    #[arg(long, value_name = "KIND", value_parser = kind())]
    pub(super) kind: Option<Kind>,
    #[command(flatten)]
    pub(super) answers: AnswerArgs,
    #[command(flatten)]
    pub(super) rule: RuleArgs,
}

/// `dignity accepted`.
#[derive(Args, Debug)]
pub(super) struct AcceptedArgs {
    /// Files and folders; every file that was answered for, unless said
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<String>,
    /// What the documents are
    #[arg(long, value_name = "KIND", value_parser = kind())]
    pub(super) kind: Option<Kind>,
    #[command(flatten)]
    pub(super) answers: AnswerArgs,
    #[command(flatten)]
    pub(super) rule: RuleArgs,
}

/// `dignity baseline`.
#[derive(Args, Debug)]
pub(super) struct BaselineArgs {
    /// Files and folders, the same as are checked
    #[arg(value_name = "PATH", required = true)]
    pub(super) paths: Vec<String>,
    /// Take in findings that are new; without it a baseline only shrinks
    #[arg(long)]
    pub(super) accept_new: bool,
    /// Forget files that are not among these paths
    #[arg(long)]
    pub(super) prune: bool,
    /// What the documents are
    #[arg(long, value_name = "KIND", value_parser = kind())]
    pub(super) kind: Option<Kind>,
    #[command(flatten)]
    pub(super) answers: AnswerArgs,
    #[command(flatten)]
    pub(super) rule: RuleArgs,
}

/// `dignity keygen`.
#[derive(Args, Debug)]
pub(super) struct KeygenArgs {
    /// Where it is written; a file that is there already stays as it is
    #[arg(default_value = "dignity.key")]
    pub(super) file: PathBuf,
}

/// How things look.
#[derive(Args, Debug, Clone, Default)]
pub(super) struct LookArgs {
    /// For a screen reader: one idea a line, no boxes, no colour
    #[arg(long, help_heading = "Output")]
    pub(super) plain: bool,
    /// No colour; also with `NO_COLOR` set, and when the output is not a terminal
    #[arg(long, help_heading = "Output")]
    pub(super) no_color: bool,
    /// How much of a document's words may be shown. Unasked: all of a policy, of records only at a terminal
    #[arg(long, value_name = "HOW MUCH", value_parser = excerpts(), help_heading = "Output")]
    pub(super) excerpts: Option<Excerpts>,
}

/// `dignity check`.
#[expect(clippy::struct_excessive_bools, reason = "each is one flag of its own")]
#[derive(Args, Debug, Clone, Default)]
pub(super) struct CheckArgs {
    /// Files, folders, patterns, or - for standard input
    #[arg(value_name = "PATH", required = true)]
    pub(super) paths: Vec<String>,
    /// What the documents are; otherwise it is worked out for each
    #[arg(long, value_name = "KIND", value_parser = kind(), help_heading = "Documents")]
    pub(super) kind: Option<Kind>,
    /// The name of what comes on standard input; its ending says its format
    #[arg(long, value_name = "NAME", default_value = "note.md", hide_default_value = true, help_heading = "Documents")]
    pub(super) stdin_filename: String,
    /// The column or field that holds the words, in tables and exports; otherwise it is worked out for each
    #[arg(long, value_name = "NAME", help_heading = "Documents")]
    pub(super) text_column: Option<String>,
    /// Leave out what .gitignore leaves out
    #[arg(long, help_heading = "Documents")]
    pub(super) respect_gitignore: bool,
    /// It is no fault if there is nothing to check
    #[arg(long, help_heading = "Documents")]
    pub(super) allow_empty: bool,
    /// The note is still being written: three questions at most, one line each
    #[arg(long, help_heading = "Documents")]
    pub(super) before_saving: bool,
    /// Form of the report
    #[arg(long, short, value_name = "FORMAT", value_parser = format(), conflicts_with = "plain", help_heading = "Output")]
    pub(super) format: Option<String>,
    /// One more report, into a file: json=report.json; may be given several times
    #[arg(long, short, value_name = "FORMAT=FILE", value_parser = output, help_heading = "Output")]
    pub(super) output: Vec<(String, PathBuf)>,
    #[command(flatten)]
    pub(super) look: LookArgs,
    /// Findings only, no summary
    #[arg(long, short, help_heading = "Output")]
    pub(super) quiet: bool,
    /// The lowest level that is shown (warning unless said otherwise)
    #[arg(long, value_name = "LEVEL", value_parser = level(), help_heading = "Output")]
    pub(super) show: Option<Severity>,
    /// The lowest confidence that is shown (medium unless said otherwise)
    #[arg(long, value_name = "HOW SURE", value_parser = confidence(), help_heading = "Output")]
    pub(super) confidence: Option<Confidence>,
    /// Show at most so many findings, those that matter most; `all` for every one
    #[arg(long, value_name = "NUMBER|all", value_parser = at_most, help_heading = "Output")]
    pub(super) at_most: Option<AtMost>,
    /// Say how long it took
    #[arg(long, help_heading = "Output")]
    pub(super) timings: bool,
    /// The lowest level that makes the exit code 1, or never (error unless said otherwise)
    #[arg(long, value_name = "LEVEL", value_parser = fail_on(), help_heading = "Exit code")]
    pub(super) fail_on: Option<FailOn>,
    /// Findings never change the exit code; the same as --fail-on never
    #[arg(long, conflicts_with = "fail_on", help_heading = "Exit code")]
    pub(super) exit_zero: bool,
    /// How long reading one PDF may take
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=3600), help_heading = "Documents")]
    pub(super) pdf_seconds: Option<u64>,
    /// How many threads
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(1..=1024), help_heading = "Documents")]
    pub(super) threads: Option<u16>,
    /// Only findings on lines that have changed since this commit, branch or tag, as git says
    #[arg(long, value_name = "REV", help_heading = "Answers")]
    pub(super) since: Option<String>,
    #[command(flatten)]
    pub(super) answers: AnswerArgs,
    #[command(flatten)]
    pub(super) rule: RuleArgs,
}

/// `dignity audit`.
#[derive(Args, Debug)]
pub(super) struct AuditArgs {
    /// Files, folders, patterns, or - for standard input
    #[arg(value_name = "PATH", required = true)]
    pub(super) paths: Vec<String>,
    /// Where to write it; the ending says the form: .html, .md, .json or .csv
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Form of the account; otherwise as the ending of FILE says, or Markdown
    #[arg(long, short, value_parser = ["html", "markdown", "json", "csv"])]
    pub(super) format: Option<String>,
    /// What stands down the side: articles of the Convention, criteria of QualityRights, or recovery principles
    #[arg(long, value_parser = ["crpd", "quality-rights", "recovery"], default_value = "crpd")]
    pub(super) by: String,
    /// Also the text of each document with what was found in its margin (HTML)
    #[arg(long)]
    pub(super) annotated: bool,
    /// What the documents are; otherwise it is worked out for each
    #[arg(long, value_name = "KIND", value_parser = kind())]
    pub(super) kind: Option<Kind>,
    /// How much of a document's words may be shown. Unasked: all of a policy, none of what is about a person
    #[arg(long, value_name = "HOW MUCH", value_parser = excerpts())]
    pub(super) excerpts: Option<Excerpts>,
    #[command(flatten)]
    pub(super) rule: RuleArgs,
}

/// `dignity explain`.
#[derive(Args, Debug)]
pub(super) struct ExplainArgs {
    /// The rule: pack/name
    pub(super) id: String,
    #[command(flatten)]
    pub(super) rule: RuleArgs,
}

/// `dignity why`.
#[derive(Args, Debug)]
pub(super) struct WhyArgs {
    /// The file and the line; or another place in it, as reports write it
    #[arg(value_name = "FILE:LINE")]
    pub(super) place: String,
    /// Only this rule
    pub(super) id: Option<String>,
    /// What the document is
    #[arg(long, value_name = "KIND", value_parser = kind())]
    pub(super) kind: Option<Kind>,
    #[command(flatten)]
    pub(super) look: LookArgs,
    #[command(flatten)]
    pub(super) rule: RuleArgs,
}

/// `dignity test`.
#[derive(Args, Debug)]
pub(super) struct TestArgs {
    /// Packs, rules, or folders with rules of your own
    #[arg(value_name = "PACK|ID|FOLDER")]
    pub(super) what: Vec<String>,
    /// Also name terms that no example of the rule uses
    #[arg(long)]
    pub(super) terms: bool,
    /// Only what does not hold
    #[arg(long, short)]
    pub(super) quiet: bool,
    #[command(flatten)]
    pub(super) look: LookArgs,
    #[command(flatten)]
    pub(super) rule: RuleArgs,
}

/// `dignity rules`.
#[derive(Args, Debug)]
pub(super) struct RulesArgs {
    /// Packs or rules
    #[arg(value_name = "PACK|ID")]
    pub(super) what: Vec<String>,
    /// Standing on this article, recovery principle or standard
    #[arg(long, value_name = "ARTICLE|PRINCIPLE")]
    pub(super) right: Option<String>,
    /// That know this word or phrase, themselves or in a set they use
    #[arg(long, value_name = "WORDS")]
    pub(super) word: Option<String>,
    /// Without two examples of each sort
    #[arg(long)]
    pub(super) untested: bool,
    /// Of packs past their review date
    #[arg(long)]
    pub(super) overdue: bool,
    /// What all the rules cover: articles, criteria, restrictive practices, principles; and what stays empty, and why
    #[arg(long, conflicts_with_all = ["what", "right", "word", "untested", "overdue"])]
    pub(super) coverage: bool,
    /// Form of the list
    #[arg(long, short, value_parser = ["human", "markdown", "json"], default_value = "human")]
    pub(super) format: String,
    #[command(flatten)]
    pub(super) rule: RuleArgs,
}

/// `dignity new rule`.
#[derive(Args, Debug, Clone)]
pub(super) struct NewRuleArgs {
    /// pack/name, in small letters with hyphens; the name says what is flagged
    pub(super) id: String,
    /// What is flagged, in a few words
    #[arg(long)]
    pub(super) title: Option<String>,
    /// A word or phrase to be flagged; several times for several
    #[arg(long, value_name = "WORDS")]
    pub(super) term: Vec<String>,
    /// Kinds of document it reads
    #[arg(long, value_name = "KIND", value_parser = kind(), value_delimiter = ',')]
    pub(super) applies_to: Vec<Kind>,
    /// How much it matters
    #[arg(long, value_name = "LEVEL", value_parser = level(), default_value = "warning")]
    pub(super) severity: Severity,
    /// Why, in one sentence from the person's side
    #[arg(long)]
    pub(super) why: Option<String>,
    /// A question the writer can answer in one line
    #[arg(long)]
    pub(super) ask: Option<String>,
    /// An article of the CRPD (a number) or a recovery principle
    #[arg(long, value_name = "ARTICLE|PRINCIPLE")]
    pub(super) right: Vec<String>,
    /// An example that must be flagged; at least two
    #[arg(long, value_name = "TEXT")]
    pub(super) flag: Vec<String>,
    /// An example that must stay quiet; at least two
    #[arg(long, value_name = "TEXT")]
    pub(super) pass: Vec<String>,
    /// The folder of rules it is written into
    #[arg(long, value_name = "FOLDER", default_value = "rules")]
    pub(super) into: PathBuf,
}

/// `dignity settings`.
#[derive(Args, Debug)]
pub(super) struct SettingsArgs {
    /// Where the search for a project file begins
    #[arg(default_value = ".")]
    pub(super) path: String,
    #[command(flatten)]
    pub(super) rule: RuleArgs,
}

/// A limit on what is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AtMost {
    All,
    Of(usize),
}

impl AtMost {
    pub(super) fn limit(self) -> Option<usize> {
        match self {
            Self::All => None,
            Self::Of(number) => Some(number),
        }
    }
}

/// When findings make the exit code 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FailOn {
    Level(Severity),
    Never,
}

impl FailOn {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Level(level) => level.name(),
            Self::Never => "never",
        }
    }
}

fn named<T: Copy + Send + Sync + 'static>(all: Vec<(&'static str, T)>) -> impl TypedValueParser<Value = T> {
    let names: Vec<&'static str> = all.iter().map(|(name, _)| *name).collect();
    PossibleValuesParser::new(names).try_map(move |given| {
        all.iter().find(|(name, _)| *name == given).map(|(_, value)| *value).ok_or("not one of the values")
    })
}

pub(super) fn kind() -> impl TypedValueParser<Value = Kind> {
    named(Kind::ALL.into_iter().map(|kind| (kind.name(), kind)).collect())
}

const LEVELS: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Advice];

fn level() -> impl TypedValueParser<Value = Severity> {
    named(LEVELS.into_iter().map(|level| (level.name(), level)).collect())
}

fn fail_on() -> impl TypedValueParser<Value = FailOn> {
    let levels = LEVELS.into_iter().map(FailOn::Level).chain([FailOn::Never]);
    named(levels.map(|level| (level.name(), level)).collect())
}

fn confidence() -> impl TypedValueParser<Value = Confidence> {
    named([Confidence::High, Confidence::Medium, Confidence::Low].into_iter().map(|sure| (sure.name(), sure)).collect())
}

fn excerpts() -> impl TypedValueParser<Value = Excerpts> {
    named(vec![("full", Excerpts::Full), ("short", Excerpts::Short), ("none", Excerpts::None)])
}

fn format() -> PossibleValuesParser {
    let values =
        REPORTERS.iter().map(|reporter| clap::builder::PossibleValue::new(reporter.name()).help(reporter.about()));
    PossibleValuesParser::new(values)
}

fn output(given: &str) -> Result<(String, PathBuf), String> {
    let (format, file) = given.split_once('=').ok_or("write it as FORMAT=FILE, such as json=report.json")?;
    if REPORTERS.iter().all(|reporter| reporter.name() != format) {
        let known: Vec<&str> = REPORTERS.iter().map(|reporter| reporter.name()).collect();
        return Err(format!("there is no such format; known are {}", known.join(", ")));
    }
    if file.is_empty() {
        return Err("the name of the file is missing".to_owned());
    }
    Ok((format.to_owned(), PathBuf::from(file)))
}

fn at_most(given: &str) -> Result<AtMost, String> {
    if given == "all" {
        return Ok(AtMost::All);
    }
    given.parse().map(AtMost::Of).map_err(|_| "a number, or all".to_owned())
}
