//! The distance of two soundings: the cheapest way through both lattices at once.
//!
//! A cell is a pair of nodes. From it one goes on by an edge of either side (a sound left out, or a silent letter), by an edge
//! of both (a sound taken for another), or over equal letters and such as changed places. All steps lead to later nodes, so the cells
//! are visited row by row. A cell leads nowhere if its cost, with what the sounds that are still to come cost at least, reaches the
//! cut-off: of the 400 cells of a usual pair a lookup goes on from 53.

use super::edits::Trace;
use super::sounding::{Edge, MAX_NODES, NO_READING, NOT_A_GAP, Sounding};
use super::table::{NEVER, SOUNDS, SPACE, TABLE, Table};
use super::{Cost, SILENCE};

/// How much more the first sound of a spelling counts than others, in percent.
const INITIAL_PERCENT: u32 = 115;
/// What a vowel costs that the other side's script would not write, in percent of its usual cost.
const UNWRITTEN_PERCENT: u32 = 30;
/// Two neighbouring letters that changed places.
pub(super) const TRANSPOSITION: Cost = 450;
/// The share of plain edit distance in a similarity: it keeps short names apart that a rare reading brings together.
const PLAIN_SHARE: f32 = 0.1;
/// A cut-off is so much above what it need be, so that no rounding takes away an answer.
const ROUNDING: Cost = 10;

/// The costs with their standing factors, made once.
pub(super) struct Costs {
    pub(super) swap: [[Cost; SOUNDS]; SOUNDS],
    pub(super) initial_swap: [[Cost; SOUNDS]; SOUNDS],
    /// Leaving out a sound: everywhere, at the beginning, and both with unwritten vowels.
    pub(super) drop: [[Cost; SOUNDS]; 4],
}

impl Costs {
    fn new(table: &Table) -> Self {
        let percent = |cost: Cost, by: u32| if cost == NEVER { NEVER } else { (u32::from(cost) * by / 100) as Cost };
        let swap: [[Cost; SOUNDS]; SOUNDS] =
            std::array::from_fn(|one| std::array::from_fn(|other| table.swap[one * SOUNDS + other]));
        let initial_swap = swap.map(|row| row.map(|cost| percent(cost, INITIAL_PERCENT)));
        let drop = std::array::from_fn(|kind| {
            std::array::from_fn(|sound| {
                let cost = table.drop_cost(sound as u8);
                let cost = if kind & 2 != 0 && table.is_vowel[sound] { percent(cost, UNWRITTEN_PERCENT) } else { cost };
                if kind & 1 != 0 { percent(cost, INITIAL_PERCENT) } else { cost }
            })
        });
        Self { swap, initial_swap, drop }
    }
}

pub(super) static COSTS: std::sync::LazyLock<Costs> = std::sync::LazyLock::new(|| Costs::new(&TABLE));

/// Compares soundings; keeps the memory that it needs for it.
#[derive(Clone, Debug)]
pub(crate) struct Aligner {
    cells: Vec<Cost>,
}

impl Default for Aligner {
    fn default() -> Self {
        Self { cells: vec![NEVER; MAX_NODES * MAX_NODES] }
    }
}

impl Aligner {
    /// How alike two spellings sound, from 0 to 1; `None` if less than `least`.
    pub(crate) fn similarity(&mut self, one: &Sounding, other: &Sounding, least: f32) -> Option<f32> {
        similarity(one, other, least, |cut| self.distance(one, other, cut))
    }

    /// The cost of the cheapest alignment if it is below `cut`.
    pub(super) fn distance(&mut self, one: &Sounding, other: &Sounding, cut: Cost) -> Option<Cost> {
        self.fill(one, other, cut.min(NEVER), &mut ())
    }

