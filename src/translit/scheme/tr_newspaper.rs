//! `tr-newspaper`: Turkish as English-language newspapers print it: Diyarbakir, Igdir, Sirnak, Canakkale.
//!
//! No standard: letters lose their marks, and no sound is spelt out (`ş` is `s`, `c` stays `c`).

use super::table::{DottedI, Reversal, Table};

pub(super) const TABLE: Table = Table {
    id: "tr-newspaper",
    title: "Turkish as newspapers print it",
    standard: "usage of the press in English: the Turkish alphabet without its marks; no standard",
    rules: &[],
    letters: &[
        ('ç', "c"),
        ('ğ', "g"),
        ('ı', "i"),
        ('i', "i"),
        ('ö', "o"),
        ('ş', "s"),
        ('ü', "u"),
        ('â', "a"),
        ('î', "i"),
        ('û', "u"),
    ],
    dotted_i: DottedI::InSource,
    reversal: Reversal::No,
};
