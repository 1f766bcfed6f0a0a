//! Which entries of two gazetteers are the same: by identifier, else by a shared name and nearness.
//!
//! Names are compared by their folded keys, and across scripts by what `any_ascii` makes of them. Candidates come from a grid (`grid`), so that
//! two gazetteers of a million places take seconds; of equal keys a limited number is looked at.

use rustc_hash::FxHashMap;

use super::grid::{Candidate, MAX_LOOKED_AT, Names, Points, distance, far, keys, near};
use super::{Doubt, Unsure};
use crate::gazetteer::entry::{Entry, EntryId};
use crate::translit::{Aligner, Sounding};

/// How an entry was recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    Identifier,
    Name,
}

/// A partner must be so many times nearer than the next, and this much.
const CLEARLY_NEARER: f64 = 3.0;
const CLEARLY_NEARER_KM: f64 = 1.0;
/// Settlements so near to one another may be one by two names.
const ONE_POINT_KM: f64 = 0.5;
/// Names that sound so alike may be one.
const SOUNDS_ALIKE: f32 = 0.85;

/// Which of the first gazetteer's entries each of the second's is, and what is not sure.
pub(super) struct Pairs {
    pub(super) partners: Vec<Option<(usize, By)>>,
    pub(super) unsure: Vec<Unsure>,
}

impl Pairs {
    pub(super) fn find(first: &[Entry], second: &[Entry]) -> Self {
        let mut search = Search {
            first,
            second,
            partners: vec![None; second.len()],
            is_taken: vec![false; first.len()],
            has_doubt: vec![false; second.len()],
            unsure: Vec::new(),
        };
        search.by_identifiers();
        search.by_name();
        search.by_point();
        search.unsure.sort_by(|one, other| (&one.id, &one.other).cmp(&(&other.id, &other.other)));
        search.unsure.dedup();
        Self { partners: search.partners, unsure: search.unsure }
    }
}

struct Search<'e> {
    first: &'e [Entry],
    second: &'e [Entry],
    partners: Vec<Option<(usize, By)>>,
    is_taken: Vec<bool>,
    has_doubt: Vec<bool>,
    unsure: Vec<Unsure>,
}

/// What an entry is known by elsewhere.
type Identifier<'f> = &'f dyn Fn(&Entry) -> Option<String>;

