//! Shapes as a gazetteer has them: the point in the middle, and how far the shape reaches from it.
//!
//! The middle is that of the box around it. A centre of gravity was rejected: of a river or a scattered country it lies no nearer to what is meant,
//! and the reach says how little a point tells.

use crate::gazetteer::entry::Point;

/// Some corners of a shape as a place has them: a point, and how far the shape reaches from it, in kilometres.
pub(super) fn middle(corners: &[(f64, f64)]) -> Option<(f64, f64, Option<f64>)> {
    let range = |values: &mut dyn Iterator<Item = f64>| {
        values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)))
    };
    let (&(longitude, latitude), rest) = corners.split_first()?;
    if rest.is_empty() {
        return Some((longitude, latitude, None));
    }
    let (mut west, mut east) = range(&mut corners.iter().map(|corner| corner.0));
    if east - west > 180.0 {
        // It lies on both sides of the 180th meridian.
        (west, east) =
            range(&mut corners.iter().map(|corner| if corner.0 < 0.0 { corner.0 + 360.0 } else { corner.0 }));
    }
    let (south, north) = range(&mut corners.iter().map(|corner| corner.1));
    let longitude = (west + east) / 2.0;
    let longitude = if longitude > 180.0 { longitude - 360.0 } else { longitude };
    let (here, corner) =
        (Point { latitude: (south + north) / 2.0, longitude }, Point { latitude: south, longitude: west });
    let reach = (here.kilometres_to(corner) * 10.0).round() / 10.0;
    let rounded = |degrees: f64| (degrees * 1e6).round() / 1e6;
    Some((rounded(longitude), rounded(here.latitude), Some(reach)))
}

/// The corners of a shape in well-known text, `POINT(46.7 39.8)` or any other.
pub(super) fn corners_of_wkt(text: &str) -> Option<Vec<(f64, f64)>> {
    let (_, inside) = text.split_once('(')?;
    let mut corners = Vec::new();
    for pair in inside.split([',', '(', ')']).map(str::trim).filter(|pair| !pair.is_empty()) {
        // In a collection of shapes the name of the next one stands between.
        if pair.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let mut numbers = pair.split_whitespace().map(str::parse);
        corners.push((numbers.next()?.ok()?, numbers.next()?.ok()?));
    }
    Some(corners)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shape_becomes_its_middle_and_its_reach() {
        let square = corners_of_wkt("POLYGON ((46 39, 48 39, 48 41, 46 41, 46 39))").unwrap();
        let (longitude, latitude, reach) = middle(&square).unwrap();
        assert_eq!((longitude, latitude), (47.0, 40.0));
        assert!((130.0..145.0).contains(&reach.unwrap()), "{reach:?}");
        assert_eq!(middle(&corners_of_wkt("POINT(46.75 39.82)").unwrap()), Some((46.75, 39.82, None)));
        let fiji = corners_of_wkt("MULTIPOINT ((178 -18), (-178 -16))").unwrap();
        assert_eq!(middle(&fiji).map(|(longitude, ..)| longitude), Some(180.0));
        assert_eq!(corners_of_wkt("46.75 39.82"), None);
        assert_eq!(corners_of_wkt("POINT(46°45' 39°49')"), None);
    }
}
