//! `ka-newspaper`: Georgian as English-language newspapers print it: Tbilisi, Tskaltubo, Kazbegi.
//!
//! The national system without its apostrophes, and `k` for ყ: of the names of the curated gazetteer in which ყ stands all are
//! printed with `k` and none with `q`. Maps and GeoNames write `q` (Tsqaltubo).

use super::table::{DottedI, Reversal, Table};

pub(super) const TABLE: Table = Table {
    id: "ka-newspaper",
    title: "Georgian as newspapers print it",
    standard: "usage of the press in English: the national system of 2002 without apostrophes, ყ as k",
    rules: &[],
    letters: &[
        ('ა', "a"),
        ('ბ', "b"),
        ('გ', "g"),
        ('დ', "d"),
        ('ე', "e"),
        ('ვ', "v"),
        ('ზ', "z"),
        ('თ', "t"),
        ('ი', "i"),
        ('კ', "k"),
        ('ლ', "l"),
        ('მ', "m"),
        ('ნ', "n"),
        ('ო', "o"),
        ('პ', "p"),
        ('ჟ', "zh"),
        ('რ', "r"),
        ('ს', "s"),
        ('ტ', "t"),
        ('უ', "u"),
        ('ფ', "p"),
        ('ქ', "k"),
        ('ღ', "gh"),
        ('ყ', "k"),
        ('შ', "sh"),
        ('ჩ', "ch"),
        ('ც', "ts"),
        ('ძ', "dz"),
        ('წ', "ts"),
        ('ჭ', "ch"),
        ('ხ', "kh"),
        ('ჯ', "j"),
        ('ჰ', "h"),
    ],
    dotted_i: DottedI::No,
    reversal: Reversal::No,
};
