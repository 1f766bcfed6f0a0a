//! The one-file form: a person's own list, a row a place, only `name` required.
//!
//! `variants` joins spellings with `;`, each `spelling` or `spelling@lang`, the syntax of Linked Places TSV.

use super::records::{check_id, read_country, read_point};
use super::{Cells, Record};
use crate::gazetteer::entry::Point;
use crate::gazetteer::kind::Kind;
use crate::lang::Lang;

/// A row of a one-file gazetteer.
#[derive(Debug)]
pub(crate) struct SimpleRecord {
    /// Blank: made from the name.
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) point: Option<Point>,
    pub(crate) country: String,
    pub(crate) variants: Vec<(String, Option<Lang>)>,
}

impl Record for SimpleRecord {
    const FILE: &'static str = "list.csv";
    const COLUMNS: &'static [&'static str] = &["id", "name", "kind", "latitude", "longitude", "country", "variants"];
    const REQUIRED: &'static [&'static str] = &["name"];
    const ORDER: &'static [&'static str] = &["id", "name"];
    const KEEPS_SHAPE: bool = true;

    fn read(cells: &mut Cells<'_>) -> Self {
        let id = cells.text("id");
        check_id(cells, &id);
        Self {
            id,
            name: cells.required("name"),
            kind: cells.maybe_one_of("kind").unwrap_or(Kind::Place),
            point: read_point(cells),
            country: read_country(cells),
            variants: read_variants(cells),
        }
    }

    fn write(&self) -> Vec<String> {
        let degrees = |degrees: Option<f64>| degrees.map_or(String::new(), |d| format!("{d}"));
        let variant = |(spelling, lang): &(String, Option<Lang>)| match lang {
            Some(lang) => format!("{spelling}@{lang}"),
            None => spelling.clone(),
        };
        let variants: Vec<String> = self.variants.iter().map(variant).collect();
        vec![
            self.id.clone(),
            self.name.clone(),
            if self.kind == Kind::Place { String::new() } else { self.kind.to_string() },
            degrees(self.point.map(|point| point.latitude)),
            degrees(self.point.map(|point| point.longitude)),
            self.country.clone(),
            variants.join(";"),
        ]
    }
}

fn read_variants(cells: &mut Cells<'_>) -> Vec<(String, Option<Lang>)> {
    let mut variants = Vec::new();
    for variant in cells.list("variants") {
        match variant.rsplit_once('@') {
            None => variants.push((variant, None)),
            Some((spelling, tag)) => match tag.parse::<Lang>() {
                Ok(lang) => variants.push((spelling.to_owned(), Some(lang))),
                Err(error) => {
                    cells.report("variants", error.to_string(), "write `spelling@lang`, such as Xankəndi@az");
                }
            },
        }
    }
    variants
}
