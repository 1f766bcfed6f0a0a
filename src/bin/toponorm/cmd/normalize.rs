//! `toponorm normalize`

use std::collections::BTreeMap;
use std::io::Write;

use toponorm::{Correction, Edit, Lines, Normalizer, ReadOptions, Withheld, WithheldReason};

use super::interactive::{self, Asker, Corrector};
use super::{Failure, Outcome, complain, each_document, note_conflicts, write};
use crate::args::NormalizeArgs;
use crate::config;
use crate::input::Document;
use crate::patch;

pub(crate) fn run(args: &NormalizeArgs, out: &mut impl Write) -> Result<Outcome, Failure> {
    let matcher = config::matcher(&args.gazetteer)?;
    if !args.document.quiet {
        note_conflicts(&matcher);
    }
    let mut builder = config::names(args, &matcher, config::normalizer(&args.document)?)?;
    if let Some(filter) = config::filter(&args.filter, &matcher)? {
        builder = builder.filter(filter);
    }
    let decisions = interactive::decisions(&args.deciding)?;
    let normalizer = builder.decisions(decisions.clone()).build(matcher);
    let asker =
        if args.deciding.interactive { Some(Asker::at_terminal(&args.deciding, decisions.clone())?) } else { None };
    let mut corrector = Corrector { normalizer, asker, decisions };
    if args.writing.write {
        return write::run(args, &mut corrector, out);
    }
    each_document(&args.paths, &args.files, |document| {
        if args.check {
            list_changes(args, &corrector.for_file(&document.path), &document, out)
        } else if args.diff {
            write_patch(args, &corrector.for_file(&document.path), &document, out)
        } else {
            write_out(args, &mut corrector, document, out)
        }
    })
}

/// The corrected document to standard output.
pub(super) fn write_out(
    args: &NormalizeArgs,
    corrector: &mut Corrector,
    document: Document,
    out: &mut impl Write,
) -> Result<Outcome, Failure> {
    let reading = config::reading(&args.document, &document.path)?;
    match corrector.normalize(&document, &reading)? {
        Ok(normalized) => {
            out.write_all(&normalized.bytes)?;
            mention_withheld(args, &document.path, &normalized.withheld);
            Ok(document.report(&normalized.faults))
        }
        Err(error) => {
            if document.is_stream {
                write_good_part(&corrector.normalizer, &document.bytes, &reading, &error, out)?;
            }
            Err(Failure::Document(document.path, error))
        }
    }
}

/// Passes on what of a stream came before its first bad byte: whole lines corrected, the unfinished one as it is.
fn write_good_part(
    normalizer: &Normalizer,
    bytes: &[u8],
    reading: &ReadOptions,
    error: &toponorm::Error,
    out: &mut impl Write,
) -> Result<(), Failure> {
    let bad = error.position().and_then(|position| position.byte).unwrap_or(0) as usize;
    let good = &bytes[..bad.min(bytes.len())];
    let (lines, unfinished) = good.split_at(good.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1));
    if let Ok(normalized) = normalizer.normalize_bytes(lines, reading) {
        out.write_all(&normalized.bytes)?;
        out.write_all(unfinished)?;
    }
    Ok(())
}

/// Says how many corrections were not written, for which reasons, and what can be done about it.
pub(super) fn mention_withheld(args: &NormalizeArgs, path: &str, withheld: &[Withheld]) {
    if withheld.is_empty() || args.document.quiet {
        return;
    }
    let mut counts: BTreeMap<WithheldReason, usize> = BTreeMap::new();
    withheld.iter().for_each(|withheld| *counts.entry(withheld.reason).or_default() += 1);
    let said = |(reason, count): (&WithheldReason, &usize)| {
        let help = reason.help().map(|help| format!("; {help}")).unwrap_or_default();
        let count = if counts.len() == 1 { String::new() } else { format!(" ({count})") };
        format!("{}{count}{help}", reason.as_str())
    };
    let reasons: Vec<String> = counts.iter().map(said).collect();
    let (count, s) = (withheld.len(), if withheld.len() == 1 { "" } else { "s" });
    complain(&format!("{path}: {count} correction{s} not written: {}", reasons.join(", ")));
}

/// A patch of what would change.
fn write_patch(
    args: &NormalizeArgs,
    normalizer: &Normalizer,
    document: &Document,
    out: &mut impl Write,
) -> Result<Outcome, Failure> {
    if document.is_packed {
        let path = &document.path;
        return Err(Failure::Value(format!("{path}: no patch applies to a packed file; unpack it, or use --check")));
    }
    let reading = config::reading(&args.document, &document.path)?;
    let normalized = normalizer
        .normalize_bytes(&document.bytes, &reading)
        .map_err(|error| Failure::Document(document.path.clone(), error))?;
    mention_withheld(args, &document.path, &normalized.withheld);
    patch::write(out, &document.path, &document.bytes, &normalized.bytes)?;
    Ok(found(document.report(&normalized.faults), &normalized.edits))
}

/// A line for each change, and one for each way in which one is not made.
fn list_changes(
    args: &NormalizeArgs,
    normalizer: &Normalizer,
    document: &Document,
    out: &mut impl Write,
) -> Result<Outcome, Failure> {
    let fail = |error| Failure::Document(document.path.clone(), error);
    let reading = config::reading(&args.document, &document.path)?;
    let decoded = reading.encoding.decode(&document.bytes).map_err(fail)?;
    let read = toponorm::Document::read(&decoded, &reading).map_err(fail)?;
    let Correction { edits, withheld, .. } = normalizer.correct_document(&read);
    let made = edits.iter().map(|edit| {
        let old = one_line(&decoded.text[edit.span.range()]);
        (edit.span.start, format!("{old} → {}", one_line(&edit.replacement)))
    });
    let mut listed: Vec<(usize, String)> = made.chain(not_made(&withheld)).collect();
    listed.sort_by_key(|&(start, _)| start);
    let mut lines = Lines::new(&decoded.text);
    for (start, what) in listed {
        let (line, column) = lines.at(start);
        writeln!(out, "{}:{line}:{column}: {what}", document.path)?;
    }
    Ok(found(document.report(read.faults()), &edits))
}

/// What is not made, with the first place of each and how many there are: in a text that declines its names there are many.
fn not_made(withheld: &[Withheld]) -> impl Iterator<Item = (usize, String)> {
    let mut places: BTreeMap<(String, WithheldReason), Vec<usize>> = BTreeMap::new();
    for Withheld { span, surface, replacement, reason, .. } in withheld {
        let stays = format!("{} stays, not {}", one_line(surface), one_line(replacement));
        places.entry((stays, *reason)).or_default().push(span.start);
    }
    places.into_iter().map(|((stays, reason), places)| {
        let times = if places.len() == 1 { String::new() } else { format!(" ({} times)", places.len()) };
        (places.into_iter().min().unwrap_or_default(), format!("{stays}: {}{times}", reason.as_str()))
    })
}

fn found(outcome: Outcome, edits: &[Edit]) -> Outcome {
    match outcome {
        Outcome::Done if !edits.is_empty() => Outcome::Found,
        outcome => outcome,
    }
}

/// A name that goes over a line break, on one line.
fn one_line(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}
