//! `toponorm annotate`

mod brat;

use std::io::Write;

use anstream::{AutoStream, ColorChoice};
use toponorm::write::{
    Brat, Csv, Features, GeoJson, Html, Jsonl, JsonlOptions, Markdown, Report, Reported, Spacy, Styling, Tei, Text,
    WebAnnotation,
};
use toponorm::{Document, Normalizer};

use super::spans::GivenSpans;
use super::{Failure, Outcome, complain, each_document, note_conflicts};
use crate::args::{AnnotateArgs, AnnotateFormat, FeatureChoice};
use crate::config;

pub(crate) fn run(args: &AnnotateArgs, out: &mut impl Write) -> Result<Outcome, Failure> {
    let mut builder =
        config::normalizer(&args.document)?.demonyms(args.demonyms).unknown(args.unknown).explain(args.explain);
    if args.output.is_some() && args.format != AnnotateFormat::Brat {
        return Err(Failure::Usage("--output is for --format brat; the other formats go to standard output"));
    }
    if args.output.is_none() && args.format == AnnotateFormat::Brat && args.paths.len() > 1 {
        return Err(Failure::Usage(ONE_FILE));
    }
    let mut folder = args.output.as_deref().map(brat::Folder::new).transpose()?;
    let matcher = config::matcher(&args.gazetteer)?;
    if !args.document.quiet {
        note_conflicts(&matcher);
    }
    if let Some(filter) = config::filter(&args.filter, &matcher)? {
        builder = builder.filter(filter);
    }
    let normalizer = builder.build(matcher);
    if let Some(folder) = &mut folder {
        let outcome = annotate(args, &normalizer, |document| folder.add(document))?;
        folder.finish()?;
        return Ok(outcome);
    }
    let mut report = report(args);
    report.begin(out)?;
    let mut documents = 0;
    let outcome = annotate(args, &normalizer, |document| {
        documents += 1;
        match args.format {
            AnnotateFormat::Brat if documents > 1 => Err(Failure::Usage(ONE_FILE)),
            _ => Ok(report.document(out, document)?),
        }
    })?;
    report.end(out)?;
    if let Some(left_out) = report.left_out().filter(|_| !args.document.quiet) {
        complain(&left_out);
    }
    Ok(outcome)
}

const ONE_FILE: &str = "brat has a file a document, and standard output takes one; name a folder with --output";

/// Reads and annotates documents one after the other.
fn annotate(
    args: &AnnotateArgs,
    normalizer: &Normalizer,
    mut add: impl FnMut(&Reported<'_>) -> Result<(), Failure>,
) -> Result<Outcome, Failure> {
    let mut given = args.spans.as_deref().map(|path| GivenSpans::read(path, args.offsets.into())).transpose()?;
    let outcome = each_document(&args.paths, &args.files, |document| {
        let fail = |error| Failure::Document(document.path.clone(), error);
        let reading = config::reading(&args.document, &document.path)?;
        let decoded = reading.encoding.decode(&document.bytes).map_err(fail)?;
        let read = Document::read(&decoded, &reading).map_err(fail)?;
        for passage in read.passages() {
            let annotations = match &mut given {
                Some(given) => given.annotate(normalizer, &document.path, (&read, passage))?,
                None => normalizer.annotate_passage(passage),
            };
            add(&Reported::new(&document.path, &read, passage, &annotations))?;
        }
        Ok(document.report(read.faults()))
    })?;
    Ok(outcome.max(given.map_or(Outcome::Done, GivenSpans::finish)))
}

fn report(args: &AnnotateArgs) -> Box<dyn Report> {
    let unit = args.offsets.into();
    match args.format {
        AnnotateFormat::Text => Box::new(Text::new(styling(args))),
        AnnotateFormat::Jsonl => Box::new(Jsonl::new(JsonlOptions { unit, candidates: args.candidates })),
        AnnotateFormat::Csv => Box::new(Csv::new(unit)),
        AnnotateFormat::Geojson => Box::new(GeoJson::new(args.features.into(), unit)),
        AnnotateFormat::Html => Box::new(Html::default()),
        AnnotateFormat::Markdown => Box::new(Markdown::default()),
        AnnotateFormat::Tei => Box::new(Tei::default()),
        AnnotateFormat::Webannotation => Box::new(WebAnnotation::default()),
        AnnotateFormat::Brat => Box::new(Brat::default()),
        AnnotateFormat::Spacy => Box::new(Spacy::default()),
    }
}

impl From<FeatureChoice> for Features {
    fn from(choice: FeatureChoice) -> Self {
        match choice {
            FeatureChoice::Entries => Self::Entries,
            FeatureChoice::Mentions => Self::Mentions,
        }
    }
}

/// Colours if they were asked for, or if standard output is a terminal that shows them.
fn styling(args: &AnnotateArgs) -> Styling {
    let choice = match args.color {
        clap::ColorChoice::Auto => AutoStream::choice(&std::io::stdout()),
        clap::ColorChoice::Always => ColorChoice::Always,
        clap::ColorChoice::Never => ColorChoice::Never,
    };
    if choice == ColorChoice::Never { Styling::Plain } else { Styling::Coloured }
}
