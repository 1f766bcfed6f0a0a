//! Documents as people have them: which parts of a file are text, and the way from a text back to the file.
//!
//! A reader a format cuts the source into [`Passage`]s: a file's whole text without its markup, or one field of one record. A
//! passage knows where each of its pieces stands in the source, so a mention found in it has a place there, and an edit of the
//! text becomes edits of the source that leave every other byte alone. Parsing into a tree and writing the tree out again was
//! rejected: no serialiser gives back the quoting, escapes and white space that came in.

mod delimited;
#[cfg(feature = "formats")]
mod html;
mod json;
#[cfg(feature = "formats")]
mod markdown;
#[cfg(feature = "formats")]
mod markup;
mod parts;
mod passage;
mod record;
#[cfg(feature = "formats")]
mod saying;
#[cfg(feature = "formats")]
mod xml;

use std::str::FromStr;

pub use parts::{DocumentPart, Origin, Parts};
pub use passage::{Obstacle, Passage};

use super::decode::{DecodedText, Encoding};
use super::edit::{Edit, apply};
use crate::error::Error;
use crate::span::Span;

/// How the text of a document is packed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum InputFormat {
    /// Nothing but text.
    #[default]
    Text,
    /// Markdown: code, addresses of links, raw HTML and front matter are no text.
    Markdown,
    /// HTML: the text between tags, without scripts, styles and what forms hold.
    Html,
    /// XML, and TEI in particular: the text between tags, without a TEI header.
    Xml,
    /// JSON: an array of records, or one record.
    Json,
    /// JSON Lines: a record a line.
    Jsonl,
    /// Comma-separated values with a heading; semicolons, tabs and bars are recognised as well.
    Csv,
    /// Tab-separated values with a heading.
    Tsv,
}

impl InputFormat {
    /// The format that a file's name speaks of, packed or not; text if it speaks of none.
    ///
    /// ```
    /// use toponorm::InputFormat;
    ///
    /// assert_eq!(InputFormat::of_path("wire/2020-10.JSONL"), InputFormat::Jsonl);
    /// assert_eq!(InputFormat::of_path("wire.csv.gz"), InputFormat::Csv);
    /// assert_eq!(InputFormat::of_path("notes"), InputFormat::Text);
    /// ```
    pub fn of_path(path: &str) -> Self {
        Self::by_extension(path).unwrap_or_default()
    }

    /// The format that a file's name speaks of, packed or not, if it does.
    pub fn by_extension(path: &str) -> Option<Self> {
        let name = path.rsplit(['/', '\\']).next().unwrap_or(path).to_ascii_lowercase();
        let name = name.strip_suffix(".gz").or(name.strip_suffix(".zst")).unwrap_or(&name);
        name.rsplit_once('.')?.1.parse().ok()
    }

    /// Whether a file of the format holds records, each with fields of its own.
    pub fn has_records(self) -> bool {
        matches!(self, Self::Json | Self::Jsonl | Self::Csv | Self::Tsv)
    }
}

impl FromStr for InputFormat {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Ok(match text {
            "text" | "txt" => Self::Text,
            "markdown" | "md" => Self::Markdown,
            "html" | "htm" => Self::Html,
            "xml" | "tei" | "xhtml" => Self::Xml,
            "json" => Self::Json,
            "jsonl" | "ndjson" => Self::Jsonl,
            "csv" => Self::Csv,
            "tsv" | "tab" => Self::Tsv,
            _ => {
                return Err(Error::value(format!(
                    "unknown input format `{text}`; expected text, markdown, html, xml, json, jsonl, csv or tsv"
                )));
            }
        })
    }
}

/// How a document is to be read.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// How its text is packed.
    pub format: InputFormat,
    /// What its bytes mean.
    pub encoding: Encoding,
    /// Which fields of records are read; `text` unless any are named. In JSON `a.b` is the field `b` of the object `a`, or of
    /// every object in the array `a`, and `/a/0/b` is a JSON pointer (RFC 6901); in CSV a heading, or a column's number from 1.
    pub fields: Vec<String>,
}

/// A document, its passages, and what of it could not be read.
#[derive(Clone, Debug)]
pub struct Document<'s> {
    source: &'s DecodedText,
    format: InputFormat,
    /// What comes before it, if it is a part.
    origin: Origin,
    passages: Vec<Passage<'s>>,
    faults: Vec<Fault>,
}

/// A record that could not be read; it stays as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fault {
    /// Its row, counted from 1: a line of JSON Lines, an element of a JSON array, a row of a table with the heading as the first.
    pub row: u64,
    /// What was expected, what was found, and what to do.
    pub message: String,
}

