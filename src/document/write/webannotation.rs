//! The W3C Web Annotation model (Recommendation of 23 February 2017), for Recogito and other annotation tools.
//!
//! One `AnnotationPage` of all documents. A target is the document, with a position in code points of the text without markup, and the
//! quote with what stands before and after it, by which a tool finds the mention again when the text has changed. Ids are made of what the
//! annotation says, so the same run gives the same file; there is no date in it for the same reason. What the model has no word
//! for (a geometry, a probability) is defined in a context of our own, so a JSON-LD processor keeps it.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Value, json};
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use super::geojson::Geometry;
use super::outside::addresses;
use super::{Report, Reported, Source};
use crate::document::Annotation;
use crate::resolve::Status;
use crate::span::{OffsetUnit, Offsets};

/// So many characters of context on each side of a quote.
const CONTEXT: usize = 32;

/// An `AnnotationPage`, an annotation a line.
#[derive(Clone)]
pub struct WebAnnotation {
    written: usize,
    ids: Xxh3,
}

impl Default for WebAnnotation {
    fn default() -> Self {
        Self { written: 0, ids: Xxh3::new() }
    }
}

impl std::fmt::Debug for WebAnnotation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WebAnnotation").field("written", &self.written).finish_non_exhaustive()
    }
}

impl Report for WebAnnotation {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let context = json!(["http://www.w3.org/ns/anno.jsonld", {
            "geojson": "https://purl.org/geojson/vocab#",
            "Feature": "geojson:Feature",
            "Point": "geojson:Point",
            "geometry": "geojson:geometry",
            "coordinates": {"@id": "geojson:coordinates", "@container": "@list"},
            "probability": "https://github.com/toponorm/toponorm#probability",
        }]);
        let generator = json!({
            "id": "https://github.com/toponorm/toponorm",
            "type": "Software",
            "name": concat!("toponorm ", env!("CARGO_PKG_VERSION")),
        });
        write!(out, "{{\"@context\":{context},\"type\":\"AnnotationPage\",\"generator\":{generator},\"items\":[")
    }

    fn document(&mut self, out: &mut dyn Write, document: &Reported<'_>) -> io::Result<()> {
        let mut offsets = Offsets::new(document.text, OffsetUnit::Char);
        let source = address(document.source);
        for (_, annotation) in document.standing() {
            let (start, end) = (offsets.convert(annotation.span.start), offsets.convert(annotation.span.end));
            let said = format!("{source} {start} {end} {:?} {:?}", annotation.id, annotation.text);
            self.ids.update(said.as_bytes());
            let line = Line {
                id: urn(xxh3_128(said.as_bytes())),
                r#type: "Annotation",
                motivation: "identifying",
                probability: annotation.probability,
                body: body(annotation),
                target: json!({
                    "source": source,
                    "selector": [
                        {"type": "TextPositionSelector", "start": start, "end": end},
                        quote(document.text, annotation),
                    ],
                }),
            };
            out.write_all(if self.written == 0 { b"\n" } else { b",\n" })?;
            self.written += 1;
            serde_json::to_writer(&mut *out, &line)?;
        }
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "\n],\"id\":\"{}\"}}", urn(self.ids.digest128()))
    }
}

#[derive(Serialize)]
struct Line {
    id: String,
    r#type: &'static str,
    motivation: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    probability: Option<f64>,
    body: Vec<Value>,
    target: Value,
}

fn quote(text: &str, annotation: &Annotation) -> Value {
    let (head, tail) = (&text[..annotation.span.start], &text[annotation.span.end..]);
    let prefix = head.char_indices().rev().nth(CONTEXT - 1).map_or(head, |(at, _)| &head[at..]);
    let suffix = tail.char_indices().nth(CONTEXT).map_or(tail, |(at, _)| &tail[..at]);
    json!({"type": "TextQuoteSelector", "exact": annotation.text, "prefix": prefix, "suffix": suffix})
}

/// What is said of the mention: its addresses and id, its sort, its point, what should be written.
fn body(annotation: &Annotation) -> Vec<Value> {
    let text = |purpose: &str, value: &str| json!({"type": "TextualBody", "purpose": purpose, "value": value, "format": "text/plain"});
    let identifying =
        |address: String| json!({"type": "SpecificResource", "purpose": "identifying", "source": address});
    let mut body: Vec<Value> = addresses(annotation).into_iter().map(identifying).collect();
    body.extend(annotation.id.as_deref().map(|id| text("tagging", id)));
    body.push(text("classifying", annotation.kind));
    body.extend(annotation.canonical.as_deref().map(|name| text("describing", name)));
    body.extend(annotation.replacement.as_deref().map(|replacement| text("editing", replacement)));
    if annotation.status == Status::Ambiguous {
        let items: Vec<Value> = annotation.candidates.iter().map(|candidate| text("tagging", &candidate.id)).collect();
        body.push(json!({"type": "Choice", "items": items}));
    }
    body.extend(Geometry::of(annotation).map(|geometry| json!({"type": "Feature", "geometry": geometry})));
    body
}

/// A UUID of version 8 (RFC 9562 §5.8), whose bits its maker chooses.
fn urn(hash: u128) -> String {
    let bits = hash & !(0xF << 76) & !(0x3 << 62) | 0x8 << 76 | 0x2 << 62;
    let hex = format!("{bits:032x}");
    format!("urn:uuid:{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

/// The document's address: its path, relative as it was given, with the record as fragment; standard input has none of its own.
fn address(source: Source<'_>) -> String {
    let path = source.path.replace('\\', "/");
    let address = match path.as_bytes() {
        b"-" => "urn:toponorm:standard-input".to_owned(),
        [b'/', ..] => format!("file://{}", percent(&path)),
        [drive, b':', b'/', ..] if drive.is_ascii_alphabetic() => {
            format!("file:///{}:{}", &path[..1], percent(&path[2..]))
        }
        _ => percent(&path),
    };
    match source.record {
        Some((row, field)) => format!("{address}#row={row}&field={}", percent(field)),
        None => address,
    }
}

/// Everything but what RFC 3986 leaves unreserved, and slashes, by its bytes.
fn percent(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                written.push(char::from(byte))
            }
            byte => written.push_str(&format!("%{byte:02X}")),
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_addresses() {
        let address = |path| super::address(Source { path, record: None });
        assert_eq!(address("wire/Şuşa: 1.txt"), "wire/%C5%9Eu%C5%9Fa%3A%201.txt");
        assert_eq!(address("/tmp/a.txt"), "file:///tmp/a.txt");
        assert_eq!(address("C:\\wire\\a.txt"), "file:///C:/wire/a.txt");
        let record = Source { path: "wire.csv", record: Some((3, "text body")) };
        assert_eq!(super::address(record), "wire.csv#row=3&field=text%20body");
    }

    #[test]
    fn ids_are_uuids_of_version_8() {
        assert_eq!(urn(u128::MAX), "urn:uuid:ffffffff-ffff-8fff-bfff-ffffffffffff");
        assert_eq!(urn(0), "urn:uuid:00000000-0000-8000-8000-000000000000");
    }
}
