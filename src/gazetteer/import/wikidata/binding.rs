//! A row of a query's result: which variable is which cell of ours.
//!
//! Queries name their variables as they like, so the names that are understood are few and written down; others are counted and passed over.

use serde_json::{Map, Value};

use super::super::degrees::decimal;
use super::super::language::{country_of, languages_of};
use super::super::report::{At, Part};
use super::super::{Draft, Import};
use super::item::{Item, Rank};
use crate::error::Problem;
use crate::gazetteer::csv::visible;
use crate::gazetteer::entry::Point;

/// The variables that are understood, for messages.
pub(super) const VARIABLES: &str = "item, itemLabel, itemAltLabel, label and lang, altLabel and lang, label_LANG, altLabel_LANG, coord, lat and lon, \
                                    country, countryCode, population, geonames, type, kind, within";

/// Takes from a row what an entry holds.
pub(super) fn read(row: &Map<String, Value>, item: &mut Item, import: &Import, (draft, at): (&mut Draft, At<'_>)) {
    let lang = row.get("lang").or_else(|| row.get("altLang")).and_then(text).unwrap_or_default();
    for (variable, value) in row {
        let Some(text) = text(value) else {
            continue;
        };
        let tagged = value.get("xml:lang").and_then(Value::as_str);
        let (variable, suffix) = match variable.split_once('_') {
            Some((stem @ ("label" | "altLabel"), suffix)) => (stem, Some(suffix)),
            _ => (variable.as_str(), None),
        };
        let of = tagged.or(suffix);
        match variable {
            "itemLabel" => item.add_name(text, of.unwrap_or("en"), Rank::Label, (import, draft, at)),
            "itemAltLabel" => {
                let parts = text.split(", ");
                parts.for_each(|part| item.add_name(part, of.unwrap_or("en"), Rank::Alias, (import, draft, at)));
            }
            "label" => item.add_name(text, of.unwrap_or(lang), Rank::Label, (import, draft, at)),
            "altLabel" => item.add_name(text, of.unwrap_or(lang), Rank::Alias, (import, draft, at)),
            "item" | "lang" | "altLang" | "lat" | "lon" => {}
            _ => {
                if let Err((message, help)) = read_fact(variable, text, item) {
                    draft.refuse(Problem::error(at.position().column(variable), message, help));
                } else if !is_fact(variable) {
                    draft.leave_out(Part::Cell, &format!("`{variable}` is no variable that is understood"), at, text);
                }
            }
        }
    }
    let number = |variable: &str| row.get(variable).and_then(text);
    if let (Some(latitude), Some(longitude)) = (number("lat"), number("lon")) {
        match (decimal(latitude, 90.0), decimal(longitude, 180.0)) {
            (Ok(latitude), Ok(longitude)) => item.point = Some(Point { latitude, longitude }),
            (Err((message, help)), _) => draft.refuse(Problem::error(at.position().column("lat"), message, help)),
            (_, Err((message, help))) => draft.refuse(Problem::error(at.position().column("lon"), message, help)),
        }
    }
}

fn text(value: &Value) -> Option<&str> {
    value.as_str().or_else(|| value.get("value")?.as_str()).filter(|text| !text.is_empty())
}

fn is_fact(variable: &str) -> bool {
    matches!(variable, "coord" | "country" | "countryCode" | "population" | "geonames" | "type" | "kind" | "within")
}

fn read_fact(variable: &str, text: &str, item: &mut Item) -> Result<(), (String, String)> {
    match variable {
        "coord" => read_point(text, item)?,
        "country" => item.country = country_of(id_in(text)).unwrap_or_default().to_owned(),
        "countryCode" if languages_of(text).is_some() => text.clone_into(&mut item.country),
        "countryCode" => return Err(unexpected(text, "a country code", "select wdt:P297 of the country")),
        "population" => item.population = Some(count(text)?),
        "geonames" => item.geonames = Some(count(text)?),
        "type" => item.classes.push(id_in(text).to_owned()),
        "kind" => {
            item.kind = Some(text.parse().map_err(|_| unexpected(text, "a kind", "write one such as town or river"))?)
        }
        "within" => id_in(text).clone_into(&mut item.within),
        _ => {}
    }
    Ok(())
}

fn unexpected(text: &str, what: &str, help: &str) -> (String, String) {
    (format!("`{}` is not {what}", visible(text)), help.to_owned())
}

/// A whole number; a query gives some as decimals.
fn count(text: &str) -> Result<u64, (String, String)> {
    let whole = text.strip_suffix(".0").unwrap_or(text).trim_start_matches('+');
    whole.parse().map_err(|_| unexpected(text, "a whole number", "select a number"))
}

/// `Point(46.75 39.82)`: the longitude comes first. A point of another globe names it before.
fn read_point(text: &str, item: &mut Item) -> Result<(), (String, String)> {
    let help = "select wdt:P625, which gives `Point(LONGITUDE LATITUDE)`";
    let (globe, point) = text.rsplit_once('>').unwrap_or(("", text));
    item.is_elsewhere = !globe.is_empty() && !globe.ends_with("/Q2");
    let inside = point.trim().strip_prefix("Point(").or_else(|| point.trim().strip_prefix("POINT("));
    let cells = inside.and_then(|inside| inside.strip_suffix(')')).and_then(|inside| inside.split_once(' '));
    let degrees = cells.and_then(|(east, north)| Some((east.parse::<f64>().ok()?, north.parse::<f64>().ok()?)));
    let on_earth = degrees.filter(|(east, north)| east.abs() <= 180.0 && north.abs() <= 90.0);
    match on_earth {
        Some((longitude, latitude)) => item.point = item.point.or(Some(Point { latitude, longitude })),
        None if item.is_elsewhere => {}
        None => return Err(unexpected(text, "a point of the earth", help)),
    }
    Ok(())
}

/// `Q399` of `http://www.wikidata.org/entity/Q399`.
pub(super) fn id_in(text: &str) -> &str {
    text.rsplit('/').next().unwrap_or(text)
}
