//! What is known of an entry or a spelling, cell by cell under the headings of the CSV files: what a layer corrects and `diff` compares.

use super::entry::{Entry, EntryId, Spelling};

/// The cells of an entry that may be compared as text; the point is compared by distance, and `source` and `note` are no facts.
pub(super) fn entry_facts(entry: &Entry) -> [(&'static str, String); 11] {
    let id = |id: &Option<EntryId>| id.as_ref().map_or(String::new(), |id| id.as_str().to_owned());
    [
        ("kind", entry.kind.to_string()),
        ("name", entry.canonical.clone()),
        ("precision_km", cell(entry.precision_km)),
        ("country", entry.country.clone()),
        ("disputed", id(&entry.disputed)),
        ("within", id(&entry.within)),
        ("population", cell(entry.population)),
        ("geonames", cell(entry.geonames)),
        ("wikidata", entry.wikidata.clone()),
        ("since", entry.period.since.clone()),
        ("until", entry.period.until.clone()),
    ]
}

/// The cells of a spelling that may be compared.
pub(super) fn spelling_facts(spelling: &Spelling) -> [(&'static str, String); 6] {
    let needs: Vec<&str> = spelling.needs.iter().map(EntryId::as_str).collect();
    [
        ("kind", spelling.kind.to_string()),
        ("preferred", if spelling.preferred { "1".to_owned() } else { String::new() }),
        ("rewrite", cell(spelling.rewrite)),
        ("needs", needs.join(";")),
        ("since", spelling.period.since.clone()),
        ("until", spelling.period.until.clone()),
    ]
}

/// The cells in which two sets of facts differ: the heading, one cell and the other.
pub(super) fn differences<const N: usize>(
    one: [(&'static str, String); N],
    other: [(&'static str, String); N],
) -> impl Iterator<Item = (&'static str, String, String)> {
    let pairs = one.into_iter().zip(other);
    pairs.filter(|(one, other)| one.1 != other.1).map(|((heading, one), (_, other))| (heading, one, other))
}

fn cell(value: Option<impl ToString>) -> String {
    value.map_or(String::new(), |value| value.to_string())
}
