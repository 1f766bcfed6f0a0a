//! `mk-bgn-pcgn-2013`: Macedonian as its orthography and BGN/PCGN 2013 have it.
//!
//! Letters as in the map of interscript (`bgnpcgn-mkd-Cyrl-Latn-2013`). Reversible but for `лј`, `нј`, `дж` and `дз` in two letters
//! (надзор), which come back as `љ`, `њ`, `џ` and `ѕ`.

use super::table::{DottedI, Reversal, Table};

pub(super) const TABLE: Table = Table {
    id: "mk-bgn-pcgn-2013",
    title: "Macedonian official system",
    standard: "BGN/PCGN Romanization for Macedonian (2013), which follows Macedonian orthography",
    rules: &[],
    letters: &[
        ('а', "a"),
        ('б', "b"),
        ('в', "v"),
        ('г', "g"),
        ('д', "d"),
        ('ѓ', "ǵ"),
        ('е', "e"),
        ('ж', "ž"),
        ('з', "z"),
        ('ѕ', "dz"),
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
        ('ќ', "ḱ"),
        ('у', "u"),
        ('ф', "f"),
        ('х', "h"),
        ('ц', "c"),
        ('ч', "č"),
        ('џ', "dž"),
        ('ш', "š"),
    ],
    dotted_i: DottedI::No,
    reversal: Reversal::ButFor(&["лј", "нј", "дж", "дз"]),
};
