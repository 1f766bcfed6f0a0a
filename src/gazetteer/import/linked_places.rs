//! What both forms of Linked Places share: their dates, languages, classes, links and shapes, as cells of our schema.
//!
//! What breaks the format is reported with row and field and refuses the file; what the schema has no cell for is counted. Files by others are read
//! generously: only a title and a name must be there, since many contributions are older than the present rules. Ids stay as they are,
//! so that an export has them again.

use std::io::BufRead;
use std::path::PathBuf;

use rustc_hash::FxHashMap;

use super::draft::Draft;
use super::report::{At, Part};
use super::shape::middle;
use super::tidy::cleaned;
use super::{Import, SourceRecord};
use crate::error::{Error, Problem};
use crate::gazetteer::csv::visible;
use crate::gazetteer::entry::{Entry, EntryId, Name, Period, Point, Spelling};
use crate::gazetteer::export::{ID_BASE, UNSOURCED, kind_of_aat, kind_of_classes};
use crate::gazetteer::kind::{Kind, SpellingKind};
use crate::lang::Lang;
use crate::script::Script;
use crate::text::one_line;
use crate::translit::{Scheme, ascii_key};

/// Reading a file: where it stands, and what it fills.
pub(super) struct Reading<'a> {
    pub(super) import: &'a Import,
    pub(super) draft: &'a mut Draft,
    pub(super) file: &'a str,
    /// The row or feature, counted from 1.
    pub(super) row: u64,
    pub(super) sources: &'a mut Sources,
}

