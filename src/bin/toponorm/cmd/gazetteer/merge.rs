//! `toponorm gazetteer merge`

use std::io::Write;

use serde::Serialize;
use toponorm::{Disagreement, Export, Merge, Unsure};

use super::{Failure, Outcome, counted, write_json};
use crate::args::{Format, MergeArgs};
use crate::config;

#[derive(Serialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
enum Line<'m> {
    Unsure(&'m Unsure),
    Disagreement(&'m Disagreement),
}

pub(crate) fn run(args: &MergeArgs, out: &mut impl Write) -> Result<Outcome, Failure> {
    let merge = config::gazetteer_at(&args.first)?.merge(&config::gazetteer_at(&args.second)?);
    Export::new(&merge.gazetteer).csv_folder(&args.output)?;
    match args.format {
        Format::Jsonl => {
            merge.unsure.iter().try_for_each(|unsure| write_json(&Line::Unsure(unsure), out))?;
            merge.disagreements.iter().try_for_each(|one| write_json(&Line::Disagreement(one), out))?;
        }
        Format::Text => print(&merge, args, out)?,
    }
    Ok(Outcome::Done)
}

fn print(merge: &Merge, args: &MergeArgs, out: &mut impl Write) -> std::io::Result<()> {
    for Unsure { reason, id, name, other, other_name, km, .. } in &merge.unsure {
        let apart = km.map_or(String::new(), |km| format!(", {km:.1} km apart"));
        writeln!(out, "? {id} ({name}) and {other} ({other_name}){apart}: {}", reason.as_str())?;
    }
    for Disagreement { id, column, kept, other, .. } in &merge.disagreements {
        writeln!(out, "≠ {id} {column}: {kept}, not {other}")?;
    }
    let entries = |count: usize| if count == 1 { "1 entry".to_owned() } else { format!("{count} entries") };
    writeln!(
        out,
        "{} joined by identifier, {} by name, {} added; {} unsure, {}; {} written to {}",
        entries(merge.joined_by_id),
        merge.joined_by_name,
        merge.added,
        merge.unsure.len(),
        counted(merge.disagreements.len(), "disagreement"),
        entries(merge.gazetteer.entries().len()),
        args.output.display()
    )
}
