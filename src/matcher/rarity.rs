//! How rare the letters of a name are: what many words and names look like, some of them are by accident.
//!
//! Each letter is judged by the two before it, from the table `rarity.tsv` that `tests/fit/rarity.py` counts. Contexts of one letter
//! tell names from words only half as well; those of three would need a table of megabytes.

use std::sync::LazyLock;

use any_ascii::any_ascii_char;

/// The letters `a` to `z`, and before them the edge of a word.
const SIGNS: usize = 27;
const EDGE: usize = 0;
/// The letters of rarities in the table begin with `a`, which is none, and each adds so much of a natural logarithm.
const STEP: f64 = 0.5;
/// What the table lacks never follows.
const MOST: u8 = 20;

/// Rarities in steps, `[(before_last * SIGNS + last) * SIGNS + letter]`.
struct Rarities(Vec<u8>);

static RARITIES: LazyLock<Rarities> = LazyLock::new(|| Rarities::parse(include_str!("rarity.tsv")));

/// Minus the logarithm of how likely each of the folded words is among words and names of all sorts, added up.
pub(super) fn rarity(folded: &[String]) -> f64 {
    folded.iter().map(|word| f64::from(RARITIES.steps(word)) * STEP).sum()
}

impl Rarities {
    fn parse(table: &str) -> Self {
        let mut rarities = vec![MOST; SIGNS * SIGNS * SIGNS];
        let rows = table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'));
        for (context, row) in rows {
            let start = context.bytes().fold(0, |context, letter| after(context, sign(letter).unwrap_or(EDGE))) * SIGNS;
            for (rarity, letter) in rarities.iter_mut().skip(start).zip(row.bytes()) {
                *rarity = letter.saturating_sub(b'a');
            }
        }
        Self(rarities)
    }

    fn of(&self, context: usize, sign: usize) -> u32 {
        self.0.get(context * SIGNS + sign).copied().unwrap_or(MOST).into()
    }

    /// How rare a word is, in steps.
    fn steps(&self, word: &str) -> u32 {
        let (mut context, mut steps) = (after(EDGE, EDGE), 0);
        for sign in word.chars().flat_map(|letter| any_ascii_char(letter).bytes()).filter_map(sign) {
            steps += self.of(context, sign);
            context = after(context, sign);
        }
        if steps > 0 { steps + self.of(context, EDGE) } else { 0 }
    }
}

/// The last two signs, as a number, once another follows.
fn after(context: usize, sign: usize) -> usize {
    context % SIGNS * SIGNS + sign
}

fn sign(letter: u8) -> Option<usize> {
    letter.is_ascii_alphabetic().then(|| usize::from(letter.to_ascii_lowercase() - b'a') + 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(words: &str) -> f64 {
        rarity(&words.split(' ').map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn words_and_common_names_are_less_rare_than_others_of_their_length() {
        for (common, rare) in
            [("martin", "mrtuni"), ("station", "tsaghka"), ("colander", "yevlakhq"), ("shing", "xizhq")]
        {
            assert!(of(common) + 3.0 < of(rare), "{common} {} {rare} {}", of(common), of(rare));
        }
    }

    #[test]
    fn other_scripts_are_as_rare_as_their_romanisation() {
        assert_eq!(of("ереван"), of("erevan"));
        assert_eq!(of("თბილისი"), of("tbilisi"));
        assert_eq!(of("12"), 0.0);
        assert_eq!(of(""), 0.0);
    }

    /// Up to the rounding to steps, what follows two letters is a distribution.
    #[test]
    fn chances_add_up_to_one() {
        let rows = include_str!("rarity.tsv").lines().filter(|line| !line.starts_with('#'));
        let rows: Vec<(&str, &str)> = rows.filter_map(|line| line.split_once('\t')).collect();
        assert_eq!(rows.len(), 1 + 26 + 26 * 26);
        for (context, row) in rows {
            let steps: Vec<u8> = row.bytes().map(|letter| letter - b'a').collect();
            let sum: f64 = steps.iter().map(|&steps| (-f64::from(steps) * STEP).exp()).sum();
            assert!(steps.len() == SIGNS && (0.75..1.3).contains(&sum), "{context} {sum}");
        }
    }

    proptest! {
        #[test]
        fn words_add_up(one in "[a-z]{1,8}", other in "[a-zа-я]{1,8}") {
            let both = of(&[one.as_str(), &other].join(" "));
            prop_assert!((both - of(&one) - of(&other)).abs() < 1e-9);
        }
    }
}
