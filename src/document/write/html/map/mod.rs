//! The map of a page, drawn without asking anybody: outlines, a graticule, points and a scale bar, as SVG.
//!
//! A report from Karabakh names Moscow and Washington too, and a map of all that shows a dot where its subject is. So if
//! the places lie far apart but most of the mentions are near each other, there are two maps: where most of it happens, and
//! small, all. The map takes no side: every line that bounds a disputed area is dashed, also where it is a
//! country's border.

mod frame;
mod label;
mod outline;

use std::fmt::Write as _;

use super::escape::Escaped;
use super::subjects::{Group, Subject};
use crate::gazetteer::{Outlines, Point};
use frame::{Frame, WIDTH};
use label::{Area, Wish, around};

/// Least and greatest heights of the map, and of the small one.
const HEIGHTS: (f64, f64) = (250.0, 380.0);
const SMALL_HEIGHTS: (f64, f64) = (140.0, 190.0);
/// So many kilometres from the middle of the mentions are near.
const NEAR_KM: f64 = 700.0;
/// A map this many times as wide and more is too coarse for what is near.
const FAR_KM: f64 = 1800.0;
/// The share of mentions that must be near for a map of their own.
const NEAR_SHARE: f64 = 0.4;

/// A subject with coordinates, and its number.
pub(super) struct Place<'a> {
    pub(super) number: usize,
    pub(super) subject: &'a Subject,
    pub(super) point: Point,
}

impl<'a> Place<'a> {
    fn wish(&self, frame: &Frame) -> Wish<'a> {
        Wish { name: &self.subject.name, at: frame.point(self.point), radius: self.radius() }
    }

    fn count(&self) -> f64 {
        self.subject.count as f64
    }

    /// In units; the circle's area grows with the mentions.
    fn radius(&self) -> f64 {
        (2.2 + 1.3 * self.count().sqrt()).min(9.0)
    }
}

/// Writes the maps of `places`, the most mentioned first; none without places. Where ambiguous names may be is shown if a map goes so far.
pub(super) fn write_maps(page: &mut String, places: &[Place<'_>], doubtful: &[Place<'_>]) {
    if places.is_empty() {
        return;
    }
    let outlines = Outlines::bundled();
    let map = |frame| Map { frame, outlines: &outlines, doubtful };
    let all = frame_of(places.iter(), HEIGHTS);
    let Some(near) = near(places) else {
        return map(all).write(page, places, None);
    };
    let near = frame_of(near.into_iter(), HEIGHTS);
    map(near).write(page, places, None);
    let all = frame_of(places.iter(), SMALL_HEIGHTS);
    map(all).write(page, places, Some(&near));
}

fn frame_of<'p, 'a: 'p>(places: impl Iterator<Item = &'p Place<'a>>, heights: (f64, f64)) -> Frame {
    Frame::around(&places.map(|place| place.point).collect::<Vec<_>>(), heights)
}

/// The places near the middle of the mentions, if they deserve a map of their own.
fn near<'p, 'a>(places: &'p [Place<'a>]) -> Option<Vec<&'p Place<'a>>> {
    let middle = Point {
        latitude: median(places, |place| place.point.latitude),
        longitude: median(places, |place| place.point.longitude),
    };
    let (near, far): (Vec<_>, Vec<_>) = places.iter().partition(|place| place.point.kilometres_to(middle) <= NEAR_KM);
    let mentions = |places: &[&Place<'_>]| places.iter().map(|place| place.count()).sum::<f64>();
    let is_far = far.iter().any(|place| place.point.kilometres_to(middle) > FAR_KM);
    let share = mentions(&near) / (mentions(&near) + mentions(&far));
    (is_far && near.len() > 1 && share >= NEAR_SHARE).then_some(near)
}

/// The coordinate that half of the mentions lie below.
fn median(places: &[Place<'_>], coordinate: impl Fn(&Place<'_>) -> f64) -> f64 {
    let mut sorted: Vec<(f64, f64)> = places.iter().map(|place| (coordinate(place), place.count())).collect();
    sorted.sort_by(|one, other| one.0.total_cmp(&other.0));
    let half = sorted.iter().map(|(_, count)| count).sum::<f64>() / 2.0;
    let mut passed = 0.0;
    let reached = sorted.iter().find(|(_, count)| {
        passed += count;
        passed >= half
    });
    reached.map_or(0.0, |(coordinate, _)| *coordinate)
}

struct Map<'o, 'a> {
    frame: Frame,
    outlines: &'o Outlines,
    doubtful: &'o [Place<'a>],
}

