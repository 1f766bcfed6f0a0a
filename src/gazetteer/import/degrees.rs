//! Coordinates as cells: decimal degrees, and a message that helps whoever wrote degrees and minutes.

use crate::gazetteer::csv::visible;

/// Reads decimal degrees up to a limit, or says what is wrong and what to do.
pub(super) fn decimal(cell: &str, limit: f64) -> Result<f64, (String, String)> {
    let looks_decimal = cell.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'));
    match cell.parse::<f64>() {
        Ok(number) if looks_decimal && number.abs() <= limit => Ok(number),
        Ok(number) if looks_decimal => Err((
            format!("{number} is outside -{limit} to {limit}"),
            "check that latitude and longitude are not exchanged".to_owned(),
        )),
        _ => {
            let help = match sexagesimal(cell) {
                Some(degrees) => format!("expected degrees with a decimal point: {}", (degrees * 1e4).round() / 1e4),
                None => "expected degrees with a decimal point, such as 39.8177".to_owned(),
            };
            Err((format!("`{}` is no decimal number", visible(cell)), help))
        }
    }
}

/// What `39°49'03"N` or `39,8177` probably means. It is only told and never taken: who exports minutes may have exported them wrongly.
fn sexagesimal(cell: &str) -> Option<f64> {
    if cell.chars().any(|c| c.is_alphabetic() && !"NSEWnswº".contains(c)) {
        return None;
    }
    let decimal = cell.replace(',', ".");
    let parts: Vec<f64> = decimal
        .split(|c: char| !c.is_ascii_digit() && c != '.')
        .filter(|part| !part.is_empty())
        .map_while(|part| part.parse().ok())
        .collect();
    let [degrees, rest @ ..] = parts.as_slice() else {
        return None;
    };
    if rest.len() > 2 || rest.iter().any(|part| *part >= 60.0) {
        return None;
    }
    let sizes = [60.0, 3600.0];
    let size = degrees + rest.iter().zip(sizes).map(|(part, size)| part / size).sum::<f64>();
    let is_negative = decimal.starts_with('-') || decimal.contains(['S', 's', 'W', 'w']);
    Some(if is_negative { -size } else { size })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_are_read_or_explained() {
        assert_eq!(decimal("-39.8177", 90.0), Ok(-39.8177));
        for (cell, hint) in [
            ("39°49'N", "39.8167"),
            ("46° 45' 10\" W", "-46.7528"),
            ("39,8177", "39.8177"),
            ("north", "such as 39.8177"),
            ("1e1", "such as 39.8177"),
            ("", "such as 39.8177"),
            ("398177", "exchanged"),
        ] {
            let (_, help) = decimal(cell, 90.0).expect_err(cell);
            assert!(help.ends_with(hint), "{cell}: {help}");
        }
    }
}
