//! A text to be read as a whole, and where its pieces stand in the source.
//!
//! A piece is a stretch of text that stands in the source letter for letter, or a sign that the source writes otherwise (an
//! entity, an escape, a doubled quote). Between pieces lies what is no text: tags, keys, other fields. An edit of the text
//! is split into the words that change; each is written in the source's notation, and refused where anything that
//! is no text stands in its middle.

use std::borrow::Cow;
use std::fmt;

use super::super::edit::Edit;
use crate::lang::Lang;
use crate::span::Span;
use crate::text::{ToldLanguages, words};

/// A text in a document that is read as a whole: a file's, or that of one field of a record.
#[derive(Clone, Debug)]
pub struct Passage<'s> {
    text: Cow<'s, str>,
    field: Option<Field>,
    protected: Vec<Span>,
    /// What stays as it is, on the author's word.
    kept: Vec<Span>,
    told: Vec<(Span, Lang)>,
    told_of_whole: Option<Lang>,
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
    kind: PieceKind,
}

/// How a piece of text stands in the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PieceKind {
    /// Letter for letter.
    Alike,
    /// As one sign that is written otherwise, to be replaced as a whole or not at all.
    Sign,
    /// Letter for letter, in a CDATA section, where nothing is escaped.
    Raw,
    /// Letter for letter, and never to be changed: something else in the document is found by it.
    Fixed,
}

/// How text is written where a passage stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(not(feature = "formats"), expect(dead_code, reason = "markup is read with the feature only"))]
pub(super) enum Notation {
    /// As it is.
    Plain,
    /// In a string of JSON; `ascii` if the source writes other letters as `\u` escapes.
    Json { ascii: bool },
    /// In a quoted field of a table: quotes are doubled.
    Quoted,
    /// In a field without quotes, which holds neither delimiter nor quote nor line break.
    Unquoted { delimiter: u8 },
    /// Between tags of XML or HTML.
    Markup,
    /// In the text of Markdown.
    Markdown,
}

