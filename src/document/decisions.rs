//! What people decided on changes: a file that travels with a project, so that nobody is asked twice and a machine can do without asking.
//!
//! A decision is about a surface as it stands in the text and what would be written there, whatever document it is in. Line numbers were rejected as
//! keys: they are wrong after the next edit.

use std::fs::File;
use std::path::Path;
use std::str::FromStr;

use rustc_hash::FxHashMap;

use crate::error::{Error, Position, Problem, Problems};
use crate::gazetteer::{Cells, Period, Record, Table};
use crate::text::one_line;

/// What was decided on a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// It is made, also where the program alone would not be sure enough.
    Accept,
    /// It is never made, and not spoken of.
    Refuse,
}

impl Verdict {
    /// The verdict's name in the file.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Refuse => "refuse",
        }
    }
}

impl FromStr for Verdict {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        match text {
            "accept" => Ok(Self::Accept),
            "refuse" => Ok(Self::Refuse),
            _ => Err(Error::value(format!("`{text}` is no decision; expected accept or refuse"))),
        }
    }
}

/// A row of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Decision {
    surface: String,
    /// Blank: whatever would be written.
    replacement: String,
    /// Blank: whatever entry is meant.
    entry: String,
    verdict: Verdict,
    date: String,
    note: String,
    /// Blank: in any file.
    files: String,
}

/// The changes that people accepted or refused; see [`NormalizerBuilder::decisions`](crate::NormalizerBuilder::decisions).
///
/// ```
/// use toponorm::{Decisions, Verdict};
///
/// let mut decisions = Decisions::default();
/// decisions.add("Karabagh", "Karabakh", Verdict::Refuse, "2026-01-31");
/// assert_eq!(decisions.on("Karabagh", "Karabakh", "karabakh"), Some(Verdict::Refuse));
/// assert_eq!(
///     String::from_utf8(decisions.to_csv())?,
///     "surface,replacement,entry,decision,date,note\nKarabagh,Karabakh,,refuse,2026-01-31,\n"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Decisions {
    rows: Vec<Decision>,
    /// The rows of a surface.
    by_surface: FxHashMap<String, Vec<usize>>,
}

