//! `toponorm annotate`

mod answer;
mod brat;
mod reporter;

use std::io::Write;

use anstream::{AutoStream, ColorChoice};
use toponorm::write::{
    Brat, Csv, Features, GeoJson, Html, Jsonl, JsonlOptions, Markdown, Report, Spacy, Styling, Tei, Text, WebAnnotation,
};
use toponorm::{Normalizer, NormalizerBuilder};

use super::documents::Documents;
use super::spans::GivenSpans;
use super::{Failure, Outcome, complain, note_conflicts};
use crate::args::{AnnotateArgs, AnnotateFormat, FeatureChoice};
use crate::config;
use crate::input::Division;
use answer::{Annotator, LineFormat};
use reporter::{ONE_FILE, Reporter, Target};

pub(crate) fn run<W: Write>(args: &AnnotateArgs, out: &mut W) -> Result<Outcome, Failure> {
    let builder =
        config::normalizer(&args.document)?.demonyms(args.demonyms).unknown(args.unknown).explain(args.explain);
    if args.output.is_some() && args.format != AnnotateFormat::Brat {
        return Err(Failure::Usage("--output is for --format brat; the other formats go to standard output"));
    }
    if args.output.is_none() && args.format == AnnotateFormat::Brat && args.paths.len() > 1 {
        return Err(Failure::Usage(ONE_FILE));
    }
    let folder = args.output.as_deref().map(brat::Folder::new).transpose()?;
    let normalizer = normalizer(args, builder)?;
    let target = match folder {
        Some(folder) => Target::Folder(folder),
        None => {
            let holds_one = args.format == AnnotateFormat::Brat;
            Target::Report { report: report(args), out, documents: 0, holds_one }
        }
    };
    annotate(args, normalizer, target)
}

fn normalizer(args: &AnnotateArgs, builder: NormalizerBuilder) -> Result<Normalizer, Failure> {
    let matcher = config::matcher(&args.gazetteer)?;
    if !args.document.quiet {
        note_conflicts(&matcher);
    }
    let filter = config::filter(&args.filter, &matcher)?;
    Ok(filter.map_or(builder.clone(), |filter| builder.filter(filter)).build(matcher))
}

/// Shares the documents among the workers, and reports what they find.
fn annotate<W: Write>(
    args: &AnnotateArgs,
    normalizer: Normalizer,
    mut target: Target<'_, W>,
) -> Result<Outcome, Failure> {
    target.begin()?;
    let given = args.spans.as_deref().map(|path| GivenSpans::read(path, args.offsets.into())).transpose()?;
    let lines = if given.is_some() { None } else { LineFormat::of(args) };
    let division = if lines.is_some() { Division::Parts } else { Division::Whole };
    let documents = Documents::new(&args.paths, (&args.files, &args.document), division)?;
    // What was given is used up document by document.
    let sharing = given.is_none().then_some(&args.sharing);
    let given = given.map(|given| (given, normalizer.clone()));
    let annotator = Annotator { normalizer: given.is_none().then_some(normalizer), lines };
    let mut reporter = Reporter { target, given, division, is_quiet: args.document.quiet };
    let outcome = documents.process(sharing, move |path, text| annotator.annotated(path, text), &mut reporter)?;
    let Reporter { target, given, .. } = reporter;
    let outcome = outcome.max(given.map_or(Outcome::Done, |(given, _)| given.finish()));
    if let Some(left_out) = target.end()?.filter(|_| !args.document.quiet) {
        complain(&left_out);
    }
    Ok(outcome)
}

fn report(args: &AnnotateArgs) -> Box<dyn Report> {
    let unit = args.offsets.into();
    match args.format {
        AnnotateFormat::Text => Box::new(Text::new(styling(args))),
        AnnotateFormat::Jsonl => Box::new(jsonl(args)),
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

fn jsonl(args: &AnnotateArgs) -> Jsonl {
    Jsonl::new(JsonlOptions { unit: args.offsets.into(), candidates: args.candidates })
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
