//! What an import read, kept and left out, and why: nothing of a source disappears without being counted.
//!
//! Of every reason the first rows are named, so that a person can look them up. A list of all was rejected: one dump leaves out
//! a million airport codes.

use std::fmt;

use crate::error::Position;

/// So many examples are kept of each reason.
const EXAMPLES: usize = 3;

/// What an import read, kept and left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct ImportReport {
    /// Rows or objects read, headings and blank lines not counted.
    pub rows: u64,
    /// Entries made.
    pub entries: u64,
    /// Names of these entries.
    pub names: u64,
    /// Spellings of these names.
    pub spellings: u64,
    /// What was left out, by reason, in the order of finding.
    pub left_out: Vec<LeftOut>,
}

/// Things that were left out for one reason.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct LeftOut {
    /// Whole places, or only a spelling or another cell of one.
    pub part: Part,
    /// Why.
    pub reason: String,
    /// How many.
    pub count: u64,
    /// The first of them.
    pub examples: Vec<Example>,
}

/// What of a source was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Part {
    /// A place with all its names.
    Entry,
    /// A spelling of a place that was kept.
    Spelling,
    /// Another cell of a place that was kept.
    Cell,
}

impl Part {
    /// The part's name in output, in the singular or the plural.
    pub fn counted(self, count: u64) -> &'static str {
        match (self, count) {
            (Self::Entry, 1) => "entry",
            (Self::Entry, _) => "entries",
            (Self::Spelling, 1) => "spelling",
            (Self::Spelling, _) => "spellings",
            (Self::Cell, 1) => "cell",
            (Self::Cell, _) => "cells",
        }
    }
}

/// One thing that was left out.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Example {
    /// The file.
    pub file: String,
    /// The row, counted from 1.
    pub row: u64,
    /// What stood there.
    pub found: String,
}

/// Where something stands in a source; cheap to pass around, unlike a [`Position`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct At<'a> {
    pub(crate) file: &'a str,
    pub(crate) row: u64,
}

impl At<'_> {
    /// The same place for a problem.
    pub(crate) fn position(self) -> Position {
        Position::row(self.file, self.row)
    }
}

impl ImportReport {
    /// Counts something that is left out.
    pub(crate) fn leave_out(&mut self, part: Part, reason: &str, at: At<'_>, found: &str) {
        let known = self.left_out.iter().position(|left| left.part == part && left.reason == reason);
        let index = known.unwrap_or_else(|| {
            self.left_out.push(LeftOut { part, reason: reason.to_owned(), count: 0, examples: Vec::new() });
            self.left_out.len() - 1
        });
        let left = &mut self.left_out[index];
        left.count += 1;
        if left.examples.len() < EXAMPLES {
            let found = crate::gazetteer::csv::visible(found);
            left.examples.push(Example { file: at.file.to_owned(), row: at.row, found });
        }
    }

    /// How many entries were left out.
    pub fn entries_left_out(&self) -> u64 {
        self.left_out.iter().filter(|left| left.part == Part::Entry).map(|left| left.count).sum()
    }
}

impl fmt::Display for ImportReport {
    /// Several lines, for people; no line end after the last.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rows, entries, names, spellings, left_out } = self;
        let counted =
            |count: u64, one: &str, several: &str| format!("{count} {}", if count == 1 { one } else { several });
        write!(f, "{} read; ", counted(*rows, "row", "rows"))?;
        let parts = [counted(*entries, "entry", "entries"), counted(*names, "name", "names")];
        write!(f, "{}, {} written", parts.join(", "), counted(*spellings, "spelling", "spellings"))?;
        left_out.iter().try_for_each(|left| write!(f, "\nleft out: {left}"))
    }
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { part, reason, count, examples } = self;
        let shown: Vec<String> = examples.iter().map(ToString::to_string).collect();
        write!(f, "{count} {}: {reason} ({})", part.counted(*count), shown.join("; "))
    }
}

impl fmt::Display for Example {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, row {}: `{}`", self.file, self.row, self.found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_counted_and_the_first_rows_named() {
        let mut report = ImportReport::default();
        for row in 1..=5 {
            report.leave_out(Part::Spelling, "an airport code", At { file: "a.txt", row }, "EVN");
        }
        report.leave_out(Part::Entry, "the name is blank", At { file: "a.txt", row: 9 }, "");
        let shown = report.to_string();
        assert!(shown.contains("left out: 5 spellings: an airport code (a.txt, row 1: `EVN`; a.txt, row 2"), "{shown}");
        assert!(shown.contains("left out: 1 entry: the name is blank (a.txt, row 9: ``)") && !shown.contains("row 4"));
        assert_eq!(report.entries_left_out(), 1);
    }
}
