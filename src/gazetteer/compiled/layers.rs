//! Several compiled gazetteers as one: the bundled one and, above it, a person's own.
//!
//! A number stands for an entry or spelling of all layers: the layer in the upper four bits, the record in the rest. A layer that changes
//! entries below holds them anew as a whole, and the old ones are hidden; so whoever reads an entry reads one record, and only what
//! a layer touches costs anything. Joining the fields of two records at every look was rejected: it would slow down the untouched ones.

use std::collections::BTreeSet;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::file::Section;
use super::records::{EntryRecord, NONE};
use super::view::{EntryView, SpellingView};
use super::{Compiled, Links};
use crate::error::{Error, Position, Problem};
use crate::gazetteer::Choice;

const LAYER_SHIFT: u32 = 28;
/// One more than the highest number of a record in its layer.
pub(crate) const MAX_RECORDS: u32 = 1 << LAYER_SHIFT;
/// So many layers can be numbered; the highest number of the last one would stand for "none".
const MAX_LAYERS: usize = 15;

/// Compiled gazetteers that are searched together. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Layers {
    layers: Vec<Compiled>,
}

impl Layers {
    /// Layers, lowest first: each has ids of its own, and replaces or removes entries of those that it was compiled over.
    pub(crate) fn new(layers: Vec<Compiled>) -> Result<Self, Error> {
        if layers.len() > MAX_LAYERS {
            return Err(Error::value(format!(
                "{} gazetteers; at most {MAX_LAYERS} can be used together",
                layers.len()
            )));
        }
        let mut layers = Self { layers };
        layers.check_bases()?;
        layers.link();
        let clashes = layers.clashes();
        if clashes.is_empty() { Ok(layers) } else { Err(Error::gazetteer(clashes)) }
    }

    /// A layer that changes others fits only those that it was compiled over.
    fn check_bases(&self) -> Result<(), Error> {
        for (at, layer) in self.layers.iter().enumerate() {
            let below = self.layers[..at].iter().map(Compiled::identity);
            if !layer.base().is_empty() && !below.eq(layer.base().iter().map(|identity| identity.get())) {
                return Err(Error::compiled(layer.file.name(), WRONG_BASE));
            }
        }
        Ok(())
    }

    /// Finds what each layer hides, and what its references to others mean.
    fn link(&mut self) {
        let mut moved = vec![FxHashMap::default(); self.layers.len()];
        for (at, layer) in self.layers.iter().enumerate().skip(1) {
            for (id, number) in layer.changed() {
                let target = number.map(|number| Self::base(at) | number);
                for (below, moved) in self.layers[..at].iter().zip(&mut moved) {
                    moved.extend(below.position(id).map(|hidden| (hidden, target)));
                }
            }
        }
        for (layer, moved) in self.layers.iter_mut().zip(moved) {
            layer.links = Arc::new(Links { external: Vec::new(), moved });
        }
        let external: Vec<Vec<Option<u32>>> =
            self.layers.iter().map(|layer| layer.external().map(|id| self.position(id)).collect()).collect();
        for (layer, external) in self.layers.iter_mut().zip(external) {
            if !external.is_empty() {
                layer.links = Arc::new(Links { external, moved: layer.links.moved.clone() });
            }
        }
    }

    /// Entries of a layer whose ids an earlier layer has.
    fn clashes(&self) -> Vec<Problem> {
        let mut clashes = Vec::new();
        for (at, layer) in self.layers.iter().enumerate().skip(1) {
            let mut taken = BTreeSet::new();
            for below in &self.layers[..at] {
                let shown = |id: &&str| below.position(id).is_some_and(|number| !below.hides(number));
                taken.extend(common_ids(below, layer).into_iter().filter(shown));
            }
            clashes.extend(taken.into_iter().map(id_clash));
        }
        clashes
    }

    pub(crate) fn all(&self) -> &[Compiled] {
        &self.layers
    }

    /// The number of the entry with this id, of the topmost layer that has it.
    pub(crate) fn position(&self, id: &str) -> Option<u32> {
        self.versions(id).find(|&number| {
            let (compiled, _, local) = self.locate(number);
            !compiled.hides(local)
        })
    }

    /// The numbers of all entries with this id, hidden ones as well, topmost layer first.
    pub(crate) fn versions(&self, id: &str) -> impl Iterator<Item = u32> {
        let layers = self.layers.iter().enumerate().rev();
        layers.filter_map(move |(at, layer)| Some(Self::base(at) | layer.position(id)?))
    }

    /// The numbers of all entries that are not hidden, lowest layer first.
    pub(crate) fn entries(&self) -> impl Iterator<Item = u32> {
        self.layers.iter().enumerate().flat_map(|(at, layer)| {
            (0..layer.len()).filter(|&number| !layer.hides(number)).map(move |number| Self::base(at) | number)
        })
    }

