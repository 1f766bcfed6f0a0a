//! TEI P5: the text with its names marked, and a list of what they name.
//!
//! A text becomes a document with the least header that is valid. A mention is a `placeName`, `persName`, `orgName` or, if nothing tells what
//! it names, `name`, with the entry's id as `key`, its address as `ref` and a `cert`; a spelling to be corrected stands in `choice`. Coordinates
//! stand in `standOff`, latitude first as TEI wants. Several documents make a `teiCorpus`; since the first tag tells which of the two
//! it is, the first document waits for a second. Whoever takes the tags out of `body` again has the text, to the last space.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::outside::addresses;
use super::{Report, Reported, Source};
use crate::document::Annotation;
use crate::resolve::Status;

/// A `TEI` document, or a `teiCorpus` if there are several.
#[derive(Clone, Debug, Default)]
pub struct Tei {
    first: Option<String>,
    is_corpus: bool,
}

impl Report for Tei {
    fn document(&mut self, out: &mut dyn Write, document: &Reported<'_>) -> io::Result<()> {
        let content = tei(document);
        if self.is_corpus {
            return write_tei(out, "", &content);
        }
        let Some(first) = self.first.take() else {
            self.first = Some(content);
            return Ok(());
        };
        self.is_corpus = true;
        writeln!(
            out,
            "{DECLARATION}\n<teiCorpus{NAMESPACE}>\n{}",
            header("Annotated documents", "The documents that follow")
        )?;
        write_tei(out, "", &first)?;
        write_tei(out, "", &content)
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        match self.first.take() {
            Some(only) => {
                writeln!(out, "{DECLARATION}")?;
                write_tei(out, NAMESPACE, &only)
            }
            None if self.is_corpus => writeln!(out, "</teiCorpus>"),
            None => Ok(()),
        }
    }
}

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
const NAMESPACE: &str = " xmlns=\"http://www.tei-c.org/ns/1.0\"";

fn write_tei(out: &mut dyn Write, namespace: &str, content: &str) -> io::Result<()> {
    writeln!(out, "<TEI{namespace}>\n{content}</TEI>")
}

fn tei(document: &Reported<'_>) -> String {
    let Source { path, .. } = document.source;
    let title = if path == "-" { "Standard input".to_owned() } else { document.source.id().to_owned() };
    let title = document.source.record.map_or(title.clone(), |(row, field)| format!("{title}, row {row}, {field}"));
    let listed = stand_off(document);
    let text = body(document);
    format!("{}\n{listed}<text>\n<body>{text}</body>\n</text>\n", header(&title, &document.source.place()))
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

/// A mention with its tags.
fn marked(annotation: &Annotation) -> String {
    let surface = escaped(&annotation.text);
    let inside = match &annotation.replacement {
        Some(replacement) if *replacement != annotation.text => {
            format!("<choice><orig>{surface}</orig><reg>{}</reg></choice>", escaped(replacement))
        }
        _ => surface,
    };
    let (element, attributes) = (element(annotation), attributes(annotation));
    format!("<{element}{attributes}>{inside}</{}>", element.split(' ').next().unwrap_or(element))
}

fn element(annotation: &Annotation) -> &'static str {
    match (annotation.kind, annotation.label) {
        ("demonym", _) => "rs type=\"demonym\"",
        (_, "place") => "placeName",
        (_, "person") => "persName",
        (_, "organisation") => "orgName",
        _ => "name",
    }
}

fn attributes(annotation: &Annotation) -> String {
    let cert = match (annotation.status, annotation.probability) {
        (Status::Resolved, Some(probability)) if probability >= 0.9 => "high",
        (Status::Resolved, Some(probability)) if probability >= 0.6 => "medium",
        (Status::Resolved, _) => "low",
        _ => "unknown",
    };
    let key = annotation.id.as_ref().map(|id| format!(" key=\"{}\"", escaped(id))).unwrap_or_default();
    let address = addresses(annotation).into_iter().next();
    let reference = address.map(|address| format!(" ref=\"{}\"", escaped(&address))).unwrap_or_default();
    format!("{key}{reference} cert=\"{cert}\"")
}

/// Text as it may stand in content and in attributes of XML 1.0. Characters that XML has no way to write become U+FFFD; a carriage return
/// is written as a reference, since a reader would take a bare one for a line feed.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\r' => escaped.push_str("&#xD;"),
            '\t' | '\n' => escaped.push(c),
            '\0'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => escaped.push('\u{FFFD}'),
            c => escaped.push(c),
        }
    }
    escaped
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
