//! `hy-newspaper`: Eastern Armenian as English-language newspapers print it: Stepanakert, Jermuk, Yeghegnadzor.
//!
//! No standard: BGN/PCGN 1981 as it is printed, without apostrophes and with one `r`. Reformed orthography is
//! meant; a lone `ւ` of the classical one is read `v`.

use super::table::When::{Always, Initially, InitiallyOrAfter};
use super::table::{DottedI, Reversal, Rule, Table};

const VOWELS: &str = "աեէըիոօւ"; // `ւ` as the second half of `ու`

pub(super) const TABLE: Table = Table {
    id: "hy-newspaper",
    title: "Eastern Armenian as newspapers print it (popular)",
    standard: "usage of the press in English: BGN/PCGN 1981 without apostrophes, ռ as r",
    rules: &[
        Rule("ու", "u", Always),
        Rule("ո՞ւ", "u՞", Always), // marks of intonation stand on the vowel: ինչո՞ւ
        Rule("ո՛ւ", "u՛", Always),
        Rule("ո՜ւ", "u՜", Always),
        Rule("ով", "ov", Initially), // ով, ովքեր: who
        Rule("ո", "vo", Initially),
        Rule("ե", "ye", InitiallyOrAfter(VOWELS)),
        Rule("և", "yev", InitiallyOrAfter(VOWELS)),
    ],
    letters: &[
        ('ա', "a"),
        ('բ', "b"),
        ('գ', "g"),
        ('դ', "d"),
        ('ե', "e"),
        ('զ', "z"),
        ('է', "e"),
        ('ը', "y"),
        ('թ', "t"),
        ('ժ', "zh"),
        ('ի', "i"),
        ('լ', "l"),
        ('խ', "kh"),
        ('ծ', "ts"),
        ('կ', "k"),
        ('հ', "h"),
        ('ձ', "dz"),
        ('ղ', "gh"),
        ('ճ', "ch"),
        ('մ', "m"),
        ('յ', "y"),
        ('ն', "n"),
        ('շ', "sh"),
        ('ո', "o"),
        ('չ', "ch"),
        ('պ', "p"),
        ('ջ', "j"),
        ('ռ', "r"),
        ('ս', "s"),
        ('վ', "v"),
        ('տ', "t"),
        ('ր', "r"),
        ('ց', "ts"),
        ('ւ', "v"),
        ('փ', "p"),
        ('ք', "k"),
        ('օ', "o"),
        ('ֆ', "f"),
        ('և', "ev"),
    ],
    dotted_i: DottedI::No,
    reversal: Reversal::No,
};
