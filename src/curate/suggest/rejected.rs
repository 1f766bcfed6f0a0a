//! What a curator has seen and did not take: a file, so that it is not proposed again next month.
//!
//! Its columns are those of the review that [`csv`](super::write::csv) writes, with `reason` beside, and only `spelling` must be there: a row cut from the review can be pasted here
//! as it is.

use std::fs::File;
use std::path::Path;

use rustc_hash::FxHashMap;

use super::Suggestion;
use super::write::{self, REVIEW_COLUMNS};
use crate::error::{Error, Problems};
use crate::gazetteer::{Cells, Record, Table};
use crate::text::key_of;

/// Spellings that are not to be proposed, of one entry or of any.
///
/// ```
/// use toponorm::Rejections;
///
/// let mut rejections = Rejections::default();
/// rejections.add("Katyusha", "", "a rocket launcher");
/// assert_eq!(String::from_utf8(rejections.to_csv())?, "spelling,entry,reason\nKatyusha,,a rocket launcher\n");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Rejections {
    rows: Vec<Rejected>,
    /// The rows by the folded spelling.
    by_key: FxHashMap<String, Vec<usize>>,
}

/// A row of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Rejected {
    spelling: String,
    /// Blank: of whatever entry, and of none.
    entry: String,
    reason: String,
}

impl Rejections {
    /// Reads a CSV file with the columns `spelling,entry,reason`, or rows of a review.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Io`](crate::ErrorKind::Io) if the file cannot be read, [`ErrorKind::Gazetteer`](crate::ErrorKind::Gazetteer) with file, row and
    /// column of everything that is no such row.
    pub fn from_path(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        let file = File::open(path).map_err(|error| Error::io(path, error))?;
        let mut problems = Problems::default();
        let table: Table<Rejected> = Table::read(&path.display().to_string(), file, &mut problems);
        if problems.errors() > 0 {
            return Err(Error::gazetteer(problems.into_list()));
        }
        let mut rejections = Self::default();
        table.rows.into_iter().for_each(|row| rejections.push(row.record));
        Ok(rejections)
    }

    /// Adds a spelling; a blank `entry` stands for any.
    pub fn add(&mut self, spelling: &str, entry: &str, reason: &str) {
        self.push(Rejected { spelling: spelling.to_owned(), entry: entry.to_owned(), reason: reason.to_owned() });
    }

    fn push(&mut self, rejected: Rejected) {
        let same = self.by_key.entry(key_of(&rejected.spelling)).or_default();
        if !same.iter().any(|&at| self.rows[at].entry == rejected.entry) {
            same.push(self.rows.len());
            self.rows.push(rejected);
        }
    }

    /// Whether a suggestion was rejected before, in whatever letter case and with whatever marks.
    pub(super) fn has(&self, suggestion: &Suggestion) -> bool {
        let same = self.by_key.get(&key_of(&suggestion.spelling)).map_or(&[][..], Vec::as_slice);
        same.iter().map(|&at| &self.rows[at].entry).any(|entry| entry.is_empty() || *entry == suggestion.entry)
    }

    /// The file, sorted, in the three columns that count.
    pub fn to_csv(&self) -> Vec<u8> {
        let mut rows: Vec<[&str; 3]> =
            self.rows.iter().map(|row| [row.spelling.as_str(), row.entry.as_str(), row.reason.as_str()]).collect();
        rows.sort_unstable();
        let mut bytes = Vec::new();
        // Writing to memory cannot fail.
        let _ = write::rows(&mut bytes, &["spelling", "entry", "reason"], rows.into_iter());
        bytes
    }
}

impl Record for Rejected {
    const FILE: &'static str = "rejected.csv";
    const COLUMNS: &'static [&'static str] = &REVIEW_COLUMNS;
    const REQUIRED: &'static [&'static str] = &["spelling"];
    const ORDER: &'static [&'static str] = &["spelling"];
    const KEEPS_SHAPE: bool = true;

    fn read(cells: &mut Cells<'_>) -> Self {
        Self { spelling: cells.required("spelling"), entry: cells.text("entry"), reason: cells.text("reason") }
    }

    fn write(&self) -> Vec<String> {
        let cell = |column: &&str| match *column {
            "spelling" => self.spelling.clone(),
            "entry" => self.entry.clone(),
            "reason" => self.reason.clone(),
            _ => String::new(),
        };
        REVIEW_COLUMNS.iter().map(cell).collect()
    }
}