/// Why a correction cannot be written where its mention stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Obstacle {
    /// Something that is no text, such as a tag, stands in the middle of a word that changes.
    SplitByMarkup,
    /// The name is what something else in the document is found by, as a link of Markdown is by its label.
    IsLabel,
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
            Self::IsLabel => "something else in the document is found by this name",
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
        let pieces = if source.is_empty() {
            Vec::new()
        } else {
            vec![Piece { text: whole, source: whole, kind: PieceKind::Alike }]
        };
        Self {
            text: Cow::Borrowed(source),
            field: None,
            protected: Vec::new(),
            kept: Vec::new(),
            told: Vec::new(),
            told_of_whole: None,
            pieces,
            notation: Notation::Plain,
        }
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

    /// Whether a span of the text touches one that its author wants to stay as it is, such as HTML's `translate="no"`: names are found there,
    /// and not corrected.
    pub fn is_kept(&self, span: Span) -> bool {
        let next = self.kept.partition_point(|kept| kept.end <= span.start);
        self.kept.get(next).is_some_and(|kept| kept.overlaps(span))
    }

    /// The languages that the document says its text is in.
    pub(crate) fn told(&self) -> ToldLanguages<'_> {
        ToldLanguages { spans: &self.told, whole: self.told_of_whole }
    }

    /// The text that a span of the source stands for; `None` if it stands for none.
    pub fn text_span(&self, source: Span) -> Option<Span> {
        let first = self.pieces.partition_point(|piece| piece.source.end <= source.start);
        let end = self.pieces.partition_point(|piece| piece.source.start < source.end);
        let pieces = self.pieces.get(first..end)?;
        let (first, last) = (pieces.first()?, pieces.last()?);
        let skipped = if first.is_sign() { 0 } else { source.start.saturating_sub(first.source.start) };
        let left = if last.is_sign() { 0 } else { last.source.end.saturating_sub(source.end) };
        Some(Span::new(first.text.start + skipped, last.text.end - left))
    }

    /// Where a span of the text stands in the source, with whatever lies between its pieces.
    pub fn source_span(&self, span: Span) -> Span {
        let pieces = self.pieces_of(span);
        let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else {
            let at =
                self.pieces.iter().rev().find(|piece| piece.text.end <= span.start).map_or(0, |piece| piece.source.end);
            return Span::new(at, at);
        };
        let skipped = if first.is_sign() { 0 } else { span.start.saturating_sub(first.text.start) };
        let left = if last.is_sign() { 0 } else { last.text.end.saturating_sub(span.end) };
        Span::new(first.source.start + skipped, last.source.end - left)
    }

    /// The stretches of the source in which a span of the text stands, in order, without what lies between them: where a name that markup
    /// divides can be marked piece by piece.
    pub fn source_pieces(&self, span: Span) -> Vec<Span> {
        let mut stretches: Vec<Span> = Vec::new();
        for piece in self.pieces_of(span) {
            let part = Span::new(piece.text.start.max(span.start), piece.text.end.min(span.end));
            let source = self.source_span(part);
            match stretches.last_mut() {
                Some(last) if last.end == source.start => last.end = source.end,
                _ => stretches.push(source),
            }
        }
        stretches
    }

    /// An edit of the text as edits of the source, in order.
    ///
    /// # Errors
    ///
    /// The [`Obstacle`] that stands in its way; then nothing of the edit may be made.
    pub fn source_edits(&self, edit: &Edit) -> Result<Vec<Edit>, Obstacle> {
        let source_edit = |part: &Edit| {
            // Tags and references beside the letters that change stay as they are.
            let part = if self.pieces_of(part.span).len() > 1 { self.narrowed(part) } else { part.clone() };
            if !self.is_unbroken(part.span) {
                return Err(Obstacle::SplitByMarkup);
            }
            Ok(Edit { span: self.source_span(part.span), replacement: self.written(&part)? })
        };
        if self.pieces_of(edit.span).len() == 1 {
            return Ok(vec![source_edit(edit)?]);
        }
        changed_words(&self.text[edit.span.range()], edit).iter().map(source_edit).collect()
    }

    /// What stands for the replacement in the source.
    fn written(&self, edit: &Edit) -> Result<String, Obstacle> {
        let is = |kind| self.pieces_of(edit.span).iter().any(|piece| piece.kind == kind);
        match (is(PieceKind::Fixed), is(PieceKind::Raw)) {
            (true, _) => Err(Obstacle::IsLabel),
            // A CDATA section has no escapes, and ends at its first `]]>`.
            (_, true) if edit.replacement.contains("]]>") => Err(Obstacle::SplitByMarkup),
            (_, true) => Ok(edit.replacement.clone()),
            _ => self.notation.write(&edit.replacement),
        }
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
        if pieces.is_empty() {
            // Between two pieces, which must meet.
            let next = self.pieces.partition_point(|piece| piece.text.end <= span.start);
            let pieces = &self.pieces[next.saturating_sub(1)..(next + 1).min(self.pieces.len())];
            return matches!(pieces, [before, after] if before.text.end == span.start && after.text.start == span.start
                && before.source.end == after.source.start);
        }
        // A sign goes as a whole.
        let begins = |piece: &Piece| {
            if piece.is_sign() { piece.text.start == span.start } else { piece.text.start <= span.start }
        };
        let ends =
            |piece: &Piece| if piece.is_sign() { piece.text.end == span.end } else { span.end <= piece.text.end };
        let covers = pieces.first().is_some_and(begins) && pieces.last().is_some_and(ends);
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

impl Piece {
    fn is_sign(self) -> bool {
        self.kind == PieceKind::Sign
    }
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
            Self::Markup => Ok(text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")),
            Self::Markdown => Ok(escaped_markdown(text)),
            Self::Json { ascii } => Ok(json_string(text, ascii)),
        }
    }
}

