//! The distance of one sounding to many others: what `align` finds, cell by cell, found for all nodes of the one at once.
//!
//! A row of costs, one for each node of the query, is swept over the nodes of the other. What taking a sound of the other for the query's
//! costs, from each of its nodes so many nodes further, is put into rows once a query; so a step is to add two rows and take the lesser,
//! eight nodes at a time, without a branch. That is a fifth of what going from cell to cell takes, even if that skips most cells. The
//! aligner stays for pairs, and for people, who ask by which steps.

use wide::i16x8;

use super::align::{COSTS, TRANSPOSITION, similarity};
use super::sounding::{Edge, MAX_NODES, NOT_A_GAP, Sounding};
use super::table::{NEVER, SOUNDS, SPACE};
use super::{Cost, SILENCE};

/// Costs are signed here: those are what processors take the lesser of eight at a time.
type RowCost = i16;

const FAR: RowCost = NEVER as RowCost;
/// Costs that are handled at once; rows are a multiple of it long.
const LANES: usize = 8;
/// Longest row.
const MAX_WIDTH: usize = MAX_NODES.next_multiple_of(LANES);

/// What it costs to get from each node to the one so many nodes further.
#[derive(Clone, Debug)]
struct Leap {
    nodes: usize,
    /// The least of the costs.
    least: RowCost,
    costs: Vec<RowCost>,
}

/// What leaving out sounds of the query costs.
#[derive(Clone, Debug, Default)]
struct Leaving {
    /// At the beginning of the other, and further on.
    initial: Vec<Leap>,
    further: Vec<Leap>,
}

/// A sounding that many others are compared with, and the memory that it needs.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sweep {
    width: usize,
    /// How far apart nodes are that an edge with a sound connects.
    jumps: Vec<usize>,
    /// By sound of the other, by jump, by node: what taking it for one of the query's costs.
    swaps: Vec<RowCost>,
    /// By whether the other side leaves vowels unwritten and the query doesn't; made when first asked for.
    leaving: [Option<Leaving>; 2],
    rows: Vec<RowCost>,
}

impl Sweep {
    /// Makes it the sweep of a query.
    pub(crate) fn prepare(&mut self, query: &Sounding) {
        self.width = query.nodes().next_multiple_of(LANES);
        self.leaving = [None, None];
        self.jumps.clear();
        let edges = || (0..query.nodes()).flat_map(|node| query.edges_of(node).iter().map(move |edge| (node, edge)));
        for (node, edge) in edges().filter(|(_, edge)| edge.sound != SILENCE) {
            let jump = usize::from(edge.to) - node;
            if !self.jumps.contains(&jump) {
                self.jumps.push(jump);
            }
        }
        self.swaps.clear();
        self.swaps.resize(SOUNDS * self.jumps.len() * self.width, FAR);
        for (node, edge) in edges().filter(|(_, edge)| edge.sound != SILENCE) {
            let jump = usize::from(edge.to) - node;
            let jump = self.jumps.iter().position(|&known| known == jump).unwrap_or_default();
            let swap = &COSTS.swap[usize::from(edge.sound) % SOUNDS];
            for (sound, &cost) in swap.iter().enumerate().filter(|&(_, &cost)| cost < NEVER) {
                let known = &mut self.swaps[(sound * self.jumps.len() + jump) * self.width + node];
                *known = (*known).min((edge.penalty + cost) as RowCost);
            }
        }
    }

    /// How alike the query, which it was prepared for, and another spelling sound, from 0 to 1; `None` if less than `least`.
    pub(crate) fn similarity(&mut self, query: &Sounding, other: &Sounding, least: f32) -> Option<f32> {
        similarity(query, other, least, |cut| self.distance(query, other, cut))
    }

