//! How quick the tool is, as ratios measured in one run: `cargo bench --bench speed`.
//!
//! Texts are made here from a seed, so that two runs compare the same bytes. Times are processor time
//! (user and system) of whole processes, medians of interleaved rounds. Peers that are not installed are
//! named and left out. `-- quick` takes smaller texts.
#![allow(clippy::print_stdout, clippy::cast_precision_loss, reason = "a bench prints its table, in whole figures")]
#![allow(clippy::disallowed_methods, reason = "a bench makes its own files")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

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

/// Medians of interleaved rounds, then ratios of the first against the others.
fn compare(what: &str, rounds: usize, times: u32, runs: &[Run<'_>]) {
    let mut series = vec![Vec::new(); runs.len()];
    for _ in 0..rounds {
        for (at, run) in runs.iter().enumerate() {
            series[at].push(run.once(times));
        }
    }
    let medians: Vec<f64> = series
        .iter_mut()
        .map(|series| {
            series.sort_by(f64::total_cmp);
            series[series.len() / 2]
        })
        .collect();
    println!("\n{what}");
    for (run, median) in runs.iter().zip(&medians) {
        println!("  {:<34} {:>9.2} ms   ours / this = {:.2}", run.name, median * 1e3, medians[0] / median.max(1e-6));
    }
}

fn installed(program: &str) -> bool {
    let found = Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok();
    if !found {
        println!("not installed, left out: {program}");
    }
    found
}

fn write(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    let _ = fs::create_dir_all(folder);
    assert!(fs::write(&path, text).is_ok(), "cannot write {}", path.display());
    path.to_string_lossy().into_owned()
}

fn main() {
    let quick = std::env::args().any(|argument| argument == "quick");
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("speed");
    let big = if quick { 5_000_000 } else { 50_000_000 };
    let note = write(&folder, "note.txt", &notes(2_000, 6.0, 7));
    let hot = write(&folder, "hot.txt", &notes(big, 2.0, 11));
    let cold = write(&folder, "cold.txt", &notes(big, 0.0, 11));
    let tenth = write(&folder, "tenth.txt", &notes(big / 10, 2.0, 11));
    let many = folder.join("many");
    let files = if quick { 1_000 } else { 10_000 };
    for at in 0..files {
        write(&many, &format!("{at}.txt"), &notes(2_500, 0.5, 1 + at));
    }
    let many = many.to_string_lossy().into_owned();
    let kind = ["--kind", "record", "--fail-on", "never", "--threads", "1"];
    let ours = |format: &str, path: &str| {
        let mut arguments = vec!["check", path, "--format", format];
        arguments.extend(kind);
        run("dignity", TOOL, &arguments)
    };

    compare(
        "P1 a cold note of 2 kB, one line a finding",
        7,
        100,
        &[ours("line", &note), run("/bin/true", "/bin/true", &[]), run("dignity --version", TOOL, &["--version"])],
    );
    compare(
        "P3 a cold note of 2 kB, full reports",
        7,
        100,
        &[ours("human", &note), run("/bin/true", "/bin/true", &[])],
    );
    let mut bulk = vec![ours("line", &hot), run("wc -w", "wc", &["-w", &hot]), run("cat", "cat", &[&hot])];
    let pattern = PHRASES.join("|");
    if installed("rg") {
        bulk.push(run("rg -i, the ten phrases", "rg", &["-i", "-c", "--no-unicode", &pattern, &hot]));
    }
    compare(&format!("P4-P6 {} MB, 2 findings a kB, one line each", big / 1_000_000), 3, 1, &bulk);
    compare(
        &format!("P4 {} MB, nothing to find", big / 1_000_000),
        3,
        1,
        &[ours("line", &cold), run("wc -w", "wc", &["-w", &cold])],
    );
    compare(
        "P11 linearity: the same, a tenth of it (about 10 when linear)",
        3,
        1,
        &[ours("line", &hot), ours("line", &tenth)],
    );
    let mut folders = vec![ours("line", &many), run("grep -rc absentword", "grep", &["-rc", "absentword", &many])];
    if installed("rg") {
        folders.push(run("rg -j1 -c absentword", "rg", &["-j1", "-c", "absentword", &many]));
    }
    compare(&format!("P8 {files} files of 2.5 kB"), 3, 1, &folders);
    let mut peers = vec![ours("line", &note)];
    for peer in ["proselint", "harper-cli"] {
        if installed(peer) {
            peers.push(run(peer, peer, &[&note]));
        }
    }
    if peers.len() > 1 {
        compare("P2 a cold note, peers", 3, 3, &peers);
    }
}
