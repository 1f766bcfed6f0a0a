//! Which language a text in Latin letters is in: what `whatlang` says, some twenty times as fast.
//!
//! `whatlang` asks the profile of each of 37 languages for each of its 300 trigrams, which takes a million instructions for a line as for a
//! page, more than all else that is done with a paragraph full of names. Here the same tables (`latin_languages.tsv`) are asked the
//! other way round: which profiles have a trigram of the text. Same measures, same numbers, so the same answer, which a property test holds; other
//! scripts have few languages each and are left to `whatlang`. A classifier of our own was rejected: what is rewritten hangs on these answers.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

const TABLE: &str = include_str!("latin_languages.tsv");

static PROFILES: LazyLock<Profiles> = LazyLock::new(|| Profiles::of(TABLE));

/// So many trigrams a profile has; one that the text lacks is as far off.
const PROFILE: u32 = 300;
/// So many of a text's commonest trigrams are counted.
const MAX_TRIGRAMS: usize = 600;

/// The likeliest language of a text, by its ISO 639-3 code, and how sure that is, from 0 to 1; `None` if the text is not in Latin letters for the most part.
pub(super) fn detect(text: &str) -> Option<(&'static str, f64)> {
    let letters = text.chars().filter(|&c| !is_stop(c));
    let (latin, others) =
        letters.fold((0, 0), |(latin, others), c| if is_latin(c) { (latin + 1, others) } else { (latin, others + 1) });
    if latin <= others {
        return None;
    }
    let text = text.to_lowercase();
    let (trigrams, letters) = (trigrams_by_rank(&text), PROFILES.letters(&text));
    let by_trigrams = PROFILES.trigram_scores(&trigrams);
    let by_letters = letters.scores.iter();
    // The fewer letters, the more they count by themselves.
    let weight = (2.0 / 3.0 - letters.count as f64 / 300.0).clamp(1.0 / 3.0, 2.0 / 3.0);
    let scores = by_letters.zip(by_trigrams).map(|(letters, trigrams)| letters * weight + trigrams * (1.0 - weight));
    let mut scores: Vec<(f64, &str)> = scores.zip(PROFILES.codes.iter().copied()).collect();
    scores.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (&(first, code), &(second, _)) = (scores.first()?, scores.get(1)?);
    Some((code, confidence(first, second, trigrams.len())))
}

/// How far the best score must lead depends on how many trigrams there are.
fn confidence(first: f64, second: f64, trigrams: usize) -> f64 {
    if first == 0.0 || second == 0.0 {
        return first;
    }
    let enough = 3.0 / trigrams as f64 + 0.015;
    let lead = (first - second) / second;
    if lead > enough { 1.0 } else { lead / enough }
}

/// Three characters in a number; numbers are in the order of the characters.
fn packed(one: char, two: char, three: char) -> u64 {
    u64::from(one) << 42 | u64::from(two) << 21 | u64::from(three)
}

/// The trigrams of a text, the commonest first, of equally common ones the later in the alphabet.
fn trigrams_by_rank(text: &str) -> Vec<u64> {
    // Longer texts have hardly more trigrams.
    let mut counts: FxHashMap<u64, u32> =
        FxHashMap::with_capacity_and_hasher(text.len().min(1 << 10), Default::default());
    let (mut one, mut two) = (' ', None);
    for three in text.chars().map(|c| if is_stop(c) { ' ' } else { c }).chain([' ']) {
        if let Some(two) = two
            && (two != ' ' || (one != ' ' && three != ' '))
        {
            *counts.entry(packed(one, two, three)).or_default() += 1;
        }
        one = two.unwrap_or(one);
        two = Some(three);
    }
    let mut ranked: Vec<(u32, u64)> = counts.into_iter().map(|(trigram, count)| (count, trigram)).collect();
    ranked.sort_unstable_by(|a, b| b.cmp(a));
    ranked.truncate(MAX_TRIGRAMS);
    ranked.into_iter().map(|(_, trigram)| trigram).collect()
}

/// What the letters of a text say.
struct Letters {
    count: usize,
    /// For each language.
    scores: Vec<f64>,
}

/// The profiles of all languages.
struct Profiles {
    codes: Vec<&'static str>,
    /// Of each letter the languages that have it, a bit each.
    alphabets: FxHashMap<char, u64>,
    /// Of each trigram the languages that have it in their profile, and its rank there.
    trigrams: FxHashMap<u64, Vec<(u8, u16)>>,
}

impl Profiles {
    fn of(table: &'static str) -> Self {
        let mut profiles = Self { codes: Vec::new(), alphabets: FxHashMap::default(), trigrams: FxHashMap::default() };
        for row in table.lines().filter(|row| !row.starts_with('#')) {
            let mut cells = row.split('\t');
            let mut cell = || cells.next().unwrap_or_default();
            let language = profiles.codes.len();
            profiles.codes.push(cell());
            for letter in cell().chars() {
                *profiles.alphabets.entry(letter).or_default() |= 1 << language;
            }
            let letters: Vec<char> = cell().chars().collect();
            for (rank, trigram) in letters.chunks_exact(3).enumerate() {
                let trigram = packed(trigram[0], trigram[1], trigram[2]);
                profiles.trigrams.entry(trigram).or_default().push((language as u8, rank as u16));
            }
        }
        profiles
    }

