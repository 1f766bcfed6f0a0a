//! The tags of names, and text as XML has it.

use super::super::outside::addresses;
use crate::document::Annotation;
use crate::resolve::Status;

/// The tags around a mention's surface.
pub(super) struct Tags {
    pub(super) before: String,
    pub(super) after: String,
}

impl Tags {
    /// The tags of a name, with the prefix that the document gives to TEI's elements (`tei:`), and more attributes.
    pub(super) fn new(annotation: &Annotation, prefix: &str, more: &str) -> Self {
        let element = element(annotation);
        let sort = if annotation.kind == "demonym" { " type=\"demonym\"" } else { "" };
        let before = format!("<{prefix}{element}{sort}{}{more}>", attributes(annotation));
        Self { before, after: format!("</{prefix}{element}>") }
    }

    /// The tags with a `choice` inside: the text has one spelling, `right` is another.
    pub(super) fn choosing(self, prefix: &str, right: &str) -> Self {
        let before = format!("{}<{prefix}choice><{prefix}orig>", self.before);
        let after = format!("</{prefix}orig><{prefix}reg>{right}</{prefix}reg></{prefix}choice>{}", self.after);
        Self { before, after }
    }
}

/// What is to be written for a mention, if it is another spelling.
pub(super) fn right_spelling(annotation: &Annotation) -> Option<&str> {
    annotation.replacement.as_deref().filter(|replacement| *replacement != annotation.text)
}

/// A mention with its tags.
pub(super) fn marked(annotation: &Annotation) -> String {
    let tags = Tags::new(annotation, "", "");
    let tags = match right_spelling(annotation) {
        Some(right) => tags.choosing("", &escaped(right)),
        None => tags,
    };
    format!("{}{}{}", tags.before, escaped(&annotation.text), tags.after)
}

fn element(annotation: &Annotation) -> &'static str {
    match (annotation.kind, annotation.label) {
        ("demonym", _) => "rs",
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
pub(super) fn escaped(text: &str) -> String {
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
