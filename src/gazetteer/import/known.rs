//! What another gazetteer has already, so that an import can leave it out: two entries of one place, in two layers, make each mention of it
//! ambiguous.
//!
//! Identifiers are asked first; a name counts only near by, because every country has a Novoselivka in each district.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::gazetteer::Gazetteer;
use crate::gazetteer::entry::{Entry, Point};
use crate::gazetteer::kind::{Kind, SpellingKind};
use crate::text::fold;
use crate::translit::ascii_key;

/// Settlements, rivers, mountains of one name so near are one.
const NEAR_KM: f64 = 10.0;
/// Middles of one division are put further apart by different sources.
const NEAR_DIVISION_KM: f64 = 50.0;

/// The places of a gazetteer, by identifier and by name.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    geonames: FxHashSet<u64>,
    wikidata: FxHashSet<String>,
    named: FxHashMap<String, Vec<(Point, Sort)>>,
}

/// A district may be called like its town.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Division,
    Other,
}

impl Sort {
    fn of(entry: &Entry) -> Self {
        let is_division = matches!(entry.kind, Kind::Country | Kind::Region | Kind::District);
        if is_division { Self::Division } else { Self::Other }
    }
}

impl Known {
    /// Adds the entries of a gazetteer.
    pub(super) fn add(&mut self, gazetteer: &Gazetteer) {
        for entry in gazetteer.entries().iter().filter(|entry| entry.kind.label() == "place") {
            self.geonames.extend(entry.geonames);
            if !entry.wikidata.is_empty() {
                self.wikidata.insert(entry.wikidata.clone());
            }
            let Some(point) = entry.point else {
                continue;
            };
            for key in keys(entry) {
                self.named.entry(key).or_default().push((point, Sort::of(entry)));
            }
        }
    }

    /// Whether an entry is there.
    pub(super) fn has(&self, entry: &Entry) -> bool {
        let by_identifier = entry.geonames.is_some_and(|id| self.geonames.contains(&id))
            || !entry.wikidata.is_empty() && self.wikidata.contains(&entry.wikidata);
        by_identifier || keys(entry).iter().any(|key| self.has_near(key, entry))
    }

    fn has_near(&self, key: &str, entry: &Entry) -> bool {
        let (Some(point), sort) = (entry.point, Sort::of(entry)) else {
            return false;
        };
        let limit = if sort == Sort::Division { NEAR_DIVISION_KM } else { NEAR_KM };
        let known = self.named.get(key).into_iter().flatten();
        known.filter(|(_, other)| *other == sort).any(|(other, _)| other.kilometres_to(point) < limit)
    }
}

/// Keys of an entry's names, and of their spellings in its own language.
fn keys(entry: &Entry) -> Vec<String> {
    let mut keys = Vec::new();
    for name in &entry.names {
        let own = name.spellings.iter().filter(|spelling| spelling.kind == SpellingKind::Native);
        for text in own.map(|spelling| &spelling.text).chain([&name.text]) {
            let key = ascii_key(&fold(text));
            if !key.is_empty() && !keys.contains(&key) {
                keys.push(key);
            }
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gazetteer::entry::{EntryId, Name};

    fn entry(name: &str, kind: Kind, latitude: f64, geonames: Option<u64>) -> Entry {
        let mut entry = Entry::new(EntryId::new(name), kind);
        entry.names.push(Name { text: name.to_owned(), spellings: Vec::new() });
        entry.point = Some(Point { latitude, longitude: 46.0 });
        entry.geonames = geonames;
        entry
    }

    #[test]
    fn places_are_known_by_identifier_or_by_name_and_nearness() {
        let mut known = Known { geonames: FxHashSet::from_iter([7]), ..Known::default() };
        let town = entry("Barda", Kind::Town, 40.0, None);
        known.named.insert("barda".to_owned(), vec![(Point { latitude: 40.0, longitude: 46.0 }, Sort::of(&town))]);
        for (name, kind, latitude, geonames, expected) in [
            ("Bərdə", Kind::Village, 40.05, None, false),
            ("Barda", Kind::Village, 40.05, None, true),
            ("Barda", Kind::Village, 40.2, None, false),
            ("Barda", Kind::District, 40.0, None, false),
            ("Elsewhere", Kind::Village, 10.0, Some(7), true),
        ] {
            assert_eq!(known.has(&entry(name, kind, latitude, geonames)), expected, "{name} {kind} {latitude}");
        }
    }
}
