//! Anchors: the entries that a document mentions beyond doubt, and what they speak for.
//!
//! What is mentioned beyond doubt tells of which country a text speaks and round about where; all else is weighed by that. Counting doubtful mentions by
//! their likelihood was rejected: a first name would speak for the village of that name, and the village for the first name.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::gazetteer::compiled::{CountryCode, EntryView, Layers};
use crate::gazetteer::{Kind, Point};
use crate::resolve::{containers, contains};

/// What a document mentions beyond doubt.
#[derive(Debug, Default)]
pub(in crate::resolve) struct Anchors {
    /// Entries that are mentioned beyond doubt.
    entries: FxHashSet<u32>,
    /// Those of them that lie at a point, by their degree of latitude: a long list of places would be compared all with all.
    located: BTreeMap<i32, Vec<(u32, Place)>>,
    /// Everything that contains an anchor.
    around: FxHashSet<u32>,
    /// Country codes of the anchors, and how many lie in each.
    countries: FxHashMap<CountryCode, usize>,
}

impl Anchors {
    pub(super) fn add(&mut self, layers: &Layers, entry: u32) {
        if !self.entries.insert(entry) {
            return;
        }
        self.around.extend(containers(layers, entry).iter());
        let listed = layers.entry(entry);
        if let Some(point) = point_of(listed) {
            self.located.entry(point.latitude.floor() as i32).or_default().push((entry, Place::of(point)));
        }
        if !listed.country().is_blank() && listed.kind() != Kind::Person {
            *self.countries.entry(listed.country()).or_default() += 1;
        }
    }

    /// Whether some place of the country is mentioned beyond doubt.
    pub(in crate::resolve) fn has_country(&self, code: CountryCode) -> bool {
        !code.is_blank() && self.countries.contains_key(&code)
    }

    /// The share of the places mentioned beyond doubt that lie in the country.
    pub(in crate::resolve) fn focus(&self, code: CountryCode) -> f64 {
        let all: usize = self.countries.values().sum();
        let inside = self.countries.get(&code).copied().unwrap_or_default();
        if code.is_blank() || all == 0 { 0.0 } else { inside as f64 / all as f64 }
    }

    /// Whether another place of the entry's country is mentioned beyond doubt, or one that the entry contains or is in.
    pub(in crate::resolve) fn has_company(&self, layers: &Layers, entry: u32) -> bool {
        let all = self.countries.get(&layers.entry(entry).country()).copied().unwrap_or_default();
        let is_local = |outer: &u32| !layers.entry(*outer).country().is_blank() && self.contains(*outer);
        all > usize::from(self.contains(entry))
            || self.is_around(entry)
            || containers(layers, entry).iter().any(is_local)
    }

    /// Whether the entry contains an anchor.
    pub(in crate::resolve) fn is_around(&self, entry: u32) -> bool {
        self.around.contains(&entry)
    }

    /// Whether a place with a point of its own is mentioned within so many kilometres of `entry`, other than the entry itself
    /// and what it contains: a town is no evidence for its district.
    pub(in crate::resolve) fn has_anchor_near(&self, layers: &Layers, entry: u32, kilometres: f64) -> bool {
        // A little less than there are, so that rounding leaves nothing out.
        const KILOMETRES_A_DEGREE: f64 = 111.0;
        let Some(here) = point_of(layers.entry(entry)) else {
            return false;
        };
        let degree = |kilometres: f64| (here.latitude + kilometres / KILOMETRES_A_DEGREE).floor() as i32;
        let mut anchors =
            self.located.range(degree(-kilometres)..=degree(kilometres)).flat_map(|(_, anchors)| anchors).peekable();
        if anchors.peek().is_none() {
            return false;
        }
        let here = Place::of(here);
        anchors.any(|(anchor, there)| {
            *anchor != entry && here.is_within(kilometres, there) && !contains(layers, entry, *anchor)
        })
    }

    /// Whether another place in the same country or container is mentioned beyond doubt, or the place itself.
    pub(in crate::resolve) fn supports(&self, layers: &Layers, entry: u32) -> bool {
        // A continent contains too much to speak for a village.
        let is_local = |outer: &u32| !layers.entry(*outer).country().is_blank();
        let is_near = |outer: &u32| is_local(outer) && (self.contains(*outer) || self.is_around(*outer));
        self.contains(entry)
            || self.has_country(layers.entry(entry).country())
            || containers(layers, entry).iter().any(is_near)
    }

    /// Whether the entry itself is an anchor.
    pub(in crate::resolve) fn contains(&self, entry: u32) -> bool {
        self.entries.contains(&entry)
    }

    /// How many there are.
    pub(in crate::resolve) fn count(&self) -> usize {
        self.entries.len()
    }
}

/// A point, also as a vector from the centre of the earth: telling which of two is near another takes no sines then.
#[derive(Clone, Copy, Debug)]
struct Place {
    point: Point,
    vector: [f64; 3],
}

impl Place {
    fn of(point: Point) -> Self {
        let (north, beside_axis) = point.latitude.to_radians().sin_cos();
        let (east, out) = point.longitude.to_radians().sin_cos();
        Self { point, vector: [north, beside_axis * east, beside_axis * out] }
    }

    /// Whether the other is so near. Where the vectors leave it open, the distance is measured.
    fn is_within(&self, kilometres: f64, other: &Self) -> bool {
        const EARTH_RADIUS: f64 = 6_371.0;
        const MARGIN: f64 = 1e-6;
        let squares = self.vector.iter().zip(&other.vector).map(|(one, other)| (one - other).powi(2));
        let chord = squares.sum::<f64>() * EARTH_RADIUS.powi(2);
        // The chord is shorter than the way over the surface, by less than a thousandth up to 900 kilometres.
        let (least, most) = (kilometres * (1.0 - 2e-3), kilometres * (1.0 + MARGIN));
        chord <= least.powi(2) || (chord <= most.powi(2) && self.point.kilometres_to(other.point) <= kilometres)
    }
}

/// Where an entry lies, if that is a point and no area.
fn point_of(entry: EntryView<'_>) -> Option<Point> {
    let is_area = matches!(entry.kind(), Kind::Country | Kind::Region | Kind::District | Kind::Sea);
    entry.point().filter(|_| !is_area)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Near one another, at the bound and far off it is as the distance says.
        #[test]
        fn nearness_is_as_measured(
            latitude in -90.0..90.0, longitude in -180.0..180.0, north in -4.0..4.0, east in -4.0..4.0,
            kilometres in prop::sample::select(vec![60.0, 100.0, 300.0]), is_scaled in any::<bool>(),
        ) {
            let here = Point { latitude, longitude };
            let at = |share: f64| Point { latitude: latitude + share * north, longitude: longitude + share * east };
            // Some hundred metres about the bound.
            let share = if is_scaled { kilometres / here.kilometres_to(at(1.0)).max(1.0) } else { 1.0 };
            for share in [share * 0.999, share, share * 1.001] {
                let there = at(share);
                prop_assert_eq!(Place::of(here).is_within(kilometres, &Place::of(there)), here.kilometres_to(there) <= kilometres);
            }
        }
    }
}
