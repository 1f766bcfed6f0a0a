//! `hy-bgn-pcgn-1981`: Eastern Armenian by BGN/PCGN 1981: aspirates have an apostrophe, `ռ` is `rr`.
//!
//! The table has no lone `ւ`, a letter of the classical orthography; it is read `v` here. Not reversible: `y` is ը and յ.

use super::table::When::{Alone, Always, Initially, InitiallyOrAfter};
use super::table::{DottedI, Reversal, Rule, Table};

const VOWELS: &str = "աեէըիոօւ"; // `ւ` as the second half of `ու`

pub(super) const TABLE: Table = Table {
    id: "hy-bgn-pcgn-1981",
    title: "Eastern Armenian, BGN/PCGN",
    standard: "BGN/PCGN Romanization System for Armenian (1981)",
    rules: &[
        Rule("ու", "u", Always),
        Rule("ո՞ւ", "u՞", Always), // marks of intonation stand on the vowel: ինչո՞ւ
        Rule("ո՛ւ", "u՛", Always),
        Rule("ո՜ւ", "u՜", Always),
        Rule("ով", "ov", Alone), // who
        Rule("ո", "vo", Initially),
        Rule("ե", "ye", InitiallyOrAfter(VOWELS)),
        Rule("և", "yev", InitiallyOrAfter(VOWELS)),
    ],
    letters: &[
        ('ե', "e"),
        ('ո', "o"),
        ('և', "ev"),
        ('ա', "a"),
        ('բ', "b"),
        ('գ', "g"),
        ('դ', "d"),
        ('զ', "z"),
        ('է', "e"),
        ('ը', "y"),
        ('թ', "t’"),
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
        ('չ', "ch’"),
        ('պ', "p"),
        ('ջ', "j"),
        ('ռ', "rr"),
        ('ս', "s"),
        ('վ', "v"),
        ('տ', "t"),
        ('ր', "r"),
        ('ց', "ts’"),
        ('փ', "p’"),
        ('ք', "k’"),
        ('օ', "o"),
        ('ֆ', "f"),
        ('ւ', "v"),
    ],
    dotted_i: DottedI::No,
    reversal: Reversal::No,
};
