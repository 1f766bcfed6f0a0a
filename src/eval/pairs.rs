//! Which mention of a document is which gold mention, and whether it was resolved rightly.

use crate::document::Annotation;
use crate::gazetteer::Point;
use crate::resolve::Status;
use crate::text::fold;

use super::gold::GoldMention;
use super::measures::FARTHEST_KM;

/// A point this near to the gold point is the right place, where the gold has names or ids as well; in kilometres.
const SAME_PLACE_KM: f64 = 25.0;
/// Where it has a point only, which for an area may be another than ours: a hundred miles, the field's measure.
const SAME_AREA_KM: f64 = 161.0;

/// How the mentions of one document stand to its gold.
pub(super) struct Pairs<'d> {
    /// Gold mentions that count, each with the resolved mention that overlaps it.
    pub(super) gold: Vec<(&'d GoldMention, Option<&'d Annotation>)>,
    /// Resolved mentions that touch nothing in the gold.
    pub(super) invented: Vec<&'d Annotation>,
    /// Mentions that are ambiguous.
    pub(super) ambiguous: Vec<&'d Annotation>,
}

impl<'d> Pairs<'d> {
    /// Pairs mentions whose label is `label`; of gold without labels every mention counts.
    pub(super) fn new(gold: &'d [GoldMention], annotations: &'d [Annotation], label: &str) -> Self {
        let counts = |gold: &GoldMention| !gold.is_optional && gold.label.as_deref().is_none_or(|its| its == label);
        let (ambiguous, mut free): (Vec<_>, Vec<_>) =
            annotations.iter().filter(|found| found.label == label).partition(|found| found.status != Status::Resolved);
        let mut pairs: Vec<_> = gold.iter().filter(|gold| counts(gold)).map(|gold| (gold, None)).collect();
        // Exact ones first, or a neighbour that merely overlaps would take their place.
        for is_pair in [is_exact, overlaps] {
            for (gold, found) in pairs.iter_mut().filter(|(_, found)| found.is_none()) {
                let at = free.iter().position(|candidate| is_pair(gold, candidate));
                *found = at.map(|at| free.remove(at));
            }
        }
        free.retain(|found| !gold.iter().any(|gold| !counts(gold) && overlaps(gold, found)));
        Self { gold: pairs, invented: free, ambiguous }
    }
}

/// Whether a mention stands exactly where the gold has one.
pub(super) fn is_exact(gold: &GoldMention, found: &Annotation) -> bool {
    gold.span == found.span
}

pub(super) fn overlaps(gold: &GoldMention, found: &Annotation) -> bool {
    gold.span.overlaps(found.span)
}

/// Whether the mention was resolved to what the gold means: the entry, one of the names, or the point.
pub(super) fn is_right(gold: &GoldMention, found: &Annotation) -> bool {
    let is_named = |name: &Option<String>| {
        name.as_deref().is_some_and(|name| gold.names.iter().any(|accepted| fold(accepted) == fold(name)))
    };
    let near = if gold.names.is_empty() && gold.entry.is_none() { SAME_AREA_KM } else { SAME_PLACE_KM };
    (gold.entry.is_some() && gold.entry == found.id)
        || is_named(&found.name)
        || is_named(&found.canonical)
        || distance(gold, found).is_some_and(|kilometres| kilometres <= near)
}

/// From the gold point to that of the mention, in kilometres; the longest way on earth if the mention has none.
pub(super) fn distance(gold: &GoldMention, found: &Annotation) -> Option<f64> {
    let here = gold.point?;
    let there = found.lat.zip(found.lon).map(|(latitude, longitude)| Point { latitude, longitude });
    Some(there.map_or(FARTHEST_KM, |there| here.kilometres_to(there)))
}
