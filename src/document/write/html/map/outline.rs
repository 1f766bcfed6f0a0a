//! Outlines of countries and disputed areas as paths of a picture.
//!
//! Only what the frame shows is written, and no two points nearer than the eye tells apart, so a page carries some
//! kilobytes of map however large the countries are. Leaving the clipping to the browser was rejected: Russia alone would
//! be forty kilobytes on a map of one valley.

use std::fmt::Write as _;

use super::frame::{Frame, WIDTH};
use crate::gazetteer::Shape;

/// Lines that close a clipped ring run outside the picture, so far away.
const MARGIN: f64 = 6.0;
/// Points nearer than this to the one before are left out.
const NEAREST: f64 = 0.8;

/// The shape's path in the frame, in as many turns of the globe as are seen; empty if none is.
pub(super) fn path(frame: &Frame, shape: &Shape) -> String {
    let mut path = String::new();
    let [west, south, east, north] = frame.bounds();
    let [left, lower, right, upper] = shape.bounds;
    for turn in [-360.0, 0.0, 360.0] {
        if left + turn > east || right + turn < west || lower > north || upper < south {
            continue;
        }
        for ring in &shape.rings {
            let ring: Vec<[f64; 2]> = ring.iter().map(|&[x, y]| frame.xy([x + turn, y])).collect();
            write_ring(&mut path, &thinned(&clipped(ring, frame.height)));
        }
    }
    path
}

fn write_ring(path: &mut String, ring: &[[f64; 2]]) {
    if ring.len() < 3 {
        return;
    }
    for (index, [x, y]) in ring.iter().enumerate() {
        // After a move, points are corners of lines.
        let step = if index == 0 { "M" } else { " " };
        let _ = write!(path, "{step}{} {}", (x * 10.0).round() / 10.0, (y * 10.0).round() / 10.0);
    }
    path.push('Z');
}

/// Sutherland and Hodgman: the ring is cut along one side of the picture after the other.
fn clipped(ring: Vec<[f64; 2]>, height: f64) -> Vec<[f64; 2]> {
    let sides = [(0, 1.0, -MARGIN), (0, -1.0, -WIDTH - MARGIN), (1, 1.0, -MARGIN), (1, -1.0, -height - MARGIN)];
    sides.into_iter().fold(ring, |ring, (axis, sign, limit)| {
        let inside = |point: [f64; 2]| point[axis] * sign - limit;
        let mut cut = Vec::with_capacity(ring.len());
        for (index, &point) in ring.iter().enumerate() {
            let before = ring[index.checked_sub(1).unwrap_or(ring.len() - 1)];
            let (one, other) = (inside(before), inside(point));
            if (one < 0.0) != (other < 0.0) {
                let share = one / (one - other);
                cut.push([0, 1].map(|axis| before[axis] + share * (point[axis] - before[axis])));
            }
            if other >= 0.0 {
                cut.push(point);
            }
        }
        cut
    })
}

fn thinned(ring: &[[f64; 2]]) -> Vec<[f64; 2]> {
    let mut kept: Vec<[f64; 2]> = Vec::with_capacity(ring.len());
    for &[x, y] in ring {
        if kept.last().is_none_or(|&[px, py]| (x - px).hypot(y - py) >= NEAREST) {
            kept.push([x, y]);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ring_is_cut_at_the_picture_and_stays_closed() {
        let around = vec![[-900.0, -900.0], [900.0, -900.0], [900.0, 900.0], [-900.0, 900.0]];
        let cut = clipped(around, 300.0);
        assert_eq!(cut.len(), 4);
        for [x, y] in cut {
            let lies_on = |at: f64, limits: [f64; 2]| limits.iter().any(|limit| (at - limit).abs() < 1e-9);
            assert!(lies_on(x, [-MARGIN, WIDTH + MARGIN]) && lies_on(y, [-MARGIN, 300.0 + MARGIN]), "{x} {y}");
        }
        assert_eq!(clipped(vec![[-50.0, 0.0], [-40.0, 0.0], [-40.0, 9.0]], 300.0), Vec::<[f64; 2]>::new());
        assert_eq!(clipped(Vec::new(), 300.0), Vec::<[f64; 2]>::new());
    }

    #[test]
    fn near_points_are_left_out() {
        assert_eq!(thinned(&[[0.0, 0.0], [0.1, 0.1], [5.0, 0.0], [5.0, 5.0]]).len(), 3);
    }
}
