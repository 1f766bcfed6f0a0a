//! `toponorm annotate`

use std::io::Write;

use toponorm::write::{HtmlPage, JsonlOptions, Source, jsonl, text};

use super::{Failure, Outcome, each_document, note_conflicts};
use crate::args::{AnnotateArgs, AnnotateFormat};
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
    let mut page = HtmlPage::default();
    let outcome = each_document(&args.paths, |document| {
        let decoded =
            encoding.decode(&document.bytes).map_err(|error| Failure::Document(document.path.clone(), error))?;
        let annotations = normalizer.annotate(&decoded.text);
        let source = Source { path: &document.path };
        match args.format {
            AnnotateFormat::Text => text(out, source, &decoded.text, &annotations)?,
            AnnotateFormat::Jsonl => jsonl(out, source, &decoded.text, &annotations, options)?,
            AnnotateFormat::Html => page.add(source, &decoded.text, &annotations),
        }
        Ok(Outcome::Done)
    })?;
    if let AnnotateFormat::Html = args.format {
        page.write_to(out)?;
    }
    Ok(outcome)
}
