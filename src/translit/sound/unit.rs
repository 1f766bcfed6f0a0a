//! A unit of letters: a node of the tables' trie, with its readings as a lattice takes them in.
//!
//! Some readings hold only at the start or the end of a word. A spelling asks for those of a place, and finds them ready in a list;
//! they used to be chosen, and of equal ones the cheapest, for every letter of every spelling.

use super::table::{MAX_SOUNDS, Reading};
use super::{Cost, Sound};

/// A reading as a lattice takes it in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Step {
    /// How many letters are read.
    pub(super) letters: u8,
    /// How many sounds they give.
    pub(super) length: u8,
    pub(super) sounds: [Sound; MAX_SOUNDS],
    pub(super) penalty: Cost,
    pub(super) reading: u16,
}

/// A node of the trie: the readings of the letters up to here, as numbers.
#[derive(Clone, Debug, Default)]
pub(super) struct Unit {
    pub(super) next: Vec<(char, u16)>,
    pub(super) anywhere: Vec<u16>,
    pub(super) at_start: Vec<u16>,
    pub(super) at_end: Vec<u16>,
    /// The usual one, wherever it stands.
    pub(super) outline: Option<u16>,
    /// The readings where the unit stands: within a word, at its start, at its end, as the whole word.
    steps: [Vec<Step>; 4],
}

impl Unit {
    /// Bits of the places in `steps`.
    const AT_START: usize = 1;
    const AT_END: usize = 2;

    /// The readings at the start of a word, at its end, at both or neither.
    #[inline]
    pub(super) fn steps(&self, is_start: bool, is_end: bool) -> &[Step] {
        &self.steps[usize::from(is_start) * Self::AT_START + usize::from(is_end) * Self::AT_END]
    }

    /// Makes the steps of the unit's readings, each of so many letters.
    pub(super) fn add_steps(&mut self, letters: u8, readings: &[Reading]) {
        self.steps = std::array::from_fn(|place| self.steps_at(place, letters, readings));
    }

    /// The readings at a place, of those with equal sounds the cheapest.
    fn steps_at(&self, place: usize, letters: u8, readings: &[Reading]) -> Vec<Step> {
        let is_at = |bit: usize| place & bit != 0;
        let lists =
            [(true, &self.anywhere), (is_at(Self::AT_START), &self.at_start), (is_at(Self::AT_END), &self.at_end)];
        let mut steps: Vec<Step> = Vec::new();
        for &number in lists.iter().filter(|(fits, _)| *fits).flat_map(|(_, numbers)| numbers.iter()) {
            let reading = &readings[usize::from(number)];
            let mut sounds = [0; MAX_SOUNDS];
            sounds[..reading.sounds.len()].copy_from_slice(&reading.sounds);
            let length = reading.sounds.len() as u8;
            let step = Step { letters, length, sounds, penalty: reading.penalty, reading: number };
            match steps.iter_mut().find(|known| known.length == length && known.sounds == sounds) {
                Some(known) if known.penalty > step.penalty => *known = step,
                Some(_) => {}
                None => steps.push(step),
            }
        }
        steps
    }
}
