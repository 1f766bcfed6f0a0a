//! A report for people, in Markdown: a table of what is named with counts, then each mention with what stands around it.
//!
//! One report of all documents, since people ask how often a place is named in a folder. What a document says is escaped: it can make no
//! heading, link or HTML. Lines wait for the end, because the table comes first.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use super::printable::{Excerpt, printable};
use super::{Report, Reported};
use crate::document::Annotation;
use crate::resolve::Status;
use crate::span::Lines;

/// So many characters are shown on each side of a mention.
const AROUND: usize = 60;

/// The report of all documents.
#[derive(Debug, Default)]
pub struct Markdown {
    subjects: BTreeMap<Key, Subject>,
    documents: usize,
}

/// What is named: an entry, or what an unresolved surface may be.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Entry(String),
    Ambiguous(String),
    Unknown(String),
}

#[derive(Debug)]
struct Subject {
    annotation: Annotation,
    surfaces: BTreeMap<String, usize>,
    documents: BTreeSet<usize>,
    lines: Vec<String>,
}

impl Report for Markdown {
    fn document(&mut self, _out: &mut dyn Write, document: &Reported<'_>) -> io::Result<()> {
        self.documents += 1;
        let place = document.source.place();
        let mut lines = Lines::new(document.counted);
        for (span, annotation) in document.standing() {
            let (line, column) = lines.at(span.start);
            let new = || Subject {
                annotation: annotation.clone(),
                surfaces: BTreeMap::new(),
                documents: BTreeSet::new(),
                lines: Vec::new(),
            };
            let subject = self.subjects.entry(key(annotation)).or_insert_with(new);
            subject.documents.insert(self.documents);
            *subject.surfaces.entry(printable(&annotation.text)).or_default() += 1;
            let context = context(document.text, annotation);
            subject.lines.push(format!("- {}:{line}:{column}: {context}", escaped(&place)));
        }
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let mut subjects: Vec<(Key, Subject)> = std::mem::take(&mut self.subjects).into_iter().collect();
        // Stable: those named as often stay in the order of their ids.
        subjects.sort_by_key(|(_, subject)| std::cmp::Reverse(subject.lines.len()));
        let (sure, unsure): (Vec<_>, Vec<_>) = subjects.into_iter().partition(|(key, _)| matches!(key, Key::Entry(_)));
        let mentions: usize = sure.iter().chain(&unsure).map(|(_, subject)| subject.lines.len()).sum();
        let documents = counted(self.documents, "document", "documents");
        writeln!(out, "# Names\n\n{} in {documents}.\n", counted(mentions, "mention", "mentions"))?;
        write_table(out, &sure)?;
        for (_, subject) in &sure {
            let name = subject.annotation.canonical.as_deref().unwrap_or_default();
            write_mentions(out, &escaped(name), subject)?;
        }
        for (key, subject) in &unsure {
            let surface = escaped(&subject.annotation.text);
            let heading = match key {
                Key::Ambiguous(_) => format!("{surface}: ambiguous, {}", escaped(&candidates(&subject.annotation))),
                _ => format!("{surface}: unknown"),
            };
            write_mentions(out, &heading, subject)?;
        }
        Ok(())
    }
}

fn key(annotation: &Annotation) -> Key {
    match (&annotation.id, annotation.status) {
        (Some(id), _) => Key::Entry(id.clone()),
        (None, Status::Ambiguous) => Key::Ambiguous(annotation.text.clone()),
        _ => Key::Unknown(annotation.text.clone()),
    }
}

fn candidates(annotation: &Annotation) -> String {
    annotation.candidates.iter().map(|candidate| candidate.id.as_str()).collect::<Vec<_>>().join(" or ")
}

fn counted(count: usize, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}

fn write_table(out: &mut dyn Write, subjects: &[(Key, Subject)]) -> io::Result<()> {
    if subjects.is_empty() {
        return Ok(());
    }
    writeln!(out, "| name | kind | country | latitude | longitude | mentions | documents | written | Wikidata |")?;
    writeln!(out, "|---|---|---|--:|--:|--:|--:|---|---|")?;
    for (_, Subject { annotation, surfaces, documents, lines }) in subjects {
        let degrees = |degrees: Option<f64>| degrees.map(|degrees| format!("{degrees:.4}")).unwrap_or_default();
        let cells = [
            escaped(annotation.canonical.as_deref().unwrap_or_default()),
            annotation.kind.to_owned(),
            escaped(annotation.country.as_deref().unwrap_or_default()),
            degrees(annotation.lat),
            degrees(annotation.lon),
            lines.len().to_string(),
            documents.len().to_string(),
            written(surfaces),
            wikidata(annotation),
        ];
        writeln!(out, "| {} |", cells.join(" | "))?;
    }
    Ok(())
}

/// The surfaces, the commonest first, with a count where there are several.
fn written(surfaces: &BTreeMap<String, usize>) -> String {
    let mut surfaces: Vec<(&String, &usize)> = surfaces.iter().collect();
    surfaces.sort_by_key(|&(_, count)| std::cmp::Reverse(*count));
    let one = |(surface, count): (&String, &usize)| match count {
        1 => escaped(surface),
        count => format!("{} ×{count}", escaped(surface)),
    };
    surfaces.into_iter().map(one).collect::<Vec<_>>().join(", ")
}

fn wikidata(annotation: &Annotation) -> String {
    let is_number = |text: &&String| text.chars().all(|c| c.is_ascii_alphanumeric());
    let number = annotation.wikidata.as_ref().filter(is_number);
    number.map(|number| format!("[{number}](https://www.wikidata.org/wiki/{number})")).unwrap_or_default()
}

fn write_mentions(out: &mut dyn Write, heading: &str, subject: &Subject) -> io::Result<()> {
    writeln!(out, "\n## {heading}\n\n{}", subject.lines.join("\n"))
}

/// What stands around a mention, and what would be written in its place.
fn context(text: &str, annotation: &Annotation) -> String {
    let excerpt = Excerpt::new(text, annotation.span.range(), AROUND);
    let [before, inside, after] = [excerpt.before, excerpt.inside, excerpt.after].map(escaped);
    let cut = |is_cut: bool| if is_cut { "…" } else { "" };
    let replacement = annotation.replacement.as_ref().map(|text| format!(" → {}", escaped(text))).unwrap_or_default();
    format!("{}{before}**{inside}**{after}{}{replacement}", cut(excerpt.is_cut_before), cut(excerpt.is_cut_after))
}

/// Text on one line in which no character means anything to Markdown, to HTML in it, or to the extensions of GitHub.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in printable(text).chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '$' | '#' | '@' | '!') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_document_says_is_no_markdown() {
        assert_eq!(escaped("<script>|*a*\n# b"), "\\<script\\>\\|\\*a\\* \\# b");
        assert_eq!(escaped("![x](y)"), "\\!\\[x\\](y)");
    }
}
