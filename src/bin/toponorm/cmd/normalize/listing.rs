//! `normalize --check`: a line for each change, and one for each way in which one is not made.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use toponorm::{Lines, Withheld, WithheldReason};

use super::corrector::Corrector;
use crate::cmd::documents::{Collector, complaints, say};
use crate::cmd::{Failure, Outcome};
use crate::input::Text;

/// Line and column.
type Place = (usize, usize);

/// What of a document, or of a part of one, is to be listed.
pub(super) struct Listed {
    made: Vec<(Place, String)>,
    /// With the reason.
    not_made: Vec<(Place, String, WithheldReason)>,
    complaints: Vec<String>,
}

/// Finds what is to be listed.
pub(super) fn listed(corrector: &Corrector, path: &Path, text: &Text) -> Result<Listed, Failure> {
    let fail = |error| Failure::Document(path.display().to_string(), error);
    let normalized = corrector.normalize(path, text).map_err(fail)?;
    let decoded = text.part.decode(text.reading.encoding).map_err(fail)?;
    let place = |lines: &mut Lines<'_>, start| text.part.origin.position(lines.at(start));
    let (mut lines, mut others) = (Lines::new(&decoded.text), Lines::new(&decoded.text));
    let made = normalized.edits.iter().map(|edit| {
        let old = one_line(&decoded.text[edit.span.range()]);
        (place(&mut lines, edit.span.start), format!("{old} → {}", one_line(&edit.replacement)))
    });
    let not_made = normalized.withheld.iter().map(|Withheld { span, surface, replacement, reason, .. }| {
        let stays = format!("{} stays, not {}", one_line(surface), one_line(replacement));
        (place(&mut others, span.start), stays, *reason)
    });
    let (made, not_made) = (made.collect(), not_made.collect());
    Ok(Listed { made, not_made, complaints: complaints(path, &normalized.faults) })
}

/// Prints lists.
pub(super) struct Listing<'o, W> {
    out: &'o mut W,
    /// Of the document so far.
    made: Vec<(Place, String)>,
    /// The first place of each, and how many there are: in a text that declines its names there are many.
    not_made: BTreeMap<(String, WithheldReason), (Place, usize)>,
}

impl<'o, W: Write> Listing<'o, W> {
    pub(super) fn new(out: &'o mut W) -> Self {
        Self { out, made: Vec::new(), not_made: BTreeMap::new() }
    }
}

impl<W: Write> Collector for Listing<'_, W> {
    type Found = Listed;

    const COUNTED: &'static str = "corrections";

    fn count(found: &Listed) -> usize {
        found.made.len()
    }

    fn add(&mut self, _: &Path, listed: Listed) -> Result<Outcome, Failure> {
        let outcome = if listed.made.is_empty() { Outcome::Done } else { Outcome::Found };
        self.made.extend(listed.made);
        for (place, stays, reason) in listed.not_made {
            let (first, count) = self.not_made.entry((stays, reason)).or_insert((place, 0));
            (*first, *count) = (place.min(*first), *count + 1);
        }
        Ok(outcome.max(say(&listed.complaints)))
    }

    fn end_document(&mut self, path: &Path) -> Result<(), Failure> {
        let not_made = std::mem::take(&mut self.not_made).into_iter().map(|((stays, reason), (place, count))| {
            let times = if count == 1 { String::new() } else { format!(" ({count} times)") };
            (place, format!("{stays}: {}{times}", reason.as_str()))
        });
        let mut all: Vec<(Place, String)> = std::mem::take(&mut self.made).into_iter().chain(not_made).collect();
        all.sort_by_key(|&(place, _)| place);
        for ((line, column), what) in all {
            writeln!(self.out, "{}:{line}:{column}: {what}", path.display())?;
        }
        Ok(())
    }
}

/// A name that goes over a line break, on one line.
fn one_line(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}
