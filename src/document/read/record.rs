//! What records of every format share: which fields are asked for, and what is found of them.

use super::{Fault, Passage};
use crate::error::Error;

/// The passages of a document and the records that could not be read.
pub(super) type Records<'s> = (Vec<Passage<'s>>, Vec<Fault>);

/// The field that is read unless others are named.
const USUAL_FIELD: &str = "text";

/// The names of the fields that are asked for.
pub(super) fn asked(fields: &[String]) -> Vec<&str> {
    if fields.is_empty() { vec![USUAL_FIELD] } else { fields.iter().map(String::as_str).collect() }
}

/// The complaint about a field that is not there, with those that are.
pub(super) fn no_such_field(field: &str, there: &[String]) -> String {
    const SHOWN: usize = 12;
    let mut listed: Vec<String> = there.iter().take(SHOWN).map(|name| format!("`{name}`")).collect();
    if there.len() > SHOWN {
        listed.push("…".to_owned());
    }
    match listed.as_slice() {
        [] => format!("no field `{field}`"),
        _ => format!("no field `{field}`; there are {}: name one with --field", listed.join(", ")),
    }
}

/// Refuses a document none of whose records has the fields; a single record that lacks them is a [`Fault`].
pub(super) fn found_any<'s>((passages, faults): Records<'s>) -> Result<Records<'s>, Error> {
    match faults.first() {
        Some(first) if passages.is_empty() => Err(Error::value(format!("row {}: {}", first.row, first.message))),
        _ => Ok((passages, faults)),
    }
}

/// The same of a part of a document, of whose other parts nothing is known: what is wrong with every record of it is said once.
pub(super) fn said_once((passages, mut faults): Records<'_>) -> Records<'_> {
    let is_alike = faults.windows(2).all(|pair| pair[0].message == pair[1].message);
    if let (true, [first, .., last]) = (is_alike && passages.is_empty(), faults.as_mut_slice()) {
        first.message.push_str(&format!("; the same of all rows up to {}", last.row));
        faults.truncate(1);
    }
    (passages, faults)
}
