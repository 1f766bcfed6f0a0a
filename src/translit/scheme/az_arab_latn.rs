//! `az-arab-latn`: Azerbaijani of Iran from the Arabic into the Latin alphabet.
//!
//! No official standard; two main orthographies. Vowels that are not written (most often `ə`) cannot be restored: `گنجه` is `gncə`. ۇ, ۆ and ؤ are
//! `u`, `ü` and `ö`; a plain و is `v` before a vowel or at the beginning and `o` after a consonant, ی is `y` or `i` likewise; ه at
//! the end is `ə`. ع is not written. Not reversible.

use super::table::When::{After, Before, Finally, Initially};
use super::table::{DottedI, Reversal, Rule, Table};

const CONSONANTS: &str = "بپتثجچحخدذرزژسشصضطظغفقکكگلمنهھ";
const VOWELS: &str = "اآوۇۆؤئهە";

pub(super) const TABLE: Table = Table {
    id: "az-arab-latn",
    title: "Azerbaijani, Arabic to Latin (written vowels only)",
    standard: "the modified Arabic alphabet of Iranian Azerbaijan (Wikipedia, “South Azerbaijani alphabet”, 2016); no official standard",
    rules: &[
        Rule("ائ", "e", Initially),
        Rule("ای", "i", Initially),
        Rule("اي", "i", Initially),
        Rule("اؽ", "ı", Initially),
        Rule("اۇ", "u", Initially),
        Rule("اۆ", "ü", Initially),
        Rule("اؤ", "ö", Initially),
        Rule("او", "o", Initially),
        Rule("ا", "ə", Initially),
        Rule("اه", "ah", Finally),
        Rule("ه", "ə", Finally),
        Rule("و", "v", Before(VOWELS)),
        Rule("و", "o", After(CONSONANTS)),
        Rule("ی", "y", Before(VOWELS)),
        Rule("ی", "i", After(CONSONANTS)),
        Rule("ي", "y", Before(VOWELS)),
        Rule("ي", "i", After(CONSONANTS)),
    ],
    letters: &[
        ('ب', "b"),
        ('پ', "p"),
        ('ت', "t"),
        ('ث', "s"),
        ('ج', "c"),
        ('چ', "ç"),
        ('ح', "h"),
        ('خ', "x"),
        ('د', "d"),
        ('ذ', "z"),
        ('ر', "r"),
        ('ز', "z"),
        ('ژ', "j"),
        ('س', "s"),
        ('ش', "ş"),
        ('ص', "s"),
        ('ض', "z"),
        ('ط', "t"),
        ('ظ', "z"),
        ('غ', "ğ"),
        ('ف', "f"),
        ('ق', "q"),
        ('ک', "k"),
        ('ك', "k"),
        ('گ', "g"),
        ('ل', "l"),
        ('م', "m"),
        ('ن', "n"),
        ('ا', "a"),
        ('آ', "a"),
        ('و', "v"),
        ('ۇ', "u"),
        ('ۆ', "ü"),
        ('ؤ', "ö"),
        ('ی', "y"),
        ('ي', "y"),
        ('ى', "y"),
        ('ێ', "ı"),
        ('ؽ', "ı"),
        ('ئ', "e"),
        ('ه', "h"),
        ('ە', "ə"),
        ('ھ', "h"),
        ('ع', ""),
    ],
    dotted_i: DottedI::InRoman,
    reversal: Reversal::No,
};
