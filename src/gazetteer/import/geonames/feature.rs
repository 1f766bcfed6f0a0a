//! GeoNames' feature codes as kinds of entry; `gazetteer/README.md` has the same table for people.
//!
//! The class says little (`T` holds islands and mountains) and there are 680 codes, so the codes that one of our kinds is about are listed,
//! and all others are a `place`, or a `site` if people built them.

use crate::gazetteer::kind::Kind;

/// From so many inhabitants on a settlement is a city.
const CITY: u64 = 100_000;
/// From so many on it is a town.
const TOWN: u64 = 10_000;

/// The kind of what has this class and code; `None` if they say nothing.
pub(super) fn kind(class: &str, code: &str, population: u64) -> Option<Kind> {
    let starts = |beginnings: &[&str]| beginnings.iter().any(|beginning| code.starts_with(beginning));
    Some(match class {
        "A" if starts(&["PCL"]) => Kind::Country,
        "A" if starts(&["ADM1", "TERR"]) => Kind::Region,
        "A" => Kind::District,
        "L" if starts(&["CONT", "RGN"]) => Kind::Region,
        "P" => settlement(code, population),
        "T" if starts(&["MT", "PK", "VLC", "RDGE", "HLL"]) => Kind::Mountain,
        "T" if starts(&["PASS"]) => Kind::Pass,
        "H" if starts(&["STM", "CNL"]) => Kind::River,
        "H" if starts(&["LK", "RSV", "LGN"]) => Kind::Lake,
        "H" if starts(&["SEA", "OCN", "GULF", "STRT", "BAY"]) => Kind::Sea,
        "R" => Kind::Corridor,
        "S" => Kind::Site,
        "L" | "T" | "H" | "U" | "V" => Kind::Place,
        _ => return None,
    })
}

/// The kind of a settlement, by its code and its inhabitants.
pub(in crate::gazetteer::import) fn settlement(code: &str, population: u64) -> Kind {
    match code {
        // A section of a town is called town by nobody.
        "PPLX" => Kind::Place,
        "PPLC" | "PPLA" => Kind::City,
        _ if population >= CITY => Kind::City,
        "PPLA2" => Kind::Town,
        _ if population >= TOWN => Kind::Town,
        _ => Kind::Village,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_kinds() {
        for (class, code, population, expected) in [
            ("A", "PCLI", 0, Some(Kind::Country)),
            ("A", "ADM1H", 0, Some(Kind::Region)),
            ("A", "ADM3", 0, Some(Kind::District)),
            ("P", "PPLA", 900, Some(Kind::City)),
            ("P", "PPL", 150_000, Some(Kind::City)),
            ("P", "PPL", 15_000, Some(Kind::Town)),
            ("P", "PPLX", 150_000, Some(Kind::Place)),
            ("P", "", 0, Some(Kind::Village)),
            ("T", "PK", 0, Some(Kind::Mountain)),
            ("T", "ISL", 0, Some(Kind::Place)),
            ("S", "AIRP", 0, Some(Kind::Site)),
            ("", "", 0, None),
            ("X", "ABC", 0, None),
        ] {
            assert_eq!(kind(class, code, population), expected, "{class}.{code}");
        }
    }
}
