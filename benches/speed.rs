//! How quick the tool is, as ratios measured in one run, each beside its target: `cargo bench --bench speed`.
//!
//! Texts are made here from a seed, so that two runs compare the same bytes. Times are processor time
//! (user and system) of whole processes, medians of interleaved rounds. Instructions are counted by callgrind
//! where valgrind is there. Peers are looked for on the path and under `target/peers` (see `benches/peers.sh`);
//! what is missing is named and left out. `-- quick` takes smaller texts.
#![allow(clippy::print_stdout, clippy::cast_precision_loss, reason = "a bench prints its table, in whole figures")]
#![allow(clippy::disallowed_methods, reason = "a bench makes its own files")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const TOOL: &str = env!("CARGO_BIN_EXE_dignity");
const PHRASES: [&str; 10] = [
    "attention seeking",
    "non-compliant with medication",
    "refused to engage",
    "lacks insight",
    "kicked off again",
    "poor historian",
    "frequent flyer",
    "manipulative behaviour",
    "committed suicide",
    "is a schizophrenic",
];
const SENTENCES: [&str; 12] = [
    "Slept well and came to breakfast with the others.",
    "Spent the morning in the garden with a neighbour.",
    "Talked about the flat and what would make moving there easier.",
    "Blood pressure taken and within range.",
    "His sister rang and he chose to call her back after lunch.",
    "Went to the shop on her own and bought oranges.",
    "The plan was read through together and two things were changed.",
    "No new concerns raised at handover.",
    "Physiotherapy at ten, walked the length of the corridor twice.",
    "She asked for the review to be moved to Thursday.",
    "Paracetamol given for a headache, which had gone by noon.",
    "Wrote a letter to the housing office about the stairs.",
];

/// A small generator, the same on every machine.
struct Seeded(u64);

impl Seeded {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % below as u64).unwrap_or(0)
    }
}

/// Notes of about `bytes` bytes with about `hits` flagged phrases per 1,000 bytes.
fn notes(bytes: usize, hits: f64, seed: u64) -> String {
    let mut seeded = Seeded(seed);
    let mut out = String::with_capacity(bytes + 200);
    let mut due = 0.0;
    let mut day = 0;
    while out.len() < bytes {
        if seeded.next(6) == 0 {
            day += 1;
            let _ = write!(
                out,
                "\n\n2026-{:02}-{:02} {:02}:{:02}\n",
                1 + day / 28 % 12,
                1 + day % 28,
                seeded.next(24),
                seeded.next(60)
            );
        } else if seeded.next(5) == 0 {
            out.push_str("\n\n");
        }
        let sentence = SENTENCES[seeded.next(SENTENCES.len())];
        out.push_str(sentence);
        due += (sentence.len() + 1) as f64 * hits / 1000.0;
        if due >= 1.0 {
            due -= 1.0;
            let _ = write!(out, " Seen as {} by the last team.", PHRASES[seeded.next(PHRASES.len())]);
        }
        out.push(' ');
    }
    out
}

/// Processor time of all children so far, in seconds (from `/proc/self/stat`, 10 ms steps).
fn children() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let behind = stat.rsplit(')').next().unwrap_or_default();
    let fields: Vec<&str> = behind.split_whitespace().collect();
    let tick = |at: usize| fields.get(at).and_then(|field| field.parse::<f64>().ok()).unwrap_or(0.0);
    (tick(13) + tick(14)) / 100.0
}

/// A command to time, run `times` times a round.
struct Run<'a> {
    name: &'a str,
    program: &'a str,
    arguments: Vec<String>,
}

impl Run<'_> {
    fn once(&self, times: u32) -> f64 {
        let before = children();
        for _ in 0..times {
            let status = Command::new(self.program)
                .args(&self.arguments)
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .env("LC_ALL", "C.UTF-8")
                .status();
            assert!(status.is_ok(), "{} did not run", self.name);
        }
        (children() - before) / f64::from(times)
    }
}

fn run<'a>(name: &'a str, program: &'a str, arguments: &[&str]) -> Run<'a> {
    Run { name, program, arguments: arguments.iter().map(|part| (*part).to_owned()).collect() }
}

