//! What each stage of reading a text costs: `stages [--gazetteer FILE] [--once STAGE] FILES…`.
//!
//! Every stage does what the one before it does and one thing more, so differences tell. All stages are run in turn, round after round, on all
//! files by one thread, and the median round counts: neighbours on a shared machine change the speed by half, and do so for all stages.
//! `--once` runs one stage once, which is what callgrind wants.

use std::time::Instant;

use toponorm::write::{Jsonl, JsonlOptions, Report, Reported};
use toponorm::{Matcher, Normalizer, OffsetUnit, measure};

const ROUNDS: usize = 7;
const STAGES: [&str; 8] = ["words", "keys", "listed", "exact", "fuzzy", "resolved", "annotated", "rendered"];

fn main() {
    let (mut gazetteer, mut once, mut paths) = (None, None, Vec::new());
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--gazetteer" => gazetteer = arguments.next(),
            "--once" => once = arguments.next(),
            _ => paths.push(argument),
        }
    }
    if paths.is_empty() || once.as_ref().is_some_and(|stage| !STAGES.contains(&stage.as_str())) {
        eprintln!("usage: stages [--gazetteer FILE] [--once {}] FILES…", STAGES.join("|"));
        std::process::exit(2);
    }
    let read = |path: &String| std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let texts: Vec<String> = paths.iter().map(read).collect();
    let matcher = match gazetteer {
        Some(path) => Matcher::open(&path).unwrap_or_else(|error| panic!("{error}")),
        None => Matcher::bundled().expect("the bundled gazetteer opens"),
    };
    let normalizer = Normalizer::builder().build(matcher);
    match once {
        Some(stage) => println!("{stage}: {}", run(&stage, &normalizer, &texts)),
        None => measure_all(&normalizer, &texts),
    }
}

fn measure_all(normalizer: &Normalizer, texts: &[String]) {
    let bytes: usize = texts.iter().map(String::len).sum();
    let mut seconds = vec![Vec::new(); STAGES.len()];
    for _ in 0..ROUNDS {
        for (stage, seconds) in STAGES.iter().zip(&mut seconds) {
            let start = Instant::now();
            std::hint::black_box(run(stage, normalizer, texts));
            seconds.push(start.elapsed().as_secs_f64());
        }
    }
    println!("{} texts, {:.1} MB\n\n| stage | MB/s | ns a byte |\n|---|---:|---:|", texts.len(), bytes as f64 / 1e6);
    for (stage, mut seconds) in STAGES.iter().zip(seconds) {
        seconds.sort_by(f64::total_cmp);
        let each = seconds[seconds.len() / 2] / bytes as f64;
        println!("| {stage} | {:.1} | {:.1} |", 1e-6 / each, each * 1e9);
    }
}

/// Runs a stage on all texts, and gives what it counted.
fn run(stage: &str, normalizer: &Normalizer, texts: &[String]) -> usize {
    let matcher = normalizer.matcher();
    let one = |text: &String| match stage {
        "words" => measure::words(text),
        "keys" => measure::keys(text),
        "listed" => measure::listed(matcher, text),
        "exact" => measure::exact(matcher, text),
        "fuzzy" => measure::fuzzy(matcher, text),
        "resolved" => measure::resolved(matcher, text),
        "annotated" => normalizer.annotate(text).len(),
        _ => rendered(normalizer, text),
    };
    texts.iter().map(one).sum()
}

fn rendered(normalizer: &Normalizer, text: &str) -> usize {
    let mut line = Vec::new();
    let options = JsonlOptions { unit: OffsetUnit::Char, candidates: 5 };
    let annotations = normalizer.annotate(text);
    let document = Reported::of_text("", text, &annotations);
    Jsonl::new(options).document(&mut line, &document).expect("a vector takes everything");
    line.len()
}
