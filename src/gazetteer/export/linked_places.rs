//! What both forms of Linked Places share: addresses of entries, classes and types of places, citations with a year.
//!
//! Types are numbers of the Art & Architecture Thesaurus from the list that World Historical Gazetteer takes
//! (`feature-types-AAT_20230609.tsv` of LinkedPasts/linked-places-format); classes are those of GeoNames.

use super::Export;
use crate::gazetteer::{Entry, EntryId, Kind, Source, SpellingKind};

/// What makes an address of an id where no other base is given.
pub(crate) const ID_BASE: &str = "urn:toponorm:";
/// The label of a citation that stands only because the format demands one.
pub(crate) const UNSOURCED: &str = "not stated";

/// The types of the thesaurus by kind; the first of each kind is the one that is written.
const TYPES: [(Kind, &[u32]); 13] = [
    // country; sovereign state, nation, island nation, empire, kingdom, polity, khanate, sultanate
    (
        Kind::Country,
        &[300387506, 300232420, 300128207, 300387062, 300128214, 300235096, 300417385, 300235095, 300235106],
    ),
    // region; historical region, inhabited region, province, state, territory, autonomous region, continent
    (Kind::Region, &[300182722, 300387178, 300387347, 300000774, 300000776, 300135982, 300387107, 300128176]),
    // district; county
    (Kind::District, &[300000705, 300000771]),
    (Kind::City, &[300008389]),
    (Kind::Town, &[300008375]),
    (Kind::Village, &[300008372]),
    // mountain; mountain range, hill
    (Kind::Mountain, &[300008795, 300386831, 300008777]),
    (Kind::Pass, &[300259572]),
    // river; canal
    (Kind::River, &[300008707, 300006075]),
    // lake; salt lake, reservoir
    (Kind::Lake, &[300008680, 300266556, 300006191]),
    // sea; ocean, gulf, bay
    (Kind::Sea, &[300008694, 300008687, 300132315, 300132316]),
    // route; road, railroad
    (Kind::Corridor, &[300265365, 300008217, 300008591]),
    // site; archaeological site, church, cathedral, mosque, temple, castle, fortification, bridge, dam, airport, military base, mine
    (
        Kind::Site,
        &[
            300000809, 300000810, 300007486, 300007501, 300007544, 300007595, 300006891, 300006888, 300007836,
            300006084, 300000681, 300000455, 300000390,
        ],
    ),
];

/// The type of a kind in the thesaurus; none for what is no place, and for a place of unspecified kind.
pub(crate) fn aat_of(kind: Kind) -> Option<u32> {
    TYPES.iter().find(|(known, _)| *known == kind).and_then(|(_, types)| types.first().copied())
}

/// The kind that a type of the thesaurus stands for.
pub(crate) fn kind_of_aat(number: u32) -> Option<Kind> {
    TYPES.iter().find(|(_, types)| types.contains(&number)).map(|(kind, _)| *kind)
}

/// GeoNames' classes of a kind; none if it is no place. A region may be a division or a landscape; what is of unspecified kind is mostly
/// inhabited.
pub(super) fn classes(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Country | Kind::District => &["A"],
        Kind::Region => &["A", "L"],
        Kind::City | Kind::Town | Kind::Village | Kind::Place => &["P"],
        Kind::Mountain | Kind::Pass => &["T"],
        Kind::River | Kind::Lake | Kind::Sea => &["H"],
        Kind::Corridor => &["R"],
        Kind::Site => &["S"],
        Kind::Person | Kind::Organisation => &[],
    }
}

/// The kind that GeoNames' classes allow to tell: of most only that it is a place.
pub(crate) fn kind_of_classes(classes: &[String]) -> Kind {
    match classes {
        [class] if class == "S" => Kind::Site,
        [class] if class == "R" => Kind::Corridor,
        _ if classes.iter().any(|class| class == "L") => Kind::Region,
        _ => Kind::Place,
    }
}

/// A source as Linked Places cites it.
pub(super) struct Citation<'g> {
    pub(super) label: &'g str,
    pub(super) url: &'g str,
    pub(super) year: Option<i32>,
}

impl Citation<'_> {
    /// The citation of what has no source.
    pub(super) fn unsourced(year: u16) -> Self {
        Self { label: UNSOURCED, url: "", year: Some(year.into()) }
    }
}

impl<'g> Export<'g> {
    /// The address of an entry; what no address may hold is written by its bytes.
    pub(super) fn address(&self, id: &EntryId) -> String {
        let id = id.as_str();
        let is_address = id.contains("://") || id.starts_with("urn:");
        let mut address = if is_address { String::new() } else { self.base.clone() };
        for c in id.chars() {
            if matches!(c, '%' | '<' | '>' | '"' | '{' | '}' | '|' | '\\' | '^' | '`') && !is_address {
                address.push_str(&format!("%{:02X}", u32::from(c)));
            } else {
                address.push(c);
            }
        }
        address
    }

    /// The sources that keys stand for. A key that `sources.csv` lacks is its own label.
    pub(super) fn citations(&self, keys: &'g [String]) -> Vec<Citation<'g>> {
        let sources = self.gazetteer.sources();
        let find = |key: &String| sources.binary_search_by(|source| source.key.cmp(key)).ok().map(|at| &sources[at]);
        let cite = |key: &'g String| find(key).map_or(Citation { label: key, url: "", year: None }, citation);
        keys.iter().map(cite).collect()
    }

    /// The sources of an entry's canonical spelling, else of the entry.
    pub(super) fn title_source(&self, entry: &'g Entry) -> &'g [String] {
        let spellings = entry.names.iter().flat_map(|name| &name.spellings);
        let canonical = spellings.filter(|spelling| spelling.kind == SpellingKind::Canonical);
        canonical.map(|spelling| &spelling.source).find(|source| !source.is_empty()).unwrap_or(&entry.source)
    }
}

/// The year is that of the title, `Atlas (1923)`, else that in which the source was read.
fn citation(source: &Source) -> Citation<'_> {
    let (label, published) = split_year(&source.title);
    let read = || source.accessed.get(..4).and_then(|year| year.parse().ok());
    Citation { label, url: &source.url, year: published.or_else(read) }
}

/// `Atlas (1923)` → `Atlas` and 1923. Import makes such titles of a citation with a year.
fn split_year(title: &str) -> (&str, Option<i32>) {
    let split = title.strip_suffix(')').and_then(|rest| rest.rsplit_once(" ("));
    match split.and_then(|(label, year)| Some((label, year.parse::<i32>().ok()?))) {
        Some((label, year)) => (label, Some(year)),
        None => (title, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_place_has_a_class_and_comes_back_from_its_type() {
        for &kind in Kind::ALL {
            assert_eq!(classes(kind).is_empty(), kind.label() != "place", "{kind}");
            if let Some(number) = aat_of(kind) {
                assert_eq!(kind_of_aat(number), Some(kind));
            }
        }
    }

    #[test]
    fn a_year_in_a_title_is_told_from_other_brackets() {
        assert_eq!(split_year("Atlas (1923)"), ("Atlas", Some(1923)));
        assert_eq!(split_year("Periplus (-320)"), ("Periplus", Some(-320)));
        assert_eq!(split_year("Atlas (revised)"), ("Atlas (revised)", None));
    }
}
