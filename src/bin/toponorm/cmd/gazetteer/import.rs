//! `toponorm gazetteer import`

use std::io::{self, IsTerminal, Write};

use toponorm::{ColumnMap, Draft, Error, Existing, Gazetteer, Import, Kind, Lang, Progress};

use super::super::{Failure, Outcome, complain};
use crate::args::Format;
use crate::args::import::{CsvArgs, ImportArgs, ImportFormat, ImportTarget, Selection};

pub(super) fn run(args: &ImportArgs) -> Result<Outcome, Failure> {
    match &args.format {
        ImportFormat::Geonames(args) => into_folder(&args.selection, &args.target, |import| {
            import.geonames(&args.files, &args.alternates, &args.admin_codes)
        }),
        ImportFormat::Csv(args) => {
            let columns = columns(args)?;
            into_folder(&args.selection, &args.target, |import| import.csv(&args.files, &columns))
        }
        ImportFormat::WikidataJson(args) => {
            into_folder(&args.selection, &args.target, |import| import.wikidata(&args.files))
        }
        ImportFormat::Lptsv(args) => into_folder(&args.selection, &args.target, |import| import.lptsv(&args.files)),
        ImportFormat::Lpf(args) => into_folder(&args.selection, &args.target, |import| import.lpf(&args.files)),
    }
}

/// Reads, writes the folder and reports what is in it.
fn into_folder(
    selection: &Selection,
    target: &ImportTarget,
    read: impl FnOnce(&Import) -> Result<Draft, Error>,
) -> Result<Outcome, Failure> {
    let is_full = || std::fs::read_dir(&target.output).is_ok_and(|mut children| children.next().is_some());
    if !target.force && is_full() {
        let folder = target.output.display();
        let message = format!("{folder}: the folder is not empty; name another, or replace its files with --force");
        return Err(Failure::Value(message));
    }
    let shows_progress = io::stderr().is_terminal() && !target.quiet;
    let mut import = import(selection, target)?;
    if shows_progress {
        import = import.on_progress(show);
    }
    let draft = read(&import);
    if shows_progress {
        let _ = write!(io::stderr(), "\r\x1B[K");
    }
    let draft = draft?;
    draft.write(&target.output, if target.force { Existing::Replace } else { Existing::Refuse })?;
    match target.report {
        _ if target.quiet => {}
        Format::Text => complain(&draft.report().to_string()),
        Format::Jsonl => complain(&serde_json::to_string(draft.report()).map_err(io::Error::from)?),
    }
    Ok(Outcome::Done)
}

/// Writes how far reading is over the same line of the terminal.
fn show(progress: Progress) {
    let percent = 100 * progress.done / progress.total.max(1);
    let _ = write!(io::stderr(), "\rreading: {percent} %");
}

/// Which column of a table is what.
fn columns(args: &CsvArgs) -> Result<ColumnMap, Failure> {
    let mut columns = ColumnMap::new();
    for column in &args.column {
        let Some((field, heading)) = column.split_once('=') else {
            let message = format!("--column `{column}`: expected FIELD=HEADING, such as latitude=Breite");
            return Err(Failure::Value(message));
        };
        columns = columns.column(field, heading)?;
    }
    if let Some(delimiter) = &args.delimiter {
        let mut letters = delimiter.chars();
        columns = match (delimiter.as_str(), letters.next(), letters.next()) {
            ("tab" | "\\t", ..) => columns.delimiter('\t')?,
            (_, Some(only), None) => columns.delimiter(only)?,
            _ => return Err(Failure::Value(format!("--delimiter `{delimiter}`: expected one character or `tab`"))),
        };
    }
    Ok(columns)
}

/// The settings that all formats share.
fn import(selection: &Selection, target: &ImportTarget) -> Result<Import, Error> {
    let Selection { min_population, kind, country, lang, new_only } = selection;
    let kinds: Vec<Kind> = kind.iter().map(|kind| kind.parse()).collect::<Result<_, _>>()?;
    let langs: Vec<Lang> = lang.iter().map(|lang| lang.parse()).collect::<Result<_, _>>()?;
    let import = Import::new().min_population(*min_population).kinds(kinds).langs(langs).countries(country.clone());
    let import = if *new_only { import.without(&Gazetteer::bundled()) } else { import };
    let ImportTarget { source_title, source_url, source_licence, accessed, .. } = target;
    let import = import.accessed(accessed.as_deref().unwrap_or_default());
    let [title, url, licence] =
        [source_title, source_url, source_licence].map(|cell| cell.as_deref().unwrap_or_default());
    if [title, url, licence].iter().all(|cell| cell.is_empty()) {
        return Ok(import);
    }
    let title = [title, url, "imported"].into_iter().find(|cell| !cell.is_empty()).unwrap_or_default();
    Ok(import.source("imported", title, url, licence))
}
