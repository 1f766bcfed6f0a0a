//! `--format html`: one page that needs nothing else.
//!
//! The page holds its style, its script and its map, and its policy lets no browser load or send anything; only our own
//! style and script may run, known by their hashes, so nothing in a document can. Without the script marks and lists are links, details
//! are the browser's own tooltips. A page a document was rejected: people compare what several reports name. The
//! documents are gathered and written at the end, since lists and map come first and speak of all.

mod escape;
mod map;
mod subjects;
mod text;

use std::fmt::Write as _;
use std::io::{self, Write};

use super::{Report, Reported};
use escape::Escaped;
use map::Place;
use subjects::{Group, Subject, Subjects};
use text::Mark;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");
/// SHA-256 of [`STYLE`] and [`SCRIPT`] in base 64; a test says what they are to be.
const STYLE_HASH: &str = "bosr7WNF15kQhL9b1nJmVTlaHwv117fQM0ZhXGNWQq4=";
const SCRIPT_HASH: &str = "fVoLKuEj5IU0lgGYI2VCGAZ+hEJfb/6x71u5Qd7ptY4=";

/// A page of annotated documents: their texts with what they name marked, lists of it, and a map.
///
/// ```
/// # #[cfg(feature = "bundled")] {
/// use toponorm::write::{Html, Report, Reported};
/// use toponorm::{Matcher, Normalizer};
///
/// let normalizer = Normalizer::builder().build(Matcher::bundled()?);
/// let text = "Talks between Baku and Yerevan";
/// let (mut page, mut html) = (Html::default(), Vec::new());
/// page.document(&mut html, &Reported::of_text("talks.txt", text, &normalizer.annotate(text)))?;
/// page.end(&mut html)?;
/// assert!(html.starts_with(b"<!DOCTYPE html>"));
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Default)]
pub struct Html {
    subjects: Subjects,
    documents: Vec<Document>,
    /// The documents' sections.
    sections: String,
}

#[derive(Debug)]
struct Document {
    path: String,
    mentions: usize,
}

impl Report for Html {
    /// Keeps the document for the end. Passages of one path that follow each other are one document.
    fn document(&mut self, _out: &mut dyn Write, document: &Reported<'_>) -> io::Result<()> {
        let Reported { source, text, annotations, .. } = *document;
        let mark = |annotation| {
            let (subject, mention) = self.subjects.add(annotation);
            Mark { annotation, group: Group::of(annotation), subject, mention }
        };
        let marks: Vec<Mark<'_>> = text::markable(text, annotations).into_iter().map(mark).collect();
        self.opened(source.path).mentions += marks.len();
        if let Some((row, field)) = source.record {
            let _ = writeln!(self.sections, "<h3>row {row} · <bdi>{}</bdi></h3>", Escaped(field));
        }
        self.sections.push_str("<div class=\"text\" lang=\"\">");
        text::write_text(&mut self.sections, text, &marks);
        self.sections.push_str("</div>\n");
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let title = match self.documents.as_slice() {
            [document] => shown(&document.path).to_owned(),
            documents => format!("{} documents", documents.len()),
        };
        let mut head = String::new();
        self.write_head(&mut head, &title);
        self.write_overview(&mut head);
        out.write_all(head.as_bytes())?;
        let close = if self.documents.is_empty() { "" } else { "</article>\n" };
        write!(out, "<main id=\"text\" tabindex=\"-1\">\n{}{close}</main>\n</div>\n{FOOTER}", self.sections)?;
        out.write_all(FLOATING.as_bytes())?;
        writeln!(out, "<script>{SCRIPT}</script>\n</body>\n</html>")
    }
}

impl Html {
    /// The document of that path if it is the last, else a new one.
    fn opened(&mut self, path: &str) -> &mut Document {
        let number = self.documents.len();
        if self.documents.last().is_none_or(|last| last.path != path) {
            let close = if number == 0 { "" } else { "</article>\n" };
            let id = format!("d{number}");
            let _ = write!(
                self.sections,
                "{close}<article id=\"{id}\" aria-labelledby=\"{id}-name\" tabindex=\"-1\">\n\
                 <h2 id=\"{id}-name\"><bdi>{}</bdi></h2>\n",
                Escaped(shown(path))
            );
            self.documents.push(Document { path: path.to_owned(), mentions: 0 });
        }
        let last = self.documents.len() - 1;
        &mut self.documents[last]
    }

    fn write_head(&self, page: &mut String, title: &str) {
        let title = Escaped(title);
        let _ = write!(
            page,
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{STYLE_HASH}'; \
             script-src 'sha256-{SCRIPT_HASH}'; base-uri 'none'; form-action 'none'\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n\
             <title>{title} · toponorm</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
             <a class=\"skip\" href=\"#text\">Skip to the text</a>\n\
             <header>\n<h1><bdi>{title}</bdi></h1>\n<p class=\"sum\">{}</p>\n</header>\n<div class=\"columns\">\n",
            self.sum()
        );
    }

