//! `toponorm gazetteer import`

use std::io::{IsTerminal, Write};

use toponorm::{Draft, Existing, Import, Progress};

use super::super::{Failure, Outcome, complain};
use crate::args::Format;
use crate::args::import::{GeonamesArgs, ImportArgs, ImportFormat, ImportTarget, Selection};

pub(super) fn run(args: &ImportArgs) -> Result<Outcome, Failure> {
    match &args.format {
        ImportFormat::Geonames(args) => geonames(args),
        ImportFormat::Lptsv(args) => {
            write(&import(Some(&args.selection), &args.target)?.lptsv(&args.files)?, &args.target)
        }
        ImportFormat::Lpf(args) => write(&import(Some(&args.selection), &args.target)?.lpf(&args.files)?, &args.target),
    }
}

fn geonames(args: &GeonamesArgs) -> Result<Outcome, Failure> {
    let import = import(Some(&args.selection), &args.target)?;
    write(&import.geonames(&args.files, &args.alternates, &args.admin_codes)?, &args.target)
}

/// The settings that all formats share.
fn import(selection: Option<&Selection>, target: &ImportTarget) -> Result<Import, Failure> {
    let mut import = Import::new();
    if let Some(Selection { min_population, kind, country, lang }) = selection {
        let kinds: Result<Vec<_>, _> = kind.iter().map(|kind| kind.parse()).collect();
        let langs: Result<Vec<_>, _> = lang.iter().map(|lang| lang.parse()).collect();
        import = import.min_population(*min_population).kinds(kinds?).langs(langs?).countries(country.iter().cloned());
    }
    let cell = |cell: &Option<String>| cell.clone().unwrap_or_default();
    if target.source_title.is_some() || target.source_url.is_some() || target.source_licence.is_some() {
        let title = target.source_title.as_deref().or(target.source_url.as_deref()).unwrap_or("imported");
        import = import.source("imported", title, &cell(&target.source_url), &cell(&target.source_licence));
    }
    import = import.accessed(&cell(&target.accessed));
    if std::io::stderr().is_terminal() && !target.quiet {
        import = import.on_progress(show);
    }
    Ok(import)
}

/// Writes how far reading is over the same line of the terminal.
fn show(progress: Progress) {
    let percent = 100 * progress.done / progress.total.max(1);
    let _ = write!(std::io::stderr(), "\rreading: {percent} % ");
}

/// Writes the folder and reports what is in it.
fn write(draft: &Draft, target: &ImportTarget) -> Result<Outcome, Failure> {
    let existing = if target.force { Existing::Replace } else { Existing::Refuse };
    draft.write(&target.output, existing)?;
    if !target.quiet {
        match target.report {
            Format::Text => complain(&draft.report().to_string()),
            Format::Jsonl => complain(&serde_json::to_string(draft.report()).unwrap_or_default()),
        }
    }
    Ok(Outcome::Done)
}
