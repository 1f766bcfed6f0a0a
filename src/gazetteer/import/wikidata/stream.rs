//! The objects of a Wikidata file, one after the other, whichever of its forms it has: results of a query, the list that the download
//! button gives, entities of the API, lines of a dump.
//!
//! A result of a hundred megabytes is a gigabyte as a tree, so that only one object at a time becomes one.

use std::fmt;
use std::io::BufRead;

use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

/// Calls `each` for every object of the file; the keys of what is no list of objects, for a message.
pub(super) fn read_objects(
    bytes: &mut dyn BufRead,
    mut each: impl FnMut(Map<String, Value>),
) -> Result<Vec<String>, serde_json::Error> {
    let mut input = serde_json::Deserializer::from_reader(bytes);
    let mut other_keys = Vec::new();
    loop {
        Level { depth: Depth::Top, each: &mut each, other_keys: &mut other_keys }.deserialize(&mut input)?;
        // Lines of a dump are values of their own.
        if input.end().is_ok() {
            return Ok(other_keys);
        }
    }
}

/// Where in the file a list of objects is looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Depth {
    Top,
    /// In `results`, whose key is `bindings`.
    Results,
    /// A list, or a map of identifiers, of objects.
    Objects,
}

struct Level<'e, F> {
    depth: Depth,
    each: &'e mut F,
    other_keys: &'e mut Vec<String>,
}

impl<'de, F: FnMut(Map<String, Value>)> DeserializeSeed<'de> for Level<'_, F> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<(), D::Error> {
        input.deserialize_any(self)
    }
}

impl<'de, F: FnMut(Map<String, Value>)> Visitor<'de> for Level<'_, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("objects of Wikidata")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(value) = list.next_element::<Value>()? {
            match value {
                Value::Object(object) => (self.each)(object),
                _ => return Err(A::Error::custom("expected an object")),
            }
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Self { depth, each, other_keys } = self;
        // What may be an entity itself, as a line of a dump is.
        let mut own = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            let next = match (depth, key.as_str()) {
                (Depth::Top, "results") => Some(Depth::Results),
                (Depth::Top, "entities") | (Depth::Results, "bindings") => Some(Depth::Objects),
                _ => None,
            };
            match (next, depth) {
                (Some(depth), _) => {
                    map.next_value_seed(Level { depth, each: &mut *each, other_keys: &mut *other_keys })?
                }
                (None, Depth::Objects) => match map.next_value::<Value>()? {
                    Value::Object(object) => each(object),
                    _ => return Err(A::Error::custom("expected an object")),
                },
                (None, Depth::Top) => {
                    own.insert(key, map.next_value()?);
                }
                (None, Depth::Results) => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        if own.contains_key("labels") || own.contains_key("item") {
            each(own);
        } else if depth == Depth::Top {
            other_keys.extend(own.into_iter().map(|(key, _)| key));
        }
        Ok(())
    }
}
