//! The methods that are compared, each of which gives the places of one gazetteer a score for a query.
//!
//! The peers see `any_ascii` folds in lower case (`Jaro–Winkler` without a fold is there to show what it brings). A phonetic
//! code has no degrees, so those that share one with the query are ranked by Jaro–Winkler, as one would do.

use std::collections::{HashMap, HashSet};
use std::error::Error;
use std::path::Path;

use any_ascii::any_ascii;
use rphonetic::{
    BeiderMorseBuilder, ConfigFiles, DaitchMokotoffSoundex, DaitchMokotoffSoundexBuilder, DoubleMetaphone, Encoder,
};
use toponorm::Matcher;

/// How many candidates toponorm is asked for: more than are looked at, so that ties are seen.
const CANDIDATES: usize = 10;

/// The names of a one-file gazetteer: `id`, `name` and `variants`, joined with `;`.
#[derive(Debug, Default)]
pub(crate) struct Names {
    ids: Vec<String>,
    /// A name and its place.
    names: Vec<(String, usize)>,
}

impl Names {
    pub(crate) fn from_path(path: &Path) -> Result<Self, Box<dyn Error>> {
        let mut names = Self::default();
        for row in csv::Reader::from_path(path)?.deserialize::<HashMap<String, String>>() {
            let row = row?;
            let field = |name: &str| row.get(name).map(String::as_str).unwrap_or_default();
            let variants = field("variants").split(';').filter(|name| !name.is_empty());
            let place = names.ids.len();
            names.names.extend([field("name")].into_iter().chain(variants).map(|name| (name.to_owned(), place)));
            names.ids.push(field("id").to_owned());
        }
        Ok(names)
    }

    /// The id of a place.
    pub(crate) fn id(&self, place: usize) -> &str {
        &self.ids[place]
    }
}

/// A way to look up a name.
pub(crate) trait Method {
    fn title(&self) -> &'static str;

    /// Places with their scores, more is better, in any order; what is left out is no candidate.
    fn rank(&self, query: &str) -> Vec<(f64, usize)>;
}

/// All methods, toponorm last.
pub(crate) fn methods(names: &Names, matcher: Matcher) -> Vec<Box<dyn Method>> {
    let similarity = |title, fold: fn(&str) -> String, measure| -> Box<dyn Method> {
        Box::new(Similarity { title, fold, measure, names: folded(names, fold) })
    };
    let phonetic =
        |title, encode: fn(&str) -> Vec<String>| -> Box<dyn Method> { Box::new(Phonetic::new(title, encode, names)) };
    let places = names.ids.iter().cloned().zip(0..).collect();
    vec![
        similarity("Levenshtein", ascii, strsim::normalized_levenshtein),
        similarity("Damerau", ascii, strsim::normalized_damerau_levenshtein),
        similarity("Jaro–Winkler, no fold", str::to_lowercase, strsim::jaro_winkler),
        similarity("any_ascii + Jaro–Winkler", ascii, strsim::jaro_winkler),
        phonetic("Double Metaphone", double_metaphone),
        phonetic("Daitch–Mokotoff", daitch_mokotoff),
        phonetic("Beider–Morse", beider_morse),
        Box::new(Toponorm { matcher, places }),
    ]
}

fn ascii(text: &str) -> String {
    any_ascii(text).to_lowercase()
}

fn folded(names: &Names, fold: fn(&str) -> String) -> Vec<(String, usize)> {
    names.names.iter().map(|(name, place)| (fold(name), *place)).collect()
}

/// The best score of each place.
fn best_of_places(scores: impl Iterator<Item = (f64, usize)>) -> Vec<(f64, usize)> {
    let mut best: HashMap<usize, f64> = HashMap::new();
    for (score, place) in scores {
        let known = best.entry(place).or_insert(score);
        *known = known.max(score);
    }
    best.into_iter().map(|(place, score)| (score, place)).collect()
}

/// A similarity of two strings, over all names.
struct Similarity {
    title: &'static str,
    fold: fn(&str) -> String,
    measure: fn(&str, &str) -> f64,
    names: Vec<(String, usize)>,
}

impl Method for Similarity {
    fn title(&self) -> &'static str {
        self.title
    }

    fn rank(&self, query: &str) -> Vec<(f64, usize)> {
        let query = (self.fold)(query);
        best_of_places(self.names.iter().map(|(name, place)| ((self.measure)(&query, name), *place)))
    }
}

/// Codes of sounds: candidates are the names with a code of the query's.
struct Phonetic {
    title: &'static str,
    encode: fn(&str) -> Vec<String>,
    names: Vec<(String, usize)>,
    by_code: HashMap<String, Vec<usize>>,
}

impl Phonetic {
    fn new(title: &'static str, encode: fn(&str) -> Vec<String>, names: &Names) -> Self {
        let names = folded(names, ascii);
        let mut by_code: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, (name, _)) in names.iter().enumerate() {
            codes(name, encode).into_iter().for_each(|code| by_code.entry(code).or_default().push(at));
        }
        Self { title, encode, names, by_code }
    }
}

/// The codes of a folded name, its words run together: the encoders know letters only.
fn codes(name: &str, encode: fn(&str) -> Vec<String>) -> Vec<String> {
    let letters: String = name.chars().filter(char::is_ascii_alphabetic).collect();
    encode(&letters).into_iter().filter(|code| !code.is_empty()).collect()
}

impl Method for Phonetic {
    fn title(&self) -> &'static str {
        self.title
    }

    fn rank(&self, query: &str) -> Vec<(f64, usize)> {
        let query = ascii(query);
        let sharing: HashSet<usize> =
            codes(&query, self.encode).iter().filter_map(|code| self.by_code.get(code)).flatten().copied().collect();
        best_of_places(sharing.into_iter().map(|at| {
            let (name, place) = &self.names[at];
            (strsim::jaro_winkler(&query, name), *place)
        }))
    }
}

fn double_metaphone(letters: &str) -> Vec<String> {
    let both = DoubleMetaphone::default().double_metaphone(letters);
    vec![both.primary(), both.alternate()]
}

thread_local! {
    static DAITCH_MOKOTOFF: DaitchMokotoffSoundex = DaitchMokotoffSoundexBuilder::default().build().expect("embedded rules");
    static BEIDER_MORSE: ConfigFiles = ConfigFiles::default();
}

fn daitch_mokotoff(letters: &str) -> Vec<String> {
    DAITCH_MOKOTOFF.with(|encoder| encoder.soundex(letters)).split('|').map(str::to_owned).collect()
}

fn beider_morse(letters: &str) -> Vec<String> {
    BEIDER_MORSE
        .with(|rules| BeiderMorseBuilder::new(rules).build().encode(letters))
        .split('|')
        .map(str::to_owned)
        .collect()
}

/// The library, as a user asks it.
struct Toponorm {
    matcher: Matcher,
    places: HashMap<String, usize>,
}

impl Method for Toponorm {
    fn title(&self) -> &'static str {
        "toponorm"
    }

    fn rank(&self, query: &str) -> Vec<(f64, usize)> {
        let found = self.matcher.lookup(query, CANDIDATES);
        found.iter().filter_map(|candidate| Some((candidate.score, *self.places.get(&candidate.id)?))).collect()
    }
}
