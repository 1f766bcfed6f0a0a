//! A table for people: a line a mention, with line and column as editors count them.

use std::io::{self, Write};

use super::Source;
use crate::document::{Annotation, AnnotationCandidate, Explanation, Signal};
use crate::matcher::Method;
use crate::resolve::Status;
use crate::span::Lines;
use crate::text::one_line;

/// Writes the mentions of one document, a line each: place in the text, surface, what it is, and what would be written.
///
/// # Errors
///
/// Whatever writing to `out` fails with.
pub fn text(out: &mut impl Write, source: Source<'_>, text: &str, annotations: &[Annotation]) -> io::Result<()> {
    let mut lines = Lines::new(text);
    let mut rows = Vec::with_capacity(annotations.len());
    for annotation in annotations {
        let (line, column) = lines.at(annotation.span.start);
        rows.push((format!("{}:{line}:{column}", source.path), one_line(&annotation.text), annotation));
    }
    let place_width = rows.iter().map(|(place, ..)| place.chars().count()).max().unwrap_or(0);
    let surface_width = rows.iter().map(|(_, surface, _)| surface.chars().count()).max().unwrap_or(0);
    for (place, surface, annotation) in &rows {
        write!(out, "{place:<place_width$}  {surface:<surface_width$}  {}", meaning(annotation))?;
        match &annotation.replacement {
            Some(replacement) => writeln!(out, "  → {}", one_line(replacement))?,
            None => writeln!(out)?,
        }
        if let Some(explanation) = &annotation.explanation {
            explain(out, explanation, &annotation.candidates)?;
        }
    }
    Ok(())
}

/// What counted, indented under the mention: the reason, the weights of the candidates, and the signals, the strongest first.
fn explain(out: &mut impl Write, explanation: &Explanation, candidates: &[AnnotationCandidate]) -> io::Result<()> {
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
