//! A problem in a gazetteer file: where, what was found, what was expected, what to do.
//!
//! Positions are what a spreadsheet shows (file, row, column heading), not byte offsets, because the people who mend
//! these files work in spreadsheets; the byte is there as well for damaged encodings.

use std::fmt;

/// A place in a file, as exactly as it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Position {
    /// The file, as it was named or found.
    pub file: Option<String>,
    /// The row, counted from 1; the heading is row 1, as in a spreadsheet.
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

/// How bad a [`Problem`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The gazetteer works, but somebody should look.
    Warning,
    /// The gazetteer cannot be used as it stands.
    Error,
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
}

impl Problem {
    pub(crate) fn error(position: Position, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { position, severity: Severity::Error, message: message.into(), help: help.into() }
    }

    pub(crate) fn warning(position: Position, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(position, message, help) }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        write!(f, "{}: {severity}: {}; {}", self.position, self.message, self.help)
    }
}
