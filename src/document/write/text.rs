//! A table for people: a line a mention, with line and column as editors count them.

use std::io::{self, Write};

use super::Source;
use crate::document::Annotation;
use crate::matcher::Method;
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
    }
    Ok(())
}

/// A name that goes over a line break, on one line.
fn one_line(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn meaning(annotation: &Annotation) -> String {
    if annotation.status == Status::Ambiguous {
        let ids: Vec<&str> = annotation.candidates.iter().map(|candidate| candidate.id.as_str()).collect();
        return format!("ambiguous: {}", ids.join(" or "));
    }
    if annotation.status == Status::Unknown {
        return if annotation.label == "name" { "unknown".to_owned() } else { format!("unknown {}", annotation.kind) };
    }
    let mut meaning = format!("{} {}", annotation.kind, annotation.id.as_deref().unwrap_or_default());
    if let (Some(lat), Some(lon)) = (annotation.lat, annotation.lon) {
        meaning += &format!(" ({lat:.4}, {lon:.4})");
    }
    let method = annotation.method.map_or("", Method::as_str);
    meaning + &format!(" {method} {:.2}", annotation.score)
}
