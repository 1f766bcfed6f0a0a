//! `uk-kmu55-2010`: Ukrainian by resolution 55 of the Cabinet of Ministers (2010), also UN 2012 and BGN/PCGN 2019.
//!
//! The soft sign and the apostrophe are left out. Not reversible for that reason.

use super::table::When::{Always, Between, Initially};
use super::table::{DottedI, Reversal, Rule, Table};

const CONSONANTS: &str = "бвгґджзйклмнпрстфхцчшщ";
const IOTATED: &str = "єїюя";

pub(super) const TABLE: Table = Table {
    id: "uk-kmu55-2010",
    title: "Ukrainian national system",
    standard: "Resolution 55 of the Cabinet of Ministers of Ukraine (27 January 2010); UN resolution X/9 (2012); BGN/PCGN 2019",
    rules: &[
        Rule("зг", "zgh", Always), // zh is ж
        Rule("є", "ye", Initially),
        Rule("ї", "yi", Initially),
        Rule("й", "y", Initially),
        Rule("ю", "yu", Initially),
        Rule("я", "ya", Initially),
        Rule("’", "", Between(CONSONANTS, IOTATED)),
        Rule("'", "", Between(CONSONANTS, IOTATED)),
        Rule("ʼ", "", Between(CONSONANTS, IOTATED)),
    ],
    letters: &[
        ('є', "ie"),
        ('ї', "i"),
        ('й', "i"),
        ('ю', "iu"),
        ('я', "ia"),
        ('а', "a"),
        ('б', "b"),
        ('в', "v"),
        ('г', "h"),
        ('ґ', "g"),
        ('д', "d"),
        ('е', "e"),
        ('ж', "zh"),
        ('з', "z"),
        ('и', "y"),
        ('і', "i"),
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
        ('х', "kh"),
        ('ц', "ts"),
        ('ч', "ch"),
        ('ш', "sh"),
        ('щ', "shch"),
        ('ь', ""),
    ],
    dotted_i: DottedI::No,
    reversal: Reversal::No,
};