impl Search<'_> {
    fn pair(&mut self, at: usize, theirs: usize, by: By) {
        self.partners[theirs] = Some((at, by));
        self.is_taken[at] = true;
    }

    fn doubt(&mut self, at: usize, theirs: usize, reason: Doubt) {
        let (mine, other) = (&self.first[at], &self.second[theirs]);
        self.has_doubt[theirs] = true;
        self.unsure.push(Unsure {
            reason,
            id: mine.id.to_string(),
            name: mine.canonical.clone(),
            other: other.id.to_string(),
            other_name: other.canonical.clone(),
            km: distance(mine, other).map(|km| (km * 1e3).round() / 1e3),
        });
    }

    /// By GeoNames id, Wikidata id, and the entry's own id. Two gazetteers may give one id of their own to different places, so that
    /// counts beside a name or place only.
    fn by_identifiers(&mut self) {
        let geonames = |entry: &Entry| entry.geonames.map(|id| id.to_string());
        let wikidata = |entry: &Entry| Some(entry.wikidata.clone()).filter(|id| !id.is_empty());
        let own = |entry: &Entry| Some(EntryId::as_str(&entry.id).to_owned());
        let identifiers: [(Identifier<'_>, bool); 3] = [(&geonames, true), (&wikidata, true), (&own, false)];
        for (identifier, is_sure) in identifiers {
            let mut known: FxHashMap<String, usize> = FxHashMap::default();
            for (at, entry) in self.first.iter().enumerate().rev() {
                known.extend(identifier(entry).map(|id| (id, at)));
            }
            for theirs in 0..self.second.len() {
                if self.partners[theirs].is_some() {
                    continue;
                }
                let Some(&at) = identifier(&self.second[theirs]).and_then(|id| known.get(&id)) else {
                    continue;
                };
                self.by_identifier(at, theirs, is_sure);
            }
        }
    }

    fn by_identifier(&mut self, at: usize, theirs: usize, is_sure: bool) {
        let (mine, other) = (&self.first[at], &self.second[theirs]);
        let is_far = distance(mine, other).is_some_and(|km| km > far(mine, other));
        let has_same_name = || !keys(mine).is_disjoint(&keys(other));
        let is_plausible = mine.kind.label() == other.kind.label() && (!is_far || is_sure && has_same_name());
        if self.is_taken[at] {
            self.doubt(at, theirs, Doubt::SeveralPartners);
        } else if is_plausible && (is_sure || has_same_name()) {
            self.pair(at, theirs, By::Identifier);
        } else {
            self.doubt(at, theirs, Doubt::IdentifierOnly);
        }
    }

    fn by_name(&mut self) {
        let names = Names::new(self.first, &self.is_taken);
        let mut proposals: Vec<(f64, usize, usize)> = Vec::new();
        for theirs in (0..self.second.len()).filter(|&theirs| self.partners[theirs].is_none()).collect::<Vec<_>>() {
            match self.choose(&names, theirs) {
                Some((best, None)) => proposals.push((best.km.unwrap_or_default(), theirs, best.at)),
                Some((best, Some(reason))) if !self.has_doubt[theirs] => self.doubt(best.at, theirs, reason),
                _ => {}
            }
        }
        // Of several that want one partner the nearest gets it.
        proposals.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
        for (_, theirs, at) in proposals {
            if self.is_taken[at] {
                self.doubt(at, theirs, Doubt::SeveralPartners);
            } else {
                self.pair(at, theirs, By::Name);
            }
        }
    }

    /// The likeliest partner of the same name, and why it is not sure.
    fn choose(&self, names: &Names, theirs: usize) -> Option<(Candidate, Option<Doubt>)> {
        let other = &self.second[theirs];
        let candidates = names.candidates(self.first, other);
        let fits = |candidate: &Candidate| self.first[candidate.at].kind.may_be(other.kind);
        let is_near = |candidate: &Candidate| {
            candidate.km.is_some_and(|km| km <= near(self.first[candidate.at].kind).max(near(other.kind)))
        };
        let nearest = |wanted: &dyn Fn(&Candidate) -> bool| {
            let found = candidates.iter().copied().filter(wanted);
            found.min_by(|one, other| one.km.unwrap_or(0.0).total_cmp(&other.km.unwrap_or(0.0)))
        };
        if let Some(best) = nearest(&|candidate| fits(candidate) && is_near(candidate)) {
            let is_clear =
                candidates.iter().filter(|rival| rival.at != best.at && fits(rival) && is_near(rival)).all(|rival| {
                    let (best_km, rival_km) = (best.km.unwrap_or_default(), rival.km.unwrap_or_default());
                    rival_km > CLEARLY_NEARER * best_km && rival_km > best_km + CLEARLY_NEARER_KM
                });
            return Some((best, (!is_clear).then_some(Doubt::SeveralPartners)));
        }
        if let Some(best) = nearest(&|candidate| is_near(candidate)) {
            return Some((best, Some(Doubt::KindsDisagree)));
        }
        if let Some(best) = nearest(&|candidate| fits(candidate) && candidate.km.is_some()) {
            return Some((best, Some(Doubt::FarApart)));
        }
        let is_of_country = |candidate: &Candidate| {
            let (mine, theirs) = (&self.first[candidate.at].country, &other.country);
            mine == theirs || mine.is_empty() || theirs.is_empty()
        };
        let mut unlocated =
            candidates.iter().copied().filter(|one| fits(one) && one.km.is_none() && is_of_country(one));
        let best = unlocated.next()?;
        // People and organisations have no place, and a full name that one only bears says enough.
        let is_clear = other.kind.label() != "place" && unlocated.next().is_none();
        Some((best, (!is_clear).then_some(Doubt::NoCoordinates)))
    }

    /// Settlements that have no partner yet and lie at one point, or near and sound alike: perhaps two names of one.
    fn by_point(&mut self) {
        let points = Points::new(self.first, &self.is_taken);
        for theirs in 0..self.second.len() {
            let is_open = self.partners[theirs].is_none() && !self.has_doubt[theirs];
            let Some(point) = self.second[theirs].point.filter(|_| is_open && self.second[theirs].kind.is_settlement())
            else {
                continue;
            };
            let near = near(self.second[theirs].kind);
            let mut found: Vec<Candidate> = points
                .near(point, near)
                .take(MAX_LOOKED_AT)
                .map(|at| Candidate { at, km: distance(&self.first[at], &self.second[theirs]) })
                .collect();
            found.retain(|found| found.km.is_some_and(|km| km <= near));
            found.sort_by(|one, other| one.km.unwrap_or_default().total_cmp(&other.km.unwrap_or_default()));
            let may_be = |found: &&Candidate| {
                let is_here = found.km.is_some_and(|km| km <= ONE_POINT_KM);
                is_here || sound_alike(&self.first[found.at], &self.second[theirs])
            };
            if let Some(found) = found.iter().find(may_be) {
                self.doubt(found.at, theirs, Doubt::OtherName);
            }
        }
    }
}

fn sound_alike(one: &Entry, other: &Entry) -> bool {
    let (mine, theirs) = (Sounding::of(&one.canonical), Sounding::of(&other.canonical));
    Aligner::default().similarity(&mine, &theirs, SOUNDS_ALIKE).is_some_and(|score| score >= SOUNDS_ALIKE)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::grid::tests::{entries, places};
    use super::*;

    proptest! {
        /// Every entry of the second gazetteer has one partner at most, and no two share one.
        #[test]
        fn partners_are_not_shared(first in places(), second in places()) {
            let (first, second) = (entries(&first), entries(&second));
            let mut partners: Vec<usize> =
                Pairs::find(&first, &second).partners.iter().flatten().map(|&(at, _)| at).collect();
            let count = partners.len();
            partners.sort_unstable();
            partners.dedup();
            prop_assert_eq!(partners.len(), count);
        }
    }
}
