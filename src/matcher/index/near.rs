//! The index of near misses: the names that running text may misspell, by skeleton, each with a sketch of how it sounds.
//!
//! Far fewer names than `sounds` has, since little known places are not looked for, and asked for every unknown word of a
//! text: a sketch beside each spelling tells in some nanoseconds which few are worth reading.

use std::ops::Range;

use rustc_hash::FxHashSet;
use zerocopy::little_endian::{U32, U64};
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned};

use super::sounds::SkeletonRecord;
use super::{LayerIndex, SoundQuery, split_person};
use crate::gazetteer::compiled::{Compiled, EntryView, FileBuilder, Section, SpellingView};
use crate::translit::{Outline, Skeleton, Sketch, SketchQuery, Sounding};

/// Readings of listed names are followed up to this penalty.
const LISTED_PENALTY: u16 = 100;

/// A spelling that running text may misspell.
#[derive(Clone, Copy, Debug, Default, FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned)]
#[repr(C)]
struct NearRecord {
    spelling: U32,
    sketch: U64,
}

/// What stands in a text for a spelling: the whole, of a person the family name.
pub(in crate::matcher) fn near_text<'t>(entry: EntryView<'_>, spelling: SpellingView<'t>) -> &'t str {
    split_person(entry, spelling.text()).map_or(spelling.text(), |(_, family)| family)
}

/// Adds the sections of the index of near misses, of those spellings of each entry that `is_near` chooses.
pub(super) fn add_near(
    compiled: &Compiled,
    builder: &mut FileBuilder,
    is_near: impl Fn(EntryView<'_>, SpellingView<'_>) -> bool,
) {
    let mut postings: Vec<(Skeleton, u32, Sketch)> = Vec::new();
    let mut known = FxHashSet::default();
    let (mut sounding, mut outline, mut skeletons) = (Sounding::default(), Outline::default(), Vec::new());
    for number in 0..compiled.len() {
        known.clear();
        let entry = compiled.entry(number);
        for spelling in entry.spellings().filter(|&spelling| is_near(entry, spelling)) {
            let text = near_text(entry, spelling);
            sounding.read(text);
            outline.read(text);
            skeletons.clear();
            sounding.whole_skeletons(LISTED_PENALTY, &mut skeletons);
            let sketch = outline.sketch();
            let fresh = skeletons.iter().filter(|&&skeleton| known.insert((skeleton, sketch)));
            postings.extend(fresh.map(|&skeleton| (skeleton, spelling.number(), sketch)));
        }
    }
    postings.sort_unstable();
    let records: Vec<NearRecord> = postings
        .iter()
        .map(|&(_, spelling, sketch)| NearRecord { spelling: spelling.into(), sketch: sketch.0.into() })
        .collect();
    builder.set(Section::NearSkeletons, &SkeletonRecord::of(postings.iter().map(|posting| posting.0)));
    builder.set(Section::NearSounds, &records);
}

impl LayerIndex<'_> {
    /// How many spellings may be misspelt.
    pub(in crate::matcher) fn near_count(self) -> usize {
        self.records::<NearRecord>(Section::NearSounds).len()
    }

    /// Adds the numbers of the spellings that may sound like the query: by skeleton, and by sketches at most so many edits apart.
    pub(in crate::matcher) fn near_misses(
        self,
        query: &SoundQuery,
        sketch: &SketchQuery,
        edits: usize,
        found: &mut Vec<u32>,
    ) {
        let records = self.records::<SkeletonRecord>(Section::NearSkeletons);
        let postings = self.records::<NearRecord>(Section::NearSounds);
        for skeleton in query.all() {
            let range: Range<usize> = SkeletonRecord::postings(records, skeleton);
            for posting in postings.get(range).unwrap_or_default() {
                if sketch.is_within(Sketch(posting.sketch.get()), edits) {
                    found.push(self.base | posting.spelling.get());
                }
            }
        }
    }
}
