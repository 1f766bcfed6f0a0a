//! A text to be read as a whole, and where its pieces stand in the source.
//!
//! A piece is a stretch of text that stands in the source letter for letter, or a sign that the source writes otherwise (an
//! entity, an escape, a doubled quote). Between pieces lies what is no text: tags, keys, other fields. An edit of the text
//! is split into the words that change; each is written in the source's notation, and refused where anything that
//! is no text stands in its middle.

use std::borrow::Cow;
use std::fmt;

use super::super::edit::Edit;
use crate::span::Span;
use crate::text::words;

/// A text in a document that is read as a whole: a file's, or that of one field of a record.
#[derive(Clone, Debug)]
pub struct Passage<'s> {
    text: Cow<'s, str>,
    field: Option<Field>,
    protected: Vec<Span>,
    /// In order, both in the text and in the source, none empty.
    pieces: Vec<Piece>,
    notation: Notation,
}

/// Where a record's text comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Field {
    row: u64,
    name: String,
}

/// A stretch of text and what stands for it in the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    text: Span,
    source: Span,
    /// Whether it is one sign that the source writes otherwise, to be replaced as a whole or not at all; else both are the same letters.
    is_sign: bool,
}

/// How text is written where a passage stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Notation {
    /// As it is.
    Plain,
    /// In a string of JSON; `ascii` if the source writes other letters as `\u` escapes.
    Json { ascii: bool },
    /// In a quoted field of a table: quotes are doubled.
    Quoted,
    /// In a field without quotes, which holds neither delimiter nor quote nor line break.
    Unquoted { delimiter: u8 },
}

/// Why a correction cannot be written where its mention stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Obstacle {
    /// Something that is no text, such as a tag, stands in the middle of a word that changes.
    SplitByMarkup,
    /// The field has no quotes and would need them.
    NeedsQuotes,
    /// The document's encoding has no sign for a letter.
    NotInEncoding,
}

impl Obstacle {
    /// The obstacle in words.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SplitByMarkup => "markup stands in the middle of the name",
            Self::NeedsQuotes => "the field would need quotes",
            Self::NotInEncoding => "the encoding of the document has no sign for a letter",
        }
    }
}

impl fmt::Display for Obstacle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl<'s> Passage<'s> {
    /// A source that is nothing but text.
    pub(crate) fn whole(source: &'s str) -> Self {
        let whole = Span::new(0, source.len());
        let pieces =
            if source.is_empty() { Vec::new() } else { vec![Piece { text: whole, source: whole, is_sign: false }] };
        Self { text: Cow::Borrowed(source), field: None, protected: Vec::new(), pieces, notation: Notation::Plain }
    }

    /// The text, without markup and escapes.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The row of the record that it is a field of, counted from 1.
    pub fn row(&self) -> Option<u64> {
        self.field.as_ref().map(|field| field.row)
    }

    /// The name of the field that it is.
    pub fn field(&self) -> Option<&str> {
        self.field.as_ref().map(|field| field.name.as_str())
    }

    /// The spans of the text in which nothing is a name and nothing is written, such as code; in order.
    pub fn protected(&self) -> &[Span] {
        &self.protected
    }

    /// Where a span of the text stands in the source, with whatever lies between its pieces.
    pub fn source_span(&self, span: Span) -> Span {
        let pieces = self.pieces_of(span);
        let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else {
            let at =
                self.pieces.iter().rev().find(|piece| piece.text.end <= span.start).map_or(0, |piece| piece.source.end);
            return Span::new(at, at);
        };
        let skipped = if first.is_sign { 0 } else { span.start.saturating_sub(first.text.start) };
        let left = if last.is_sign { 0 } else { last.text.end.saturating_sub(span.end) };
        Span::new(first.source.start + skipped, last.source.end - left)
    }

    /// An edit of the text as edits of the source, in order.
    ///
    /// # Errors
    ///
    /// The [`Obstacle`] that stands in its way; then nothing of the edit may be made.
    pub fn source_edits(&self, edit: &Edit) -> Result<Vec<Edit>, Obstacle> {
        let source_edit = |part: &Edit| {
            let part = if self.is_unbroken(part.span) { part.clone() } else { self.narrowed(part) };
            if !self.is_unbroken(part.span) {
                return Err(Obstacle::SplitByMarkup);
            }
            Ok(Edit { span: self.source_span(part.span), replacement: self.notation.write(&part.replacement)? })
        };
        if self.pieces_of(edit.span).len() == 1 {
            return Ok(vec![source_edit(edit)?]);
        }
        changed_words(&self.text[edit.span.range()], edit).iter().map(source_edit).collect()
    }

    /// The pieces that a span of the text touches.
    fn pieces_of(&self, span: Span) -> &[Piece] {
        let first = self.pieces.partition_point(|piece| piece.text.end <= span.start);
        let end = self.pieces.partition_point(|piece| piece.text.start < span.end);
        &self.pieces[first..end.max(first)]
    }

    /// Whether a span of the text stands in the source in one stretch.
    fn is_unbroken(&self, span: Span) -> bool {
        let pieces = self.pieces_of(span);
        let covers = pieces.first().is_some_and(|first| first.text.start <= span.start)
            && pieces.last().is_some_and(|last| span.end <= last.text.end);
        let meets =
            |pair: &[Piece]| pair[0].text.end == pair[1].text.start && pair[0].source.end == pair[1].source.start;
        covers && pieces.windows(2).all(meets)
    }

