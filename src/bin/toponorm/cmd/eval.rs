//! `toponorm eval`

use std::collections::BTreeMap;
use std::io::{self, Write};

use toponorm::Normalizer;
use toponorm::eval::{Evaluation, Found, Group, gold};

use super::{Failure, Outcome};
use crate::args::{EvalArgs, Format};
use crate::config;

pub(crate) fn run(args: &EvalArgs, out: &mut impl Write) -> Result<Outcome, Failure> {
    let documents = gold(&args.gold, args.offsets.into())?;
    let normalizer = Normalizer::builder().build(config::matcher(&args.gazetteer)?);
    let mut evaluation = Evaluation::new(&normalizer, &documents, args.label.as_str());
    evaluation.mistakes.truncate(args.mistakes);
    match args.format {
        Format::Jsonl => {
            serde_json::to_writer(&mut *out, &evaluation).map_err(io::Error::from)?;
            writeln!(out)?;
        }
        Format::Text => print(&evaluation, out)?,
    }
    Ok(Outcome::Done)
}

fn print(evaluation: &Evaluation, out: &mut impl Write) -> io::Result<()> {
    let Evaluation { label, documents, exact, overlap, resolution, end_to_end, distances, ambiguous, .. } = evaluation;
    writeln!(out, "{documents} documents, {} gold mentions of label {label}\n", exact.right + exact.missed)?;
    writeln!(
        out,
        "{:<12} {:>9} {:>6} {:>6} {:>6} {:>6} {:>6}",
        "", "precision", "recall", "f1", "right", "wrong", "missed"
    )?;
    for (name, found) in [("exact", exact), ("overlap", overlap), ("end to end", end_to_end)] {
        print_found(name, *found, out)?;
    }
    writeln!(
        out,
        "\nresolved to what is meant: {} of {} ({:.4})",
        resolution.right, resolution.mentions, resolution.accuracy
    )?;
    if distances.mentions > 0 {
        writeln!(
            out,
            "distance: within 161 km {:.4}, median {:.1} km, area under the curve {:.4} (of {} mentions with a gold point)",
            distances.within_161_km, distances.median_km, distances.area_under_curve, distances.mentions
        )?;
    }
    writeln!(
        out,
        "ambiguous: {}, of which {} in the gold and {} with the right name among the candidates",
        ambiguous.mentions, ambiguous.in_gold, ambiguous.with_right_candidate
    )?;
    for (title, groups) in
        [("kind", &evaluation.by_kind), ("script", &evaluation.by_script), ("method", &evaluation.by_method)]
    {
        print_groups(title, groups, out)?;
    }
    print_reliability(evaluation, out)?;
    print_mistakes(evaluation, out)
}

fn print_found(name: &str, found: Found, out: &mut impl Write) -> io::Result<()> {
    let Found { right, wrong, missed, .. } = found;
    let (precision, recall, f1) = (found.precision(), found.recall(), found.f1());
    writeln!(out, "{name:<12} {precision:>9.4} {recall:>6.4} {f1:>6.4} {right:>6} {wrong:>6} {missed:>6}")
}

fn print_groups(title: &str, groups: &BTreeMap<String, Group>, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "\n{title:<12} {:>9} {:>8} {:>6} {:>6}", "mentions", "in gold", "right", "missed")?;
    for (name, group) in groups {
        writeln!(out, "{name:<12} {:>9} {:>8} {:>6} {:>6}", group.mentions, group.found, group.right, group.missed)?;
    }
    Ok(())
}

fn print_reliability(evaluation: &Evaluation, out: &mut impl Write) -> io::Result<()> {
    if evaluation.reliability.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{:<12} {:>9} {:>12} {:>6}", "probability", "mentions", "mean", "right")?;
    for bin in &evaluation.reliability {
        let range = format!("{:.2} to {:.2}", bin.from, bin.to);
        writeln!(out, "{range:<12} {:>9} {:>12.4} {:>6.4}", bin.mentions, bin.probability, bin.right)?;
    }
    writeln!(out, "expected calibration error {:.4}", evaluation.calibration_error)
}

fn print_mistakes(evaluation: &Evaluation, out: &mut impl Write) -> io::Result<()> {
    if !evaluation.mistakes.is_empty() {
        writeln!(out, "\nmistakes")?;
    }
    for mistake in &evaluation.mistakes {
        let expected = mistake.expected.as_deref().unwrap_or("nothing");
        let found = mistake.found.as_deref().unwrap_or("nothing");
        writeln!(
            out,
            "  {}, byte {}: {} `{}`: expected {expected}, found {found}\n    {}",
            mistake.document,
            mistake.start,
            mistake.mistake.as_str(),
            mistake.surface,
            mistake.context
        )?;
    }
    Ok(())
}
