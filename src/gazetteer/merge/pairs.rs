//! Which entries of two gazetteers are the same: by identifier, else by a shared name and nearness.
//!
//! Names are compared by their folded keys, and across scripts by what `any_ascii` makes of them. Candidates are found in sorted lists by key
//! and cell of a grid, so that two gazetteers of a million places take seconds; of equal keys a limited number is looked at.

use rustc_hash::{FxHashMap, FxHashSet};
use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::{Doubt, Unsure};
use crate::gazetteer::entry::{Entry, EntryId, Point, Spelling};
use crate::gazetteer::kind::Kind;
use crate::text::key_of;
use crate::translit::{Aligner, Sounding, ascii_key};

/// How an entry was recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    Identifier,
    Name,
}

/// So many times as far as its kind extends a place of one name may still be the same.
const FAR: f64 = 5.0;
const MAX_FAR_KM: f64 = 250.0;
/// A partner must be so many times nearer than the next, and this much.
const CLEARLY_NEARER: f64 = 3.0;
const CLEARLY_NEARER_KM: f64 = 1.0;
/// Settlements so near to one another may be one by two names.
const ONE_POINT_KM: f64 = 0.5;
/// Names that sound so alike may be one.
const SOUNDS_ALIKE: f32 = 0.85;
/// So many entries of one key, or in one cell, are looked at.
const MAX_LOOKED_AT: usize = 200;
/// Cells are so large, in degrees: for names, and for points alone.
const NAME_CELL: f64 = 0.5;
const POINT_CELL: f64 = 0.05;

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

/// An entry of the first gazetteer that one of the second may be.
#[derive(Clone, Copy)]
struct Candidate {
    at: usize,
    km: Option<f64>,
}

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
            joined: self.partners[theirs].is_some_and(|(partner, _)| partner == at),
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

/// Entries of the first gazetteer by what they are called, and where.
struct Names {
    /// Hash of key and cell, and the entry.
    by_cell: Vec<(u64, u32)>,
    by_key: Vec<(u64, u32)>,
}

/// The cell of what has no coordinates.
const NOWHERE: u64 = u64::MAX;

impl Names {
    fn new(entries: &[Entry], is_taken: &[bool]) -> Self {
        let (mut by_cell, mut by_key) = (Vec::new(), Vec::new());
        for (at, entry) in entries.iter().enumerate().filter(|(at, _)| !is_taken[*at]) {
            let cell = entry.point.map_or(NOWHERE, |point| cell(point, NAME_CELL));
            for key in keys(entry) {
                by_cell.push((xxh3_64_with_seed(key.as_bytes(), cell), at as u32));
                by_key.push((xxh3_64_with_seed(key.as_bytes(), 0), at as u32));
            }
        }
        by_cell.sort_unstable();
        by_key.sort_unstable();
        Self { by_cell, by_key }
    }

