//! The rows of `entries.csv`, `names.csv`, `people.csv` and of the tables that are all text.

use super::{Cells, Record, visible};
use crate::gazetteer::entry::{Period, Point};
use crate::gazetteer::kind::{Kind, Rewrite, SpellingKind};
use crate::lang::Lang;

/// A row of `entries.csv`.
#[derive(Debug, Default)]
pub(crate) struct EntryRecord {
    pub(crate) id: String,
    /// `None` if the cell is blank, as it may be in a layer that corrects other cells.
    pub(crate) kind: Option<Kind>,
    /// Blank as `kind`.
    pub(crate) name: String,
    pub(crate) point: Option<Point>,
    pub(crate) precision_km: Option<f64>,
    pub(crate) country: String,
    pub(crate) disputed: String,
    pub(crate) within: String,
    pub(crate) population: Option<u64>,
    pub(crate) geonames: Option<u64>,
    pub(crate) wikidata: String,
    pub(crate) period: Period,
    pub(crate) source: Vec<String>,
    pub(crate) note: String,
}

impl Record for EntryRecord {
    const FILE: &'static str = "entries.csv";
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "kind",
        "name",
        "latitude",
        "longitude",
        "precision_km",
        "country",
        "disputed",
        "within",
        "population",
        "geonames",
        "wikidata",
        "since",
        "until",
        "source",
        "note",
    ];
    const REQUIRED: &'static [&'static str] = &["id", "kind", "name"];
    const ORDER: &'static [&'static str] = &["id"];

    fn read(cells: &mut Cells<'_>) -> Self {
        let id = cells.required("id");
        check_id(cells, &id);
        Self {
            id,
            kind: cells.maybe_one_of("kind"),
            name: cells.text("name"),
            point: read_point(cells),
            precision_km: cells.number("precision_km", 0.0, 20_000.0),
            country: read_country(cells),
            disputed: cells.text("disputed"),
            within: cells.text("within"),
            population: cells.count("population"),
            geonames: cells.count("geonames"),
            wikidata: read_wikidata(cells),
            period: cells.period(),
            source: cells.list("source"),
            note: cells.text("note"),
        }
    }

    fn write(&self) -> Vec<String> {
        let degrees = |degrees: Option<f64>| degrees.map_or(String::new(), |d| format!("{d}"));
        let count = |count: Option<u64>| count.map_or(String::new(), |c| c.to_string());
        vec![
            self.id.clone(),
            self.kind.map_or(String::new(), |kind| kind.to_string()),
            self.name.clone(),
            degrees(self.point.map(|point| point.latitude)),
            degrees(self.point.map(|point| point.longitude)),
            degrees(self.precision_km),
            self.country.clone(),
            self.disputed.clone(),
            self.within.clone(),
            count(self.population),
            count(self.geonames),
            self.wikidata.clone(),
            self.period.since.clone(),
            self.period.until.clone(),
            self.source.join(";"),
            self.note.clone(),
        ]
    }
}

/// An id may be any string without white space.
pub(super) fn check_id(cells: &mut Cells<'_>, id: &str) {
    if id.contains(char::is_whitespace) {
        cells.report("id", format!("`{}` holds white space", visible(id)), "write `-` instead, as in `lake-sevan`");
    }
}

/// Latitude and longitude: both or neither.
pub(super) fn read_point(cells: &mut Cells<'_>) -> Option<Point> {
    let latitude = cells.number("latitude", -90.0, 90.0);
    let longitude = cells.number("longitude", -180.0, 180.0);
    let are_blank = (cells.is_blank("latitude"), cells.is_blank("longitude"));
    if are_blank.0 != are_blank.1 {
        let blank = if are_blank.0 { "latitude" } else { "longitude" };
        cells.report(blank, "only one of latitude and longitude is given", "fill in both, or neither");
    }
    Some(Point { latitude: latitude?, longitude: longitude? })
}

/// An ISO 3166-1 alpha-2 code or blank.
pub(super) fn read_country(cells: &mut Cells<'_>) -> String {
    let code = cells.text("country");
    let is_code = code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase());
    if !code.is_empty() && !is_code {
        let message = format!("`{}` is no country code", visible(&code));
        cells.report("country", message, "write the two capitals of ISO 3166-1, such as AM or AZ");
    }
    code
}

