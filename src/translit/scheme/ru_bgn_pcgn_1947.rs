//! `ru-bgn-pcgn-1947`: Russian by BGN/PCGN 1947, as most English-language maps and papers write it.
//!
//! The raised dots that the system allows between letters (`t·s`, `y·a`) are left out: they are optional, meant for
//! names that are not Russian, and no paper prints Brat·sk. Not reversible: `y` is й and ы.

use super::table::When::InitiallyOrAfter;
use super::table::{DottedI, Reversal, Rule, Table};

const VOWELS_AND_SIGNS: &str = "аеёиоуыэюяйъь";

pub(super) const TABLE: Table = Table {
    id: "ru-bgn-pcgn-1947",
    title: "Russian, BGN/PCGN",
    standard: "BGN/PCGN Romanization System for Russian (1947), without the optional raised dots",
    rules: &[
        Rule("е", "ye", InitiallyOrAfter(VOWELS_AND_SIGNS)),
        Rule("ё", "yë", InitiallyOrAfter(VOWELS_AND_SIGNS)),
    ],
    letters: &[
        ('е', "e"),
        ('ё', "ë"),
        ('а', "a"),
        ('б', "b"),
        ('в', "v"),
        ('г', "g"),
        ('д', "d"),
        ('ж', "zh"),
        ('з', "z"),
        ('и', "i"),
        ('й', "y"),
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
        ('х', "kh"),
        ('ц', "ts"),
        ('ч', "ch"),
        ('ш', "sh"),
        ('щ', "shch"),
        ('ъ', "”"),
        ('ы', "y"),
        ('ь', "’"),
        ('э', "e"),
        ('ю', "yu"),
        ('я', "ya"),
    ],
    dotted_i: DottedI::No,
    reversal: Reversal::No,
};
