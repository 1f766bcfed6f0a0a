//! `hyw-popular`: Western Armenian as it is popularly written: Sdepanagerd, Hayasdan.
//!
//! No standard. The stops are read as Western Armenian says them: պ `b`, բ and փ `p`. Classical orthography: `իւ` is `iu`, `եա` is `ia`
//! (-եան is `-ian`), `ու` before a vowel is `v`; `յ` is `h` at the beginning of a word.

use super::table::When::{Alone, Always, Before, Between, Initially};
use super::table::{DottedI, Reversal, Rule, Table};

const VOWELS: &str = "աեէըիոօ";
const CONSONANTS: &str = "բգդզթժլխծկհձղճմյնշչպջռսվտրցփքֆ";
const LETTERS: &str = "աեէըիոօբգդզթժլխծկհձղճմյնշչպջռսվտրցւփքֆ";

pub(super) const TABLE: Table = Table {
    id: "hyw-popular",
    title: "Western Armenian, popular",
    standard: "usage; no standard: Western sound values as jhdeov/ArmenianVerbs tabulates them (transliteration.md)",
    rules: &[
        Rule("ու", "v", Between(LETTERS, VOWELS)),
        Rule("ու", "u", Always),
        Rule("իւ", "iu", Before(CONSONANTS)),
        Rule("եա", "ya", Initially),
        Rule("եա", "ia", Always),
        Rule("ոյ", "uy", Before(CONSONANTS)),
        Rule("ով", "ov", Alone), // who
        Rule("ո", "vo", Initially),
        Rule("ե", "ye", Initially),
        Rule("յ", "h", Initially),
        Rule("և", "yev", Initially),
    ],
    letters: &[
        ('ա', "a"),
        ('բ', "p"),
        ('պ', "b"),
        ('գ', "k"),
        ('կ', "g"),
        ('դ', "t"),
        ('տ', "d"),
        ('ձ', "ts"),
        ('ծ', "dz"),
        ('ջ', "ch"),
        ('ճ', "j"),
        ('թ', "t"),
        ('փ', "p"),
        ('ք', "k"),
        ('ց', "ts"),
        ('չ', "ch"),
        ('ե', "e"),
        ('է', "e"),
        ('ը', "e"),
        ('ժ', "zh"),
        ('զ', "z"),
        ('ի', "i"),
        ('լ', "l"),
        ('խ', "kh"),
        ('հ', "h"),
        ('ղ', "gh"),
        ('մ', "m"),
        ('յ', "y"),
        ('ն', "n"),
        ('շ', "sh"),
        ('ո', "o"),
        ('ռ', "r"),
        ('ս', "s"),
        ('վ', "v"),
        ('ր', "r"),
        ('ւ', "v"),
        ('և', "ev"),
        ('օ', "o"),
        ('ֆ', "f"),
    ],
    dotted_i: DottedI::No,
    reversal: Reversal::No,
};
