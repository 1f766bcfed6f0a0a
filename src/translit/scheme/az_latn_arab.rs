//! `az-latn-arab`: Azerbaijani from the Latin into the Arabic alphabet of Iranian Azerbaijan.
//!
//! Every vowel is written but `ə` inside a word. Letters that Arabic loanwords keep (ص, ط, ح, ع …) cannot be known: s, t and h are written plain. Not
//! reversible.

use super::table::When::{Before, Finally, Initially};
use super::table::{DottedI, Reversal, Rule, Table};

const LETTERS: &str = "abcçdeəfgğhxıijkqlmnoöprsştuüvyz";

pub(super) const TABLE: Table = Table {
    id: "az-latn-arab",
    title: "Azerbaijani, Latin to Arabic",
    standard: "the modified Arabic alphabet of Iranian Azerbaijan (Wikipedia, “South Azerbaijani alphabet”, 2016); no official standard",
    rules: &[
        Rule("a", "آ", Initially),
        Rule("ə", "ا", Initially),
        Rule("ə", "ه", Finally),
        Rule("ə", "", Before(LETTERS)),
        Rule("e", "ائ", Initially),
        Rule("i", "ای", Initially),
        Rule("ı", "ای", Initially),
        Rule("o", "او", Initially),
        Rule("ö", "اؤ", Initially),
        Rule("u", "اۇ", Initially),
        Rule("ü", "اۆ", Initially),
    ],
    letters: &[
        ('a', "ا"),
        ('b', "ب"),
        ('c', "ج"),
        ('ç', "چ"),
        ('d', "د"),
        ('e', "ئ"),
        ('ə', "ه"),
        ('f', "ف"),
        ('g', "گ"),
        ('ğ', "غ"),
        ('h', "ه"),
        ('x', "خ"),
        ('ı', "ی"),
        ('i', "ی"),
        ('j', "ژ"),
        ('k', "ک"),
        ('q', "ق"),
        ('l', "ل"),
        ('m', "م"),
        ('n', "ن"),
        ('o', "و"),
        ('ö', "ؤ"),
        ('p', "پ"),
        ('r', "ر"),
        ('s', "س"),
        ('ş', "ش"),
        ('t', "ت"),
        ('u', "ۇ"),
        ('ü', "ۆ"),
        ('v', "و"),
        ('y', "ی"),
        ('z', "ز"),
    ],
    dotted_i: DottedI::InSource,
    reversal: Reversal::No,
};
