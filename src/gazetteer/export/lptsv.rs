//! Linked Places TSV 0.5: a row a place, tabs between the fields, no quotes.
//!
//! A variant has a language and nothing else, so mistakes, and what counts only beside other places, are left out: whoever reads the file would
//! take them for names.

use std::io::{self, Write};

use super::linked_places::{Citation, UNSOURCED, aat_of, classes};
use super::{Export, Lost};
use crate::gazetteer::{Entry, EntryId, Spelling, SpellingKind};
use crate::lang::Lang;

/// The columns of the format that a gazetteer has something for, in the order of its description.
const COLUMNS: [&str; 20] = [
    "id",
    "title",
    "title_source",
    "fclasses",
    "aat_types",
    "attestation_year",
    "start",
    "title_uri",
    "ccodes",
    "matches",
    "variants",
    "types",
    "parent_name",
    "parent_id",
    "lon",
    "lat",
    "geo_source",
    "approximation",
    "end",
    "description",
];

impl Export<'_> {
    /// Linked Places TSV. Of places only; of several sources of a name the titles are joined.
    ///
    /// # Errors
    ///
    /// Whatever writing to `out` fails with.
    pub fn lptsv(&self, mut out: impl Write) -> io::Result<Lost> {
        let mut lost = Lost::default();
        self.count_guidance(&mut lost);
        writeln!(out, "{}", COLUMNS.join("\t"))?;
        for entry in self.entries() {
            if classes(entry.kind).is_empty() {
                lost.add(1, "people and organisations");
                continue;
            }
            let cells = cells(self, entry, &mut lost).map(|cell| without_breaks(&cell));
            writeln!(out, "{}", cells.join("\t"))?;
        }
        out.flush()?;
        Ok(lost)
    }
}

/// A cell that breaks no row and keeps its quotes.
fn without_breaks(cell: &str) -> String {
    let cell = cell.replace(['\t', '\n', '\r'], " ");
    // Whoever reads it takes quotes around a cell for those of a spreadsheet.
    let is_quoted = cell.len() > 1 && cell.starts_with('"') && cell.ends_with('"');
    if is_quoted { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

fn cells<'a>(export: &Export<'a>, entry: &'a Entry, lost: &mut Lost) -> [String; 20] {
    let citations = export.citations(export.title_source(entry));
    let citation = joined(&citations);
    let within = export.reference(entry.within.as_ref(), lost);
    let parent = within.and_then(|id| export.gazetteer.entry(id.as_str()));
    let text = |number: Option<f64>| number.map_or(String::new(), |number| number.to_string());
    count_lost(export, entry, lost);
    [
        entry.id.to_string(),
        entry.canonical.clone(),
        citation.label,
        classes(entry.kind).join(";"),
        aat_of(entry.kind).map_or(String::new(), |number| number.to_string()),
        citation.year.unwrap_or_else(|| export.year.to_string()),
        entry.period.since.clone(),
        citation.url,
        entry.country.clone(),
        matches(entry),
        variants(entry, lost),
        entry.kind.to_string(),
        parent.map_or(String::new(), |parent| parent.canonical.clone()),
        within.map_or(String::new(), |id: &EntryId| format!("#{id}")),
        text(entry.point.map(|point| point.longitude)),
        text(entry.point.map(|point| point.latitude)),
        entry.point.map_or(String::new(), |_| joined(&export.citations(&entry.source)).label),
        text(entry.precision_km),
        entry.period.until.clone(),
        entry.note.clone(),
    ]
}

/// Several citations as the one that the format has room for.
struct Joined {
    label: String,
    year: Option<String>,
    url: String,
}

fn joined(citations: &[Citation<'_>]) -> Joined {
    let unsourced = [Citation { label: UNSOURCED, url: "", year: None }];
    let citations = if citations.is_empty() { &unsourced } else { citations };
    let labels: Vec<&str> = citations.iter().map(|citation| citation.label).collect();
    let year = citations.iter().filter_map(|citation| citation.year).max();
    Joined { label: labels.join("; "), year: year.map(|year| year.to_string()), url: citations[0].url.to_owned() }
}

fn matches(entry: &Entry) -> String {
    let geonames = entry.geonames.map(|number| format!("gn:{number}"));
    let wikidata = (!entry.wikidata.is_empty()).then(|| format!("wd:{}", entry.wikidata));
    geonames.into_iter().chain(wikidata).collect::<Vec<_>>().join(";")
}

fn variants(entry: &Entry, lost: &mut Lost) -> String {
    let spellings = entry.names.iter().flat_map(|name| &name.spellings);
    let spellings = spellings.filter(|spelling| spelling.kind != SpellingKind::Canonical);
    let (kept, left): (Vec<&Spelling>, Vec<&Spelling>) = spellings.partition(|spelling| is_variant(spelling));
    lost.add(left.len(), "spellings that would be taken for names: mistakes, demonyms, those that need another entry");
    let mut variants: Vec<(Lang, &str)> = kept.iter().map(|spelling| (spelling.lang, spelling.text.as_str())).collect();
    variants.sort_unstable();
    variants.dedup();
    let variant = |&(lang, text): &(Lang, &str)| match lang {
        Lang::UNDETERMINED => text.to_owned(),
        lang => format!("{text}@{lang}"),
    };
    variants.iter().map(variant).collect::<Vec<_>>().join(";")
}

fn is_variant(spelling: &Spelling) -> bool {
    let is_name = !matches!(
        spelling.kind,
        SpellingKind::Misspelling | SpellingKind::Mistranslation | SpellingKind::Demonym | SpellingKind::Abbreviation
    );
    is_name && spelling.needs.is_empty() && !spelling.text.contains([';', '@'])
}

fn count_lost(export: &Export<'_>, entry: &Entry, lost: &mut Lost) {
    lost.count(export.is_newsworthy(&entry.id), "marks of places that news names");
    lost.count(entry.disputed.is_some(), "disputed areas that entries lie in");
    lost.count(entry.population.is_some(), "populations");
    lost.add(entry.names.len().saturating_sub(1), "second names of an entry, as names of their own");
}
