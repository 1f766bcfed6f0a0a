//! Where countries and disputed areas are: `gazetteer/outlines/outlines.geojson`, simplified from Natural Earth and Who's On
//! First. The check of coordinates asks it, and the map of `annotate --format html` draws it.
//!
//! A point is inside a ring if a ray from it crosses the ring an odd number of times. The crates `geo` and `geojson` were
//! rejected: forty dependencies for two functions of twenty lines.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Point;

const OUTLINES: &str = include_str!("../../gazetteer/outlines/outlines.geojson");
const KILOMETRES_A_DEGREE: f64 = 111.2;

/// The outlines of countries by their code, and of disputed areas by their id.
#[derive(Debug, Default)]
pub(crate) struct Outlines {
    countries: BTreeMap<String, Vec<Shape>>,
    disputed: BTreeMap<String, Vec<Shape>>,
}

/// A polygon: its outer ring, then its holes. Longitudes may go beyond 180.
#[derive(Debug)]
pub(crate) struct Shape {
    /// Each closed, of longitudes and latitudes.
    pub(crate) rings: Vec<Vec<[f64; 2]>>,
    /// West, south, east, north.
    pub(crate) bounds: [f64; 4],
    /// How far outside a point may lie and still count as inside.
    tolerance_km: f64,
}

impl Outlines {
    /// The outlines that come with the crate.
    pub(crate) fn bundled() -> Self {
        let mut outlines = Self::default();
        let parsed: Value = serde_json::from_str(OUTLINES).unwrap_or_default();
        for feature in parsed["features"].as_array().into_iter().flatten() {
            let properties = &feature["properties"];
            let tolerance_km = properties["tolerance_km"].as_f64().unwrap_or_default();
            let polygons = feature["geometry"]["coordinates"].as_array().into_iter().flatten();
            let shapes = polygons.map(|polygon| Shape::new(polygon, tolerance_km));
            let (map, key) = match properties["country"].as_str() {
                Some(code) => (&mut outlines.countries, code),
                None => (&mut outlines.disputed, properties["disputed"].as_str().unwrap_or_default()),
            };
            map.entry(key.to_owned()).or_default().extend(shapes);
        }
        outlines
    }

    /// The polygons of all countries, as the United Nations recognise them.
    pub(crate) fn countries(&self) -> impl Iterator<Item = &Shape> {
        self.countries.values().flatten()
    }

    /// The polygons of all disputed areas.
    pub(crate) fn disputed(&self) -> impl Iterator<Item = &Shape> {
        self.disputed.values().flatten()
    }

    /// How many kilometres outside the country a point lies, less what is tolerated; 0 if inside, `None` if the country is not known.
    pub(crate) fn outside_country(&self, code: &str, point: Point) -> Option<f64> {
        self.countries.get(code).map(|shapes| outside(shapes, point))
    }

    /// The same of a disputed area.
    pub(crate) fn outside_disputed(&self, id: &str, point: Point) -> Option<f64> {
        self.disputed.get(id).map(|shapes| outside(shapes, point))
    }

    /// The countries that a point lies in, strictly.
    pub(crate) fn countries_at(&self, point: Point) -> Vec<&str> {
        let is_inside = |shapes: &[Shape]| shapes.iter().any(|shape| shape.contains(point));
        self.countries.iter().filter(|(_, shapes)| is_inside(shapes)).map(|(code, _)| code.as_str()).collect()
    }
}

fn outside(shapes: &[Shape], point: Point) -> f64 {
    if shapes.iter().any(|shape| shape.contains(point)) {
        return 0.0;
    }
    let beyond = |shape: &Shape| (shape.kilometres_to(point) - shape.tolerance_km).max(0.0);
    shapes.iter().map(beyond).fold(f64::INFINITY, f64::min)
}

impl Shape {
    fn new(polygon: &Value, tolerance_km: f64) -> Self {
        let degrees = |pair: &Value| Some([pair[0].as_f64()?, pair[1].as_f64()?]);
        let ring = |ring: &Value| ring.as_array().into_iter().flatten().filter_map(degrees).collect::<Vec<_>>();
        let rings: Vec<Vec<[f64; 2]>> = polygon.as_array().into_iter().flatten().map(ring).collect();
        let mut bounds = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
        for &[x, y] in rings.iter().flatten() {
            bounds = [bounds[0].min(x), bounds[1].min(y), bounds[2].max(x), bounds[3].max(y)];
        }
        Self { rings, bounds, tolerance_km }
    }

    /// The point's longitude as this shape counts it: beyond 180, if that is nearer.
    fn coordinates(&self, point: Point) -> [f64; 2] {
        let is_across = self.bounds[2] > 180.0 && point.longitude < self.bounds[2] - 360.0 + 1.0;
        [if is_across { point.longitude + 360.0 } else { point.longitude }, point.latitude]
    }

