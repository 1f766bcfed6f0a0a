//! How alike two spellings sound, whatever their scripts and whoever romanised them.
//!
//! Letters stand for different sounds in different hands: `ch` is č to an Englishman, š to a Frenchman, x to a German. A
//! spelling is therefore turned into all its readings at once, a [`Sounding`]: a lattice whose paths are strings of sounds,
//! each with a penalty for how unusual it is. The distance of two spellings is the cheapest way to turn some reading of one
//! into some reading of the other, both penalties added ([`Aligner`]). Folding a spelling to its likeliest reading was
//! rejected: it finds hardly more than plain edit distance, because whichever reading is chosen is often the wrong one.
//!
//! What letters may stand for, what sounds are alike and which words are translated are tables that people can read and
//! edit: `readings.tsv`, `sounds.tsv`, `words.tsv`.

mod align;
mod edits;
#[cfg(test)]
mod features;
mod gist;
mod letters;
mod outline;
mod profile;
mod rest;
mod skeleton;
mod sketch;
mod sounding;
mod sweep;
mod table;
#[cfg(test)]
mod tests;
mod unit;

pub(crate) use align::Aligner;
pub(crate) use gist::Gist;
pub(crate) use outline::{Outline, OutlineQuery};
pub(crate) use profile::Profile;
pub(crate) use skeleton::Skeleton;
pub(crate) use sketch::{Sketch, SketchQuery};
pub(crate) use sounding::Sounding;
pub(crate) use sweep::Sweep;

/// A cost or penalty in thousandths: 1000 is what a wrong consonant costs.
type Cost = u16;

/// A sound, by its number; [`SILENCE`] is none.
type Sound = u8;

/// What a silent letter stands for.
const SILENCE: Sound = 0;
