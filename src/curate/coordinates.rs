//! Coordinates outside the country or the disputed area that the row names.

use crate::error::{Problem, Problems};
use crate::gazetteer::{Kind, Outlines, Point, Survey, SurveyedEntry};

/// An entry's own extent is forgiven up to this, in kilometres: the point of a long river may lie across the border.
const MAX_EXTENT_KM: f64 = 100.0;

pub(super) fn check(survey: &Survey<'_>, outlines: &Outlines, problems: &mut Problems) {
    for entry in &survey.entries {
        let Some(point) = entry.point.filter(|_| is_on_land(entry.kind)) else {
            continue;
        };
        if let Some((where_expected, kilometres)) = misplaced(entry, outlines, point) {
            let found = match outlines.countries_at(point).as_slice() {
                [] => "in no country".to_owned(),
                codes => format!("in `{}`", codes.join(", ")),
            };
            let message = format!(
                "`{}` at {}, {} lies {kilometres:.1} km outside {where_expected}, {found}",
                if entry.id.is_empty() { entry.name } else { entry.id },
                point.latitude,
                point.longitude,
            );
            let help = if is_exchanged(entry, outlines, point) {
                "exchange latitude and longitude"
            } else {
                "correct the coordinates, the country or the disputed area"
            };
            problems.push(Problem::warning(entry.position("latitude"), message, help));
        }
    }
}

fn is_on_land(kind: Kind) -> bool {
    !matches!(kind, Kind::Sea | Kind::Person | Kind::Organisation)
}

/// What the point should lie in, and how far outside it lies.
fn misplaced(entry: &SurveyedEntry<'_>, outlines: &Outlines, point: Point) -> Option<(String, f64)> {
    let extent = match entry.kind {
        Kind::City | Kind::Town | Kind::Village => 0.0,
        _ => entry.precision_km.unwrap_or_default().min(MAX_EXTENT_KM),
    };
    let beyond = |kilometres: Option<f64>| kilometres.filter(|&kilometres| kilometres > extent);
    if !entry.disputed.is_empty() && outlines.outside_disputed(entry.disputed, point).is_some() {
        let kilometres = beyond(outlines.outside_disputed(entry.disputed, point))?;
        return Some((format!("the disputed area `{}`", entry.disputed), kilometres));
    }
    // Of a disputed area without an outline nothing is known, and it may lie where another country is drawn.
    if !entry.disputed.is_empty() {
        return None;
    }
    let kilometres = beyond(outlines.outside_country(entry.country, point))?;
    Some((format!("`{}`", entry.country), kilometres))
}

fn is_exchanged(entry: &SurveyedEntry<'_>, outlines: &Outlines, point: Point) -> bool {
    let exchanged = Point { latitude: point.longitude, longitude: point.latitude };
    point.longitude.abs() <= 90.0 && misplaced(entry, outlines, exchanged).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gazetteer::Tables;

    /// That `Checker` finds nothing says something only if most entries were looked at.
    #[test]
    fn every_coordinate_of_the_gazetteer_lies_where_its_row_says() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("gazetteer");
        let tables = Tables::read(&folder, usize::MAX).unwrap();
        let survey = Survey::over(&[], &tables);
        let outlines = Outlines::bundled();
        let mut judged = 0;
        for entry in survey.entries.iter().filter(|entry| is_on_land(entry.kind)) {
            let Some(point) = entry.point else { continue };
            let area = match entry.disputed {
                "" => outlines.outside_country(entry.country, point),
                area => outlines.outside_disputed(area, point),
            };
            judged += usize::from(area.is_some());
            assert_eq!(misplaced(entry, &outlines, point), None, "{}", entry.place());
        }
        let placed = survey.entries.iter().filter(|entry| entry.point.is_some()).count();
        assert!(judged * 10 > placed * 9, "only {judged} of {placed} entries were judged");
    }
}
