//! Documents with the troubles of real ones, each a folder a person can read:
//! `input.txt`, `normalized.txt` (what `normalize` writes) and `mentions.tsv` (what `annotate` finds). Documents in other formats have their
//! own extension.
//!
//! `TOPONORM_BLESS=1 cargo test --test corpus` writes the expected files anew; read the difference before committing it.
#![allow(clippy::unwrap_used, reason = "a test that cannot read its files should fail")]
#![cfg(feature = "bundled")]

use std::fs;
use std::path::{Path, PathBuf};

use toponorm::{Document, FileChange, InputFormat, Matcher, Method, Normalizer, ReadOptions, Status, Target};

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let mut cases: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|case| case.unwrap().path()).collect();
    cases.sort();
    assert!(cases.len() >= 10, "where are the cases?");
    cases
}

/// A case's document: its bytes, its extension, and how it is read; none if this build does not read it.
fn input(case: &Path) -> Option<(Vec<u8>, String, ReadOptions)> {
    let files = fs::read_dir(case).unwrap().map(|file| file.unwrap().path());
    let path = files.into_iter().find(|path| path.file_stem().is_some_and(|stem| stem == "input")).unwrap();
    let format = InputFormat::of_path(path.to_str().unwrap());
    let is_markup = matches!(format, InputFormat::Markdown | InputFormat::Html | InputFormat::Xml);
    if is_markup && !cfg!(feature = "formats") {
        return None;
    }
    let extension = path.extension().unwrap().to_str().unwrap().to_owned();
    Some((fs::read(&path).unwrap(), extension, ReadOptions { format, ..ReadOptions::default() }))
}

fn normalizer() -> Normalizer {
    Normalizer::builder().build(Matcher::bundled().unwrap())
}

/// A line a mention: surface, entry (or the candidates), kind, method, replacement.
fn mentions(normalizer: &Normalizer, document: &Document<'_>) -> String {
    let mut table = String::from("surface\tentry\tkind\tmethod\treplacement\n");
    for mention in document.passages().iter().flat_map(|passage| normalizer.annotate_passage(passage)) {
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
        let Some((bytes, extension, options)) = input(&case) else { continue };
        let decoded = options.encoding.decode(&bytes).unwrap();
        let document = Document::read(&decoded, &options).unwrap();
        assert_eq!(document.write(&[]).unwrap(), bytes, "{}", case.display());
        expect(&case.join("mentions.tsv"), mentions(&normalizer, &document).as_bytes());
        let normalized = normalizer.normalize_bytes(&bytes, &options).unwrap().bytes;
        expect(&case.join("normalized").with_extension(extension), &normalized);
    }
}

#[test]
fn normalizing_twice_is_normalizing_once() {
    for target in [Target::Spelling, Target::Canonical] {
        let normalizer = Normalizer::builder().to(target).build(Matcher::bundled().unwrap());
        for case in cases() {
            let Some((bytes, _, options)) = input(&case) else { continue };
            let once = normalizer.normalize_bytes(&bytes, &options).unwrap().bytes;
            let twice = normalizer.normalize_bytes(&once, &options).unwrap().bytes;
            assert_eq!(once, twice, "{}", case.display());
        }
    }
}

#[test]
fn what_was_changed_comes_back_bit_for_bit() {
    let normalizer = normalizer();
    for case in cases() {
        let Some((bytes, _, options)) = input(&case) else { continue };
        let normalized = normalizer.normalize_bytes(&bytes, &options).unwrap();
        let change = FileChange::new("input", &bytes, &normalized, options.encoding).unwrap();
        assert_eq!(change.redo(&bytes).unwrap(), normalized.bytes, "{}", case.display());
        assert_eq!(change.undo(&normalized.bytes).unwrap(), bytes, "{}", case.display());
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
