//! Builds the index of a compiled gazetteer's entries, as sections of the same file.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;
use zerocopy::little_endian::U32;

use super::{
    BucketRecord, CONTINUES, KeyRecord, NearRecord, PARTS, Part, PostingRecord, fold_schwa_as_a, posting_flags,
    short_hash, sounds, spell, split_person,
};
use crate::error::Error;
use crate::gazetteer::SpellingKind;
use crate::gazetteer::compiled::{Compiled, EntryView, FileBuilder, Section, SpellingView};
use crate::lang::Lang;
use crate::matcher::fuzzy::{MIN_LETTERS, may_be_fuzzy, signature};
use crate::text::{Joint, Shape, fold, fold_alternate};

/// Keys a bucket holds on average.
const KEYS_A_BUCKET: usize = 4;

/// Adds the sections of the index to those of the entries.
pub(in crate::matcher) fn add_index(compiled: &Compiled, builder: &mut FileBuilder) -> Result<(), Error> {
    let mut drafts = Drafts::default();
    for number in 0..compiled.len() {
        drafts.add_entry(compiled.entry(number));
    }
    for (part, surfaces) in [(Part::Suppressed, compiled.suppressed()), (Part::Common, compiled.common())] {
        for (number, (surface, _)) in surfaces.iter().enumerate() {
            drafts.add(surface, number as u32, part, SpellingKind::Name, false);
        }
    }
    drafts.write(builder)?;
    sounds::add_sounds(compiled, builder);
    Ok(())
}

/// A posting before it is sorted in.
struct Draft {
    key: Box<str>,
    record: PostingRecord,
}

#[derive(Default)]
struct Drafts {
    postings: Vec<Draft>,
    /// What names of several words begin with.
    prefixes: FxHashSet<String>,
    /// Keys that may be matched fuzzily: their words with a space between, of several ways to divide it the one with the fewest.
    near: BTreeMap<String, String>,
    /// Name, part and text of what the entry at hand has already.
    known: FxHashSet<(u32, u8, String)>,
}

impl Drafts {
    fn add_entry(&mut self, entry: EntryView<'_>) {
        self.known.clear();
        let mut spellings: Vec<SpellingView<'_>> = entry.spellings().collect();
        // Of equal family names the English one stays.
        spellings.sort_by_key(|spelling| spelling.lang() != Lang::ENGLISH);
        for spelling in spellings {
            let text = spelling.text();
            let parts = split_person(entry, text);
            if let Some((_, family)) = parts
                && self.known.insert((spelling.name_number(), Part::Family as u8, family.to_owned()))
            {
                self.add_spelling(entry, spelling, family, Part::Family);
            }
            match parts {
                None => self.add_spelling(entry, spelling, text, Part::Whole),
                Some(_) if self.known.insert((spelling.name_number(), Part::FullName as u8, text.to_owned())) => {
                    self.add_spelling(entry, spelling, text, Part::FullName);
                }
                Some(_) => {}
            }
        }
    }

    fn add_spelling(&mut self, entry: EntryView<'_>, spelling: SpellingView<'_>, text: &str, part: Part) {
        let is_near = may_be_fuzzy(entry, spelling, part) && !is_abbreviation(text, spelling.kind());
        self.add(text, spelling.number(), part, spelling.kind(), is_near);
    }

    fn add(&mut self, text: &str, target: u32, part: Part, kind: SpellingKind, is_near: bool) {
        let part_code = PARTS.iter().position(|&known| known == part).unwrap_or_default() as u8;
        let mut flags = part_code;
        if is_abbreviation(text, kind) {
            flags |= posting_flags::ABBREVIATION;
        }
        if Shape::of(text) == Shape::Lower {
            flags |= posting_flags::LOWER;
        }
        let is_near = is_near && flags == part_code;
        self.add_key(text, fold, PostingRecord { target: target.into(), flags }, is_near);
        if fold_alternate(text).is_some_and(|alternate| alternate != fold(text)) {
            let flags = flags | posting_flags::ALTERNATE;
            self.add_key(text, fold_schwa_as_a, PostingRecord { target: target.into(), flags }, is_near);
        }
    }

    fn add_key(&mut self, text: &str, fold: fn(&str) -> String, record: PostingRecord, is_near: bool) {
        let (key, joints) = spell(text, fold);
        if key.is_empty() {
            return;
        }
        self.prefixes.extend(joints.iter().map(|&(end, _)| key[..end].to_owned()));
        if is_near && key.chars().count() >= MIN_LETTERS {
            self.add_near(&key, &joints);
        }
        self.postings.push(Draft { key: key.into(), record });
    }

