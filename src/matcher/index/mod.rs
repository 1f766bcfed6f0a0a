//! The exact index: from the folded words of a spelling to the entries that bear it.
//!
//! The key of a spelling is its folded words run together, so `Karin Tak`, `Karin-Tak` and `Karintak` share a key; what
//! stood between the words is compared on a hit. Every prefix of whole words is in the table as well, marked as
//! continuing: a scan stops at the first word that continues no name. A leftmost-longest automaton over characters was
//! rejected: a longer match that ends inside a word hides the right one, and 3 % of names are lost.
//!
//! The table lies in the compiled gazetteer and holds hashes only: the upper bits choose a bucket, 16 more tell its few
//! keys apart, and on a hit the listed spelling is folded and compared. Storing the keys would double the file.

mod build;
mod continuations;
mod near;
mod sounds;

pub(super) use build::add_index;
use continuations::Continuations;
pub(super) use near::{ListedSkeletons, NearNames, add_neighbours, family_or_whole, near_text};
pub(super) use sounds::SoundQuery;

use xxhash_rust::xxh3::xxh3_64;
use zerocopy::little_endian::{U16, U32};
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned};

use super::mention::SpellingRef;
use crate::gazetteer::compiled::{Compiled, EntryView, Layers, Section};
use crate::text::{Joint, fold, fold_alternate, key_of, words};

/// What a key stands for in one entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A whole listed spelling.
    Whole,
    /// The family name of a person.
    Family,
    /// The full name of a person, for lookups; in text it is put together from its parts.
    FullName,
    /// A phrase in which nothing is marked.
    Suppressed,
    /// A surface that is an ordinary word or a person's name as well.
    Common,
    /// A person's family name under another first name; never in the index.
    Stranger,
}

impl Part {
    /// Whether it belongs to an entry.
    pub(super) fn is_of_entry(self) -> bool {
        !matches!(self, Self::Suppressed | Self::Common)
    }
}

/// The parts that an index may hold, by their code in a posting's flags.
const PARTS: [Part; 5] = [Part::Whole, Part::Family, Part::FullName, Part::Suppressed, Part::Common];

/// What else stands in a posting's flags, above the part.
mod posting_flags {
    pub(super) const PART: u8 = 0b111;
    /// Counts only in capitals: `US`.
    pub(super) const ABBREVIATION: u8 = 8;
    /// Listed in small letters: case says nothing.
    pub(super) const LOWER: u8 = 16;
    /// The key reads schwa as `a`.
    pub(super) const ALTERNATE: u8 = 32;
}

/// Where the keys of a bucket, and their postings, begin; they reach up to those of the next bucket.
#[derive(Clone, Copy, Debug, Default, FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned)]
#[repr(C)]
struct BucketRecord {
    key: U32,
    posting: U32,
}

/// A key. Its postings follow those of the key before.
#[derive(Clone, Copy, Debug, Default, FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned)]
#[repr(C)]
struct KeyRecord {
    /// The hash's bits below those of the bucket.
    hash: U16,
    /// How many postings; the upper bit says that longer names begin with this key.
    count: U16,
}

impl KeyRecord {
    fn continues(self) -> bool {
        self.count.get() & CONTINUES != 0
    }

    fn postings(self) -> usize {
        usize::from(self.count.get() & !CONTINUES)
    }
}

const CONTINUES: u16 = 1 << 15;

/// A spelling under a key.
#[derive(Clone, Copy, Debug, Default, FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned)]
#[repr(C)]
struct PostingRecord {
    /// The number of a spelling, or of a suppressed phrase.
    target: U32,
    flags: u8,
}

/// One spelling under a key.
#[derive(Clone, Debug)]
pub(super) struct Posting<'i> {
    pub(super) at: SpellingRef,
    pub(super) part: Part,
    /// The listed text (of a family name: that part of it).
    pub(super) text: &'i str,
    /// Where in the key a new word starts, and what joins it to the word before.
    pub(super) joints: Vec<(usize, Joint)>,
    /// Counts only in capitals: `US`.
    pub(super) is_abbreviation: bool,
    /// Listed in small letters: case says nothing.
    pub(super) is_lower: bool,
}

/// The spellings of one key.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slot<'i> {
    layer: LayerIndex<'i>,
    postings: &'i [PostingRecord],
    /// Whether longer names begin with this key.
    pub(super) continues: bool,
}

impl<'i> Slot<'i> {
    /// The spellings whose key this really is: a slot is found by its hash.
    pub(super) fn postings(self, key: &str) -> impl Iterator<Item = Posting<'i>> {
        self.postings.iter().filter_map(move |record| self.layer.posting(*record, key))
    }
}

/// The index of one layer.
#[derive(Clone, Copy, Debug)]
pub(super) struct LayerIndex<'i> {
    layers: &'i Layers,
    compiled: &'i Compiled,
    base: u32,
}

/// The indexes of all layers.
pub(super) fn indexes(layers: &Layers) -> impl Iterator<Item = LayerIndex<'_>> {
    let layer = |(at, compiled)| LayerIndex { layers, compiled, base: Layers::base(at) };
    layers.all().iter().enumerate().map(layer)
}

impl<'i> LayerIndex<'i> {
    /// The number among all layers of a record of this one.
    pub(super) fn number(self, local: u32) -> u32 {
        self.base | local
    }