/// Text of which Markdown takes no letter for markup.
fn escaped_markdown(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '~' | '|') {
            written.push('\\');
        }
        written.push(c);
    }
    written
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
    kept: Vec<Span>,
    told: Vec<(Span, Lang)>,
    told_of_whole: Option<Lang>,
}

impl<'s> PassageBuilder<'s> {
    pub(super) fn new(source: &'s str) -> Self {
        let (text, pieces, told) = (String::new(), Vec::new(), Vec::new());
        Self { source, text, pieces, protected: Vec::new(), kept: Vec::new(), told, told_of_whole: None }
    }

    /// Text that stands in the source letter for letter.
    pub(super) fn verbatim(&mut self, source: Span) {
        self.alike(source, PieceKind::Alike);
    }

    /// Text that stands in the source letter for letter, of some kind.
    pub(super) fn alike(&mut self, source: Span, kind: PieceKind) {
        if source.start == source.end {
            return;
        }
        let start = self.text.len();
        self.text.push_str(&self.source[source.range()]);
        let text = Span::new(start, self.text.len());
        match self.pieces.last_mut() {
            Some(last) if last.kind == kind && last.source.end == source.start && last.text.end == start => {
                (last.text.end, last.source.end) = (text.end, source.end);
            }
            _ => self.pieces.push(Piece { text, source, kind }),
        }
    }

    /// A sign that the source writes otherwise: `&amp;` for `&`.
    pub(super) fn sign(&mut self, source: Span, stands_for: &str) {
        let start = self.text.len();
        self.text.push_str(stands_for);
        if !stands_for.is_empty() {
            self.pieces.push(Piece { text: Span::new(start, self.text.len()), source, kind: PieceKind::Sign });
        }
    }

    /// Text that no letter of the source stands for: what a tag or a new block means for those who read.
    #[cfg(feature = "formats")]
    pub(super) fn apart(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Holds what was added since the text had this length to be no names.
    #[cfg(feature = "formats")]
    pub(super) fn protect_from(&mut self, start: usize) {
        extend(&mut self.protected, Span::new(start, self.text.len()));
    }

    /// Keeps what was added since the text had this length as it is.
    #[cfg(feature = "formats")]
    pub(super) fn keep_from(&mut self, start: usize) {
        extend(&mut self.kept, Span::new(start, self.text.len()));
    }

    /// Says which language what was added since the text had this length is in.
    #[cfg(feature = "formats")]
    pub(super) fn tell_from(&mut self, start: usize, lang: Lang) {
        let end = self.text.len();
        match self.told.last_mut() {
            Some((span, told)) if span.end == start && *told == lang => span.end = end,
            _ if start < end => self.told.push((Span::new(start, end), lang)),
            _ => {}
        }
    }

    /// Says which language the text as a whole is in.
    #[cfg(feature = "formats")]
    pub(super) fn tell_whole(&mut self, lang: Lang) {
        self.told_of_whole = Some(lang);
    }

    /// The text so far.
    #[cfg(feature = "formats")]
    pub(super) fn text(&self) -> &str {
        &self.text
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

    /// The passage: that of a whole file.
    pub(super) fn finish(self, notation: Notation) -> Passage<'s> {
        let text = match self.pieces.as_slice() {
            [only] if !only.is_sign() && only.text.end == self.text.len() => {
                Cow::Borrowed(&self.source[only.source.range()])
            }
            _ => Cow::Owned(self.text),
        };
        let Self { pieces, protected, kept, told, told_of_whole, .. } = self;
        Passage { text, field: None, protected, kept, told, told_of_whole, pieces, notation }
    }
}

/// Adds a span behind others, to the last if they meet.
#[cfg(feature = "formats")]
fn extend(spans: &mut Vec<Span>, span: Span) {
    match spans.last_mut() {
        Some(last) if last.end == span.start => last.end = span.end,
        _ if span.start < span.end => spans.push(span),
        _ => {}
    }
}
