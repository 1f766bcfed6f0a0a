//! `az-newspaper`: Azerbaijani as English-language newspapers print it: Kalbajar, Aghdam, Yevlakh, Khankendi.
//!
//! No standard: the practice of the Azerbaijani and international press in English. `ə` is `a` as a rule, and `e` in three
//! surroundings of which whole classes of names live: -kənd, -vənd and əy before a consonant (-bəyli). `ğ` is `gh`
//! throughout, `q` is `g`, and `ı` is `i` (Gubadli, Masalli): how far that is what is printed, `tests` measures on the curated gazetteer.

use super::table::{DottedI, Reversal};
use super::table::When::{Always, Before};
use super::table::{Rule, Table};

const CONSONANTS: &str = "bcçdfgğhxjkqlmnprsştvz";

pub(super) const TABLE: Table = Table {
    id: "az-newspaper",
    title: "Azerbaijani as newspapers print it",
    standard: "usage of the press in English; no standard",
    rules: &[
        Rule("kənd", "kend", Always),         // Khankendi, Chaykend, Shushakend
        Rule("vənd", "vend", Always),         // Khojavend, Papravend
        Rule("əy", "ey", Before(CONSONANTS)), // Malibeyli, Zeylik; but Gadabay
    ],
    letters: &[
        ('a', "a"),
        ('b', "b"),
        ('c', "j"),
        ('ç', "ch"),
        ('d', "d"),
        ('e', "e"),
        ('ə', "a"),
        ('ǝ', "a"), // the look-alike that GeoNames mixes in
        ('f', "f"),
        ('g', "g"),
        ('ğ', "gh"),
        ('h', "h"),
        ('x', "kh"),
        ('ı', "i"),
        ('i', "i"),
        ('j', "zh"),
        ('k', "k"),
        ('q', "g"),
        ('l', "l"),
        ('m', "m"),
        ('n', "n"),
        ('o', "o"),
        ('ö', "o"),
        ('p', "p"),
        ('r', "r"),
        ('s', "s"),
        ('ş', "sh"),
        ('t', "t"),
        ('u', "u"),
        ('ü', "u"),
        ('v', "v"),
        ('y', "y"),
        ('z', "z"),
    ],
    dotted_i: DottedI::InSource,
    reversal: Reversal::No,
};
