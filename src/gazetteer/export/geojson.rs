//! GeoJSON (RFC 7946): a Feature an entry, for maps and geographic information systems.
//!
//! Properties bear the names of our CSV headings, spellings are a list of objects; blank cells are left out. An entry without a
//! point has the geometry `null` (section 3.2), not a point in the Gulf of Guinea. What the sources are stands beside the features (section 6.1 allows it).

use std::io::{self, Write};

use serde::Serialize;

use super::{Export, Lost};
use crate::gazetteer::{Entry, EntryId, Office, Spelling};

impl Export<'_> {
    /// GeoJSON: a `FeatureCollection` in which every Feature stands on a line of its own.
    ///
    /// # Errors
    ///
    /// Whatever writing to `out` fails with.
    pub fn geojson(&self, mut out: impl Write) -> io::Result<Lost> {
        let mut lost = Lost::default();
        self.count_guidance(&mut lost);
        out.write_all(b"{\"type\":\"FeatureCollection\",\"sources\":")?;
        serde_json::to_writer(&mut out, &self.sources())?;
        out.write_all(b",\"features\":[")?;
        for (at, entry) in self.entries().into_iter().enumerate() {
            out.write_all(if at == 0 { b"\n" } else { b",\n" })?;
            serde_json::to_writer(&mut out, &feature(self, entry, &mut lost))?;
        }
        out.write_all(b"\n]}\n")?;
        out.flush()?;
        Ok(lost)
    }

    /// The sources as JSON.
    pub(super) fn sources(&self) -> Vec<SourceFields<'_>> {
        let sources = self.gazetteer.sources().iter();
        let fields = sources.map(|source| SourceFields {
            key: &source.key,
            title: &source.title,
            url: &source.url,
            licence: &source.licence,
            accessed: &source.accessed,
        });
        fields.collect()
    }
}

#[derive(Serialize)]
pub(super) struct SourceFields<'a> {
    key: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    url: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    licence: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    accessed: &'a str,
}

#[derive(Serialize)]
struct Feature<'a> {
    r#type: &'static str,
    id: &'a str,
    geometry: Option<Geometry>,
    properties: Properties<'a>,
}

/// A point.
#[derive(Serialize)]
pub(super) struct Geometry {
    r#type: &'static str,
    coordinates: [f64; 2],
}

impl Geometry {
    pub(super) fn of(entry: &Entry) -> Option<Self> {
        entry.point.map(|point| Self { r#type: "Point", coordinates: [point.longitude, point.latitude] })
    }
}

#[derive(Serialize)]
struct Properties<'a> {
    id: &'a str,
    kind: &'static str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    precision_km: Option<f64>,
    #[serde(skip_serializing_if = "str::is_empty")]
    country: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    disputed: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    within: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    population: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    geonames: Option<u64>,
    #[serde(skip_serializing_if = "str::is_empty")]
    wikidata: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    since: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    until: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    source: &'a [String],
    #[serde(skip_serializing_if = "str::is_empty")]
    note: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    newsworthy: Option<&'a str>,
    names: Vec<SpellingFields<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    given: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    family: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    offices: Vec<OfficeFields<'a>>,
}

#[derive(Serialize)]
struct SpellingFields<'a> {
    name: &'a str,
    spelling: &'a str,
    lang: &'a str,
    kind: &'static str,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    preferred: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    rewrite: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    needs: Vec<&'a str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    since: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    until: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    source: &'a [String],
    #[serde(skip_serializing_if = "str::is_empty")]
    note: &'a str,
}

#[derive(Serialize)]
struct OfficeFields<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    title: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    office: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    since: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    until: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    source: &'a [String],
}

fn feature<'a>(export: &Export<'a>, entry: &'a Entry, lost: &mut Lost) -> Feature<'a> {
    let person = entry.person.as_ref();
    let properties = Properties {
        id: entry.id.as_str(),
        kind: entry.kind.as_str(),
        name: &entry.canonical,
        precision_km: entry.precision_km,
        country: &entry.country,
        disputed: export.reference(entry.disputed.as_ref(), lost).map(EntryId::as_str),
        within: export.reference(entry.within.as_ref(), lost).map(EntryId::as_str),
        population: entry.population,
        geonames: entry.geonames,
        wikidata: &entry.wikidata,
        since: &entry.period.since,
        until: &entry.period.until,
        source: &entry.source,
        note: &entry.note,
        newsworthy: export.newsworthy_source(&entry.id),
        names: spellings(export, entry, lost),
        given: person.map(|person| person.given.as_str()),
        family: person.map(|person| person.family.as_str()),
        offices: person.iter().flat_map(|person| &person.offices).map(office).collect(),
    };
    Feature { r#type: "Feature", id: entry.id.as_str(), geometry: Geometry::of(entry), properties }
}

impl<'g> Export<'g> {
    /// Who says that news names the entry; `None` if nobody does.
    pub(super) fn newsworthy_source(&self, id: &EntryId) -> Option<&'g str> {
        let at = self.gazetteer.newsworthy().binary_search(id).ok()?;
        self.gazetteer.linked.guidance.newsworthy_sources.get(at).map(String::as_str)
    }

    pub(super) fn is_newsworthy(&self, id: &EntryId) -> bool {
        self.newsworthy_source(id).is_some()
    }
}

fn spellings<'a>(export: &Export<'_>, entry: &'a Entry, lost: &mut Lost) -> Vec<SpellingFields<'a>> {
    let mut fields = Vec::new();
    for name in &entry.names {
        for spelling in &name.spellings {
            match export.needs(spelling) {
                Some(needs) => fields.push(spelling_fields(&name.text, spelling, needs)),
                None => lost.add(1, "spellings that count only beside entries that are left out"),
            }
        }
    }
    fields.sort_by_key(|fields| (fields.name, fields.lang, fields.spelling, fields.kind));
    fields
}

fn spelling_fields<'a>(name: &'a str, spelling: &'a Spelling, needs: Vec<&'a str>) -> SpellingFields<'a> {
    SpellingFields {
        name,
        spelling: &spelling.text,
        lang: spelling.lang.as_str(),
        kind: spelling.kind.as_str(),
        preferred: spelling.preferred,
        rewrite: spelling.rewrite.map(|rewrite| rewrite.as_str()),
        needs,
        since: &spelling.period.since,
        until: &spelling.period.until,
        source: &spelling.source,
        note: &spelling.note,
    }
}

fn office(office: &Office) -> OfficeFields<'_> {
    OfficeFields {
        title: &office.title,
        office: &office.office,
        since: &office.period.since,
        until: &office.period.until,
        source: &office.source,
    }
}
