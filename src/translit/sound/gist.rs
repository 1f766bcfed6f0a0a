//! The gist of a sounding, to be remembered for every listed spelling: what tells in some instructions that it can't sound like another.
//!
//! It bounds a similarity from above, by the sounds of each family that one side has and the other has not, and by the lengths; what it
//! lets pass is read and aligned. So it saves work and changes no answer.

use super::Cost;
use super::align::{cut_of, norm_of};
use super::rest::Rest;
use super::sounding::Sounding;

/// What a sounding weighs, and how many sounds of each family its readings have.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Gist {
    rest: Rest,
    mass: Cost,
    is_abjad: bool,
    /// ASCII letters that are compared, at most `MAX_COMPARED`.
    letters: u8,
}

/// Plain edit distance looks at no more letters.
const MAX_COMPARED: usize = 64;

impl Gist {
    pub(super) fn of(sounding: &Sounding) -> Self {
        let letters = sounding.ascii.len().min(MAX_COMPARED) as u8;
        Self { rest: sounding.rest(), mass: sounding.mass, is_abjad: sounding.is_abjad, letters }
    }

    /// Whether the similarity may be `least` or more.
    pub(crate) fn may_be_like(&self, other: &Self, least: f32) -> bool {
        let longer = self.letters.max(other.letters);
        let plain =
            if longer == 0 { 1.0 } else { 1.0 - f32::from(self.letters.abs_diff(other.letters)) / f32::from(longer) };
        let norm = norm_of((self.mass, self.is_abjad), (other.mass, other.is_abjad));
        self.rest.distance_at_least(other.rest) < cut_of(norm, least, plain)
    }

    /// Two numbers, of which the second is not zero; `None` of the few that don't fit.
    pub(crate) fn pack(self) -> Option<[u64; 2]> {
        let traits = u64::from(self.mass) | u64::from(self.letters) << 16 | u64::from(self.is_abjad) << 24 | 1 << 25;
        Some([self.rest.pack()?, traits])
    }

    /// The gist that was packed.
    pub(crate) fn unpack([rest, traits]: [u64; 2]) -> Self {
        let is_abjad = traits >> 24 & 1 == 1;
        Self { rest: Rest::unpack(rest), mass: traits as u16, is_abjad, letters: (traits >> 16) as u8 }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::Aligner;
    use super::*;

    proptest! {
        /// The aligner is the oracle.
        #[test]
        fn what_a_gist_refuses_sounds_less_alike(one in "[a-zşəц]{1,9}( [a-zа-я]{1,9})?|[א-ת]{2,8}", other in "[a-zşəц]{0,9}( [a-zа-я]{1,9})?|\\PC{0,9}", least in 0.0f32..1.0) {
            let (one, other) = (Sounding::of(&one), Sounding::of(&other));
            let gist = other.gist().pack().map_or(other.gist(), Gist::unpack);
            if !one.gist().may_be_like(&gist, least) {
                prop_assert!(Aligner::default().similarity(&one, &other, 0.0).is_none_or(|alike| alike < least));
            }
        }
    }
}
