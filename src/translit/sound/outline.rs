//! Outlines: a spelling's likeliest reading in a dozen groups of sounds, to rank many spellings in little time.
//!
//! Units are taken longest first and each is read in its usual way. That is often wrong, and right often enough to choose a
//! hundred or two out of thousands for the aligner. Outlines are compared by plain edit distance, bit-parallel.

use super::SILENCE;
use super::letters::letters_into;
use super::profile::{Profile, ProfilePattern};
use super::sketch::{Edits, Sketch, edit_distance};
use super::table::{SOUNDS, SPACE, TABLE};
use super::unit::Unit;

/// Most symbols of an outline; bits of a word in the comparison.
const MAX_SYMBOLS: usize = 32;
pub(super) const GROUPS: usize = 32;
/// Sounds that count as one.
///
/// The first six are vowels, or may be written like vowels: a script that leaves vowels unwritten says nothing about them.
pub(super) const GROUP_SOUNDS: [&[&str]; 15] = [
    &["a", "ə"],
    &["e"],
    &["i", "ɯ", "ü", "j"],
    &["o", "ö"],
    &["u", "w"],
    &["v", "f"],
    &["b", "p"],
    &["d", "t"],
    &["g", "k", "q"],
    &["x", "h", "ɣ"],
    &["z", "s"],
    &["dz", "ts"],
    &["dž", "č", "ž", "š"],
    &["m", "n"],
    &["l", "r"],
];
const UNWRITTEN: u8 = 6;
/// What a match of a word within a name of several is worth, of a whole one.
const WORD_SHARE: f32 = 0.9;

/// An outline is packed in signs of so many bits, the first lowest: symbols, and where words begin and end that may be a name by themselves.
const SIGN_BITS: u32 = 5;
const MAX_SIGNS: usize = 25;
const END: u8 = 0;
const NAME_STARTS: u8 = 30;
const NAME_ENDS: u8 = 31;

/// The symbols of a spelling, and where its words begin.
#[derive(Clone, Debug, Default)]
pub(crate) struct Outline {
    symbols: Vec<u8>,
    /// Ends of the words that may be a name by themselves; none in a name of one word.
    words: Vec<(usize, usize)>,
    letters: Vec<char>,
}

impl Outline {
    /// The outline of `text`.
    pub(crate) fn of(text: &str) -> Self {
        let mut outline = Self::default();
        outline.read(text);
        outline
    }

    /// Replaces the outline by that of `text`.
    pub(crate) fn read(&mut self, text: &str) {
        self.symbols.clear();
        self.words.clear();
        self.letters.clear();
        letters_into(text, &mut self.letters);
        let letters = std::mem::take(&mut self.letters);
        for word in letters.split(|&c| c == SPACE) {
            let start = self.symbols.len();
            self.push_word(word);
            if word.len() < letters.len() && !TABLE.words.contains_key(word) {
                self.words.push((start, self.symbols.len()));
            }
        }
        self.letters = letters;
        self.symbols.truncate(MAX_SYMBOLS);
    }

    fn push_word(&mut self, word: &[char]) {
        let mut at = 0;
        while at < word.len() {
            let (mut node, mut best) = (0, (1, None));
            for (length, &letter) in (1..).zip(&word[at..]) {
                let Some(next) = TABLE.step(node, letter) else {
                    break;
                };
                node = next;
                let Unit { outline, .. } = &TABLE.units[usize::from(node)];
                if outline.is_some() {
                    best = (length, *outline);
                }
            }
            let sounds = best.1.map_or(&[][..], |reading: u16| TABLE.readings[usize::from(reading)].sounds.as_slice());
            for &sound in sounds.iter().filter(|&&sound| sound != SILENCE) {
                let group = TABLE.group[usize::from(sound) % SOUNDS];
                if self.symbols.last() != Some(&group) {
                    self.symbols.push(group);
                }
            }
            at += best.0;
        }
    }

