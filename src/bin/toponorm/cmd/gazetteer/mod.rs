//! `toponorm gazetteer check`, `stats`, `compile` and `verify`; the others have files of their own

mod diff;
mod export;
mod import;
mod merge;
mod suggest;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use toponorm::{Checker, Gazetteer, Lang, Matcher, Newsworthy, Position, Problem, Severity, Share, Stats};

use super::{Failure, Outcome, complain};
use crate::args::{CheckArgs, CompileArgs, Format, GazetteerArgs, GazetteerCommand, StatsArgs, VerifyArgs};
use crate::config;

pub(crate) fn run(args: &GazetteerArgs, out: &mut impl Write) -> Result<Outcome, Failure> {
    match &args.command {
        GazetteerCommand::Check(args) => check(args, out),
        GazetteerCommand::Stats(args) => stats(args, out),
        GazetteerCommand::Compile(args) => compile(args),
        GazetteerCommand::Verify(args) => verify(args, out),
        GazetteerCommand::Import(args) => import::run(args),
        GazetteerCommand::Diff(args) => diff::run(args, out),
        GazetteerCommand::Export(args) => export::run(args, out),
        GazetteerCommand::Merge(args) => merge::run(args, out),
        GazetteerCommand::Suggest(args) => suggest::run(args, out),
    }
}

fn check(args: &CheckArgs, out: &mut impl Write) -> Result<Outcome, Failure> {
    let checker = if args.all { Checker::new().limit(usize::MAX) } else { Checker::new() };
    let checker = match config::below(&args.layer)? {
        Some(below) => checker.over(below),
        None => checker,
    };
    let (mut errors, mut warnings) = (0, 0);
    for path in &args.paths {
        let rewritten = if args.fix { Gazetteer::format(path)? } else { Vec::new() };
        for file in rewritten {
            if matches!(args.format, Format::Text) {
                writeln!(out, "{file}: rewritten in canonical form")?;
            }
        }
        for problem in checker.check(path)? {
            match problem.severity {
                Severity::Error => errors += problem.count,
                Severity::Warning => warnings += problem.count,
            }
            match args.format {
                Format::Text => writeln!(out, "{problem}")?,
                Format::Jsonl => write_json(&ProblemLine::from(&problem), out)?,
            }
        }
    }
    if matches!(args.format, Format::Text) {
        writeln!(out, "{}, {}", counted(errors, "error"), counted(warnings, "warning"))?;
    }
    Ok(if errors == 0 { Outcome::Done } else { Outcome::Found })
}

/// A problem as a line of JSON.
#[derive(serde::Serialize)]
struct ProblemLine<'p> {
    file: Option<&'p str>,
    row: Option<u64>,
    column: Option<&'p str>,
    byte: Option<u64>,
    severity: &'static str,
    message: &'p str,
    help: &'p str,
    count: usize,
}

impl<'p> From<&'p Problem> for ProblemLine<'p> {
    fn from(problem: &'p Problem) -> Self {
        let Position { file, row, column, byte } = &problem.position;
        Self {
            file: file.as_deref(),
            row: *row,
            column: column.as_deref(),
            byte: *byte,
            severity: problem.severity.as_str(),
            message: &problem.message,
            help: &problem.help,
            count: problem.count,
        }
    }
}

fn write_json(value: &impl serde::Serialize, out: &mut impl Write) -> std::io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    writeln!(out)
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

fn stats(args: &StatsArgs, out: &mut impl Write) -> Result<Outcome, Failure> {
    let gazetteer = config::gazetteer(&args.gazetteer)?;
    if let Some(tag) = &args.missing {
        return print_missing(&gazetteer, tag.parse()?, args.format, out);
    }
    let stats = gazetteer.stats();
    match args.format {
        Format::Jsonl => write_json(&stats, out)?,
        Format::Text => print(&stats, out)?,
    }
    Ok(Outcome::Done)
}

fn print_missing(gazetteer: &Gazetteer, lang: Lang, format: Format, out: &mut impl Write) -> Result<Outcome, Failure> {
    let missing = gazetteer.newsworthy_without(lang);
    for entry in &missing {
        match format {
            Format::Text => writeln!(out, "{}\t{}\t{}", entry.id, entry.canonical, entry.country)?,
            Format::Jsonl => {
                let line = serde_json::json!({
                    "id": entry.id.as_str(), "name": entry.canonical, "country": entry.country, "lang": lang.as_str(),
                });
                write_json(&line, out)?;
            }
        }
    }
    if matches!(format, Format::Text) {
        let count = missing.len();
        writeln!(out, "{count} of {} places have no name in {lang}", gazetteer.newsworthy().len())?;
    }
    Ok(Outcome::Done)
}

