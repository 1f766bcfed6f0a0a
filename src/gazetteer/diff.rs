//! What differs between two gazetteers, entry by entry.
//!
//! Entries are paired by id, those left over by GeoNames and Wikidata id; the spellings of a pair by language and text. A comparison of
//! rows, as `diff` makes of the files, was rejected: it says nothing of a `.topo`, takes a renamed id for two places, and a move of
//! three metres for as much as one of three hundred kilometres.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::facts::{differences, entry_facts, spelling_facts};
use super::{Entry, Gazetteer, Office, Person, Point, Spelling};
use crate::lang::Lang;

/// A compiled gazetteer keeps a point to the centimetre; what is nearer than this, in kilometres, is not moved.
const MIN_MOVE_KM: f64 = 0.001;

/// One difference between two gazetteers; see [`Gazetteer::diff`].
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Difference {
    /// The entry's id in the second gazetteer, of a removed entry in the first; blank for tables that are about no entry.
    pub id: String,
    /// Its canonical name there.
    pub name: String,
    /// What differs.
    #[serde(flatten)]
    pub change: Change,
}

/// What differs; from the first gazetteer to the second.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "change", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Change {
    /// Only the second gazetteer has the entry.
    Added {
        /// The entry's kind.
        kind: String,
        /// Its country code, or blank.
        country: String,
        /// How many spellings it has.
        spellings: usize,
    },
    /// Only the first gazetteer has the entry.
    Removed {
        /// The entry's kind.
        kind: String,
        /// Its country code, or blank.
        country: String,
        /// How many spellings it has.
        spellings: usize,
    },
    /// The entry has another id; it is known by its GeoNames or Wikidata id.
    IdChanged {
        /// The id in the first gazetteer.
        from: String,
    },
    /// The point is another.
    Moved {
        /// How far, in kilometres.
        km: f64,
        /// Degrees north and east before.
        from: [f64; 2],
        /// Degrees north and east now.
        to: [f64; 2],
    },
    /// Another cell is different; `name` is the canonical name.
    Changed {
        /// The heading of the column.
        column: String,
        /// What stood there, or blank.
        from: String,
        /// What stands there, or blank.
        to: String,
    },
    /// A spelling that only the second gazetteer has.
    SpellingAdded(SpellingRow),
    /// A spelling that only the first gazetteer has.
    SpellingRemoved(SpellingRow),
    /// A cell of a spelling is different; `name` is the name that it belongs to.
    SpellingChanged {
        /// The spelling.
        spelling: String,
        /// Its language.
        lang: String,
        /// The heading of the column.
        column: String,
        /// What stood there, or blank.
        from: String,
        /// What stands there, or blank.
        to: String,
    },
    /// A row of another table that only the second gazetteer has.
    RowAdded {
        /// The table, such as `policies.csv`.
        table: String,
        /// The row's cells.
        row: String,
    },
    /// A row of another table that only the first gazetteer has.
    RowRemoved {
        /// The table, such as `policies.csv`.
        table: String,
        /// The row's cells.
        row: String,
    },
}

/// A spelling as a difference shows it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SpellingRow {
    /// The name that it belongs to.
    #[serde(rename = "of")]
    pub name: String,
    /// The spelling.
    pub spelling: String,
    /// Its language.
    pub lang: String,
    /// Its kind.
    pub kind: String,
}

