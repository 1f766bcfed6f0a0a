//! The cells of one row, taken by heading; each failure becomes a problem with its column.

use std::str::FromStr;

use unicode_normalization::{UnicodeNormalization as _, is_nfc};

use super::damage::{is_question_inside, misread};
use super::rows::Row;
use crate::error::{Error, Position, Problem, Problems};
use crate::gazetteer::check::is_before;
use crate::gazetteer::entry::Period;

/// The longest name, in letters: the matcher keeps every beginning of a name of several words.
pub(crate) const MAX_NAME_LETTERS: usize = 200;

/// The cells of one row.
pub(crate) struct Cells<'a> {
    file: &'a str,
    row: u64,
    columns: &'a [String],
    record: &'a Row,
    problems: &'a mut Problems,
}

impl<'a> Cells<'a> {
    pub(crate) fn new(
        file: &'a str,
        row: u64,
        columns: &'a [String],
        record: &'a Row,
        problems: &'a mut Problems,
    ) -> Self {
        Self { file, row, columns, record, problems }
    }

    fn cell(&self, column: &str) -> &'a str {
        let index = self.columns.iter().position(|c| c == column);
        index.and_then(|at| self.record.get(at)).unwrap_or_default()
    }

    /// Whether the cell is blank, or the file has no such column.
    pub(crate) fn is_blank(&self, column: &str) -> bool {
        self.cell(column).trim().is_empty()
    }

    /// The cell's text, blank if the file has no such column. What can be mended is mended, with a warning.
    pub(crate) fn text(&mut self, column: &str) -> String {
        let cell = self.cell(column);
        let trimmed = cell.trim();
        if trimmed.len() != cell.len() {
            self.warn(column, format!("`{}` begins or ends with a space", visible(cell)));
        }
        let mut text = trimmed.to_owned();
        if text.contains(['\n', '\r', '\t']) {
            self.warn(column, format!("`{}` holds a line break or a tab", visible(&text)));
            text = text.split(['\n', '\r', '\t']).map(str::trim).collect::<Vec<_>>().join(" ");
        }
        if text.contains(char::is_control) {
            let message = format!("`{}` holds a control character", visible(&text));
            self.report(column, message, "remove it; the file may be damaged");
        }
        if let Some(right) = misread(&text) {
            let message = format!(
                "`{}` is damaged: UTF-8 was read in another encoding; it was `{}`",
                visible(&text),
                visible(&right)
            );
            self.report(column, message, "write it anew, or convert the file from its first source");
        }
        if text.contains('\u{FFFD}') {
            let message = format!("`{}` holds U+FFFD, which stands for letters that were lost", visible(&text));
            self.report(column, message, "write it anew");
        }
        if is_question_inside(&text) && !matches!(column, "url" | "note" | "example") {
            let message = format!("`{}` has a question mark inside a word: letters were lost", visible(&text));
            self.report(column, message, "write it anew");
        }
        if matches!(column, "name" | "spelling" | "surface" | "given" | "family") {
            self.check_length(column, &text);
        }
        if !text.is_ascii() && !is_nfc(&text) {
            self.warn(column, format!("`{}` is not in Unicode normalisation form C", visible(&text)));
            text = text.nfc().collect();
        }
        text
    }

    /// Reports what is too long for a name.
    pub(crate) fn check_length(&mut self, column: &str, text: &str) {
        if text.chars().nth(MAX_NAME_LETTERS).is_some() {
            let message = format!("`{}` has more than {MAX_NAME_LETTERS} letters", visible(text));
            self.report(column, message, "shorten it; if a comma or quote is missing, put it in");
        }
    }

    /// The cell's text, which must not be blank.
    pub(crate) fn required(&mut self, column: &str) -> String {
        let text = self.text(column);
        if text.is_empty() {
            self.report(column, "the cell is blank", "fill it in, or remove the row");
        }
        text
    }

    /// A value of a closed list, or `fallback` after a problem was reported.
    pub(crate) fn one_of<T: FromStr<Err = Error>>(&mut self, column: &str, fallback: T) -> T {
        self.required_one_of(column).unwrap_or(fallback)
    }

    /// A value of a closed list, `None` if blank.
    pub(crate) fn maybe_one_of<T: FromStr<Err = Error>>(&mut self, column: &str) -> Option<T> {
        let text = self.text(column);
        if text.is_empty() { None } else { self.parse(column, &text) }
    }

    /// A value of a closed list, `None` after a problem was reported.
    pub(crate) fn required_one_of<T: FromStr<Err = Error>>(&mut self, column: &str) -> Option<T> {
        let text = self.required(column);
        if text.is_empty() { None } else { self.parse(column, &text) }
    }

    fn parse<T: FromStr<Err = Error>>(&mut self, column: &str, text: &str) -> Option<T> {
        match text.parse() {
            Ok(value) => Some(value),
            Err(error) => {
                self.report(column, error.to_string(), "correct the cell");
                None
            }
        }
    }

    /// A decimal number between two limits, `None` if blank.
    pub(crate) fn number(&mut self, column: &str, low: f64, high: f64) -> Option<f64> {
        let text = self.text(column);
        if text.is_empty() {
            return None;
        }
        let looks_decimal = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-'));
        match text.parse::<f64>() {
            Ok(number) if looks_decimal && (low..=high).contains(&number) => Some(number),
            Ok(number) if looks_decimal => {
                let message = format!("{number} is outside {low} to {high}");
                self.report(column, message, "check that latitude and longitude are not exchanged");
                None
            }
            _ => {
                let message = format!("`{}` is no decimal number", visible(&text));
                self.report(column, message, "write degrees with a decimal point, such as 39.8177");
                None
            }
        }
    }

    /// A whole number that is not negative, `None` if blank.
    pub(crate) fn count(&mut self, column: &str) -> Option<u64> {
        let text = self.text(column);
        if text.is_empty() {
            return None;
        }
        let count = text.parse().ok();
        if count.is_none() {
            self.report(column, format!("`{}` is no whole number", visible(&text)), "write digits only, such as 55200");
        }
        count
    }

    /// The parts of a cell that `;` joins; blank: none.
    pub(crate) fn list(&mut self, column: &str) -> Vec<String> {
        let text = self.text(column);
        let parts = text.split(';').map(|part| part.trim().to_owned());
        parts.filter(|part| !part.is_empty()).collect()
    }

    /// The columns `since` and `until`.
    pub(crate) fn period(&mut self) -> Period {
        let (since, until) = (self.date("since"), self.date("until"));
        if is_before(&until, &since) {
            self.report("until", format!("{until} is before {since}"), "exchange or correct the dates");
        }
        Period { since, until }
    }

    fn date(&mut self, column: &str) -> String {
        let text = self.text(column);
        if !text.is_empty() && !Period::is_date(&text) {
            let message = format!("`{}` is no date", visible(&text));
            self.report(column, message, "write 1991, 1991-09 or 1991-09-02");
        }
        text
    }

    /// `1` or blank.
    pub(crate) fn flag(&mut self, column: &str) -> bool {
        let text = self.text(column);
        if !matches!(text.as_str(), "" | "1") {
            self.report(
                column,
                format!("`{}` found; expected 1 or nothing", visible(&text)),
                "write 1, or leave it blank",
            );
        }
        text == "1"
    }

    /// Reports a fault of form, which reading mends.
    fn warn(&mut self, column: &str, message: String) {
        let position = Position::row(self.file, self.row).column(column);
        self.problems.push(Problem::warning(position, message, "run `toponorm gazetteer check --fix`"));
    }

    /// Reports an error in a column of this row.
    pub(crate) fn report(&mut self, column: &str, message: impl Into<String>, help: &str) {
        let position = Position::row(self.file, self.row).column(column);
        self.problems.push(Problem::error(position, message, help));
    }
}

/// A cell as a message shows it: not too long, and without what a terminal would act on.
pub(crate) fn visible(text: &str) -> String {
    const SHOWN: usize = 80;
    let mut shown: String = text
        .chars()
        .take(SHOWN)
        .map(|c| match c {
            '\n' | '\r' | '\t' => '␤',
            '`' => '\'',
            c if c.is_control() => '\u{FFFD}',
            c => c,
        })
        .collect();
    if text.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    shown
}