    /// Fills the cells; `trace` hears of every step that was the cheapest so far.
    pub(super) fn fill(&mut self, one: &Sounding, other: &Sounding, cut: Cost, trace: &mut impl Trace) -> Option<Cost> {
        if one.is_blank() || other.is_blank() {
            return None;
        }
        let (rows, columns) = (one.nodes(), other.nodes());
        let costs = &*COSTS;
        // A side's vowels are cheap if only the other side leaves them unwritten.
        let unwritten = |other_is_abjad: bool, is_abjad: bool| if other_is_abjad && !is_abjad { 2 } else { 0 };
        let (one_kind, other_kind) = (unwritten(other.is_abjad, one.is_abjad), unwritten(one.is_abjad, other.is_abjad));
        let cells = &mut self.cells[..rows * columns];
        // What costs as much as the cut-off counts as never reached.
        cells.fill(cut);
        cells[0] = 0;
        let mut last_row = 0;
        for row in 0..rows {
            if row > last_row {
                return None;
            }
            let from_row = one.edges_of(row);
            for column in 0..columns {
                let cost = cells[row * columns + column];
                if cost >= cut || cost + one.rests[row].distance_at_least(other.rests[column]) >= cut {
                    continue;
                }
                let is_initial = usize::from(row == 0 || column == 0);
                let one_drop = &costs.drop[one_kind | is_initial];
                let other_drop = &costs.drop[other_kind | is_initial];
                let swap = if row == 0 && column == 0 { &costs.initial_swap } else { &costs.swap };
                let from_column = other.edges_of(column);
                let mut step = |cell: &mut Cost, total: Cost, to: (u8, u8), edges: (Option<Edge>, Option<Edge>)| {
                    if total < *cell {
                        *cell = total;
                        last_row = last_row.max(usize::from(to.0));
                        trace.step((row, column), (to.0.into(), to.1.into()), edges.0, edges.1);
                    }
                };
                let here = &mut cells[row * columns..][..columns];
                for edge in from_column {
                    let total = cost + edge.penalty + other_drop[usize::from(edge.sound) % SOUNDS];
                    step(&mut here[usize::from(edge.to)], total, (row as u8, edge.to), (None, Some(*edge)));
                }
                for edge in from_row {
                    let there = &mut cells[usize::from(edge.to) * columns..][..columns];
                    let (reached, sound) = (cost + edge.penalty, usize::from(edge.sound) % SOUNDS);
                    step(&mut there[column], reached + one_drop[sound], (edge.to, column as u8), (Some(*edge), None));
                    if edge.sound == SILENCE || reached >= cut {
                        continue;
                    }
                    let swap = &swap[sound];
                    for other in from_column.iter().filter(|other| other.sound != SILENCE) {
                        let total = reached + other.penalty + swap[usize::from(other.sound) % SOUNDS];
                        step(
                            &mut there[usize::from(other.to)],
                            total,
                            (edge.to, other.to),
                            (Some(*edge), Some(*other)),
                        );
                    }
                }
                if let Some((extra, to)) = same_letters(one, other, row, column) {
                    step(&mut cells[usize::from(to.0) * columns + usize::from(to.1)], cost + extra, to, (None, None));
                }
            }
        }
        let total = cells[rows * columns - 1];
        (total < cut).then_some(total)
    }
}

/// How alike two spellings sound, from 0 to 1, by their distance if it is below a cut-off; `None` if less than `least`.
pub(super) fn similarity(
    one: &Sounding,
    other: &Sounding,
    least: f32,
    distance_below: impl FnOnce(Cost) -> Option<Cost>,
) -> Option<f32> {
    let norm = norm(one, other);
    if one.rest().distance_at_least(other.rest()) >= cut_of(norm, least, 1.0) {
        return None;
    }
    let plain = plain_similarity(&one.ascii, &other.ascii);
    let distance = distance_below(cut_of(norm, least, plain))?;
    let sound = 1.0 - f32::from(distance) / norm;
    let similarity = (sound + PLAIN_SHARE * plain) / (1.0 + PLAIN_SHARE);
    (similarity >= least).then_some(similarity.max(0.0))
}

