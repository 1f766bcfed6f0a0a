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
    located: BTreeMap<i32, Vec<(u32, Point)>>,
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
            self.located.entry(point.latitude.floor() as i32).or_default().push((entry, point));
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
        let mut anchors = self.located.range(degree(-kilometres)..=degree(kilometres)).flat_map(|(_, anchors)| anchors);
        anchors.any(|&(anchor, there)| {
            anchor != entry && here.kilometres_to(there) <= kilometres && !contains(layers, entry, anchor)
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
    pub(super) fn count(&self) -> usize {
        self.entries.len()
    }
}

/// Where an entry lies, if that is a point and no area.
fn point_of(entry: EntryView<'_>) -> Option<Point> {
    let is_area = matches!(entry.kind(), Kind::Country | Kind::Region | Kind::District | Kind::Sea);
    entry.point().filter(|_| !is_area)
}
