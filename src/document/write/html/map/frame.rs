//! Which part of the world a map shows, and where a coordinate lies on it.
//!
//! The projection is equirectangular with degrees of longitude narrowed by the cosine of the map's middle latitude: north is
//! up, a scale bar holds along the middle, and a reader can find a coordinate with a ruler. Mercator was rejected: a map of
//! one country looks the same, and one of the world makes Greenland of everything.

use crate::gazetteer::Point;

/// Units of the picture; the page shows about one a pixel.
pub(super) const WIDTH: f64 = 400.0;
const KILOMETRES_A_DEGREE: f64 = 111.2;
/// A single village still shows some sixty kilometres around it, since outlines are no finer.
const LEAST_DEGREES: f64 = 0.6;
/// Room for labels around the outermost points.
const PADDING: f64 = 1.3;

/// A rectangle of the world on a picture [`WIDTH`] units wide.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    west: f64,
    north: f64,
    /// Units a degree of latitude.
    scale: f64,
    /// A degree of longitude in degrees of latitude.
    narrowing: f64,
    pub(super) height: f64,
}

impl Frame {
    /// The frame that shows all points, at least one, between `heights.0` and `heights.1` units high.
    pub(super) fn around(points: &[Point], heights: (f64, f64)) -> Self {
        let (west, east) = longitudes(points);
        let (south, north) = latitudes(points);
        let middle = ((west + east) / 2.0, (south + north) / 2.0);
        let narrowing = middle.1.to_radians().cos().max(0.3);
        let wide = ((east - west) * narrowing).max(LEAST_DEGREES) * PADDING;
        let high = (north - south).max(LEAST_DEGREES) * PADDING;
        // Never the same place twice.
        let scale = (WIDTH / wide).min(heights.1 / high).max(WIDTH / 360.0 / narrowing);
        let height = (high * scale).clamp(heights.0, heights.1).min(180.0 * scale);
        let north = (middle.1 + height / 2.0 / scale).clamp(height / scale - 90.0, 90.0);
        Self { west: middle.0 - WIDTH / 2.0 / scale / narrowing, north, scale, narrowing, height }
    }

    /// Where a longitude and a latitude lie, in units from the upper left corner.
    pub(super) fn xy(&self, [longitude, latitude]: [f64; 2]) -> [f64; 2] {
        [(longitude - self.west) * self.scale * self.narrowing, (self.north - latitude) * self.scale]
    }

    /// The same of a point, whatever turn of the globe its longitude is counted in.
    pub(super) fn point(&self, point: Point) -> [f64; 2] {
        let longitude = self.west + (point.longitude - self.west).rem_euclid(360.0);
        self.xy([longitude, point.latitude])
    }

    pub(super) fn holds(&self, point: Point) -> bool {
        let [x, y] = self.point(point);
        (0.0..=WIDTH).contains(&x) && (0.0..=self.height).contains(&y)
    }

    /// West, south, east, north.
    pub(super) fn bounds(&self) -> [f64; 4] {
        let east = self.west + WIDTH / self.scale / self.narrowing;
        [self.west, self.north - self.height / self.scale, east, self.north]
    }

    /// Upper left corner, width and height of another frame on this one.
    pub(super) fn rectangle(&self, other: &Self) -> [f64; 4] {
        let [west, south, east, north] = other.bounds();
        let [x, y] = self.point(Point { latitude: north, longitude: west });
        let [width, height] = [(east - west) * self.scale * self.narrowing, (north - south) * self.scale];
        [x, y, width, height]
    }

    /// A round number of kilometres, about a fifth of the map's width, and its length in units.
    pub(super) fn scale_bar(&self) -> (f64, f64) {
        let kilometres_a_unit = KILOMETRES_A_DEGREE / self.scale;
        let most = WIDTH / 4.0 * kilometres_a_unit;
        let ten = 10f64.powf(most.log10().floor());
        let kilometres = [5.0, 2.0, 1.0].map(|times| times * ten).into_iter().find(|&km| km <= most).unwrap_or(ten);
        (kilometres, kilometres / kilometres_a_unit)
    }