fn read_wikidata(cells: &mut Cells<'_>) -> String {
    let id = cells.text("wikidata");
    let is_id = id.strip_prefix('Q').is_some_and(|digits| digits.parse::<u64>().is_ok());
    if !id.is_empty() && !is_id {
        cells.report("wikidata", format!("`{id}` is no Wikidata item"), "write Q and digits, such as Q132928");
    }
    id
}

/// A row of `names.csv`.
#[derive(Clone, Debug)]
pub(crate) struct NameRecord {
    pub(crate) entry: String,
    pub(crate) name: String,
    pub(crate) spelling: String,
    pub(crate) lang: Lang,
    pub(crate) kind: SpellingKind,
    pub(crate) preferred: bool,
    pub(crate) rewrite: Option<Rewrite>,
    pub(crate) needs: Vec<String>,
    pub(crate) period: Period,
    pub(crate) source: Vec<String>,
    pub(crate) note: String,
}

impl Record for NameRecord {
    const FILE: &'static str = "names.csv";
    const COLUMNS: &'static [&'static str] = &[
        "entry",
        "name",
        "spelling",
        "lang",
        "kind",
        "preferred",
        "rewrite",
        "needs",
        "since",
        "until",
        "source",
        "note",
    ];
    const REQUIRED: &'static [&'static str] = &["entry", "name", "spelling", "lang", "kind"];
    const ORDER: &'static [&'static str] = &["entry", "name", "lang", "spelling", "kind"];

    fn read(cells: &mut Cells<'_>) -> Self {
        Self {
            entry: cells.required("entry"),
            name: cells.required("name"),
            spelling: cells.required("spelling"),
            lang: cells.one_of("lang", Lang::ENGLISH),
            kind: cells.one_of("kind", SpellingKind::Name),
            preferred: cells.flag("preferred"),
            rewrite: cells.maybe_one_of("rewrite"),
            needs: cells.list("needs"),
            period: cells.period(),
            source: cells.list("source"),
            note: cells.text("note"),
        }
    }

    fn write(&self) -> Vec<String> {
        vec![
            self.entry.clone(),
            self.name.clone(),
            self.spelling.clone(),
            self.lang.to_string(),
            self.kind.to_string(),
            if self.preferred { "1".to_owned() } else { String::new() },
            self.rewrite.map_or(String::new(), |rewrite| rewrite.to_string()),
            self.needs.join(";"),
            self.period.since.clone(),
            self.period.until.clone(),
            self.source.join(";"),
            self.note.clone(),
        ]
    }
}

/// A record of text cells only, all but two columns of which are copied as they are.
macro_rules! text_record {
    ($(#[$about:meta])* $name:ident, $file:literal, required $required:tt, order $order:tt: $first:ident $(, $column:ident)*) => {
        $(#[$about])*
        #[derive(Clone, Debug, Default)]
        pub(crate) struct $name {
            pub(crate) $first: String,
            $(pub(crate) $column: String,)*
        }

        impl Record for $name {
            const FILE: &'static str = $file;
            const COLUMNS: &'static [&'static str] = &[stringify!($first) $(, stringify!($column))*];
            const REQUIRED: &'static [&'static str] = &$required;
            const ORDER: &'static [&'static str] = &$order;

            fn read(cells: &mut Cells<'_>) -> Self {
                Self {
                    $first: cells.required(stringify!($first)),
                    $($column: cells.text(stringify!($column)),)*
                }
            }

            fn write(&self) -> Vec<String> {
                vec![self.$first.clone() $(, self.$column.clone())*]
            }
        }
    };
}

text_record! {
    /// A row of `suppressed.csv`.
    SuppressedRecord, "suppressed.csv", required ["surface", "reason"], order ["surface"]:
    surface, reason, example, source
}

text_record! {
    /// A row of `common.csv`.
    CommonRecord, "common.csv", required ["surface", "reason"], order ["surface"]:
    surface, reason, example, source
}

