//! Names with endings are found: `inflected.tsv` has forms written down by hand, and how many of a language's are taken for the entry of
//! their nominative is held.
#![cfg(feature = "bundled")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "a test")]

use std::collections::BTreeMap;

use toponorm::{Matcher, Normalizer};

/// Share of each language's forms that must be accepted and right, and of all. Names of three letters (`Ниш`) take no endings here, so no
/// language needs all.
const LEAST: f64 = 0.94;
const LEAST_OF_ALL: f64 = 0.98;

#[test]
fn inflected_names_are_accepted() {
    let matcher = Matcher::bundled().unwrap();
    let mut shares: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for line in include_str!("inflected.tsv").lines().filter(|line| !line.starts_with('#')) {
        let [lang, nominative, forms] = line.split('\t').collect::<Vec<_>>().try_into().expect(line);
        let namesakes = matcher.lookup(nominative, 3);
        let is_right = |form: &str| {
            let found = matcher.lookup(form, 1);
            found.first().is_some_and(|best| {
                best.accepted && namesakes.iter().any(|known| known.accepted && known.id == best.id)
            })
        };
        // A name that the gazetteer lacks says nothing of endings.
        if namesakes.first().is_none_or(|known| !known.accepted) {
            continue;
        }
        let share = shares.entry(lang).or_default();
        for form in forms.split(", ") {
            share.0 += usize::from(is_right(form));
            share.1 += 1;
        }
    }
    assert!(shares.len() >= 12 && shares.values().map(|share| share.1).sum::<usize>() >= 700, "{shares:?}");
    let mut sum = (0, 0);
    for (lang, (right, all)) in &shares {
        println!("{lang} {right} of {all}");
        assert!(*right as f64 >= LEAST * *all as f64, "{lang}: {right} of {all}");
        sum = (sum.0 + right, sum.1 + all);
    }
    assert!(f64::from(sum.0 as u32) >= LEAST_OF_ALL * f64::from(sum.1 as u32), "{sum:?}");
}

/// A right form is no mistake: in a text of its language nothing is written over it.
#[test]
fn right_forms_are_left_as_they_are() {
    let matcher = Matcher::bundled().unwrap();
    let mut asked = 0;
    let mut changed = Vec::new();
    for line in include_str!("inflected.tsv").lines().filter(|line| !line.starts_with('#')) {
        let [lang, _, forms] = line.split('\t').collect::<Vec<_>>().try_into().expect(line);
        let normalizer = Normalizer::builder().lang(lang.parse().unwrap()).build(matcher.clone());
        for form in forms.split(", ") {
            // Between words that no language has, and at a sentence's start.
            for text in [format!("xyz {form} xyz."), format!("{form}.")] {
                let written = normalizer.rewrite(&text).into_owned();
                if written != text {
                    changed.push(format!("{lang}: {text} -> {written}"));
                }
                asked += 1;
            }
        }
    }
    assert!(changed.is_empty() && asked > 1_400, "{} of {asked}: {changed:#?}", changed.len());
}

/// One letter more makes another word, where no language of which the place has a name puts that letter there.
#[test]
fn one_letter_more_is_no_form() {
    let matcher = Matcher::bundled().unwrap();
    for name in ["Parisa", "Delhia", "Tabriza", "Tiflisa"] {
        let found = matcher.lookup(name, 1);
        assert!(found.iter().all(|best| !best.accepted), "{name}: {found:?}");
    }
}

/// A first name in another romanisation is the person's, beside a family name with an ending too; another first name is somebody else's.
#[test]
fn first_names_with_endings_are_told_by_their_sound() {
    let normalizer = Normalizer::builder().build(Matcher::bundled().unwrap());
    for (text, person) in [
        ("Он долго говорил с Эмманюэлем Макроном о дороге.", Some("emmanuel-macron")),
        ("Он долго говорил с Эммануэлем Макроном о дороге.", Some("emmanuel-macron")),
        ("Он долго говорил с Мстиславом Макроном о дороге.", None),
    ] {
        let found = normalizer.annotate(text);
        let ids: Vec<&str> = found.iter().filter_map(|found| found.id.as_deref()).collect();
        assert_eq!(ids.first().copied(), person, "{text}");
    }
}
