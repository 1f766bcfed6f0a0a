//! A document's text with its mentions marked.
//!
//! What a reader sees is the document's text and nothing else, letter for letter: details stand in attributes, which a
//! browser shows as a tooltip by itself, and which the script shows better. Paragraphs end at blank lines, except inside
//! a mention. Everything in one `<pre>` was rejected: screen readers step from paragraph to paragraph, and each has a
//! direction of its own.

use std::fmt::Write as _;

use super::escape::Escaped;
use super::subjects::Group;
use crate::document::Annotation;
use crate::resolve::Status;
use crate::span::Span;
use crate::text::one_line;

/// A mention with the numbers of its subject and of itself.
pub(super) struct Mark<'a> {
    pub(super) annotation: &'a Annotation,
    pub(super) group: Group,
    pub(super) subject: usize,
    pub(super) mention: usize,
}

/// The annotations that can be marked in `text`: of those that overlap the first, none of nothing, none that opens with white space.
/// Those that belong to the text are all so; those of another text would tear the markup.
pub(super) fn markable<'a>(text: &str, annotations: &'a [Annotation]) -> Vec<&'a Annotation> {
    let mut end = 0;
    let fits = |annotation: &&Annotation| {
        let Span { start, end: stop } = annotation.span;
        let opens = |surface: &str| surface.starts_with(|c: char| !c.is_ascii_whitespace());
        let fits = start >= end && text.get(start..stop).is_some_and(opens);
        end = if fits { stop } else { end };
        fits
    };
    annotations.iter().filter(fits).collect()
}

/// Writes the paragraphs of a text; `marks` are in order and don't overlap.
pub(super) fn write_text(page: &mut String, text: &str, marks: &[Mark<'_>]) {
    let mut marks = marks.iter().peekable();
    let mut at = 0;
    for paragraph in paragraphs(text, marks.clone().map(|mark| mark.annotation.span)) {
        page.push_str(&text[at..paragraph.start]);
        page.push_str("<p dir=\"auto\">");
        at = paragraph.start;
        while let Some(mark) = marks.next_if(|mark| mark.annotation.span.start < paragraph.end) {
            let _ = write!(page, "{}", Escaped(&text[at..mark.annotation.span.start]));
            write_mark(page, mark, &text[mark.annotation.span.range()]);
            at = mark.annotation.span.end;
        }
        let _ = write!(page, "{}</p>", Escaped(&text[at..paragraph.end]));
        at = paragraph.end;
    }
    page.push_str(&text[at..]);
}

/// Runs of lines that aren't blank. What lies between them is white space.
fn paragraphs(text: &str, marks: impl Iterator<Item = Span>) -> Vec<Span> {
    let mut marks = marks.peekable();
    let mut paragraphs: Vec<Span> = Vec::new();
    let (mut start, mut goes_on) = (0, false);
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        while marks.next_if(|mark| mark.end <= start).is_some() {}
        let is_torn = marks.peek().is_some_and(|mark| mark.start < start);
        let is_blank = line.bytes().all(|byte| byte.is_ascii_whitespace()) && !is_torn;
        match paragraphs.last_mut() {
            _ if is_blank => {}
            Some(last) if goes_on => last.end = end,
            _ => paragraphs.push(Span::new(start, end)),
        }
        (start, goes_on) = (end, !is_blank);
    }
    paragraphs
}

fn write_mark(page: &mut String, mark: &Mark<'_>, surface: &str) {
    let Mark { annotation, group, subject, mention } = mark;
    let (class, details) = (group.class(), details(annotation));
    let _ = write!(page, "<a class=\"mark {class}\" id=\"m{mention}\" href=\"#s{subject}\" data-s=\"{subject}\"");
    if let Some(replacement) = &annotation.replacement {
        let _ = write!(page, " data-to=\"{}\"", Escaped(&one_line(replacement)));
    }
    let details = Escaped(&details).to_string().replace('\n', "&#10;");
    let _ = write!(page, " title=\"{details}\">{}</a>", Escaped(surface));
}

/// What is known of a mention, a line each: what it is, then `label: value`.
fn details(annotation: &Annotation) -> String {
    let mut lines = vec![one_line(annotation.canonical.as_deref().unwrap_or(&annotation.text))];
    let mut line = |label: &str, value: &str| lines.push(format!("{label}: {}", one_line(value)));
    if let Some(name) = annotation.name.as_ref().filter(|name| Some(*name) != annotation.canonical.as_ref()) {
        line("name", name);
    }
    match &annotation.country {
        Some(country) => line("kind", &format!("{}, {country}", annotation.kind)),
        None => line("kind", annotation.kind),
    }
    if let (Some(latitude), Some(longitude)) = (annotation.lat, annotation.lon) {
        line("coordinates", &format!("{latitude:.4}, {longitude:.4}"));
    }
    if let Some(id) = &annotation.id {
        line("entry", id);
        line("spelling", &format!("{}, score {:.2}", annotation.method.map_or("", |m| m.as_str()), annotation.score));
    }
    if let Some(probability) = annotation.probability {
        line("probability", &format!("{probability:.2}"));
    }
    line("status", status(annotation.status));
    if let Some(explanation) = &annotation.explanation {
        line("reason", explanation.reason);
    }
    if let Some(replacement) = &annotation.replacement {
        line("would be written", replacement);
    }
    if annotation.id.is_none() {
        candidates(annotation, line);
    }
    lines.join("\n")
}

fn candidates(annotation: &Annotation, mut line: impl FnMut(&str, &str)) {
    const SHOWN: usize = 5;
    let label = if annotation.status == Status::Ambiguous { "may be" } else { "might have been" };
    for candidate in annotation.candidates.iter().take(SHOWN) {
        line(label, &format!("{} ({}), score {:.2}", candidate.name, candidate.id, candidate.score));
    }
    if let Some(more) = annotation.candidates.len().checked_sub(SHOWN + 1) {
        line(label, &format!("{} more", more + 1));
    }
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Resolved => "resolved",
        Status::Ambiguous => "ambiguous",
        Status::Suppressed => "suppressed",
        Status::Rejected => "rejected",
        Status::Unknown => "not in the gazetteer",
    }
}
