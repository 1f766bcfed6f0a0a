//! `ru-scientific`: Russian as Slavists write it: `х` is `x`, `щ` is `šč`, `ю` and `я` are `ju` and `ja`.
//!
//! Letters as `iuliia` (schema `scientific`) and the table of the journal JHED have them; German practice has `ch` for х. Not
//! reversible: `šč` is щ and шч, `ja` is я and йа.

use super::table::{DottedI, Reversal, Table};

pub(super) const TABLE: Table = Table {
    id: "ru-scientific",
    title: "Russian, scientific",
    standard: "usage of Slavic studies, the basis of ISO/R 9:1968; no standard in force",
    rules: &[],
    letters: &[
        ('а', "a"),
        ('б', "b"),
        ('в', "v"),
        ('г', "g"),
        ('д', "d"),
        ('е', "e"),
        ('ё', "ë"),
        ('ж', "ž"),
        ('з', "z"),
        ('и', "i"),
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
        ('ъ', "ʺ"),
        ('ы', "y"),
        ('ь', "ʹ"),
        ('э', "è"),
        ('ю', "ju"),
        ('я', "ja"),
    ],
    dotted_i: DottedI::No,
    reversal: Reversal::No,
};
