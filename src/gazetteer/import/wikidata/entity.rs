//! An entity as the API and the dumps write it: labels, aliases and claims.

use serde_json::{Map, Value};

use super::super::language::country_of;
use super::super::report::At;
use super::super::{Draft, Import};
use super::item::{Item, Rank};
use crate::gazetteer::entry::Point;

/// Takes from an entity what an entry holds.
pub(super) fn read(object: &Map<String, Value>, item: &mut Item, import: &Import, (draft, at): (&mut Draft, At<'_>)) {
    for (lang, label) in object.get("labels").and_then(Value::as_object).into_iter().flatten() {
        if let Some(text) = text(label) {
            item.add_name(text, lang, Rank::Label, (import, draft, at));
        }
    }
    for (lang, aliases) in object.get("aliases").and_then(Value::as_object).into_iter().flatten() {
        for text in aliases.as_array().into_iter().flatten().filter_map(text) {
            item.add_name(text, lang, Rank::Alias, (import, draft, at));
        }
    }
    let Some(claims) = object.get("claims").or_else(|| object.get("statements")).and_then(Value::as_object) else {
        return;
    };
    let first = |property: &str| values(claims, property).into_iter().next();
    if let Some(place) = first("P625") {
        let degrees = |key: &str| place.get(key).and_then(Value::as_f64);
        let point = degrees("latitude").zip(degrees("longitude"));
        item.point = point.map(|(latitude, longitude)| Point { latitude, longitude });
        item.is_elsewhere = place.get("globe").and_then(Value::as_str).is_some_and(|globe| !globe.ends_with("/Q2"));
    }
    item.geonames = first("P1566").and_then(Value::as_str).and_then(|id| id.parse().ok());
    item.country = first("P17").and_then(id_of).and_then(|id| country_of(&id)).unwrap_or_default().to_owned();
    item.within = first("P131").and_then(id_of).unwrap_or_default();
    item.classes = values(claims, "P31").into_iter().filter_map(id_of).collect();
    let amount = first("P1082").and_then(|value| value.get("amount")).and_then(Value::as_str);
    item.population = amount.and_then(|amount| amount.trim_start_matches('+').parse().ok());
}

fn text(value: &Value) -> Option<&str> {
    value.as_str().or_else(|| value.get("value")?.as_str())
}

/// The values of a property that hold today, the preferred ones first.
fn values<'v>(claims: &'v Map<String, Value>, property: &str) -> Vec<&'v Value> {
    let rank = |claim: &Value| claim.get("rank").and_then(Value::as_str).unwrap_or("normal").to_owned();
    let has_ended = |claim: &Value| claim.get("qualifiers").is_some_and(|qualifiers| qualifiers.get("P582").is_some());
    let all = claims.get(property).and_then(Value::as_array).into_iter().flatten();
    let mut claims: Vec<&Value> = all.filter(|claim| rank(claim) != "deprecated" && !has_ended(claim)).collect();
    claims.sort_by_key(|claim| rank(claim) != "preferred");
    claims.into_iter().filter_map(|claim| claim.get("mainsnak")?.get("datavalue")?.get("value")).collect()
}

/// The identifier of the item that a value is.
fn id_of(value: &Value) -> Option<String> {
    let id = value.get("id").and_then(Value::as_str).map(str::to_owned);
    id.or_else(|| value.get("numeric-id").and_then(Value::as_u64).map(|number| format!("Q{number}")))
}
