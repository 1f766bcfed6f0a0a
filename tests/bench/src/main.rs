//! toponorm and its peers asked the same unseen spellings in the same run.
//!
//! For each region and script every method ranks the places of a gazetteer that holds their canonical and English names only. Printed
//! are recall@1, recall@5 and the mean reciprocal rank, and how much of the best peer's error toponorm saves: at least a third is
//! the aim. Places with equal scores count as if in random order, for all methods alike.
//!
//! ```sh
//! cargo run --release --manifest-path tests/bench/Cargo.toml -- [--queries N] NAME=VARIANTS.tsv.gz,GAZETTEER.csv…
//! ```
//!
//! VARIANTS is a table of real spellings with the place of each, GAZETTEER the one-file gazetteer of the same places; N queries of each
//! region and script are asked, spread over the whole table (3000 unless told otherwise).

mod peers;
mod ranking;
mod variants;

use std::error::Error;
use std::path::Path;

use peers::{Method, Names, methods};
use ranking::Measures;
use toponorm::Matcher;
use variants::{Query, Variants};

/// The scripts that are measured, as the variants name them.
const SCRIPTS: [&str; 5] = ["LATIN", "CYRILLIC", "ARMENIAN", "GEORGIAN", "ARABIC"];

/// A cell with fewer queries says nothing.
const LEAST_QUERIES: usize = 100;

fn main() -> Result<(), Box<dyn Error>> {
    let mut queries = 3000;
    let mut arguments = std::env::args().skip(1);
    println!("| region | script | queries | method | recall@1 | recall@5 | MRR |\n|---|---|---|---|---|---|---|");
    let mut savings = Vec::new();
    while let Some(argument) = arguments.next() {
        if argument == "--queries" {
            queries = arguments.next().ok_or("--queries needs a number")?.parse()?;
            continue;
        }
        let usage = "expected NAME=VARIANTS.tsv.gz,GAZETTEER.csv";
        let (region, files) = argument.split_once('=').ok_or(usage)?;
        let (variants, gazetteer) = files.split_once(',').ok_or(usage)?;
        savings.extend(measure(region, Path::new(variants), Path::new(gazetteer), queries)?);
    }
    println!("\n| region | script | toponorm | best peer | | error saved |\n|---|---|---|---|---|---|");
    savings.iter().for_each(|row| println!("{row}"));
    Ok(())
}

/// Prints what each method reaches in a region, and gives a row for each script: toponorm beside the best of the peers.
fn measure(region: &str, variants: &Path, gazetteer: &Path, limit: usize) -> Result<Vec<String>, Box<dyn Error>> {
    let variants = Variants::from_path(variants)?;
    let names = Names::from_path(gazetteer)?;
    let methods = methods(&names, Matcher::open(gazetteer)?);
    let mut rows = Vec::new();
    for script in SCRIPTS {
        let queries = variants.queries(script, limit);
        if queries.len() < LEAST_QUERIES {
            continue;
        }
        let mut reached = Vec::new();
        for method in &methods {
            let measures = ask(method.as_ref(), &names, &variants, &queries);
            println!("| {region} | {} | {} | {} | {measures} |", script.to_lowercase(), queries.len(), method.title());
            reached.push((method.title(), measures.recall_at_1()));
        }
        rows.extend(saving(&reached).map(|saving| format!("| {region} | {} | {saving} |", script.to_lowercase())));
    }
    Ok(rows)
}

fn ask(method: &dyn Method, names: &Names, variants: &Variants, queries: &[&Query]) -> Measures {
    let mut measures = Measures::default();
    for query in queries {
        let ranked = method.rank(&query.spelling);
        let ranked: Vec<(f64, bool)> =
            ranked.into_iter().map(|(score, place)| (score, variants.is_right(names.id(place), query))).collect();
        measures.add(ranked);
    }
    measures
}

/// Of the methods, of which the last is toponorm: what it reaches, what the best other does, the share of that one's error that is saved.
fn saving(reached: &[(&str, f64)]) -> Option<String> {
    let (&(_, ours), peers) = reached.split_last()?;
    let &(best, theirs) = peers.iter().max_by(|a, b| a.1.total_cmp(&b.1))?;
    let saved = (ours - theirs) / (1.0 - theirs);
    let verdict = if saved >= 1.0 / 3.0 { "≥ a third" } else { "less than a third" };
    Some(format!("{ours:.3} | {theirs:.3} | {best} | {:.0} %, {verdict}", 100.0 * saved))
}