    /// Degrees between the lines of the graticule: about four lines on a map.
    pub(super) fn graticule(&self) -> f64 {
        let [west, _, east, _] = self.bounds();
        let steps = [0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 15.0, 30.0];
        steps.into_iter().find(|step| (east - west) / step <= 6.0).unwrap_or(60.0)
    }
}

fn latitudes(points: &[Point]) -> (f64, f64) {
    let latitudes = points.iter().map(|point| point.latitude);
    (latitudes.clone().fold(90.0, f64::min), latitudes.fold(-90.0, f64::max))
}

/// The shortest stretch that holds all longitudes; its end may lie beyond 180.
fn longitudes(points: &[Point]) -> (f64, f64) {
    let mut sorted: Vec<f64> = points.iter().map(|point| (point.longitude + 180.0).rem_euclid(360.0) - 180.0).collect();
    sorted.sort_by(f64::total_cmp);
    let (Some(&first), Some(&last)) = (sorted.first(), sorted.last()) else {
        return (0.0, 0.0);
    };
    let gaps = sorted.windows(2).map(|pair| (pair[1] - pair[0], pair[1], pair[0] + 360.0));
    let widest = gaps.max_by(|one, other| one.0.total_cmp(&other.0));
    match widest {
        Some((gap, west, east)) if gap > first + 360.0 - last => (west, east),
        _ => (first, last),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(latitude: f64, longitude: f64) -> Point {
        Point { latitude, longitude }
    }

    const HEIGHTS: (f64, f64) = (240.0, 400.0);

    #[test]
    fn every_point_is_shown_and_north_is_up() {
        for points in [
            vec![at(39.8, 46.8)],
            vec![at(40.2, 44.5), at(40.4, 49.9), at(39.8, 46.8)],
            vec![at(-89.0, 0.0), at(89.0, 170.0)],
            vec![at(38.9, -77.0), at(55.8, 37.6), at(35.7, 139.7), at(-34.6, -58.4)],
        ] {
            let frame = Frame::around(&points, HEIGHTS);
            assert!(points.iter().all(|&point| frame.holds(point)), "{points:?} {frame:?}");
            assert!(frame.height <= HEIGHTS.1);
            let [_, south, _, north] = frame.bounds();
            assert!(south < north && south >= -90.001 && north <= 90.001, "{frame:?}");
        }
        let frame = Frame::around(&[at(40.0, 44.0), at(41.0, 45.0)], HEIGHTS);
        let ([x1, y1], [x2, y2]) = (frame.point(at(40.0, 44.0)), frame.point(at(41.0, 45.0)));
        assert!(x1 < x2 && y1 > y2);
    }

    #[test]
    fn a_map_may_lie_across_the_date_line() {
        let frame = Frame::around(&[at(64.7, 177.5), at(64.5, -165.4)], HEIGHTS);
        let [west, _, east, _] = frame.bounds();
        assert!(east - west < 40.0 && west < 177.5 && east > 194.0, "{frame:?}");
        assert!(frame.holds(at(66.0, -172.0)) && !frame.holds(at(66.0, 100.0)));
    }

    #[test]
    fn the_scale_bar_measures_along_a_parallel() {
        let frame = Frame::around(&[at(40.0, 44.0), at(40.0, 46.0)], HEIGHTS);
        let (kilometres, units) = frame.scale_bar();
        let ([x1, _], [x2, _]) = (frame.point(at(40.0, 44.0)), frame.point(at(40.0, 46.0)));
        let measured = at(40.0, 44.0).kilometres_to(at(40.0, 46.0)) / (x2 - x1) * units;
        assert!((measured / kilometres - 1.0).abs() < 0.01, "{measured} {kilometres}");
    }
}