impl Gazetteer {
    /// What must be done to this gazetteer to get the other, by entry in the order of ids, then by table.
    ///
    /// ```
    /// use toponorm::{Change, Gazetteer};
    ///
    /// let path = std::env::temp_dir().join("toponorm-doc-diff.csv");
    /// std::fs::write(&path, "id,name,latitude,longitude\nshusha,Shusha,39.76,46.75\n")?;
    /// let before = Gazetteer::from_path(&path)?;
    /// std::fs::write(&path, "id,name,latitude,longitude\nshusha,Shusha,40.76,46.75\n")?;
    /// let differences = before.diff(&Gazetteer::from_path(&path)?);
    /// assert!(matches!(differences[0].change, Change::Moved { km, .. } if km > 111.0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn diff(&self, other: &Gazetteer) -> Vec<Difference> {
        let partners = partners(self.entries(), other.entries());
        let mut found = Vec::new();
        let mut has_partner = vec![false; self.entries().len()];
        for (entry, partner) in other.entries().iter().zip(&partners) {
            match partner {
                None => push(&mut found, entry, Change::added(entry)),
                Some(at) => {
                    has_partner[*at] = true;
                    compare(&self.entries()[*at], entry, &mut found);
                }
            }
        }
        for (entry, _) in self.entries().iter().zip(has_partner).filter(|(_, has_partner)| !has_partner) {
            push(&mut found, entry, Change::removed(entry));
        }
        found.sort_by(|one, other| one.id.cmp(&other.id));
        compare_tables(&self.tables(), &other.tables(), &mut found);
        found
    }

    /// The rows of the tables that hold no entries and names.
    fn tables(&self) -> BTreeSet<(&'static str, String)> {
        let suppressed = self.suppressed().iter().map(|row| ("suppressed.csv", row.surface.clone()));
        let common = self.common().iter().map(|row| ("common.csv", row.surface.clone()));
        let languages = self.languages().iter().map(|row| ("languages.csv", row.lang.to_string()));
        let newsworthy = self.newsworthy().iter().map(|id| ("newsworthy.csv", id.to_string()));
        let policies = self.policies().iter().map(|rule| {
            let entry = rule.entry.as_ref().map_or("", |id| id.as_str());
            ("policies.csv", format!("{},{entry},{choose}", rule.policy, choose = rule.choose.to_cell()))
        });
        suppressed.chain(common).chain(languages).chain(newsworthy).chain(policies).collect()
    }
}

impl Change {
    fn added(entry: &Entry) -> Self {
        let (kind, country, spellings) = outline(entry);
        Self::Added { kind, country, spellings }
    }

    fn removed(entry: &Entry) -> Self {
        let (kind, country, spellings) = outline(entry);
        Self::Removed { kind, country, spellings }
    }
}

fn outline(entry: &Entry) -> (String, String, usize) {
    (entry.kind.to_string(), entry.country.clone(), entry.names.iter().map(|name| name.spellings.len()).sum())
}

fn push(found: &mut Vec<Difference>, entry: &Entry, change: Change) {
    found.push(Difference { id: entry.id.to_string(), name: entry.canonical.clone(), change });
}

/// For each entry of the second gazetteer, which of the first it is.
fn partners(first: &[Entry], second: &[Entry]) -> Vec<Option<usize>> {
    let by_id: FxHashMap<&str, usize> = first.iter().enumerate().map(|(at, entry)| (entry.id.as_str(), at)).collect();
    let mut partners: Vec<Option<usize>> = second.iter().map(|entry| by_id.get(entry.id.as_str()).copied()).collect();
    let geonames = |entry: &Entry| entry.geonames.map(|id| id.to_string());
    let wikidata = |entry: &Entry| Some(entry.wikidata.clone()).filter(|id| !id.is_empty());
    for identifier in [&geonames as &dyn Fn(&Entry) -> Option<String>, &wikidata] {
        let mut is_free = vec![true; first.len()];
        partners.iter().flatten().for_each(|&at| is_free[at] = false);
        let mut known: FxHashMap<String, usize> = FxHashMap::default();
        for (at, entry) in first.iter().enumerate().filter(|(at, _)| is_free[*at]) {
            known.extend(identifier(entry).map(|id| (id, at)));
        }
        for (entry, partner) in second.iter().zip(&mut partners).filter(|(_, partner)| partner.is_none()) {
            *partner = identifier(entry).and_then(|id| known.remove(&id));
        }
    }
    partners
}

fn compare(before: &Entry, after: &Entry, found: &mut Vec<Difference>) {
    let mut push = |change| push(found, after, change);
    if before.id != after.id {
        push(Change::IdChanged { from: before.id.to_string() });
    }
    let changed = |(column, from, to): (&str, String, String)| Change::Changed { column: column.to_owned(), from, to };
    match (before.point, after.point) {
        (Some(from), Some(to)) => {
            let km = from.kilometres_to(to);
            if km >= MIN_MOVE_KM {
                let place = |point: Point| [point.latitude, point.longitude];
                push(Change::Moved { km: (km * 1e3).round() / 1e3, from: place(from), to: place(to) });
            }
        }
        (from, to) if from != to => push(changed(("latitude,longitude", degrees(from), degrees(to)))),
        _ => {}
    }
    differences(entry_facts(before), entry_facts(after)).map(changed).for_each(&mut push);
    differences(remarks(&before.source, &before.note), remarks(&after.source, &after.note))
        .map(changed)
        .for_each(&mut push);
    differences(person_names(before), person_names(after)).map(changed).for_each(&mut push);
    let (old_offices, new_offices) = (offices(before), offices(after));
    let row = |office: &String| ("people.csv".to_owned(), office.clone());
    for (table, row) in old_offices.difference(&new_offices).map(row) {
        push(Change::RowRemoved { table, row });
    }
    for (table, row) in new_offices.difference(&old_offices).map(row) {
        push(Change::RowAdded { table, row });
    }
    compare_spellings(before, after, push);
}