    /// The beginning of the outline as a number.
    pub(crate) fn sketch(&self) -> Sketch {
        Sketch::of(&self.symbols)
    }

    /// Which groups the outline has, and how many symbols.
    pub(crate) fn profile(&self) -> Profile {
        Profile::of(&self.symbols, !self.words.is_empty())
    }

    /// The outline as a number, for those that are remembered; zero if it is blank or too long.
    pub(crate) fn pack(&self) -> u128 {
        if self.symbols.len() > MAX_SIGNS {
            return 0;
        }
        let (mut packed, mut signs, mut at) = (0, 0, 0);
        let mut push = |sign: u8| {
            packed |= u128::from(sign).checked_shl(SIGN_BITS * signs as u32).unwrap_or_default();
            signs += 1;
        };
        let marks = self.words.iter().flat_map(|&(start, end)| [(start, NAME_STARTS), (end, NAME_ENDS)]);
        for (until, mark) in marks.chain([(self.symbols.len(), END)]) {
            self.symbols[at..until].iter().for_each(|&symbol| push(sign_of(symbol)));
            push(mark);
            at = until;
        }
        if signs <= MAX_SIGNS + 1 { packed } else { 0 }
    }

    /// Replaces the outline by a packed one.
    #[inline]
    pub(crate) fn unpack(&mut self, mut packed: u128) {
        self.symbols.clear();
        self.words.clear();
        while packed != 0 {
            let at = self.symbols.len();
            match packed as u8 & ((1 << SIGN_BITS) - 1) {
                NAME_STARTS => self.words.push((at, at)),
                NAME_ENDS => self.words.iter_mut().last().into_iter().for_each(|word| word.1 = at),
                sign => self.symbols.push(symbol_of(sign)),
            }
            packed >>= SIGN_BITS;
        }
    }

    fn whole(&self) -> &[u8] {
        &self.symbols
    }

    fn words(&self) -> impl Iterator<Item = &[u8]> {
        self.words.iter().filter_map(|&(start, end)| self.symbols.get(start..end.min(self.symbols.len())))
    }
}

/// The sign of a symbol: groups come first, then the sounds of digits, which are in no group.
fn sign_of(symbol: u8) -> u8 {
    let groups = GROUP_SOUNDS.len() as u8;
    if symbol < groups { symbol + 1 } else { symbol - TABLE.first_digit + groups + 1 }
}

fn symbol_of(sign: u8) -> u8 {
    let groups = GROUP_SOUNDS.len() as u8;
    if sign <= groups { sign - 1 } else { sign - groups - 1 + TABLE.first_digit }
}

/// An outline that many others are compared with.
#[derive(Clone, Debug)]
pub(crate) struct OutlineQuery {
    /// The whole first, then its words.
    patterns: Vec<Pattern>,
    /// The profiles of the patterns.
    profiles: Vec<ProfilePattern>,
    /// The consonants of the whole, if the script leaves vowels unwritten.
    consonants: Option<Pattern>,
}

/// Where each symbol occurs.
#[derive(Clone, Debug)]
struct Pattern {
    occurs: [u32; GROUPS],
    occurs_by_sign: [u32; GROUPS],
    length: usize,
}

impl OutlineQuery {
    pub(crate) fn new(outline: &Outline) -> Self {
        let all: Vec<&[u8]> =
            std::iter::once(outline.whole()).chain(outline.words()).filter(|symbols| !symbols.is_empty()).collect();
        let is_abjad = outline.letters.iter().any(|c| ('\u{0590}'..='\u{06FF}').contains(c));
        let (consonants, length) = consonants(outline.whole());
        Self {
            patterns: all.iter().map(|symbols| Pattern::new(symbols)).collect(),
            profiles: all.iter().map(|symbols| ProfilePattern::new(symbols)).collect(),
            consonants: (is_abjad && length > 0).then(|| Pattern::new(&consonants[..length])),
        }
    }

