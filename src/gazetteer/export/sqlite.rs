//! An SQLite database: the tables of the CSV schema, for SQL and for programs that would rather not parse CSV.
//!
//! Columns are called as in the CSV files; blank cells are NULL, numbers are numbers, `preferred` is 0 or 1. Lists stay joined by `;`, as in the
//! files: tables of their own for sources and needs would have made the schema another one.

use std::path::Path;

use rusqlite::{Connection, params_from_iter};

use super::rows::{Tables, write_tables};
use super::{Beside, Export, Lost};
use crate::error::Error;

/// Written beside its place and renamed, the file needs no journal.
const FAST: &str = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;";
const FINISH: &str = "CREATE INDEX names_by_entry ON names(entry);
    CREATE INDEX names_by_spelling ON names(spelling);
    COMMIT;";

impl Export<'_> {
    /// An SQLite database with the tables `entries`, `names`, `people`, `suppressed`, `common`, `newsworthy`, `policies`, `languages` and
    /// `sources`. A file that is there already is replaced.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Io`](crate::ErrorKind::Io) if the file cannot be written.
    pub fn sqlite(&self, path: impl AsRef<Path>) -> Result<Lost, Error> {
        let path = path.as_ref();
        if path.exists() && !path.is_file() {
            return Err(Error::io(path, std::io::Error::other("it is a folder, a device or a pipe; name a file")));
        }
        let mut lost = Lost::default();
        Beside::new(path).write(|beside| {
            let failed = |error| failed(path, error);
            let database = Connection::open(beside).map_err(failed)?;
            database.execute_batch(FAST).map_err(failed)?;
            write_tables(self, &mut Database { connection: &database, path }, &mut lost)?;
            database.execute_batch(FINISH).map_err(failed)?;
            database.close().map_err(|(_, error)| failed(error))
        })?;
        Ok(lost)
    }
}

fn failed(path: &Path, error: rusqlite::Error) -> Error {
    // SQLite's own message names the file beside.
    let reason = match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::CannotOpen) => {
            "it cannot be written there; check the folder and its permissions".to_owned()
        }
        _ => error.to_string(),
    };
    Error::io(path, std::io::Error::other(reason))
}

struct Database<'d> {
    connection: &'d Connection,
    path: &'d Path,
}

impl Tables for Database<'_> {
    fn table(
        &mut self,
        file: &str,
        columns: &[&'static str],
        rows: &mut dyn Iterator<Item = Vec<String>>,
    ) -> Result<(), Error> {
        let table = file.trim_end_matches(".csv");
        self.fill(table, columns, rows).map_err(|error| failed(self.path, error))
    }
}

impl Database<'_> {
    fn fill(
        &self,
        table: &str,
        columns: &[&'static str],
        rows: &mut dyn Iterator<Item = Vec<String>>,
    ) -> Result<(), rusqlite::Error> {
        let declared: Vec<String> = columns.iter().map(|column| declared(table, column)).collect();
        self.connection.execute_batch(&format!("CREATE TABLE {table} ({})", declared.join(", ")))?;
        let places = vec!["?"; columns.len()].join(", ");
        let mut insert = self.connection.prepare(&format!("INSERT INTO {table} VALUES ({places})"))?;
        for row in rows {
            // A column's type makes a number of the text.
            let cells = row.iter().zip(columns).map(|(cell, column)| match (cell.as_str(), *column) {
                ("", "preferred") => Some("0"),
                ("", _) => None,
                (cell, _) => Some(cell),
            });
            insert.execute(params_from_iter(cells))?;
        }
        Ok(())
    }
}

fn declared(table: &str, column: &str) -> String {
    let kind = match column {
        "latitude" | "longitude" | "precision_km" => "REAL",
        "population" | "geonames" | "preferred" => "INTEGER",
        _ => "TEXT",
    };
    let rule = match (table, column) {
        ("entries", "id") | ("sources", "key") => " PRIMARY KEY",
        ("names" | "people" | "newsworthy", "entry") => " REFERENCES entries(id)",
        _ => "",
    };
    format!("\"{column}\" {kind}{rule}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gazetteer::Gazetteer;

    #[test]
    fn tables_are_read_by_sql_with_numbers_and_nulls() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("names.db");
        let gazetteer = Gazetteer::from_path("tests/export/varied").unwrap();
        std::fs::write(&path, "what was there is replaced").unwrap();
        assert!(Export::new(&gazetteer).sqlite(&path).unwrap().is_empty());
        let database = Connection::open(&path).unwrap();
        let one = |sql: &str| database.query_row(sql, [], |row| row.get::<_, String>(0)).unwrap();
        assert_eq!(
            one("SELECT typeof(latitude) || ' ' || population FROM entries WHERE id = 'stepanakert'"),
            "real 55200"
        );
        assert_eq!(one("SELECT typeof(latitude) FROM entries WHERE id = 'karkar-bridge'"), "null");
        assert_eq!(one("SELECT group_concat(preferred) FROM names WHERE spelling LIKE 'Stef%'"), "0,0");
        assert_eq!(one("SELECT source FROM newsworthy"), "hearsay");
        assert_eq!(one("SELECT count(*) || '' FROM sqlite_master WHERE type = 'table'"), "9");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
        for wrong in [folder.path().to_owned(), folder.path().join("no/such/folder.db")] {
            let error = Export::new(&gazetteer).sqlite(&wrong).unwrap_err();
            assert!(error.to_string().starts_with(&wrong.display().to_string()), "{error}");
        }
    }
}
