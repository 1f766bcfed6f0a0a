//! `toponorm normalize`

mod answer;
mod corrector;
mod interactive;
mod listing;
mod output;
mod write;

use std::io::Write;

use super::documents::Documents;
use super::{Failure, Outcome, note_conflicts};
use crate::args::{NormalizeArgs, When};
use crate::config;
use crate::input::Division;
use answer::{Product, Target};
use corrector::{Corrector, FileDecisions};
use interactive::{Asker, Interactive};
use listing::Listing;
use output::Output;
use write::Writing;

pub(crate) fn run(args: &NormalizeArgs, out: &mut impl Write) -> Result<Outcome, Failure> {
    let matcher = config::matcher(&args.gazetteer)?;
    if !args.document.quiet {
        note_conflicts(&matcher);
    }
    let mut builder = config::names(args, &matcher, config::normalizer(&args.document)?)?;
    if let Some(filter) = config::filter(&args.filter, &matcher)? {
        builder = builder.filter(filter);
    }
    let decisions = FileDecisions::read(&args.deciding)?;
    let normalizer = builder.decisions(decisions.all().clone()).build(matcher);
    let documents = Documents::new(&args.paths, (&args.files, &args.document), division(args))?;
    correct(args, Corrector { normalizer, decisions }, documents, out)
}

/// Documents that are compared or replaced are there as a whole; and parts that are corrected side by side don't know which places another
/// has glossed.
fn division(args: &NormalizeArgs) -> Division {
    let needs_whole = args.diff || args.writing.write || args.deciding.interactive || matches!(args.gloss, When::First);
    if needs_whole { Division::Whole } else { Division::Parts }
}

fn correct(
    args: &NormalizeArgs,
    corrector: Corrector,
    documents: Documents,
    out: &mut impl Write,
) -> Result<Outcome, Failure> {
    let sharing = Some(&args.sharing);
    if args.check {
        let mut listing = Listing::new(out);
        return documents.process(sharing, move |path, text| listing::listed(&corrector, path, &text), &mut listing);
    }
    let target = match (args.diff, args.writing.write) {
        (true, _) => Target::Output(Product::Patch),
        (false, true) => Target::File,
        (false, false) => Target::Output(Product::Text),
    };
    let writing = if args.writing.write { Some(Writing::new(args)?) } else { None };
    let mut output = Output::new(out, writing, args.document.quiet);
    let outcome = if args.deciding.interactive {
        let asker = Asker::at_terminal(&args.deciding, corrector.decisions.clone())?;
        let mut interactive = Interactive { corrector, asker, target, output: &mut output };
        documents.process(None, |_, text| Ok(text), &mut interactive)?
    } else {
        documents.process(sharing, move |path, text| target.corrected(&corrector, path, text), &mut output)?
    };
    output.finish().map(|finished| outcome.max(finished))
}