    fn contains(&self, point: Point) -> bool {
        let [x, y] = self.coordinates(point);
        let [west, south, east, north] = self.bounds;
        (west..=east).contains(&x)
            && (south..=north).contains(&y)
            // A hole is a ring inside a ring: two crossings more.
            && self.rings.iter().filter(|ring| crossings(ring, x, y) % 2 == 1).count() % 2 == 1
    }

    fn kilometres_to(&self, point: Point) -> f64 {
        let at = self.coordinates(point);
        let edges = self.rings.iter().flat_map(|ring| ring.windows(2));
        edges.map(|edge| kilometres_to_edge(at, edge[0], edge[1])).fold(f64::INFINITY, f64::min)
    }
}

/// How many edges of the ring a ray to the east crosses.
fn crossings(ring: &[[f64; 2]], x: f64, y: f64) -> usize {
    let is_crossed = |edge: &&[[f64; 2]]| {
        let ([x1, y1], [x2, y2]) = (edge[0], edge[1]);
        (y1 > y) != (y2 > y) && x < (x2 - x1) * (y - y1) / (y2 - y1) + x1
    };
    ring.windows(2).filter(is_crossed).count()
}

/// On a plane that touches the earth at the point: exact enough for some hundred kilometres.
fn kilometres_to_edge([x, y]: [f64; 2], start: [f64; 2], end: [f64; 2]) -> f64 {
    let east = KILOMETRES_A_DEGREE * y.to_radians().cos();
    let plane = |[px, py]: [f64; 2]| [(px - x) * east, (py - y) * KILOMETRES_A_DEGREE];
    let ([sx, sy], [ex, ey]) = (plane(start), plane(end));
    let (dx, dy) = (ex - sx, ey - sy);
    let length = dx * dx + dy * dy;
    let along = if length == 0.0 { 0.0 } else { (-(sx * dx + sy * dy) / length).clamp(0.0, 1.0) };
    (sx + along * dx).hypot(sy + along * dy)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(latitude: f64, longitude: f64) -> Point {
        Point { latitude, longitude }
    }

    #[test]
    fn towns_lie_in_their_countries_and_in_no_other() {
        let outlines = Outlines::bundled();
        for (code, point) in [
            ("AM", at(40.18, 44.51)),
            ("AZ", at(39.21, 45.41)),
            ("AZ", at(39.82, 46.75)),
            ("GE", at(43.0, 41.02)),
            ("UA", at(44.95, 34.1)),
            ("RU", at(64.73, 177.5)),
            ("RU", at(66.16, -169.8)),
            ("RU", at(67.5, 64.07)),
            ("ZA", at(-29.86, 31.03)),
            ("LS", at(-29.31, 27.48)),
            ("PS", at(31.5, 34.46)),
            ("EH", at(27.14, -13.19)),
        ] {
            assert_eq!(outlines.outside_country(code, point), Some(0.0), "{code} {point:?}");
        }
        for (code, point) in [("ZA", at(-29.6, 28.3)), ("RU", at(44.95, 34.1)), ("AM", at(39.82, 46.75))] {
            assert!(outlines.outside_country(code, point).is_some_and(|km| km > 0.0), "{code} {point:?}");
        }
        assert_eq!(outlines.countries_at(at(40.18, 44.51)), ["AM"]);
        assert_eq!(outlines.outside_country("QQ", at(0.0, 0.0)), None);
    }

    #[test]
    fn disputed_areas_are_where_they_are() {
        let outlines = Outlines::bundled();
        for (id, point) in [
            ("nagorno-karabakh", at(39.82, 46.75)),
            ("abkhazia", at(43.0, 41.02)),
            ("south-ossetia", at(42.23, 43.97)),
            ("crimea", at(44.6, 33.52)),
            ("transnistria", at(46.84, 29.63)),
            ("kosovo", at(42.66, 21.17)),
        ] {
            assert_eq!(outlines.outside_disputed(id, point), Some(0.0), "{id}");
            assert!(outlines.outside_disputed(id, at(40.18, 44.51)).is_some_and(|km| km > 20.0), "{id}");
        }
    }

    #[test]
    fn distance_is_in_kilometres_at_any_latitude() {
        for latitude in [0.0, 40.0, 60.0] {
            let edge = ([45.0, latitude - 1.0], [45.0, latitude + 1.0]);
            let away = kilometres_to_edge([46.0, latitude], edge.0, edge.1);
            assert!((away - 111.2 * f64::to_radians(latitude).cos()).abs() < 0.1, "{latitude}: {away}");
        }
    }
}
