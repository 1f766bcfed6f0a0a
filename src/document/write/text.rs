//! A report for people: the lines of the document with its mentions marked, and under them a row a mention, with line and column as
//! editors count them.
//!
//! A long line is cut to a stretch around one or more mentions. Rows begin with `path:line:column` and lines of the document with spaces, so
//! `grep` tells them apart. Columns of rows are aligned over a document.

use std::fmt;
use std::io::{self, Write};
use std::ops::Range;

use anstyle::{AnsiColor, Style};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::printable::{Excerpt, printable};
use super::{Report, Reported};
use crate::document::{Annotation, AnnotationCandidate, Explanation, Signal};
use crate::matcher::Method;
use crate::resolve::Status;
use crate::span::{Lines, Span};
use crate::text::one_line;

/// Mentions that lie in a stretch of so many characters are shown together, with enough around them to make this the whole width.
const MARKED_WIDTH: usize = 70;
const WIDTH: usize = 100;

/// Whether [`Text`] uses the colours of a terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Styling {
    /// Letters only.
    #[default]
    Plain,
    /// Escape sequences for colours (ECMA-48).
    Coloured,
}

/// The report for people, one document after the other.
#[derive(Clone, Copy, Debug, Default)]
pub struct Text {
    styling: Styling,
    has_written: bool,
}

impl Text {
    /// A report that looks so.
    pub fn new(styling: Styling) -> Self {
        Self { styling, has_written: false }
    }

    fn paint<T: fmt::Display>(self, style: Style, text: T) -> String {
        match self.styling {
            Styling::Plain => text.to_string(),
            Styling::Coloured => format!("{style}{text}{style:#}"),
        }
    }

    /// The lines of the document around some mentions, and below them marks.
    fn write_lines(self, out: &mut dyn Write, text: &str, (number, rows): (usize, &[Row<'_>])) -> io::Result<()> {
        let (Some(first), Some(last)) = (rows.first(), rows.last()) else {
            return Ok(());
        };
        let range = first.span.start..last.span.end;
        let line = Excerpt::new(text, range.clone(), WIDTH);
        let around = WIDTH.saturating_sub(line.inside.chars().count()) / 2;
        let is_short = line.is_line_within(WIDTH);
        let excerpt = if is_short { line } else { Excerpt::new(text, range.clone(), around) };
        let start = range.start - excerpt.before.len();
        let shown = &text[start..range.end + excerpt.after.len()];
        let gutter = |number: &dyn fmt::Display| self.paint(GUTTER, format!("{number:>4} |"));
        let cut = |is_cut: bool| if is_cut { "…" } else { "" };
        let inside = |row: &Row<'_>| row.span.start - start..row.span.end - start;
        let marked = self.marked(shown, rows.iter().map(|row| (inside(row), style(row.annotation))));
        let (before, after) = (cut(excerpt.is_cut_before), cut(excerpt.is_cut_after));
        writeln!(out, "{} {before}{marked}{after}", gutter(&number))?;
        // A terminal turns such a line around, and marks would stand under the wrong letters.
        if shown.chars().any(is_right_to_left) {
            return Ok(());
        }
        let mut marks = before.replace('…', " ");
        let mut at = 0;
        for row in rows {
            let Range { start, end } = inside(row);
            marks.extend(std::iter::repeat_n(' ', width(&shown[at..start])));
            marks += &self.paint(style(row.annotation), "^".repeat(width(&shown[start..end]).max(1)));
            at = end;
        }
        writeln!(out, "{} {marks}", gutter(&""))
    }

    /// The text with spans of it painted.
    fn marked(self, text: &str, spans: impl Iterator<Item = (Range<usize>, Style)>) -> String {
        let (mut marked, mut at) = (String::new(), 0);
        for (span, style) in spans {
            marked += &printable(&text[at..span.start]);
            marked += &self.paint(style, printable(&text[span.clone()]));
            at = span.end;
        }
        marked + &printable(&text[at..])
    }

    /// A mention: its place, its surface, what it is and what would be written.
    fn write_row(self, out: &mut dyn Write, row: &Row<'_>, (place, surface): (usize, usize)) -> io::Result<()> {
        let annotation = row.annotation;
        let gap = |width: usize, text: &str| " ".repeat(width.saturating_sub(text.width()));
        let (place_gap, surface_gap) = (gap(place, &row.place), gap(surface, &row.surface));
        let painted = self.paint(style(annotation), &row.surface);
        write!(out, "{}{place_gap}  {painted}{surface_gap}  {}", self.paint(PLACE, &row.place), meaning(annotation))?;
        match &annotation.replacement {
            Some(replacement) => {
                writeln!(out, "  → {}", self.paint(REPLACEMENT, printable(&one_line(replacement))))?;
            }
            None => writeln!(out)?,
        }
        match &annotation.explanation {
            Some(explanation) => explain(out, explanation, &annotation.candidates),
            None => Ok(()),
        }
    }
}

const GUTTER: Style = AnsiColor::Blue.on_default();
const PLACE: Style = AnsiColor::Magenta.on_default();
const REPLACEMENT: Style = AnsiColor::Green.on_default().bold();

/// By what was decided: red is to be corrected, yellow is not sure.
fn style(annotation: &Annotation) -> Style {
    match annotation.status {
        Status::Resolved if annotation.replacement.is_some() => AnsiColor::Red.on_default().bold(),
        Status::Resolved => AnsiColor::Cyan.on_default().bold(),
        Status::Ambiguous | Status::Unknown => AnsiColor::Yellow.on_default().bold(),
        Status::Suppressed | Status::Rejected => Style::new().dimmed(),
    }
}

/// A mention as it is shown.
struct Row<'a> {
    annotation: &'a Annotation,
    span: Span,
    line: usize,
    place: String,
    surface: String,
}

impl Report for Text {
    fn document(&mut self, out: &mut dyn Write, document: &Reported<'_>) -> io::Result<()> {
        let rows = rows(document);
        let widest = |texts: &mut dyn Iterator<Item = &str>| texts.map(|text| text.width()).max().unwrap_or(0);
        let places = widest(&mut rows.iter().map(|row| row.place.as_str()));
        let widths = (places, widest(&mut rows.iter().map(|row| row.surface.as_str())));
        let mut rest = rows.as_slice();
        while !rest.is_empty() {
            let (shown, after) = rest.split_at(shown_together(document.counted, rest));
            if std::mem::replace(&mut self.has_written, true) {
                writeln!(out)?;
            }
            self.write_lines(out, document.counted, (shown[0].line, shown))?;
            shown.iter().try_for_each(|row| self.write_row(out, row, widths))?;
            rest = after;
        }
        Ok(())
    }
}

/// How many of the next mentions are marked in one stretch of text: those on a line, unless it is long.
fn shown_together(text: &str, rows: &[Row<'_>]) -> usize {
    let first = rows[0].span.range();
    let is_short = Excerpt::new(text, first.clone(), WIDTH).is_line_within(WIDTH);
    let most = if is_short { WIDTH } else { MARKED_WIDTH };
    let fits = |pair: &&[Row<'_>]| {
        let (end, next) = (pair[0].span.end, pair[1].span);
        let is_beside = end <= next.start && !text[end..next.start].contains('\n');
        is_beside && text[first.start..next.end].chars().count() <= most
    };
    1 + rows.windows(2).take_while(fits).count()
}

fn rows<'a>(document: &Reported<'a>) -> Vec<Row<'a>> {
    let mut lines = Lines::new(document.counted);
    let path = printable(&document.source.place());
    let row = |(span, annotation): (Span, &'a Annotation)| {
        let (line, column) = lines.at(span.start);
        let surface = printable(&one_line(&annotation.text));
        Row { annotation, span, line, place: format!("{path}:{line}:{column}"), surface }
    };
    document.counted().map(row).collect()
}

