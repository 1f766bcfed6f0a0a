//! Which place is meant, and that none is: a sentence a class, with what a careful reader says. Whole documents stand in tests/traps.
#![cfg(feature = "bundled")]
#![allow(clippy::unwrap_used, reason = "a test that cannot open the gazetteer should fail")]

use std::sync::LazyLock;

use toponorm::{Matcher, Normalizer, Status};

static NORMALIZER: LazyLock<Normalizer> = LazyLock::new(|| Normalizer::builder().build(Matcher::bundled().unwrap()));

/// The entry that the first mention of a surface is resolved to.
fn meant(text: &str, surface: &str) -> Option<String> {
    let annotations = NORMALIZER.annotate(text);
    let resolved = annotations.into_iter().filter(|found| found.status == Status::Resolved);
    resolved.into_iter().find(|found| &text[found.span.range()] == surface).and_then(|found| found.id)
}

fn assert_meant(cases: &[(&str, &str, Option<&str>)]) {
    for (text, surface, entry) in cases {
        assert_eq!(meant(text, surface).as_deref(), *entry, "{surface} in: {text}");
    }
}

#[test]
fn a_description_or_a_chain_names_what_contains_a_place() {
    assert_meant(&[
        ("Bakers in Tbilisi, the old capital of Georgia, and in Savannah struck.", "Georgia", Some("georgia")),
        ("A bridge fell in Shirvan, a town in the north of Iran, at noon.", "Shirvan", Some("shirvan-north-khorasan")),
        ("Her flat in Birmingham, Alabama, United States, is sold.", "Birmingham", Some("birmingham-alabama")),
    ]);
}

#[test]
fn a_namesake_in_another_region_is_not_meant() {
    assert_meant(&[
        ("The mill stands in Lugano, Nova Scotia, by a brook.", "Lugano", None),
        ("The mill stands in Macon, Georgia, by a brook.", "Macon", Some("macon")),
        ("They sang in Chicago, Ohio and Texas.", "Chicago", Some("chicago")),
    ]);
}

#[test]
fn beside_states_a_name_is_the_state() {
    let text = "Frost hit orchards in Vermont, New York, Maine and Ohio.";
    assert_meant(&[(text, "New York", Some("new-york-united-states"))]);
    assert_meant(&[("He flew from Boston to New York on Friday.", "New York", Some("new-york"))]);
}

#[test]
fn a_preposition_that_begins_a_sentence_is_no_first_name() {
    assert_meant(&[
        ("It was dry. In Sydney it rained.", "Sydney", Some("sydney")),
        ("Near Sydney a barn burnt down.", "Sydney", Some("sydney")),
        ("We met Victoria Sydney at the fair.", "Sydney", None),
        ("Clinics of Medizinhilf Armenia opened in Gyumri.", "Armenia", None),
    ]);
}

#[test]
fn one_of_many_is_a_thing() {
    assert_meant(&[
        ("They drove there in a rusty Volga.", "Volga", None),
        ("A barge sank in the Volga.", "Volga", Some("volga")),
        ("An independent Armenia was born.", "Armenia", Some("armenia")),
        ("He is a Moscow lawyer.", "Moscow", Some("moscow")),
    ]);
}

#[test]
fn firms_railways_and_saints_are_no_places() {
    assert_meant(&[
        ("Harrod's of London sent a parcel.", "London", None),
        ("Shares of the Reading Railway fell.", "Reading", None),
        ("The epistles of St. Paul were read aloud.", "St. Paul", None),
        ("He wrote it in Spanish and sent it off.", "Spanish", None),
        ("It hangs in the Queen's kitchen.", "Queen's", None),
        ("She lives near St. Paul in Minnesota.", "St. Paul", Some("saint-paul")),
    ]);
}

#[test]
fn a_sentence_that_begins_with_a_word_of_its_language_is_no_town() {
    assert_meant(&[
        ("Мир потрібен усім, сказала вчителька. Діти співали пісень про Україну.", "Мир", None),
        ("Вчора у місті Суми пішов дощ. Суми чекали на нього довго.", "Суми", Some("sumy")),
    ]);
}

#[test]
fn places_that_are_named_together_lie_together() {
    assert_meant(&[
        ("Rockets fell on Martuni and Martakert at dawn. In Gegharkunik all was quiet.", "Martuni", Some("khojavend")),
        ("Ракеты упали на Мартуни и Мартакерт. В Гегаркунике было тихо.", "Мартуни", Some("khojavend")),
        ("Snow fell on Martuni and Gavar. In Shusha it rained.", "Martuni", Some("martuni-gegharkunik")),
    ]);
}