    /// The cost of the cheapest alignment of the query, which it was prepared for, if it is below `cut`.
    pub(super) fn distance(&mut self, query: &Sounding, other: &Sounding, cut: Cost) -> Option<Cost> {
        if query.is_blank() || other.is_blank() {
            return None;
        }
        let cut = cut.min(NEVER) as RowCost;
        let (width, nodes) = (self.width, other.nodes());
        let unwritten = usize::from(other.is_abjad && !query.is_abjad);
        let leaving = self.leaving[unwritten].get_or_insert_with(|| Leaving::of(query, width, 2 * unwritten));
        // Each row has room behind it, so that what leaps beyond its end needs no check.
        let stride = 2 * width;
        self.rows.clear();
        self.rows.resize(nodes * stride, FAR);
        self.rows[0] = 0;
        let kind = if query.is_abjad && !other.is_abjad { 2 } else { 0 };
        let mut here = [FAR; MAX_WIDTH];
        let here = &mut here[..width];
        for node in 0..nodes {
            let (before, after) = self.rows.split_at_mut((node + 1) * stride);
            let row = &mut before[node * stride..];
            here.copy_from_slice(&row[..width]);
            let least = least_of(here);
            if least >= cut {
                continue;
            }
            let leaps = if node == 0 { &leaving.initial } else { &leaving.further };
            for leap in leaps.iter().filter(|leap| least + leap.least < cut) {
                lower(&mut row[leap.nodes..], here, &leap.costs, 0);
            }
            here.copy_from_slice(&row[..width]);
            let worth = |edge: &&Edge| least.saturating_add(edge.penalty as RowCost) < cut;
            for edge in other.edges_of(node).iter().filter(worth) {
                let to = &mut after[(usize::from(edge.to) - node - 1) * stride..][..stride];
                let (sound, penalty) = (usize::from(edge.sound) % SOUNDS, edge.penalty as RowCost);
                let drop = |initial: usize| COSTS.drop[kind | initial][sound] as RowCost + penalty;
                // What begins the query is dearer.
                let (first, begun) = (to[0], here[0].saturating_add(drop(1)));
                lower_by(to, here, drop(usize::from(node == 0)));
                to[0] = first.min(begun);
                if edge.sound == SILENCE {
                    continue;
                }
                // What begins both is dearer.
                let first = here[0];
                if node == 0 {
                    here[0] = FAR;
                    for begun in query.edges_of(0).iter().filter(|begun| begun.sound != SILENCE) {
                        let swap = COSTS.initial_swap[usize::from(begun.sound) % SOUNDS][sound] as RowCost;
                        let total = first.saturating_add(swap).saturating_add(penalty + begun.penalty as RowCost);
                        let cell = &mut to[usize::from(begun.to)];
                        *cell = (*cell).min(total);
                    }
                }
                let swaps = self.swaps[sound * self.jumps.len() * width..].chunks_exact(width);
                for (&jump, costs) in self.jumps.iter().zip(swaps) {
                    lower(&mut to[jump..], here, costs, penalty);
                }
                here[0] = first;
            }
            same_letters(query, other, node, |gap, letters, there, extra| {
                let to = usize::from(other.gaps[there]) - node - 1;
                let cost = here[usize::from(query.gaps[gap])].saturating_add(extra);
                let cell = &mut after[to * stride + usize::from(query.gaps[gap + letters])];
                *cell = (*cell).min(cost);
            });
        }
        let total = self.rows[(nodes - 1) * stride + query.nodes() - 1];
        (total < cut).then_some(total as Cost)
    }
}

impl Leaving {
    fn of(query: &Sounding, width: usize, kind: usize) -> Self {
        Self { initial: leaps(query, width, kind, true), further: leaps(query, width, kind, false) }
    }
}

/// What it costs to leave out all between two nodes of the query.
fn leaps(query: &Sounding, width: usize, kind: usize, is_initial: bool) -> Vec<Leap> {
    let nodes = query.nodes();
    let mut leaps: Vec<Leap> = (1..nodes).map(|nodes| Leap { nodes, least: FAR, costs: vec![FAR; width] }).collect();
    for first in 0..nodes {
        let mut costs = [FAR; MAX_WIDTH];
        costs[first] = 0;
        for node in first..nodes {
            let so_far = costs[node];
            if node > first {
                let leap = &mut leaps[node - first - 1];
                leap.costs[first] = so_far;
                leap.least = leap.least.min(so_far);
            }
            let drop = &COSTS.drop[kind | usize::from(is_initial || node == 0)];
            for edge in query.edges_of(node) {
                let cost = (drop[usize::from(edge.sound) % SOUNDS] + edge.penalty) as RowCost;
                let to = &mut costs[usize::from(edge.to)];
                *to = (*to).min(so_far.saturating_add(cost));
            }
        }
    }
    leaps.retain(|leap| leap.least < FAR);
    leaps
}