impl<'s> Document<'s> {
    /// Finds the passages of a decoded document.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Value`](crate::ErrorKind::Value) if the document has no such fields at all, or is not in the format. A single
    /// record that is broken is no error, but one of the [faults](Document::faults).
    ///
    /// ```
    /// use toponorm::{Document, Encoding, InputFormat, ReadOptions};
    ///
    /// let options = ReadOptions { format: InputFormat::Jsonl, ..ReadOptions::default() };
    /// let source = options.encoding.decode(br#"{"text": "Talks in \"Xank\u0259ndi\""}"#)?;
    /// let document = Document::read(&source, &options)?;
    /// assert_eq!(document.passages()[0].text(), "Talks in \"Xankəndi\"");
    /// # Ok::<(), toponorm::Error>(())
    /// ```
    pub fn read(source: &'s DecodedText, options: &ReadOptions) -> Result<Self, Error> {
        Self::read_part(source, options, &Origin::default())
    }

    /// Finds the passages of a decoded part of a document; rows are counted on from what comes before it.
    ///
    /// # Errors
    ///
    /// As [`Document::read`].
    pub fn read_part(source: &'s DecodedText, options: &ReadOptions, origin: &Origin) -> Result<Self, Error> {
        let text = source.text.as_str();
        let (passages, faults) = match options.format {
            InputFormat::Text => (vec![Passage::whole(text)], Vec::new()),
            InputFormat::Markdown | InputFormat::Html | InputFormat::Xml => {
                (vec![marked_up(source, options.format)?], Vec::new())
            }
            InputFormat::Json => json::array(text, &options.fields)?,
            InputFormat::Jsonl => json::lines(text, origin, &options.fields)?,
            InputFormat::Csv => delimited::table(text, None, origin, &options.fields)?,
            InputFormat::Tsv => delimited::table(text, Some(b'\t'), origin, &options.fields)?,
        };
        Ok(Self { source, format: options.format, origin: origin.clone(), passages, faults })
    }

    /// The format that it was read as.
    pub fn format(&self) -> InputFormat {
        self.format
    }

    /// What comes before it: nothing, unless it is a part of a larger one.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// The texts in it, in order.
    pub fn passages(&self) -> &[Passage<'s>] {
        &self.passages
    }

    /// The records that could not be read.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// The decoded document as a whole, in which the edits of its passages count.
    pub fn source(&self) -> &'s DecodedText {
        self.source
    }

    /// The text in which offsets of a passage's mentions are given out: the field of a record, else the whole source.
    pub fn text_of_offsets<'d>(&'d self, passage: &'d Passage<'s>) -> &'d str {
        if passage.field().is_some() { passage.text() } else { &self.source.text }
    }

    /// Where a span of a passage lies in [`Document::text_of_offsets`].
    pub fn given_out(&self, passage: &Passage<'s>, span: Span) -> Span {
        if passage.field().is_some() { span } else { passage.source_span(span) }
    }

    /// The span of a passage's text that a span of [`Document::text_of_offsets`] stands for; `None` if it stands for no text.
    pub fn taken_in(&self, passage: &Passage<'s>, span: Span) -> Option<Span> {
        if passage.field().is_some() { Some(span) } else { passage.text_span(span) }
    }

    /// An edit of a passage's text as edits of the source, in order.
    ///
    /// # Errors
    ///
    /// The [`Obstacle`] that stands in its way; then nothing of the edit may be made.
    pub fn source_edits(&self, passage: &Passage<'s>, edit: &Edit) -> Result<Vec<Edit>, Obstacle> {
        let edits = passage.source_edits(edit)?;
        let can_hold = edits.iter().all(|edit| self.source.can_hold(&edit.replacement));
        if can_hold { Ok(edits) } else { Err(Obstacle::NotInEncoding) }
    }

    /// The document's bytes with edits made in its source, in its own encoding, everything else as it was.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Encoding`](crate::ErrorKind::Encoding) if the encoding has no sign for a letter of an edit.
    pub fn write(&self, edits: &[Edit]) -> Result<Vec<u8>, Error> {
        self.source.encode(&apply(&self.source.text, edits))
    }
}

/// The text of a document with markup.
#[cfg(feature = "formats")]
fn marked_up(source: &DecodedText, format: InputFormat) -> Result<Passage<'_>, Error> {
    match format {
        InputFormat::Markdown => Ok(markdown::passage(&source.text)),
        InputFormat::Html => Ok(html::passage(&source.text)),
        _ => xml::passage(source),
    }
}

#[cfg(not(feature = "formats"))]
fn marked_up(_: &DecodedText, format: InputFormat) -> Result<Passage<'_>, Error> {
    let name = format!("{format:?}");
    Err(Error::value(format!("{name} is not read by this build; build it with the feature `formats`")))
}
