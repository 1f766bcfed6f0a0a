//! All readings of one spelling, as a lattice.
//!
//! Nodes are the gaps between letters, and gaps inside readings of several sounds; an edge carries one sound, or silence.
//! Edges of a node lie together and lead to later nodes only, so one pass over the nodes visits every path.

use any_ascii::any_ascii_char;

use crate::script::Script;

use super::letters::{MAX_LETTERS, letters_into};
use super::table::{FAMILIES, MAX_SOUNDS, NEVER, SOUNDS, SPACE, TABLE, Table, Unit, WordClass};
use super::{Cost, SILENCE, Sound};

/// Most nodes of a lattice; a longer spelling is cut.
pub(super) const MAX_NODES: usize = 120;
/// Says that an edge is no reading of the table but a rule of this file.
pub(super) const NO_READING: u16 = u16::MAX;

/// What leaving a word out costs, a letter of it: a word that says what the place is, one that has a class, any other.
const SKIP_KIND: Cost = 60;
const SKIP_CLASS: Cost = 180;
const SKIP_WORD: Cost = 330;
/// What taking a word for another of its class costs.
const CLASS_PENALTY: Cost = 50;
/// Letters that must follow the beginning of a word for it to be one of a class.
const MIN_AFTER_PREFIX: usize = 4;

/// A step of a reading.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    pub(super) to: u8,
    pub(super) sound: Sound,
    pub(super) penalty: Cost,
    /// The reading that it is a part of.
    pub(super) reading: u16,
}

/// The readings of a spelling. `clear` and `read` use its memory again.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sounding {
    pub(super) letters: Vec<char>,
    pub(super) edges: Vec<Edge>,
    /// Where each node's edges begin, and where the last one's end.
    pub(super) starts: Vec<u16>,
    /// The node of each gap between letters.
    pub(super) gaps: Vec<u8>,
    /// The gap that a node is, or `NOT_A_GAP`.
    pub(super) letter_of: Vec<u8>,
    /// What leaving out every sound costs, by the cheapest reading.
    pub(super) mass: Cost,
    /// How many sounds of each family the readings have, at least and at most.
    pub(super) fewest: [u8; FAMILIES],
    pub(super) most: [u8; FAMILIES],
    /// Small ASCII letters and digits, by `any_ascii`.
    pub(super) ascii: Vec<u8>,
    /// Whether the script leaves vowels unwritten.
    pub(super) is_abjad: bool,
}

pub(super) const NOT_A_GAP: u8 = u8::MAX;

/// A reading of some letters from here on.
#[derive(Clone, Copy)]
struct Step {
    letters: usize,
    sounds: [Sound; MAX_SOUNDS],
    length: usize,
    penalty: Cost,
    reading: u16,
}

impl Sounding {
    /// The readings of `text`.
    pub(crate) fn of(text: &str) -> Self {
        let mut sounding = Self::default();
        sounding.read(text);
        sounding
    }

    /// Replaces the readings by those of `text`.
    pub(crate) fn read(&mut self, text: &str) {
        self.letters.clear();
        letters_into(text, &mut self.letters);
        self.ascii.clear();
        let romanised = self.letters.iter().filter(|&&c| c != SPACE).flat_map(|&c| any_ascii_char(c).bytes());
        self.ascii.extend(romanised.map(|b| b.to_ascii_lowercase()).filter(u8::is_ascii_alphanumeric));
        self.is_abjad = self.letters.iter().any(|c| ('\u{0590}'..='\u{06FF}').contains(c));
        while !self.link() {
            let shorter = self.letters.len() * 2 / 3;
            self.letters.truncate(shorter);
        }
        self.mass = self.cheapest();
        self.count_families();
    }

    /// Whether there is nothing to compare.
    pub(crate) fn is_blank(&self) -> bool {
        self.letters.is_empty()
    }

    /// Whether it has letters that the other has not at all because the scripts differ.
    pub(super) fn script_differs(&self, other: &Self) -> bool {
        let script = |sounding: &Self| sounding.letters.iter().find(|&&c| c != SPACE).and_then(|&c| Script::of_char(c));
        script(self) != script(other)
    }

    pub(super) fn nodes(&self) -> usize {
        self.letter_of.len()
    }

    /// The edges that leave a node.
    #[inline]
    pub(super) fn edges_of(&self, node: usize) -> &[Edge] {
        &self.edges[usize::from(self.starts[node])..usize::from(self.starts[node + 1])]
    }

    /// Puts the lattice together; whether it fits.
    fn link(&mut self) -> bool {
        self.edges.clear();
        self.starts.clear();
        self.gaps.clear();
        self.letter_of.clear();
        let mut steps: Vec<Step> = Vec::with_capacity(32);
        for at in 0..=self.letters.len() {
            if self.letter_of.len() + 32 > MAX_NODES {
                return false;
            }
            steps.clear();
            if at < self.letters.len() {
                self.add_units(&TABLE, at, &mut steps);
                self.add_words(&TABLE, at, &mut steps);
            }
            self.add_node(at, &steps);
        }
        self.starts.push(self.edges.len() as u16);
        for edge in &mut self.edges {
            // Until here, the gaps that edges lead to were named from above.
            if usize::from(edge.to) >= MAX_NODES {
                edge.to = self.gaps[usize::from(u8::MAX - edge.to)];
            }
        }
        true
    }

