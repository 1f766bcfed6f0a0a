//! Several compiled gazetteers as one: the bundled one and, above it, a person's own.
//!
//! A number stands for an entry or spelling of all layers: the layer in the upper four bits, the record in the rest.

use super::Compiled;
use super::view::{EntryView, SpellingView};
use crate::error::{Error, Problem};
use crate::gazetteer::{Choice, id_clash};

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
    /// Layers whose entries have ids of their own.
    pub(crate) fn new(layers: Vec<Compiled>) -> Result<Self, Error> {
        if layers.len() > MAX_LAYERS {
            return Err(Error::value(format!(
                "{} gazetteers; at most {MAX_LAYERS} can be used together",
                layers.len()
            )));
        }
        let layers = Self { layers };
        let clashes = layers.clashes();
        if clashes.is_empty() { Ok(layers) } else { Err(Error::gazetteer(clashes)) }
    }

    /// Entries of a layer whose ids an earlier layer has.
    fn clashes(&self) -> Vec<Problem> {
        let mut clashes = Vec::new();
        for (at, layer) in self.layers.iter().enumerate().skip(1) {
            let taken = layer.ids().filter(|id| self.layers[..at].iter().any(|earlier| earlier.position(id).is_some()));
            clashes.extend(taken.map(id_clash));
        }
        clashes
    }

    pub(crate) fn all(&self) -> &[Compiled] {
        &self.layers
    }

    /// The entry with this number.
    pub(crate) fn entry(&self, number: u32) -> EntryView<'_> {
        let (compiled, base, local) = self.locate(number);
        EntryView::new(compiled, base, local)
    }

    /// The spelling with this number.
    pub(crate) fn spelling(&self, number: u32) -> SpellingView<'_> {
        let (compiled, base, local) = self.locate(number);
        SpellingView::new(compiled, base, local)
    }

    /// The rules of all policies, lowest layer first: the policy, the entry, and what to choose.
    pub(crate) fn policies(&self) -> impl Iterator<Item = (&str, Option<u32>, Choice)> {
        self.layers.iter().enumerate().flat_map(|(at, layer)| {
            let global = move |number: u32| Self::base(at) | number;
            layer.policies().map(move |(policy, entry, choose)| (policy, entry.map(global), choose))
        })
    }

    /// The number of the first record of a layer.
    pub(crate) fn base(layer: usize) -> u32 {
        (layer as u32) << LAYER_SHIFT
    }

    fn locate(&self, number: u32) -> (&Compiled, u32, u32) {
        let layer = (number >> LAYER_SHIFT) as usize;
        let compiled = self.layers.get(layer).unwrap_or(&self.layers[0]);
        (compiled, Self::base(layer), number & (MAX_RECORDS - 1))
    }
}
