//! The curated gazetteer inside the binary, in compiled form. `gazetteer/bundled.topo` is made from the CSV files beside it by
//! `toponorm gazetteer compile`; a test of the matcher holds the two equal.

use super::Gazetteer;
use super::compiled::{Compiled, File, Layers, decode};

/// The compiled form of the files in `gazetteer/`.
pub(crate) static BUNDLED: &[u8] = include_bytes!("../../gazetteer/bundled.topo");

pub(super) fn bundled() -> Gazetteer {
    let layers = File::from_static(BUNDLED).and_then(|file| Layers::new(vec![Compiled::new(file)]));
    decode(&layers.expect("the tests open the bundled gazetteer"))
}

/// The surfaces of `common.csv`. None if the file cannot be opened: a program whose format has just changed checks and compiles the
/// files before it has a bundled gazetteer again.
pub(super) fn common() -> Vec<String> {
    let compiled = File::from_static(BUNDLED).map(Compiled::new);
    compiled.map_or_else(
        |_| Vec::new(),
        |compiled| compiled.common().iter().map(|(surface, _)| surface.to_owned()).collect(),
    )
}
