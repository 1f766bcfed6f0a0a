//! What `lookup` costs: `lookups QUERIES.txt`, a query a line, against the bundled gazetteer.
//!
//! All queries are asked by one thread, over and over for ten seconds; the fastest round counts. With `--once` they are asked once, which
//! is what callgrind wants.

use std::time::{Duration, Instant};

use toponorm::Matcher;

const TIME: Duration = Duration::from_secs(10);
const LIMIT: usize = 5;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (flags, paths): (Vec<&String>, Vec<&String>) = arguments.iter().partition(|argument| argument.starts_with("--"));
    let [path] = paths.as_slice() else {
        eprintln!("usage: lookups [--once] QUERIES.txt");
        std::process::exit(2);
    };
    let queries = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let queries: Vec<&str> = queries.lines().collect();
    let matcher = Matcher::bundled().expect("the bundled gazetteer opens");
    let start = Instant::now();
    let mut fastest = Duration::MAX;
    while fastest == Duration::MAX || (flags.is_empty() && start.elapsed() < TIME) {
        let before = Instant::now();
        for query in &queries {
            std::hint::black_box(matcher.lookup(query, LIMIT));
        }
        fastest = fastest.min(before.elapsed());
    }
    let each = fastest.as_secs_f64() / queries.len() as f64;
    println!("{} queries, {:.1} µs each, {:.0} a second", queries.len(), each * 1e6, 1.0 / each);
}
