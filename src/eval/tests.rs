//! A document of which every measure is known.
#![cfg(feature = "bundled")]

use std::io::Write;

use super::*;
use crate::matcher::Matcher;
use crate::span::OffsetUnit;

/// Found and right, resolved wrongly, missed, optional, of another label, and one that the gold does not have.
const TEXT: &str =
    "Reports came from Stefancart and from Tbilisi, not from Zzyzxville. Nikol Pashinyan spoke in Moscow and Baku.";

fn evaluate(mentions: &[(&str, &str)]) -> Evaluation {
    let mark = |(surface, rest): &(&str, &str)| {
        let start = TEXT.find(surface).expect("a surface of the text");
        format!("{{\"start\":{start},\"end\":{},\"surface\":\"{surface}\",{rest}}}", start + surface.len())
    };
    let marked: Vec<String> = mentions.iter().map(mark).collect();
    let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
    write!(file, "{{\"id\":\"a\",\"text\":\"{TEXT}\",\"mentions\":[{}]}}", marked.join(",")).expect("writable");
    let documents = gold(file.path(), OffsetUnit::Byte).expect("gold");
    let matcher = Matcher::bundled().expect("the bundled gazetteer");
    Evaluation::new(&Normalizer::builder().build(matcher), &documents, "place")
}

#[test]
fn every_mention_is_counted_once() {
    let evaluation = evaluate(&[
        ("Stefancart", r#""canonical":"Stepanakert|Khankendi","kind":"place""#),
        ("Tbilisi", r#""canonical":"Yerevan","lat":40.18,"lon":44.51,"kind":"place""#),
        ("Zzyzxville", r#""canonical":"Zzyzxville","kind":"place""#),
        ("Nikol Pashinyan", r#""canonical":"Pashinyan","kind":"person""#),
        ("Moscow", r#""canonical":null,"optional":true"#),
    ]);
    let Evaluation { exact, overlap, resolution, end_to_end, distances, .. } = &evaluation;
    assert_eq!((exact.right, exact.wrong, exact.missed), (2, 1, 1), "{:?}", evaluation.mistakes);
    assert_eq!(exact, overlap);
    assert_eq!((resolution.right, resolution.mentions), (1, 2));
    assert_eq!((end_to_end.right, end_to_end.wrong, end_to_end.missed), (1, 2, 2));
    // Tbilisi and Yerevan are some 171 km apart.
    assert_eq!(distances.mentions, 1);
    assert!((160.0..180.0).contains(&distances.median_km), "{distances:?}");
    let mistakes: Vec<_> =
        evaluation.mistakes.iter().map(|mistake| (mistake.mistake, mistake.surface.as_str())).collect();
    let expected = [
        (MistakeKind::WronglyResolved, "Tbilisi"),
        (MistakeKind::Missed, "Zzyzxville"),
        (MistakeKind::Invented, "Baku"),
    ];
    assert_eq!(mistakes, expected);
}

#[test]
fn a_wider_span_overlaps_and_is_not_exact() {
    let evaluation = evaluate(&[("from Stefancart", r#""canonical":"Stepanakert","kind":"place""#)]);
    assert_eq!((evaluation.overlap.right, evaluation.exact.right, evaluation.exact.missed), (1, 0, 1));
    assert_eq!(evaluation.resolution.accuracy, 1.0);
    assert_eq!(evaluation.by_script["Latin"].found, 1);
}
