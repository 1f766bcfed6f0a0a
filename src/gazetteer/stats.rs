//! Counts that tell how large and how well sourced a gazetteer is.

use std::collections::BTreeMap;

use super::files::Tables;
use super::{Entry, Gazetteer, SpellingKind};
use crate::lang::Lang;
use crate::script::Script;

/// What [`Gazetteer::stats`] counts. Maps go from a label to its count.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Stats {
    /// Entries.
    pub entries: usize,
    /// Names, several of which an entry may bear.
    pub names: usize,
    /// Spellings.
    pub spellings: usize,
    /// Phrases in which nothing is marked.
    pub suppressed: usize,
    /// Entries that are places and have coordinates.
    pub located: usize,
    /// Entries by kind.
    pub by_kind: BTreeMap<String, usize>,
    /// Entries by country code.
    pub by_country: BTreeMap<String, usize>,
    /// Spellings by language.
    pub by_lang: BTreeMap<String, usize>,
    /// Spellings by script.
    pub by_script: BTreeMap<String, usize>,
    /// Spellings by kind.
    pub by_spelling_kind: BTreeMap<String, usize>,
    /// Entries and spellings by source; one with two sources counts for both.
    pub by_source: BTreeMap<String, usize>,
    /// Rows for which an editor's knowledge is the only source.
    pub editorial: usize,
    /// Rows of entries and spellings together, which `editorial` is a share of.
    pub rows: usize,
    /// The same by the folder that the rows stand in; empty for a gazetteer that was not read from a folder.
    pub editorial_by_folder: BTreeMap<String, Share>,
    /// The same by the kind of entry.
    pub editorial_by_kind: BTreeMap<String, Share>,
    /// The places that news names (`newsworthy.csv`), by country code, and in which languages their names are known.
    pub newsworthy: BTreeMap<String, Newsworthy>,
}

/// Of how many places that news names the names are known.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Newsworthy {
    /// The places.
    pub places: usize,
    /// How many of them have a name in each language of `languages.csv`.
    pub by_lang: BTreeMap<String, usize>,
}

/// How many rows rest on an editor's knowledge alone, of how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Share {
    /// Rows without any other source.
    pub editorial: usize,
    /// All rows.
    pub rows: usize,
}

impl Share {
    fn add(&mut self, sources: &[String]) {
        self.rows += 1;
        self.editorial += usize::from(is_editorial(sources));
    }

    pub(super) fn add_all(&mut self, other: Share) {
        self.rows += other.rows;
        self.editorial += other.editorial;
    }
}

/// The shares of all folders of a gazetteer.
pub(super) type Folders = BTreeMap<String, Share>;

/// Counts the rows of each folder, while it is still known where they stood.
pub(super) fn count_folders(tables: &Tables) -> Folders {
    let mut folders = Folders::new();
    for table in &tables.entries {
        let share = folders.entry(folder(&tables.root, &table.file)).or_default();
        table.rows.iter().for_each(|row| share.add(&row.record.source));
    }
    for table in &tables.names {
        let share = folders.entry(folder(&tables.root, &table.file)).or_default();
        table.rows.iter().for_each(|row| share.add(&row.record.source));
    }
    folders
}

/// `caucasus` of `gazetteer/caucasus/names.csv`, and `.` of what lies in `gazetteer` itself: however the root was typed.
fn folder(root: &str, file: &str) -> String {
    let inside = file.strip_prefix(root).unwrap_or(file).trim_start_matches(['/', '\\']);
    let mut parts = inside.rsplit(['/', '\\']);
    parts.nth(1).filter(|folder| !folder.is_empty()).unwrap_or(".").to_owned()
}

fn is_editorial(sources: &[String]) -> bool {
    sources.iter().all(|source| source == "editorial")
}

impl Gazetteer {
    /// Counts the gazetteer's entries, names and spellings.
    pub fn stats(&self) -> Stats {
        let mut stats = Stats {
            suppressed: self.suppressed().len(),
            editorial_by_folder: self.linked.folders.clone(),
            newsworthy: self.count_newsworthy(),
            ..Stats::default()
        };
        for entry in self.entries() {
            stats.entries += 1;
            stats.located += usize::from(entry.point.is_some());
            add(&mut stats.by_kind, entry.kind.as_str());
            add(&mut stats.by_country, country(entry));
            stats.add_row(entry, &entry.source);
            for spelling in entry.names.iter().flat_map(|name| &name.spellings) {
                stats.spellings += 1;
                add(&mut stats.by_lang, spelling.lang.as_str());
                add(&mut stats.by_script, Script::of(&spelling.text).map_or("none", Script::as_str));
                add(&mut stats.by_spelling_kind, spelling.kind.as_str());
                stats.add_row(entry, &spelling.source);
            }
            stats.names += entry.names.len();
        }
        stats
    }

    fn count_newsworthy(&self) -> BTreeMap<String, Newsworthy> {
        let mut counts: BTreeMap<String, Newsworthy> = BTreeMap::new();
        for entry in self.newsworthy().iter().filter_map(|id| self.entry(id.as_str())) {
            let count = counts.entry(country(entry).to_owned()).or_default();
            count.places += 1;
            for language in self.languages().iter().filter(|language| has_name_in(entry, language.lang)) {
                add(&mut count.by_lang, language.lang.as_str());
            }
        }
        counts
    }

    /// The places that news names (`newsworthy.csv`) of which no name is known in a language: none of their spellings in it is
    /// native or preferred.
    pub fn newsworthy_without(&self, lang: Lang) -> Vec<&Entry> {
        let entries = self.newsworthy().iter().filter_map(|id| self.entry(id.as_str()));
        entries.filter(|entry| !has_name_in(entry, lang)).collect()
    }
}

fn country(entry: &Entry) -> &str {
    if entry.country.is_empty() { "none" } else { &entry.country }
}

fn has_name_in(entry: &Entry, lang: Lang) -> bool {
    let mut spellings = entry.names.iter().flat_map(|name| &name.spellings);
    spellings.any(|spelling| spelling.lang == lang && (spelling.preferred || spelling.kind == SpellingKind::Native))
}

impl Stats {
    fn add_row(&mut self, entry: &Entry, sources: &[String]) {
        self.rows += 1;
        self.editorial_by_kind.entry(entry.kind.to_string()).or_default().add(sources);
        for source in sources {
            add(&mut self.by_source, source);
        }
        if sources.is_empty() {
            add(&mut self.by_source, "none");
        }
        self.editorial += usize::from(is_editorial(sources));
    }
}

fn add(counts: &mut BTreeMap<String, usize>, label: &str) {
    if let Some(count) = counts.get_mut(label) {
        *count += 1;
    } else {
        counts.insert(label.to_owned(), 1);
    }
}