    fn add_near(&mut self, key: &str, joints: &[(usize, Joint)]) {
        let words = divide(key, joints);
        let divisions = |words: &str| words.matches(' ').count();
        let is_plainer = |known: &String| divisions(&words) < divisions(known);
        if self.near.get(key).is_none_or(is_plainer) {
            self.near.insert(key.to_owned(), words);
        }
    }

    fn write(self, builder: &mut FileBuilder) -> Result<(), Error> {
        let count = self.postings.len() + self.prefixes.len();
        let bits = (count / KEYS_A_BUCKET).max(1).ilog2().min(31);
        let hash = |key: &str| short_hash(key, bits);
        let mut postings: Vec<(u64, PostingRecord)> =
            self.postings.iter().map(|draft| (hash(&draft.key), draft.record)).collect();
        postings.sort_by_key(|&(hash, _)| hash);
        let mut prefixes: Vec<u64> = self.prefixes.iter().map(|key| hash(key)).collect();
        prefixes.sort_unstable();
        let mut hashes: Vec<u64> = postings.iter().map(|&(hash, _)| hash).chain(prefixes.iter().copied()).collect();
        hashes.sort_unstable();
        hashes.dedup();

        let mut keys = Vec::with_capacity(hashes.len());
        let mut buckets = vec![BucketRecord::default(); (1 << bits) + 1];
        let mut first = 0;
        for &hash in &hashes {
            let continues = if prefixes.binary_search(&hash).is_ok() { CONTINUES } else { 0 };
            let count = postings[first..].iter().take_while(|(other, _)| *other == hash).count();
            let fits = u16::try_from(count).ok().filter(|count| count & CONTINUES == 0);
            let Some(count) = fits else {
                return Err(Error::value(format!("{count} spellings fold alike; a compiled gazetteer holds 32,767")));
            };
            keys.push(KeyRecord { hash: (hash as u16).into(), count: (count | continues).into() });
            first += usize::from(count);
            buckets[(hash >> 16) as usize + 1] =
                BucketRecord { key: (keys.len() as u32).into(), posting: (first as u32).into() };
        }
        for at in 1..buckets.len() {
            if buckets[at].key == 0 {
                buckets[at] = buckets[at - 1];
            }
        }
        let postings: Vec<PostingRecord> = postings.into_iter().map(|(_, record)| record).collect();
        builder.set(Section::Buckets, &buckets);
        builder.set(Section::Keys, &keys);
        builder.set(Section::Postings, &postings);
        write_near(&self.near, builder);
        Ok(())
    }
}

/// The near keys by their number of letters.
fn write_near(near: &BTreeMap<String, String>, builder: &mut FileBuilder) {
    let mut by_length: Vec<(usize, &String, &String)> =
        near.iter().map(|(key, words)| (key.chars().count(), key, words)).collect();
    by_length.sort();
    let (mut records, mut text) = (Vec::new(), String::new());
    // Where the keys of each length begin.
    let mut starts: Vec<U32> = vec![U32::new(0)];
    for (length, key, words) in by_length {
        starts.resize(starts.len().max(length + 1), (records.len() as u32).into());
        records.push(NearRecord {
            signature: signature(key).into(),
            offset: (text.len() as u32).into(),
            length: (words.len() as u16).into(),
        });
        text.push_str(words);
    }
    starts.push((records.len() as u32).into());
    builder.set(Section::NearLengths, &starts);
    builder.set(Section::Near, &records);
    builder.set(Section::NearText, text.as_bytes());
}

/// A key's words with a space between; an apostrophe divides nothing.
fn divide(key: &str, joints: &[(usize, Joint)]) -> String {
    let mut words = String::with_capacity(key.len() + joints.len());
    let mut start = 0;
    for &(end, _) in joints.iter().filter(|(_, joint)| *joint != Joint::Apostrophe) {
        words.push_str(&key[start..end]);
        words.push(' ');
        start = end;
    }
    words.push_str(&key[start..]);
    words
}

fn is_abbreviation(text: &str, kind: SpellingKind) -> bool {
    const MAX_LETTERS: usize = 5;
    let is_capitals = || Shape::of(text) == Shape::Upper && text.chars().count() <= MAX_LETTERS;
    kind == SpellingKind::Abbreviation || is_capitals()
}
