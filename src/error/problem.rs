//! A problem in a gazetteer file: where, what was found, what was expected, what to do.
//!
//! Positions are what a spreadsheet shows (file, row, column heading), not byte offsets, because the people who mend
//! these files work in spreadsheets; the byte is there as well for damaged encodings.

use std::collections::HashMap;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};

/// A place in a file, as exactly as it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Position {
    /// The file, as it was named or found.
    pub file: Option<String>,
    /// The row, counted from 1, as a spreadsheet numbers them: the heading is row 1, a blank line is a row, and a quoted cell
    /// that holds line breaks makes no further rows.
    pub row: Option<u64>,
    /// The heading of the column.
    pub column: Option<String>,
    /// The byte, counted from 0.
    pub byte: Option<u64>,
}

impl Position {
    /// The position "somewhere in this file".
    pub(crate) fn file(file: impl Into<String>) -> Self {
        Self { file: Some(file.into()), ..Self::default() }
    }

    /// The position "somewhere in this row of this file".
    pub(crate) fn row(file: impl Into<String>, row: u64) -> Self {
        Self { row: Some(row), ..Self::file(file) }
    }

    /// The same position, narrowed to a column.
    pub(crate) fn column(mut self, column: &str) -> Self {
        self.column = Some(column.to_owned());
        self
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.file.as_deref().unwrap_or("input"))?;
        if let Some(row) = self.row {
            write!(f, ", row {row}")?;
        }
        if let Some(column) = &self.column {
            write!(f, ", column `{column}`")?;
        }
        if let Some(byte) = self.byte {
            write!(f, ", byte {byte}")?;
        }
        Ok(())
    }
}

/// Stands for the file of what lies below a layer. Nobody who checks the layer can mend it, and its problems are not listed.
pub(crate) const BELOW: &str = "a gazetteer below";

/// How bad a [`Problem`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Probably a mistake, with an innocent reading: the gazetteer works, and somebody should look.
    Warning,
    /// Unusable or certainly wrong: the gazetteer cannot be used as it stands.
    Error,
}

impl Severity {
    /// The severity's name in output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// One problem in a gazetteer file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where it is.
    pub position: Position,
    /// Whether the gazetteer can be used all the same.
    pub severity: Severity,
    /// What was found, and what was expected instead.
    pub message: String,
    /// What to do about it.
    pub help: String,
    /// How many problems this stands for: 1, or more if it says that there are so many more like those before it.
    pub count: usize,
}

impl Problem {
    pub(crate) fn error(position: Position, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { position, severity: Severity::Error, message: message.into(), help: help.into(), count: 1 }
    }

    pub(crate) fn warning(position: Position, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(position, message, help) }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}; {}", self.position, self.severity.as_str(), self.message, self.help)
    }
}

/// Problems as they are found. Of one sort in one file only so many are kept and the rest is counted: a file with a million
/// bad rows must not fill the memory with complaints, nor the screen.
#[derive(Debug)]
pub(crate) struct Problems {
    list: Vec<Problem>,
    /// How many there are of each sort, and the first of them.
    sorts: HashMap<u64, (usize, usize)>,
    limit: usize,
    errors: usize,
}

impl Problems {
    /// So many problems of one sort in one file are listed.
    pub(crate) const USUAL_LIMIT: usize = 100;

    pub(crate) fn with_limit(limit: usize) -> Self {
        Self { list: Vec::new(), sorts: HashMap::new(), limit, errors: 0 }
    }

    /// Room for other problems, of which as many are listed.
    pub(crate) fn like(&self) -> Self {
        Self::with_limit(self.limit)
    }

    pub(crate) fn push(&mut self, problem: Problem) {
        self.errors += usize::from(problem.severity == Severity::Error);
        let (count, _) = self.sorts.entry(sort(&problem)).or_insert((0, self.list.len()));
        *count += 1;
        if *count <= self.limit {
            self.list.push(problem);
        }
    }

    /// How many errors there are, also of those not listed.
    pub(crate) fn errors(&self) -> usize {
        self.errors
    }

    /// The problems by file and row, and after them how many more there are of each sort.
    pub(crate) fn into_list(mut self) -> Vec<Problem> {
        for &(count, first) in self.sorts.values().filter(|(count, _)| *count > self.limit) {
            let first = &self.list[first];
            let rest = count - self.limit;
            let mut more = first.clone();
            more.message = format!("and {} more like it: {}", thousands(rest), first.message);
            more.position.row = None;
            more.position.byte = None;
            more.count = rest;
            self.list.push(more);
        }
        self.list.retain(|problem| problem.position.file.as_deref() != Some(BELOW));
        self.list.sort_by(|one, other| one.key().cmp(&other.key()));
        self.list
    }
}

impl Default for Problems {
    fn default() -> Self {
        Self::with_limit(Self::USUAL_LIMIT)
    }
}

impl Problem {
    /// By file, then what concerns all of it, then by row, then what is only counted.
    fn key(&self) -> (Option<&str>, bool, Option<u64>, Option<&str>, &str) {
        let Position { file, row, column, .. } = &self.position;
        // Of one row the order of finding is kept, which is that of the columns.
        let (column, message) = if self.count > 1 { (column.as_deref(), self.message.as_str()) } else { (None, "") };
        (file.as_deref(), self.count > 1, *row, column, message)
    }
}

/// Problems are of one sort if they concern one file and column and say the same but for quoted text and figures.
fn sort(problem: &Problem) -> u64 {
    let mut hasher = DefaultHasher::new();
    (&problem.position.file, &problem.position.column, problem.severity).hash(&mut hasher);
    let mut quote = None;
    for c in problem.message.chars() {
        match quote {
            Some(open) if open == c => quote = None,
            Some(_) => {}
            None if matches!(c, '`' | '"') => quote = Some(c),
            None if c.is_ascii_digit() => {}
            None => c.hash(&mut hasher),
        }
    }
    hasher.finish()
}

/// `12345` → `12,345`.
fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_problems_of_one_sort_are_counted() {
        let mut problems = Problems::with_limit(2);
        for row in (2..=12_348).rev() {
            let position = Position::row("a.csv", row).column("lang");
            problems.push(Problem::error(position, format!("`x{row}` is no tag"), "correct it"));
        }
        problems.push(Problem::warning(Position::row("a.csv", 7), "something else", "look"));
        assert_eq!(problems.errors(), 12_347);
        let list: Vec<String> = problems.into_list().iter().map(ToString::to_string).collect();
        assert_eq!(list.len(), 4);
        assert_eq!(list[0], "a.csv, row 7: warning: something else; look");
        assert_eq!(list[3], "a.csv, column `lang`: error: and 12,345 more like it: `x12348` is no tag; correct it");
    }
}