    /// How many of the letters a language has, less those that it has not.
    fn letters(&self, text: &str) -> Letters {
        let mut counts: FxHashMap<char, usize> = FxHashMap::default();
        let mut ascii = [0; 128];
        for c in text.chars().filter(|&c| !is_stop(c)) {
            match ascii.get_mut(c as usize) {
                Some(count) => *count += 1,
                None => *counts.entry(c).or_default() += 1,
            }
        }
        counts
            .extend((0..).zip(ascii).filter(|&(_, count)| count > 0).map(|(c, count): (u8, _)| (char::from(c), count)));
        let count: usize = counts.values().sum();
        let mut known = vec![0; self.codes.len()];
        for (c, count) in counts {
            let languages = self.alphabets.get(&c).copied().unwrap_or_default();
            known
                .iter_mut()
                .enumerate()
                .filter(|(at, _)| languages >> at & 1 == 1)
                .for_each(|(_, known)| *known += count);
        }
        let score = |known: usize| (2 * known).saturating_sub(count) as f64 / count as f64;
        Letters { count, scores: known.into_iter().map(score).collect() }
    }

    /// How near each language's ranks are to those of the text's trigrams.
    fn trigram_scores(&self, ranked: &[u64]) -> Vec<f64> {
        let count = ranked.len() as u32;
        // What no trigram of a short text could be near to does not count.
        let furthest = PROFILE * PROFILE.min(count);
        let mut distances = vec![furthest; self.codes.len()];
        for (at, trigram) in (0i32..).zip(ranked) {
            for &(language, rank) in self.trigrams.get(trigram).map_or(&[][..], Vec::as_slice) {
                let distance = &mut distances[usize::from(language)];
                *distance = *distance + at.abs_diff(i32::from(rank)) - PROFILE;
            }
        }
        let most = count * PROFILE;
        let score = |distance: u32| f64::from(most - distance.min(PROFILE * PROFILE)) / f64::from(most);
        distances.into_iter().map(score).collect()
    }
}

/// Controls, digits and signs of ASCII.
fn is_stop(c: char) -> bool {
    c.is_ascii() && !c.is_ascii_alphabetic() && c != '\u{7f}'
}

/// The blocks of Unicode that hold Latin letters, and what else `whatlang` counts as such.
fn is_latin(c: char) -> bool {
    matches!(c,
        'a'..='z' | 'A'..='Z' | '\u{80}'..='\u{2AF}' | '\u{1D00}'..='\u{1DBF}' | '\u{1E00}'..='\u{1EFF}'
        | '\u{2100}'..='\u{214F}' | '\u{2C60}'..='\u{2C7F}' | '\u{A720}'..='\u{A7FF}' | '\u{AB30}'..='\u{AB6F}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What `whatlang` says of a text, and what is said here.
    fn both(text: &str) -> Option<[(String, f64); 2]> {
        let (code, sure) = detect(text)?;
        let theirs = whatlang::detect(text)?;
        Some([(code.to_owned(), sure), (theirs.lang().code().to_owned(), theirs.confidence())])
    }

    /// Of two languages that are as likely either may be named, and neither is believed.
    fn assert_same(text: &str) {
        if let Some([(code, sure), (theirs, as_sure)]) = both(text) {
            assert_eq!(sure.to_bits(), as_sure.to_bits(), "{text}");
            assert!(code == theirs || sure == 0.0, "{text}: {code} {theirs}");
        }
    }

    #[test]
    fn running_text_is_told_as_by_whatlang() {
        for text in [
            "Spopadi v Gorskem Karabahu se nadaljujejo, je sporočilo ministrstvo za obrambo.",
            "Şuşa şəhərində atışma baş verib, yaralananlar var.",
            "Die Kämpfe in Bergkarabach dauern seit Tagen an, meldet die Agentur.",
            "W Stepanakercie słychać było wybuchy; mieszkańcy zeszli do piwnic.",
            "İlçede çatışmalar sürüyor, dedi bakan.",
            "The road to the town was closed.",
            "a",
            "É",
            "x’ y‐z",
            "Škoda, że nie; naïve façade — coöperate…",
        ] {
            assert!(both(text).is_some(), "{text}");
            assert_same(text);
            assert_same(&text.repeat(40));
        }
        assert_eq!(["", "1994", "Война", "Woина и"].map(|text| detect(text).map(|told| told.0)), [None; 4]);
    }

    proptest! {
        #[test]
        fn any_text_is_told_as_by_whatlang(
            words in prop::collection::vec("[a-zçöüğışəčšžłąęéèñ]{1,8}|[A-ZŞİƏ][a-z]{0,5}|[0-9.,’\u{7f}-]{1,3}|[а-я]{1,3}|\\PC{1,3}", 1..60),
            joint in "[ \n.-]",
        ) {
            assert_same(&words.join(&joint));
        }

        /// Trigrams of the profiles in any order, so that many ranks are met.
        #[test]
        fn profiles_are_told_as_by_whatlang(row in 2usize..39, from in 0usize..800, count in 1usize..900) {
            let trigrams: String = TABLE.lines().nth(row).unwrap().split('\t').nth(2).unwrap().chars().skip(from).take(count).collect();
            assert_same(&trigrams);
        }
    }
}
