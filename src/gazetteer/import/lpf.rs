//! Linked Places Format: JSON-LD, a Feature a place.
//!
//! Features are read one after the other out of the stream, so that memory holds the draft and one Feature. Each is read as any JSON and then
//! looked through: deserialising into structs of our own was rejected, since one number in a string's place would end the reading of the file instead of
//! being reported with its Feature.

use std::fmt;
use std::io::BufRead;
use std::path::PathBuf;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::linked_places::{Reading, id_of_address, kind, name_entry};
use super::report::Part;
use super::shape::corners_of_wkt;
use super::{Draft, Import, SourceRecord};
use crate::error::{Error, Position, Problem};
use crate::gazetteer::Kind;
use crate::gazetteer::csv::visible;
use crate::gazetteer::entry::{Entry, EntryId, Name, Period, Spelling};
use crate::text::one_line;

impl Import {
    /// Reads files of Linked Places Format (JSON-LD, version 1.1 and later): a `FeatureCollection`, or Features one after the other.
    ///
    /// Ids stay as they are; those that [`Export::lpf`](crate::Export::lpf) made become what they were. A title that is one of the names is the
    /// canonical name, else the first name in Latin letters is. What that export wrote into members called `toponorm` is understood.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Io`](crate::ErrorKind::Io) if a file cannot be read, [`ErrorKind::Gazetteer`](crate::ErrorKind::Gazetteer) with every problem
    /// if it is no such file; the rows of problems are Features, counted from 1.
    pub fn lpf(&self, files: &[PathBuf]) -> Result<Draft, Error> {
        self.linked_places(files, read)
    }
}

fn read(input: &mut dyn BufRead, reading: &mut Reading<'_>) {
    if input.fill_buf().is_ok_and(|start| start.starts_with(b"\xEF\xBB\xBF")) {
        input.consume(3);
    }
    let mut json = serde_json::Deserializer::from_reader(input);
    loop {
        if let Err(error) = (Collection { reading }).deserialize(&mut json) {
            return reading.draft.refuse(problem(&error, reading.file, reading.row));
        }
        if json.end().is_ok() {
            return;
        }
    }
}

fn problem(error: &serde_json::Error, file: &str, features: u64) -> Problem {
    let place = format!("line {}, column {}, after {features} features", error.line(), error.column());
    let (message, help) = match error.classify() {
        serde_json::error::Category::Eof => {
            (format!("the file breaks off at {place}"), "fetch it again; it is cut off")
        }
        serde_json::error::Category::Io => {
            (format!("the file could not be read: {error}"), "check the disk and the file")
        }
        _ => (format!("no Linked Places at {place}: {error}"), "mend the JSON there; nothing of the file is used"),
    };
    Problem::error(Position::file(file), message, help)
}

/// A `FeatureCollection`, or one Feature.
struct Collection<'r, 'a> {
    reading: &'r mut Reading<'a>,
}

impl<'de> DeserializeSeed<'de> for Collection<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Collection<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a FeatureCollection or a Feature")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut members: M) -> Result<(), M::Error> {
        let mut others = Map::new();
        let mut has_features = false;
        while let Some(key) = members.next_key::<String>()? {
            match key.as_str() {
                "features" => {
                    has_features = true;
                    members.next_value_seed(Features { reading: &mut *self.reading })?;
                }
                "toponorm" => add_sources(&members.next_value()?, self.reading),
                _ => drop(others.insert(key, members.next_value()?)),
            }
        }
        if others.get("type").is_some_and(|kind| kind == "Feature") {
            read_feature(&Value::Object(others), self.reading);
        } else if !has_features {
            let position = Position::file(self.reading.file);
            let help = "give it `features`, a list, as Linked Places Format says; for other JSON use another format";
            self.reading.draft.refuse(Problem::error(position, "there is no `features` in it", help));
        }
        Ok(())
    }
}

/// The list of Features, none of which is kept.
struct Features<'r, 'a> {
    reading: &'r mut Reading<'a>,
}

impl<'de> DeserializeSeed<'de> for Features<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Features<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of Features")
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut list: S) -> Result<(), S::Error> {
        while let Some(feature) = list.next_element::<Value>()? {
            read_feature(&feature, self.reading);
        }
        Ok(())
    }
}

/// The sources that our export lists with their keys.
fn add_sources(extra: &Value, reading: &mut Reading<'_>) {
    for source in list(&extra["sources"]) {
        let cell = |key: &str| one_line(text(&source[key]));
        let record = SourceRecord {
            key: cell("key"),
            title: cell("title"),
            url: cell("url"),
            licence: cell("licence"),
            accessed: cell("accessed"),
        };
        if !record.key.is_empty() && !record.title.is_empty() {
            reading.sources.add(record, reading.draft);
        }
    }
}

