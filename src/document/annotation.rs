//! The one schema of annotations, for the command line, for Rust and for whatever reads the JSON.

use crate::gazetteer::compiled::{EntryView, Layers};
use crate::gazetteer::{Kind, Point};
use crate::matcher::{Candidate, Method};
use crate::resolve::{Reason, Resolution, Signs, Status};
use crate::span::Span;

/// A mention of a place, person or organisation, written out.
///
/// Of an ambiguous mention, and of an [unknown](Status::Unknown) name, `id`, `name`, `canonical`, `lat`, `lon` and `replacement` are `None`.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Annotation {
    /// Where it stands, in bytes of the text.
    pub span: Span,
    /// The surface.
    pub text: String,
    /// `place`, `person` or `organisation`; `name` of an unknown one of which nothing tells what it names.
    pub label: &'static str,
    /// The entry's kind, or `demonym`.
    pub kind: &'static str,
    /// The entry's id.
    pub id: Option<String>,
    /// The name that was used, in its right English spelling.
    pub name: Option<String>,
    /// The entry's canonical name.
    pub canonical: Option<String>,
    /// Degrees north (WGS 84).
    pub lat: Option<f64>,
    /// Degrees east (WGS 84).
    pub lon: Option<f64>,
    /// ISO 3166-1 alpha-2 code.
    pub country: Option<String>,
    /// The GeoNames number.
    pub geonames: Option<u64>,
    /// The Wikidata number, `Q…`.
    pub wikidata: Option<String>,
    /// Similarity of surface and spelling: 1 if listed, less if not.
    pub score: f64,
    /// The calibrated chance that `id` is right, 0 to 1; `None` of what is not resolved.
    pub probability: Option<f64>,
    /// Resolved, ambiguous or unknown; with an explanation also suppressed or rejected.
    pub status: Status,
    /// Why.
    pub reason: Reason,
    /// How the mention was recognised; `None` of an unknown name.
    pub method: Option<Method>,
    /// What [`Normalizer::rewrite`](crate::Normalizer::rewrite) writes in its place; `None` if it stays.
    pub replacement: Option<String>,
    /// Everything that it may be, best first.
    pub candidates: Vec<AnnotationCandidate>,
    /// What counted; only if it was [asked for](crate::NormalizerBuilder::explain).
    pub explanation: Option<Explanation>,
}

/// Why a mention was decided as it was.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct Explanation {
    /// The reason in words.
    pub reason: &'static str,
    /// What was seen of the best candidate, and what each adds to the logarithm of the odds that it is right.
    pub signals: Vec<Signal>,
    /// What was seen of each candidate, best first, and what each adds to its weight, in powers of ten of how often news means it; empty
    /// if there is one candidate only.
    pub weighed: Vec<Vec<Signal>>,
}

impl Explanation {
    /// The weight of each candidate.
    pub fn weights(&self) -> impl Iterator<Item = f64> {
        self.weighed.iter().map(|signals| signals.iter().map(|signal| signal.adds).sum())
    }
}

/// Something that was seen of a mention.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct Signal {
    /// What it is called.
    pub signal: &'static str,
    /// 1 for yes, or a number.
    pub value: f64,
    /// What it adds to the logarithm of the odds, or to a candidate's weight.
    pub adds: f64,
}

/// An entry that a mention may be.
#[derive(Clone, Debug, serde::Serialize)]
#[non_exhaustive]
pub struct AnnotationCandidate {
    /// The entry's id.
    pub id: String,
    /// The name, in its right English spelling.
    pub name: String,
    /// Similarity of surface and spelling.
    pub score: f64,
    /// Degrees north and east (WGS 84); not written out.
    #[serde(skip)]
    pub point: Option<Point>,
}

impl Annotation {
    pub(super) fn new(layers: &Layers, text: &str, resolution: &Resolution, replacement: Option<String>) -> Self {
        let mention = &resolution.mention;
        let best = mention.candidates.first();
        let listed = best.map(|best| best.at.entry(layers));
        let kind = match listed {
            Some(_) if resolution.is_demonym(layers) => "demonym",
            Some(listed) => listed.kind().as_str(),
            None => "place",
        };
        let candidates: Vec<_> = mention.candidates.iter().map(|candidate| describe(layers, candidate)).collect();
        // The best candidate, if it was decided for.
        let chosen = candidates.first().filter(|_| resolution.chosen().is_some());
        let entry = listed.filter(|_| chosen.is_some());
        let point = entry.and_then(EntryView::point);
        Self {
            span: mention.span,
            text: text[mention.span.range()].to_owned(),
            label: listed.map_or("place", |listed| listed.kind().label()),
            kind,
            id: chosen.map(|chosen| chosen.id.clone()),
            name: chosen.map(|chosen| chosen.name.clone()),
            canonical: entry.map(|entry| entry.canonical().to_owned()),
            lat: point.map(|point| point.latitude),
            lon: point.map(|point| point.longitude),
            country: entry.map(|entry| entry.country().as_str().to_owned()).filter(|country| !country.is_empty()),
            geonames: entry.and_then(EntryView::geonames),
            wikidata: entry.map(|entry| entry.wikidata().to_owned()).filter(|wikidata| !wikidata.is_empty()),
            score: best.map_or(0.0, |best| rounded(best.score)),
            probability: resolution.probability().map(rounded),
            status: resolution.status,
            reason: resolution.reason,
            method: Some(best.map_or(Method::Listed, |best| best.method)),
            replacement,
            candidates,
            explanation: None,
        }
    }

    /// A name that no entry fits; `refused` are those that it might have been.
    pub(super) fn unknown(layers: &Layers, text: &str, (span, signs): (Span, &Signs), refused: &[Candidate]) -> Self {
        let label = signs.label();
        Self {
            span,
            text: text.to_owned(),
            label,
            kind: signs.kind.filter(|_| label == "place").map_or(label, Kind::as_str),
            id: None,
            name: None,
            canonical: None,
            lat: None,
            lon: None,
            country: None,
            geonames: None,
            wikidata: None,
            score: 0.0,
            probability: None,
            status: Status::Unknown,
            reason: Reason::Unlisted,
            method: None,
            replacement: None,
            candidates: refused.iter().map(|candidate| describe(layers, candidate)).collect(),
            explanation: None,
        }
    }

    pub(super) fn explained(self, resolution: &Resolution) -> Self {
        let signal = |(signal, value, adds)| Signal { signal, value: rounded(value), adds: rounded(adds) };
        let signals = resolution.signals.as_ref().map(|signals| signals.contributions().map(signal).collect());
        let weighed = resolution.weighed.iter().map(|signals| signals.contributions().map(signal).collect());
        let explanation = Explanation {
            reason: resolution.reason.as_str(),
            signals: signals.unwrap_or_default(),
            weighed: if resolution.weighed.len() > 1 { weighed.collect() } else { Vec::new() },
        };
        Self { explanation: Some(explanation), ..self }
    }
}

fn describe(layers: &Layers, candidate: &Candidate) -> AnnotationCandidate {
    let entry = candidate.at.entry(layers);
    AnnotationCandidate {
        id: entry.id().to_owned(),
        name: candidate.at.name(layers).text().to_owned(),
        score: rounded(candidate.score),
        point: entry.point(),
    }
}

/// Four decimals: more would pretend to know more.
pub(crate) fn rounded(score: f64) -> f64 {
    (score * 1e4).round() / 1e4
}
