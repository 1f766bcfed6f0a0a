//! `toponorm annotate`

use std::io::Write;

use toponorm::write::{JsonlOptions, Source, jsonl, text};

use super::{Failure, Outcome, each_document};
use crate::args::{AnnotateArgs, Format};
use crate::config;

pub(crate) fn run(args: &AnnotateArgs, out: &mut impl Write) -> Result<Outcome, Failure> {
    let encoding = config::encoding(&args.document)?;
    let builder = config::normalizer(&args.document)?.demonyms(args.demonyms).explain(args.explain);
    let normalizer = builder.build(config::matcher(&args.gazetteer)?);
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