fn read_feature(feature: &Value, reading: &mut Reading<'_>) {
    reading.row += 1;
    reading.draft.count_row();
    let errors_before = reading.errors();
    let (properties, extra) = (&feature["properties"], &feature["properties"]["toponorm"]);
    let mut entry = Entry::new(EntryId::new(""), Kind::Place);
    entry.kind = kind(words(feature).into_iter(), &texts(&properties["fclasses"]));
    if let Ok(kind) = text(&extra["kind"]).parse() {
        entry.kind = kind;
    }
    entry.country = reading.country("properties.ccodes", &texts(&properties["ccodes"]));
    entry.period = period(&feature["when"], "when", reading);
    entry.within = container(feature, reading);
    entry.disputed = Some(text(&extra["disputed"])).filter(|id| !id.is_empty()).map(EntryId::new);
    entry.population = extra["population"].as_u64();
    entry.source = texts(&extra["source"]);
    entry.note = list(&feature["descriptions"]).first().map_or(String::new(), |first| one_line(text(&first["value"])));
    reading.links(links(feature).into_iter(), &mut entry);
    read_geometry(&feature["geometry"], reading, &mut entry);
    entry.precision_km = extra["precision_km"].as_f64().or(entry.precision_km);
    let spellings = spellings(feature, reading);
    if reading.errors() > errors_before {
        return;
    }
    let title = text(&properties["title"]).trim();
    if spellings.is_empty() {
        return reading.leave_out(Part::Entry, "none of its names can be used", title);
    }
    name(&mut entry, title, spellings, reading);
    let id = ["@id", "id"].map(|key| text(&feature[key])).into_iter().find(|id| !id.is_empty()).unwrap_or_default();
    reading.add(entry, id);
}

/// Its types: the numbers of the thesaurus, and words.
fn words(feature: &Value) -> Vec<&str> {
    let mut words = Vec::new();
    for kind in list(&feature["types"]) {
        words.extend([text(&kind["identifier"]), text(&kind["label"]), text(&kind["sourceLabel"])]);
        words.extend(list(&kind["sourceLabels"]).iter().map(|label| text(&label["label"])));
    }
    words
}

fn links(feature: &Value) -> Vec<&str> {
    const SAME: [&str; 2] = ["closeMatch", "exactMatch"];
    let links = list(&feature["links"]).iter().filter(|link| SAME.contains(&text(&link["type"])));
    links.map(|link| text(&link["identifier"])).collect()
}

/// What contains it today: the first whole that it is a part of without an end.
fn container(feature: &Value, reading: &mut Reading<'_>) -> Option<EntryId> {
    let is_whole = |relation: &&Value| text(&relation["relationType"]).ends_with("broaderPartitive");
    let has_ended = |relation: &Value| list(&relation["when"]["timespans"]).iter().all(|span| !span["end"].is_null());
    let mut within = None;
    for relation in list(&feature["relations"]) {
        let is_timeless = list(&relation["when"]["timespans"]).is_empty();
        if within.is_none() && is_whole(&relation) && (is_timeless || !has_ended(relation)) {
            within = Some(EntryId::new(id_of_address(text(&relation["relationTo"]))));
        } else {
            reading.leave_out(
                Part::Cell,
                "a relation other than to what contains the place today",
                text(&relation["label"]),
            );
        }
    }
    within
}

/// A spelling, and the name that it belongs to if the file says so.
type Named = (Option<String>, Spelling);

fn spellings(feature: &Value, reading: &mut Reading<'_>) -> Vec<Named> {
    let names = list(&feature["names"]);
    if names.is_empty() {
        let help =
            "add `names`, a list of objects with `toponym`; what drafts before version 1.1 call `namings` is not read";
        reading.report("names", "the feature has no names", help);
    }
    let mut spellings = Vec::new();
    for name in names {
        let toponym = text(&name["toponym"]);
        if !toponym.is_empty() {
            spellings.extend(spelling(name, toponym, reading));
        } else if name["ethnonym"].is_string() {
            reading.leave_out(Part::Spelling, "the name of a people", text(&name["ethnonym"]));
        } else {
            let found = visible(&name.to_string());
            reading.report("names.toponym", format!("the name `{found}` has no toponym"), "write the name as a string");
        }
    }
    spellings
}

fn spelling(name: &Value, toponym: &str, reading: &mut Reading<'_>) -> Option<Named> {
    let extra = &name["toponorm"];
    let lang = reading.lang(text(&name["lang"]));
    let mut spelling = reading.spelling(toponym, lang)?;
    spelling.period = period(&name["when"], "names.when", reading);
    for citation in list(&name["citations"]).iter().chain(Some(&name["citation"])).filter(|_| extra.is_null()) {
        let url = ["@id", "id"].map(|key| text(&citation[key])).into_iter().find(|url| !url.is_empty());
        let source = reading.source(text(&citation["label"]), url.unwrap_or_default(), year(&citation["year"]));
        spelling.source.extend(source);
    }
    spelling.source.dedup();
    if extra.is_object() {
        spelling.kind = text(&extra["kind"]).parse().unwrap_or(spelling.kind);
        spelling.preferred = extra["preferred"] == true;
        spelling.rewrite = text(&extra["rewrite"]).parse().ok();
        spelling.needs = texts(&extra["needs"]).into_iter().map(EntryId::new).collect();
        spelling.source = texts(&extra["source"]);
        spelling.note = one_line(text(&extra["note"]));
    }
    let of = text(&extra["name"]);
    Some(((!of.is_empty()).then(|| of.to_owned()), spelling))
}

