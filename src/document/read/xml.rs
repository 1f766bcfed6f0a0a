//! The text of XML, and of TEI in particular: what stands between tags, entities read, a TEI header left out.
//!
//! `quick-xml` gives every event its place. Unlike HTML a document that is not well-formed is refused, with line and column, for no one can
//! say what it means. Where the vocabulary is unknown the document tells: an element in one that elsewhere holds text of its own
//! stands in a line, any other is a block. So it is read twice. Of two readings that TEI offers side by side (`choice`) the editor's is text,
//! and the other stays as it is.

use std::collections::HashSet;

use quick_xml::Reader;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesDecl, BytesRef, BytesStart, Event};

use super::Passage;
use super::html;
use super::markup::{Flow, OBJECT, Role, Wishes, xml_role};
use super::passage::PieceKind;
use crate::document::decode::DecodedText;
use crate::error::Error;
use crate::span::{Lines, Span};

/// The text of a document.
pub(super) fn passage(source: &DecodedText) -> Result<Passage<'_>, Error> {
    let mixed = mixed_elements(source)?;
    let text = source.text.as_str();
    let mut reading = Reading { flow: Flow::new(text), mixed: &mixed, open: Vec::new() };
    let mut reader = Reader::from_str(text);
    loop {
        let start = reader.buffer_position() as usize;
        let event = reader.read_event().map_err(|error| at(text, reader.error_position(), &error.to_string()))?;
        let span = Span::new(start, reader.buffer_position() as usize);
        if matches!(event, Event::Eof) {
            return Ok(reading.flow.finish());
        }
        reading.event(&event, span);
    }
}

/// A complaint about a place.
fn at(text: &str, byte: u64, what: &str) -> Error {
    let mut byte = (byte as usize).min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    let (line, column) = Lines::new(text).at(byte);
    Error::value(format!(
        "not well-formed XML: line {line}, column {column}: {what}; mend it, or pass --input-format html or text"
    ))
}

/// The names of elements that hold text of their own, if the document is well-formed.
fn mixed_elements(source: &DecodedText) -> Result<HashSet<String>, Error> {
    let text = source.text.as_str();
    let mut reader = Reader::from_str(text);
    let mut mixed = HashSet::new();
    let mut open: Vec<(String, u64)> = Vec::new();
    let mut has_root = false;
    loop {
        let start = reader.buffer_position();
        let event = reader.read_event().map_err(|error| at(text, reader.error_position(), &error.to_string()))?;
        match &event {
            Event::Start(element) | Event::Empty(element) => {
                if has_root && open.is_empty() {
                    return Err(at(text, start, "a second element after the document's own has ended"));
                }
                has_root = true;
                if let Some(error) = element.attributes().find_map(Result::err) {
                    return Err(at(text, start, &error.to_string()));
                }
                if matches!(event, Event::Start(_)) {
                    open.push((local(element).to_owned(), start));
                }
            }
            Event::End(_) => {
                open.pop();
            }
            Event::Text(content) if content.trim().is_empty() => {}
            Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) => match open.last() {
                Some((name, _)) if mixed.contains(name) => {}
                Some((name, _)) => {
                    mixed.insert(name.clone());
                }
                None => return Err(at(text, start, "text outside of all elements")),
            },
            Event::Decl(declaration) => agrees(declaration, source)?,
            Event::Eof => break,
            _ => {}
        }
    }
    match open.last() {
        Some((name, start)) => Err(at(text, *start, &format!("the element `{name}` is never closed"))),
        None if !has_root => Err(at(text, 0, "there is no element")),
        None => Ok(mixed),
    }
}

/// Refuses a document that declares another encoding than it was read in, if that makes a difference.
fn agrees(declaration: &BytesDecl<'_>, source: &DecodedText) -> Result<(), Error> {
    let Some(Ok(label)) = declaration.encoding() else {
        return Ok(());
    };
    if source.text.is_ascii() || source.is_in(&label) {
        return Ok(());
    }
    Err(Error::value(format!(
        "the XML declaration says the encoding is `{label}`, but the document was read as {}; pass --encoding {label}, or correct the declaration",
        source.encoding_name()
    )))
}

/// An element's name without its prefix.
fn local<'e>(element: &'e BytesStart<'_>) -> &'e str {
    let name = element.name().into_inner();
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

struct Reading<'s, 'm> {
    flow: Flow<'s>,
    mixed: &'m HashSet<String>,
    /// With what held before each.
    open: Vec<(String, Role, Wishes)>,
}

impl Reading<'_, '_> {
    fn event(&mut self, event: &Event<'_>, span: Span) {
        match event {
            Event::Start(element) => self.start(element),
            Event::Empty(element) => {
                self.start(element);
                self.end();
            }
            Event::End(_) => self.end(),
            Event::Text(_) => self.flow.text(span, PieceKind::Alike),
            Event::CData(_) => {
                let (before, after) = ("<![CDATA[".len(), "]]>".len());
                self.flow.text(Span::new(span.start + before, span.end - after), PieceKind::Raw);
            }
            Event::GeneralRef(reference) => self.flow.reference(span, &stands_for(reference)),
            _ => {}
        }
    }

    fn start(&mut self, element: &BytesStart<'_>) {
        let name = local(element);
        let role = self.role(name, element);
        match role {
            Role::Code => self.flow.code += 1,
            Role::Hidden => self.flow.hidden += 1,
            _ => self.flow.boundary(role),
        }
        let before = self.flow.wishes;
        let says = |wishes: Wishes, attribute: Attribute<'_>| wishes.with(attribute.key.into_inner(), &attribute.value);
        self.flow.enter(name, element.attributes().flatten().fold(before, says), self.open.is_empty());
        self.open.push((name.to_owned(), role, before));
    }

    fn end(&mut self) {
        let Some((_, role, before)) = self.open.pop() else {
            return;
        };
        self.flow.wishes = before;
        match role {
            Role::Code => self.flow.code -= 1,
            Role::Hidden => self.flow.hidden -= 1,
            Role::Line => {}
            _ => self.flow.boundary(role),
        }
    }

    fn role(&self, name: &str, element: &BytesStart<'_>) -> Role {
        let parent = self.open.last().map(|(name, ..)| name.as_str());
        match (parent, xml_role(name)) {
            (Some("choice"), _) if matches!(name, "sic" | "orig" | "abbr") => Role::Hidden,
            (_, Some(Role::Line)) if goes_on(element) => Role::Inline,
            // In a vocabulary that nobody knows `name` and `date` may be fields of a record.
            (_, Some(role)) if role != Role::Inline || self.is_known() => role,
            (Some(parent), _) if self.mixed.contains(parent) => Role::Inline,
            _ => Role::Block,
        }
    }

    /// Whether the document is TEI or HTML, by its outermost element.
    fn is_known(&self) -> bool {
        const ROOTS: [&str; 4] = ["TEI", "teiCorpus", "TEI.2", "html"];
        self.open.first().is_some_and(|(root, ..)| ROOTS.contains(&root.as_str()))
    }
}

/// Whether a word goes on across a line, column or page that begins here (TEI `break="no"`).
fn goes_on(element: &BytesStart<'_>) -> bool {
    element.attributes().flatten().any(|attribute| attribute.key.into_inner() == "break" && &*attribute.value == "no")
}

/// What a reference stands for; a sign that is no letter if only the document's type could tell.
fn stands_for(reference: &BytesRef<'_>) -> String {
    let name: &str = reference;
    if let Ok(Some(letter)) = reference.resolve_char_ref() {
        return letter.to_string();
    }
    html::named(name).unwrap_or_else(|| OBJECT.to_owned())
}