/// How many columns a text takes on a terminal, once it is printable.
fn width(text: &str) -> usize {
    printable(text).chars().map(|c| c.width().unwrap_or(0)).sum()
}

/// Hebrew, Arabic and the scripts beside them in Unicode.
fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}')
}

/// What counted, indented under the mention: the reason, the weights of the candidates, and the signals, the strongest first.
fn explain(out: &mut dyn Write, explanation: &Explanation, candidates: &[AnnotationCandidate]) -> io::Result<()> {
    writeln!(out, "    {}", explanation.reason)?;
    for ((candidate, signals), weight) in
        candidates.iter().zip(&explanation.weighed).zip(explanation.weights()).take(MAX_WEIGHED)
    {
        writeln!(out, "    {} weighs {weight:.1}: {}", candidate.id, said(signals))?;
    }
    if explanation.signals.is_empty() { Ok(()) } else { writeln!(out, "    sure by: {}", said(&explanation.signals)) }
}

/// So many candidates are explained; the others weigh less.
const MAX_WEIGHED: usize = 3;

/// So many signals are told, and none that adds less.
const MAX_SIGNALS: usize = 5;
const MIN_ADDED: f64 = 0.15;

/// The strongest signals and what they add, the strongest first.
fn said(signals: &[Signal]) -> String {
    let mut signals: Vec<&Signal> = signals.iter().filter(|signal| signal.adds.abs() >= MIN_ADDED).collect();
    signals.sort_by(|one, other| other.adds.abs().total_cmp(&one.adds.abs()));
    let said = |signal: &&Signal| match signal.value {
        1.0 => format!("{} {:+.1}", signal.signal, signal.adds),
        value => format!("{} of {value:.1} {:+.1}", signal.signal, signal.adds),
    };
    signals.iter().take(MAX_SIGNALS).map(said).collect::<Vec<_>>().join(", ")
}

fn meaning(annotation: &Annotation) -> String {
    let ids = || annotation.candidates.iter().map(|candidate| candidate.id.as_str()).collect::<Vec<_>>().join(" or ");
    match annotation.status {
        Status::Resolved => {}
        Status::Unknown if annotation.label == "name" => return "unknown".to_owned(),
        Status::Unknown => return format!("unknown {}", annotation.kind),
        Status::Ambiguous => return format!("ambiguous: {}", ids()),
        Status::Suppressed => return "suppressed".to_owned(),
        Status::Rejected if annotation.candidates.is_empty() => return "rejected".to_owned(),
        Status::Rejected => return format!("rejected: {}", ids()),
    }
    let mut meaning = format!("{} {}", annotation.kind, annotation.id.as_deref().unwrap_or_default());
    if let (Some(lat), Some(lon)) = (annotation.lat, annotation.lon) {
        meaning += &format!(" ({lat:.4}, {lon:.4})");
    }
    let method = annotation.method.map_or("", Method::as_str);
    meaning += &format!(" {method} {:.2}", annotation.score);
    match annotation.probability {
        Some(probability) if annotation.explanation.is_some() => format!("{meaning}, probability {probability:.2}"),
        _ => meaning,
    }
}
