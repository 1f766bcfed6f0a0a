//! A bar on standard error while long work goes on: files, bytes a second, what was found, and the time left where the whole is known.
//!
//! It is for people: none in pipes, none with --quiet, and none in the first second, which most work is done in. Whoever says something meanwhile says
//! it above the bar.

use std::io::IsTerminal as _;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// The bar that is shown, for whoever says something meanwhile.
static SHOWN: Mutex<Option<ProgressBar>> = Mutex::new(None);

/// How far the work is.
pub(crate) struct Progress {
    bar: ProgressBar,
    begun: Instant,
    is_shown: bool,
    /// What is counted beside the files.
    counted: &'static str,
    documents: usize,
    files: usize,
    found: usize,
}

impl Progress {
    /// Begins to watch work on some files, which have so many bytes if that is known; `None` if nobody watches.
    pub(crate) fn begin(extent: impl FnOnce() -> (usize, Option<u64>), counted: &'static str) -> Option<Self> {
        if !std::io::stderr().is_terminal() {
            return None;
        }
        let (files, length) = extent();
        let bar = ProgressBar::with_draw_target(length, ProgressDrawTarget::hidden());
        let template = match length {
            Some(_) => "{bar:24} {msg}, {decimal_bytes_per_sec}, {eta} left",
            None => "{spinner} {msg}, {decimal_bytes} read, {decimal_bytes_per_sec}",
        };
        let style = ProgressStyle::with_template(template).ok()?;
        Some(Self {
            bar: bar.with_style(style),
            begun: Instant::now(),
            is_shown: false,
            counted,
            documents: 0,
            files,
            found: 0,
        })
    }

    /// Takes notice that a document begins.
    pub(crate) fn next_document(&mut self) {
        self.documents += 1;
    }

    /// Takes notice of so many bytes read and what was found in them.
    pub(crate) fn advance(&mut self, read: u64, found: usize) {
        self.found += found;
        self.bar.inc(read);
        let s = if self.files == 1 { "" } else { "s" };
        let (documents, files, found, counted) = (self.documents, self.files, self.found, self.counted);
        self.bar.set_message(format!("{documents} of {files} file{s}, {found} {counted}"));
        if !self.is_shown && self.begun.elapsed() >= DELAY {
            self.is_shown = true;
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
            self.bar.enable_steady_tick(TICK);
            *SHOWN.lock().unwrap_or_else(PoisonError::into_inner) = Some(self.bar.clone());
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        *SHOWN.lock().unwrap_or_else(PoisonError::into_inner) = None;
        self.bar.finish_and_clear();
    }
}

const DELAY: Duration = Duration::from_secs(1);
const TICK: Duration = Duration::from_millis(250);

/// Does something to the terminal while no bar is there.
pub(crate) fn aside(say: impl FnOnce()) {
    let shown = SHOWN.lock().unwrap_or_else(PoisonError::into_inner).clone();
    match shown {
        Some(bar) => bar.suspend(say),
        None => say(),
    }
}