/// Median processor time of each of `runs`, in seconds, over interleaved rounds of `times` runs each.
fn medians<const N: usize>(rounds: usize, times: u32, runs: [&Run<'_>; N]) -> [f64; N] {
    let mut series = [const { Vec::new() }; N];
    for _ in 0..rounds {
        for (series, run) in series.iter_mut().zip(runs) {
            series.push(run.once(times));
        }
    }
    series.map(|mut series| {
        series.sort_by(f64::total_cmp);
        series[series.len() / 2]
    })
}

/// The highest resident size a run of `run` is seen at, in MB.
fn peak(run: &Run<'_>) -> Option<f64> {
    let mut command = Command::new(run.program);
    let mut child = command.args(&run.arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().ok()?;
    let status = format!("/proc/{}/status", child.id());
    let mut highest = None;
    while matches!(child.try_wait(), Ok(None)) {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let size = line.and_then(|line| line.split_whitespace().next()).and_then(|size| size.parse::<f64>().ok());
        highest = size.map(|size| size / 1024.0).or(highest);
        std::thread::sleep(Duration::from_micros(300));
    }
    highest
}

/// Millions of instructions of one run.
fn instructions(run: &Run<'_>) -> Option<f64> {
    let mut command = Command::new("valgrind");
    command.args(["--tool=callgrind", "--callgrind-out-file=/dev/null", run.program]).args(&run.arguments);
    let out = command.stdout(Stdio::null()).output().ok()?;
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    let count = said.lines().find_map(|line| line.split("Collected :").nth(1))?;
    count.trim().parse::<f64>().ok().map(|count| count / 1e6)
}

/// What a figure must be.
#[derive(Clone, Copy)]
enum Must {
    AtMost(f64),
    AtLeast(f64),
    Between(f64, f64),
}

/// One line of the table.
fn row(id: &str, what: &str, measured: Option<f64>, target: Must) {
    let (shown, held) = match target {
        Must::AtMost(most) => (format!("<= {most}"), measured.map(|figure| figure <= most)),
        Must::AtLeast(least) => (format!(">= {least}"), measured.map(|figure| figure >= least)),
        Must::Between(least, most) => {
            (format!("{least} to {most}"), measured.map(|figure| (least..=most).contains(&figure)))
        }
    };
    let figure = measured.map_or_else(|| "-".to_owned(), |figure| format!("{figure:.2}"));
    let held = held.map_or("not measured", |held| if held { "held" } else { "NOT HELD" });
    println!("{id:<4} {what:<66} {figure:>10} {shown:>10}  {held}");
}

/// Where a program is: under `target/peers`, or on the path.
fn installed(program: &str) -> Option<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/peers");
    let own = ["bin", "node_modules/.bin"].map(|folder| root.join(folder).join(program));
    let found = own.iter().find(|path| path.exists()).map(|path| path.to_string_lossy().into_owned());
    found.or_else(|| {
        let asked = Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
        asked.is_ok().then(|| program.to_owned())
    })
}

fn write(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    let _ = fs::create_dir_all(folder);
    assert!(fs::write(&path, text).is_ok(), "cannot write {}", path.display());
    path.to_string_lossy().into_owned()
}

/// A folder of `count` rules, each with six phrases that no text here holds.
fn rules(folder: &Path, count: usize) -> String {
    let folder = folder.join(format!("rules-{count}"));
    let pack = folder.join("bench");
    let _ = write(&pack, "pack.yaml", "title: Made for measuring\nversion: 0.1.0\n");
    for at in 0..count {
        let mut text = format!("title: Made for measuring {at}\napplies-to: [record]\nflag:\n");
        for (number, verb) in ["zurb", "quell", "vext", "brisk", "flum", "grist"].iter().enumerate() {
            let _ = writeln!(text, "  - {verb}{at} (the|a) ... spindle{number}");
        }
        let _ = write!(
            text,
            "severity: advice\nconfidence: medium\nsay: 'Made for measuring.'\nwhy: I want this to be quick.\n\
             ask: Is it quick?\nbasis:\n  crpd: [5]\ntests:\n  flag:\n    - They zurb{at} the long spindle0.\n    - They quell{at} a thin spindle1.\n  \
             pass:\n    - Nothing is here.\n    - Nothing is there.\n"
        );
        write(&pack, &format!("rule-{at}.yaml"), &text);
    }
    folder.to_string_lossy().into_owned()
}

struct Bench {
    quick: bool,
    folder: PathBuf,
    note: String,
    hot: String,
}

const KIND: [&str; 6] = ["--kind", "record", "--fail-on", "never", "--threads", "1"];

fn ours(format: &str, path: &str) -> Run<'static> {
    run("dignity", TOOL, &[&["check", path, "--format", format][..], &KIND].concat())
}

