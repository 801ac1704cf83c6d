//! Formats that are read apart: in a child of this program, with a clock and a limit on memory.
//!
//! A file can be built to take for ever, or all memory there is, and an abort cannot be caught where it happens. So
//! the bytes go to a child, which answers with what it saw; nothing is written to disk.

use crate::read::Seen;
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// Where the program stands that reads, and how long it may take for one file.
#[derive(Clone, Debug)]
pub struct Apart {
    /// The program; it answers to [`COMMAND`].
    pub program: PathBuf,
    /// Seconds a file.
    pub seconds: u64,
}

/// The command that a child is started with, followed by the format and the seconds.
pub const COMMAND: &str = "read-apart";
/// Seconds a file that nobody said otherwise about.
pub const SECONDS: u64 = 20;
/// Bytes of memory that a child may ask for.
#[cfg(all(unix, feature = "pdf"))]
const MEMORY: u64 = 2 << 30;
/// A child that answers with more bytes than this is not believed.
const ANSWER: u64 = 1 << 30;

const FAILED: &str = "It could not be read: it needs more memory than it may have, or is built in a way this program \
                      cannot follow. Open it, save it anew, and check the copy.";
const NO_CHILD: &str =
    "It could not be read: this program could not start itself anew, as it does for such files. Ask who installed it.";

impl Apart {
    /// What a child sees in `bytes`.
    pub(super) fn read(&self, format: &str, bytes: &[u8]) -> Seen {
        let child = Command::new(&self.program)
            .args([COMMAND, format, &self.seconds.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        let Ok(mut child) = child else { return Seen::unreadable(NO_CHILD) };
        let (Some(mut stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
            return Seen::unreadable(NO_CHILD);
        };
        let (send, receive) = mpsc::channel();
        let (answer, status) = thread::scope(|scope| {
            // A child that ends early leaves bytes unread; its answer says why.
            scope.spawn(move || stdin.write_all(bytes));
            scope.spawn(move || {
                let mut answer = Vec::new();
                let whole = stdout.take(ANSWER).read_to_end(&mut answer).is_ok();
                let _ = send.send(whole.then_some(answer));
            });
            let answer = receive.recv_timeout(Duration::from_secs(self.seconds));
            if answer.is_err() {
                let _ = child.kill();
            }
            (answer, child.wait())
        });
        let Ok(answer) = answer else {
            let what = format!(
                "Reading it took more than {} seconds and was given up. Open it, save it anew, and check the copy; or allow \
                 more time (--pdf-seconds).",
                self.seconds
            );
            return Seen::unreadable(&what);
        };
        let fine = status.is_ok_and(|status| status.success());
        let seen = answer.filter(|_| fine).and_then(|answer| Seen::from_bytes(&answer));
        seen.unwrap_or_else(|| Seen::unreadable(FAILED))
    }
}

/// The child's side: reads `format` from standard input and answers on standard output; false when it cannot.
pub fn answer(format: &str, seconds: u64) -> bool {
    limit();
    // Whoever asked may be gone by then.
    thread::spawn(move || {
        thread::sleep(Duration::from_secs(seconds.saturating_add(2)));
        std::process::exit(1);
    });
    let mut bytes = Vec::new();
    if io::stdin().lock().read_to_end(&mut bytes).is_err() {
        return false;
    }
    let Some(seen) = crate::read::see(format, &bytes) else { return false };
    let mut out = io::stdout().lock();
    out.write_all(&seen.to_bytes()).and_then(|()| out.flush()).is_ok()
}

#[cfg(all(unix, feature = "pdf"))]
fn limit() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let most = |most| Rlimit { current: Some(most), maximum: Some(most) };
    // Where the system knows no such limit, the clock remains.
    let _ = setrlimit(Resource::As, most(MEMORY));
    let _ = setrlimit(Resource::Core, most(0));
}

#[cfg(not(all(unix, feature = "pdf")))]
fn limit() {}
