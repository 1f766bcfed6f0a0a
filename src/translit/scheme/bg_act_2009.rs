//! `bg-act-2009`: Bulgarian by the Transliteration Act: `ия` at the end of a word is `ia`, and the state's own name is Bulgaria.
//!
//! Letters as in the map of interscript for the system of 1995 that became law (`apcbg-bul-Cyrl-Latn-1995`), the two exceptions as in
//! `bgnpcgn-bul-Cyrl-Latn-2013`. Not reversible: `a` is а and ъ.

use super::table::When::{Alone, Finally};
use super::table::{DottedI, Reversal, Rule, Table};

pub(super) const TABLE: Table = Table {
    id: "bg-act-2009",
    title: "Bulgarian national system",
    standard: "Transliteration Act of Bulgaria (2009); UN 2012; BGN/PCGN 2013",
    rules: &[
        Rule("българия", "bulgaria", Alone), // the exception that the Act makes for the state
        Rule("ия", "ia", Finally),
    ],
    letters: &[
        ('а', "a"),
        ('б', "b"),
        ('в', "v"),
        ('г', "g"),
        ('д', "d"),
        ('е', "e"),
        ('ж', "zh"),
        ('з', "z"),
        ('и', "i"),
        ('й', "y"),
        ('к', "k"),
        ('л', "l"),
        ('м', "m"),
        ('н', "n"),
        ('о', "o"),
        ('п', "p"),
        ('р', "r"),
        ('с', "s"),
        ('т', "t"),
        ('у', "u"),
        ('ф', "f"),
        ('х', "h"),
        ('ц', "ts"),
        ('ч', "ch"),
        ('ш', "sh"),
        ('щ', "sht"),
        ('ъ', "a"),
        ('ь', "y"),
        ('ю', "yu"),
        ('я', "ya"),
    ],
    dotted_i: DottedI::No,
    reversal: Reversal::No,
};