/// Gives the entry its names: those that the file tells apart, else one.
fn name(entry: &mut Entry, title: &str, spellings: Vec<Named>, reading: &mut Reading<'_>) {
    let is_name = spellings.iter().any(|(name, spelling)| name.as_deref().unwrap_or(&spelling.text) == title);
    if !is_name && !title.is_empty() {
        reading.leave_out(Part::Cell, "a title that is none of the names", title);
    }
    if spellings.iter().all(|(name, _)| name.is_none()) {
        let spellings: Vec<Spelling> = spellings.into_iter().map(|(_, spelling)| spelling).collect();
        let source = spellings.first().map_or(Vec::new(), |first| first.source.clone());
        name_entry(entry, is_name.then_some(title), spellings, &source);
        if entry.source.is_empty() {
            entry.source = source;
        }
        return;
    }
    let first = spellings.iter().find_map(|(name, _)| name.as_deref()).unwrap_or_default();
    entry.canonical = if is_name { title.to_owned() } else { first.to_owned() };
    for (of, spelling) in spellings {
        let of = of.unwrap_or_else(|| entry.canonical.clone());
        match entry.names.iter_mut().find(|name| name.text == of) {
            Some(name) => name.spellings.push(spelling),
            None => entry.names.push(Name { text: of, spellings: vec![spelling] }),
        }
    }
}

/// The first span of time: from its start, or the earliest, to its end, or the latest.
fn period(when: &Value, field: &str, reading: &mut Reading<'_>) -> Period {
    let spans = list(&when["timespans"]);
    let Some(span) = spans.first() else {
        return Period::default();
    };
    for span in &spans[1..] {
        reading.leave_out(Part::Cell, "a second span of time", &span.to_string());
    }
    let since = reading.date(field, &moment(&span["start"], "earliest"));
    let until = reading.date(field, &moment(&span["end"], "latest"));
    reading.period(since, until)
}

fn moment(moment: &Value, outer: &str) -> String {
    let within = if moment["in"].is_null() { &moment[outer] } else { &moment["in"] };
    match if moment.is_object() { within } else { moment } {
        Value::String(date) => date.clone(),
        Value::Number(year) => year.to_string(),
        _ => String::new(),
    }
}

/// The first point, else the middle of the shapes.
fn read_geometry(geometry: &Value, reading: &mut Reading<'_>, entry: &mut Entry) {
    let shapes = match list(&geometry["geometries"]) {
        [] if geometry.is_object() => std::slice::from_ref(geometry),
        shapes => shapes,
    };
    let shapes: Vec<&Value> = shapes.iter().filter(|shape| shape.is_object()).collect();
    let Some(first) = shapes.iter().find(|shape| shape["type"] == "Point").or(shapes.first()) else {
        if !geometry.is_null() && !geometry.is_object() {
            let message = format!("`{}` is no geometry", visible(&geometry.to_string()));
            reading.report("geometry", message, "write a geometry of GeoJSON, or null");
        }
        return;
    };
    for other in shapes.iter().filter(|shape| !std::ptr::eq(**shape, *first)) {
        reading.leave_out(Part::Cell, "a second geometry", &other.to_string());
    }
    let mut corners = Vec::new();
    let is_read = if first["coordinates"].is_null() {
        let wkt = ["geowkt", "geo_wkt"].map(|key| text(&first[key])).join("");
        wkt.is_empty()
            || corners_of_wkt(&wkt).is_some_and(|found| {
                !found.is_empty() && {
                    corners = found;
                    true
                }
            })
    } else {
        collect_corners(&first["coordinates"], &mut corners)
    };
    if is_read {
        reading.place_at("geometry", &corners, entry);
    } else {
        let message = format!("`{}` is no geometry", visible(&first.to_string()));
        reading.report("geometry", message, "write numbers, longitude first, such as [46.75, 39.82]");
    }
}

/// The pairs of numbers in nested lists. False if there is anything else.
fn collect_corners(coordinates: &Value, corners: &mut Vec<(f64, f64)>) -> bool {
    let Some(parts) = coordinates.as_array() else {
        return false;
    };
    match parts.as_slice() {
        [longitude, latitude, ..] if !longitude.is_array() => {
            let pair = longitude.as_f64().zip(latitude.as_f64());
            corners.extend(pair);
            pair.is_some()
        }
        parts => parts.iter().all(|part| collect_corners(part, corners)),
    }
}

/// A list; what is none counts as empty.
fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// A string; what is none counts as blank.
fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// The strings of a list that are not blank.
fn texts(value: &Value) -> Vec<String> {
    list(value).iter().map(text).filter(|text| !text.is_empty()).map(str::to_owned).collect()
}

fn year(value: &Value) -> Option<i32> {
    value.as_i64().and_then(|year| year.try_into().ok()).or_else(|| text(value).trim().parse().ok())
}
