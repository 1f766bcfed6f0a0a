//! TEI P5: the text with its names marked, and a list of what they name.
//!
//! A text becomes a document with the least header that is valid. A mention is a `placeName`, `persName`, `orgName` or, if nothing tells what
//! it names, `name`, with the entry's id as `key`, its address as `ref` and a `cert`; a spelling to be corrected stands in `choice`. Coordinates
//! stand in `standOff`, latitude first as TEI wants. Whoever takes the tags out of `body` again has the text, to the last space. A document that
//! is TEI already keeps all of its own, header and list as well (`own_markup`); XML of another vocabulary has no place for TEI's tags, so its text becomes
//! a new document as that of a page does. Several documents make a `teiCorpus`; since the
//! first tag tells which of the two it is, the first document waits for a second.

#[cfg(feature = "formats")]
mod outline;
#[cfg(feature = "formats")]
mod own_markup;
mod tags;

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::{Report, Reported, Source};
use crate::document::Annotation;
#[cfg(feature = "formats")]
use own_markup::{Kept, Marker};
use tags::{escaped, marked};

/// A `TEI` document, or a `teiCorpus` if there are several. Those that are TEI already keep their own markup.
#[derive(Clone, Debug, Default)]
pub struct Tei {
    first: Option<Waiting>,
    is_corpus: bool,
    #[cfg(feature = "formats")]
    marker: Marker,
}

/// The first document until it is known whether there is another: as it is written alone, and in a corpus.
#[derive(Clone, Debug)]
struct Waiting {
    alone: Vec<u8>,
    in_corpus: String,
}

impl Report for Tei {
    fn document(&mut self, out: &mut dyn Write, document: &Reported<'_>) -> io::Result<()> {
        let first = self.first.take();
        if first.is_none() && !self.is_corpus {
            self.first = Some(self.waiting(document)?);
            return Ok(());
        }
        if let Some(first) = first {
            self.is_corpus = true;
            let header = header("Annotated documents", "The documents that follow");
            writeln!(out, "{DECLARATION}\n<teiCorpus{NAMESPACE}>\n{header}\n{}", first.in_corpus)?;
        }
        let in_corpus = self.waiting(document)?.in_corpus;
        writeln!(out, "{in_corpus}")
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        match self.first.take() {
            Some(only) => out.write_all(&only.alone),
            None if self.is_corpus => writeln!(out, "</teiCorpus>"),
            None => Ok(()),
        }
    }

    #[cfg(feature = "formats")]
    fn left_out(&self) -> Option<String> {
        self.marker.left_out()
    }
}

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
const NAMESPACE: &str = " xmlns=\"http://www.tei-c.org/ns/1.0\"";

impl Tei {
    /// A document that is TEI already with its names marked, any other as a new one.
    #[cfg(feature = "formats")]
    fn waiting(&mut self, document: &Reported<'_>) -> io::Result<Waiting> {
        match self.marker.mark(document) {
            Some(Kept { alone, in_corpus: Some(in_corpus) }) => Ok(Waiting { alone: alone?, in_corpus }),
            // In a corpus there is no place for a fragment, nor for a document type, without which its entities mean nothing.
            Some(Kept { alone, in_corpus: None }) => Ok(Waiting { alone: alone?, in_corpus: anew(document) }),
            None => Ok(Waiting::anew(document)),
        }
    }

    #[cfg(not(feature = "formats"))]
    #[expect(clippy::unnecessary_wraps, clippy::unused_self, reason = "TEI is read with the feature only")]
    fn waiting(&mut self, document: &Reported<'_>) -> io::Result<Waiting> {
        Ok(Waiting::anew(document))
    }
}

impl Waiting {
    fn anew(document: &Reported<'_>) -> Self {
        let in_corpus = anew(document);
        let alone = format!("{DECLARATION}\n<TEI{NAMESPACE}>{}\n", &in_corpus["<TEI>".len()..]);
        Self { alone: alone.into_bytes(), in_corpus }
    }
}

/// A new document of what was read.
fn anew(document: &Reported<'_>) -> String {
    let Source { path, .. } = document.source;
    let title = if path == "-" { "Standard input".to_owned() } else { document.source.id().to_owned() };
    let title = document.source.record.map_or(title.clone(), |(row, field)| format!("{title}, row {row}, {field}"));
    let listed = stand_off(document);
    let text = body(document);
    format!("<TEI>\n{}\n{listed}<text>\n<body>{text}</body>\n</text>\n</TEI>", header(&title, &document.source.place()))
}

fn header(title: &str, source: &str) -> String {
    format!(
        "<teiHeader>\n<fileDesc>\n<titleStmt><title>{}</title></titleStmt>\n\
         <publicationStmt><p>Names marked by toponorm {}</p></publicationStmt>\n\
         <sourceDesc><p>{}</p></sourceDesc>\n</fileDesc>\n</teiHeader>",
        escaped(title),
        env!("CARGO_PKG_VERSION"),
        escaped(source)
    )
}

