//! What lookups remember of a layer's spellings, each made when one first asks for it: outlines, their profiles, and gists of soundings.
//!
//! A lookup compares thousands of outlines and hundreds of soundings, and the next one many of the same: making one takes longer than
//! comparing it. Thirty-six bytes a spelling, whatever is asked. Keeping them in the compiled file was rejected: it would
//! grow by a third, and so would the package; making all at the start would take a tenth of a second.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

use crate::gazetteer::compiled::Compiled;
use crate::translit::{Gist, Outline, Profile, Sounding};

/// Two numbers, the first of which is zero until both are known.
#[derive(Debug, Default)]
struct Pair([AtomicU64; 2]);

impl Pair {
    fn get(&self) -> Option<[u64; 2]> {
        // The first is written last, so who sees it sees the other as well.
        let known = self.0[0].load(Ordering::Acquire);
        (known != 0).then(|| [known, self.0[1].load(Ordering::Relaxed)])
    }

    fn set(&self, [known, other]: [u64; 2]) {
        self.0[1].store(other, Ordering::Relaxed);
        self.0[0].store(known, Ordering::Release);
    }
}

/// What is remembered of one spelling.
type Slots<T> = OnceLock<Box<[T]>>;

/// What is remembered of one layer, by the number of the spelling in it.
pub(super) struct Outlines {
    spellings: usize,
    profiles: Slots<AtomicU32>,
    packed: Slots<Pair>,
    gists: Slots<Pair>,
}

impl Outlines {
    pub(super) fn of(compiled: &Compiled) -> Self {
        Self {
            spellings: compiled.spelling_count(),
            profiles: OnceLock::new(),
            packed: OnceLock::new(),
            gists: OnceLock::new(),
        }
    }

    /// How many spellings the layer has.
    pub(super) fn len(&self) -> usize {
        self.spellings
    }

    /// The profile of the outline of a spelling, which is `text`, with `outline` to make it.
    #[inline]
    pub(super) fn profile<'t>(&self, number: u32, text: impl FnOnce() -> &'t str, outline: &mut Outline) -> Profile {
        let place = self.slots(&self.profiles).get(number as usize);
        if let Some(known) = place.and_then(|place| Profile::of_number(place.load(Ordering::Relaxed))) {
            return known;
        }
        self.make(number, text(), outline).0
    }

    /// The packed outline of a spelling, which is `text`, with `outline` to make it; zero if it can't be packed, and `outline` is it.
    pub(super) fn packed<'t>(&self, number: u32, text: impl FnOnce() -> &'t str, outline: &mut Outline) -> u128 {
        let place = self.slots(&self.packed).get(number as usize);
        match place.and_then(Pair::get) {
            Some([low, high]) => u128::from(high) << 64 | u128::from(low),
            None => self.make(number, text(), outline).1,
        }
    }

    fn make(&self, number: u32, text: &str, outline: &mut Outline) -> (Profile, u128) {
        outline.read(text);
        let (profile, packed) = (outline.profile(), outline.pack());
        if let Some(place) = self.slots(&self.profiles).get(number as usize) {
            place.store(profile.number(), Ordering::Relaxed);
        }
        if let Some(place) = self.slots(&self.packed).get(number as usize) {
            // The lower half of what is packed is never zero.
            place.set([packed as u64, (packed >> 64) as u64]);
        }
        (profile, packed)
    }

    /// The gist of the sounding of a spelling, if it is known.
    pub(super) fn gist(&self, number: u32) -> Option<Gist> {
        let place = self.slots(&self.gists).get(number as usize)?;
        place.get().map(|[traits, rest]| Gist::unpack([rest, traits]))
    }

    /// Remembers the gist of the sounding of a spelling.
    pub(super) fn remember(&self, number: u32, sounding: &Sounding) {
        if let (Some(place), Some([rest, traits])) =
            (self.slots(&self.gists).get(number as usize), sounding.gist().pack())
        {
            place.set([traits, rest]);
        }
    }

    fn slots<'s, T: Default>(&self, slots: &'s Slots<T>) -> &'s [T] {
        slots.get_or_init(|| (0..self.spellings).map(|_| T::default()).collect())
    }
}

impl std::fmt::Debug for Outlines {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Outlines").field("spellings", &self.spellings).finish_non_exhaustive()
    }
}