impl Import {
    /// Reads files one after the other into one draft, each with `read`.
    pub(super) fn linked_places(
        &self,
        files: &[PathBuf],
        read: impl Fn(&mut dyn BufRead, &mut Reading<'_>),
    ) -> Result<Draft, Error> {
        let mut draft = self.draft(SourceRecord::default());
        let (input, mut sources) = (self.input(files), Sources::default());
        for path in files {
            let file = path.display().to_string();
            let (draft, sources) = (&mut draft, &mut sources);
            let mut reading = Reading { import: self, draft, file: &file, row: 0, sources };
            input.open(path, |input| read(input, &mut reading))?;
        }
        draft.finish()
    }
}

impl Reading<'_> {
    fn at(&self) -> At<'_> {
        At { file: self.file, row: self.row }
    }

    /// Reports what refuses the file.
    pub(super) fn report(&mut self, field: &str, message: impl Into<String>, help: &str) {
        self.draft.refuse(Problem::error(self.at().position().column(field), message, help));
    }

    /// How many errors there are.
    pub(super) fn errors(&mut self) -> usize {
        self.draft.problems().errors()
    }

    /// Counts what is left out of a place.
    pub(super) fn leave_out(&mut self, part: Part, reason: &str, found: &str) {
        self.draft.leave_out(part, reason, At { file: self.file, row: self.row }, found);
    }

    /// A date of ISO 8601 of any precision; blank if it is blank, or before the year 0, which the schema cannot hold.
    pub(super) fn date(&mut self, field: &str, text: &str) -> String {
        let date = text.trim().trim_end_matches(['~', '?', '%']);
        if date.is_empty() {
            return String::new();
        }
        if date.strip_prefix('-').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) {
            self.leave_out(Part::Cell, "a date before the common era, which the schema cannot hold", text);
            return String::new();
        }
        let date = date.split('T').next().unwrap_or_default();
        let (year, rest) = date.split_at(date.find('-').unwrap_or(date.len()));
        let date = format!("{year:0>4}{rest}");
        if !year.is_empty() && Period::is_date(&date) {
            return date;
        }
        let message = format!("`{}` is no date of ISO 8601", visible(text));
        self.report(field, message, "write 1600, 1600-05 or 1600-05-31");
        String::new()
    }

    /// From one date to another; the later one is left out if it is earlier.
    pub(super) fn period(&mut self, since: String, until: String) -> Period {
        if !until.is_empty() && !Period::includes(&since, "", &until) {
            self.leave_out(Part::Cell, "an end before the start", &until);
            return Period { since, until: String::new() };
        }
        Period { since, until }
    }

    /// A language tag; what is none counts as undetermined.
    pub(super) fn lang(&mut self, tag: &str) -> Lang {
        let tag = tag.trim().replace('_', "-");
        let (language, rest) = tag.split_at(tag.find('-').unwrap_or(tag.len()));
        match format!("{}{rest}", language.to_ascii_lowercase()).parse() {
            Ok(lang) => lang,
            Err(_) if tag.is_empty() => Lang::UNDETERMINED,
            Err(_) => {
                self.leave_out(Part::Cell, "no language tag of BCP 47, or a longer one than 15 characters", &tag);
                Lang::UNDETERMINED
            }
        }
    }

    /// The one country; of several none is the place's country.
    pub(super) fn country(&mut self, field: &str, codes: &[String]) -> String {
        let is_code = |code: &String| code.len() == 2 && code.bytes().all(|b| b.is_ascii_alphabetic());
        if let Some(wrong) = codes.iter().find(|code| !is_code(code)) {
            let message = format!("`{}` is no country code", visible(wrong));
            self.report(field, message, "write the two letters of ISO 3166-1, such as AM");
        }
        match codes {
            [] => String::new(),
            [code] => code.to_ascii_uppercase(),
            _ => {
                self.leave_out(Part::Cell, "several countries; the schema has room for one", &codes.join(";"));
                String::new()
            }
        }
    }

    /// The identifiers of GeoNames and Wikidata among links, written short (`gn:616051`) or as addresses.
    pub(super) fn links<'l>(&mut self, links: impl Iterator<Item = &'l str>, entry: &mut Entry) {
        for link in links {
            let is_kept = match (geonames(link), wikidata(link)) {
                (Some(number), _) => *entry.geonames.get_or_insert(number) == number,
                (_, Some(item)) if entry.wikidata.is_empty() => {
                    item.clone_into(&mut entry.wikidata);
                    true
                }
                (_, item) => item == Some(entry.wikidata.as_str()),
            };
            if !is_kept {
                self.leave_out(
                    Part::Cell,
                    "a link to another gazetteer than GeoNames and Wikidata, or a second one",
                    link,
                );
            }
        }
    }

    /// Latitude and longitude within their limits.
    pub(super) fn point(&mut self, field: &str, longitude: f64, latitude: f64) -> Option<Point> {
        if (-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude) {
            return Some(Point { latitude, longitude });
        }
        let message = format!("longitude {longitude}, latitude {latitude}; expected -180 to 180 and -90 to 90");
        self.report(field, message, "write decimal degrees, longitude first");
        None
    }

    /// Puts an entry at the middle of a shape; says so if the shape is more than a point.
    pub(super) fn place_at(&mut self, field: &str, corners: &[(f64, f64)], entry: &mut Entry) {
        let Some((longitude, latitude, reach)) = middle(corners) else { return };
        entry.point = self.point(field, longitude, latitude);
        if let Some(reach) = reach {
            entry.precision_km = Some(reach);
            self.leave_out(Part::Cell, "a shape, of which the middle and the reach are kept", field);
        }
    }

    /// The key of a work that is cited, if it is one.
    pub(super) fn source(&mut self, label: &str, url: &str, year: Option<i32>) -> Option<String> {
        self.sources.key(label, url, year, self.draft)
    }

    /// A spelling of which only the language is known: a name in English, native in any other language, so that it is never rewritten.
    /// `None`, and counted, if it can be no name or its language is not asked for.
    pub(super) fn spelling(&mut self, text: &str, lang: Lang) -> Option<Spelling> {
        let is_english = lang == Lang::ENGLISH || lang == Lang::UNDETERMINED;
        match cleaned(text) {
            _ if !self.import.keeps(lang) => self.leave_out(Part::Spelling, "not of the languages asked for", text),
            Err(reason) => self.leave_out(Part::Spelling, reason, text),
            Ok(text) => {
                let kind = if is_english { SpellingKind::Name } else { SpellingKind::Native };
                return Some(Spelling::new(text, lang, kind));
            }
        }
        None
    }

    /// Adds an entry with its spellings, unless a filter leaves it out.
    pub(super) fn add(&mut self, mut entry: Entry, address: &str) {
        let id = id_of_address(address).split_whitespace().collect::<Vec<_>>().join("-");
        entry.id = if id.is_empty() { self.draft.free_id(self.file, &entry.canonical) } else { EntryId::new(id) };
        match self.import.filtered(&entry) {
            Some(reason) => self.leave_out(Part::Entry, reason, &entry.canonical),
            None => self.draft.add(entry, At { file: self.file, row: self.row }),
        }
    }
}

