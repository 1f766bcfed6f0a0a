//! brat standoff: the `.ann` file beside a document's text.
//!
//! A mention is a text-bound annotation, its entry a normalisation (`N`), what is to be written and what it may be instead a note. brat shows a
//! text line by line, so a mention over a line break is one annotation in two fragments. Offsets are code points of the text, which is
//! why that text has to be written beside: see [`Brat::TYPES`] and the command's `--output`.

use std::io::{self, Write};

use super::printable::printable;
use super::{Report, Reported};
use crate::document::Annotation;
use crate::resolve::Status;
use crate::span::{OffsetUnit, Offsets};

/// The annotations of one document. Several are several files: begin anew for each.
#[derive(Clone, Copy, Debug, Default)]
pub struct Brat {}

impl Brat {
    /// `annotation.conf` of a folder of such files.
    pub const TYPES: &str =
        "[entities]\nPlace\nPerson\nOrganisation\nDemonym\nName\n\n[relations]\n\n[events]\n\n[attributes]\n";
    /// `tools.conf` of a folder of such files: where to look numbers up.
    pub const TOOLS: &str = "[normalization]\ntoponorm\t<URL>:https://github.com/toponorm/toponorm\nWikidata\t<URL>:https://www.wikidata.org/, <URLBASE>:https://www.wikidata.org/wiki/%s\n\
        GeoNames\t<URL>:https://www.geonames.org/, <URLBASE>:https://www.geonames.org/%s\n";
}

impl Report for Brat {
    fn document(&mut self, out: &mut dyn Write, document: &Reported<'_>) -> io::Result<()> {
        let mut offsets = Offsets::new(document.text, OffsetUnit::Char);
        let (mut normalisations, mut notes) = (1.., 1..);
        for (number, (_, annotation)) in (1..).zip(document.standing()) {
            let fragments = fragments(annotation);
            let spans: Vec<String> = fragments
                .iter()
                .map(|&(start, text)| format!("{} {}", offsets.convert(start), offsets.convert(start + text.len())))
                .collect();
            let text = fragments.iter().map(|(_, text)| printable(text)).collect::<Vec<_>>().join(" ");
            writeln!(out, "T{number}\t{} {}\t{text}", entity_type(annotation), spans.join(";"))?;
            for (base, reference) in references(annotation) {
                let at = normalisations.next().unwrap_or_default();
                let name = printable(annotation.canonical.as_deref().unwrap_or_default());
                writeln!(out, "N{at}\tReference T{number} {base}:{reference}\t{name}")?;
            }
            if let Some(note) = note(annotation) {
                writeln!(out, "#{}\tAnnotatorNotes T{number}\t{note}", notes.next().unwrap_or_default())?;
            }
        }
        Ok(())
    }
}

/// The stretches of a mention on single lines: where each begins, and its text.
fn fragments(annotation: &Annotation) -> Vec<(usize, &str)> {
    let mut fragments = Vec::new();
    let mut start = annotation.span.start;
    for line in annotation.text.split_inclusive(['\n', '\r']) {
        let text = line.trim();
        if !text.is_empty() {
            fragments.push((start + line.len() - line.trim_start().len(), text));
        }
        start += line.len();
    }
    fragments
}

fn entity_type(annotation: &Annotation) -> &'static str {
    match (annotation.kind, annotation.label) {
        ("demonym", _) => "Demonym",
        (_, "place") => "Place",
        (_, "person") => "Person",
        (_, "organisation") => "Organisation",
        _ => "Name",
    }
}

fn references(annotation: &Annotation) -> Vec<(&'static str, String)> {
    let own = annotation.id.clone().map(|id| ("toponorm", id));
    let wikidata = annotation.wikidata.clone().map(|number| ("Wikidata", number));
    let geonames = annotation.geonames.map(|number| ("GeoNames", number.to_string()));
    own.into_iter().chain(wikidata).chain(geonames).collect()
}

fn note(annotation: &Annotation) -> Option<String> {
    let candidates = || annotation.candidates.iter().map(|candidate| candidate.id.as_str()).collect::<Vec<_>>();
    match (annotation.status, &annotation.replacement) {
        (Status::Ambiguous, _) => Some(format!("ambiguous: {}", candidates().join(" or "))),
        (Status::Unknown, _) => Some("unknown".to_owned()),
        (_, Some(replacement)) => Some(format!("→ {}", printable(replacement))),
        _ => None,
    }
}
