//! Names marked in a document that is TEI already: tags are put around them, and all else stays byte for byte.
//!
//! A name that cannot be wrapped as a whole, since markup divides it, is marked piece by piece, the pieces joined by `next` and `prev`; one of which a
//! piece can be nowhere is left out and counted. What is marked as a name already stays as its editor had it. Parsing into a tree and
//! writing it out was rejected as everywhere (`document/read`).

use std::io;

use super::super::Reported;
use super::outline::{Outline, Wrap};
use super::tags::{Tags, escaped, right_spelling};
use crate::document::{Annotation, DecodedText, Document, Edit, InputFormat, Passage, apply};
use crate::span::Span;

/// Marks names in documents one after the other.
#[derive(Clone, Debug, Default)]
pub(super) struct Marker {
    /// How many pieces have a number.
    pieces: usize,
    /// Names that are marked already, and that no tags can be put around; corrections that no `choice` can hold.
    known: usize,
    unmarked: usize,
    uncorrected: usize,
    /// Documents of XML that are no TEI.
    foreign: usize,
}

/// A document with names marked: as a file of its own, and as a part of a corpus if it can be one.
pub(super) struct Kept {
    pub(super) alone: io::Result<Vec<u8>>,
    pub(super) in_corpus: Option<String>,
}

/// A name that is to be marked.
struct Name<'a, 's> {
    annotation: &'a Annotation,
    document: &'a Document<'s>,
    passage: &'a Passage<'s>,
}

impl Marker {
    /// The document with its names marked, if it is TEI.
    pub(super) fn mark(&mut self, reported: &Reported<'_>) -> Option<Kept> {
        let (document, passage) = reported.markup?;
        let source = document.source();
        let Some(outline) = Outline::read(&source.text) else {
            self.foreign += usize::from(document.format() == InputFormat::Xml);
            return None;
        };
        let prefix = free_prefix(&source.text);
        let mut edits = Vec::new();
        for (_, annotation) in reported.standing() {
            let name = Name { annotation, document, passage };
            if outline.touches_name(passage.source_span(annotation.span)) {
                self.known += 1;
            } else {
                self.tags(&name, (&outline, &prefix), &mut edits);
            }
        }
        let in_corpus = || apply(&source.text[outline.root.range()], &moved(&edits, outline.root.start)).into_owned();
        Some(Kept {
            alone: document.write(&edits).map_err(io::Error::other),
            in_corpus: (outline.is_whole && !outline.has_document_type).then(in_corpus),
        })
    }

    /// What could not be marked, in words.
    pub(super) fn left_out(&self) -> Option<String> {
        let said = |count: usize, one: &str, more: &str| match count {
            0 => None,
            1 => Some(format!("1 {one}")),
            _ => Some(format!("{count} {more}")),
        };
        let parts = [
            said(
                self.foreign,
                "XML document is no TEI: its text is in a new one, without its own markup",
                "XML documents are no TEI: their texts are in new ones, without their own markup",
            ),
            said(
                self.known,
                "name is marked already and stays as it is",
                "names are marked already and stay as they are",
            ),
            said(
                self.unmarked,
                "name is not marked: no tags fit around it",
                "names are not marked: no tags fit around them",
            ),
            said(
                self.uncorrected,
                "correction is not noted: markup divides the word",
                "corrections are not noted: markup divides the words",
            ),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join("; "))
    }

    /// Adds the tags of a name.
    fn tags(&mut self, name: &Name<'_, '_>, (outline, prefix): (&Outline<'_>, &str), edits: &mut Vec<Edit>) {
        if let Some(wrap) = outline.wrap(name.passage.source_span(name.annotation.span)) {
            let right = right_spelling(name.annotation).map(escaped);
            return name.wrap(&wrap, right.as_deref(), "", edits);
        }
        let pieces = name.passage.source_pieces(name.annotation.span);
        let pieces =
            pieces.into_iter().filter(|piece| name.source().text[piece.range()].contains(char::is_alphanumeric));
        let Some(wraps) = pieces.map(|piece| outline.wrap(piece)).collect::<Option<Vec<Wrap<'_>>>>() else {
            self.unmarked += 1;
            return;
        };
        let corrections = name.corrections(&wraps);
        self.uncorrected += usize::from(corrections.is_none());
        for (at, wrap) in wraps.iter().enumerate() {
            let right = corrections.as_ref().and_then(|corrections| corrections[at].as_deref());
            let link = self.link(prefix, at, wraps.len());
            name.wrap(wrap, right, &link, edits);
        }
    }