fn print(stats: &Stats, out: &mut impl Write) -> std::io::Result<()> {
    writeln!(out, "{:>8}  entries, {} with coordinates", stats.entries, stats.located)?;
    writeln!(out, "{:>8}  names", stats.names)?;
    writeln!(out, "{:>8}  spellings", stats.spellings)?;
    writeln!(out, "{:>8}  suppressed phrases", stats.suppressed)?;
    let share = percent(stats.editorial, stats.rows);
    writeln!(out, "{share:>8}  of entries and spellings rest on an editor's knowledge alone")?;
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
    print_shares("Without a document, by folder", &stats.editorial_by_folder, out)?;
    print_shares("Without a document, by kind of entry", &stats.editorial_by_kind, out)?;
    print_newsworthy(stats, out)
}

/// What share of the rows of each label rests on an editor's knowledge.
fn print_shares(heading: &str, shares: &BTreeMap<String, Share>, out: &mut impl Write) -> std::io::Result<()> {
    if shares.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{heading}")?;
    for (label, share) in shares {
        writeln!(out, "{:>8}  {label}, {} of {}", percent(share.editorial, share.rows), share.editorial, share.rows)?;
    }
    Ok(())
}

/// For how many of the places that news names each side's name is known, country by country.
fn print_newsworthy(stats: &Stats, out: &mut impl Write) -> std::io::Result<()> {
    const SHOWN: usize = 5;
    const LANGS: usize = 8;
    let mut countries: Vec<(&String, &Newsworthy)> = stats.newsworthy.iter().collect();
    countries.sort_by(|a, b| b.1.places.cmp(&a.1.places).then(a.0.cmp(b.0)));
    if countries.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nPlaces that news names, and in which languages their names are known")?;
    for (country, count) in countries.iter().take(SHOWN) {
        let mut langs: Vec<(&String, &usize)> = count.by_lang.iter().collect();
        langs.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
        let known = |(lang, &named): (&String, &usize)| format!("{lang} {}", percent(named, count.places));
        let known: Vec<String> = langs.into_iter().take(LANGS).map(known).collect();
        writeln!(out, "{:>8}  {country}: {}", count.places, known.join(", "))?;
    }
    if countries.len() > SHOWN {
        let rest: usize = countries[SHOWN..].iter().map(|(_, count)| count.places).sum();
        writeln!(out, "{rest:>8}  in {} others", countries.len() - SHOWN)?;
    }
    Ok(())
}

fn percent(part: usize, whole: usize) -> String {
    format!("{:.1}%", 100.0 * part as f64 / whole.max(1) as f64)
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
    if args.output.extension().is_none_or(|extension| extension != "topo") {
        return Err(Failure::Usage("a compiled gazetteer is known by its name: let --output end with `.topo`"));
    }
    let bytes = match config::below(&args.layer)? {
        None => toponorm::compile(Gazetteer::from_path(&args.path)?)?,
        Some(below) => {
            let (bytes, conflicts) = toponorm::compile_layer(&below, &args.path)?;
            conflicts.iter().for_each(|conflict| complain(&conflict.to_string()));
            bytes
        }
    };
    replace(&args.output, &bytes).map_err(|error| Failure::Input(args.output.display().to_string(), error))?;
    // A layer is used over others, and has no threshold of its own.
    if args.layer.over.is_empty() {
        note_threshold(&args.output)?;
    }
    Ok(Outcome::Done)
}

fn verify(args: &VerifyArgs, out: &mut impl Write) -> Result<Outcome, Failure> {
    let mut outcome = Outcome::Done;
    for path in &args.paths {
        match toponorm::verify(path) {
            Ok(()) => writeln!(out, "{}: whole", path.display())?,
            Err(error) => {
                complain(&format!("error: {error}"));
                outcome = Outcome::Failed;
            }
        }
    }
    Ok(outcome)
}

/// Says how many names that the compiled gazetteer lacks `lookup` will believe.
fn note_threshold(path: &Path) -> Result<(), Failure> {
    if let Some(fit) = Matcher::open(path)?.threshold().fit {
        let (negatives, believed) = (fit.negatives, 100.0 * fit.believed);
        complain(&format!(
            "{}: of names that it lacks, `lookup` will believe some {believed:.2} % (fitted on {negatives} names)",
            path.display()
        ));
    }
    Ok(())
}

/// Writes beside the file and renames, so that nobody ever opens half of it.
fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    std::fs::write(&beside, bytes).and_then(|()| std::fs::rename(&beside, path)).inspect_err(|_| {
        let _ = std::fs::remove_file(&beside);
    })
}
