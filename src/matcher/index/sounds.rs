//! The index by sound: from skeletons to the entries that have a spelling of it.
//!
//! Skeletons lie in order, each with the end of its postings; an entry stands once under a skeleton, with the first of its
//! spellings that has it. Edits are made on the query's side, so that an entry takes few bytes: listing every name under every
//! skeleton with a family left out, as symmetric deletes do, would take ten times as many.

use std::ops::Range;

use rustc_hash::FxHashSet;
use zerocopy::little_endian::U32;
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned};

use super::LayerIndex;
use crate::gazetteer::compiled::{Compiled, Section};
use crate::translit::{Skeleton, Sounding};

/// Readings of listed names are followed up to this penalty, those of a query further: what is listed is spelt well.
pub(super) const LISTED_PENALTY: u16 = 100;
const QUERY_PENALTY: u16 = 250;

/// Where fewer than so many are found, all are taken whose skeletons begin alike: of a long name much may be cut off.
const FEW: usize = 400;

/// A skeleton, and where its postings end; they begin where those of the one before end.
#[derive(Clone, Copy, Debug, Default, FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned)]
#[repr(C)]
pub(super) struct SkeletonRecord {
    skeleton: U32,
    end: U32,
}

impl SkeletonRecord {
    /// The records of postings whose skeletons, in order, are these.
    pub(super) fn of(skeletons: impl Iterator<Item = Skeleton>) -> Vec<Self> {
        let mut records: Vec<Self> = Vec::new();
        for (at, skeleton) in skeletons.enumerate() {
            let end = U32::new(at as u32 + 1);
            match records.last_mut() {
                Some(last) if last.skeleton == skeleton.0 => last.end = end,
                _ => records.push(Self { skeleton: skeleton.0.into(), end }),
            }
        }
        records
    }

    /// Where the first skeleton stands that is not less than this one.
    pub(super) fn first_at(records: &[Self], skeleton: Skeleton) -> usize {
        records.partition_point(|record| record.skeleton.get() < skeleton.0)
    }

    /// The same of a skeleton that is greater than all records before `at`, in leaps from there: of skeletons in order the next is near.
    fn next_at(records: &[Self], at: usize, skeleton: Skeleton) -> usize {
        let is_before = |at: usize| records.get(at).is_some_and(|record| record.skeleton.get() < skeleton.0);
        let (mut from, mut leap) = (at, 1);
        while is_before(from + leap - 1) {
            from += leap;
            leap *= 2;
        }
        let until = (from + leap).min(records.len());
        from + Self::first_at(&records[from.min(until)..until], skeleton)
    }

    /// The postings of some records.
    pub(super) fn postings(records: &[Self], range: Range<usize>) -> Range<usize> {
        let end = |at: Option<usize>| at.and_then(|at| records.get(at)).map_or(0, |record| record.end.get() as usize);
        end(range.start.checked_sub(1))..end(range.end.checked_sub(1))
    }

    pub(super) fn skeleton(self) -> Skeleton {
        Skeleton(self.skeleton.get())
    }
}

/// The sections of the index by sound.
pub(super) fn sounds(compiled: &Compiled) -> (Vec<SkeletonRecord>, Vec<U32>) {
    let mut postings: Vec<(Skeleton, u32)> = Vec::new();
    let mut known = FxHashSet::default();
    let (mut sounding, mut skeletons) = (Sounding::default(), Vec::new());
    for number in 0..compiled.len() {
        known.clear();
        for spelling in compiled.entry(number).spellings() {
            sounding.read(spelling.text());
            skeletons.clear();
            sounding.skeletons(LISTED_PENALTY, &mut skeletons);
            let fresh = skeletons.iter().filter(|&&skeleton| known.insert(skeleton));
            postings.extend(fresh.map(|&skeleton| (skeleton, spelling.number())));
        }
    }
    postings.sort_unstable();
    let records = SkeletonRecord::of(postings.iter().map(|posting| posting.0));
    (records, postings.iter().map(|&(_, spelling)| spelling.into()).collect())
}

/// The skeletons that a query asks for: its own, and those a family away.
#[derive(Clone, Debug, Default)]
pub(in crate::matcher) struct SoundQuery {
    own: Vec<Skeleton>,
    near: Vec<Skeleton>,
}

impl SoundQuery {
    pub(in crate::matcher) fn new(sounding: &Sounding) -> Self {
        let mut query = Self::default();
        sounding.skeletons(QUERY_PENALTY, &mut query.own);
        for skeleton in &query.own {
            skeleton.neighbours(0, |near| query.near.push(near));
        }
        query.near.sort_unstable();
        query.near.dedup();
        query.near.retain(|near| near.len() > 0 && query.own.binary_search(near).is_err());
        query
    }
}

impl<'i> LayerIndex<'i> {
    /// Calls `each` with the numbers in the layer of spellings that may sound like the query, those of its own skeletons first. A spelling
    /// may come several times.
    pub(in crate::matcher) fn for_each_sounding_like(self, query: &SoundQuery, mut each: impl FnMut(u32)) {
        let records = self.records::<SkeletonRecord>(Section::Skeletons);
        let mut found = 0;
        for skeletons in [&query.own, &query.near] {
            let mut at = 0;
            for &skeleton in skeletons {
                at = SkeletonRecord::next_at(records, at, skeleton);
                if records.get(at).is_some_and(|record| record.skeleton == skeleton.0) {
                    found += self.for_each_of(SkeletonRecord::postings(records, at..at + 1), &mut each);
                }
            }
        }
        for skeleton in &query.own {
            if found >= FEW {
                break;
            }
            let (first, last) = skeleton.beginning();
            let alike = SkeletonRecord::first_at(records, first)..SkeletonRecord::first_at(records, last);
            found += self.for_each_of(SkeletonRecord::postings(records, alike), &mut each);
        }
    }

    /// Calls `each` with the spellings of some postings, and counts them.
    fn for_each_of(self, postings: Range<usize>, each: &mut impl FnMut(u32)) -> usize {
        let postings = self.records::<U32>(Section::Sounds).get(postings).unwrap_or_default();
        let numbers = postings.iter().map(|number| number.get());
        let shown = numbers.filter(|&number| !self.layers.hides_spelling(self.base | number));
        shown.map(each).count()
    }
}
