//! Counts that tell how large and how well sourced a gazetteer is.

use std::collections::BTreeMap;

use super::Gazetteer;
use crate::script::Script;

/// What [`Gazetteer::stats`] counts. Maps go from a label to its count.
#[derive(Clone, Debug, Default, serde::Serialize)]
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
}

impl Gazetteer {
    /// Counts the gazetteer's entries, names and spellings.
    pub fn stats(&self) -> Stats {
        let mut stats = Stats { suppressed: self.suppressed().len(), ..Stats::default() };
        for entry in self.entries() {
            stats.entries += 1;
            stats.located += usize::from(entry.point.is_some());
            add(&mut stats.by_kind, entry.kind.as_str());
            add(&mut stats.by_country, if entry.country.is_empty() { "none" } else { &entry.country });
            stats.add_row(&entry.source);
            for spelling in entry.names.iter().flat_map(|name| &name.spellings) {
                stats.spellings += 1;
                add(&mut stats.by_lang, spelling.lang.as_str());
                add(&mut stats.by_script, Script::of(&spelling.text).map_or("none", Script::as_str));
                add(&mut stats.by_spelling_kind, spelling.kind.as_str());
                stats.add_row(&spelling.source);
            }
            stats.names += entry.names.len();
        }
        stats
    }
}

impl Stats {
    fn add_row(&mut self, sources: &[String]) {
        self.rows += 1;
        for source in sources {
            add(&mut self.by_source, source);
        }
        if sources.is_empty() {
            add(&mut self.by_source, "none");
        }
        self.editorial += usize::from(sources.iter().all(|source| source == "editorial"));
    }
}

fn add(counts: &mut BTreeMap<String, usize>, label: &str) {
    if let Some(count) = counts.get_mut(label) {
        *count += 1;
    } else {
        counts.insert(label.to_owned(), 1);
    }
}
