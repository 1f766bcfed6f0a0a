//! Real spellings of places, which of them are asked, and which answers are right.
//!
//! Asked is what is neither the canonical nor the English name of its place, is near enough to be a spelling of it (a rename is no
//! task for a fuzzy match) and is borne by one place only.

use std::collections::{BTreeMap, HashMap};
use std::error::Error;
use std::path::Path;

use flate2::read::GzDecoder;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Below this similarity to the canonical name it is another name.
const LEAST_SIMILARITY: f64 = 0.5;
/// Degrees: nearer places are one place that the sources hold twice.
const SAME_SPOT: f64 = 0.03;

/// A place as the variants describe it.
#[derive(Clone, Debug)]
struct Place {
    canonical: String,
    latitude: f64,
    longitude: f64,
}

/// A spelling that is asked, with the place it belongs to.
#[derive(Debug)]
pub(crate) struct Query {
    pub(crate) spelling: String,
    script: String,
    id: String,
}

/// The places of a region and their spellings.
#[derive(Debug, Default)]
pub(crate) struct Variants {
    places: HashMap<String, Place>,
    queries: BTreeMap<String, Query>,
}

impl Variants {
    /// Reads a packed table: a spelling a row, with `variant`, `canonical`, `english`, `id`, `lat`, `lon`, `script`,
    /// `sim_to_canonical` and `n_ids_sharing_variant` among its columns.
    pub(crate) fn from_path(path: &Path) -> Result<Self, Box<dyn Error>> {
        let file = GzDecoder::new(std::fs::File::open(path)?);
        let mut rows = csv::ReaderBuilder::new().delimiter(b'\t').quoting(false).from_reader(file);
        let mut variants = Self::default();
        for row in rows.deserialize::<HashMap<String, String>>() {
            variants.add(&row?)?;
        }
        Ok(variants)
    }

    fn add(&mut self, row: &HashMap<String, String>) -> Result<(), Box<dyn Error>> {
        let field = |name: &str| row.get(name).map(String::as_str).ok_or_else(|| format!("no column `{name}`"));
        let (spelling, id, canonical) = (field("variant")?, field("id")?, fold(field("canonical")?));
        let is_listed = [&canonical, &fold(field("english")?)].contains(&&fold(spelling));
        let is_alike = field("sim_to_canonical")?.parse::<f64>().is_ok_and(|similarity| similarity >= LEAST_SIMILARITY);
        if !self.places.contains_key(id) {
            let place = Place { canonical, latitude: field("lat")?.parse()?, longitude: field("lon")?.parse()? };
            self.places.insert(id.to_owned(), place);
        }
        if !is_listed && is_alike && field("n_ids_sharing_variant")? == "1" {
            let query = Query { spelling: spelling.to_owned(), script: field("script")?.to_owned(), id: id.to_owned() };
            self.queries.insert(spelling.to_owned(), query);
        }
        Ok(())
    }

    /// At most `limit` queries of a script, spread evenly over the alphabet.
    pub(crate) fn queries(&self, script: &str, limit: usize) -> Vec<&Query> {
        let all: Vec<&Query> = self.queries.values().filter(|query| query.script == script).collect();
        let asked = all.len().min(limit);
        (0..asked).map(|at| all[at * all.len() / asked]).collect()
    }

    /// Whether a place is the one that was asked for, bears the same canonical name (a spelling can't tell namesakes apart), or is the
    /// same spot under another id.
    pub(crate) fn is_right(&self, id: &str, query: &Query) -> bool {
        let (Some(place), Some(wanted)) = (self.places.get(id), self.places.get(&query.id)) else {
            return false;
        };
        let is_near = |a: f64, b: f64| (a - b).abs() < SAME_SPOT;
        id == query.id
            || place.canonical == wanted.canonical
            || is_near(place.latitude, wanted.latitude) && is_near(place.longitude, wanted.longitude)
    }
}

/// Letters and digits in lower case, without diacritics.
fn fold(text: &str) -> String {
    let text = text.replace('ə', "a").replace('ı', "i");
    let letters = text.nfkd().flat_map(char::to_lowercase);
    letters.filter(|&c| c.is_alphanumeric() && !is_combining_mark(c)).collect()
}
