//! The gazetteer's files: reading them with a position for every problem, and writing them in one canonical form.
//!
//! A file is read row by row into plain records that still stand where they stood ([`Located`]); only `link` makes a
//! gazetteer of them. Deserialising with serde was rejected: it stops at the first bad cell and cannot name the column.
//! Writing sorts and quotes the same way always, so that a change of one row is a change of one line.

mod canonical;
mod cells;
mod damage;
mod folder;
mod records;
mod rows;
mod simple;
mod table;

pub(crate) use canonical::{Canonical, sorted_cells, write_sorted};
pub(crate) use cells::{Cells, MAX_NAME_LETTERS, visible};
pub(crate) use damage::{is_question_inside, misread};
pub use folder::Existing;
pub(crate) use folder::{Contents, entry_record, name_records, person_records, write_folder};
pub(crate) use records::{
    CommonRecord, EntryRecord, LanguageRecord, NameRecord, NewsworthyRecord, PersonRecord, PolicyRecord, RemovedRecord,
    SourceRecord, SuppressedRecord,
};
pub(crate) use rows::{Limits, Row, Rows};
pub(crate) use simple::SimpleRecord;
pub(crate) use table::{Located, Table, fault_problem};

/// A row of one of the files.
pub(crate) trait Record: Sized {
    /// The file's name inside a gazetteer folder.
    const FILE: &'static str;
    /// The headings, in canonical order.
    const COLUMNS: &'static [&'static str];
    /// Headings that must be there.
    const REQUIRED: &'static [&'static str];
    /// Headings by which rows are sorted.
    const ORDER: &'static [&'static str];
    /// Whether the file is a person's own, which keeps its columns and the order of its rows.
    const KEEPS_SHAPE: bool = false;

    /// Takes a record from the cells of a row, reporting what is wrong with them.
    fn read(cells: &mut Cells<'_>) -> Self;

    /// The cells of the row, one for each of [`Record::COLUMNS`].
    fn write(&self) -> Vec<String>;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Problems;

    fn read(text: &[u8]) -> (Table<EntryRecord>, Vec<String>) {
        let mut problems = Problems::default();
        let table = Table::read("entries.csv", text, &mut problems);
        (table, problems.into_list().iter().map(ToString::to_string).collect())
    }

    #[test]
    fn every_problem_is_reported_with_its_place() {
        let text = "id,kind,name,latitude,longitude\n\
                    a,town,A,400,46\n\
                    b,twon,B,39.8,4S\n\
                    c,town\n\
                    ,town,E,1,1\n";
        let (_, problems) = read(text.as_bytes());
        let places: Vec<_> = problems.iter().map(|p| p.split(": error").next().unwrap_or("")).collect();
        assert_eq!(
            places,
            [
                "entries.csv, row 2, column `latitude`",
                "entries.csv, row 3, column `kind`",
                "entries.csv, row 3, column `longitude`",
                "entries.csv, row 4",
                "entries.csv, row 5, column `id`",
            ]
        );
    }

    #[test]
    fn damaged_encoding_is_placed_to_the_byte() {
        let (_, problems) = read(b"id,kind,name\na,town,\xC4\xE0\xF8\n");
        assert!(problems[0].starts_with("entries.csv, row 2, column `name`, byte 20: error"), "{problems:?}");
    }

    #[test]
    fn headings_are_checked() {
        let (_, problems) = read(b"id,knid,name\n");
        assert_eq!(problems.len(), 2, "{problems:?}");
        assert!(problems[0].contains("`knid`") && problems[1].contains("`kind`"));
        assert_eq!(read(b"").1.len(), 1);
    }

    #[test]
    fn writing_sorts_and_reading_back_gives_the_same() {
        let (table, problems) = read("id,kind,name,note\nb,town,B,\"x, \"\"y\"\"\"\r\na,city,A,\r\n".as_bytes());
        assert_eq!(problems, Vec::<String>::new());
        let written = table.to_csv();
        let (again, _) = read(&written);
        assert_eq!(again.to_csv(), written);
        assert!(String::from_utf8_lossy(&written).contains("\na,city,A,"));
    }
}