/// What is named, once each: names, coordinates and numbers elsewhere.
fn stand_off(document: &Reported<'_>) -> String {
    let mut lists: [(&str, BTreeMap<&str, String>); 3] =
        [("listPlace", BTreeMap::new()), ("listPerson", BTreeMap::new()), ("listOrg", BTreeMap::new())];
    for (_, annotation) in document.standing() {
        if let Some(id) = &annotation.id {
            let list = match annotation.label {
                "person" => 1,
                "organisation" => 2,
                _ => 0,
            };
            lists[list].1.entry(id).or_insert_with(|| item(annotation, id));
        }
    }
    let lists = lists.into_iter().filter(|(_, items)| !items.is_empty());
    let lists: String = lists
        .map(|(list, items)| format!("<{list}>\n{}</{list}>\n", items.into_values().collect::<String>()))
        .collect();
    if lists.is_empty() { lists } else { format!("<standOff>\n{lists}</standOff>\n") }
}

fn item(annotation: &Annotation, id: &str) -> String {
    let (item, name) = match annotation.label {
        "person" => ("person", "persName"),
        "organisation" => ("org", "orgName"),
        _ => ("place", "placeName"),
    };
    let canonical = escaped(annotation.canonical.as_deref().unwrap_or_default());
    let location = match annotation.lat.zip(annotation.lon) {
        Some((lat, lon)) if item == "place" => format!("<location><geo>{lat} {lon}</geo></location>"),
        _ => String::new(),
    };
    let number = |scheme: &str, number: &str| format!("<idno type=\"{scheme}\">{}</idno>", escaped(number));
    let wikidata = annotation.wikidata.as_deref().map(|wikidata| number("wikidata", wikidata)).unwrap_or_default();
    let geonames = annotation.geonames.map(|geonames| number("geonames", &geonames.to_string())).unwrap_or_default();
    format!("<{item}><{name}>{canonical}</{name}>{location}{}{wikidata}{geonames}</{item}>\n", number("toponorm", id))
}

/// Paragraphs with the names marked. Blank lines stand between paragraphs, unless a name goes over one.
fn body(document: &Reported<'_>) -> String {
    let (text, mut body, mut at) = (document.text, Paragraphs::default(), 0);
    for (_, annotation) in document.standing() {
        body.text(&text[at..annotation.span.start]);
        body.markup(&marked(annotation));
        at = annotation.span.end;
    }
    body.text(&text[at..]);
    body.finish()
}

#[derive(Default)]
struct Paragraphs {
    written: String,
    is_open: bool,
    has_any: bool,
}

impl Paragraphs {
    fn text(&mut self, text: &str) {
        let mut rest = text;
        while let Some((before, blank, after)) = blank_lines(rest) {
            self.inline(before);
            self.close();
            self.written.push_str(&escaped(blank));
            rest = after;
        }
        self.inline(rest);
    }

    fn inline(&mut self, text: &str) {
        if !self.is_open && text.trim_matches([' ', '\t', '\r', '\n']).is_empty() {
            self.written.push_str(&escaped(text));
        } else {
            self.markup(&escaped(text));
        }
    }

    fn markup(&mut self, markup: &str) {
        if !self.is_open {
            self.written.push_str("<p>");
            (self.is_open, self.has_any) = (true, true);
        }
        self.written.push_str(markup);
    }

    fn close(&mut self) {
        if std::mem::take(&mut self.is_open) {
            self.written.push_str("</p>");
        }
    }

    fn finish(mut self) -> String {
        self.close();
        if !self.has_any {
            self.written.push_str("<p/>");
        }
        self.written
    }
}

/// What stands before the first blank line, the line breaks and white space around it, and what comes after.
fn blank_lines(text: &str) -> Option<(&str, &str, &str)> {
    let is_space = |c: char| matches!(c, ' ' | '\t' | '\r' | '\n');
    let mut from = 0;
    while let Some(found) = text[from..].find('\n') {
        let first = from + found;
        let end = text[first..].find(|c| !is_space(c)).map_or(text.len(), |length| first + length);
        if text[first..end].matches('\n').count() > 1 {
            let start = text[..first].trim_end_matches(is_space).len();
            return Some((&text[..start], &text[start..end], &text[end..]));
        }
        from = first + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_parted_by_blank_lines_and_lose_nothing() {
        let body = |text: &str| {
            let mut paragraphs = Paragraphs::default();
            paragraphs.text(text);
            paragraphs.finish()
        };
        assert_eq!(body("one\ntwo\n \n\nthree\n"), "<p>one\ntwo</p>\n \n\n<p>three\n</p>");
        assert_eq!(body(""), "<p/>");
        assert_eq!(body("\n\n a"), "\n\n <p>a</p>");
        assert_eq!(body("a\r\n\r\nb"), "<p>a</p>&#xD;\n&#xD;\n<p>b</p>");
    }
}
