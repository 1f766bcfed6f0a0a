//! `toponorm annotate`

use std::io::Write;

use toponorm::write::{JsonlOptions, Source, jsonl, text};

use super::{Failure, Outcome, each_document, note_conflicts};
use crate::args::{AnnotateArgs, Format};
use crate::config;

pub(crate) fn run(args: &AnnotateArgs, out: &mut impl Write) -> Result<Outcome, Failure> {
    let encoding = config::encoding(&args.document)?;
    let builder =
        config::normalizer(&args.document)?.demonyms(args.demonyms).unknown(args.unknown).explain(args.explain);
    let matcher = config::matcher(&args.gazetteer)?;
    if !args.document.quiet {
        note_conflicts(&matcher);
    }
    let normalizer = builder.build(matcher);
    let options = JsonlOptions { unit: args.offsets.into(), candidates: args.candidates };
    each_document(&args.paths, |document| {
        let decoded =
            encoding.decode(&document.bytes).map_err(|error| Failure::Document(document.path.clone(), error))?;
        let annotations = normalizer.annotate(&decoded.text);
        let source = Source { path: &document.path };
        match args.format {
            Format::Text => text(out, source, &decoded.text, &annotations)?,
            Format::Jsonl => jsonl(out, source, &decoded.text, &annotations, options)?,
        }
        Ok(Outcome::Done)
    })
}
