//! The index of near misses: the names that running text may misspell, by skeleton, each with a sketch of how it sounds.
//!
//! Far fewer names than `sounds` has, since little known places are not looked for, and asked for every unknown word of a
//! text: a sketch beside each spelling tells in some nanoseconds which few are worth reading.

use rustc_hash::FxHashSet;
use zerocopy::little_endian::{U32, U64};
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned};

use super::sounds::{LISTED_PENALTY, SkeletonRecord};
use super::{LayerIndex, indexes, split_person};
use crate::gazetteer::compiled::{Compiled, EntryView, FileBuilder, Layers, Section, SpellingView};
use crate::translit::{Outline, Skeleton, Sketch, SketchQuery, Sounding};

/// Of a shorter skeleton no family may be wrong: too little would be left.
const MIN_MISSPELT_FAMILIES: usize = 3;
/// Of a shorter one none may be taken for another.
const MIN_MISTAKEN_FAMILIES: usize = 4;

/// A spelling that running text may misspell.
#[derive(Clone, Copy, Debug, Default, FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned)]
#[repr(C)]
struct NearRecord {
    spelling: U32,
    sketch: U64,
}

/// What stands in a text for a spelling: the whole, of a person the family name.
pub(in crate::matcher) fn near_text<'t>(entry: EntryView<'_>, spelling: SpellingView<'t>) -> &'t str {
    family_or_whole(entry, spelling.text())
}

/// Of a person's full spelling the family name, of any other the whole.
pub(in crate::matcher) fn family_or_whole<'t>(entry: EntryView<'_>, full: &'t str) -> &'t str {
    split_person(entry, full).map_or(full, |(_, family)| family)
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

/// Adds to skeletons those of names that are a family away, and puts all in order.
pub(in crate::matcher) fn add_neighbours(skeletons: &mut Vec<Skeleton>, listed: &ListedSkeletons) {
    for at in 0..skeletons.len() {
        let skeleton = skeletons[at];
        if skeleton.len() >= MIN_MISSPELT_FAMILIES {
            skeleton.neighbours(MIN_MISTAKEN_FAMILIES, |near| {
                if listed.may_have(near) {
                    skeletons.push(near);
                }
            });
        }
    }
    skeletons.sort_unstable();
    skeletons.dedup();
}

/// A filter of some bits a skeleton: most of the hundreds that are a family away from a word are no name's.
#[derive(Debug)]
pub(in crate::matcher) struct ListedSkeletons {
    bits: Vec<u64>,
    /// How many bits of a hash are dropped.
    shift: u32,
}

impl ListedSkeletons {
    const BITS_A_SKELETON: usize = 8;

    pub(in crate::matcher) fn of(layers: &Layers) -> Self {
        let records = || indexes(layers).flat_map(|index| index.records::<SkeletonRecord>(Section::NearSkeletons));
        let bits = (records().count() * Self::BITS_A_SKELETON).clamp(64, 1 << 24).next_power_of_two();
        let mut filter = Self { bits: vec![0; bits / 64], shift: u32::BITS - bits.ilog2() };
        for record in records() {
            let bit = filter.bit_of(record.skeleton());
            filter.bits[bit / 64] |= 1 << (bit % 64);
        }
        filter
    }

    fn bit_of(&self, skeleton: Skeleton) -> usize {
        (skeleton.0.wrapping_mul(0x9E37_79B1) >> self.shift) as usize
    }

    /// Whether some name has the skeleton; hardly ever true if none has.
    fn may_have(&self, skeleton: Skeleton) -> bool {
        let bit = self.bit_of(skeleton);
        self.bits[bit / 64] & 1 << (bit % 64) != 0
    }
}

/// The names of one layer that running text may misspell.
#[derive(Clone, Copy)]
pub(in crate::matcher) struct NearNames<'i> {
    index: LayerIndex<'i>,
    skeletons: &'i [SkeletonRecord],
    postings: &'i [NearRecord],
}

impl<'i> NearNames<'i> {
    pub(in crate::matcher) fn of(index: LayerIndex<'i>) -> Self {
        let skeletons = index.records(Section::NearSkeletons);
        Self { index, skeletons, postings: index.records(Section::NearSounds) }
    }

    /// How many spellings there are.
    pub(in crate::matcher) fn len(self) -> usize {
        self.postings.len()
    }

    /// Adds the numbers of the spellings of these skeletons, which are in order, and of sketches at most so many edits apart. A spelling
    /// may be added several times.
    pub(in crate::matcher) fn find(
        self,
        skeletons: &[Skeleton],
        sketch: &SketchQuery,
        edits: usize,
        found: &mut Vec<u32>,
    ) {
        let mut at = 0;
        for &skeleton in skeletons {
            at += SkeletonRecord::first_at(self.skeletons.get(at..).unwrap_or_default(), skeleton);
            if self.skeletons.get(at).is_some_and(|record| record.skeleton() == skeleton) {
                let alike = self.postings.get(SkeletonRecord::postings(self.skeletons, at..at + 1)).unwrap_or_default();
                let near = alike.iter().filter(|near| sketch.is_within(Sketch(near.sketch.get()), edits));
                let numbers = near.map(|near| self.index.base | near.spelling.get());
                found.extend(numbers.filter(|&number| !self.index.layers.hides_spelling(number)));
            }
        }
    }
}
