//! How many sounds of each family a rest of a spelling has, and what two rests are apart at least.
//!
//! Whatever one side has more of a family than the other can have is left out or taken for a sound of another family. That is
//! asked for every cell of an alignment, so the counts of the eight families lie in one number, a byte each, and are compared at once:
//! with arrays of bytes, reading a spelling took half as long again.

use super::table::{FAMILIES, NEVER, SOUNDS, TABLE};
use super::{Cost, SILENCE, Sound};

/// The upper bit of each byte. Counts stay below it: no lattice has as many nodes.
const HIGH: u64 = 0x8080_8080_8080_8080;

/// The counts of all readings, at least and at most.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Rest {
    fewest: u64,
    most: u64,
}

impl Rest {
    /// With a sound before it.
    #[inline]
    pub(super) fn after(self, sound: Sound) -> Self {
        let family = usize::from(TABLE.family[usize::from(sound) % SOUNDS]) % FAMILIES;
        let more = u64::from(sound != SILENCE) << (8 * family);
        Self { fewest: self.fewest + more, most: self.most + more }
    }

    /// This or another.
    #[inline]
    pub(super) fn or(self, other: Self) -> Self {
        let fewest = self.fewest - excess(self.fewest, other.fewest);
        Self { fewest, most: self.most + excess(other.most, self.most) }
    }

    /// What the distance of readings of both is at least.
    #[inline]
    pub(super) fn distance_at_least(self, other: Self) -> Cost {
        let (one, two) = (excess(self.fewest, other.most), excess(other.fewest, self.most));
        if one | two == 0 { 0 } else { cost(one).max(cost(two)) }
    }
}

impl Rest {
    /// Most that a count may be to be packed.
    const MOST: u64 = 15;

    /// The counts in four bits each; `None` if one is too large.
    pub(super) fn pack(self) -> Option<u64> {
        let fits = (0..FAMILIES).all(|family| self.most >> (8 * family) & 0xFF <= Self::MOST);
        let halves = |bytes: u64| {
            (0..FAMILIES).fold(0, |packed, family| packed | (bytes >> (8 * family) & Self::MOST) << (4 * family))
        };
        fits.then(|| halves(self.fewest) | halves(self.most) << 32)
    }

    /// The counts that were packed.
    pub(super) fn unpack(packed: u64) -> Self {
        Self { fewest: bytes_of_halves(packed & u64::from(u32::MAX)), most: bytes_of_halves(packed >> 32) }
    }
}

/// Eight numbers of four bits as bytes.
#[inline]
fn bytes_of_halves(packed: u64) -> u64 {
    let pairs = (packed | packed << 16) & 0x0000_FFFF_0000_FFFF;
    let bytes = (pairs | pairs << 8) & 0x00FF_00FF_00FF_00FF;
    (bytes | bytes << 4) & 0x0F0F_0F0F_0F0F_0F0F
}

/// By how much each byte is greater than the other's, or zero.
#[inline]
fn excess(one: u64, other: u64) -> u64 {
    let difference = (one | HIGH) - other;
    let is_greater = (difference & HIGH) - ((difference & HIGH) >> 7);
    difference & is_greater
}

/// What it costs to be rid of so many sounds of each family.
fn cost(mut counts: u64) -> Cost {
    let mut total = 0;
    while counts != 0 {
        let family = counts.trailing_zeros() / 8;
        let count = counts >> (8 * family) & 0xFF;
        total += u32::from(TABLE.leaving[family as usize % FAMILIES]) * count as u32;
        counts ^= count << (8 * family);
    }
    total.min(u32::from(NEVER)) as Cost
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn small_counts_are_packed(fewest in any::<[u8; 8]>(), most in any::<[u8; 8]>()) {
            let counts = |bytes: [u8; 8]| u64::from_le_bytes(bytes.map(|count| count % 16));
            let rest = Rest { fewest: counts(fewest), most: counts(most) };
            let again = rest.pack().map(Rest::unpack).map(|again| (again.fewest, again.most));
            prop_assert_eq!(again, Some((rest.fewest, rest.most)));
            let larger = Rest { most: rest.most | 0x1000, ..rest };
            prop_assert!(larger.pack().is_none());
        }

        #[test]
        fn bytes_are_compared_each_by_itself(one in any::<[u8; 8]>(), other in any::<[u8; 8]>()) {
            let (one, other) = (one.map(|count| count % 128), other.map(|count| count % 128));
            let each: [u8; 8] = std::array::from_fn(|at| one[at].saturating_sub(other[at]));
            prop_assert_eq!(excess(u64::from_le_bytes(one), u64::from_le_bytes(other)), u64::from_le_bytes(each));
        }
    }
}