    /// The entries that share a name with another and are not too far from it; those without coordinates as well.
    fn candidates(&self, entries: &[Entry], other: &Entry) -> Vec<Candidate> {
        let mut found: Vec<u32> = Vec::new();
        for key in keys(other) {
            match other.point {
                None => found.extend(under(&self.by_key, xxh3_64_with_seed(key.as_bytes(), 0))),
                Some(point) => {
                    let reach = (near(other.kind) * FAR).min(MAX_FAR_KM);
                    for cell in cells_around(point, reach, NAME_CELL).chain([NOWHERE]) {
                        found.extend(under(&self.by_cell, xxh3_64_with_seed(key.as_bytes(), cell)));
                    }
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        let candidate = |at: u32| Candidate { at: at as usize, km: distance(&entries[at as usize], other) };
        let may_be = |found: &Candidate| {
            let mine = &entries[found.at];
            mine.kind.label() == other.kind.label() && found.km.is_none_or(|km| km <= far(mine, other))
        };
        found.into_iter().map(candidate).filter(may_be).collect()
    }
}

/// Settlements of the first gazetteer by where they are.
struct Points(Vec<(u64, u32)>);

impl Points {
    fn new(entries: &[Entry], is_taken: &[bool]) -> Self {
        let open = entries.iter().enumerate().filter(|(at, entry)| !is_taken[*at] && entry.kind.is_settlement());
        let mut points: Vec<(u64, u32)> =
            open.filter_map(|(at, entry)| Some((cell(entry.point?, POINT_CELL), at as u32))).collect();
        points.sort_unstable();
        Self(points)
    }

    fn near(&self, point: Point, km: f64) -> impl Iterator<Item = usize> {
        cells_around(point, km, POINT_CELL).flat_map(|cell| under(&self.0, cell)).map(|at| at as usize)
    }
}

/// The entries under a key of a sorted list, a limited number.
fn under(list: &[(u64, u32)], key: u64) -> impl Iterator<Item = u32> {
    let start = list.partition_point(|&(other, _)| other < key);
    list[start..].iter().take_while(move |&&(other, _)| other == key).take(MAX_LOOKED_AT).map(|&(_, at)| at)
}

const ROWS: f64 = 180.0;
const COLUMNS: f64 = 360.0;

fn cell(point: Point, size: f64) -> u64 {
    let row = ((point.latitude + ROWS / 2.0) / size) as u64;
    let column = ((point.longitude + COLUMNS / 2.0) / size) as u64;
    row << 32 | column
}

/// The cells that reach so many kilometres around a point; across the 180th meridian as well.
fn cells_around(point: Point, km: f64, size: f64) -> impl Iterator<Item = u64> {
    const KM_A_DEGREE: f64 = 111.0;
    const MAX_COLUMNS: f64 = 40.0;
    let north = km / KM_A_DEGREE;
    let east = (north / point.latitude.to_radians().cos().max(0.01)).min(MAX_COLUMNS * size);
    let steps = |from: f64, to: f64| {
        (0..=((to - from) / size).ceil() as u64).map(move |step| (from + step as f64 * size).min(to))
    };
    let rows = steps((point.latitude - north).max(-90.0), (point.latitude + north).min(90.0));
    let cells = rows.flat_map(move |latitude| {
        steps(point.longitude - east, point.longitude + east).map(move |longitude| {
            let longitude = (longitude + ROWS).rem_euclid(COLUMNS) - ROWS;
            cell(Point { latitude, longitude }, size)
        })
    });
    let distinct: FxHashSet<u64> = cells.collect();
    distinct.into_iter()
}

/// What an entry is called: its right names, folded, those in other scripts in Latin letters as well.
fn keys(entry: &Entry) -> FxHashSet<String> {
    keys_of(entry.names.iter().flat_map(|name| &name.spellings))
}

/// The right ones of some spellings as keys.
pub(super) fn keys_of<'s>(spellings: impl Iterator<Item = &'s Spelling>) -> FxHashSet<String> {
    let mut keys = FxHashSet::default();
    for spelling in spellings.filter(|spelling| spelling.kind.is_right()) {
        let key = key_of(&spelling.text);
        if !key.is_ascii() {
            keys.insert(ascii_key(&key));
        }
        keys.insert(key);
    }
    keys.remove("");
    keys
}

fn distance(one: &Entry, other: &Entry) -> Option<f64> {
    Some(one.point?.kilometres_to(other.point?))
}

/// How far the points of two sources that mean one such place lie apart, in kilometres.
fn near(kind: Kind) -> f64 {
    match kind {
        Kind::Village => 3.0,
        Kind::Town | Kind::Place | Kind::Site | Kind::Pass => 5.0,
        Kind::City | Kind::Mountain => 10.0,
        Kind::Lake | Kind::District | Kind::Corridor => 30.0,
        Kind::River | Kind::Region => 100.0,
        Kind::Country | Kind::Sea => 500.0,
        _ => 0.0,
    }
}

fn far(one: &Entry, other: &Entry) -> f64 {
    let near = near(one.kind).max(near(other.kind));
    (near * FAR).min(MAX_FAR_KM).max(near)
}

fn sound_alike(one: &Entry, other: &Entry) -> bool {
    let (mine, theirs) = (Sounding::of(&one.canonical), Sounding::of(&other.canonical));
    Aligner::default().similarity(&mine, &theirs, SOUNDS_ALIKE).is_some_and(|score| score >= SOUNDS_ALIKE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_point_within_reach_lies_in_a_cell_around() {
        for (latitude, longitude) in
            [(0.0, 0.0), (39.8, 46.7), (-89.5, 10.0), (67.2, 179.99), (51.0, -179.999), (90.0, 0.0)]
        {
            let here = Point { latitude, longitude };
            let cells: Vec<u64> = cells_around(here, 25.0, NAME_CELL).collect();
            for degrees in (0..360).step_by(15) {
                let (sin, cos) = f64::from(degrees).to_radians().sin_cos();
                let latitude = (latitude + sin * 0.2).clamp(-90.0, 90.0);
                let east = cos * 0.2 / latitude.to_radians().cos().max(0.05);
                let longitude = (longitude + east + 180.0).rem_euclid(360.0) - 180.0;
                let there = Point { latitude, longitude };
                if here.kilometres_to(there) <= 25.0 && latitude.abs() < 85.0 {
                    assert!(cells.contains(&cell(there, NAME_CELL)), "{here:?} {there:?}");
                }
            }
        }
    }
}
