//! Addresses of entries in Wikidata and GeoNames, by which other programs know them.

use crate::document::Annotation;

/// The addresses of what an annotation names, Wikidata's first; none if nobody gave it a number there.
pub(super) fn addresses(annotation: &Annotation) -> Vec<String> {
    let wikidata = annotation.wikidata.as_ref().map(|number| format!("http://www.wikidata.org/entity/{number}"));
    let geonames = annotation.geonames.map(|number| format!("https://sws.geonames.org/{number}/"));
    wikidata.into_iter().chain(geonames).collect()
}
