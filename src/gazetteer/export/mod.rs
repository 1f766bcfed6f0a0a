//! A gazetteer written for other programs: which entries, in which format, and what the format could not hold.
//!
//! Each format is a file here. All write while they walk over the entries, so that nothing but the gazetteer itself is in memory, and all
//! count what they leave out ([`Lost`]): a format that silently drops the names of one side would do harm. A trait with an
//! implementation a format was rejected: some write a stream, some a folder or a database, and nobody exports through a `dyn`.

mod csv;
mod geojson;
mod linked_places;
mod lpf;
mod lptsv;
mod rows;
mod spacy;
#[cfg(feature = "sqlite")]
mod sqlite;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::{Entry, EntryId, Gazetteer, Kind, Spelling};
use crate::error::Error;

pub(super) use linked_places::{ID_BASE, UNSOURCED, kind_of_aat, kind_of_classes};

/// Writes a gazetteer, or some of its entries, in the formats of other programs.
///
/// Each method writes one format and says what it left out. Entries stand in the order of their ids.
///
/// | format | reads | does not hold |
/// |---|---|---|
/// | [`csv_folder`](Export::csv_folder) | toponorm | nothing is lost |
/// | [`csv`](Export::csv) | toponorm, spreadsheets | other names of an entry, kinds, dates, sources, people's offices, guidance |
/// | [`geojson`](Export::geojson) | maps, GIS | guidance |
/// | [`lpf`](Export::lpf) | World Historical Gazetteer, Recogito | people and organisations, guidance |
/// | [`lptsv`](Export::lptsv) | World Historical Gazetteer | what `lpf` lacks, and of a spelling all but its language |
/// | [`spacy`](Export::spacy) | spaCy's `EntityRuler` | all but surfaces, labels and ids |
/// | `sqlite` (feature `sqlite`) | SQL | nothing is lost |
///
/// *Guidance* is what tells the tool how to use names: suppressed phrases, common surfaces, policies, languages.
///
/// ```
/// use toponorm::{Export, Gazetteer};
///
/// let path = std::env::temp_dir().join("toponorm-doc-export.csv");
/// std::fs::write(&path, "name,latitude,longitude\nAkhalgori,42.13,44.48\n")?;
/// let mut map = Vec::new();
/// Export::new(&Gazetteer::from_path(&path)?).geojson(&mut map)?;
/// assert!(String::from_utf8(map)?.contains(r#""coordinates":[44.48,42.13]"#));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Export<'g> {
    gazetteer: &'g Gazetteer,
    kinds: Vec<Kind>,
    countries: Vec<String>,
    base: String,
    year: u16,
}

impl<'g> Export<'g> {
    /// All entries of a gazetteer.
    pub fn new(gazetteer: &'g Gazetteer) -> Self {
        Self { gazetteer, kinds: Vec::new(), countries: Vec::new(), base: ID_BASE.to_owned(), year: this_year() }
    }

    /// Only entries of these kinds; none given: of all.
    #[must_use]
    pub fn kinds(self, kinds: &[Kind]) -> Self {
        Self { kinds: kinds.to_vec(), ..self }
    }

    /// Only entries in these countries, as ISO 3166-1 codes; none given: in all, and those without one.
    #[must_use]
    pub fn countries(self, countries: &[String]) -> Self {
        Self { countries: countries.to_vec(), ..self }
    }

    /// What stands before an id to make it the address that Linked Places asks for; `urn:toponorm:` by default. Ids that are
    /// addresses already stay as they are.
    #[must_use]
    pub fn base(self, base: &str) -> Self {
        Self { base: base.to_owned(), ..self }
    }

    /// The year of which Linked Places is told that the names were attested, where neither dates nor sources tell one; this year by default.
    #[must_use]
    pub fn year(self, year: u16) -> Self {
        Self { year, ..self }
    }