    /// The entry with this number.
    pub(crate) fn entry(&self, number: u32) -> EntryView<'_> {
        let (compiled, base, local) = self.locate(number);
        EntryView::new(compiled, base, local)
    }

    /// What contains the entry with this number, and the disputed area that it lies in. Asked for so often that no more is read.
    pub(crate) fn outer(&self, number: u32) -> impl Iterator<Item = u32> {
        let (compiled, base, local) = self.locate(number);
        let record = compiled.file.records::<EntryRecord>(Section::Entries).get(local as usize);
        let outer = record.map_or([NONE; 2], |record| [record.within.get(), record.disputed.get()]);
        outer.into_iter().filter(|&outer| outer != NONE).filter_map(move |outer| compiled.reference(base, outer))
    }

    /// The spelling with this number.
    pub(crate) fn spelling(&self, number: u32) -> SpellingView<'_> {
        let (compiled, base, local) = self.locate(number);
        SpellingView::new(compiled, base, local)
    }

    /// Whether a layer above replaces or removes the entry of a spelling, or removes all entries that the spelling needs: it is
    /// never meant then.
    pub(crate) fn hides_spelling(&self, number: u32) -> bool {
        let (compiled, base, local) = self.locate(number);
        compiled.is_linked() && {
            let spelling = SpellingView::new(compiled, base, local);
            let lacks_needs = || spelling.has_needs() && spelling.needs().next().is_none();
            compiled.hides(spelling.entry() & (MAX_RECORDS - 1)) || lacks_needs()
        }
    }

    /// The rules of all policies, lowest layer first: the policy, the entry, and what to choose.
    pub(crate) fn policies(&self) -> impl Iterator<Item = (&str, Option<u32>, Choice)> {
        self.layers.iter().enumerate().flat_map(|(at, layer)| {
            layer.policies().filter_map(move |(policy, entry, choose)| match entry {
                None => Some((policy, None, choose)),
                // A rule about an entry that is removed goes with it.
                Some(number) => layer.reference(Self::base(at), number).map(|entry| (policy, Some(entry), choose)),
            })
        })
    }

    /// The number of the first record of a layer.
    pub(crate) fn base(layer: usize) -> u32 {
        (layer as u32) << LAYER_SHIFT
    }

    /// The layer of a record.
    pub(crate) fn layer(number: u32) -> usize {
        (number >> LAYER_SHIFT) as usize
    }

    /// The layer of a record, the number of the layer's first record, and the record's number in it.
    pub(super) fn locate(&self, number: u32) -> (&Compiled, u32, u32) {
        let layer = Self::layer(number);
        let compiled = self.layers.get(layer).unwrap_or(&self.layers[0]);
        (compiled, Self::base(layer), number & (MAX_RECORDS - 1))
    }
}

/// The ids that two layers have both. Each list leaps over what the other lacks: ids of one source lie together, so of a million ids some are looked at.
fn common_ids<'c>(one: &'c Compiled, other: &'c Compiled) -> Vec<&'c str> {
    let (mut ahead, mut behind) = ((one, 0), (other, 0));
    let mut common = Vec::new();
    while let Some(id) = ahead.0.id_at(ahead.1) {
        behind.1 = behind.0.first_id_from(behind.1, id);
        match behind.0.id_at(behind.1) {
            Some(same) if same == id => {
                common.push(id);
                ahead.1 += 1;
            }
            Some(_) => std::mem::swap(&mut ahead, &mut behind),
            None => break,
        }
    }
    common
}

const WRONG_BASE: &str = "it is a layer, compiled over other gazetteers, or other versions of them, than lie below it here; name them in the same \
     order, or compile it again with `toponorm gazetteer compile LAYER --over BASE -o FILE.topo`";

/// The problem that two gazetteers that are to be used together have an entry of the same id.
fn id_clash(id: &str) -> Problem {
    Problem::error(
        Position::default(),
        format!("the id `{id}` is in two of the gazetteers"),
        "give your entry another id; or, to correct the other's entry, name the CSV files instead of a compiled gazetteer, or compile them with `--over`",
    )
}

#[cfg(test)]
mod tests {
    use proptest::collection::btree_set;
    use proptest::prelude::*;
    use zerocopy::little_endian::U32;

    use super::super::file::{File, FileBuilder, Section};
    use super::super::records::{EntryRecord, Text};
    use super::*;

    fn compiled(ids: &BTreeSet<String>) -> Compiled {
        let (mut text, mut entries) = (String::new(), Vec::new());
        for id in ids {
            let stored = Text { offset: (text.len() as u32).into(), length: (id.len() as u16).into() };
            text.push_str(id);
            entries.push(EntryRecord { id: stored, ..EntryRecord::default() });
        }
        let numbers: Vec<U32> = (0..entries.len() as u32).map(U32::from).collect();
        let mut builder = FileBuilder::new();
        builder.set(Section::Text, text.as_bytes());
        builder.set(Section::Entries, &entries);
        builder.set(Section::Ids, &numbers);
        Compiled::new(File::from_vec(builder.finish()).unwrap())
    }

    proptest! {
        #[test]
        fn ids_of_both_are_found(one in btree_set("(gn:|wd:)?[a-c]{1,3}", 0..40), other in btree_set("(gn:)?[a-c]{1,3}", 0..40)) {
            let expected: Vec<&str> = one.intersection(&other).map(String::as_str).collect();
            let (one, other) = (compiled(&one), compiled(&other));
            prop_assert_eq!(common_ids(&one, &other), expected.clone());
            prop_assert_eq!(common_ids(&other, &one), expected);
        }
    }
}
