//! How listed names sound, remembered: near misses are looked for among the same few thousand, and reading one takes as long as comparing it.

use std::cell::OnceCell;

use rustc_hash::FxHashMap;

use crate::text::key_of;
use crate::translit::{Outline, Sketch, Sounding};

/// So many names are remembered, two kilobytes each at most; then all are forgotten.
const MAX_NAMES: usize = 1 << 13;

/// What is heard in a name.
#[derive(Debug)]
pub(super) struct Heard {
    pub(super) sketch: Sketch,
    pub(super) key: String,
    sounding: OnceCell<Sounding>,
}

impl Heard {
    /// The readings of the name, which is `text`.
    pub(super) fn sounding(&self, text: &str) -> &Sounding {
        self.sounding.get_or_init(|| Sounding::of(text))
    }
}

/// The names heard so far.
#[derive(Debug, Default)]
pub(super) struct HeardNames {
    names: FxHashMap<Box<str>, Heard>,
    outline: Outline,
}

impl HeardNames {
    /// What is heard in a name.
    pub(super) fn get(&mut self, text: &str) -> &Heard {
        if self.names.len() == MAX_NAMES && !self.names.contains_key(text) {
            self.names.clear();
        }
        if !self.names.contains_key(text) {
            self.outline.read(text);
            let heard = Heard { sketch: self.outline.sketch(), key: key_of(text), sounding: OnceCell::new() };
            self.names.insert(text.into(), heard);
        }
        &self.names[text]
    }
}
