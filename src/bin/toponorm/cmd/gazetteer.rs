//! `toponorm gazetteer check`, `stats` and `compile`

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use toponorm::{Gazetteer, Severity, Stats};

use super::{Failure, Outcome};
use crate::args::{CheckArgs, CompileArgs, Format, GazetteerArgs, GazetteerCommand, StatsArgs};
use crate::config;

pub(crate) fn run(args: &GazetteerArgs, out: &mut impl Write) -> Result<Outcome, Failure> {
    match &args.command {
        GazetteerCommand::Check(args) => check(args, out),
        GazetteerCommand::Stats(args) => stats(args, out),
        GazetteerCommand::Compile(args) => compile(args),
    }
}

fn check(args: &CheckArgs, out: &mut impl Write) -> Result<Outcome, Failure> {
    let (mut errors, mut warnings) = (0, 0);
    for path in &args.paths {
        if args.fix {
            for file in Gazetteer::format(path)? {
                writeln!(out, "{file}: rewritten in canonical form")?;
            }
        }
        for problem in Gazetteer::check(path)? {
            match problem.severity {
                Severity::Error => errors += 1,
                Severity::Warning => warnings += 1,
            }
            writeln!(out, "{problem}")?;
        }
    }
    writeln!(out, "{errors} errors, {warnings} warnings")?;
    Ok(if errors == 0 { Outcome::Done } else { Outcome::Found })
}

fn stats(args: &StatsArgs, out: &mut impl Write) -> Result<Outcome, Failure> {
    let stats = config::gazetteer(&args.gazetteer)?.stats();
    match args.format {
        Format::Jsonl => {
            serde_json::to_writer(&mut *out, &stats).map_err(std::io::Error::from)?;
            writeln!(out)?;
        }
        Format::Text => print(&stats, out)?,
    }
    Ok(Outcome::Done)
}

fn print(stats: &Stats, out: &mut impl Write) -> std::io::Result<()> {
    writeln!(out, "{:>8}  entries, {} with coordinates", stats.entries, stats.located)?;
    writeln!(out, "{:>8}  names", stats.names)?;
    writeln!(out, "{:>8}  spellings", stats.spellings)?;
    writeln!(out, "{:>8}  suppressed phrases", stats.suppressed)?;
    let share = 100.0 * stats.editorial as f64 / stats.rows.max(1) as f64;
    writeln!(out, "{share:>7.1}%  of entries and spellings rest on an editor's knowledge alone")?;
    for (heading, counts) in [
        ("Entries by kind", &stats.by_kind),
        ("Entries by country", &stats.by_country),
        ("Spellings by language", &stats.by_lang),
        ("Spellings by script", &stats.by_script),
        ("Spellings by kind", &stats.by_spelling_kind),
        ("Entries and spellings by source", &stats.by_source),
    ] {
        print_counts(heading, counts, out)?;
    }
    Ok(())
}

/// The largest counts first; a long tail is summed up.
fn print_counts(heading: &str, counts: &BTreeMap<String, usize>, out: &mut impl Write) -> std::io::Result<()> {
    const SHOWN: usize = 16;
    writeln!(out, "\n{heading}")?;
    let mut counts: Vec<(&String, &usize)> = counts.iter().collect();
    counts.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
    for (label, count) in counts.iter().take(SHOWN) {
        writeln!(out, "{count:>8}  {label}")?;
    }
    if counts.len() > SHOWN {
        let rest: usize = counts[SHOWN..].iter().map(|(_, count)| *count).sum();
        writeln!(out, "{rest:>8}  in {} others", counts.len() - SHOWN)?;
    }
    Ok(())
}

fn compile(args: &CompileArgs) -> Result<Outcome, Failure> {
    let bytes = toponorm::compile(&Gazetteer::from_path(&args.path)?)?;
    replace(&args.output, &bytes).map_err(|error| Failure::Input(args.output.display().to_string(), error))?;
    Ok(Outcome::Done)
}

/// Writes beside the file and renames, so that nobody ever opens half of it.
fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    std::fs::write(&beside, bytes).and_then(|()| std::fs::rename(&beside, path)).inspect_err(|_| {
        let _ = std::fs::remove_file(&beside);
    })
}