    fn includes(&self, entry: &Entry) -> bool {
        (self.kinds.is_empty() || self.kinds.contains(&entry.kind))
            && (self.countries.is_empty() || self.countries.contains(&entry.country))
    }

    fn includes_id(&self, id: &EntryId) -> bool {
        self.gazetteer.entry(id.as_str()).is_some_and(|entry| self.includes(entry))
    }

    /// The entries to write, in the order of their ids.
    fn entries(&self) -> Vec<&'g Entry> {
        let entries = self.gazetteer.entries().iter();
        let mut chosen: Vec<&Entry> = entries.filter(|entry| self.includes(entry)).collect();
        chosen.sort_unstable_by(|one, other| one.id.cmp(&other.id));
        chosen
    }

    /// A reference to an entry, unless that is left out.
    fn reference<'e>(&self, id: Option<&'e EntryId>, lost: &mut Lost) -> Option<&'e EntryId> {
        let kept = id.filter(|id| self.includes_id(id));
        lost.count(id.is_some() && kept.is_none(), "references to entries that are left out");
        kept
    }

    /// What a spelling needs and is not left out. `None`: all is left out, so that the spelling could never count.
    fn needs<'s>(&self, spelling: &'s Spelling) -> Option<Vec<&'s str>> {
        let kept = spelling.needs.iter().filter(|id| self.includes_id(id));
        let kept: Vec<&str> = kept.map(EntryId::as_str).collect();
        (spelling.needs.is_empty() || !kept.is_empty()).then_some(kept)
    }

    /// Counts what most formats cannot hold: the tables that tell the tool how to use names.
    fn count_guidance(&self, lost: &mut Lost) {
        lost.add(self.gazetteer.suppressed().len(), "suppressed phrases");
        lost.add(self.gazetteer.common().len(), "common surfaces");
        lost.add(self.gazetteer.policies().len(), "rules of policies");
        lost.add(self.gazetteer.languages().len(), "languages that are collected");
    }
}

/// The year by the computer's clock, in the calendar of Greenwich to a day or so.
fn this_year() -> u16 {
    const SECONDS_A_YEAR: f64 = 365.2425 * 86_400.0;
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    1970 + (now.as_secs_f64() / SECONDS_A_YEAR) as u16
}

/// What an export left out, because its format cannot hold it or because entries were chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lost {
    counts: BTreeMap<&'static str, usize>,
}

impl Lost {
    fn add(&mut self, count: usize, what: &'static str) {
        if count > 0 {
            *self.counts.entry(what).or_default() += count;
        }
    }

    fn count(&mut self, is_lost: bool, what: &'static str) {
        self.add(usize::from(is_lost), what);
    }

    /// Whether everything was written.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// What was left out, such as "suppressed phrases", and how much of it.
    pub fn iter(&self) -> impl Iterator<Item = (&str, usize)> {
        self.counts.iter().map(|(what, count)| (*what, *count))
    }
}

/// A file that is written beside its place and put there when it is whole.
struct Beside {
    path: PathBuf,
    beside: PathBuf,
}

impl Beside {
    fn new(path: &Path) -> Self {
        // Without a slash at the end, after which the other name would be inside.
        let path: PathBuf = path.components().collect();
        // A name that is nobody else's: what stands there is removed after a failure.
        let mut beside = path.clone().into_os_string();
        beside.push(format!(".{}.new", std::process::id()));
        Self { path, beside: beside.into() }
    }

    /// Has `write` write beside the place, and puts the result there. After a failure nothing is left.
    fn write<T>(&self, write: impl FnOnce(&Path) -> Result<T, Error>) -> Result<T, Error> {
        let result = write(&self.beside).and_then(|written| {
            std::fs::rename(&self.beside, &self.path).map_err(|error| Error::io(&self.path, error))?;
            Ok(written)
        });
        if result.is_err() {
            self.remove();
        }
        result
    }

    fn remove(&self) {
        let _ = std::fs::remove_dir_all(&self.beside).or_else(|_| std::fs::remove_file(&self.beside));
    }
}
