//! `sr-cyrl-latn`: Serbian from the Cyrillic into the Latin alphabet (also Montenegrin names without ś and ź).
//!
//! Letters as in the map of interscript (`bgnpcgn-srp-Cyrl-Latn-2005`). Reversible but for `лј`, `нј` and `дж` in two letters
//! (инјекција), which come back as `љ`, `њ` and `џ`.

use super::table::{DottedI, Reversal, Table};

pub(super) const TABLE: Table = Table {
    id: "sr-cyrl-latn",
    title: "Serbian, Cyrillic to Latin",
    standard: "the two Serbian alphabets; BGN/PCGN 2005 table of correspondences",
    rules: &[],
    letters: &[
        ('а', "a"),
        ('б', "b"),
        ('в', "v"),
        ('г', "g"),
        ('д', "d"),
        ('ђ', "đ"),
        ('е', "e"),
        ('ж', "ž"),
        ('з', "z"),
        ('и', "i"),
        ('ј', "j"),
        ('к', "k"),
        ('л', "l"),
        ('љ', "lj"),
        ('м', "m"),
        ('н', "n"),
        ('њ', "nj"),
        ('о', "o"),
        ('п', "p"),
        ('р', "r"),
        ('с', "s"),
        ('т', "t"),
        ('ћ', "ć"),
        ('у', "u"),
        ('ф', "f"),
        ('х', "h"),
        ('ц', "c"),
        ('ч', "č"),
        ('џ', "dž"),
        ('ш', "š"),
    ],
    dotted_i: DottedI::No,
    reversal: Reversal::ButFor(&["лј", "нј", "дж"]),
};
