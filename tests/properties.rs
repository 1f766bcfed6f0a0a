//! Promises that must hold for every text, also for nonsense made of names, half names, marks and line breaks.
#![allow(clippy::unwrap_used, reason = "a test that cannot read its files should fail")]
#![cfg(feature = "bundled")]

use std::sync::LazyLock;

use proptest::prelude::*;
use toponorm::{Gazetteer, Lang, Matcher, Normalizer, OffsetUnit, Offsets, ReadOptions, Target};

static NORMALIZER: LazyLock<Normalizer> =
    LazyLock::new(|| Normalizer::builder().build(Matcher::builder().build(&Gazetteer::bundled()).unwrap()));
static CANONICAL: LazyLock<Normalizer> = LazyLock::new(|| {
    Normalizer::builder().to(Target::Canonical).lang(Lang::ENGLISH).build(NORMALIZER.matcher().clone())
});

/// Pieces that texts are made of: right and wrong names, what may stand between words, and letters that change length in folding.
const PIECES: [&str; 48] = [
    "Stefancart",
    "Stepanakert",
    "Karabakh",
    "Nagorno",
    "Karbakh",
    "Karin",
    "Tak",
    "Pašinjan",
    "Nicholas",
    "Nikol",
    "Pashinyan",
    "Aliyev",
    "Ilham",
    "US",
    "U.S.",
    "Turkey",
    "turkey",
    "Arkhangelsk",
    "Russia",
    "Xankəndi",
    "İstanbul",
    "Şuşa",
    "S\u{327}us\u{327}a",
    "Степанакерт",
    "Երևան",
    "თბილისი",
    "شوشا",
    "Minsk Group",
    "the",
    "in",
    "of",
    "town",
    " ",
    " ",
    " ",
    "-",
    "\n",
    "\r\n",
    "\n\n",
    ". ",
    ", ",
    "’s",
    "'",
    "\u{A0}",
    "\u{AD}",
    "\u{200D}",
    "ﬁ",
    "🇦🇲",
];

/// Every spelling of the gazetteer.
static SPELLINGS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let gazetteer = Gazetteer::bundled();
    let names = gazetteer.entries().iter().flat_map(|entry| &entry.names);
    names.flat_map(|name| name.spellings.iter().map(|spelling| spelling.text.clone())).collect()
});

/// A listed spelling with at most two letters replaced, left out, doubled or swapped.
fn misspelling() -> impl Strategy<Value = String> {
    let edits = prop::collection::vec((any::<prop::sample::Index>(), 0..4u8), 0..3);
    (any::<prop::sample::Index>(), edits).prop_map(|(spelling, edits)| {
        let mut letters: Vec<char> = spelling.get(&SPELLINGS).chars().collect();
        for (at, edit) in edits {
            let last = letters.len() - 1;
            let at = at.index(letters.len());
            match edit {
                0 => letters[at] = 'a',
                1 if last > 0 => drop(letters.remove(at)),
                2 => letters.insert(at, letters[at]),
                _ => letters.swap(at, last),
            }
        }
        letters.into_iter().collect()
    })
}

/// A sentence about listed and misspelt names.
fn sentence() -> impl Strategy<Value = String> {
    let joint =
        prop::sample::select(vec![" ", ", ", " and ", " in ", " near ", "-", ". The town of ", "’s army left "]);
    prop::collection::vec((misspelling(), joint), 1..5).prop_map(|names| {
        format!("They drove to {}.", names.iter().map(|(name, joint)| format!("{name}{joint}")).collect::<String>())
    })
}

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => prop::sample::select(PIECES.to_vec()).prop_map(str::to_owned),
        1 => "\\PC{0,4}",
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn annotations_are_in_order_and_hold_their_text(text in text()) {
        let mut end = 0;
        for mention in NORMALIZER.annotate(&text) {
            prop_assert!(mention.span.start >= end, "overlap in {text:?}");
            prop_assert_eq!(&text[mention.span.range()], mention.text.as_str());
            prop_assert!(mention.score > 0.0 && mention.score <= 1.0);
            prop_assert_eq!(mention.id.is_some(), mention.status == toponorm::Status::Resolved);
            end = mention.span.end;
        }
    }

    #[test]
    fn bytes_outside_edits_stay(text in text()) {
        let edits = NORMALIZER.edits(&text);
        let rewritten = NORMALIZER.rewrite(&text);
        let mut rest = &*rewritten;
        let mut at = 0;
        for edit in &edits {
            let kept = &text[at..edit.span.start];
            prop_assert!(rest.starts_with(kept));
            rest = &rest[kept.len()..];
            prop_assert!(rest.starts_with(edit.replacement.as_str()));
            rest = &rest[edit.replacement.len()..];
            prop_assert_ne!(&text[edit.span.range()], edit.replacement.as_str());
            at = edit.span.end;
        }
        prop_assert_eq!(rest, &text[at..]);
    }

    #[test]
    fn normalizing_twice_is_normalizing_once(text in text()) {
        for normalizer in [&*NORMALIZER, &*CANONICAL] {
            let once = normalizer.rewrite(&text);
            let twice = normalizer.rewrite(&once);
            prop_assert_eq!(&*once, &*twice);
        }
    }

    #[test]
    fn normalizing_sentences_twice_is_normalizing_once(text in sentence()) {
        for normalizer in [&*NORMALIZER, &*CANONICAL] {
            let once = normalizer.rewrite(&text);
            let twice = normalizer.rewrite(&once);
            prop_assert_eq!(&*once, &*twice, "from {}", text);
        }
    }

    #[test]
    fn any_bytes_are_text_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
        match NORMALIZER.normalize_bytes(&bytes, &ReadOptions::default()) {
            Ok(normalized) => prop_assert!(std::str::from_utf8(&normalized.bytes).is_ok()),
            Err(error) => prop_assert!(error.position().is_some_and(|at| at.byte.is_some_and(|b| b <= bytes.len() as u64))),
        }
    }

    #[test]
    fn offsets_are_those_of_counting_from_the_start(text in "\\PC{0,20}") {
        for unit in [OffsetUnit::Char, OffsetUnit::Byte, OffsetUnit::Utf16] {
            let mut offsets = Offsets::new(&text, unit);
            for (byte, _) in text.char_indices() {
                let before = &text[..byte];
                let counted = match unit {
                    OffsetUnit::Char => before.chars().count(),
                    OffsetUnit::Byte => before.len(),
                    OffsetUnit::Utf16 => before.encode_utf16().count(),
                };
                prop_assert_eq!(offsets.convert(byte), counted);
            }
        }
    }

    #[test]
    fn lookups_never_fail_and_are_sorted(name in "\\PC{0,12}") {
        let candidates = NORMALIZER.matcher().lookup(&name, 5);
        prop_assert!(candidates.len() <= 5);
        prop_assert!(candidates.windows(2).all(|pair| pair[0].accepted >= pair[1].accepted));
    }
}