/// Tells of every place in the query where the letters go on as at a node of the other: the gap, how many letters, the gap of the other
/// after them, and what it costs.
fn same_letters(query: &Sounding, other: &Sounding, node: usize, mut each: impl FnMut(usize, usize, usize, RowCost)) {
    let at = other.letter_of[node];
    if at == NOT_A_GAP {
        return;
    }
    let at = usize::from(at);
    let Some(&letter) = other.letters.get(at) else {
        return;
    };
    let next = other.letters.get(at + 1);
    for (gap, &ours) in query.letters.iter().enumerate() {
        if ours == letter {
            each(gap, 1, at + 1, 0);
        } else if next == Some(&ours) && query.letters.get(gap + 1) == Some(&letter) && ours != SPACE && letter != SPACE
        {
            each(gap, 2, at + 2, TRANSPOSITION as RowCost);
        }
    }
}

fn least_of(row: &[RowCost]) -> RowCost {
    let least = row.as_chunks().0.iter().fold(i16x8::splat(FAR), |least, &costs| least.min(i16x8::new(costs)));
    least.to_array().into_iter().fold(FAR, RowCost::min)
}

/// Lowers each cost of a row to that of another with what is added to it, if that is less.
#[inline]
fn lower(to: &mut [RowCost], from: &[RowCost], costs: &[RowCost], penalty: RowCost) {
    let penalty = i16x8::splat(penalty);
    let chunks = to.as_chunks_mut().0.iter_mut().zip(from.as_chunks().0).zip(costs.as_chunks().0);
    for ((to, &from), &costs) in chunks {
        let total = i16x8::new(from).saturating_add(i16x8::new(costs)).saturating_add(penalty);
        *to = total.min(i16x8::new(*to)).to_array();
    }
}

/// The same where each step costs the same.
#[inline]
fn lower_by(to: &mut [RowCost], from: &[RowCost], cost: RowCost) {
    let cost = i16x8::splat(cost);
    for (to, &from) in to.as_chunks_mut().0.iter_mut().zip(from.as_chunks().0) {
        *to = i16x8::new(from).saturating_add(cost).min(i16x8::new(*to)).to_array();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::Aligner;
    use super::*;

    fn spelling() -> impl Strategy<Value = String> {
        prop_oneof![
            "[a-zəşçğ]{1,12}( [a-z]{1,8}){0,2}",
            "[а-яїєҷ]{1,12}",
            "[ա-ֆ]{1,10}",
            "[ა-ჰ]{1,10}",
            "[א-ת]{1,8}",
            "[ا-ی]{1,8}",
            "(New |Verin |Upper )?[A-Z][a-z]{3,7}( şəhəri| city)?",
            "\\PC{0,30}",
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1500))]
        /// The aligner is the oracle.
        #[test]
        fn a_sweep_finds_what_the_aligner_finds(query in spelling(), others in prop::collection::vec(spelling(), 1..5), edited in 0usize..9, cut in 0u16..9000) {
            let mut sweep = Sweep::default();
            let query_sounding = Sounding::of(&query);
            sweep.prepare(&query_sounding);
            // One that is alike: a letter left out.
            let near: String = query.chars().enumerate().filter(|&(at, _)| at != edited).map(|(_, letter)| letter).collect();
            for other in others.iter().chain([&near, &query]) {
                let other = Sounding::of(other);
                let found = sweep.distance(&query_sounding, &other, cut);
                prop_assert_eq!(found, Aligner::default().distance(&query_sounding, &other, cut));
            }
        }
    }
}
