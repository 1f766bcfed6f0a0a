//! `ka-national-2002`: the Georgian national system of romanisation, also BGN/PCGN 2009. An apostrophe marks an ejective.
//!
//! Not reversible: თს and ც are both `ts`, სჰ and შ both `sh`.

use super::table::{DottedI, Reversal, Table};

pub(super) const TABLE: Table = Table {
    id: "ka-national-2002",
    title: "Georgian national system",
    standard: "Georgian national system of romanization (State Department of Geodesy and Cartography, Institute of Linguistics, 2002); BGN/PCGN 2009 agreement",
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
        ('კ', "k’"),
        ('ლ', "l"),
        ('მ', "m"),
        ('ნ', "n"),
        ('ო', "o"),
        ('პ', "p’"),
        ('ჟ', "zh"),
        ('რ', "r"),
        ('ს', "s"),
        ('ტ', "t’"),
        ('უ', "u"),
        ('ფ', "p"),
        ('ქ', "k"),
        ('ღ', "gh"),
        ('ყ', "q’"),
        ('შ', "sh"),
        ('ჩ', "ch"),
        ('ც', "ts"),
        ('ძ', "dz"),
        ('წ', "ts’"),
        ('ჭ', "ch’"),
        ('ხ', "kh"),
        ('ჯ', "j"),
        ('ჰ', "h"),
    ],
    dotted_i: DottedI::No,
    reversal: Reversal::No,
};
