//! `ru-gost779-b`: Russian by GOST 7.79-2000 system B: letters of ASCII and the grave accent only.
//!
//! The standard lets `ц` be `c` before i, e, y and j, and `cz` elsewhere. Reversible as far as the standard is: `ьь`, `ьъ`, `еь` and `еъ`,
//! which no Russian word has, are written as `ъ`, `ъь`, `э` and `эь` are, and come back as these. The signs have no capitals in ASCII;
//! they come back in the case of their surroundings.

use super::table::When::{Before};
use super::table::{DottedI, Reversal, Rule, Table};

pub(super) const TABLE: Table = Table {
    id: "ru-gost779-b",
    title: "Russian in ASCII, GOST 7.79 B",
    standard: "GOST 7.79-2000, Rules of transliteration of Cyrillic script by Latin alphabet, system B",
    rules: &[
        Rule("ц", "c", Before("иеёйыэюя")),
    ],
    letters: &[
        ('а', "a"),
        ('б', "b"),
        ('в', "v"),
        ('г', "g"),
        ('д', "d"),
        ('е', "e"),
        ('ё', "yo"),
        ('ж', "zh"),
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
        ('ц', "cz"),
        ('ч', "ch"),
        ('ш', "sh"),
        ('щ', "shh"),
        ('ъ', "``"),
        ('ы', "y`"),
        ('ь', "`"),
        ('э', "e`"),
        ('ю', "yu"),
        ('я', "ya"),
    ],
    dotted_i: DottedI::No,
    reversal: Reversal::ButFor(&["ьь", "ьъ", "еь", "еъ"]),
};
