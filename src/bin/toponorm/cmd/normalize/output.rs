//! Collects what was corrected: to standard output, or into the files.

use std::collections::BTreeMap;
use std::io::{IsTerminal as _, Write};
use std::path::Path;

use toponorm::{Withheld, WithheldReason};

use super::answer::Corrected;
use super::write::Writing;
use crate::cmd::documents::{Collector, say};
use crate::cmd::{Failure, Outcome, complain};

/// Where corrected documents go.
pub(super) struct Output<'a, W> {
    out: &'a mut W,
    /// The files that are written, if they are.
    writing: Option<Writing<'a>>,
    is_quiet: bool,
    /// How many corrections of the document are not written, by reason.
    withheld: BTreeMap<WithheldReason, usize>,
}

impl<'a, W: Write> Output<'a, W> {
    pub(super) fn new(out: &'a mut W, writing: Option<Writing<'a>>, is_quiet: bool) -> Self {
        Self { out, writing, is_quiet, withheld: BTreeMap::new() }
    }

    /// Whether a file was written before, by another path.
    pub(super) fn is_done(&mut self, path: &Path) -> Result<bool, Failure> {
        self.writing.as_mut().map_or(Ok(false), |writing| writing.is_done(path))
    }

    pub(super) fn put(&mut self, corrected: Corrected) -> Result<Outcome, Failure> {
        self.out.write_all(&corrected.out)?;
        let outcome = corrected.outcome().max(say(&corrected.complaints));
        self.count(&corrected.withheld);
        if let Some(failure) = corrected.failure {
            return Err(failure);
        }
        if let (Some(writing), Some(change)) = (&mut self.writing, corrected.change) {
            writing.write(change)?;
        }
        Ok(outcome)
    }

    fn count(&mut self, withheld: &[Withheld]) {
        withheld.iter().for_each(|withheld| *self.withheld.entry(withheld.reason).or_default() += 1);
    }

    /// Does what waits for the end.
    pub(super) fn finish(self) -> Result<Outcome, Failure> {
        self.writing.map_or(Ok(Outcome::Done), Writing::finish)
    }
}

impl<W: Write> Collector for Output<'_, W> {
    type Found = Corrected;

    const COUNTED: &'static str = "corrections";

    fn count(found: &Corrected) -> usize {
        found.edits
    }

    fn leaves_terminal(&self) -> bool {
        self.writing.is_some() || !std::io::stdout().is_terminal()
    }

    fn add(&mut self, path: &Path, corrected: Corrected) -> Result<Outcome, Failure> {
        if self.is_done(path)? { Ok(Outcome::Done) } else { self.put(corrected) }
    }

    fn end_document(&mut self, path: &Path) -> Result<(), Failure> {
        let withheld = std::mem::take(&mut self.withheld);
        if !withheld.is_empty() && !self.is_quiet {
            // What is said of a text comes after it.
            self.out.flush()?;
            complain(&format!("{}: {}", path.display(), not_written(&withheld)));
        }
        Ok(())
    }

    /// What has been corrected is passed on.
    fn wait(&mut self) -> Result<(), Failure> {
        Ok(self.out.flush()?)
    }
}

/// How many corrections were not written, for which reasons, and what can be done about it.
fn not_written(withheld: &BTreeMap<WithheldReason, usize>) -> String {
    let said = |(reason, count): (&WithheldReason, &usize)| {
        let help = reason.help().map(|help| format!("; {help}")).unwrap_or_default();
        let count = if withheld.len() == 1 { String::new() } else { format!(" ({count})") };
        format!("{}{count}{help}", reason.as_str())
    };
    let reasons: Vec<String> = withheld.iter().map(said).collect();
    let count: usize = withheld.values().sum();
    let s = if count == 1 { "" } else { "s" };
    format!("{count} correction{s} not written: {}", reasons.join(", "))
}
