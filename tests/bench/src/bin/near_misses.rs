//! What the search for near misses costs `annotate`: `near_misses WORDS.txt`, a distinct word a line, as a text would write it.
//!
//! Each word stands in a sentence of its own of one long text, which is annotated with and without near misses, each as often as ten
//! seconds allow; the difference of the fastest two, divided by the number of words, is what a word costs. Words that the gates let pass
//! are for the caller to choose: capitalised, five letters or more, in no lexicon. With `--once` the text is annotated once with near misses
//! and not without, which is what callgrind wants.

use std::time::{Duration, Instant};

use toponorm::{Fuzziness, Matcher, Normalizer};

const TIME: Duration = Duration::from_secs(10);

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (flags, paths): (Vec<&String>, Vec<&String>) = arguments.iter().partition(|argument| argument.starts_with("--"));
    let [path] = paths.as_slice() else {
        eprintln!("usage: near_misses [--once] WORDS.txt");
        std::process::exit(2);
    };
    let words = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let sentences: Vec<String> = words.lines().map(|word| format!("The report of {word} was late.\n\n")).collect();
    let text = sentences.concat();
    if !flags.is_empty() {
        let matcher = Matcher::bundled().expect("the bundled gazetteer opens");
        std::hint::black_box(Normalizer::builder().build(matcher).annotate(&text));
        return;
    }
    let [without, with] = [Fuzziness::Off, Fuzziness::Normal].map(|fuzziness| {
        let matcher = Matcher::builder().fuzzy(fuzziness).bundled().expect("the bundled gazetteer opens");
        fastest(&Normalizer::builder().build(matcher), &text)
    });
    println!("{} words, {} bytes of text", sentences.len(), text.len());
    println!("without near misses {without:?}, with {with:?}");
    println!("{:.1} µs a word", (with.saturating_sub(without)).as_secs_f64() * 1e6 / sentences.len() as f64);
}

fn fastest(normalizer: &Normalizer, text: &str) -> Duration {
    let start = Instant::now();
    let mut fastest = Duration::MAX;
    while start.elapsed() < TIME {
        let before = Instant::now();
        std::hint::black_box(normalizer.annotate(text));
        fastest = fastest.min(before.elapsed());
    }
    fastest
}
