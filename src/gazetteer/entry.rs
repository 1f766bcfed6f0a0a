//! Entry → name → spelling: the heart of the model.
//!
//! An *entry* is one thing in the world; a *name* is one of the names it bears (Khojavend, Martuni); a *spelling* is one way
//! a name is written (Khojavend, Xocavənd, Ходжавенд). Correcting a spelling is the tool's work; changing the name takes
//! sides, and happens only on request. A flat list of aliases, as most gazetteers have it, cannot tell the two apart.

use std::fmt;

use super::kind::{Kind, Rewrite, SpellingKind};
use crate::error::Error;
use crate::lang::Lang;

/// The stable identifier of an entry, such as `stepanakert`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntryId(Box<str>);

impl EntryId {
    pub(crate) fn new(id: impl Into<Box<str>>) -> Self {
        Self(id.into())
    }

    /// The identifier as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EntryId({self})")
    }
}

/// A point on the earth, in degrees of WGS 84.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Degrees north of the equator, -90 to 90.
    pub latitude: f64,
    /// Degrees east of Greenwich, -180 to 180.
    pub longitude: f64,
}

impl Point {
    /// Distance over the surface of a spherical earth, in kilometres.
    pub(crate) fn kilometres_to(self, other: Point) -> f64 {
        const EARTH_DIAMETER: f64 = 12_742.0;
        let (north, other_north) = (self.latitude.to_radians(), other.latitude.to_radians());
        let half_east = (other.longitude - self.longitude).to_radians() / 2.0;
        let half_north = (other_north - north) / 2.0;
        let chord = half_north.sin().powi(2) + north.cos() * other_north.cos() * half_east.sin().powi(2);
        EARTH_DIAMETER * chord.sqrt().min(1.0).asin()
    }
}

/// When something began and ended, as far as is known; ISO 8601 dates of any precision (`1991`, `1991-09-02`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Period {
    /// First day, month or year; blank if not known or not limited.
    pub since: String,
    /// Last day, month or year; blank if it lasts.
    pub until: String,
}

impl Period {
    /// Whether the text is a year, a year and month, or a day of ISO 8601.
    pub(crate) fn is_date(text: &str) -> bool {
        let parts: Vec<&str> = text.split('-').collect();
        let number = |at: usize, width: usize, limits: std::ops::RangeInclusive<u32>| {
            parts
                .get(at)
                .is_none_or(|part| part.len() == width && part.parse().is_ok_and(|number| limits.contains(&number)))
        };
        parts.len() <= 3 && number(0, 4, 0..=9999) && number(1, 2, 1..=12) && number(2, 2, 1..=days(&parts))
    }

    /// The text, if it is a date.
    pub(crate) fn checked(text: &str) -> Result<&str, Error> {
        if Self::is_date(text) {
            return Ok(text);
        }
        Err(Error::value(format!("`{text}` is no date; expected 1991, 1991-09 or 1991-09-02")))
    }

    /// Whether a date lies between two others, blank ones being no limits. Dates of unlike precision are compared as far as both go.
    pub(crate) fn includes(since: &str, until: &str, date: &str) -> bool {
        let is_ordered = |one: &str, other: &str| {
            let shared = one.len().min(other.len());
            one.as_bytes()[..shared] <= other.as_bytes()[..shared]
        };
        is_ordered(since, date) && (until.is_empty() || is_ordered(date, until))
    }
}

/// The days of the month that the first two parts of a date name.
fn days(date: &[&str]) -> u32 {
    let part = |at: usize| date.get(at).and_then(|part| part.parse::<u32>().ok()).unwrap_or_default();
    let is_leap = |year: u32| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match part(1) {
        2 if is_leap(part(0)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// One thing in the world: a place, a person or an organisation.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Entry {
    /// The stable identifier.
    pub id: EntryId,
    /// What it is.
    pub kind: Kind,
    /// The canonical name: the commonest in English wire copy.
    pub canonical: String,
    /// Where it is; `None` for people and for places nobody located.
    pub point: Option<Point>,
    /// Roughly how far from the point the place extends, in kilometres.
    pub precision_km: Option<f64>,
    /// The country recognised by the United Nations, ISO 3166-1 alpha-2 (Kosovo: `XK`), or blank.
    pub country: String,
    /// The disputed area it lies in.
    pub disputed: Option<EntryId>,
    /// The entry that contains it.
    pub within: Option<EntryId>,
    /// Inhabitants.
    pub population: Option<u64>,
    /// The GeoNames identifier.
    pub geonames: Option<u64>,
    /// The Wikidata identifier, `Q…`, or blank.
    pub wikidata: String,
    /// When it existed.
    pub period: Period,
    /// Keys of `sources.csv`.
    pub source: Vec<String>,
    /// A remark for curators.
    pub note: String,
    /// Its names; the one that is the canonical name comes first.
    pub names: Vec<Name>,
    /// Given name, family name and offices, if it is a person.
    pub person: Option<Person>,
}

impl Entry {
    /// An entry of which only this is known.
    pub(crate) fn new(id: EntryId, kind: Kind) -> Self {
        Self {
            id,
            kind,
            canonical: String::new(),
            point: None,
            precision_km: None,
            country: String::new(),
            disputed: None,
            within: None,
            population: None,
            geonames: None,
            wikidata: String::new(),
            period: Period::default(),
            source: Vec::new(),
            note: String::new(),
            names: Vec::new(),
            person: None,
        }
    }
}

/// One of the names that an entry bears.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Name {
    /// The name's preferred English spelling, which also names the name.
    pub text: String,
    /// The ways it is written.
    pub spellings: Vec<Spelling>,
}

impl Name {
    /// The right spelling of this name in a language, if one is listed.
    pub fn preferred(&self, lang: Lang) -> Option<&Spelling> {
        let undetermined = |spelling: &Spelling| spelling.lang.language() == "und";
        let listed = |wanted: &dyn Fn(&Spelling) -> bool| self.spellings.iter().find(|s| s.preferred && wanted(s));
        listed(&|s| s.lang == lang).or_else(|| listed(&undetermined))
    }
}

/// One way in which a name is written.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Spelling {
    /// The spelling itself, in Unicode normalisation form C.
    pub text: String,
    /// Its language, and its script where that is not the language's usual one.
    pub lang: Lang,
    /// What it is to the name.
    pub kind: SpellingKind,
    /// Whether it is *the* right spelling of the name in its language.
    pub preferred: bool,
    /// The `rewrite` cell; `None` where it is blank.
    pub rewrite: Option<Rewrite>,
    /// The spelling counts only in a document that also mentions one of these entries; empty: it always counts.
    pub needs: Vec<EntryId>,
    /// When it was used.
    pub period: Period,
    /// Keys of `sources.csv`.
    pub source: Vec<String>,
    /// A remark for curators.
    pub note: String,
}

