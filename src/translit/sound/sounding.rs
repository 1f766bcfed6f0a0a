//! All readings of one spelling, as a lattice.
//!
//! Nodes are the gaps between letters, and gaps inside readings of several sounds; an edge carries one sound, or silence.
//! Edges of a node lie together and lead to later nodes only, so one pass over the nodes visits every path.

use any_ascii::any_ascii_char;

use crate::script::Script;

use super::gist::Gist;
use super::letters::{MAX_LETTERS, letters_into};
use super::rest::Rest;
use super::table::{MAX_SOUNDS, NEVER, SOUNDS, SPACE, TABLE, Table, WordClass};
use super::unit::Step;
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
    /// What the readings have from each node on; nothing from the last.
    pub(super) rests: Vec<Rest>,
    /// Small ASCII letters and digits, by `any_ascii`.
    pub(super) ascii: Vec<u8>,
    /// Whether the script leaves vowels unwritten.
    pub(super) is_abjad: bool,
}

pub(super) const NOT_A_GAP: u8 = u8::MAX;

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
        for &letter in self.letters.iter().filter(|&&letter| letter != SPACE) {
            match u8::try_from(letter) {
                Ok(letter) if letter.is_ascii_alphanumeric() => self.ascii.push(letter.to_ascii_lowercase()),
                _ => {
                    let romanised = any_ascii_char(letter).bytes().filter(u8::is_ascii_alphanumeric);
                    self.ascii.extend(romanised.map(|letter| letter.to_ascii_lowercase()));
                }
            }
        }
        self.is_abjad = self.letters.iter().any(|c| ('\u{0590}'..='\u{06FF}').contains(c));
        while !self.link() {
            let shorter = self.letters.len() * 2 / 3;
            self.letters.truncate(shorter);
        }
        self.count_families();
    }

    /// What the readings have, all of it.
    #[inline]
    pub(super) fn rest(&self) -> Rest {
        self.rests[0]
    }

    /// What is worth remembering of a listed spelling.
    pub(crate) fn gist(&self) -> Gist {
        Gist::of(self)
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
            let to = if step.length > 1 { inner as u8 } else { name_of_gap(at + usize::from(step.letters)) };
            let sound = if step.length == 0 { SILENCE } else { step.sounds[0] };
            self.edges.push(Edge { to, sound, penalty: step.penalty, reading: step.reading });
            inner += usize::from(step.length.saturating_sub(1));
        }
        for step in steps.iter().filter(|step| step.length > 1) {
            let length = usize::from(step.length);
            for (n, &sound) in step.sounds[..length].iter().enumerate().skip(1) {
                let is_last = n + 1 == length;
                let end = name_of_gap(at + usize::from(step.letters));
                let to = if is_last { end } else { self.letter_of.len() as u8 + 1 };
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
            let is_end = self.letters.get(at + length).is_none_or(|&next| next == SPACE);
            steps.extend_from_slice(table.units[usize::from(node)].steps(is_start, is_end));
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
        let letters = (length + 1).min(rest.len()) as u8;
        let penalty = a_letter * length as Cost;
        steps.push(Step { letters, sounds: [0; MAX_SOUNDS], length: 0, penalty, reading: NO_READING });
    }

    /// Counts families from the end, and weighs the cheapest reading, penalties twice: what the other side would have to make good.
    fn count_families(&mut self) {
        let last = self.nodes() - 1;
        let mut masses = [NEVER; MAX_NODES];
        masses[last] = 0;
        self.rests.clear();
        self.rests.resize(self.nodes(), Rest::default());
        for node in (0..last).rev() {
            let mut here: Option<Rest> = None;
            for edge in self.edges_of(node) {
                let after = self.rests[usize::from(edge.to)].after(edge.sound);
                here = Some(here.map_or(after, |here| here.or(after)));
                if edge.reading != NO_READING {
                    let rest = masses[usize::from(edge.to)];
                    let mass = rest.saturating_add(TABLE.drop_cost(edge.sound)).saturating_add(edge.penalty * 2);
                    masses[node] = masses[node].min(mass);
                }
            }
            self.rests[node] = here.unwrap_or_default();
        }
        self.mass = masses[0];
    }
}

fn add_class(class: WordClass, letters: usize, steps: &mut Vec<Step>) {
    if let WordClass::Of(sound) = class {
        let letters = letters as u8;
        let mut sounds = [0; MAX_SOUNDS];
        sounds[0] = sound;
        steps.push(Step { letters, sounds, length: 1, penalty: CLASS_PENALTY, reading: NO_READING });
    }
}

const _: () = assert!(MAX_NODES + MAX_LETTERS < u8::MAX as usize && SOUNDS.is_power_of_two());