fn degrees(point: Option<Point>) -> String {
    point.map_or(String::new(), |point| format!("{}, {}", point.latitude, point.longitude))
}

fn remarks(source: &[String], note: &str) -> [(&'static str, String); 2] {
    [("source", source.join(";")), ("note", note.to_owned())]
}

fn person_names(entry: &Entry) -> [(&'static str, String); 2] {
    let (given, family) = match &entry.person {
        Some(Person { given, family, .. }) => (given.clone(), family.clone()),
        None => Default::default(),
    };
    [("given", given), ("family", family)]
}

fn offices(entry: &Entry) -> BTreeSet<String> {
    let offices = entry.person.iter().flat_map(|person| &person.offices);
    let show = |office: &Office| {
        let Office { title, office, period, .. } = office;
        format!("{title},{office},{},{}", period.since, period.until)
    };
    offices.map(show).collect()
}

fn compare_spellings(before: &Entry, after: &Entry, mut push: impl FnMut(Change)) {
    let mut known: FxHashMap<(&str, Lang), Vec<(&str, &Spelling)>> = FxHashMap::default();
    for (name, spelling) in spellings(before) {
        known.entry((&spelling.text, spelling.lang)).or_default().push((name, spelling));
    }
    for (name, spelling) in spellings(after) {
        let rows = known.get_mut(&(spelling.text.as_str(), spelling.lang)).filter(|rows| !rows.is_empty());
        let Some(rows) = rows else {
            push(Change::SpellingAdded(row(name, spelling)));
            continue;
        };
        // Of several rows of one text first the one that is the same.
        let same = rows.iter().position(|&(old, known)| old == name && known.kind == spelling.kind).unwrap_or(0);
        let (old_name, old) = rows.swap_remove(same);
        let of = |name: &str| [("name", name.to_owned())];
        let changes = differences(of(old_name), of(name))
            .chain(differences(spelling_facts(old), spelling_facts(spelling)))
            .chain(differences(remarks(&old.source, &old.note), remarks(&spelling.source, &spelling.note)));
        for (column, from, to) in changes {
            let (spelling, lang) = (spelling.text.clone(), spelling.lang.to_string());
            push(Change::SpellingChanged { spelling, lang, column: column.to_owned(), from, to });
        }
    }
    let mut removed: Vec<SpellingRow> =
        known.into_values().flatten().map(|(name, spelling)| row(name, spelling)).collect();
    removed
        .sort_by(|one, other| (&one.name, &one.lang, &one.spelling).cmp(&(&other.name, &other.lang, &other.spelling)));
    removed.into_iter().map(Change::SpellingRemoved).for_each(push);
}

fn spellings(entry: &Entry) -> impl Iterator<Item = (&str, &Spelling)> {
    entry.names.iter().flat_map(|name| name.spellings.iter().map(move |spelling| (name.text.as_str(), spelling)))
}

fn row(name: &str, spelling: &Spelling) -> SpellingRow {
    SpellingRow {
        name: name.to_owned(),
        spelling: spelling.text.clone(),
        lang: spelling.lang.to_string(),
        kind: spelling.kind.to_string(),
    }
}

fn compare_tables(
    before: &BTreeSet<(&'static str, String)>,
    after: &BTreeSet<(&'static str, String)>,
    found: &mut Vec<Difference>,
) {
    let about_none = |change| Difference { id: String::new(), name: String::new(), change };
    for (table, row) in before.difference(after) {
        found.push(about_none(Change::RowRemoved { table: (*table).to_owned(), row: row.clone() }));
    }
    for (table, row) in after.difference(before) {
        found.push(about_none(Change::RowAdded { table: (*table).to_owned(), row: row.clone() }));
    }
}
