//! A table for people: a line a mention, with line and column as editors count them.

use std::io::{self, Write};

use super::Source;
use crate::document::{Annotation, Explanation, Signal};
use crate::resolve::Status;
use crate::span::Lines;

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
            explain(out, explanation)?;
        }
    }
    Ok(())
}

/// What counted, indented under the mention: the reason, the weights of the candidates, and the signals, the strongest first.
fn explain(out: &mut impl Write, explanation: &Explanation) -> io::Result<()> {
    writeln!(out, "    {}", explanation.reason)?;
    if !explanation.weights.is_empty() {
        let weights: Vec<String> = explanation.weights.iter().map(|weight| format!("{weight:.1}")).collect();
        writeln!(out, "    weights of the candidates: {}", weights.join(", "))?;
    }
    let mut signals: Vec<_> = explanation.signals.iter().collect();
    signals.sort_by(|one, other| other.log_odds.abs().total_cmp(&one.log_odds.abs()));
    let said = |signal: &Signal| match signal.value {
        1.0 => format!("{} {:+.1}", signal.signal, signal.log_odds),
        value => format!("{} {value:.1} {:+.1}", signal.signal, signal.log_odds),
    };
    let said: Vec<String> = signals.into_iter().map(said).collect();
    if said.is_empty() { Ok(()) } else { writeln!(out, "    {}", said.join(", ")) }
}

/// A name that goes over a line break, on one line.
fn one_line(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn meaning(annotation: &Annotation) -> String {
    let ids = || annotation.candidates.iter().map(|candidate| candidate.id.as_str()).collect::<Vec<_>>().join(" or ");
    match annotation.status {
        Status::Resolved => {}
        Status::Ambiguous => return format!("ambiguous: {}", ids()),
        Status::Suppressed => return "suppressed".to_owned(),
        Status::Rejected if annotation.candidates.is_empty() => return "rejected".to_owned(),
        Status::Rejected => return format!("rejected: {}", ids()),
    }
    let mut meaning = format!("{} {}", annotation.kind, annotation.id.as_deref().unwrap_or_default());
    if let (Some(lat), Some(lon)) = (annotation.lat, annotation.lon) {
        meaning += &format!(" ({lat:.4}, {lon:.4})");
    }
    meaning += &format!(" {} {:.2}", annotation.method.as_str(), annotation.score);
    match annotation.probability {
        Some(probability) if annotation.explanation.is_some() => format!("{meaning}, probability {probability:.2}"),
        _ => meaning,
    }
}
