//! The outlines of a layer's spellings, each made when a lookup first asks for it and remembered from then on.
//!
//! A lookup compares thousands of outlines, and the next one many of the same: making one takes four times as long as
//! comparing it. Sixteen bytes a spelling, whatever is asked. Keeping them in the compiled file was rejected: it would
//! grow by a fifth, and so would the package; making all at the start would take a tenth of a second.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::gazetteer::compiled::{Compiled, SpellingView};
use crate::translit::Outline;

/// What is remembered of one layer.
pub(super) struct Outlines {
    spellings: usize,
    /// Packed outlines, lower half and upper half; zeros until asked for.
    packed: OnceLock<Box<[[AtomicU64; 2]]>>,
}

impl Outlines {
    pub(super) fn of(compiled: &Compiled) -> Self {
        Self { spellings: compiled.spelling_count(), packed: OnceLock::new() }
    }

    /// The packed outline of a spelling of the layer, with `outline` to make it; zero if it can't be packed, and `outline` is it.
    pub(super) fn packed(&self, spelling: SpellingView<'_>, outline: &mut Outline) -> u128 {
        let packed = self.packed.get_or_init(|| (0..self.spellings).map(|_| Default::default()).collect());
        let place = packed.get(spelling.number() as usize);
        if let Some([low, high]) = place {
            // The lower half of what is packed is never zero. It is written last, so who sees it sees the upper one as well.
            let known = low.load(Ordering::Acquire);
            if known != 0 {
                return u128::from(high.load(Ordering::Relaxed)) << 64 | u128::from(known);
            }
        }
        outline.read(spelling.text());
        let made = outline.pack();
        if let Some([low, high]) = place {
            high.store((made >> 64) as u64, Ordering::Relaxed);
            low.store(made as u64, Ordering::Release);
        }
        made
    }
}

impl std::fmt::Debug for Outlines {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Outlines").field("spellings", &self.spellings).finish_non_exhaustive()
    }
}
