//! `ru-icao-9303`: Russian as passports write it: `й` is `i`, `ъ` is `ie`, and `ь` is left out.
//!
//! Letters as in the extract of Doc 9303 that the Russian order on travel documents prints. Not reversible.

use super::table::{DottedI, Reversal, Table};

pub(super) const TABLE: Table = Table {
    id: "ru-icao-9303",
    title: "Russian in passports, ICAO",
    standard: "ICAO Doc 9303, transliteration of Cyrillic characters recommended to states; Russian passports since 2013",
    rules: &[],
    letters: &[
        ('а', "a"),
        ('б', "b"),
        ('в', "v"),
        ('г', "g"),
        ('д', "d"),
        ('е', "e"),
        ('ё', "e"),
        ('ж', "zh"),
        ('з', "z"),
        ('и', "i"),
        ('й', "i"),
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
        ('ъ', "ie"),
        ('ы', "y"),
        ('ь', ""),
        ('э', "e"),
        ('ю', "iu"),
        ('я', "ia"),
    ],
    dotted_i: DottedI::No,
    reversal: Reversal::No,
};
