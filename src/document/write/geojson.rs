//! GeoJSON (RFC 7946), for maps: a Feature an entry with all its mentions, or a Feature a mention.
//!
//! Positions are longitude, latitude. What has no point (a person, an ambiguous name) has the geometry `null` (section 3.2). By entries only
//! what is resolved can be told; how much else there is, is counted. Entries wait for the last document, mentions are written as they come.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::{Place, Report, Reported};
use crate::document::Annotation;
use crate::matcher::Method;
use crate::resolve::Status;
use crate::span::{OffsetUnit, Offsets};

/// What a Feature of [`GeoJson`] stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Features {
    /// An entry, with its mentions among the properties.
    #[default]
    Entries,
    /// A mention.
    Mentions,
}

/// One `FeatureCollection` of all documents, a Feature a line.
#[derive(Debug)]
pub struct GeoJson {
    features: Features,
    unit: OffsetUnit,
    entries: BTreeMap<String, Entry>,
    written: usize,
    left_out: usize,
}

/// An entry and where it is mentioned.
#[derive(Debug)]
struct Entry {
    annotation: Annotation,
    /// Each as JSON already: that takes less memory.
    mentions: Vec<String>,
    surfaces: BTreeMap<String, usize>,
}

impl GeoJson {
    /// A collection of such Features, with offsets counted in `unit`.
    pub fn new(features: Features, unit: OffsetUnit) -> Self {
        Self { features, unit, entries: BTreeMap::new(), written: 0, left_out: 0 }
    }

    fn write(&mut self, out: &mut dyn Write, feature: &Feature<impl Serialize>) -> io::Result<()> {
        out.write_all(if self.written == 0 { b"\n" } else { b",\n" })?;
        self.written += 1;
        Ok(serde_json::to_writer(out, feature)?)
    }

    fn keep(&mut self, mention: Mention<'_>, annotation: &Annotation) -> io::Result<()> {
        let Some(id) = &annotation.id else {
            self.left_out += 1;
            return Ok(());
        };
        let new = || Entry { annotation: annotation.clone(), mentions: Vec::new(), surfaces: BTreeMap::new() };
        let entry = self.entries.entry(id.clone()).or_insert_with(new);
        entry.mentions.push(serde_json::to_string(&mention)?);
        *entry.surfaces.entry(annotation.text.clone()).or_default() += 1;
        Ok(())
    }
}

impl Report for GeoJson {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        write!(out, "{{\"type\":\"FeatureCollection\",\"offset_unit\":\"{}\",\"features\":[", self.unit.as_str())
    }

    fn document(&mut self, out: &mut dyn Write, document: &Reported<'_>) -> io::Result<()> {
        let mut offsets = Offsets::new(document.counted, self.unit);
        for (span, annotation) in document.standing() {
            let mention = Mention {
                place: Place::of(document.source),
                start: offsets.convert(span.start),
                end: offsets.convert(span.end),
                text: &annotation.text,
                name: annotation.name.as_deref(),
                score: annotation.score,
                probability: annotation.probability,
                status: annotation.status,
                method: annotation.method,
                replacement: annotation.replacement.as_deref(),
            };
            match self.features {
                Features::Entries => self.keep(mention, annotation)?,
                Features::Mentions => {
                    let properties = OfMention { entry: Subject::of(annotation), mention };
                    self.write(out, &Feature::new(None, annotation, properties))?;
                }
            }
        }
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        for (id, Entry { annotation, mentions, surfaces }) in std::mem::take(&mut self.entries) {
            let raw = |mention: String| serde_json::value::RawValue::from_string(mention);
            let properties = OfEntry {
                entry: Subject::of(&annotation),
                count: mentions.len(),
                surfaces: &surfaces,
                mentions: mentions.into_iter().map(raw).collect::<Result<_, _>>()?,
            };
            self.write(out, &Feature::new(Some(&id), &annotation, properties))?;
        }
        out.write_all(b"\n]}\n")
    }

    fn left_out(&self) -> Option<String> {
        (self.left_out > 0).then(|| {
            let mentions = if self.left_out == 1 { "mention belongs" } else { "mentions belong" };
            format!(
                "{} {mentions} to no entry for sure and are in no Feature; `--features mentions` has them",
                self.left_out
            )
        })
    }
}

#[derive(Serialize)]
struct Feature<'a, P> {
    r#type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    geometry: Option<Geometry>,
    properties: P,
}

impl<'a, P> Feature<'a, P> {
    fn new(id: Option<&'a str>, annotation: &Annotation, properties: P) -> Self {
        Self { r#type: "Feature", id, geometry: Geometry::of(annotation), properties }
    }
}

/// A point.
#[derive(Serialize)]
pub(super) struct Geometry {
    r#type: &'static str,
    coordinates: [f64; 2],
}

impl Geometry {
    pub(super) fn of(annotation: &Annotation) -> Option<Self> {
        let (lon, lat) = annotation.lon.zip(annotation.lat)?;
        Some(Self { r#type: "Point", coordinates: [lon, lat] })
    }
}

/// What is named.
#[derive(Serialize)]
struct Subject<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    label: &'a str,
    kind: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    canonical: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    country: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    geonames: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    wikidata: Option<&'a str>,
}

impl<'a> Subject<'a> {
    fn of(annotation: &'a Annotation) -> Self {
        Self {
            id: annotation.id.as_deref(),
            label: annotation.label,
            kind: annotation.kind,
            canonical: annotation.canonical.as_deref(),
            country: annotation.country.as_deref(),
            geonames: annotation.geonames,
            wikidata: annotation.wikidata.as_deref(),
        }
    }
}

#[derive(Serialize)]
struct OfEntry<'a> {
    #[serde(flatten)]
    entry: Subject<'a>,
    count: usize,
    surfaces: &'a BTreeMap<String, usize>,
    mentions: Vec<Box<serde_json::value::RawValue>>,
}

#[derive(Serialize)]
struct OfMention<'a> {
    #[serde(flatten)]
    entry: Subject<'a>,
    #[serde(flatten)]
    mention: Mention<'a>,
}

#[derive(Serialize)]
struct Mention<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    start: usize,
    end: usize,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    score: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    probability: Option<f64>,
    status: Status,
    #[serde(skip_serializing_if = "Option::is_none")]
    method: Option<Method>,
    #[serde(skip_serializing_if = "Option::is_none")]
    replacement: Option<&'a str>,
}
