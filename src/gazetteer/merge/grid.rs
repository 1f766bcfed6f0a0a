//! Entries by what they are called and where they are, so that partners are found among a million without comparing all.
//!
//! Sorted lists by a hash of key and cell; a query looks into the cells around. Hash maps of vectors were rejected: they take several
//! times the memory.

use rustc_hash::FxHashSet;
use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::gazetteer::entry::{Entry, Point, Spelling};
use crate::gazetteer::kind::Kind;
use crate::text::key_of;
use crate::translit::ascii_key;

/// So many times as far as its kind extends a place of one name may still be the same.
const FAR: f64 = 5.0;
const MAX_FAR_KM: f64 = 250.0;
/// So many entries of one key, or in one cell, are looked at.
pub(super) const MAX_LOOKED_AT: usize = 200;
/// Cells are so large, in degrees: for names, and for points alone.
const NAME_CELL: f64 = 0.5;
const POINT_CELL: f64 = 0.05;

/// An entry of the first gazetteer that one of the second may be.
#[derive(Clone, Copy)]
pub(super) struct Candidate {
    pub(super) at: usize,
    pub(super) km: Option<f64>,
}

/// Entries of the first gazetteer by what they are called, and where.
pub(super) struct Names {
    /// Hash of key and cell, and the entry.
    by_cell: Vec<(u64, u32)>,
    by_key: Vec<(u64, u32)>,
}

/// The cell of what has no coordinates.
const NOWHERE: u64 = u64::MAX;

impl Names {
    pub(super) fn new(entries: &[Entry], is_taken: &[bool]) -> Self {
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
    pub(super) fn candidates(&self, entries: &[Entry], other: &Entry) -> Vec<Candidate> {
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
pub(super) struct Points(Vec<(u64, u32)>);

impl Points {
    pub(super) fn new(entries: &[Entry], is_taken: &[bool]) -> Self {
        let open = entries.iter().enumerate().filter(|(at, entry)| !is_taken[*at] && entry.kind.is_settlement());
        let mut points: Vec<(u64, u32)> =
            open.filter_map(|(at, entry)| Some((cell(entry.point?, POINT_CELL), at as u32))).collect();
        points.sort_unstable();
        Self(points)
    }

    pub(super) fn near(&self, point: Point, km: f64) -> impl Iterator<Item = usize> {
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

/// The cell of a point; 180° east is 180° west.
fn cell(point: Point, size: f64) -> u64 {
    let row = ((point.latitude + ROWS / 2.0) / size) as u64;
    let column = ((point.longitude + COLUMNS / 2.0).rem_euclid(COLUMNS) / size) as u64;
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
        steps(point.longitude - east, point.longitude + east)
            .map(move |longitude| cell(Point { latitude, longitude }, size))
    });
    let distinct: FxHashSet<u64> = cells.collect();
    distinct.into_iter()
}

/// What an entry is called: its right names, folded, those in other scripts in Latin letters as well.
pub(super) fn keys(entry: &Entry) -> FxHashSet<String> {
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

pub(super) fn distance(one: &Entry, other: &Entry) -> Option<f64> {
    Some(one.point?.kilometres_to(other.point?))
}

/// How far the points of two sources that mean one such place lie apart, in kilometres.
pub(super) fn near(kind: Kind) -> f64 {
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

pub(super) fn far(one: &Entry, other: &Entry) -> f64 {
    let near = near(one.kind).max(near(other.kind));
    (near * FAR).min(MAX_FAR_KM).max(near)
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;

    pub(in crate::gazetteer::merge) fn entries(places: &[(usize, usize, f64, f64)]) -> Vec<Entry> {
        const NAMES: [&str; 4] = ["Martuni", "Goris", "Karin Tak", "Мартуни"];
        const KINDS: [&str; 5] = ["village", "town", "city", "district", "river"];
        let mut list = "id,name,kind,latitude,longitude\n".to_owned();
        for (at, &(name, kind, latitude, longitude)) in places.iter().enumerate() {
            // Some have no place.
            let place = if at % 7 == 6 { ",".to_owned() } else { format!("{latitude:.4},{longitude:.4}") };
            list += &format!("p{at},{},{},{place}\n", NAMES[name], KINDS[kind]);
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list.csv");
        std::fs::write(&path, list).unwrap();
        crate::gazetteer::Gazetteer::from_path(path).unwrap().entries().to_vec()
    }

    pub(in crate::gazetteer::merge) fn places() -> impl Strategy<Value = Vec<(usize, usize, f64, f64)>> {
        let latitude = prop::sample::select(vec![0.0, 39.8, 66.0, -78.0]);
        let place = (0..4usize, 0..5usize, latitude, 179.5..180.5f64, -0.6..0.6f64);
        let around = place.prop_map(|(name, kind, latitude, longitude, north)| {
            let longitude = if longitude > 180.0 { longitude - 360.0 } else { longitude };
            (name, kind, latitude + north, longitude)
        });
        prop::collection::vec(around, 1..40)
    }

    proptest! {
        /// The grid finds what comparing all with all finds.
        #[test]
        fn the_grid_misses_no_candidate(first in places(), second in places()) {
            let (first, second) = (entries(&first), entries(&second));
            let names = Names::new(&first, &vec![false; first.len()]);
            for other in &second {
                let mut found: Vec<usize> = names.candidates(&first, other).iter().map(|found| found.at).collect();
                found.sort_unstable();
                let is_near = |mine: &Entry| match distance(mine, other) {
                    Some(km) => km <= (near(other.kind) * FAR).min(MAX_FAR_KM),
                    None => true,
                };
                let is_candidate = |mine: &Entry| !keys(mine).is_disjoint(&keys(other)) && is_near(mine);
                for at in (0..first.len()).filter(|&at| is_candidate(&first[at])) {
                    prop_assert!(found.contains(&at), "{:?} {:?}", first[at], other);
                }
                for &at in &found {
                    prop_assert!(!keys(&first[at]).is_disjoint(&keys(other)), "{:?} {:?}", first[at], other);
                }
            }
        }
    }

    #[test]
    fn east_and_west_of_the_date_line_is_one_line() {
        for (one, other) in [(180.0, 179.687), (180.0, -180.0), (-180.0, 179.9), (-179.8, 180.0)] {
            let place = |longitude: f64| entries(&[(3, 0, 0.0, longitude)]);
            let (first, second) = (place(one), place(other));
            let names = Names::new(&first, &[false]);
            let km = distance(&first[0], &second[0]).unwrap_or(f64::MAX);
            let cells: Vec<u64> = cells_around(second[0].point.unwrap(), km + 1.0, NAME_CELL).collect();
            assert!(cells.contains(&cell(first[0].point.unwrap(), NAME_CELL)), "{one} {other}");
            assert_eq!(names.candidates(&first, &second[0]).len(), usize::from(km <= far(&first[0], &second[0])));
        }
    }

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
