//! Where the names on a map stand: beside their points, none over another.
//!
//! The most mentioned chooses first among four sides; who finds none free stays without a label. That is greedy, and enough
//! for some dozens of names; simulated annealing would move three labels and take a second.

use super::frame::WIDTH;

/// Height of a label's line, in units of the picture.
const LINE: f64 = 13.0;
/// How much wider than nothing a letter is, in units; capitals and wide scripts are counted apart.
const LETTER: f64 = 6.2;

/// A point that would like a label.
pub(super) struct Wish<'a> {
    pub(super) name: &'a str,
    pub(super) at: [f64; 2],
    pub(super) radius: f64,
}

/// Where a label's text begins, ends or has its middle.
pub(super) struct Label {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) anchor: &'static str,
}

/// Left, top, right, bottom.
pub(super) type Area = [f64; 4];

/// A label for each wish that finds room, the first wishes first, none over `others`, which have no label; `height` is the picture's.
pub(super) fn place(wishes: &[Wish<'_>], others: &[Area], height: f64) -> Vec<Option<Label>> {
    let points: Vec<Area> = wishes.iter().map(|wish| around(wish.at, wish.radius)).collect();
    // The corner of the scale bar.
    let mut taken: Vec<Area> = [&[[0.0, height - 24.0, 130.0, height]], others].concat();
    let mut label = |(index, wish): (usize, &Wish<'_>)| {
        let is_free = |(area, _): &(Area, Label)| {
            is_inside(area, height)
                && !taken.iter().any(|other| overlap(area, other))
                && !points.iter().enumerate().any(|(other, point)| other != index && overlap(area, point))
        };
        let (area, label) = sides(wish).into_iter().find(is_free)?;
        taken.push(area);
        Some(label)
    };
    wishes.iter().enumerate().map(&mut label).collect()
}

/// Right of the point, left, above, below.
fn sides(wish: &Wish<'_>) -> [(Area, Label); 4] {
    let ([x, y], away) = (wish.at, wish.radius + 3.0);
    let width = width(wish.name);
    // The baseline lies a third of a line under the middle of the letters.
    let side = |left: f64, middle: f64, x: f64, anchor| {
        let area = [left, middle - LINE / 2.0, left + width, middle + LINE / 2.0];
        (area, Label { x, y: middle + LINE / 3.0, anchor })
    };
    [
        side(x + away, y, x + away, "start"),
        side(x - away - width, y, x - away, "end"),
        side(x - width / 2.0, y - away - LINE / 2.0, x, "middle"),
        side(x - width / 2.0, y + away + LINE / 2.0, x, "middle"),
    ]
}

fn width(name: &str) -> f64 {
    // Hangul, kana, ideographs.
    let is_wide = |letter: char| letter >= '\u{2e80}';
    name.chars().map(|letter| if is_wide(letter) { 2.0 * LETTER } else { LETTER }).sum()
}

/// What a circle takes.
pub(super) fn around([x, y]: [f64; 2], radius: f64) -> Area {
    [x - radius, y - radius, x + radius, y + radius]
}

fn overlap(one: &Area, other: &Area) -> bool {
    one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3]
}

fn is_inside(area: &Area, height: f64) -> bool {
    area[0] >= 2.0 && area[1] >= 2.0 && area[2] <= WIDTH - 2.0 && area[3] <= height - 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish(x: f64, y: f64) -> Wish<'static> {
        Wish { name: "Stepanakert", at: [x, y], radius: 4.0 }
    }

    #[test]
    fn labels_stand_beside_their_points_and_never_over_others() {
        let anchors = |wishes: &[Wish<'_>]| -> Vec<Option<&str>> {
            place(wishes, &[], 300.0).iter().map(|label| label.as_ref().map(|label| label.anchor)).collect()
        };
        assert_eq!(anchors(&[wish(100.0, 100.0)]), [Some("start")]);
        assert_eq!(anchors(&[wish(380.0, 100.0)]), [Some("end")]);
        assert_eq!(anchors(&[wish(100.0, 100.0), wish(110.0, 100.0)]), [Some("end"), Some("start")]);
        let rings = [around([120.0, 100.0], 4.0), around([70.0, 100.0], 4.0)];
        let beside_rings = place(&[wish(100.0, 100.0)], &rings, 300.0);
        assert_eq!(beside_rings[0].as_ref().map(|label| label.anchor), Some("middle"));
        let crowd: Vec<Wish<'_>> = (0..40).map(|index| wish(150.0 + f64::from(index), 150.0)).collect();
        assert!(anchors(&crowd).iter().filter(|anchor| anchor.is_some()).count() < 8);
        assert_eq!(anchors(&[]), []);
    }
}