impl Spelling {
    /// A spelling of which only text, language and kind are known.
    pub(crate) fn new(text: impl Into<String>, lang: Lang, kind: SpellingKind) -> Self {
        Self {
            text: text.into(),
            lang,
            kind,
            preferred: false,
            rewrite: None,
            needs: Vec::new(),
            period: Period::default(),
            source: Vec::new(),
            note: String::new(),
        }
    }
}

impl Entry {
    /// Whether it has this name, with its English spelling.
    pub(crate) fn has_english(&self, name: &str) -> bool {
        let mut names = self.names.iter().filter(|known| known.text == name);
        names.any(|known| known.preferred(Lang::ENGLISH).is_some_and(|spelling| spelling.text == name))
    }

    /// Whether its first name is the canonical one, with a canonical spelling.
    pub(crate) fn has_canonical(&self) -> bool {
        let is_canonical = |spelling: &Spelling| spelling.kind == SpellingKind::Canonical;
        self.names.first().is_some_and(|name| name.text == self.canonical && name.spellings.iter().any(is_canonical))
    }
}

impl Spelling {
    /// The canonical spelling of a canonical name.
    pub(crate) fn canonical(name: &str, source: &[String]) -> Self {
        Self {
            text: name.to_owned(),
            lang: Lang::ENGLISH,
            kind: SpellingKind::Canonical,
            preferred: true,
            rewrite: None,
            needs: Vec::new(),
            period: Period::default(),
            source: source.to_vec(),
            note: String::new(),
        }
    }

    /// What may be done to this spelling: its own `rewrite` cell, else what its kind says.
    pub fn effective_rewrite(&self) -> Rewrite {
        self.rewrite.unwrap_or(self.kind.default_rewrite())
    }
}

/// What is known of a person beside the name.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Person {
    /// The given name in English, as in the canonical name.
    pub given: String,
    /// The family name in English; its number of words says how many last words of a spelling are the family name.
    pub family: String,
    /// The offices held.
    pub offices: Vec<Office>,
}

/// An office that a person held.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Office {
    /// The title before the name (`President`), or blank.
    pub title: String,
    /// The office in English.
    pub office: String,
    /// From when to when.
    pub period: Period,
    /// Keys of `sources.csv`.
    pub source: Vec<String>,
}

/// A phrase in which nothing is marked, such as "Minsk Group".
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Suppressed {
    /// The phrase.
    pub surface: String,
    /// Why no place or person is meant.
    pub reason: String,
    /// A sentence with the phrase, or blank.
    pub example: String,
    /// Where it comes from: a key of `sources.csv`, or blank.
    pub source: String,
}

/// Where rows come from: what the keys in `source` cells stand for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Source {
    /// The key that `source` cells give.
    pub key: String,
    /// What it is called.
    pub title: String,
    /// Its address on the web, or blank.
    pub url: String,
    /// Under which licence it stands, or blank.
    pub licence: String,
    /// The day it was read, or blank.
    pub accessed: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        for good in ["1991", "1991-09", "1991-09-02", "2024-02-29"] {
            assert!(Period::is_date(good), "{good}");
        }
        for bad in
            ["", "91", "1991-13", "1991-9-2", "1991/09/02", "2 Sep 1991", "1991-09-02-01", "2023-02-29", "2023-09-31"]
        {
            assert!(!Period::is_date(bad), "{bad}");
        }
    }

    #[test]
    fn periods_include_their_ends() {
        for date in ["1924", "1924-01", "1950-05-05", "1990", "1990-12-31"] {
            assert!(Period::includes("1924-01-26", "1990", date), "{date}");
        }
        for date in ["1923", "1924-01-25", "1991", "1991-01-01"] {
            assert!(!Period::includes("1924-01-26", "1990", date), "{date}");
        }
        assert!(Period::includes("", "", "2026") && Period::includes("", "1990", "1800"));
    }

    #[test]
    fn stepanakert_and_shusha_are_six_kilometres_apart() {
        let stepanakert = Point { latitude: 39.8177, longitude: 46.7528 };
        let shusha = Point { latitude: 39.7601, longitude: 46.7499 };
        assert!((6.0..7.0).contains(&stepanakert.kilometres_to(shusha)));
        assert_eq!(shusha.kilometres_to(shusha), 0.0);
    }
}
