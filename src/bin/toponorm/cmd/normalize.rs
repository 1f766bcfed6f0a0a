//! `toponorm normalize`

use std::io::Write;

use similar::TextDiff;
use toponorm::{DocumentCorrection, Lines, Normalizer, Obstructed, ReadOptions};

use super::{Failure, Outcome, complain, each_document, note_conflicts};
use crate::args::NormalizeArgs;
use crate::config;
use crate::input::Document;

pub(crate) fn run(args: &NormalizeArgs, out: &mut impl Write) -> Result<Outcome, Failure> {
    let matcher = config::matcher(&args.gazetteer)?;
    if !args.document.quiet {
        note_conflicts(&matcher);
    }
    let normalizer = config::names(args, &matcher, config::normalizer(&args.document)?)?.build(matcher);
    each_document(&args.paths, |document| {
        let reading = config::reading(&args.document, &document.path)?;
        if args.check || args.diff {
            return report(args, &normalizer, &reading, &document, out);
        }
        match normalizer.normalize_bytes(&document.bytes, &reading) {
            Ok(normalized) => {
                out.write_all(&normalized.bytes)?;
                mention_withheld(args, &document.path, normalized.withheld);
                mention_obstructed(args, &document.path, &normalized.obstructed);
                Ok(document.report(&normalized.faults))
            }
            Err(error) => {
                if document.is_stream {
                    write_good_part(&normalizer, &document.bytes, &reading, &error, out)?;
                }
                Err(Failure::Document(document.path, error))
            }
        }
    })
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

fn mention_withheld(args: &NormalizeArgs, path: &str, withheld: usize) {
    if withheld > 0 && !args.document.quiet {
        let s = if withheld == 1 { "" } else { "s" };
        complain(&format!(
            "{path}: {withheld} correction{s} not written, because the language of the text is unsure; pass --lang, such as --lang en"
        ));
    }
}

fn mention_obstructed(args: &NormalizeArgs, path: &str, obstructed: &[Obstructed]) {
    if args.document.quiet {
        return;
    }
    for Obstructed { surface, replacement, obstacle, .. } in obstructed {
        complain(&format!("{path}: {} → {} not written: {obstacle}", one_line(surface), one_line(replacement)));
    }
}

/// What would change: a diff, or a line for each change.
fn report(
    args: &NormalizeArgs,
    normalizer: &Normalizer,
    reading: &ReadOptions,
    document: &Document,
    out: &mut impl Write,
) -> Result<Outcome, Failure> {
    let fail = |error| Failure::Document(document.path.clone(), error);
    let decoded = reading.encoding.decode(&document.bytes).map_err(fail)?;
    let read = toponorm::Document::read(&decoded, reading).map_err(fail)?;
    let DocumentCorrection { edits, withheld, obstructed, .. } = normalizer.correct_document(&read);
    mention_withheld(args, &document.path, withheld);
    mention_obstructed(args, &document.path, &obstructed);
    let outcome = match document.report(read.faults()) {
        Outcome::Done if !edits.is_empty() => Outcome::Found,
        outcome => outcome,
    };
    if edits.is_empty() {
        return Ok(outcome);
    }
    if args.diff {
        let corrected = toponorm::apply(&decoded.text, &edits);
        let (old, new) = (decoded.with_mark(&decoded.text), decoded.with_mark(&corrected));
        let diff = TextDiff::from_lines(&*old, &*new);
        let (old_path, new_path) = (format!("a/{}", document.path), format!("b/{}", document.path));
        diff.unified_diff().header(&old_path, &new_path).to_writer(&mut *out)?;
        return Ok(outcome);
    }
    let mut lines = Lines::new(&decoded.text);
    for edit in &edits {
        let (line, column) = lines.at(edit.span.start);
        let (old, new) = (one_line(&decoded.text[edit.span.range()]), one_line(&edit.replacement));
        writeln!(out, "{}:{line}:{column}: {old} → {new}", document.path)?;
    }
    Ok(outcome)
}

/// A name that goes over a line break, on one line.
fn one_line(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}