    /// The attributes that join a piece of a name to the one before and the one after.
    fn link(&mut self, prefix: &str, at: usize, count: usize) -> String {
        self.pieces += 1;
        let number = self.pieces;
        let prev = if at == 0 { String::new() } else { format!(" prev=\"#{prefix}-{}\"", number - 1) };
        let next = if at + 1 == count { String::new() } else { format!(" next=\"#{prefix}-{}\"", number + 1) };
        if count == 1 { String::new() } else { format!(" xml:id=\"{prefix}-{number}\"{prev}{next}") }
    }
}

impl Name<'_, '_> {
    fn source(&self) -> &DecodedText {
        self.document.source()
    }

    /// Puts tags around, with the right spelling in a `choice` if there is one.
    fn wrap(&self, wrap: &Wrap<'_>, right: Option<&str>, more: &str, edits: &mut Vec<Edit>) {
        let Wrap { span: Span { start, end }, prefix } = *wrap;
        let tags = Tags::new(self.annotation, prefix, more);
        let Tags { before, after } = match right {
            Some(right) => tags.choosing(prefix, right),
            None => tags,
        };
        let edit = |at, text: &str| Edit { span: Span::new(at, at), replacement: held(self.source(), text) };
        edits.extend([edit(start, &before), edit(end, &after)]);
    }

    /// Of each piece what is right, if the correction can be made piece by piece.
    fn corrections(&self, wraps: &[Wrap<'_>]) -> Option<Vec<Option<String>>> {
        let Some(right) = right_spelling(self.annotation) else {
            return Some(vec![None; wraps.len()]);
        };
        let edit = Edit { span: self.annotation.span, replacement: right.to_owned() };
        let edits = self.passage.source_edits(&edit).ok()?;
        let is_in = |edit: &Edit, wrap: &Wrap<'_>| wrap.span.start <= edit.span.start && edit.span.end <= wrap.span.end;
        let is_placed = |edit: &Edit| wraps.iter().any(|wrap| is_in(edit, wrap));
        let corrected = |wrap: &Wrap<'_>| {
            let inside: Vec<Edit> = edits.iter().filter(|edit| is_in(edit, wrap)).cloned().collect();
            let text = &self.source().text[wrap.span.range()];
            (!inside.is_empty()).then(|| apply(text, &moved(&inside, wrap.span.start)).into_owned())
        };
        edits.iter().all(is_placed).then(|| wraps.iter().map(corrected).collect())
    }
}

/// Edits as they count from `start`.
fn moved(edits: &[Edit], start: usize) -> Vec<Edit> {
    let moved = |edit: &Edit| Edit { span: Span::new(edit.span.start - start, edit.span.end - start), ..edit.clone() };
    edits.iter().map(moved).collect()
}

/// Text of tags with references for letters that the document's encoding has no sign for.
fn held(source: &DecodedText, text: &str) -> String {
    if source.can_hold(text) {
        return text.to_owned();
    }
    let held = |c: char| match source.can_hold(c.encode_utf8(&mut [0; 4])) {
        true => c.to_string(),
        false => format!("&#x{:X};", u32::from(c)),
    };
    text.chars().map(held).collect()
}

/// A beginning of ids that the document does not use.
fn free_prefix(source: &str) -> String {
    let mut prefix = "toponorm".to_owned();
    while source.contains(&format!("{prefix}-")) {
        prefix.push('x');
    }
    prefix
}