fn ours_with(rules: &str, path: &str) -> Run<'static> {
    run("dignity", TOOL, &[&["check", path, "--format", "line", "--rules", rules][..], &KIND].concat())
}

fn main() {
    let quick = std::env::args().any(|argument| argument == "quick");
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("speed");
    let big = if quick { 5_000_000 } else { 50_000_000 };
    let bench = Bench {
        quick,
        note: write(&folder, "note.txt", &notes(2_000, 6.0, 7)),
        hot: write(&folder, "hot.txt", &notes(big, 2.0, 11)),
        folder,
    };
    let found = Command::new(TOOL).args(["check", &bench.note, "--format", "line"]).args(KIND).output();
    let lines = found.map_or(0, |out| String::from_utf8_lossy(&out.stdout).lines().count());
    assert!(lines > 3, "the note has findings, else nothing here is measured");
    println!("{:<4} {:<66} {:>10} {:>10}", "", "what", "measured", "target");
    bench.start();
    bench.bulk(big);
    bench.many();
    bench.instructions();
    bench.rules();
    bench.peers();
}

impl Bench {
    fn start(&self) {
        let (line, human) = (ours("line", &self.note), ours("human", &self.note));
        let nothing = run("true", "/bin/true", &[]);
        let [line, human, nothing] = medians(7, 100, [&line, &human, &nothing]);
        row("P1", "cold note of 2 kB, one line a finding, against /bin/true", Some(line / nothing), Must::AtMost(2.5));
        row("P1", "the same, in ms", Some(line * 1e3), Must::AtMost(3.0));
        row("P3", "cold note, full reports, against /bin/true", Some(human / nothing), Must::AtMost(4.0));
        row("P3", "the same, in ms", Some(human * 1e3), Must::AtMost(5.0));
    }

    fn bulk(&self, big: usize) {
        let cold = write(&self.folder, "cold.txt", &notes(big, 0.0, 11));
        let tenth = write(&self.folder, "tenth.txt", &notes(big / 10, 2.0, 11));
        let (hot, cold, tenth) = (ours("line", &self.hot), ours("line", &cold), ours("line", &tenth));
        let (words, cat) = (run("wc", "wc", &["-w", &self.hot]), run("cat", "cat", &[&self.hot]));
        let times = if self.quick { 5 } else { 1 };
        let [ours_hot, ours_cold, ours_tenth, words, cat] = medians(3, times, [&hot, &cold, &tenth, &words, &cat]);
        let size = big / 1_000_000;
        row("P4", &format!("{size} MB, 2 findings a kB, against wc -w"), Some(ours_hot / words), Must::AtMost(0.8));
        row("P4", &format!("{size} MB, nothing to find, against wc -w"), Some(ours_cold / words), Must::AtMost(0.8));
        let phrases = PHRASES.join("|");
        let pattern = ["-i", "-c", "--no-unicode", &phrases, &self.hot];
        let rg = installed("rg").map(|rg| {
            let rg = Run { program: &rg, ..run("rg", "", &pattern) };
            let [hot, rg] = medians(3, times, [&hot, &rg]);
            hot / rg
        });
        row("P5", "2 findings a kB, against rg -i with the ten phrases", rg, Must::AtMost(0.7));
        row("P6", "2 findings a kB, against cat", (cat > 0.0).then(|| ours_hot / cat), Must::AtMost(12.0));
        row("P9", &format!("highest resident size at {size} MB, in MB"), peak(&hot), Must::AtMost(12.0));
        row(
            "P11",
            "ten times the text takes so many times as long",
            Some(ours_hot / ours_tenth),
            Must::Between(7.0, 11.0),
        );
        let long = write(&self.folder, "long.txt", &notes(3_200_000, 2.0, 13));
        let short = write(&self.folder, "short.txt", &notes(800_000, 2.0, 13));
        let all = |path: &str| {
            run("dignity", TOOL, &[&["check", path, "--at-most", "all", "--show", "advice"][..], &KIND].concat())
        };
        let [long, short] = medians(3, 1, [&all(&long), &all(&short)]);
        row("P11", "full reports, 3.2 MB against 0.8 MB", Some(long / short), Must::AtMost(5.0));
    }