impl Map<'_, '_> {
    /// Writes the places that the frame holds; on a small map of all, `near` is framed and not drawn again.
    fn write(&self, page: &mut String, places: &[Place<'_>], near: Option<&Frame>) {
        let is_shown =
            |place: &&Place<'_>| self.frame.holds(place.point) && near.is_none_or(|near| !near.holds(place.point));
        let shown: Vec<&Place<'_>> = places.iter().filter(is_shown).collect();
        let class = if near.is_some() { "map overview" } else { "map" };
        // The lists say all that the map shows, so those who can't see it miss nothing.
        let _ = write!(
            page,
            "<svg class=\"{class}\" viewBox=\"0 0 {WIDTH} {:.0}\" aria-hidden=\"true\">",
            self.frame.height
        );
        let _ = write!(page, "<rect class=\"sea\" width=\"{WIDTH}\" height=\"{:.0}\"/>", self.frame.height);
        self.write_outlines(page);
        self.write_graticule(page);
        if let Some(near) = near {
            let [x, y, width, height] = self.frame.rectangle(near);
            let _ = write!(
                page,
                "<rect class=\"near\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\"/>"
            );
        }
        // Small circles lie on large ones, rings under all.
        let rings: Vec<&Place<'_>> = self.doubtful.iter().filter(is_shown).collect();
        rings.iter().for_each(|place| self.write_point(page, place));
        shown.iter().for_each(|place| self.write_point(page, place));
        self.write_labels(page, &shown, &rings);
        self.write_scale_bar(page);
        page.push_str("</svg>\n");
    }

    fn write_outlines(&self, page: &mut String) {
        let mut write = |class: &str, path: &str| {
            let _ = write!(page, "<path class=\"{class}\" d=\"{path}\"/>");
        };
        let path = |shape| outline::path(&self.frame, shape);
        let seen = |path: &String| !path.is_empty();
        self.outlines.countries().map(path).filter(seen).for_each(|path| write("land", &path));
        // A country's border is painted over, then the line is drawn anew, dashed; at last the inside, since an area may be of several
        // shapes, and lines between these bound nothing.
        let disputed: Vec<String> = self.outlines.disputed().map(path).filter(seen).collect();
        for class in ["undrawn", "disputed", "inside"] {
            disputed.iter().for_each(|path| write(class, path));
        }
    }

    fn write_graticule(&self, page: &mut String) {
        let step = self.frame.graticule();
        let [west, south, east, north] = self.frame.bounds();
        let lines = |from: f64, to: f64| {
            let first = (from / step).ceil() as i64;
            (first..=(to / step).floor() as i64).map(move |index| index as f64 * step)
        };
        page.push_str("<g class=\"graticule\">");
        for longitude in lines(west, east) {
            let [x, _] = self.frame.xy([longitude, 0.0]);
            let degrees = (longitude + 180.0).rem_euclid(360.0) - 180.0;
            let _ = write!(page, "<path d=\"M{x:.1} 0V{:.0}\"/>", self.frame.height);
            let _ = write!(page, "<text x=\"{:.1}\" y=\"9\">{}</text>", x + 2.0, named(degrees, 'E', 'W'));
        }
        for latitude in lines(south, north) {
            let [_, y] = self.frame.xy([0.0, latitude]);
            let _ = write!(page, "<path d=\"M0 {y:.1}H{WIDTH}\"/>");
            let _ = write!(page, "<text x=\"2\" y=\"{:.1}\">{}</text>", y - 2.0, named(latitude, 'N', 'S'));
        }
        page.push_str("</g>");
    }

    fn write_point(&self, page: &mut String, place: &Place<'_>) {
        let [x, y] = self.frame.point(place.point);
        let Subject { name, first, count, .. } = place.subject;
        let mentions = if *count == 1 { "mention" } else { "mentions" };
        let is_doubtful = place.subject.group == Group::Ambiguous;
        let kind = match place.subject.kind {
            _ if is_doubtful => "point doubt",
            "country" | "region" | "district" | "demonym" => "point area",
            "river" | "lake" | "sea" => "point water",
            _ => "point",
        };
        let _ = write!(
            page,
            "<a class=\"{kind}\" href=\"#m{first}\" data-s=\"{}\" tabindex=\"-1\"><title>{}{}, {count} {mentions}</title>\
             <circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{:.1}\"/></a>",
            place.number,
            Escaped(name),
            if is_doubtful { "?" } else { "" },
            place.radius()
        );
    }

    fn write_labels(&self, page: &mut String, places: &[&Place<'_>], rings: &[&Place<'_>]) {
        let wishes: Vec<Wish<'_>> = places.iter().map(|place| place.wish(&self.frame)).collect();
        let rings: Vec<Area> = rings.iter().map(|ring| around(self.frame.point(ring.point), ring.radius())).collect();
        let labels = label::place(&wishes, &rings, self.frame.height);
        for (place, label) in places.iter().zip(labels) {
            let Some(label) = label else { continue };
            let _ = write!(
                page,
                "<text class=\"label\" x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"{}\" data-s=\"{}\">{}</text>",
                label.x,
                label.y,
                label.anchor,
                place.number,
                Escaped(&place.subject.name)
            );
        }
    }

    fn write_scale_bar(&self, page: &mut String) {
        let (kilometres, length) = self.frame.scale_bar();
        let y = self.frame.height - 8.0;
        let _ = write!(page, "<g class=\"scale\"><path d=\"M8 {:.1}v5h{length:.1}v-5\"/>", y - 5.0);
        let _ = write!(page, "<text x=\"{:.1}\" y=\"{y:.1}\">{kilometres} km</text></g>", length + 13.0);
    }
}

/// Degrees as maps write them: 44.5°E.
fn named(degrees: f64, positive: char, negative: char) -> String {
    let rounded = (degrees.abs() * 10.0).round() / 10.0;
    match degrees {
        _ if rounded == 0.0 => "0°".to_owned(),
        degrees if degrees < 0.0 => format!("{rounded}°{negative}"),
        _ => format!("{rounded}°{positive}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subject(name: &str, (latitude, longitude): (f64, f64), count: usize) -> Subject {
        Subject {
            group: Group::Place,
            name: name.to_owned(),
            kind: "city",
            country: None,
            point: Some(Point { latitude, longitude }),
            candidates: Vec::new(),
            doubtful_points: Vec::new(),
            first: 0,
            count,
        }
    }

    fn map(subjects: &[Subject]) -> String {
        let places: Vec<Place<'_>> = subjects
            .iter()
            .enumerate()
            .filter_map(|(number, subject)| subject.point.map(|point| Place { number, subject, point }))
            .collect();
        let mut page = String::new();
        write_maps(&mut page, &places, &[]);
        page
    }

    #[test]
    fn far_places_get_a_map_of_their_own() {
        let mut places = vec![subject("Stepanakert", (39.8, 46.8), 5), subject("Yerevan", (40.2, 44.5), 3)];
        assert_eq!(map(&places).matches("<svg").count(), 1);
        places.extend([subject("Washington", (38.9, -77.0), 2), subject("Moscow", (55.8, 37.6), 1)]);
        let both = map(&places);
        assert_eq!(both.matches("<svg").count(), 2);
        assert!(both.contains("class=\"near\""));
        assert_eq!(both.matches("<circle").count(), 4, "two near, two on the small map");
        assert_eq!(both.matches(">Washington</text>").count(), 1);
        assert_eq!(both.matches(">Yerevan</text>").count(), 1);
        assert_eq!(map(&[]), "");
    }

    #[test]
    fn where_an_ambiguous_name_may_be_is_a_ring_if_the_map_goes_so_far() {
        let subjects = [subject("Stepanakert", (39.8, 46.8), 5), subject("Yerevan", (40.2, 44.5), 3)];
        let places: Vec<Place<'_>> = subjects
            .iter()
            .enumerate()
            .filter_map(|(number, subject)| subject.point.map(|point| Place { number, subject, point }))
            .collect();
        let martuni = Subject { group: Group::Ambiguous, ..subject("Martuni", (0.0, 0.0), 1) };
        let ring = |latitude, longitude| Place { number: 2, subject: &martuni, point: Point { latitude, longitude } };
        let mut page = String::new();
        write_maps(&mut page, &places, &[ring(39.8, 47.1), ring(40.1, 45.3), ring(52.0, 5.0)]);
        assert_eq!(page.matches("class=\"point doubt\"").count(), 2);
        assert_eq!(page.matches("<title>Martuni?, 1 mention</title>").count(), 2);
    }

    #[test]
    fn a_map_stays_small() {
        let world = [subject("Washington", (38.9, -77.0), 1), subject("Tokyo", (35.7, 139.7), 1)];
        assert!(map(&world).len() < 100_000, "{}", map(&world).len());
        assert!(map(&world).contains("class=\"disputed\""));
    }

    #[test]
    fn degrees_are_named() {
        assert_eq!(named(44.5, 'E', 'W'), "44.5°E");
        assert_eq!(named(-170.0, 'E', 'W'), "170°W");
        assert_eq!(named(0.0, 'N', 'S'), "0°");
    }
}
