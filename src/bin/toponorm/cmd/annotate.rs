//! `toponorm annotate`

use std::io::Write;

use toponorm::Document;
use toponorm::write::{self, HtmlPage, JsonlOptions, Source};

use super::{Failure, Outcome, each_document, note_conflicts};
use crate::args::{AnnotateArgs, AnnotateFormat};
use crate::config;

pub(crate) fn run(args: &AnnotateArgs, out: &mut impl Write) -> Result<Outcome, Failure> {
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
        let fail = |error| Failure::Document(document.path.clone(), error);
        let reading = config::reading(&args.document, &document.path)?;
        let decoded = reading.encoding.decode(&document.bytes).map_err(fail)?;
        let read = Document::read(&decoded, &reading).map_err(fail)?;
        for passage in read.passages() {
            let mut annotations = normalizer.annotate_passage(passage);
            let source = Source::new(&document.path, passage);
            if let AnnotateFormat::Html = args.format {
                page.add(source, passage.text(), &annotations);
                continue;
            }
            annotations.iter_mut().for_each(|annotation| annotation.span = read.given_out(passage, annotation.span));
            let text = read.text_of_offsets(passage);
            match args.format {
                AnnotateFormat::Text => write::text(out, source, text, &annotations)?,
                AnnotateFormat::Jsonl => write::jsonl(out, source, text, &annotations, options)?,
                AnnotateFormat::Html => {}
            }
        }
        Ok(document.report(read.faults()))
    })?;
    if let AnnotateFormat::Html = args.format {
        page.write_to(out)?;
    }
    Ok(outcome)
}
