//! Suggestions written out: a review for a spreadsheet whose first columns are those of `names.csv`, drafts of `entries.csv`, text for people.
//!
//! One table for both kinds of row, because a curator goes through them in one order, the surest first. New places need a row of `entries.csv` as
//! well, which has other columns, and stands in a file of its own: two tables in one file no spreadsheet reads.

use std::io::{self, Write};

use csv::{QuoteStyle, Terminator, WriterBuilder};

use super::{Proposal, Suggestion};
use crate::gazetteer::{EntryRecord, Kind, NameRecord, Record, SpellingKind};

/// The columns of the review: those of `names.csv`, what the corpus says, and room for the reason why a row is rejected.
pub(super) const REVIEW_COLUMNS: [&str; 21] = [
    "entry",
    "name",
    "spelling",
    "lang",
    "kind",
    "preferred",
    "rewrite",
    "needs",
    "since",
    "until",
    "source",
    "note",
    "proposal",
    "place",
    "count",
    "documents",
    "score",
    "likely",
    "beside",
    "context",
    "reason",
];
/// How many of them are those of `names.csv`.
const NAME_COLUMNS: usize = 12;

/// Writes the review: a row a suggestion, the columns of `names.csv` first, to paste what is taken.
///
/// # Errors
///
/// Whatever writing to `out` fails with.
pub fn csv<'a>(out: &mut impl Write, suggestions: impl IntoIterator<Item = &'a Suggestion>) -> io::Result<()> {
    debug_assert_eq!(NameRecord::COLUMNS, &REVIEW_COLUMNS[..NAME_COLUMNS]);
    rows(out, &REVIEW_COLUMNS, suggestions.into_iter().map(review_row))
}

/// Writes drafts of `entries.csv` for the new places: id, kind and name, and blanks to fill in.
///
/// # Errors
///
/// Whatever writing to `out` fails with.
pub fn entries_csv<'a>(out: &mut impl Write, suggestions: impl IntoIterator<Item = &'a Suggestion>) -> io::Result<()> {
    let new = suggestions.into_iter().filter(|one| one.proposal == Proposal::Entry);
    let mut drafts: Vec<Vec<String>> = new.map(entry_row).collect();
    drafts.sort_unstable();
    rows(out, EntryRecord::COLUMNS, drafts.into_iter())
}

/// Writes a line of JSON a suggestion.
///
/// # Errors
///
/// Whatever writing to `out` fails with.
pub fn jsonl<'a>(out: &mut impl Write, suggestions: impl IntoIterator<Item = &'a Suggestion>) -> io::Result<()> {
    for suggestion in suggestions {
        serde_json::to_writer(&mut *out, suggestion)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// Writes suggestions for people: what is proposed, how often the corpus has it, and the lines that have it.
///
/// # Errors
///
/// Whatever writing to `out` fails with.
pub fn text<'a>(out: &mut impl Write, suggestions: impl IntoIterator<Item = &'a Suggestion>) -> io::Result<()> {
    for suggestion in suggestions {
        let Suggestion { spelling, count, documents, score, .. } = suggestion;
        writeln!(
            out,
            "{score:.2}  {spelling}: {}, {}, {}",
            meaning(suggestion),
            times(*count, "use"),
            times(*documents, "document")
        )?;
        for context in &suggestion.contexts {
            writeln!(out, "      {}:{}  {}", context.document, context.line, context.text)?;
        }
    }
    Ok(())
}

fn times(count: u64, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

fn meaning(suggestion: &Suggestion) -> String {
    let Suggestion { entry, name, kind, .. } = suggestion;
    if suggestion.proposal == Proposal::Spelling {
        return match kind {
            SpellingKind::Name => format!("another name of [{entry}]"),
            _ => format!("{kind} of {name} [{entry}]"),
        };
    }
    let place = suggestion.place.unwrap_or(Kind::Place);
    let mut meaning = format!("new {place} [{entry}]");
    if let Some(likely) = &suggestion.likely {
        meaning += &format!(", or a name of [{likely}]");
    }
    if !suggestion.beside.is_empty() {
        meaning += &format!(", beside {}", suggestion.beside.join(", "));
    }
    meaning
}

fn review_row(suggestion: &Suggestion) -> Vec<String> {
    let mut row = name_row(suggestion).write();
    let contexts =
        suggestion.contexts.iter().map(|context| format!("{}:{}: {}", context.document, context.line, context.text));
    row.extend([
        suggestion.proposal.as_str().to_owned(),
        suggestion.place.map_or(String::new(), |kind| kind.to_string()),
        suggestion.count.to_string(),
        suggestion.documents.to_string(),
        suggestion.score.to_string(),
        suggestion.likely.clone().unwrap_or_default(),
        suggestion.beside.join(";"),
        contexts.collect::<Vec<_>>().join(" | "),
        String::new(),
    ]);
    row
}

fn name_row(suggestion: &Suggestion) -> NameRecord {
    NameRecord {
        entry: suggestion.entry.clone(),
        name: suggestion.name.clone(),
        spelling: suggestion.spelling.clone(),
        lang: suggestion.lang,
        kind: suggestion.kind,
        preferred: matches!(suggestion.kind, SpellingKind::Canonical | SpellingKind::Name),
        rewrite: None,
        needs: Vec::new(),
        period: Default::default(),
        source: Vec::new(),
        note: String::new(),
    }
}

fn entry_row(suggestion: &Suggestion) -> Vec<String> {
    let record = EntryRecord {
        id: suggestion.entry.clone(),
        kind: Some(suggestion.place.unwrap_or(Kind::Place)),
        name: suggestion.name.clone(),
        ..EntryRecord::default()
    };
    record.write()
}

/// A CSV file in the gazetteer's form: quotes only where needed, LF.
pub(super) fn rows<R>(out: &mut impl Write, heading: &[&str], rows: impl Iterator<Item = R>) -> io::Result<()>
where
    R: IntoIterator,
    R::Item: AsRef<[u8]>,
{
    let mut writer =
        WriterBuilder::new().quote_style(QuoteStyle::Necessary).terminator(Terminator::Any(b'\n')).from_writer(out);
    writer.write_record(heading).map_err(io::Error::from)?;
    for row in rows {
        writer.write_record(row).map_err(io::Error::from)?;
    }
    writer.flush()
}
