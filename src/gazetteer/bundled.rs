//! The curated gazetteer inside the binary, in compiled form. `gazetteer/bundled.topo` is made from the CSV files beside it by
//! `toponorm gazetteer compile`; a test of the matcher holds the two equal.

use super::Gazetteer;
use super::compiled::{Compiled, File, decode};

/// The compiled form of the files in `gazetteer/`.
pub(crate) const BUNDLED: &[u8] = include_bytes!("../../gazetteer/bundled.topo");

pub(super) fn bundled() -> Gazetteer {
    decode(&compiled())
}

/// The surfaces of `common.csv`.
pub(super) fn common() -> Vec<String> {
    compiled().common().iter().map(|(surface, _)| surface.to_owned()).collect()
}

fn compiled() -> Compiled {
    Compiled::new(File::from_static(BUNDLED).expect("the tests open the bundled gazetteer"))
}
