//! `ka-bgn-pcgn-1981`: Georgian by BGN/PCGN 1981, as old American and British maps and GeoNames write it.
//!
//! The apostrophe marks an *aspirate*: the reverse of the national system. Not reversible: წ is `ts`, as ტს is.

use super::table::{DottedI, Reversal, Table};

pub(super) const TABLE: Table = Table {
    id: "ka-bgn-pcgn-1981",
    title: "Georgian, BGN/PCGN",
    standard: "BGN/PCGN Romanization System for Georgian (1981); superseded in 2009 by the national system",
    rules: &[],
    letters: &[
        ('ა', "a"),
        ('ბ', "b"),
        ('გ', "g"),
        ('დ', "d"),
        ('ე', "e"),
        ('ვ', "v"),
        ('ზ', "z"),
        ('ჱ', "ey"),
        ('თ', "t’"),
        ('ი', "i"),
        ('კ', "k"), // plain, as all ejectives; interscript has k’, which is ქ
        ('ლ', "l"),
        ('მ', "m"),
        ('ნ', "n"),
        ('ჲ', "j"),
        ('ო', "o"),
        ('პ', "p"),
        ('ჟ', "zh"),
        ('რ', "r"),
        ('ს', "s"),
        ('ტ', "t"),
        ('უ', "u"),
        ('ფ', "p’"),
        ('ქ', "k’"),
        ('ღ', "gh"),
        ('ყ', "q"),
        ('შ', "sh"),
        ('ჩ', "ch’"),
        ('ც', "ts’"),
        ('ძ', "dz"),
        ('წ', "ts"),
        ('ჭ', "ch"),
        ('ხ', "kh"),
        ('ჴ', "q’"),
        ('ჯ', "j"),
        ('ჰ', "h"),
    ],
    dotted_i: DottedI::No,
    reversal: Reversal::No,
};
