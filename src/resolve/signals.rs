//! Signals: what is seen of a mention or candidate, each with a weight that stands in a table and not in the code.
//!
//! `signals!` names each signal once; a table (`NAME<tab>WEIGHT…`, comments with #) says what it weighs. The tables are fitted by
//! `tests/fit/resolution.py`.

/// Declares an enum `Signal`, and what its variants are called in tables and in explanations.
macro_rules! signals {
    ($($signal:ident $name:literal),+ $(,)?) => {
        /// Something that is seen: 0 or 1 for no and yes, or a number.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        enum Signal { $($signal),+ }

        const NAMES: &[&str] = &[$($name),+];
        const COUNT: usize = NAMES.len();
    };
}
pub(super) use signals;

/// The weights of a table, by the names of the signals, and its intercept.
pub(super) fn weights<const COUNT: usize>(table: &str, names: &[&str]) -> ([f64; COUNT], f64) {
    let (mut weights, mut intercept) = ([0.0; COUNT], 0.0);
    for row in table.lines().filter(|line| !line.starts_with('#')) {
        let mut cells = row.split('\t');
        let name = cells.next().unwrap_or_default();
        let weight = cells.next().and_then(|weight| weight.parse().ok()).unwrap_or_default();
        match names.iter().position(|signal| *signal == name) {
            Some(at) => weights[at] = weight,
            None => intercept = weight,
        }
    }
    (weights, intercept)
}

/// Each signal that is there: its name, its value, and what it adds.
pub(super) fn contributions<'s>(
    names: &'s [&'static str],
    values: &'s [f64],
    weights: &'s [f64],
) -> impl Iterator<Item = (&'static str, f64, f64)> + 's {
    let signals = names.iter().copied().zip(values.iter().copied()).zip(weights);
    signals.filter(|((_, value), _)| *value != 0.0).map(|((name, value), weight)| (name, value, value * weight))
}

#[cfg(test)]
pub(super) fn assert_names(table: &str, names: &[&str], intercept: Option<&str>) {
    let rows = table.lines().filter(|line| !line.starts_with('#'));
    let found: Vec<&str> = rows.map(|row| row.split('\t').next().unwrap_or_default()).collect();
    let mut expected: Vec<&str> = names.iter().copied().chain(intercept).collect();
    expected.sort_unstable();
    assert_eq!(found, expected, "the table has a row for every signal, in order");
}
