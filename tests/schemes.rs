//! How often the newspaper schemes write what is printed: measured on names curated by hand.
//!
//! `tests/schemes/ID.csv` holds the settlements and districts of `gazetteer/caucasus` as they stood before any scheme existed (commit
//! ba5a39f): the preferred spelling in the country's language, and the English name. Armenian names of places in Azerbaijan are
//! in the Armenian list where the name has no Azerbaijani spelling. The lists are frozen, for entries that were
//! romanised by a scheme would prove nothing. The rules were chosen with these lists in view, so the shares flatter them. Names that are no romanisation at all (Qarqar, Herher) are not left out.
//!
//! `cargo test --test schemes -- --nocapture` prints the shares and every name that comes out otherwise.
#![allow(clippy::unwrap_used, reason = "a test that cannot read its files should fail")]
#![allow(clippy::print_stdout, reason = "the measurement is to be read")]

use std::path::Path;

use toponorm::Scheme;

fn pairs(scheme: Scheme) -> Vec<(String, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/schemes/{scheme}.csv"));
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader.deserialize().map(Result::unwrap).collect()
}

/// Prints what comes out otherwise than it is printed; the share that comes out right.
fn measure(scheme: Scheme) -> f64 {
    let pairs = pairs(scheme);
    let others: Vec<_> = pairs.iter().filter(|(native, english)| scheme.apply_to_name(native) != *english).collect();
    let share = 1.0 - others.len() as f64 / pairs.len() as f64;
    println!("{scheme}: {} of {} names ({share:.3})", pairs.len() - others.len(), pairs.len());
    for (native, english) in others {
        println!("  {native}: {}, printed {english}", scheme.apply_to_name(native));
    }
    share
}

#[test]
fn newspaper_schemes_write_what_is_printed() {
    for (scheme, least) in [(Scheme::AzNewspaper, 0.80), (Scheme::HyNewspaper, 0.95), (Scheme::KaNewspaper, 0.96)] {
        let share = measure(scheme);
        assert!(share >= least, "{scheme}: {share:.3}, was at least {least}");
    }
}

/// Names with their romanisation from public lists, named in the first line of `tests/schemes/conformance/ID.csv`, and how many come out as there.
///
/// What comes out otherwise is printed. Arabic: `at` of the construct state and the small article inside a name. Persian: hamzeh as ezafeh,
/// `ol` for the article, and آباد written solid. Bulgarian: the list of 1995 has no `ia` at the end.
/// Georgian of 1981: two names have the apostrophe of 2009 after კ. GOST 7.79 B: the list has `y` for ы, the standard y and a grave accent.
/// Azerbaijani in the Arabic alphabet: the list has one letter, و, for three vowels, and writes a word as Persian does. What a reversible scheme
/// writes comes back as it was. `hy-ala-lc`, `hyw-popular`, `uk-scientific` and `az-arab-latn` have no list: none was found that could be opened.
#[test]
fn standards_write_what_public_lists_say() {
    for (id, right, of) in CONFORMANCE {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/schemes/conformance/{id}.csv"));
        let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_path(path).unwrap();
        let pairs: Vec<(String, String)> = reader.deserialize().map(Result::unwrap).collect();
        let scheme: Scheme = id.parse().unwrap();
        let others: Vec<_> = pairs.iter().filter(|(native, roman)| scheme.apply_to_name(native) != *roman).collect();
        println!("{scheme}: {} of {}", pairs.len() - others.len(), pairs.len());
        for (native, roman) in &others {
            println!("  {native}: {}, listed {roman}", scheme.apply_to_name(native));
        }
        assert_eq!((pairs.len() - others.len(), pairs.len()), (right, of), "{scheme}");
        for (native, _) in pairs.iter().filter(|_| scheme.is_reversible()) {
            assert_eq!(scheme.reverse(&scheme.apply(native)).as_deref(), Some(native.as_str()), "{scheme}");
        }
    }
}

/// Scheme, names that come out as listed, names listed.
const CONFORMANCE: [(&str, usize, usize); 20] = [
    ("ar-un-2017", 13, 15),
    ("az-cyrl-latn", 18, 18),
    ("az-latn-arab", 20, 30),
    ("bg-act-2009", 45, 48),
    ("fa-bgn-pcgn-1958", 11, 16),
    ("hy-bgn-pcgn-1981", 40, 40),
    ("hy-hubschmann-meillet", 26, 26),
    ("hy-iso9985", 28, 28),
    ("ka-bgn-pcgn-1981", 6, 8),
    ("ka-iso9984", 25, 25),
    ("ka-national-2002", 22, 22),
    ("mk-bgn-pcgn-2013", 16, 16),
    ("ru-bgn-pcgn-1947", 26, 26),
    ("ru-gost779-b", 13, 17),
    ("ru-icao-9303", 17, 17),
    ("ru-iso9-1995", 36, 36),
    ("ru-scientific", 17, 17),
    ("sr-cyrl-latn", 24, 24),
    ("tr-newspaper", 30, 30),
    ("uk-kmu55-2010", 74, 74),
];
