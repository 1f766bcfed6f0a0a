//! Builds the index of a compiled gazetteer's entries, as sections of the same file.

use rustc_hash::FxHashSet;

use super::{
    BucketRecord, CONTINUES, Continuations, KeyRecord, PARTS, Part, PostingRecord, fold_schwa_as_a, near,
    posting_flags, shorten, sounds, spell, split_person, whole_hash,
};
use crate::error::Error;
use crate::gazetteer::SpellingKind;
use crate::gazetteer::compiled::{Compiled, EntryView, FileBuilder, Section, SpellingView};
use crate::lang::Lang;
use crate::matcher::near_miss::is_looked_for;
use crate::text::{Shape, fold, fold_alternate};

/// Keys a bucket holds on average.
const KEYS_A_BUCKET: usize = 4;

/// Adds the sections of the index to those of the entries. How names sound takes longest, and nothing else is needed for it.
pub(in crate::matcher) fn add_index(compiled: &Compiled, builder: &mut FileBuilder) -> Result<(), Error> {
    let (skeletons, sounds) = std::thread::scope(|scope| {
        let sounding = scope.spawn(|| sounds::sounds(compiled));
        drafts(compiled).write(builder)?;
        near::add_near(compiled, builder, may_be_misspelt);
        sounding.join().map_err(|_| Error::value("the index by sound could not be built"))
    })?;
    builder.set(Section::Skeletons, &skeletons);
    builder.set(Section::Sounds, &sounds);
    Ok(())
}

fn drafts(compiled: &Compiled) -> Drafts {
    let mut drafts = Drafts::default();
    for number in 0..compiled.len() {
        drafts.add_entry(compiled.entry(number));
    }
    for (part, surfaces) in [(Part::Suppressed, compiled.suppressed()), (Part::Common, compiled.common())] {
        for (number, (surface, _)) in surfaces.iter().enumerate() {
            drafts.add(surface, number as u32, part, SpellingKind::Name);
        }
    }
    drafts
}

#[derive(Default)]
struct Drafts {
    /// Each with its key's hash: the keys themselves would take half a gigabyte for ten million names.
    postings: Vec<(u64, PostingRecord)>,
    /// Hashes of what names of several words begin with.
    prefixes: FxHashSet<u64>,
    continuations: Continuations,
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
                self.add_spelling(spelling, family, Part::Family);
            }
            match parts {
                None => self.add_spelling(spelling, text, Part::Whole),
                Some(_) if self.known.insert((spelling.name_number(), Part::FullName as u8, text.to_owned())) => {
                    self.add_spelling(spelling, text, Part::FullName);
                }
                Some(_) => {}
            }
        }
    }

    fn add_spelling(&mut self, spelling: SpellingView<'_>, text: &str, part: Part) {
        self.add(text, spelling.number(), part, spelling.kind());
    }

    fn add(&mut self, text: &str, target: u32, part: Part, kind: SpellingKind) {
        let part_code = PARTS.iter().position(|&known| known == part).unwrap_or_default() as u8;
        let mut flags = part_code;
        if is_abbreviation(text, kind) {
            flags |= posting_flags::ABBREVIATION;
        }
        if Shape::of(text) == Shape::Lower {
            flags |= posting_flags::LOWER;
        }
        self.add_key(text, fold, PostingRecord { target: target.into(), flags });
        if fold_alternate(text).is_some_and(|alternate| alternate != fold(text)) {
            let flags = flags | posting_flags::ALTERNATE;
            self.add_key(text, fold_schwa_as_a, PostingRecord { target: target.into(), flags });
        }
    }

    fn add_key(&mut self, text: &str, fold: fn(&str) -> String, record: PostingRecord) {
        let (key, joints) = spell(text, fold);
        if key.is_empty() {
            return;
        }
        self.prefixes.extend(joints.iter().map(|&(end, _)| whole_hash(&key[..end])));
        let starts: Vec<usize> = joints.iter().map(|&(start, _)| start).collect();
        self.continuations.add(&key, &starts);
        self.postings.push((whole_hash(&key), record));
    }

    fn write(self, builder: &mut FileBuilder) -> Result<(), Error> {
        let count = self.postings.len() + self.prefixes.len();
        let bits = (count / KEYS_A_BUCKET).max(1).ilog2().min(31);
        let mut postings = self.postings;
        postings.iter_mut().for_each(|(hash, _)| *hash = shorten(*hash, bits));
        postings.sort_by_key(|&(hash, _)| hash);
        let mut prefixes: Vec<u64> = self.prefixes.into_iter().map(|hash| shorten(hash, bits)).collect();
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
        builder.set(Section::Continuations, &self.continuations.bits());
        Ok(())
    }
}

fn is_abbreviation(text: &str, kind: SpellingKind) -> bool {
    const MAX_LETTERS: usize = 5;
    let is_capitals = || Shape::of(text) == Shape::Upper && text.chars().count() <= MAX_LETTERS;
    kind == SpellingKind::Abbreviation || is_capitals()
}

/// Whether running text is searched for misspellings of this spelling: no abbreviation, and no name that is written in small letters.
fn may_be_misspelt(entry: EntryView<'_>, spelling: SpellingView<'_>) -> bool {
    let text = near::near_text(entry, spelling);
    // Of people who are known by their full names only, a stranger's first name would be taken for a misspelling.
    let is_whole_person = entry.person().is_some() && text.len() == spelling.text().len();
    !is_whole_person
        && is_looked_for(entry, spelling)
        && !is_abbreviation(text, spelling.kind())
        && Shape::of(text) != Shape::Lower
}
