//! `any-ascii`: any script at all in ASCII, by the crate `any_ascii`: one fixed reading a letter, whatever the language. A last resort.
//!
//! The table is empty, for the crate has its own.

use super::table::{DottedI, Reversal, Table};

pub(super) const TABLE: Table = Table {
    id: "any-ascii",
    title: "Any script in ASCII: a last resort",
    standard: "no standard: the crate any_ascii, one fixed reading a letter whatever the language",
    rules: &[],
    letters: &[
    ],
    dotted_i: DottedI::No,
    reversal: Reversal::No,
};