    /// From now on `may_be_like` is about outlines more alike than `least`.
    pub(crate) fn ask_for(&mut self, least: f32) {
        let floor = self.floor(least);
        for (at, profile) in self.profiles.iter_mut().enumerate() {
            profile.ask_for(if at == 0 { 1.0 } else { WORD_SHARE }, floor);
        }
    }

    /// Whether an outline of this profile may be alike enough.
    #[inline]
    pub(crate) fn may_be_like(&self, other: Profile) -> bool {
        // Nothing is like a query without sounds, and all alike.
        self.profiles.is_empty() || self.profiles.iter().any(|profile| profile.may_be_like(other))
    }

    /// What a plain similarity must exceed: consonants count half if they are looked at, and may be equal.
    fn floor(&self, least: f32) -> f32 {
        if self.consonants.is_some() { 2.0 * least - 1.0 } else { least }
    }

    /// How alike, from 0 to 1; of several words also by the likest of them. What is not above `least` may come out lower still.
    pub(crate) fn similarity(&self, other: &Outline, least: f32) -> f32 {
        let Some((whole, words)) = self.patterns.split_first() else {
            return 0.0;
        };
        let floor = self.floor(least);
        let mut best = 0.0f32;
        let mut compare = |ours: &Pattern, theirs: &[u8], share: f32| {
            if share * ours.most(theirs.len()) > best.max(floor) {
                best = best.max(share * ours.similarity(theirs));
            }
        };
        compare(whole, other.whole(), 1.0);
        for word in words {
            compare(word, other.whole(), WORD_SHARE);
        }
        for theirs in other.words() {
            for ours in &self.patterns {
                compare(ours, theirs, WORD_SHARE);
            }
        }
        let Some(ours) = self.consonants.as_ref().filter(|_| best > floor) else {
            return best;
        };
        let (theirs, length) = consonants(other.whole());
        (best + ours.similarity(&theirs[..length])) / 2.0
    }
}

impl OutlineQuery {
    /// The same of a packed outline, without unpacking it; `None` if there is none, and where consonants are looked at.
    #[inline]
    pub(crate) fn similarity_of_packed(&self, packed: u128, least: f32) -> Option<f32> {
        if packed == 0 || self.consonants.is_some() {
            return None;
        }
        let length = (u128::BITS - packed.leading_zeros()).div_ceil(SIGN_BITS) as usize;
        let has_words = has_marks(packed);
        let mut best = 0.0f32;
        for (at, ours) in self.patterns.iter().enumerate() {
            let share = if at == 0 { 1.0 } else { WORD_SHARE };
            if has_words {
                best = best.max(ours.similarity_with_words(packed, share));
            } else if share * ours.most(length) > best.max(least) {
                let equal = signs(packed).map(|sign| ours.occurs_by_sign[sign]);
                best = best.max(share * ours.alike(edit_distance(ours.length, equal), length));
            }
        }
        Some(best)
    }
}

/// The signs of a packed outline.
#[inline]
fn signs(mut packed: u128) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let sign = (packed != 0).then_some(packed as usize % GROUPS);
        packed >>= SIGN_BITS;
        sign
    })
}

/// Whether a packed outline says where words begin and end: in its two signs all bits but the lowest are set.
fn has_marks(packed: u128) -> bool {
    /// The lowest bit of each sign.
    const EACH: u128 = ((1 << (SIGN_BITS as usize * MAX_SIGNS)) - 1) / ((1 << SIGN_BITS) - 1);
    (packed >> 1) & (packed >> 2) & (packed >> 3) & (packed >> 4) & EACH != 0
}

/// The symbols of an outline without vowels, and how many they are.
fn consonants(symbols: &[u8]) -> ([u8; MAX_SYMBOLS], usize) {
    let (mut found, mut length) = ([0; MAX_SYMBOLS], 0);
    for &symbol in symbols.iter().take(MAX_SYMBOLS).filter(|&&symbol| symbol >= UNWRITTEN) {
        if length == 0 || found[length - 1] != symbol {
            found[length] = symbol;
            length += 1;
        }
    }
    (found, length)
}

