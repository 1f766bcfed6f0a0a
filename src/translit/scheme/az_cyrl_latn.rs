//! `az-cyrl-latn`: the Azerbaijani Cyrillic alphabet of 1958 in the Latin alphabet of 1992, a letter for a letter.
//!
//! Letters that the Cyrillic alphabet gave up earlier are read too, but do not come back.

use super::table::When::{Always, Between};
use super::table::{DottedI, Reversal, Rule, Table};

const LETTERS: &str = "абвгғдеәжзиыјкҝлмноөпрстуүфхһчҹш";

pub(super) const TABLE: Table = Table {
    id: "az-cyrl-latn",
    title: "Azerbaijani, Cyrillic to Latin",
    standard: "the Azerbaijani alphabets of 1958 and 1992; BGN/PCGN 1993 agreement",
    rules: &[
        Rule("й", "y", Always), // until 1958, as the next three
        Rule("э", "e", Always),
        Rule("ю", "yu", Always),
        Rule("я", "ya", Always),
        Rule("ц", "s", Always), // in loanwords
        Rule("’", "", Between(LETTERS, LETTERS)),
    ],
    letters: &[
        ('а', "a"),
        ('б', "b"),
        ('в', "v"),
        ('г', "q"),
        ('ғ', "ğ"),
        ('д', "d"),
        ('е', "e"),
        ('ә', "ə"),
        ('ж', "j"),
        ('з', "z"),
        ('и', "i"),
        ('ы', "ı"),
        ('ј', "y"),
        ('к', "k"),
        ('ҝ', "g"),
        ('л', "l"),
        ('м', "m"),
        ('н', "n"),
        ('о', "o"),
        ('ө', "ö"),
        ('п', "p"),
        ('р', "r"),
        ('с', "s"),
        ('т', "t"),
        ('у', "u"),
        ('ү', "ü"),
        ('ф', "f"),
        ('х', "x"),
        ('һ', "h"),
        ('ч', "ç"),
        ('ҹ', "c"),
        ('ш', "ş"),
    ],
    dotted_i: DottedI::InRoman,
    reversal: Reversal::ButFor(&[]),
};
