//! Which column of a table is which cell of ours: by what the person says, else by its heading.

use super::super::language::{Tag, tag};
use crate::error::Error;
use crate::lang::Lang;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Id,
    Name,
    Kind,
    Latitude,
    Longitude,
    Country,
    Population,
    /// Spellings joined by `;`, each `spelling` or `spelling@lang`.
    Variants,
    Geonames,
    Wikidata,
    Within,
    Note,
    /// Names in a language, joined by `;`.
    NameIn(Lang),
    /// Other current names, of a language or none that is known.
    Other(Lang),
    /// Former names.
    Former(Lang),
}

/// Fields as they are named on the command line, with the headings by which they are known.
const KNOWN: [(&str, Field, &[&str]); 14] = [
    ("id", Field::Id, &["@id", "osm_id"]),
    ("name", Field::Name, &["title"]),
    ("kind", Field::Kind, &["place"]),
    ("latitude", Field::Latitude, &["lat", "@lat"]),
    ("longitude", Field::Longitude, &["lon", "lng", "long", "@lon"]),
    ("country", Field::Country, &["country_code", "ccode"]),
    ("population", Field::Population, &[]),
    ("variants", Field::Variants, &[]),
    ("geonames", Field::Geonames, &["geonameid", "geonames_id"]),
    ("wikidata", Field::Wikidata, &["wikidata_id"]),
    ("within", Field::Within, &["parent_id", "is_in"]),
    ("note", Field::Note, &[]),
    ("alt_name", Field::Other(Lang::UNDETERMINED), &["official_name", "loc_name", "short_name"]),
    ("old_name", Field::Former(Lang::UNDETERMINED), &[]),
];

type OfLang = fn(Lang) -> Field;

/// Fields that may be tagged with a language: `name:ru`.
const TAGGED: [(&str, OfLang); 6] = [
    ("name", Field::NameIn),
    ("alt_name", Field::Other),
    ("official_name", Field::Other),
    ("loc_name", Field::Other),
    ("short_name", Field::Other),
    ("old_name", Field::Former),
];

impl Field {
    /// Reads a field as it is named on the command line, `latitude` or `name:ru`.
    pub(super) fn named(text: &str) -> Result<Self, Error> {
        let plain = KNOWN.iter().find(|(name, ..)| *name == text).map(|&(_, field, _)| field);
        plain.or_else(|| tagged(text)).ok_or_else(|| {
            let names: Vec<&str> = KNOWN.iter().map(|(name, ..)| *name).collect();
            Error::value(format!("`{text}` is no field; expected one of: {}, name:LANG", names.join(", ")))
        })
    }

    /// What a heading says by itself, if anything.
    pub(super) fn of_heading(heading: &str) -> Option<Self> {
        let heading = heading.to_ascii_lowercase();
        let known = KNOWN.iter().find(|(name, _, others)| *name == heading || others.contains(&heading.as_str()));
        known.map(|&(_, field, _)| field).or_else(|| tagged(&heading))
    }
}

fn tagged(text: &str) -> Option<Field> {
    let (name, lang) = text.split_once(':')?;
    let (_, field) = TAGGED.iter().find(|(known, _)| *known == name)?;
    match tag(lang) {
        Tag::Lang(lang) if lang != Lang::UNDETERMINED => Some(field(lang)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_understood() {
        let russian = "ru".parse().expect("a tag");
        for (heading, expected) in [
            ("Name", Some(Field::Name)),
            ("name:ru", Some(Field::NameIn(russian))),
            ("name:rus", Some(Field::NameIn(russian))),
            ("old_name", Some(Field::Former(Lang::UNDETERMINED))),
            ("@lat", Some(Field::Latitude)),
            ("name:etymology:wikidata", None),
            ("Einwohner", None),
        ] {
            assert_eq!(Field::of_heading(heading), expected, "{heading}");
        }
        assert_eq!(Field::named("population").ok(), Some(Field::Population));
        assert!(Field::named("Town").is_err_and(|error| error.to_string().contains("latitude")));
    }
}
