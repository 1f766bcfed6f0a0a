//! `hy-ala-lc`: Armenian as library catalogues and many names of GeoNames are written: aspirates with U+02BB.
//!
//! `ե` is `y` at the beginning before a vowel, `յ` is `h` at the beginning of words of the classical orthography and `y` in the reformed
//! one, which cannot be told apart: it is `y` here. The prime that parts `ts` from տ and ս is left out. Not reversible for that reason.

use super::table::When::{Always, Initially};
use super::table::{DottedI, Reversal, Rule, Table};

pub(super) const TABLE: Table = Table {
    id: "hy-ala-lc",
    title: "Armenian, library catalogues (ALA-LC)",
    standard: "ALA-LC romanization table for Armenian (1997), East Armenian values, as tabulated by Th. T. Pedersen (rev. 1.3, 2004)",
    rules: &[
        Rule("ու", "u", Always),
        Rule("եա", "ya", Initially),
        Rule("եօ", "yō", Initially),
        Rule("եո", "yo", Initially),
    ],
    letters: &[
        ('ա', "a"),
        ('բ', "b"),
        ('գ', "g"),
        ('դ', "d"),
        ('ե', "e"),
        ('զ', "z"),
        ('է', "ē"),
        ('ը', "ě"),
        ('թ', "tʻ"),
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
        ('չ', "chʻ"),
        ('պ', "p"),
        ('ջ', "j"),
        ('ռ', "ṛ"),
        ('ս', "s"),
        ('վ', "v"),
        ('տ', "t"),
        ('ր', "r"),
        ('ց', "tsʻ"),
        ('ւ', "w"),
        ('փ', "pʻ"),
        ('ք', "kʻ"),
        ('և', "ew"),
        ('օ', "ō"),
        ('ֆ', "f"),
    ],
    dotted_i: DottedI::No,
    reversal: Reversal::No,
};
