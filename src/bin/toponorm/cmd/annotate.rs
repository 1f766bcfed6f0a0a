//! `toponorm annotate`

use std::io::Write;

use toponorm::Document;
use toponorm::write::{self, JsonlOptions, Source};

use super::spans::GivenSpans;
use super::{Failure, Outcome, each_document, note_conflicts};
use crate::args::{AnnotateArgs, Format};
use crate::config;

pub(crate) fn run(args: &AnnotateArgs, out: &mut impl Write) -> Result<Outcome, Failure> {
    let mut builder =
        config::normalizer(&args.document)?.demonyms(args.demonyms).unknown(args.unknown).explain(args.explain);
    let matcher = config::matcher(&args.gazetteer)?;
    if !args.document.quiet {
        note_conflicts(&matcher);
    }
    if let Some(filter) = config::filter(&args.filter, &matcher)? {
        builder = builder.filter(filter);
    }
    let normalizer = builder.build(matcher);
    let options = JsonlOptions { unit: args.offsets.into(), candidates: args.candidates };
    let mut given = args.spans.as_deref().map(|path| GivenSpans::read(path, args.offsets.into())).transpose()?;
    let outcome = each_document(&args.paths, &args.files, |document| {
        let fail = |error| Failure::Document(document.path.clone(), error);
        let reading = config::reading(&args.document, &document.path)?;
        let decoded = reading.encoding.decode(&document.bytes).map_err(fail)?;
        let read = Document::read(&decoded, &reading).map_err(fail)?;
        for passage in read.passages() {
            let mut annotations = match &mut given {
                Some(given) => given.annotate(&normalizer, &document.path, passage)?,
                None => normalizer.annotate_passage(passage),
            };
            annotations.iter_mut().for_each(|annotation| annotation.span = read.given_out(passage, annotation.span));
            let (source, text) = (Source::new(&document.path, passage), read.text_of_offsets(passage));
            match args.format {
                Format::Text => write::text(out, source, text, &annotations)?,
                Format::Jsonl => write::jsonl(out, source, text, &annotations, options)?,
            }
        }
        Ok(document.report(read.faults()))
    })?;
    Ok(outcome.max(given.map_or(Outcome::Done, GivenSpans::finish)))
}
