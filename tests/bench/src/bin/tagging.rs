//! Listed names in running text beside other ways to find them: `tagging NAMES.csv FILES…`.
//!
//! All look for the same names, without regard to letter case, in the same text, in turn, round after round, on one thread. A match is the
//! longest from the left that no letter or digit touches. The peers fold ASCII letters only (`aho-corasick`) or a lower-cased copy of the text
//! (`daachorse`, and a hash of words); toponorm folds diacritics as well, takes names over hyphens and line breaks, and refuses a name whose
//! letter case is that of a word, so it counts fewer. Ratios are medians of the rounds' ratios to `aho-corasick`.

use std::collections::{HashMap, HashSet};
use std::time::Instant;

use aho_corasick::{AhoCorasick, MatchKind};
use daachorse::{DoubleArrayAhoCorasick, DoubleArrayAhoCorasickBuilder};
use toponorm::{Gazetteer, Matcher, measure};

const ROUNDS: usize = 5;

type Tagger = (&'static str, Box<dyn Fn(&str) -> usize>);

fn main() {
    let paths: Vec<String> = std::env::args().skip(1).collect();
    let [list, texts @ ..] = paths.as_slice() else {
        eprintln!("usage: tagging NAMES.csv FILES…");
        std::process::exit(2);
    };
    let names = names(list);
    let read = |path: &String| std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let texts: Vec<String> = texts.iter().map(read).collect();
    let bytes: usize = texts.iter().map(String::len).sum();
    let taggers = taggers(list, &names);
    let mut seconds = vec![Vec::new(); taggers.len()];
    let mut counts = vec![0; taggers.len()];
    for _ in 0..ROUNDS {
        for (at, (_, tag)) in taggers.iter().enumerate() {
            let start = Instant::now();
            counts[at] = texts.iter().map(|text| tag(text)).sum();
            seconds[at].push(start.elapsed().as_secs_f64());
        }
    }
    println!("{} names, {:.1} MB of text\n", names.len(), bytes as f64 / 1e6);
    println!("| program | MB/s | x aho-corasick | matches |\n|---|---:|---:|---:|");
    for (at, (name, _)) in taggers.iter().enumerate() {
        let ratios: Vec<f64> = seconds[0].iter().zip(&seconds[at]).map(|(base, own)| base / own).collect();
        let speed = bytes as f64 / 1e6 / median(&seconds[at]);
        println!("| {name} | {speed:.1} | {:.2} | {} |", median(&ratios), counts[at]);
    }
}

fn names(list: &str) -> Vec<String> {
    let mut reader = csv::Reader::from_path(list).unwrap_or_else(|error| panic!("{list}: {error}"));
    let column = reader.headers().expect("a heading").iter().position(|name| name == "name").expect("a column `name`");
    let names: HashSet<String> =
        reader.records().map(|row| row.expect("a row")[column].to_lowercase()).filter(|name| !name.is_empty()).collect();
    let mut names: Vec<String> = names.into_iter().collect();
    names.sort();
    names
}

fn taggers(list: &str, names: &[String]) -> Vec<Tagger> {
    let automaton = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .ascii_case_insensitive(true)
        .build(names)
        .expect("names make an automaton");
    let doubles: DoubleArrayAhoCorasick<u32> = DoubleArrayAhoCorasickBuilder::new()
        .match_kind(daachorse::MatchKind::LeftmostLongest)
        .build(names)
        .expect("names make an automaton");
    let words = first_words(names);
    let all: HashSet<String> = names.iter().cloned().collect();
    let matcher = Matcher::builder().build(&Gazetteer::from_path(list).expect("the names")).expect("a matcher");
    vec![
        ("aho-corasick", Box::new(move |text| {
            automaton.find_iter(text).filter(|found| is_whole(text, found.start(), found.end())).count()
        })),
        ("daachorse", Box::new(move |text| {
            let text = text.to_lowercase();
            doubles.leftmost_find_iter(&text).filter(|found| is_whole(&text, found.start(), found.end())).count()
        })),
        ("hash of words", Box::new(move |text| by_hash(&text.to_lowercase(), &words, &all))),
        ("toponorm", Box::new(move |text| measure::listed(&matcher, text))),
    ]
}

/// Whether neither end lies inside a word.
fn is_whole(text: &str, start: usize, end: usize) -> bool {
    let is_free = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
    is_free(text[..start].chars().next_back()) && is_free(text[end..].chars().next())
}

fn word_spans(text: &str) -> Vec<(usize, usize)> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| {
            let start = word.as_ptr() as usize - text.as_ptr() as usize;
            (start, start + word.len())
        })
        .collect()
}

/// The most words of the names that begin with each word.
fn first_words(names: &[String]) -> HashMap<String, usize> {
    let mut most = HashMap::new();
    for name in names {
        if let [(start, end), rest @ ..] = word_spans(name).as_slice() {
            let known = most.entry(name[*start..*end].to_owned()).or_insert(0);
            *known = rest.len().max(*known);
        }
    }
    most
}

fn by_hash(text: &str, first_words: &HashMap<String, usize>, names: &HashSet<String>) -> usize {
    let spans = word_spans(text);
    let (mut at, mut count) = (0, 0);
    while let Some(&(start, end)) = spans.get(at) {
        let most = first_words.get(&text[start..end]).map(|most| (at + most).min(spans.len() - 1));
        let longest = most.and_then(|most| (at..=most).rev().find(|&last| names.contains(&text[start..spans[last].1])));
        count += usize::from(longest.is_some());
        at = longest.unwrap_or(at) + 1;
    }
    count
}

fn median(values: &[f64]) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