    /// The edit without the letters that both ends share with what they replace.
    fn narrowed(&self, edit: &Edit) -> Edit {
        let (old, new) = (&self.text[edit.span.range()], edit.replacement.as_str());
        let same = |pair: &(char, char)| pair.0 == pair.1;
        let length = |(c, _): (char, char)| c.len_utf8();
        let before: usize = old.chars().zip(new.chars()).take_while(same).map(length).sum();
        let rest = (&old[before..], &new[before..]);
        let after: usize = rest.0.chars().rev().zip(rest.1.chars().rev()).take_while(same).map(length).sum();
        Edit {
            span: Span::new(edit.span.start + before, edit.span.end - after),
            replacement: new[before..new.len() - after].to_owned(),
        }
    }
}

/// The words of a surface that an edit changes, each as an edit; the edit itself if its words are not the surface's one by one.
fn changed_words(surface: &str, edit: &Edit) -> Vec<Edit> {
    let (old, new) = (words(surface), words(&edit.replacement));
    // What stands before, between and after the words.
    let gaps = |text: &str| -> Vec<String> {
        let words = words(text);
        let ends = [0].into_iter().chain(words.iter().map(|word| word.span.end));
        let starts = words.iter().map(|word| word.span.start).chain([text.len()]);
        ends.zip(starts).map(|(from, to)| text[from..to].to_owned()).collect()
    };
    if gaps(surface) != gaps(&edit.replacement) {
        return vec![edit.clone()];
    }
    let pairs = old.iter().zip(&new).map(|(old, new)| (old.span, &edit.replacement[new.span.range()]));
    pairs
        .filter(|(old, new)| surface[old.range()] != **new)
        .map(|(old, new)| Edit {
            span: Span::new(edit.span.start + old.start, edit.span.start + old.end),
            replacement: new.to_owned(),
        })
        .collect()
}

impl Notation {
    fn write(self, text: &str) -> Result<String, Obstacle> {
        match self {
            Self::Plain => Ok(text.to_owned()),
            Self::Quoted => Ok(text.replace('"', "\"\"")),
            Self::Unquoted { delimiter } if text.contains([char::from(delimiter), '"', '\r', '\n']) => {
                Err(Obstacle::NeedsQuotes)
            }
            Self::Unquoted { .. } => Ok(text.to_owned()),
            Self::Json { ascii } => Ok(json_string(text, ascii)),
        }
    }
}

/// The inside of a JSON string (RFC 8259 §7).
fn json_string(text: &str, ascii: bool) -> String {
    let mut written = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' => written.push_str("\\\""),
            '\\' => written.push_str("\\\\"),
            '\n' => written.push_str("\\n"),
            '\r' => written.push_str("\\r"),
            '\t' => written.push_str("\\t"),
            c if c < ' ' || (ascii && !c.is_ascii()) => {
                let mut units = [0; 2];
                c.encode_utf16(&mut units).iter().for_each(|unit| written.push_str(&format!("\\u{unit:04x}")));
            }
            c => written.push(c),
        }
    }
    written
}

/// Puts a passage together while its source is read.
#[derive(Debug)]
pub(super) struct PassageBuilder<'s> {
    source: &'s str,
    text: String,
    pieces: Vec<Piece>,
    protected: Vec<Span>,
}

impl<'s> PassageBuilder<'s> {
    pub(super) fn new(source: &'s str) -> Self {
        Self { source, text: String::new(), pieces: Vec::new(), protected: Vec::new() }
    }

    /// Text that stands in the source letter for letter.
    pub(super) fn verbatim(&mut self, source: Span) {
        if source.start == source.end {
            return;
        }
        let start = self.text.len();
        self.text.push_str(&self.source[source.range()]);
        let text = Span::new(start, self.text.len());
        match self.pieces.last_mut() {
            Some(last) if !last.is_sign && last.source.end == source.start && last.text.end == start => {
                (last.text.end, last.source.end) = (text.end, source.end);
            }
            _ => self.pieces.push(Piece { text, source, is_sign: false }),
        }
    }

    /// A sign that the source writes otherwise: `&amp;` for `&`.
    pub(super) fn sign(&mut self, source: Span, stands_for: &str) {
        let start = self.text.len();
        self.text.push_str(stands_for);
        if !stands_for.is_empty() {
            self.pieces.push(Piece { text: Span::new(start, self.text.len()), source, is_sign: true });
        }
    }

    /// Whether the text is this one.
    pub(super) fn is_text(&self, text: &str) -> bool {
        self.text == text
    }

    /// The text alone.
    pub(super) fn into_text(self) -> String {
        self.text
    }

    /// The passage: that of a record's field.
    pub(super) fn field(self, row: u64, name: &str, notation: Notation) -> Passage<'s> {
        let field = Some(Field { row, name: name.to_owned() });
        Passage { field, ..self.finish(notation) }
    }

    fn finish(self, notation: Notation) -> Passage<'s> {
        let text = match self.pieces.as_slice() {
            [only] if !only.is_sign && only.text.end == self.text.len() => {
                Cow::Borrowed(&self.source[only.source.range()])
            }
            _ => Cow::Owned(self.text),
        };
        Passage { text, field: None, protected: self.protected, pieces: self.pieces, notation }
    }
}
