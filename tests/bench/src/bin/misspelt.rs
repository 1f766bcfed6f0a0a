//! Unlisted words against a list of names, beside edit distance: `misspelt NAMES.csv WORDS.txt`, a word a line.
//!
//! `symspell` and `fst` find names at most one edit away (two from eight letters on), `strsim` compares with every name; toponorm finds what
//! sounds alike, which is more, and decides whether to believe it. All are asked the same words in turn, round after round, on one thread.
//! toponorm reads them as a text of one-word sentences, exact matching included, and remembers nothing between rounds.

use std::time::Instant;

use fst::automaton::Levenshtein;
use fst::{IntoStreamer, Set, Streamer};
use symspell::{AsciiStringStrategy, SymSpell, SymSpellBuilder, Verbosity};
use toponorm::{Gazetteer, Matcher, measure};

const ROUNDS: usize = 3;
/// Comparing with every name takes so long that fewer words must do.
const BRUTE_WORDS: usize = 200;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [list, words] = arguments.as_slice() else {
        eprintln!("usage: misspelt NAMES.csv WORDS.txt");
        std::process::exit(2);
    };
    let words = std::fs::read_to_string(words).unwrap_or_else(|error| panic!("{words}: {error}"));
    let words: Vec<&str> = words.lines().collect();
    let lower: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    let mut reader = csv::Reader::from_path(list).unwrap_or_else(|error| panic!("{list}: {error}"));
    let column = reader.headers().expect("a heading").iter().position(|name| name == "name").expect("a column `name`");
    let mut names: Vec<String> = reader.records().map(|row| row.expect("a row")[column].to_lowercase()).collect();
    names.sort();
    names.dedup();

    let set = Set::from_iter(&names).expect("names in order");
    let mut deletes: SymSpell<AsciiStringStrategy> =
        SymSpellBuilder::default().max_dictionary_edit_distance(2).build().expect("settings");
    for name in names.iter().filter(|name| name.is_ascii() && !name.contains(' ')) {
        deletes.load_dictionary_line(&format!("{name} 1"), 0, 1, " ");
    }
    let gazetteer = Gazetteer::from_path(list).expect("the names");
    let text = words.join(". ");

    let edits = |word: &str| if word.len() >= 8 { 2 } else { 1 };
    let by_deletes = |words: &[String]| {
        words.iter().map(|word| deletes.lookup(word, Verbosity::All, edits(word)).len()).sum::<usize>()
    };
    let by_automaton = |words: &[String]| {
        let count = |word: &String| {
            let automaton = Levenshtein::new(word, edits(word) as u32).expect("a short word");
            let (mut found, mut count) = (set.search(automaton).into_stream(), 0);
            while found.next().is_some() {
                count += 1;
            }
            count
        };
        words.iter().map(count).sum::<usize>()
    };
    let by_force = |words: &[String]| {
        let near = |word: &String, name: &&String| strsim::levenshtein(word, name) <= edits(word) as usize;
        words.iter().map(|word| names.iter().filter(|name| near(word, name)).count()).sum::<usize>()
    };
    let few = &lower[..lower.len().min(BRUTE_WORDS)];
    println!("{} names, {} words\n\n| program | words a second | found |\n|---|---:|---:|", names.len(), words.len());
    row("symspell", words.len(), || by_deletes(&lower));
    row("fst automaton", few.len(), || by_automaton(few));
    row("strsim, all names", few.len(), || by_force(few));
    let ours = || Matcher::builder().build(&gazetteer).expect("a matcher");
    let mut matchers: Vec<Matcher> = (0..ROUNDS).map(|_| ours()).collect();
    row("toponorm", words.len(), || measure::fuzzy(&matchers.pop().expect("one a round"), &text));
    let mut bundled: Vec<Matcher> = (0..ROUNDS).map(|_| Matcher::bundled().expect("the bundled gazetteer")).collect();
    row("toponorm, bundled gazetteer", words.len(), || measure::fuzzy(&bundled.pop().expect("one a round"), &text));
}

fn row(name: &str, words: usize, mut run: impl FnMut() -> usize) {
    let mut rounds: Vec<(f64, usize)> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            let found = run();
            (start.elapsed().as_secs_f64(), found)
        })
        .collect();
    rounds.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (seconds, found) = rounds[ROUNDS / 2];
    println!("| {name} | {:.0} | {found} |", words as f64 / seconds);
}
