//! Linked Places Format 1.3: GeoJSON with JSON-LD, in which historians share gazetteers.
//!
//! A Feature has what the format demands (`@id`, title, classes, names with a citation, a date) and what it offers: types, links to GeoNames
//! and Wikidata, relations, dates of names. What it has no word for (which name a spelling belongs to, whether it is a mistake, what it needs) stands
//! in members called `toponorm`, which other readers pass over and our import understands; leaving it out was rejected, since a mistake would
//! come back as a name.

use std::io::{self, Write};

use serde::Serialize;

use super::geojson::{Geometry, SourceFields};
use super::linked_places::{Citation, aat_of, classes};
use super::{Export, Lost};
use crate::gazetteer::{Entry, EntryId, Name, Period, Spelling};
use crate::lang::Lang;

/// The document that explains the format's words.
const CONTEXT: &str =
    "https://raw.githubusercontent.com/LinkedPasts/linked-places/master/linkedplaces-context-v1.1.jsonld";

impl Export<'_> {
    /// Linked Places Format: a `FeatureCollection` with `@context`, every Feature on a line of its own. Of places only.
    ///
    /// # Errors
    ///
    /// Whatever writing to `out` fails with.
    pub fn lpf(&self, mut out: impl Write) -> io::Result<Lost> {
        let mut lost = Lost::default();
        self.count_guidance(&mut lost);
        write!(out, "{{\"type\":\"FeatureCollection\",\"@context\":\"{CONTEXT}\",\"toponorm\":")?;
        serde_json::to_writer(&mut out, &Collection { sources: self.sources() })?;
        out.write_all(b",\"features\":[")?;
        let mut separator: &[u8] = b"\n";
        for entry in self.entries() {
            if classes(entry.kind).is_empty() {
                lost.add(1, "people and organisations");
                continue;
            }
            out.write_all(separator)?;
            separator = b",\n";
            serde_json::to_writer(&mut out, &feature(self, entry, &mut lost))?;
        }
        out.write_all(b"\n]}\n")?;
        out.flush()?;
        Ok(lost)
    }
}

#[derive(Serialize)]
struct Collection<'a> {
    sources: Vec<SourceFields<'a>>,
}

#[derive(Serialize)]
struct Feature<'a> {
    #[serde(rename = "@id")]
    id: String,
    r#type: &'static str,
    properties: Properties<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<When<'a>>,
    names: Vec<Toponym<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    types: Vec<Type>,
    geometry: Option<Geometry>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    links: Vec<Link>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    relations: Vec<Relation>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    descriptions: Vec<Description<'a>>,
}

#[derive(Serialize)]
struct Properties<'a> {
    title: &'a str,
    fclasses: &'static [&'static str],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    ccodes: Vec<&'a str>,
    toponorm: EntryExtra<'a>,
}

/// What the format has no word for.
#[derive(Serialize)]
struct EntryExtra<'a> {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    precision_km: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    disputed: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    population: Option<u64>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    source: &'a [String],
}

#[derive(Serialize)]
struct Toponym<'a> {
    toponym: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    lang: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    citations: Vec<CitationFields<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<When<'a>>,
    toponorm: SpellingExtra<'a>,
}

/// What the format has no word for.
#[derive(Serialize)]
struct SpellingExtra<'a> {
    name: &'a str,
    kind: &'static str,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    preferred: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    rewrite: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    needs: Vec<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    source: &'a [String],
    #[serde(skip_serializing_if = "str::is_empty")]
    note: &'a str,
}

#[derive(Serialize)]
struct CitationFields<'a> {
    label: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    year: Option<i32>,
    #[serde(rename = "@id", skip_serializing_if = "str::is_empty")]
    id: &'a str,
}

impl<'a> From<Citation<'a>> for CitationFields<'a> {
    fn from(Citation { label, url, year }: Citation<'a>) -> Self {
        Self { label, year, id: url }
    }
}

#[derive(Serialize)]
struct When<'a> {
    timespans: [Timespan<'a>; 1],
}