    /// What was found, in a line.
    fn sum(&self) -> String {
        let numbered = |group: Group| (self.subjects.of(group).len(), group.heading().to_lowercase());
        let found = Group::ALL.into_iter().map(numbered).filter(|(count, _)| *count > 0);
        let found: Vec<String> = found.map(|(count, heading)| format!("{heading} {count}")).collect();
        match self.subjects.mentions() {
            0 => "No names found".to_owned(),
            1 => format!("1 mention · {}", found.join(" · ")),
            mentions => format!("{mentions} mentions · {}", found.join(" · ")),
        }
    }

    /// Map, documents and lists.
    fn write_overview(&self, page: &mut String) {
        page.push_str("<aside id=\"overview\" aria-label=\"Map and lists\">\n");
        self.write_map(page);
        if self.documents.len() > 1 {
            self.write_documents(page);
        }
        for group in Group::ALL {
            let subjects = self.subjects.of(group);
            if !subjects.is_empty() {
                write_list(page, group, &subjects);
            }
        }
        page.push_str("</aside>\n");
    }

    fn write_map<'s>(&'s self, page: &mut String) {
        let all = self.subjects.of(Group::Place);
        let places: Vec<Place<'_>> = all
            .iter()
            .filter_map(|&(number, subject)| subject.point.map(|point| Place { number, subject, point }))
            .collect();
        if places.is_empty() {
            return;
        }
        let ambiguous = self.subjects.of(Group::Ambiguous);
        let of_subject = |(number, subject): (usize, &'s Subject)| {
            subject.doubtful_points.iter().map(move |&point| Place { number, subject, point })
        };
        let doubtful: Vec<Place<'_>> = ambiguous.into_iter().flat_map(of_subject).collect();
        page.push_str("<figure>\n");
        map::write_maps(page, &places, &doubtful);
        let without = match all.len() - places.len() {
            0 => String::new(),
            count => format!(" {count} of {} have no coordinates.", all.len()),
        };
        let rings = if doubtful.is_empty() { "" } else { " Rings: where an ambiguous name may be." };
        let _ = write!(page, "<figcaption>{CAPTION}{rings}{without}</figcaption>\n</figure>\n");
    }

    fn write_documents(&self, page: &mut String) {
        page.push_str("<nav aria-labelledby=\"documents\">\n<h2 id=\"documents\">Documents</h2>\n<ul>\n");
        for (number, Document { path, mentions }) in self.documents.iter().enumerate() {
            let count = counted(*mentions);
            let _ = writeln!(page, "<li><a href=\"#d{number}\"><bdi>{}</bdi> {count}</a></li>", Escaped(shown(path)));
        }
        page.push_str("</ul>\n</nav>\n");
    }
}

/// What the script shows, and the way back to the lists on a narrow screen.
const FLOATING: &str = "<a class=\"back\" href=\"#overview\">↑ Map and lists</a>\n\
    <div id=\"tip\" role=\"tooltip\" hidden></div>\n<p id=\"said\" class=\"unseen\" role=\"status\"></p>\n";
const CAPTION: &str = "The larger a point, the more mentions. Outlines are simplified; dashed lines surround disputed areas, \
     whose they are the map does not say.";
const FOOTER: &str = concat!(
    "<footer><p>Made by toponorm ",
    env!("CARGO_PKG_VERSION"),
    ". Outlines, simplified: Natural Earth (public domain) and Who’s On First (CC BY 4.0).</p></footer>\n"
);

/// How a path is shown.
fn shown(path: &str) -> &str {
    if path == "-" { "standard input" } else { path }
}

fn write_list(page: &mut String, group: Group, subjects: &[(usize, &Subject)]) {
    let (class, heading) = (group.class(), group.heading());
    let _ = writeln!(page, "<nav class=\"{class}\" aria-labelledby=\"{class}-list\">");
    let _ =
        write!(page, "<h2 id=\"{class}-list\">{heading} <span class=\"count\">{}</span></h2>\n<ol>\n", subjects.len());
    for (number, subject) in subjects {
        let (name, count, note) = (Escaped(&subject.name), counted(subject.count), note(subject));
        let _ = write!(
            page,
            "<li id=\"s{number}\"><a href=\"#m{}\" data-s=\"{number}\"><bdi>{name}</bdi> {count}</a>",
            subject.first
        );
        let _ = write!(page, " <small>{}", Escaped(&note));
        if let Some(point) = subject.point {
            let _ = write!(page, "<span class=\"printed\"> · {:.4}, {:.4}</span>", point.latitude, point.longitude);
        }
        page.push_str("</small></li>\n");
    }
    page.push_str("</ol>\n</nav>\n");
}

fn counted(mentions: usize) -> String {
    let noun = if mentions == 1 { "mention" } else { "mentions" };
    format!("<span class=\"count\">{mentions}<span class=\"unseen\"> {noun}</span></span>")
}

fn note(subject: &Subject) -> String {
    if !subject.candidates.is_empty() {
        return subject.candidates.join(" or ");
    }
    match &subject.country {
        Some(country) => format!("{}, {country}", subject.kind),
        None => subject.kind.to_owned(),
    }
}
