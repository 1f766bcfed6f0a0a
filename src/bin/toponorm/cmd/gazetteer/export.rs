//! `toponorm gazetteer export`

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use toponorm::{Export, Gazetteer, Lost};

use crate::args::{ExportArgs, ExportFormat};
use crate::cmd::{Failure, Outcome, complain};
use crate::config;

pub(super) fn run(args: &ExportArgs, out: &mut impl Write) -> Result<Outcome, Failure> {
    let output = args.output.as_deref().filter(|path| *path != Path::new("-"));
    if args.format == ExportFormat::Sqlite && output.is_none() {
        return Err(Failure::Usage("a database cannot be written to standard output; name a file with --output"));
    }
    let gazetteer = match &args.path {
        Some(path) => Gazetteer::from_path(path)?,
        None => config::gazetteer(&args.gazetteer)?,
    };
    let export = Export::new(&gazetteer).kinds(&args.kind).countries(&args.country).base(&args.base);
    let export = match args.year {
        Some(year) => export.year(year),
        None => export,
    };
    let lost = match (args.format, output) {
        (ExportFormat::Sqlite, Some(path)) => export.sqlite(path)?,
        (ExportFormat::Csv, Some(path)) if path.extension().is_none_or(|extension| extension != "csv") => {
            export.csv_folder(path)?
        }
        (format, Some(path)) => to_file(&export, format, path)?,
        (format, None) => stream(&export, format, out)?,
    };
    if !args.quiet {
        for (what, count) in lost.iter() {
            complain(&format!("left out: {count} {what}"));
        }
    }
    Ok(Outcome::Done)
}

/// Writes a format that is a stream.
fn stream(export: &Export<'_>, format: ExportFormat, out: &mut impl Write) -> io::Result<Lost> {
    match format {
        ExportFormat::Csv => export.csv(out),
        ExportFormat::Geojson => export.geojson(out),
        ExportFormat::Lpf => export.lpf(out),
        ExportFormat::Lptsv => export.lptsv(out),
        ExportFormat::Spacy => export.spacy(out),
        ExportFormat::Sqlite => Err(io::Error::other("a database is no stream")),
    }
}

/// Writes beside the file and renames, so that nobody ever reads half of it. What is no file (a pipe, `/dev/stdout`) is written to.
fn to_file(export: &Export<'_>, format: ExportFormat, path: &Path) -> Result<Lost, Failure> {
    let failed = |error| Failure::Input(path.display().to_string(), error);
    let write = |path: &Path| {
        let mut out = BufWriter::new(File::create(path)?);
        let lost = stream(export, format, &mut out)?;
        out.flush().map(|()| lost)
    };
    if std::fs::metadata(path).is_ok_and(|metadata| !metadata.is_file()) {
        return write(path).map_err(failed);
    }
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let beside = Path::new(&beside);
    let written = write(beside).and_then(|lost| std::fs::rename(beside, path).map(|()| lost));
    written.map_err(|error| {
        let _ = std::fs::remove_file(beside);
        failed(error)
    })
}
