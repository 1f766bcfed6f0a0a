//! Import: files of other formats become a gazetteer folder of our own schema.
//!
//! A file a format reads rows and hands entries to the [`Draft`]; the settings that all formats share stand here. A fault of structure (a
//! wrong number of columns, a latitude that is none, an id twice) refuses the whole file, because what follows cannot be trusted; a row that
//! says nothing we can hold is left out and counted, because no dump is without them.

mod degrees;
mod draft;
mod geonames;
mod input;
mod known;
mod language;
mod linked_places;
mod lpf;
mod lptsv;
mod mapped_csv;
mod naming;
mod report;
mod shape;
mod tidy;
mod tsv;
mod wikidata;

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

pub use draft::Draft;
pub use mapped_csv::ColumnMap;
pub use report::{Example, ImportReport, LeftOut, Part};

use self::known::Known;
use crate::gazetteer::Gazetteer;
use crate::gazetteer::csv::SourceRecord;
use crate::gazetteer::entry::Entry;
use crate::gazetteer::kind::Kind;
use crate::lang::Lang;

/// How much of its files an import has read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// Bytes read so far, of all files.
    pub done: u64,
    /// The size of all files, in bytes.
    pub total: u64,
}

/// Reads files of other formats into a [`Draft`].
#[derive(Clone, Default)]
pub struct Import {
    min_population: u64,
    kinds: Vec<Kind>,
    countries: Vec<String>,
    langs: Vec<Lang>,
    source: Option<SourceRecord>,
    accessed: String,
    known: Option<Arc<Known>>,
    progress: Option<Arc<dyn Fn(Progress) + Send + Sync>>,
}

impl fmt::Debug for Import {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Import").field("kinds", &self.kinds).field("countries", &self.countries).finish_non_exhaustive()
    }
}

impl Import {
    /// An import of everything.
    pub fn new() -> Self {
        Self::default()
    }

    /// Leaves out settlements (city, town, village, place) with fewer inhabitants, or none listed.
    #[must_use]
    pub fn min_population(mut self, inhabitants: u64) -> Self {
        self.min_population = inhabitants;
        self
    }

    /// Keeps only entries of these kinds; none: of all.
    #[must_use]
    pub fn kinds(mut self, kinds: impl IntoIterator<Item = Kind>) -> Self {
        self.kinds = kinds.into_iter().collect();
        self
    }

    /// Keeps only entries of these countries, ISO 3166-1 alpha-2; none: of all.
    #[must_use]
    pub fn countries<T: Into<String>>(mut self, countries: impl IntoIterator<Item = T>) -> Self {
        self.countries = countries.into_iter().map(|code| code.into().to_ascii_uppercase()).collect();
        self
    }

    /// Keeps only spellings in these languages, in English and in none; none given: in all.
    #[must_use]
    pub fn langs(mut self, langs: impl IntoIterator<Item = Lang>) -> Self {
        self.langs = langs.into_iter().collect();
        self
    }

    /// Leaves out places that another gazetteer has, because this one is to be used beside it: by GeoNames or Wikidata identifier, or by
    /// a name within 10 km (50 km for divisions).
    #[must_use]
    pub fn without(mut self, gazetteer: &Gazetteer) -> Self {
        let mut known = self.known.take().map(Arc::unwrap_or_clone).unwrap_or_default();
        known.add(gazetteer);
        self.known = Some(Arc::new(known));
        self
    }

    /// Names the source that the rows rest on, a row of `sources.csv`: its key, title, address and licence. Without it a format names its
    /// usual publisher, or the file.
    #[must_use]
    pub fn source(mut self, key: &str, title: &str, url: &str, licence: &str) -> Self {
        let cell = str::to_owned;
        let accessed = String::new();
        self.source =
            Some(SourceRecord { key: cell(key), title: cell(title), url: cell(url), licence: cell(licence), accessed });
        self
    }

    /// The day on which the source was fetched, such as `2026-11-25`, for `sources.csv`.
    #[must_use]
    pub fn accessed(mut self, date: &str) -> Self {
        date.clone_into(&mut self.accessed);
        self
    }

    /// Calls a function every so often while reading.
    #[must_use]
    pub fn on_progress(mut self, progress: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        self.progress = Some(Arc::new(progress));
        self
    }

    /// An empty draft; `usual` is the source if none was named.
    fn draft(&self, usual: SourceRecord) -> Draft {
        let mut source = self.source.clone().unwrap_or(usual);
        source.accessed.clone_from(&self.accessed);
        Draft::new(source, self.known.clone())
    }

    /// The files as one input, of which progress is told.
    fn input(&self, files: &[PathBuf]) -> input::Input {
        input::Input::new(files, self.progress.clone())
    }

    /// Why a filter leaves out an entry, if one does.
    fn filtered(&self, entry: &Entry) -> Option<&'static str> {
        let is_settled = matches!(entry.kind, Kind::City | Kind::Town | Kind::Village | Kind::Place);
        if !self.kinds.is_empty() && !self.kinds.contains(&entry.kind) {
            Some("not of the kinds asked for")
        } else if !self.countries.is_empty() && !self.countries.contains(&entry.country) {
            Some("not of the countries asked for")
        } else if is_settled && entry.population.unwrap_or(0) < self.min_population {
            Some("fewer inhabitants than asked for, or none listed")
        } else {
            None
        }
    }

    /// Whether spellings of a language are kept.
    fn keeps(&self, lang: Lang) -> bool {
        self.langs.is_empty() || lang == Lang::ENGLISH || lang == Lang::UNDETERMINED || self.langs.contains(&lang)
    }
}