#[derive(Serialize)]
struct Timespan<'a> {
    start: Moment<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<Moment<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Moment<'a> {
    In(&'a str),
    Latest(&'a str),
}

impl<'a> When<'a> {
    /// A span needs a start: where only the end is known, it began then at the latest.
    fn of(period: &'a Period) -> Option<Self> {
        let (since, until) = (period.since.as_str(), period.until.as_str());
        let (start, end) = match (since.is_empty(), until.is_empty()) {
            (true, true) => return None,
            (true, false) => (Moment::Latest(until), Some(Moment::In(until))),
            (false, true) => (Moment::In(since), None),
            (false, false) => (Moment::In(since), Some(Moment::In(until))),
        };
        Some(Self { timespans: [Timespan { start, end }] })
    }
}

#[derive(Serialize)]
struct Type {
    #[serde(skip_serializing_if = "Option::is_none")]
    identifier: Option<String>,
    label: &'static str,
    #[serde(rename = "sourceLabels")]
    source_labels: [SourceLabel; 1],
}

#[derive(Serialize)]
struct SourceLabel {
    label: &'static str,
    lang: &'static str,
}

#[derive(Serialize)]
struct Link {
    r#type: &'static str,
    identifier: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Relation {
    relation_type: &'static str,
    relation_to: String,
    label: String,
}

#[derive(Serialize)]
struct Description<'a> {
    value: &'a str,
    lang: &'static str,
}

fn feature<'a>(export: &Export<'a>, entry: &'a Entry, lost: &mut Lost) -> Feature<'a> {
    let kind = entry.kind.as_str();
    lost.count(export.is_newsworthy(&entry.id), "marks of places that news names");
    let extra = EntryExtra {
        kind,
        precision_km: entry.precision_km,
        disputed: export.reference(entry.disputed.as_ref(), lost).map(EntryId::as_str),
        population: entry.population,
        source: &entry.source,
    };
    let country = (!entry.country.is_empty()).then_some(entry.country.as_str());
    let mut names = names(export, entry, lost);
    let when = When::of(&entry.period);
    make_citable(export, entry, &mut names, when.is_some());
    let aat = aat_of(entry.kind).map(|number| format!("aat:{number}"));
    Feature {
        id: export.address(&entry.id),
        r#type: "Feature",
        properties: Properties {
            title: &entry.canonical,
            fclasses: classes(entry.kind),
            ccodes: country.into_iter().collect(),
            toponorm: extra,
        },
        when,
        names,
        types: vec![Type { identifier: aat, label: kind, source_labels: [SourceLabel { label: kind, lang: "en" }] }],
        geometry: Geometry::of(entry),
        links: links(entry),
        relations: export.reference(entry.within.as_ref(), lost).map(|id| relation(export, id)).into_iter().collect(),
        descriptions: (!entry.note.is_empty())
            .then_some(Description { value: &entry.note, lang: "en" })
            .into_iter()
            .collect(),
    }
}

fn names<'a>(export: &Export<'a>, entry: &'a Entry, lost: &mut Lost) -> Vec<Toponym<'a>> {
    let mut names = Vec::new();
    for name in &entry.names {
        for spelling in &name.spellings {
            match export.needs(spelling) {
                Some(needs) => names.push(toponym(export, name, spelling, needs)),
                None => lost.add(1, "spellings that count only beside entries that are left out"),
            }
        }
    }
    // The canonical spelling first: the format wants a citation at the first name.
    names.sort_by_key(|name| {
        let extra = &name.toponorm;
        (extra.kind != "canonical", extra.name, name.lang, name.toponym, extra.kind)
    });
    names
}

fn toponym<'a>(export: &Export<'a>, name: &'a Name, spelling: &'a Spelling, needs: Vec<&'a str>) -> Toponym<'a> {
    let extra = SpellingExtra {
        name: &name.text,
        kind: spelling.kind.as_str(),
        preferred: spelling.preferred,
        rewrite: spelling.rewrite.map(|rewrite| rewrite.as_str()),
        needs,
        source: &spelling.source,
        note: &spelling.note,
    };
    Toponym {
        toponym: &spelling.text,
        lang: (spelling.lang != Lang::UNDETERMINED).then_some(spelling.lang.as_str()),
        citations: export.citations(&spelling.source).into_iter().map(CitationFields::from).collect(),
        when: When::of(&spelling.period),
        toponorm: extra,
    }
}

/// Sees that a name has a citation, and that there is a date somewhere: the format demands both.
fn make_citable<'a>(export: &Export<'a>, entry: &'a Entry, names: &mut [Toponym<'a>], is_dated: bool) {
    let has_citation = names.iter().any(|name| !name.citations.is_empty());
    let Some(first) = names.first_mut() else { return };
    if !has_citation {
        let own = export.citations(&entry.source).into_iter().map(CitationFields::from);
        first.citations = own.collect();
        if first.citations.is_empty() {
            first.citations.push(Citation::unsourced(export.year).into());
        }
    }
    let mut citations = names.iter_mut().flat_map(|name| &mut name.citations);
    if !is_dated && citations.all(|citation| citation.year.is_none()) {
        let mut citations = names.iter_mut().flat_map(|name| &mut name.citations);
        if let Some(citation) = citations.next() {
            citation.year = Some(export.year.into());
        }
    }
}

fn links(entry: &Entry) -> Vec<Link> {
    let geonames = entry.geonames.map(|number| format!("gn:{number}"));
    let wikidata = (!entry.wikidata.is_empty()).then(|| format!("wd:{}", entry.wikidata));
    let identifiers = geonames.into_iter().chain(wikidata);
    identifiers.map(|identifier| Link { r#type: "closeMatch", identifier }).collect()
}

fn relation(export: &Export<'_>, id: &EntryId) -> Relation {
    let name = export.gazetteer.entry(id.as_str()).map_or(id.as_str(), |entry| &entry.canonical);
    Relation {
        relation_type: "gvp:broaderPartitive",
        relation_to: export.address(id),
        label: format!("part of {name}"),
    }
}