impl Decisions {
    /// Reads a CSV file with the columns `surface,replacement,entry,decision,date,note,files`, of which `surface` and `decision` must be there. Where
    /// `files` has a pattern (`archive/**`, `*.html`), a decision counts in files that it fits, see [`Decisions::in_file`].
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Io`](crate::ErrorKind::Io) if the file cannot be read, [`ErrorKind::Decisions`](crate::ErrorKind::Decisions) with file, row and
    /// column of everything that is no decision, or contradicts another.
    pub fn from_path(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        let file = File::open(path).map_err(|error| Error::io(path, error))?;
        let mut problems = Problems::default();
        let table: Table<Decision> = Table::read(&path.display().to_string(), file, &mut problems);
        let mut decisions = Self::default();
        for row in table.rows {
            if let Some(wrong) = decisions.contradiction(&row.record) {
                let position = Position::row(&table.file, row.row).column("decision");
                problems.push(Problem::error(position, wrong, "keep one of the two rows"));
            }
            decisions.push(row.record);
        }
        if problems.errors() > 0 {
            return Err(Error::decisions(problems.into_list()));
        }
        Ok(decisions)
    }

    /// What was decided on writing `replacement` over `surface` where `entry` is meant, by its id. What is said of the entry or the replacement
    /// goes before what is said of any. Decisions on some files only are taken for all: leave out the others first with [`Decisions::in_file`].
    pub fn on(&self, surface: &str, replacement: &str, entry: &str) -> Option<Verdict> {
        if self.rows.is_empty() {
            return None;
        }
        let replacement = one_line(replacement);
        let rows = self.by_surface.get(&one_line(surface))?.iter().map(|&at| &self.rows[at]);
        let fits = |row: &&Decision| {
            (row.replacement.is_empty() || row.replacement == replacement)
                && (row.entry.is_empty() || row.entry == entry)
        };
        let told = |row: &&Decision| [&row.entry, &row.replacement, &row.files].map(|cell| !cell.is_empty());
        let best = rows.filter(fits).max_by_key(told)?;
        Some(best.verdict)
    }

    /// The patterns of the decisions that count in some files only.
    pub fn patterns(&self) -> impl Iterator<Item = &str> {
        self.rows.iter().map(|row| row.files.as_str()).filter(|files| !files.is_empty())
    }

    /// The decisions that count in a file; `fits` says whether it is one of those that a pattern means.
    ///
    /// ```
    /// use toponorm::Decisions;
    ///
    /// let path = std::env::temp_dir().join("toponorm-decisions-in-file.csv");
    /// std::fs::write(&path, "surface,decision,files\nKarabagh,refuse,archive/*\n")?;
    /// let decisions = Decisions::from_path(&path)?;
    /// assert_eq!(decisions.in_file(|pattern| pattern == "archive/*").len(), 1);
    /// assert!(decisions.in_file(|_| false).is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn in_file(&self, fits: impl Fn(&str) -> bool) -> Self {
        let mut decisions = Self::default();
        let rows = self.rows.iter().filter(|row| row.files.is_empty() || fits(&row.files));
        rows.for_each(|row| decisions.push(row.clone()));
        decisions
    }

    /// Adds a decision on a change, in place of an older one on the same; `date` is ISO 8601, or blank.
    pub fn add(&mut self, surface: &str, replacement: &str, verdict: Verdict, date: &str) {
        let decision = Decision {
            surface: one_line(surface),
            replacement: one_line(replacement),
            entry: String::new(),
            verdict,
            date: date.to_owned(),
            note: String::new(),
            files: String::new(),
        };
        match self.same(&decision) {
            Some(at) => self.rows[at] = decision,
            None => self.push(decision),
        }
    }

    /// The row on the same change.
    fn same(&self, decision: &Decision) -> Option<usize> {
        let rows = self.by_surface.get(&decision.surface)?;
        fn key(row: &Decision) -> [&str; 3] {
            [&row.replacement, &row.entry, &row.files]
        }
        rows.iter().copied().find(|&at| key(&self.rows[at]) == key(decision))
    }

    fn contradiction(&self, decision: &Decision) -> Option<String> {
        let known = &self.rows[self.same(decision)?];
        (known.verdict != decision.verdict)
            .then(|| format!("an earlier row says {} of the same change", known.verdict.as_str()))
    }

    fn push(&mut self, decision: Decision) {
        self.by_surface.entry(decision.surface.clone()).or_default().push(self.rows.len());
        self.rows.push(decision);
    }

    /// How many decisions there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The file, sorted.
    pub fn to_csv(&self) -> Vec<u8> {
        let mut rows: Vec<Vec<String>> = self.rows.iter().map(Record::write).collect();
        rows.sort();
        let mut csv = csv::WriterBuilder::new().from_writer(Vec::new());
        // Writing to memory cannot fail.
        let has_files = self.rows.iter().any(|row| !row.files.is_empty());
        let width = Decision::COLUMNS.len() - usize::from(!has_files);
        let _ = csv.write_record(&Decision::COLUMNS[..width]);
        rows.iter().for_each(|row| drop(csv.write_record(&row[..width])));
        let _ = csv.flush();
        csv.into_inner().unwrap_or_default()
    }
}

impl Record for Decision {
    const FILE: &'static str = "decisions.csv";
    const COLUMNS: &'static [&'static str] = &["surface", "replacement", "entry", "decision", "date", "note", "files"];
    const REQUIRED: &'static [&'static str] = &["surface", "decision"];
    const ORDER: &'static [&'static str] = &["surface", "replacement", "entry", "files"];

    fn read(cells: &mut Cells<'_>) -> Self {
        let date = cells.text("date");
        if !date.is_empty()
            && let Err(error) = Period::checked(&date)
        {
            cells.report("date", error.to_string(), "write 1991, 1991-09 or 1991-09-02");
        }
        Self {
            surface: one_line(&cells.required("surface")),
            replacement: one_line(&cells.text("replacement")),
            entry: cells.text("entry"),
            verdict: cells.one_of("decision", Verdict::Refuse),
            date,
            note: cells.text("note"),
            files: cells.text("files"),
        }
    }

    fn write(&self) -> Vec<String> {
        let Self { surface, replacement, entry, verdict, date, note, files } = self;
        [surface, replacement, entry, verdict.as_str(), date, note, files].map(|cell: &str| cell.to_owned()).to_vec()
    }
}
