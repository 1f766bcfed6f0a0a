//! What is told about a row of a layer: that it contradicts what stands below, or says what stands there already.
//!
//! Nothing is refused. A layer is there to contradict, so these are warnings; only whoever reads them knows which are meant.

use super::over::{Lifted, overlay};
use crate::error::{Position, Problem, Problems};
use crate::gazetteer::entry::{Entry, EntryId, Spelling};
use crate::gazetteer::facts::{differences, entry_facts, spelling_facts};

/// A point that is moved less than this is only known better.
const MIN_MOVE_KM: f64 = 1.0;

pub(super) const CHECK: &str = "the layer's row counts; remove it if that is not meant";

/// What a row says beside what stands below.
pub(super) struct Report<'a> {
    pub(super) id: &'a EntryId,
    pub(super) lifted: &'a Lifted,
    pub(super) position: &'a Position,
}

impl Report<'_> {
    fn push(&self, column: &str, message: String, conflicts: &mut Problems) {
        conflicts.push(Problem::warning(self.position.clone().column(column), message, CHECK));
    }

    fn nothing(&self, column: &str, message: String, conflicts: &mut Problems) {
        let message = format!("the row adds nothing: {message}");
        conflicts.push(Problem::warning(self.position.clone().column(column), message, "remove the row"));
    }

    /// Reports what an entry's row contradicts.
    pub(super) fn facts(&self, after: &Entry, conflicts: &mut Problems) {
        let (id, before) = (self.id, &self.lifted.before);
        let mut earlier = self.lifted.earlier.as_ref().map(entry_facts);
        let earlier_point = self.lifted.earlier.as_ref().and_then(|entry| entry.point);
        let mut is_changed = before.source != after.source || before.note != after.note || before.point != after.point;
        for (column, old, new) in differences(entry_facts(before), entry_facts(after)) {
            is_changed = true;
            let was_corrected = earlier
                .as_mut()
                .is_some_and(|facts| facts.iter().any(|(name, value)| *name == column && *value != old));
            if !old.is_empty() {
                let once_more = if was_corrected { ", which a layer below has corrected already," } else { "" };
                self.push(
                    column,
                    format!("`{column}` of `{id}`{once_more} is `{old}` below and `{new}` here"),
                    conflicts,
                );
            }
        }
        if let (Some(old), Some(new)) = (before.point, after.point)
            && old.kilometres_to(new) >= MIN_MOVE_KM
        {
            let was_corrected = self.lifted.earlier.is_some() && earlier_point != Some(old);
            let once_more = if was_corrected { ", where a layer below has moved it" } else { "" };
            let (kilometres, latitude, longitude) = (old.kilometres_to(new), old.latitude, old.longitude);
            let message = format!("`{id}` is moved by {kilometres:.1} km from {latitude}, {longitude}{once_more}");
            self.push("latitude", message, conflicts);
        }
        if !is_changed {
            self.nothing("id", format!("`{id}` is so already"), conflicts);
        }
    }

    /// Reports what a spelling's row contradicts.
    pub(super) fn spelling(&self, name: &str, spelling: &Spelling, conflicts: &mut Problems) {
        let (id, text) = (self.id, &spelling.text);
        let known =
            self.lifted.before.names.iter().flat_map(|known| known.spellings.iter().map(move |one| (known, one)));
        for (known_name, known) in known.filter(|(_, known)| known.lang == spelling.lang) {
            if known_name.text != name {
                if known.text == *text {
                    let other = &known_name.text;
                    self.push(
                        "name",
                        format!("`{text}` of `{id}` is a spelling of the name `{other}` below"),
                        conflicts,
                    );
                }
                continue;
            }
            if known.text != *text {
                if known.preferred && spelling.preferred {
                    let old = &known.text;
                    self.push(
                        "preferred",
                        format!("the right spelling of `{name}` is `{old}` below and `{text}` here"),
                        conflicts,
                    );
                }
                continue;
            }
            let after = overlay(known, spelling);
            for (column, old, new) in differences(spelling_facts(known), spelling_facts(&after)) {
                if !old.is_empty() {
                    self.push(column, format!("`{column}` of `{text}` is `{old}` below and `{new}` here"), conflicts);
                }
            }
            if after == *known {
                self.nothing("spelling", format!("`{id}` has the spelling `{text}` already"), conflicts);
            }
        }
    }
}
