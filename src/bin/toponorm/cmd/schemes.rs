//! `toponorm schemes`

use std::io::Write;

use toponorm::Scheme;

use super::{Failure, Outcome};

pub(crate) fn run(out: &mut impl Write) -> Result<Outcome, Failure> {
    let rows: Vec<[&str; 4]> = std::iter::once(["ID", "TITLE", "REVERSIBLE", "STANDARD"])
        .chain(Scheme::ALL.iter().map(|scheme| {
            let reversible = if scheme.is_reversible() { "yes" } else { "no" };
            [scheme.id(), scheme.title(), reversible, scheme.standard()]
        }))
        .collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let (id, title, reversible) = (width(0), width(1), width(2));
    for row in &rows {
        writeln!(out, "{:id$}  {:title$}  {:reversible$}  {}", row[0], row[1], row[2], row[3])?;
    }
    Ok(Outcome::Done)
}