impl Pattern {
    fn new(symbols: &[u8]) -> Self {
        let mut occurs = [0; GROUPS];
        for (at, &symbol) in symbols.iter().take(MAX_SYMBOLS).enumerate() {
            occurs[usize::from(symbol) % GROUPS] |= 1 << at;
        }
        let occurs_by_sign = std::array::from_fn(|sign| match sign as u8 {
            END | NAME_STARTS | NAME_ENDS => 0,
            sign => occurs[usize::from(symbol_of(sign)) % GROUPS],
        });
        Self { occurs, occurs_by_sign, length: symbols.len().min(MAX_SYMBOLS) }
    }

    /// What the similarity is at most, by the lengths.
    fn most(&self, other: usize) -> f32 {
        1.0 - self.length.abs_diff(other) as f32 / self.length.max(other) as f32
    }

    /// One less edit distance over the longer length.
    fn similarity(&self, other: &[u8]) -> f32 {
        if other.is_empty() {
            return 0.0;
        }
        let equal = other.iter().map(|&symbol| self.occurs[usize::from(symbol) % GROUPS]);
        self.alike(edit_distance(self.length, equal), other.len())
    }

    /// One less so many edits over the longer length.
    fn alike(&self, edits: usize, other: usize) -> f32 {
        1.0 - edits as f32 / self.length.max(other) as f32
    }

    /// The likest of a packed outline, whose match is worth `share`, and its words; all are gone through at once.
    fn similarity_with_words(&self, packed: u128, share: f32) -> f32 {
        let start = (Edits::of(self.length), 0);
        let (mut whole, mut word, mut best) = (start, start, 0.0f32);
        for sign in signs(packed) {
            match sign as u8 {
                NAME_STARTS => word = start,
                NAME_ENDS if word.1 > 0 => best = best.max(WORD_SHARE * self.alike(word.0.distance, word.1)),
                NAME_ENDS => {}
                _ => {
                    for (edits, length) in [&mut whole, &mut word] {
                        edits.go_on(self.occurs_by_sign[sign]);
                        *length += 1;
                    }
                }
            }
        }
        best.max(share * self.alike(whole.0.distance, whole.1))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_symbol_has_a_sign() {
        for &sound in TABLE.readings.iter().flat_map(|reading| &reading.sounds).filter(|&&sound| sound != SILENCE) {
            let symbol = TABLE.group[usize::from(sound)];
            let sign = sign_of(symbol);
            assert!(sign > END && sign < NAME_STARTS && symbol_of(sign) == symbol, "{sound} {symbol} {sign}");
        }
    }

    proptest! {
        #[test]
        fn packed_or_not_outlines_are_as_alike(query in "[a-z]{1,9}( [a-z]{2,9}| şəhəri)?", text in "[a-zəşç7]{1,12}([ -][a-z]{1,9})?", least in 0.0f32..0.9) {
            let (wanted, outline) = (OutlineQuery::new(&Outline::of(&query)), Outline::of(&text));
            if let Some(found) = wanted.similarity_of_packed(outline.pack(), least) {
                let plain = wanted.similarity(&outline, least);
                prop_assert!(found == plain || found.max(plain) <= least, "{} {}", found, plain);
            }
            prop_assert_eq!(has_marks(outline.pack()), outline.pack() != 0 && !outline.words.is_empty());
        }

        #[test]
        fn what_is_packed_comes_out_again(text in "([a-zəşç7]{1,9}[ -]?){0,6}(şəhəri|село)?") {
            let outline = Outline::of(&text);
            let mut again = Outline::of("Verin Talin");
            again.unpack(outline.pack());
            if outline.pack() != 0 {
                prop_assert_eq!((again.symbols, again.words), (outline.symbols, outline.words));
            }
        }
    }
}