/// Gives an entry one name with all spellings. It is the title if that is in Latin letters; else the first spelling that is, an English one
/// before others; else the title, romanised.
pub(super) fn name_entry(entry: &mut Entry, title: Option<&str>, spellings: Vec<Spelling>, source: &[String]) {
    let is_latin = |text: &&str| Script::of(text) == Some(Script::Latin);
    let latin = |wanted: &dyn Fn(&Spelling) -> bool| {
        let spellings = spellings.iter().filter(|spelling| wanted(spelling));
        spellings.map(|spelling| spelling.text.as_str()).find(is_latin)
    };
    let found = title.filter(is_latin).or_else(|| latin(&|spelling| spelling.lang == Lang::ENGLISH));
    let found = found.or_else(|| latin(&|_| true)).map(str::to_owned);
    let first = title.or(spellings.first().map(|spelling| spelling.text.as_str())).unwrap_or_default();
    let romanised = || Scheme::suggest(first).map_or_else(|| first.to_owned(), |scheme| scheme.apply(first));
    let note = if found.is_none() { "romanised by rule" } else { "" };
    entry.canonical = found.unwrap_or_else(romanised);
    let mut name = Name { text: entry.canonical.clone(), spellings };
    let is_listed = |text: &str| name.spellings.iter().any(|spelling| spelling.text == text);
    if let Some(title) = title.filter(|title| *title != name.text && !is_listed(title)) {
        let title = Spelling::new(title, Lang::UNDETERMINED, SpellingKind::Name);
        name.spellings.push(Spelling { source: source.to_vec(), ..title });
    }
    let is_canonical = |spelling: &Spelling| spelling.text == name.text && spelling.lang == Lang::ENGLISH;
    if !name.spellings.iter().any(is_canonical) {
        let canonical = Spelling::new(name.text.as_str(), Lang::ENGLISH, SpellingKind::Canonical);
        name.spellings.insert(0, Spelling { source: source.to_vec(), note: note.to_owned(), ..canonical });
    }
    // What stands there in no language is the canonical spelling once more.
    name.spellings.retain(|spelling| spelling.text != name.text || spelling.lang != Lang::UNDETERMINED);
    entry.names = vec![name];
}

/// What a place is: by the thesaurus, else by a word that is one of our kinds, else by GeoNames' class.
pub(super) fn kind<'t>(types: impl Iterator<Item = &'t str> + Clone, classes: &[String]) -> Kind {
    let number = |text: &str| text.rsplit([':', '/']).next().and_then(|digits| digits.parse().ok());
    let known = types.clone().filter_map(number).find_map(kind_of_aat);
    let mut words = types.filter_map(|text| text.trim().to_lowercase().parse::<Kind>().ok());
    known.or_else(|| words.find(|kind| kind.label() == "place")).unwrap_or_else(|| kind_of_classes(classes))
}

fn geonames(link: &str) -> Option<u64> {
    let rest = link.strip_prefix("gn:").or_else(|| link.split_once("geonames.org/").map(|(_, rest)| rest))?;
    rest.split('/').next()?.parse().ok()
}

fn wikidata(link: &str) -> Option<&str> {
    let item = link.strip_prefix("wd:").or_else(|| {
        let (_, rest) = link.split_once("wikidata.org/")?;
        rest.strip_prefix("wiki/").or_else(|| rest.strip_prefix("entity/"))
    })?;
    item.strip_prefix('Q').is_some_and(|digits| digits.parse::<u64>().is_ok()).then_some(item)
}

/// The id in an address that our export made; another address is an id as it is.
pub(super) fn id_of_address(address: &str) -> String {
    let Some(mut rest) = address.strip_prefix(ID_BASE) else {
        return address.to_owned();
    };
    let mut id = String::new();
    while let Some(at) = rest.find('%') {
        let code = rest.get(at + 1..at + 3).and_then(|code| u8::from_str_radix(code, 16).ok());
        id.push_str(&rest[..at]);
        id.push(code.map_or('%', char::from));
        rest = &rest[if code.is_some() { at + 3 } else { at + 1 }..];
    }
    id + rest
}

