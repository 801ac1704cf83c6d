//! How far a long run is: on standard error, at a terminal, after one second. It shows numbers, never names.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

pub(super) struct Bar {
    total: usize,
    done: AtomicUsize,
    begun: Option<Instant>,
    shown: OnceLock<ProgressBar>,
}

impl Bar {
    pub(super) fn new(total: usize, wanted: bool) -> Self {
        let begun = (wanted && total > 1).then(Instant::now);
        Self { total, done: AtomicUsize::new(0), begun, shown: OnceLock::new() }
    }

    pub(super) fn step(&self) {
        let Some(begun) = self.begun else { return };
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        if begun.elapsed() > Duration::from_secs(1) {
            self.shown.get_or_init(|| start(self.total)).set_position(done as u64);
        }
    }

    pub(super) fn finish(&self) {
        if let Some(bar) = self.shown.get() {
            bar.finish_and_clear();
        }
    }
}

fn start(total: usize) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(total as u64), ProgressDrawTarget::stderr());
    if let Ok(style) = ProgressStyle::with_template("{wide_bar} {pos} of {len} documents") {
        bar.set_style(style);
    }
    bar
}
