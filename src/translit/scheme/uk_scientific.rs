//! `uk-scientific`: Ukrainian as Slavists write it: `г` is `h`, `и` is `y`, `ї` is `ji`.
//!
//! Letters as in the Ukrainian columns of the tables of the journal JHED and of Lang::Transliterate (`Uk::Sci`). The apostrophe stays as
//! it is. Not reversible: `ja` is я and йа.

use super::table::{DottedI, Reversal, Table};

pub(super) const TABLE: Table = Table {
    id: "uk-scientific",
    title: "Ukrainian, scientific",
    standard: "usage of Slavic studies; no standard in force",
    rules: &[],
    letters: &[
        ('а', "a"),
        ('б', "b"),
        ('в', "v"),
        ('г', "h"),
        ('ґ', "g"),
        ('д', "d"),
        ('е', "e"),
        ('є', "je"),
        ('ж', "ž"),
        ('з', "z"),
        ('и', "y"),
        ('і', "i"),
        ('ї', "ji"),
        ('й', "j"),
        ('к', "k"),
        ('л', "l"),
        ('м', "m"),
        ('н', "n"),
        ('о', "o"),
        ('п', "p"),
        ('р', "r"),
        ('с', "s"),
        ('т', "t"),
        ('у', "u"),
        ('ф', "f"),
        ('х', "x"),
        ('ц', "c"),
        ('ч', "č"),
        ('ш', "š"),
        ('щ', "šč"),
        ('ь', "ʹ"),
        ('ю', "ju"),
        ('я', "ja"),
    ],
    dotted_i: DottedI::No,
    reversal: Reversal::No,
};
