//! `toponorm normalize`

use std::borrow::Cow;
use std::io::Write;

use similar::TextDiff;
use toponorm::{Encoding, Normalizer, normalize_bytes};

use super::{Failure, Outcome, complain, each_document};
use crate::args::NormalizeArgs;
use crate::config;
use crate::input::Document;

pub(crate) fn run(args: &NormalizeArgs, out: &mut impl Write) -> Result<Outcome, Failure> {
    let encoding = config::encoding(&args.document)?;
    let builder = config::normalizer(&args.document)?.to(args.to.into());
    let normalizer = builder.build(config::matcher(&args.gazetteer)?);
    each_document(&args.paths, |document| {
        if args.check || args.diff {
            return report(args, &normalizer, encoding, &document, out);
        }
        match normalize_bytes(&normalizer, &document.bytes, encoding) {
            Ok(bytes) => out.write_all(&bytes)?,
            Err(error) => {
                if document.is_stream {
                    let good = &document.bytes[..good_bytes(&document.bytes, &error)];
                    if let Ok(bytes) = normalize_bytes(&normalizer, good, encoding) {
                        out.write_all(&bytes)?;
                    }
                }
                return Err(Failure::Document(document.path, error));
            }
        }
        if !args.document.quiet
            && let Ok(decoded) = encoding.decode(&document.bytes)
        {
            mention_undetermined(&normalizer, &document.path, &decoded.text);
        }
        Ok(Outcome::Done)
    })
}

/// How much of a stream goes out before its first bad byte: whole lines.
fn good_bytes(bytes: &[u8], error: &toponorm::Error) -> usize {
    let bad = error.position().and_then(|position| position.byte).unwrap_or(0) as usize;
    bytes[..bad.min(bytes.len())].iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1)
}

fn mention_undetermined(normalizer: &Normalizer, path: &str, text: &str) {
    let count = normalizer.undetermined(text);
    if count > 0 {
        let s = if count == 1 { "" } else { "s" };
        complain(&format!(
            "{path}: {count} correction{s} not written, because the language of the text is unsure; pass --lang, such as --lang en"
        ));
    }
}

/// What would change: a diff, or a line for each change.
fn report(
    args: &NormalizeArgs,
    normalizer: &Normalizer,
    encoding: Encoding,
    document: &Document,
    out: &mut impl Write,
) -> Result<Outcome, Failure> {
    let decoded = encoding.decode(&document.bytes).map_err(|error| Failure::Document(document.path.clone(), error))?;
    if !args.document.quiet {
        mention_undetermined(normalizer, &document.path, &decoded.text);
    }
    if args.diff {
        let Cow::Owned(new) = normalizer.rewrite(&decoded.text) else {
            return Ok(Outcome::Done);
        };
        let diff = TextDiff::from_lines(decoded.text.as_str(), new.as_str());
        let (old_path, new_path) = (format!("a/{}", document.path), format!("b/{}", document.path));
        diff.unified_diff().header(&old_path, &new_path).to_writer(&mut *out)?;
        return Ok(Outcome::Found);
    }
    let edits = normalizer.edits(&decoded.text);
    for edit in &edits {
        let before = &decoded.text[..edit.span.start];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        let (old, new) = (one_line(&decoded.text[edit.span.range()]), one_line(&edit.replacement));
        writeln!(out, "{}:{line}:{column}: {old} → {new}", document.path)?;
    }
    Ok(if edits.is_empty() { Outcome::Done } else { Outcome::Found })
}

/// A name that goes over a line break, on one line.
fn one_line(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}
