//! Reads a one-to-one table backwards.

use super::table::Table;

impl Table {
    pub(super) fn reverse(&self, _text: &str) -> Option<String> {
        None
    }
}
