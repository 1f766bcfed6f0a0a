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
    let is_name = mention.words.len() == 1 && matches!(&*words.sense(mention.words.start).folded, "israel" | "israels");
    is_name && (is_of_tribe(words, mention) || (words.is_scripture() && !cues::has_preposition(words, mention)))
}

/// `the lost tribes of Israel`, `O house of Israel`.
fn is_of_tribe(words: &Words<'_>, mention: &Mention) -> bool {
    const NOUNS: &str = "camp children congregation daughters elders glory god hosts house king kings lord remnant sons tribe tribes";
    let of = mention.words.start;
    let is_of = of > 1 && words.joint(of) == Joint::Space && words.surface(of - 1) == "of";
    is_of && words.joint(of - 1) == Joint::Space && NOUNS.split(' ').any(|noun| noun == &*words.sense(of - 2).folded)
}

/// Whether a text speaks of scripture throughout: so many different words that hardly anything else has.
pub(in crate::resolve) fn is_scripture(words: &Words<'_>) -> bool {
    const SIGNS: [&str; 16] = [
        "abraham", "apostles", "aaron", "elijah", "epistle", "gospel", "gospels", "isaiah", "jehovah", "jesus", "messiah", "moses",
        "pharisees", "prophets", "psalms", "thou",
    ];
    const MIN_SIGNS: usize = 4;
    let mut seen = 0u32;
    for at in 0..words.len() {
        // Senses are made of many words anyway; these are told by their surface.
        let surface = words.surface(at);
        let sign = SIGNS.iter().position(|sign| surface.eq_ignore_ascii_case(sign));
        seen |= sign.map_or(0, |sign| 1 << sign);
    }
    seen.count_ones() as usize >= MIN_SIGNS
}