/// What a distance is measured against: the heavier side; where one side's vowels are unwritten, both.
pub(super) fn norm(one: &Sounding, other: &Sounding) -> f32 {
    norm_of((one.mass, one.is_abjad), (other.mass, other.is_abjad))
}

/// The same of two masses, each with whether the script leaves vowels unwritten.
pub(super) fn norm_of(one: (Cost, bool), other: (Cost, bool)) -> f32 {
    let (one_mass, other_mass) = (f32::from(one.0), f32::from(other.0));
    if one.1 == other.1 { one_mass.max(other_mass).max(1.0) } else { ((one_mass + other_mass) / 2.0).max(1.0) }
}

/// A distance from which on the similarity is below `least`, where letters are so alike by plain edits.
///
/// The plain share is known before the lattices are, and the less it is, the sooner an alignment is given up.
pub(super) fn cut_of(norm: f32, least: f32, plain: f32) -> Cost {
    let least_sound = least * (1.0 + PLAIN_SHARE) - PLAIN_SHARE * plain;
    (norm * (1.0 - least_sound)) as Cost + ROUNDING
}

/// The nodes after the next letter if it is the same on both sides, or after the next two if they are the same in the other
/// order, and what that costs: equal letters are equal whatever they stand for.
#[inline]
fn same_letters(one: &Sounding, other: &Sounding, row: usize, column: usize) -> Option<(Cost, (u8, u8))> {
    let (at, there) = (one.letter_of[row], other.letter_of[column]);
    if at == NOT_A_GAP || there == NOT_A_GAP {
        return None;
    }
    let (at, there) = (usize::from(at), usize::from(there));
    let nodes = |letters: usize| (one.gaps[at + letters], other.gaps[there + letters]);
    let (here, opposite) = (one.letters.get(at..)?, other.letters.get(there..)?);
    match (here, opposite) {
        ([a, ..], [b, ..]) if a == b => Some((0, nodes(1))),
        ([a, b, ..], [c, d, ..]) if a == d && b == c && *a != SPACE && *b != SPACE => Some((TRANSPOSITION, nodes(2))),
        _ => None,
    }
}

/// One less plain edit distance over the longer length, of ASCII letters; Myers' bit-parallel algorithm.
pub(super) fn plain_similarity(one: &[u8], other: &[u8]) -> f32 {
    let (one, other) = (&one[..one.len().min(64)], &other[..other.len().min(64)]);
    let longer = one.len().max(other.len());
    if one.is_empty() || other.is_empty() {
        return if longer == 0 { 1.0 } else { 0.0 };
    }
    let mut occurs = [0u64; 128];
    for (at, &letter) in one.iter().enumerate() {
        occurs[usize::from(letter) % 128] |= 1 << at;
    }
    let last = 1u64 << (one.len() - 1);
    let (mut plus, mut minus, mut distance) = (u64::MAX, 0u64, one.len());
    for &letter in other {
        let equal = occurs[usize::from(letter) % 128];
        let vertical = equal | minus;
        let horizontal = (((equal & plus).wrapping_add(plus)) ^ plus) | equal;
        let mut up = minus | !(horizontal | plus);
        let mut down = plus & horizontal;
        if up & last != 0 {
            distance += 1;
        }
        if down & last != 0 {
            distance -= 1;
        }
        up = (up << 1) | 1;
        down <<= 1;
        plus = down | !(vertical | up);
        minus = up & vertical;
    }
    1.0 - distance as f32 / longer as f32
}

/// Whether an edge leaves a whole word out, or takes it for another word.
pub(super) fn is_word(edge: Edge) -> bool {
    edge.reading == NO_READING
}

#[cfg(test)]
pub(super) fn initial_factor() -> f32 {
    INITIAL_PERCENT as f32 / 100.0
}

#[cfg(test)]
pub(super) fn unwritten_factor() -> f32 {
    UNWRITTEN_PERCENT as f32 / 100.0
}
