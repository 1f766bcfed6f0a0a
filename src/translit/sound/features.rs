//! What an alignment is made of, for `tests/refit/refit.py`, which learns the costs: how often each row of the tables counts in it.

use std::fmt::Write as _;

use super::SILENCE;
use super::align::{Aligner, initial_factor, norm, plain_similarity, unwritten_factor};
use super::sounding::Sounding;
use super::table::TABLE;

impl Aligner {
    /// `NORM PLAIN REST FEATURE=COUNT…`, apart by tabs: the distance is REST and the counts times the costs of their rows.
    pub(crate) fn features(&mut self, found: &Sounding, listed: &Sounding) -> String {
        let plain = plain_similarity(&found.ascii, &listed.ascii);
        let mut rest = f32::from(self.distance(found, listed, 20_000).unwrap_or(20_000)) / 1000.0;
        let mut features = String::new();
        for step in self.path(found, listed) {
            let edges = [step.one, step.other];
            for edge in edges.into_iter().flatten().filter(|edge| edge.penalty > 0) {
                if let Some(row) = TABLE.rows.get(usize::from(edge.reading)) {
                    rest -= f32::from(edge.penalty) / 1000.0;
                    let _ = write!(features, "\tr {row}=1");
                }
            }
            let [one, other] = edges.map(|edge| edge.map_or(SILENCE, |edge| edge.sound));
            if one == other {
                continue;
            }
            let mut factor = 1.0;
            if step.from.0 == 0 || step.from.1 == 0 {
                let is_swap = one != SILENCE && other != SILENCE;
                factor *= if !is_swap || step.from == (0, 0) { initial_factor() } else { 1.0 };
            }
            let is_vowel = TABLE.is_vowel[usize::from(one.max(other))];
            if is_vowel
                && (one == SILENCE && found.is_abjad && !listed.is_abjad
                    || other == SILENCE && listed.is_abjad && !found.is_abjad)
            {
                factor *= unwritten_factor();
            }
            rest -=
                factor * f32::from(TABLE.swap[usize::from(one) * super::table::SOUNDS + usize::from(other)]) / 1000.0;
            let name = |sound: u8| TABLE.symbols[usize::from(sound)].as_str();
            let _ = write!(features, "\ts {} {}={factor}", name(one.min(other)), name(one.max(other)));
        }
        format!("{}\t{plain}\t{rest:.3}{features}", norm(found, listed) / 1000.0)
    }
}