    fn many(&self) {
        let many = self.folder.join("many");
        let files = if self.quick { 1_000 } else { 10_000 };
        for at in 0..files {
            write(&many, &format!("{at}.txt"), &notes(2_500, 0.5, 1 + at));
        }
        let many = many.to_string_lossy().into_owned();
        let ours = ours("line", &many);
        let searched = installed("rg").map(|rg| {
            let rg = Run { program: &rg, ..run("rg", "", &["-j1", "-c", "absentword", &many]) };
            let [ours, rg] = medians(3, 1, [&ours, &rg]);
            ours / rg
        });
        let what = format!("{files} files of 2.5 kB, against rg -j1 -c");
        row("P8", &what, searched, Must::AtMost(1.6));
        let grep = run("grep", "grep", &["-rc", "absentword", &many]);
        let [ours, grep] = medians(3, 1, [&ours, &grep]);
        row("P8", &format!("{files} files of 2.5 kB, against grep -rc"), Some(ours / grep), Must::AtMost(1.6));
    }

    fn instructions(&self) {
        let text = |hits: f64| write(&self.folder, "counted.txt", &notes(1_000_000, hits, 17));
        let of = |path: &str| instructions(&ours("line", path));
        let none = of(&text(0.0));
        row("P10", "instructions a byte, nothing to find", none, Must::AtMost(16.0));
        row("P10", "instructions a byte, 2 findings a kB", of(&text(2.0)), Must::AtMost(24.0));
        row("P10", "cold note, millions of instructions", of(&self.note), Must::AtMost(1.0));
        let human = instructions(&ours("human", &self.note));
        row("P10", "cold note, full reports, millions of instructions", human, Must::AtMost(6.0));
    }

    fn rules(&self) {
        let few = rules(&self.folder, 486);
        let [time] = medians(3, 3, [&ours_with(&few, &self.note)]);
        row("P12", "486 rules of YAML from disk and a cold note, in ms", Some(time * 1e3), Must::AtMost(30.0));
        let cold = write(&self.folder, "rules.txt", &notes(10_000_000, 0.0, 11));
        let (less, more) = (rules(&self.folder, 500), rules(&self.folder, 2_000));
        let runs = [&less, &more].map(|rules| [ours_with(rules, &cold), ours_with(rules, &self.note)]);
        let [less, no_text, more, no_text_more] = medians(3, 1, [&runs[0][0], &runs[0][1], &runs[1][0], &runs[1][1]]);
        let ratio = (less - no_text) / (more - no_text_more).max(1e-3);
        row("P13", "2,000 rules against 500, nothing to find: speed kept", Some(ratio), Must::AtLeast(0.4));
    }

    fn peers(&self) {
        let megabyte = write(&self.folder, "megabyte.txt", &notes(1_000_000, 2.0, 19));
        let tenth = write(&self.folder, "hundred.txt", &notes(100_000, 2.0, 19));
        let mut rules = String::new();
        for phrase in PHRASES {
            let _ = write!(rules, "  - expected: other words\n    pattern: /{phrase}/i\n");
        }
        let rules = write(&self.folder, "prh.yml", &format!("version: 1\nrules:\n{rules}"));
        let settings = format!("{{\"rules\": {{\"prh\": {{\"rulePaths\": [\"{rules}\"]}}}}}}");
        let settings = write(&self.folder, "textlintrc.json", &settings);
        let peers = [
            ("proselint", &["check"][..], 50.0, &megabyte, 200.0),
            ("textlint", &["--config", &settings][..], 200.0, &megabyte, 500.0),
            ("harper-cli", &["lint"][..], 250.0, &tenth, 1000.0),
            ("alex", &["--text"][..], 300.0, &megabyte, 700.0),
        ];
        for (name, before, note_target, long, long_target) in peers {
            let path = installed(name);
            let against = |file: &str| {
                let path = path.as_deref()?;
                let arguments: Vec<&str> = before.iter().copied().chain([file]).collect();
                let peer = run(name, path, &arguments);
                let begun = Instant::now();
                let [ours, peer] = medians(3, 1, [&ours("line", file), &peer]);
                // A peer that ends at once has refused its arguments, and is no measure.
                (peer > 0.02 && begun.elapsed() > Duration::from_millis(100)).then(|| peer / ours.max(1e-3))
            };
            row(
                "P2",
                &format!("cold note: {name} takes so many times as long"),
                against(&self.note),
                Must::AtLeast(note_target),
            );
            row(
                "P7",
                &format!("long text: {name} takes so many times as long"),
                against(long),
                Must::AtLeast(long_target),
            );
        }
    }
}
