//! `toponorm gazetteer diff`

use std::io::Write;

use toponorm::{Change, Difference, SpellingRow};

use super::{Failure, Outcome, counted, write_json};
use crate::args::{DiffArgs, Format};
use crate::config;

pub(crate) fn run(args: &DiffArgs, out: &mut impl Write) -> Result<Outcome, Failure> {
    let before = config::gazetteer_at(&args.before)?;
    let after = match config::below(&args.layer)? {
        None => config::gazetteer_at(&args.after)?,
        Some(below) => below.with_layer(&args.after)?.gazetteer(),
    };
    let differences = before.diff(&after);
    match args.format {
        Format::Jsonl => differences.iter().try_for_each(|difference| write_json(difference, out))?,
        Format::Text => print(&differences, out)?,
    }
    Ok(if differences.is_empty() { Outcome::Done } else { Outcome::Found })
}

/// An entry a line, its changes below it; at the end how many.
fn print(differences: &[Difference], out: &mut impl Write) -> std::io::Result<()> {
    let (mut added, mut removed, mut changed) = (0, 0, 0);
    for entry in differences.chunk_by(|one, other| one.id == other.id) {
        let Difference { id, name, change, .. } = &entry[0];
        match change {
            Change::Added { kind, country, spellings } => {
                added += 1;
                writeln!(out, "+ {id}  {name}, {kind}, {country}, {}", counted(*spellings, "spelling"))?;
            }
            Change::Removed { kind, country, spellings } => {
                removed += 1;
                writeln!(out, "- {id}  {name}, {kind}, {country}, {}", counted(*spellings, "spelling"))?;
            }
            _ => {
                if !id.is_empty() {
                    changed += 1;
                    writeln!(out, "~ {id}  {name}")?;
                }
                entry.iter().try_for_each(|difference| print_change(&difference.change, out))?;
            }
        }
    }
    if !differences.is_empty() {
        writeln!(out, "entries: {added} added, {removed} removed, {changed} changed")?;
    }
    Ok(())
}

fn print_change(change: &Change, out: &mut impl Write) -> std::io::Result<()> {
    let spelling = |SpellingRow { name, spelling, lang, kind, .. }: &SpellingRow| {
        format!("{spelling} ({lang}, {kind}, of {name})")
    };
    match change {
        Change::IdChanged { from } => writeln!(out, "    id: was {from}"),
        Change::Moved { km, from, to } => {
            writeln!(out, "    moved {km:.3} km: {}, {} → {}, {}", from[0], from[1], to[0], to[1])
        }
        Change::Changed { column, from, to } => writeln!(out, "    {column}: {} → {}", cell(from), cell(to)),
        Change::SpellingAdded(row) => writeln!(out, "    + {}", spelling(row)),
        Change::SpellingRemoved(row) => writeln!(out, "    - {}", spelling(row)),
        Change::SpellingChanged { spelling, lang, column, from, to } => {
            writeln!(out, "    {spelling} ({lang}) {column}: {} → {}", cell(from), cell(to))
        }
        Change::RowAdded { table, row } => writeln!(out, "  + {table}: {row}"),
        Change::RowRemoved { table, row } => writeln!(out, "  - {table}: {row}"),
        _ => Ok(()),
    }
}

fn cell(text: &str) -> &str {
    if text.is_empty() { "(blank)" } else { text }
}
