//! Documents of our own with the troubles of real ones (tests/traps), and how many of them the tool gets right.
//!
//! A case of tests/corpus holds what the tool does today; these files hold what a careful analyst says, so the tool may be wrong and
//! the test counts how often. The floors below are raised when it gets better and never lowered for a change's sake.
//! `cargo test --test traps -- --nocapture` prints every mistake with its context.
#![allow(clippy::unwrap_used, reason = "a test that cannot read its files should fail")]
#![allow(clippy::print_stdout, reason = "the mistakes are for people who run it with --nocapture")]
#![cfg(feature = "bundled")]

use std::fs;
use std::ops::Range;
use std::path::Path;

use toponorm::{Annotation, Gazetteer, Matcher, Normalizer, Status};

/// Documents in which nothing is marked that is no mention, in per cent.
const CLEAN_PER_CENT: usize = 96;
/// Documents in which nothing is marked either that means something else, in per cent.
const RIGHT_PER_CENT: usize = 94;
/// Mentions resolved to a right entry, in per cent.
const FOUND_PER_CENT: usize = 92;

/// A document without its marks.
struct Document {
    name: String,
    text: String,
    gold: Vec<Gold>,
}

/// A marked mention.
struct Gold {
    range: Range<usize>,
    /// The entries that are right; none if the mention counts neither way.
    entries: Vec<String>,
}

enum Mistake {
    /// Resolved where nothing is marked.
    Invented,
    /// Resolved to another entry than the marked ones.
    Mistaken,
    /// Marked, and nothing resolved there.
    Missed,
}

/// Takes the marks `[surface](entry|entry)` out of a text.
fn unmark(name: String, marked: &str) -> Document {
    let (mut text, mut gold, mut rest) = (String::new(), Vec::new(), marked);
    while let Some((before, from_surface)) = rest.split_once('[') {
        let (surface, from_target) =
            from_surface.split_once("](").unwrap_or_else(|| panic!("{name}: a `[` without `](`"));
        let (target, after) = from_target.split_once(')').unwrap_or_else(|| panic!("{name}: a `](` without `)`"));
        text += before;
        let start = text.len();
        text += surface;
        let entries = target.split('|').filter(|entry| *entry != "?").map(str::to_owned).collect();
        gold.push(Gold { range: start..text.len(), entries });
        rest = after;
    }
    text += rest;
    Document { name, text, gold }
}

fn documents() -> Vec<Document> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/traps");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.retain(|file| !file.ends_with("README.md"));
    files.sort();
    let mut documents = Vec::new();
    for file in files {
        let class = file.file_stem().unwrap().to_string_lossy().into_owned();
        for document in fs::read_to_string(&file).unwrap().split("\n## ").skip(1) {
            let (heading, marked) = document.split_once('\n').unwrap();
            documents.push(unmark(format!("{class}: {heading}"), marked.trim()));
        }
    }
    documents
}

fn overlap(annotation: &Annotation, gold: &Gold) -> bool {
    let range = annotation.span.range();
    range.start < gold.range.end && gold.range.start < range.end
}

/// What is wrong with the annotations of a document, and where.
fn mistakes(document: &Document, annotations: &[Annotation]) -> Vec<(Mistake, Range<usize>, String)> {
    let resolved = || annotations.iter().filter(|annotation| annotation.status == Status::Resolved);
    let mut mistakes = Vec::new();
    for annotation in resolved() {
        let id = annotation.id.clone().unwrap();
        let said = format!("{id} ({})", annotation.method.map_or("none", toponorm::Method::as_str));
        match document.gold.iter().find(|gold| overlap(annotation, gold)) {
            None => mistakes.push((Mistake::Invented, annotation.span.range(), said)),
            Some(gold) if gold.entries.is_empty() || gold.entries.contains(&id) => {}
            Some(gold) => {
                let right = gold.entries.join("|");
                mistakes.push((Mistake::Mistaken, annotation.span.range(), format!("{said}, not {right}")));
            }
        }
    }
    for gold in document.gold.iter().filter(|gold| !gold.entries.is_empty()) {
        if !resolved().any(|annotation| overlap(annotation, gold)) {
            let ambiguous = annotations.iter().any(|annotation| overlap(annotation, gold));
            let how = if ambiguous { "ambiguous" } else { "not marked" };
            mistakes.push((Mistake::Missed, gold.range.clone(), format!("{how}, {}", gold.entries.join("|"))));
        }
    }
    mistakes
}

/// Some forty bytes to either side of a surface, which stands in angle brackets.
fn context(text: &str, surface: &Range<usize>) -> String {
    let left = (0..=surface.start.saturating_sub(40)).rev().find(|at| text.is_char_boundary(*at)).unwrap();
    let right = ((surface.end + 40).min(text.len())..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap();
    let shown = format!("{}<{}>{}", &text[left..surface.start], &text[surface.clone()], &text[surface.end..right]);
    shown.replace('\n', " ")
}

#[test]
fn the_marked_entries_exist() {
    let gazetteer = Gazetteer::bundled();
    for document in documents() {
        for entry in document.gold.iter().flat_map(|gold| &gold.entries) {
            assert!(gazetteer.entry(entry).is_some(), "{}: the gazetteer has no entry `{entry}`", document.name);
        }
    }
}

#[test]
fn most_documents_are_free_of_false_positives_and_most_mentions_are_found() {
    let normalizer = Normalizer::builder().build(Matcher::bundled().unwrap());
    let documents = documents();
    assert!(documents.len() >= 280, "where are the documents?");
    let (mut clean, mut right, mut marked, mut wrong, mut missed) = (0, 0, 0, 0, 0);
    for document in &documents {
        let mistakes = mistakes(document, &normalizer.annotate(&document.text));
        for (mistake, range, said) in &mistakes {
            let kind = match mistake {
                Mistake::Invented => "invented",
                Mistake::Mistaken => "mistaken",
                Mistake::Missed => "missed",
            };
            println!("{kind}\t{}\t{}\t{said}", document.name, context(&document.text, range));
        }
        let count = |wanted: fn(&Mistake) -> bool| mistakes.iter().filter(|(mistake, ..)| wanted(mistake)).count();
        marked += document.gold.iter().filter(|gold| !gold.entries.is_empty()).count();
        wrong += count(|mistake| matches!(mistake, Mistake::Mistaken));
        missed += count(|mistake| matches!(mistake, Mistake::Missed));
        clean += usize::from(count(|mistake| matches!(mistake, Mistake::Invented)) == 0);
        right += usize::from(count(|mistake| !matches!(mistake, Mistake::Missed)) == 0);
    }
    let found = marked - missed - wrong;
    println!("{clean} of {} documents without a false positive, {right} without a mistaken one", documents.len());
    println!("{found} of {marked} mentions found");
    assert!(clean * 100 >= CLEAN_PER_CENT * documents.len(), "too many false positives");
    assert!(right * 100 >= RIGHT_PER_CENT * documents.len(), "too many mistaken places");
    assert!(found * 100 >= FOUND_PER_CENT * marked, "too few mentions found");
}
