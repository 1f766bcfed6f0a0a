//! `toponorm names`

use std::io::{self, Write};
use std::path::Path;

use toponorm::{Annotation, Document, NameUsage, NameUse, Normalizer, PolicyShare};

use super::documents::{Collector, Documents, complaints, say};
use super::{Failure, Outcome, note_conflicts};
use crate::args::{NamesArgs, NamesFormat};
use crate::config;
use crate::input::{Division, Text};

pub(crate) fn run(args: &NamesArgs, out: &mut impl Write) -> Result<Outcome, Failure> {
    let mut builder = config::normalizer(&args.document)?;
    let matcher = config::matcher(&args.gazetteer)?;
    if !args.document.quiet {
        note_conflicts(&matcher);
    }
    if let Some(filter) = config::filter(&args.filter, &matcher)? {
        builder = builder.filter(filter);
    }
    let mut usage = NameUsage::new(&matcher, args.document.as_of.as_deref())?;
    let normalizer = builder.build(matcher);
    let documents = Documents::new(&args.paths, (&args.files, &args.document), Division::Parts)?;
    let outcome =
        documents.process(Some(&args.sharing), move |path, text| named(&normalizer, path, &text), &mut usage)?;
    let mut uses = usage.uses();
    uses.retain(|used| used.contested || args.all);
    match args.format {
        NamesFormat::Text => text(out, &uses, &usage.shares())?,
        NamesFormat::Csv => csv(out, &uses)?,
        NamesFormat::Jsonl => jsonl(out, &uses, &usage.shares())?,
    }
    Ok(outcome)
}

/// What a text names, and what is to be said of records that could not be read.
pub(super) struct Named(Vec<Annotation>, Vec<String>);

fn named(normalizer: &Normalizer, path: &Path, Text { reading, part, .. }: &Text) -> Result<Named, Failure> {
    let fail = |error| Failure::Document(path.display().to_string(), error);
    let decoded = part.decode(reading.encoding).map_err(fail)?;
    let document = Document::read_part(&decoded, reading, &part.origin).map_err(fail)?;
    let annotations = document.passages().iter().flat_map(|passage| normalizer.annotate_passage(passage)).collect();
    Ok(Named(annotations, complaints(path, document.faults())))
}

impl Collector for NameUsage {
    type Found = Named;

    const COUNTED: &'static str = "mentions";

    fn count(Named(annotations, _): &Named) -> usize {
        annotations.len()
    }

    fn leaves_terminal(&self) -> bool {
        true
    }

    fn add(&mut self, _: &Path, Named(annotations, complaints): Named) -> Result<Outcome, Failure> {
        Self::add(self, &annotations);
        Ok(say(&complaints))
    }
}

fn text(out: &mut impl Write, uses: &[NameUse], shares: &[PolicyShare]) -> io::Result<()> {
    let width = uses.iter().map(|used| used.name.chars().count()).max().unwrap_or(0);
    let mut entry = "";
    for used in uses {
        if used.entry != entry {
            writeln!(out, "{} [{}]", used.canonical, used.entry)?;
            entry = &used.entry;
        }
        let policies = if used.policies.is_empty() { "no policy's".to_owned() } else { used.policies.join(", ") };
        let languages =
            if used.languages.is_empty() { String::new() } else { format!("; {}", used.languages.join(" ")) };
        writeln!(out, "  {:width$} {:6}  {policies}{languages}", used.name, used.count)?;
    }
    if uses.is_empty() {
        return writeln!(out, "no place that policies call differently");
    }
    writeln!(out)?;
    for PolicyShare { policy, count, of, .. } in shares {
        let percent = if *of == 0 { 0.0 } else { *count as f64 * 100.0 / *of as f64 };
        writeln!(out, "{policy}: {count} of {of} mentions ({percent:.0} %)")?;
    }
    Ok(())
}

fn csv(out: &mut impl Write, uses: &[NameUse]) -> io::Result<()> {
    writeln!(out, "entry,canonical,name,count,policies,languages")?;
    for used in uses {
        let (canonical, name) = (cell(&used.canonical), cell(&used.name));
        let (policies, languages) = (used.policies.join(";"), used.languages.join(";"));
        writeln!(out, "{},{canonical},{name},{},{},{languages}", used.entry, used.count, cell(&policies))?;
    }
    Ok(())
}

/// A cell of CSV, quoted where it must be.
fn cell(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

fn jsonl(out: &mut impl Write, uses: &[NameUse], shares: &[PolicyShare]) -> io::Result<()> {
    for used in uses {
        serde_json::to_writer(&mut *out, used)?;
        writeln!(out)?;
    }
    for share in shares {
        serde_json::to_writer(&mut *out, share)?;
        writeln!(out)?;
    }
    Ok(())
}
