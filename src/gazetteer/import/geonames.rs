//! GeoNames tables and what has their layout. (In the making.)

use std::path::PathBuf;

use super::{Draft, Import};
use crate::error::Error;

impl Import {
    /// Reads tables in GeoNames' layout of 19 columns.
    ///
    /// # Errors
    ///
    /// Always, for now.
    pub fn geonames(&self, _: &[PathBuf], _: &[PathBuf], _: &[PathBuf]) -> Result<Draft, Error> {
        Err(Error::value("not there yet"))
    }
}
