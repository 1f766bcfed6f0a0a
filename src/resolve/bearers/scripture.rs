//! Peoples of scripture: `the children of Israel`, and `Israel wept` where a text retells the Bible.
//!
//! The state is meant in news, the people in sermons and old books. Words beside the name tell for one mention (`tribes of`), and words of scripture all over the
//! text for those that have none. One such word was rejected as a sign: news of the state has rabbis, prophets and covenants as well.

use crate::matcher::Mention;
use crate::resolve::cues;
use crate::resolve::words::Words;
use crate::text::Joint;

/// Whether the mention is a people of scripture.
pub(super) fn is_people(words: &Words<'_>, mention: &Mention) -> bool {
    let is_of_tribe =
        || tribe_of(words, mention.words.start).is_some_and(|noun| TRIBES.contains(&&*words.sense(noun).folded));
    let is_name = mention.words.len() == 1 && PEOPLES.contains(&&*words.sense(mention.words.start).folded);
    is_name && (is_of_tribe() || (words.is_scripture() && !cues::has_preposition(words, mention)))
}

/// The peoples of scripture after whom a state is called today, with the possessive of one run together.
const PEOPLES: [&str; 2] = ["israel", "israels"];

/// What is of such a people in scripture, and hardly of a state (editorial).
const TRIBES: [&str; 16] = [
    "camp",
    "children",
    "congregation",
    "daughters",
    "elders",
    "glory",
    "god",
    "hosts",
    "house",
    "king",
    "kings",
    "lord",
    "remnant",
    "sons",
    "tribe",
    "tribes",
];

/// The noun of `the lost tribes of Israel`, before the name at `at`.
fn tribe_of(words: &Words<'_>, at: usize) -> Option<usize> {
    let is_of = at > 1 && words.joint(at) == Joint::Space && words.surface(at - 1) == "of";
    (is_of && words.joint(at - 1) == Joint::Space).then(|| at - 2)
}

/// Whether a text speaks of scripture throughout: so many different words that hardly anything else has.
pub(in crate::resolve) fn is_scripture(words: &Words<'_>) -> bool {
    const SIGNS: [&str; 16] = [
        "abraham",
        "apostles",
        "aaron",
        "elijah",
        "epistle",
        "gospel",
        "gospels",
        "isaiah",
        "jehovah",
        "jesus",
        "messiah",
        "moses",
        "pharisees",
        "prophets",
        "psalms",
        "thou",
    ];
    const MIN_SIGNS: usize = 4;
    let sign = |surface: &str| SIGNS.iter().position(|sign| surface.eq_ignore_ascii_case(sign));
    let tribe = |at: usize| {
        tribe_of(words, at).and_then(|noun| TRIBES.iter().position(|tribe| *tribe == &*words.sense(noun).folded))
    };
    let (mut signs, mut tribes) = (0u32, 0u32);
    for at in 0..words.len() {
        let surface = words.surface(at);
        signs |= sign(surface).map_or(0, |sign| 1 << sign);
        if surface == "Israel" {
            tribes |= tribe(at).map_or(0, |tribe| 1 << tribe);
        }
    }
    // Who speaks of tribes and of children of Israel has no state in mind.
    (signs.count_ones() + 2 * tribes.count_ones()) as usize >= MIN_SIGNS
}