    /// A gap's node, with the nodes inside the readings that begin there.
    fn add_node(&mut self, at: usize, steps: &[Step]) {
        let name_of_gap = |gap: usize| u8::MAX - gap as u8;
        let node = self.letter_of.len();
        self.gaps.push(node as u8);
        self.letter_of.push(at as u8);
        self.starts.push(self.edges.len() as u16);
        let mut inner = node + 1;
        for step in steps {
            let to = if step.length > 1 { inner as u8 } else { name_of_gap(at + step.letters) };
            let sound = if step.length == 0 { SILENCE } else { step.sounds[0] };
            self.edges.push(Edge { to, sound, penalty: step.penalty, reading: step.reading });
            inner += step.length.saturating_sub(1);
        }
        for step in steps {
            for (n, &sound) in step.sounds[..step.length].iter().enumerate().skip(1) {
                let is_last = n + 1 == step.length;
                let to = if is_last { name_of_gap(at + step.letters) } else { self.letter_of.len() as u8 + 1 };
                self.starts.push(self.edges.len() as u16);
                self.letter_of.push(NOT_A_GAP);
                self.edges.push(Edge { to, sound, penalty: 0, reading: step.reading });
            }
        }
    }

    /// The readings of all units that begin at a letter.
    fn add_units(&self, table: &Table, at: usize, steps: &mut Vec<Step>) {
        let is_start = at == 0 || self.letters[at - 1] == SPACE;
        let mut node = 0;
        for length in 1..=self.letters.len() - at {
            let Some(next) = table.step(node, self.letters[at + length - 1]) else {
                return;
            };
            node = next;
            let Unit { anywhere, at_start, at_end, .. } = &table.units[usize::from(node)];
            let is_end = self.letters.get(at + length).is_none_or(|&next| next == SPACE);
            let lists = [(true, anywhere), (is_start, at_start), (is_end, at_end)];
            for &number in lists.iter().filter(|(fits, _)| *fits).flat_map(|(_, numbers)| numbers.iter()) {
                add_reading(table, number, length, steps);
            }
        }
    }

    /// Whole words: another word of its class, or nothing.
    fn add_words(&self, table: &Table, at: usize, steps: &mut Vec<Step>) {
        let is_start = at == 0 || self.letters[at - 1] == SPACE;
        if !is_start {
            return;
        }
        let rest = &self.letters[at..];
        let length = rest.iter().position(|&c| c == SPACE).unwrap_or(rest.len());
        let word = &rest[..length];
        for split in 3..=length.saturating_sub(MIN_AFTER_PREFIX) {
            for class in table.prefixes.get(&word[..split]).into_iter().flatten() {
                add_class(*class, split, steps);
            }
        }
        if length == self.letters.len() {
            return;
        }
        let classes = table.words.get(word).map_or(&[][..], Vec::as_slice);
        classes.iter().for_each(|&class| add_class(class, length, steps));
        let a_letter = match classes {
            [] => SKIP_WORD,
            classes if classes.contains(&WordClass::Kind) => SKIP_KIND,
            _ => SKIP_CLASS,
        };
        // With the space after it, or where the last word is left out, up to the end.
        let letters = (length + 1).min(rest.len());
        let penalty = a_letter * length as Cost;
        steps.push(Step { letters, sounds: [0; MAX_SOUNDS], length: 0, penalty, reading: NO_READING });
    }

    fn count_families(&mut self) {
        let mut counts = [([u8::MAX; FAMILIES], [0u8; FAMILIES]); MAX_NODES];
        counts[0].0 = [0; FAMILIES];
        for node in 0..self.nodes() {
            let (fewest, most) = counts[node];
            for edge in self.edges_of(node) {
                let family = usize::from(TABLE.family[usize::from(edge.sound) % SOUNDS]) % FAMILIES;
                let to = &mut counts[usize::from(edge.to)];
                for at in 0..FAMILIES {
                    let more = u8::from(at == family && edge.sound != SILENCE);
                    to.0[at] = to.0[at].min(fewest[at].saturating_add(more));
                    to.1[at] = to.1[at].max(most[at].saturating_add(more));
                }
            }
        }
        (self.fewest, self.most) = counts[self.nodes() - 1];
    }

    /// The mass of the cheapest reading, penalties twice: what the other side would have to make good.
    fn cheapest(&self) -> Cost {
        let mut masses = [NEVER; MAX_NODES];
        masses[0] = 0;
        for node in 0..self.nodes() {
            for edge in self.edges_of(node).iter().filter(|edge| edge.reading != NO_READING) {
                let mass = masses[node].saturating_add(TABLE.drop_cost(edge.sound)).saturating_add(edge.penalty * 2);
                let to = &mut masses[usize::from(edge.to)];
                *to = mass.min(*to);
            }
        }
        if self.is_blank() { 0 } else { masses[self.nodes() - 1] }
    }
}

fn add_reading(table: &Table, number: u16, letters: usize, steps: &mut Vec<Step>) {
    let reading = &table.readings[usize::from(number)];
    let mut sounds = [0; MAX_SOUNDS];
    sounds[..reading.sounds.len()].copy_from_slice(&reading.sounds);
    let step = Step { letters, sounds, length: reading.sounds.len(), penalty: reading.penalty, reading: number };
    let same = |known: &&mut Step| {
        known.letters == letters && known.length == step.length && known.sounds == sounds && known.reading != NO_READING
    };
    match steps.iter_mut().find(same) {
        Some(known) if known.penalty > step.penalty => *known = step,
        Some(_) => {}
        None => steps.push(step),
    }
}

fn add_class(class: WordClass, letters: usize, steps: &mut Vec<Step>) {
    if let WordClass::Of(sound) = class {
        let mut sounds = [0; MAX_SOUNDS];
        sounds[0] = sound;
        steps.push(Step { letters, sounds, length: 1, penalty: CLASS_PENALTY, reading: NO_READING });
    }
}

const _: () = assert!(MAX_NODES + MAX_LETTERS < u8::MAX as usize && SOUNDS.is_power_of_two());