/// A row of `removed.csv`: what a layer takes away from the gazetteers below it.
#[derive(Debug)]
pub(crate) struct RemovedRecord {
    pub(crate) entry: String,
    /// Blank: the entry goes with all that it has.
    pub(crate) spelling: String,
    /// `None`: in whatever language.
    pub(crate) lang: Option<Lang>,
    pub(crate) reason: String,
    pub(crate) source: String,
}

impl Record for RemovedRecord {
    const FILE: &'static str = "removed.csv";
    const COLUMNS: &'static [&'static str] = &["entry", "spelling", "lang", "reason", "source"];
    const REQUIRED: &'static [&'static str] = &["entry", "spelling", "reason"];
    const ORDER: &'static [&'static str] = &["entry", "spelling", "lang"];

    fn read(cells: &mut Cells<'_>) -> Self {
        let (entry, spelling, lang) = (cells.required("entry"), cells.text("spelling"), cells.maybe_one_of("lang"));
        if spelling.is_empty() && lang.is_some() {
            cells.report(
                "lang",
                "a language is given and no spelling",
                "fill in the spelling; to remove the whole entry clear both",
            );
        }
        Self { entry, spelling, lang, reason: cells.required("reason"), source: cells.text("source") }
    }

    fn write(&self) -> Vec<String> {
        vec![
            self.entry.clone(),
            self.spelling.clone(),
            self.lang.map_or(String::new(), |lang| lang.to_string()),
            self.reason.clone(),
            self.source.clone(),
        ]
    }
}

text_record! {
    /// A row of `newsworthy.csv`.
    NewsworthyRecord, "newsworthy.csv", required ["entry"], order ["entry"]:
    entry, source
}

text_record! {
    /// A row of `policies.csv`; `entry` is blank in a rule for all entries.
    PolicyRecord, "policies.csv", required ["policy", "entry", "choose"], order ["policy", "entry"]:
    policy, entry, choose, source
}

/// A row of `languages.csv`.
#[derive(Debug)]
pub(crate) struct LanguageRecord {
    /// `None` after a problem was reported.
    pub(crate) lang: Option<Lang>,
    pub(crate) title: String,
    pub(crate) source: String,
}

impl Record for LanguageRecord {
    const FILE: &'static str = "languages.csv";
    const COLUMNS: &'static [&'static str] = &["lang", "title", "source"];
    const REQUIRED: &'static [&'static str] = &["lang", "title"];
    const ORDER: &'static [&'static str] = &["lang"];

    fn read(cells: &mut Cells<'_>) -> Self {
        cells.required("lang");
        Self { lang: cells.maybe_one_of("lang"), title: cells.required("title"), source: cells.text("source") }
    }

    fn write(&self) -> Vec<String> {
        vec![self.lang.map_or(String::new(), |lang| lang.to_string()), self.title.clone(), self.source.clone()]
    }
}

text_record! {
    /// A row of `sources.csv`.
    SourceRecord, "sources.csv", required ["key", "title"], order ["key"]:
    key, title, url, licence, accessed
}

/// A row of `people.csv`.
#[derive(Debug)]
pub(crate) struct PersonRecord {
    pub(crate) entry: String,
    pub(crate) given: String,
    pub(crate) family: String,
    pub(crate) title: String,
    pub(crate) office: String,
    pub(crate) period: Period,
    pub(crate) source: Vec<String>,
}

impl Record for PersonRecord {
    const FILE: &'static str = "people.csv";
    const COLUMNS: &'static [&'static str] =
        &["entry", "given", "family", "title", "office", "since", "until", "source"];
    const REQUIRED: &'static [&'static str] = &["entry", "given", "family"];
    const ORDER: &'static [&'static str] = &["entry", "given", "family", "title", "office", "since"];

    fn read(cells: &mut Cells<'_>) -> Self {
        Self {
            entry: cells.required("entry"),
            given: cells.text("given"),
            family: cells.required("family"),
            title: cells.text("title"),
            office: cells.text("office"),
            period: cells.period(),
            source: cells.list("source"),
        }
    }

    fn write(&self) -> Vec<String> {
        vec![
            self.entry.clone(),
            self.given.clone(),
            self.family.clone(),
            self.title.clone(),
            self.office.clone(),
            self.period.since.clone(),
            self.period.until.clone(),
            self.source.join(";"),
        ]
    }
}