/// The works that a file cites, as sources with keys.
#[derive(Debug, Default)]
pub(super) struct Sources {
    /// Keys by title and address.
    keys: FxHashMap<(String, String), String>,
    taken: FxHashMap<String, usize>,
}

impl Sources {
    /// The key of a work; the year becomes part of its title, `Atlas (1923)`. `None` if the citation says that there is none.
    fn key(&mut self, label: &str, url: &str, year: Option<i32>, draft: &mut Draft) -> Option<String> {
        let label = one_line(label);
        if label == UNSOURCED || (label.is_empty() && url.is_empty()) {
            return None;
        }
        let title = if label.is_empty() { url.to_owned() } else { label };
        let year = year.map(|year| format!(" ({year})")).filter(|year| !title.ends_with(year.as_str()));
        let slug = slug(&title);
        let label = title.clone();
        let title = title + year.as_deref().unwrap_or_default();
        let known = (title, url.to_owned());
        if let Some(key) = self.keys.get(&known) {
            return Some(key.clone());
        }
        let count = self.taken.entry(slug.clone()).or_default();
        *count += 1;
        let key = if *count == 1 { slug } else { format!("{slug}-{count}") };
        let (title, url) = known.clone();
        let (licence, accessed) = (String::new(), String::new());
        draft.add_source(SourceRecord { key: key.clone(), title: title.clone(), url, licence, accessed });
        // A field without year and address cites the same work by its title.
        for title in [title, label] {
            self.keys.entry((title, String::new())).or_insert_with(|| key.clone());
        }
        self.keys.insert(known, key.clone());
        Some(key)
    }

    /// Adds a source whose key the file gives.
    pub(super) fn add(&mut self, record: SourceRecord, draft: &mut Draft) {
        *self.taken.entry(record.key.clone()).or_default() += 1;
        draft.add_source(record);
    }
}

/// The first words of a title as a key.
fn slug(title: &str) -> String {
    const MAX_WORDS: usize = 6;
    let words = title.split_whitespace().map(ascii_key).filter(|word| !word.is_empty());
    let slug = words.take(MAX_WORDS).collect::<Vec<_>>().join("-");
    if slug.is_empty() { "source".to_owned() } else { slug }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading<T>(read: impl FnOnce(&mut Reading<'_>) -> T) -> (T, usize) {
        let import = Import::new();
        let mut draft = Draft::new(SourceRecord::default(), None);
        let (draft, sources) = (&mut draft, &mut Sources::default());
        let value = read(&mut Reading { import: &import, draft, file: "places.tsv", row: 2, sources });
        (value, draft.problems().errors())
    }

    #[test]
    fn dates_are_padded_and_those_before_the_common_era_left_out() {
        for (text, date) in
            [("676", "0676"), ("1600-05~", "1600-05"), ("-0320", ""), ("1832-08-01T00:00", "1832-08-01")]
        {
            assert_eq!(reading(|reading| reading.date("start", text)), (date.to_owned(), 0), "{text}");
        }
        for text in ["ca. 1600", "1600-13", "5/1/1600", "--"] {
            assert_eq!(reading(|reading| reading.date("start", text)).1, 1, "{text}");
        }
    }

    #[test]
    fn identifiers_are_found_in_all_their_forms() {
        for link in ["gn:616051", "http://www.geonames.org/616051/", "https://sws.geonames.org/616051/about.rdf"] {
            assert_eq!(geonames(link), Some(616051), "{link}");
        }
        for link in ["wd:Q132928", "https://www.wikidata.org/wiki/Q132928", "http://www.wikidata.org/entity/Q132928"] {
            assert_eq!(wikidata(link), Some("Q132928"), "{link}");
        }
        assert_eq!((geonames("tgn:7011944"), wikidata("https://en.wikipedia.org/wiki/Q")), (None, None));
    }

    #[test]
    fn addresses_of_our_own_become_ids_again() {
        assert_eq!(id_of_address("urn:toponorm:a%7Cb%25"), "a|b%");
        assert_eq!(id_of_address("http://mygaz.org/p%201"), "http://mygaz.org/p%201");
    }
}
