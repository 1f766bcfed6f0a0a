//! Documents with the troubles of real ones, each a folder a person can read:
//! `input.txt`, `normalized.txt` (what `normalize` writes) and `mentions.tsv` (what `annotate` finds).
//!
//! `TOPONORM_BLESS=1 cargo test --test corpus` writes the expected files anew; read the difference before committing it.
#![allow(clippy::unwrap_used, reason = "a test that cannot read its files should fail")]
#![cfg(feature = "bundled")]

use std::fs;
use std::path::{Path, PathBuf};

use toponorm::{Encoding, Matcher, Method, Normalizer, ReadOptions, Status, Target};

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let mut cases: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|case| case.unwrap().path()).collect();
    cases.sort();
    assert!(cases.len() >= 10, "where are the cases?");
    cases
}

fn normalizer() -> Normalizer {
    Normalizer::builder().build(Matcher::bundled().unwrap())
}

/// A line a mention: surface, entry (or the candidates), kind, method, replacement.
fn mentions(normalizer: &Normalizer, text: &str) -> String {
    let mut table = String::from("surface\tentry\tkind\tmethod\treplacement\n");
    for mention in normalizer.annotate(text) {
        let candidates = || mention.candidates.iter().map(|c| c.id.as_str()).collect::<Vec<_>>().join("|");
        let entry = match mention.status {
            Status::Resolved => mention.id.clone().unwrap(),
            _ => format!("? {}", candidates()),
        };
        let surface = mention.text.replace('\n', "⏎").replace('\r', "");
        let replacement = mention.replacement.as_deref().unwrap_or("").replace('\n', "⏎").replace('\r', "");
        table += &format!(
            "{surface}\t{entry}\t{}\t{}\t{replacement}\n",
            mention.kind,
            mention.method.map_or("", Method::as_str)
        );
    }
    table
}

/// Compares with the expected file, or writes it when blessing.
fn expect(file: &Path, found: &[u8]) {
    if std::env::var_os("TOPONORM_BLESS").is_some() {
        fs::write(file, found).unwrap();
        return;
    }
    let expected = fs::read(file).unwrap_or_default();
    assert!(
        expected == found,
        "{} differs; found:\n{}\nexpected:\n{}",
        file.display(),
        String::from_utf8_lossy(found),
        String::from_utf8_lossy(&expected)
    );
}

#[test]
fn every_case_is_annotated_and_normalized_as_expected() {
    let normalizer = normalizer();
    for case in cases() {
        let bytes = fs::read(case.join("input.txt")).unwrap();
        let text = Encoding::default().decode(&bytes).unwrap().text;
        expect(&case.join("mentions.tsv"), mentions(&normalizer, &text).as_bytes());
        let normalized = normalizer.normalize_bytes(&bytes, &ReadOptions::default()).unwrap().bytes;
        expect(&case.join("normalized.txt"), &normalized);
    }
}

#[test]
fn normalizing_twice_is_normalizing_once() {
    for target in [Target::Spelling, Target::Canonical] {
        let normalizer = Normalizer::builder().to(target).build(Matcher::bundled().unwrap());
        for case in cases() {
            let bytes = fs::read(case.join("input.txt")).unwrap();
            let once = normalizer.normalize_bytes(&bytes, &ReadOptions::default()).unwrap().bytes;
            let twice = normalizer.normalize_bytes(&once, &ReadOptions::default()).unwrap().bytes;
            assert_eq!(once, twice, "{}", case.display());
        }
    }
}

#[test]
fn two_names_that_a_sentence_tells_apart_stay_apart() {
    let normalizer = Normalizer::builder().to(Target::Canonical).build(Matcher::bundled().unwrap());
    let told_apart = "The town of Khojavend, the Azerbaijani name for Martuni, was quiet on Monday.";
    assert_eq!(normalizer.rewrite(told_apart), told_apart);
    let alone = "The offices in Khankendi were closed on Monday.";
    assert_eq!(normalizer.rewrite(alone), "The offices in Stepanakert were closed on Monday.");
}