    /// What is listed under a key.
    pub(super) fn slot(self, key: &str) -> Option<Slot<'i>> {
        let buckets = self.records::<BucketRecord>(Section::Buckets);
        let hash = shorten(whole_hash(key), buckets.len().checked_sub(1)?.checked_ilog2()?);
        let bucket = buckets.get((hash >> 16) as usize)?;
        let end = buckets.get((hash >> 16) as usize + 1)?;
        let keys = self.records::<KeyRecord>(Section::Keys).get(bucket.key.get() as usize..end.key.get() as usize)?;
        let mut first = bucket.posting.get() as usize;
        for key in keys {
            if key.hash.get() == hash as u16 {
                let postings = self.records(Section::Postings).get(first..first + key.postings())?;
                return Some(Slot { layer: self, postings, continues: key.continues() });
            }
            first += key.postings();
        }
        None
    }

    /// Whether a name may go on with a folded word that does not begin it; hardly ever so of words with which none does.
    pub(super) fn may_go_on_with(self, word: &str) -> bool {
        Continuations::has(self.records(Section::Continuations), word)
    }

    /// The posting of a record, if its key is `key`, and no layer above replaces or removes the entry.
    fn posting(self, record: PostingRecord, key: &str) -> Option<Posting<'i>> {
        let flag = |flag: u8| record.flags & flag != 0;
        let part = *PARTS.get(usize::from(record.flags & posting_flags::PART))?;
        let number = self.base | record.target.get();
        if part.is_of_entry() && self.layers.hides_spelling(number) {
            return None;
        }
        let text = self.text(part, record.target.get());
        let joints = if text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            // One plain word, as most names are.
            text.eq_ignore_ascii_case(key).then(Vec::new)?
        } else if text.is_ascii() {
            is_key_of_ascii(text, key).then(|| joints_of_ascii(text))?
        } else {
            let fold = if flag(posting_flags::ALTERNATE) { fold_schwa_as_a } else { fold };
            let (listed, joints) = spell(text, fold);
            (listed == key).then_some(joints)?
        };
        Some(Posting {
            at: match part {
                Part::Suppressed | Part::Common => SpellingRef { entry: self.base, spelling: number },
                _ => SpellingRef { entry: self.layers.spelling(number).entry(), spelling: number },
            },
            part,
            text,
            joints,
            is_abbreviation: flag(posting_flags::ABBREVIATION),
            is_lower: flag(posting_flags::LOWER),
        })
    }

    fn text(self, part: Part, target: u32) -> &'i str {
        let spelling = self.layers.spelling(self.base | target);
        match part {
            Part::Suppressed => return self.compiled.suppressed().surface(target),
            Part::Common => return self.compiled.common().surface(target),
            Part::Family => {}
            Part::Whole | Part::FullName | Part::Stranger => return spelling.text(),
        }
        split_person(self.layers.entry(spelling.entry()), spelling.text()).map_or("", |(_, family)| family)
    }

    fn records<R: FromBytes + Immutable + KnownLayout + Unaligned>(self, section: Section) -> &'i [R] {
        self.compiled.file().records(section)
    }
}

/// The folded given names of a person, in every listed spelling.
pub(super) fn givens(entry: EntryView<'_>) -> Vec<String> {
    let mut givens = Vec::new();
    for (given, _) in entry.spellings().filter_map(|spelling| split_person(entry, spelling.text())) {
        let key = key_of(given);
        if !givens.contains(&key) {
            givens.push(key);
        }
    }
    givens
}

/// A person's full spelling as given and family name, by the number of words in the English family name; `None` if it has no two parts.
pub(super) fn split_person<'t>(entry: EntryView<'_>, full: &'t str) -> Option<(&'t str, &'t str)> {
    let family_words = entry.person()?.family_words();
    let parts: Vec<&str> = full.split_whitespace().collect();
    let first = *parts.get(parts.len().checked_sub(family_words).filter(|&given_words| given_words > 0)?)?;
    let start = first.as_ptr() as usize - full.as_ptr() as usize;
    Some((full[..start].trim_end(), &full[start..]))
}

/// Whether a key is that of a text of ASCII characters.
fn is_key_of_ascii(text: &str, key: &str) -> bool {
    let letters = text.bytes().filter(u8::is_ascii_alphanumeric);
    letters.map(|letter| letter.to_ascii_lowercase()).eq(key.bytes())
}

/// What joins the words of a text of ASCII characters, whose keys are as long as they are.
fn joints_of_ascii(text: &str) -> Vec<(usize, Joint)> {
    let mut length = 0;
    let mut joints = Vec::new();
    for word in words(text) {
        if length > 0 {
            joints.push((length, word.joint));
        }
        length += word.span.end - word.span.start;
    }
    joints
}

/// A text's folded words run together, with what joins them.
fn spell(text: &str, fold: fn(&str) -> String) -> (String, Vec<(usize, Joint)>) {
    let (mut key, mut joints) = (String::new(), Vec::new());
    for word in words(text) {
        if !key.is_empty() {
            joints.push((key.len(), word.joint));
        }
        key.push_str(&fold(&text[word.span.range()]));
    }
    (key, joints)
}

/// The folded form of a word in which schwa is `a`.
fn fold_schwa_as_a(word: &str) -> String {
    fold_alternate(word).unwrap_or_else(|| fold(word))
}

fn whole_hash(key: &str) -> u64 {
    xxh3_64(key.as_bytes())
}

/// So many upper bits of a key's hash: the bucket, and 16 more that tell its keys apart.
fn shorten(hash: u64, bits: u32) -> u64 {
    hash >> (48 - bits)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn plain_texts_are_spelt_as_all_are(text in "([A-Za-z0-9]{1,4}[ .,'-]{0,3}){1,5}|[ -~]{0,12}") {
            let (key, joints) = spell(&text, fold);
            prop_assert!(is_key_of_ascii(&text, &key));
            let longer = key.clone() + "a";
            prop_assert!(!is_key_of_ascii(&text, &longer));
            prop_assert!(key.is_empty() || !is_key_of_ascii(&text, &key[1..]));
            prop_assert_eq!(joints_of_ascii(&text), joints);
        }
    }
}
