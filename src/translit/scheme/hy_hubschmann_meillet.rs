//! `hy-hubschmann-meillet`: Armenian as linguists write it, for the classical orthography first of all. `č` is ճ here, and չ in ISO 9985.
//!
//! Letters as Pedersen tabulates them, aspirates with U+02BF, `և` as the two letters `ew` that it is (he has `ev`, which is եվ).
//! Reversible but for `եւ` in two letters, which comes back as `և`.

use super::table::When::{Always};
use super::table::{DottedI, Reversal, Rule, Table};

pub(super) const TABLE: Table = Table {
    id: "hy-hubschmann-meillet",
    title: "Armenian, Hübschmann–Meillet",
    standard: "A. Meillet, Altarmenisches Elementarbuch (Heidelberg 1913), as tabulated by Th. T. Pedersen (rev. 1.3, 2004)",
    rules: &[
        Rule("ու", "u", Always),
    ],
    letters: &[
        ('ա', "a"),
        ('բ', "b"),
        ('գ', "g"),
        ('դ', "d"),
        ('ե', "e"),
        ('զ', "z"),
        ('է', "ē"),
        ('ը', "ə"),
        ('թ', "tʿ"),
        ('ժ', "ž"),
        ('ի', "i"),
        ('լ', "l"),
        ('խ', "x"),
        ('ծ', "c"),
        ('կ', "k"),
        ('հ', "h"),
        ('ձ', "j"),
        ('ղ', "ł"),
        ('ճ', "č"),
        ('մ', "m"),
        ('յ', "y"),
        ('ն', "n"),
        ('շ', "š"),
        ('ո', "o"),
        ('չ', "čʿ"),
        ('պ', "p"),
        ('ջ', "ǰ"),
        ('ռ', "ṙ"),
        ('ս', "s"),
        ('վ', "v"),
        ('տ', "t"),
        ('ր', "r"),
        ('ց', "cʿ"),
        ('ւ', "w"),
        ('փ', "pʿ"),
        ('ք', "kʿ"),
        ('և', "ew"),
        ('օ', "ō"),
        ('ֆ', "f"),
    ],
    dotted_i: DottedI::No,
    reversal: Reversal::ButFor(&["եւ"]),
};
