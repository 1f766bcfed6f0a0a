//! The field's measures: precision, recall and F1 of what was found; how far a point is from the right one; whether probabilities mean
//! what they say.
//!
//! Distances follow Leidner (2007) and what came after: the share within 161 km (a hundred miles), the median, and the area under the curve of
//! the logarithm of the error (Jurgens and others 2015; Gritta and others 2018), from 0 (all exact) to 1 (all at the antipodes).
//! Probabilities are judged by a reliability table and by the expected calibration error (Guo and others 2017).

use serde::Serialize;

use crate::document::rounded;

/// How many mentions were found, invented and missed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Found {
    /// Gold mentions that were found.
    pub right: usize,
    /// Mentions that the gold does not have.
    pub wrong: usize,
    /// Gold mentions that were not found.
    pub missed: usize,
}

impl Found {
    /// The share of what was found that is right; 1 if nothing was found.
    pub fn precision(self) -> f64 {
        share(self.right, self.right + self.wrong)
    }

    /// The share of the gold that was found; 1 if there is none.
    pub fn recall(self) -> f64 {
        share(self.right, self.right + self.missed)
    }

    /// The harmonic mean of precision and recall.
    pub fn f1(self) -> f64 {
        share(2 * self.right, 2 * self.right + self.wrong + self.missed)
    }
}

impl Serialize for Found {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut fields = serializer.serialize_struct("Found", 6)?;
        fields.serialize_field("right", &self.right)?;
        fields.serialize_field("wrong", &self.wrong)?;
        fields.serialize_field("missed", &self.missed)?;
        fields.serialize_field("precision", &rounded(self.precision()))?;
        fields.serialize_field("recall", &rounded(self.recall()))?;
        fields.serialize_field("f1", &rounded(self.f1()))?;
        fields.end()
    }
}

/// How far the points of found mentions are from the right ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Distances {
    /// Mentions that were found and have a gold point.
    pub mentions: usize,
    /// The share of them whose point is within 161 km; one without a point is not.
    pub within_161_km: f64,
    /// The median error in kilometres.
    pub median_km: f64,
    /// The area under the curve of the logarithm of the error, 0 to 1; less is better.
    pub area_under_curve: f64,
}

/// Half the earth's circumference in kilometres: no error is larger.
pub(super) const FARTHEST_KM: f64 = 20_039.0;
const NEAR_KM: f64 = 161.0;

impl Distances {
    /// The measures of these errors, in kilometres.
    pub(super) fn of(mut errors: Vec<f64>) -> Self {
        errors.sort_by(f64::total_cmp);
        let (Some(&first), Some(&last)) = (errors.first(), errors.last()) else {
            return Self::default();
        };
        let height = |kilometres: f64| (1.0 + kilometres.min(FARTHEST_KM)).ln() / (1.0 + FARTHEST_KM).ln();
        let heights: f64 = errors.iter().copied().map(height).sum();
        // Trapezia between neighbours, as numpy draws them.
        let area = heights - (height(first) + height(last)) / 2.0;
        let near = errors.iter().filter(|&&kilometres| kilometres <= NEAR_KM).count();
        Self {
            mentions: errors.len(),
            within_161_km: rounded(share(near, errors.len())),
            median_km: rounded(median(&errors)),
            area_under_curve: rounded(if errors.len() > 1 { area / (errors.len() - 1) as f64 } else { height(first) }),
        }
    }
}

fn median(sorted: &[f64]) -> f64 {
    let middle = sorted.len() / 2;
    if sorted.len().is_multiple_of(2) { (sorted[middle - 1] + sorted[middle]) / 2.0 } else { sorted[middle] }
}

/// Mentions whose probability lies in one range, and how many of them are right.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Reliability {
    /// The least probability of the range.
    pub from: f64,
    /// The end of the range, itself included in the last one only.
    pub to: f64,
    /// How many mentions have such a probability.
    pub mentions: usize,
    /// Their mean probability.
    pub probability: f64,
    /// The share of them that is right.
    pub right: f64,
}

/// Narrower where most mentions are and where a difference counts.
const BOUNDS: [f64; 8] = [0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99];

/// The table of probabilities and whether the mention was right, and the expected calibration error.
pub(super) fn reliability(judged: &[(f64, bool)]) -> (Vec<Reliability>, f64) {
    let mut table = Vec::new();
    let mut error = 0.0;
    for (at, &from) in BOUNDS.iter().enumerate() {
        let to = BOUNDS.get(at + 1).copied().unwrap_or(1.0);
        let is_inside = |probability: f64| probability >= from && (probability < to || at + 1 == BOUNDS.len());
        let inside: Vec<_> = judged.iter().filter(|(probability, _)| is_inside(*probability)).collect();
        if inside.is_empty() {
            continue;
        }
        let mentions = inside.len();
        let probability = inside.iter().map(|(probability, _)| probability).sum::<f64>() / mentions as f64;
        let right = share(inside.iter().filter(|(_, is_right)| *is_right).count(), mentions);
        error += (probability - right).abs() * mentions as f64 / judged.len() as f64;
        let (probability, right) = (rounded(probability), rounded(right));
        table.push(Reliability { from, to, mentions, probability, right });
    }
    (table, rounded(error))
}

/// A share from 0 to 1; of nothing, all is right.
pub(super) fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_those_of_the_literature() {
        let distances = Distances::of(vec![0.0, 161.0, 162.0, FARTHEST_KM]);
        assert_eq!((distances.mentions, distances.within_161_km, distances.median_km), (4, 0.5, 161.5));
        // numpy.trapezoid([0, 0.51343, 0.51405, 1]) / 3
        assert!((distances.area_under_curve - 0.5092).abs() < 1e-3, "{distances:?}");
        assert_eq!(Distances::of(Vec::new()).mentions, 0);
        assert_eq!(Distances::of(vec![0.0]).area_under_curve, 0.0);
        assert_eq!(Distances::of(vec![FARTHEST_KM; 3]).area_under_curve, 1.0);
    }

    #[test]
    fn probabilities_that_hold_have_no_error() {
        let honest: Vec<(f64, bool)> = (0..10).map(|at| (0.9, at != 0)).collect();
        let (table, error) = reliability(&honest);
        assert_eq!((table.len(), table[0].mentions, table[0].right, error), (1, 10, 0.9, 0.0));
        let (_, error) = reliability(&[(1.0, false), (1.0, true)]);
        assert_eq!(error, 0.5);
    }
}
