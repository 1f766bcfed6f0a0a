//! What is gathered of one item, from however many rows, until it becomes an entry.

use super::super::language::{Tag, tag};
use super::super::naming::{Alternate, Main, name_entry};
use super::super::report::{At, Part};
use super::super::tidy::cleaned;
use super::super::{Draft, Import};
use crate::gazetteer::entry::{Entry, EntryId, Point};
use crate::gazetteer::import::geonames::settlement;
use crate::gazetteer::kind::Kind;
use crate::lang::Lang;
use crate::script::Script;

/// What an item is by its class (`instance of`, P31), the surest first.
const CLASSES: [(&str, Class); 24] = [
    ("Q5", Class::NoPlace),
    ("Q3624078", Class::Is(Kind::Country)),
    ("Q6256", Class::Is(Kind::Country)),
    ("Q5107", Class::Is(Kind::Region)),
    ("Q10864048", Class::Is(Kind::Region)),
    ("Q13220204", Class::Is(Kind::District)),
    ("Q1637706", Class::Is(Kind::City)),
    ("Q1549591", Class::Is(Kind::City)),
    ("Q515", Class::Is(Kind::City)),
    ("Q3957", Class::Is(Kind::Town)),
    ("Q532", Class::Is(Kind::Village)),
    ("Q5084", Class::Is(Kind::Village)),
    ("Q486972", Class::Settlement),
    ("Q8502", Class::Is(Kind::Mountain)),
    ("Q46831", Class::Is(Kind::Mountain)),
    ("Q133056", Class::Is(Kind::Pass)),
    ("Q4022", Class::Is(Kind::River)),
    ("Q12284", Class::Is(Kind::River)),
    ("Q23397", Class::Is(Kind::Lake)),
    ("Q131681", Class::Is(Kind::Lake)),
    ("Q165", Class::Is(Kind::Sea)),
    ("Q9430", Class::Is(Kind::Sea)),
    ("Q34442", Class::Is(Kind::Corridor)),
    ("Q44613", Class::Is(Kind::Site)),
];

#[derive(Clone, Copy)]
enum Class {
    Is(Kind),
    /// City, town or village by its inhabitants.
    Settlement,
    /// A person.
    NoPlace,
}

/// An item in the making.
#[derive(Default)]
pub(super) struct Item {
    pub(super) id: String,
    pub(super) row: u64,
    pub(super) point: Option<Point>,
    pub(super) is_elsewhere: bool,
    pub(super) country: String,
    pub(super) population: Option<u64>,
    pub(super) geonames: Option<u64>,
    pub(super) within: String,
    pub(super) kind: Option<Kind>,
    pub(super) classes: Vec<String>,
    pub(super) alternates: Vec<Alternate>,
    pub(super) labels: u32,
}

impl Item {
    /// Adds a label or an alias; a row of a query repeats what the row before had.
    pub(super) fn add_name(
        &mut self,
        text: &str,
        lang: &str,
        rank: Rank,
        (import, draft, at): (&Import, &mut Draft, At<'_>),
    ) {
        let known = match tag(lang) {
            Tag::Lang(lang) | Tag::Romanised(lang) => lang,
            Tag::Other => return draft.leave_out(Part::Spelling, &format!("`{lang}` is no language"), at, text),
        };
        let text = match cleaned(text) {
            Ok(text) => text,
            Err(reason) => return draft.leave_out(Part::Spelling, reason, at, text),
        };
        // The label service gives the identifier where there is no label.
        let is_known = |other: &Alternate| *other.text == *text && other.lang == known;
        if text == self.id || self.alternates.iter().any(is_known) {
            return;
        }
        self.labels += 1;
        if !import.keeps(known) {
            return draft.leave_out(Part::Spelling, "not of the languages asked for", at, &text);
        }
        self.alternates.push(Alternate { is_preferred: rank == Rank::Label, ..Alternate::new(&text, known) });
    }

    /// The kind by the classes; `None` if it is no place.
    fn kind(&self) -> Option<Kind> {
        if let Some(kind) = self.kind {
            return Some(kind);
        }
        let class = CLASSES.iter().find(|(class, _)| self.classes.iter().any(|own| own == class));
        match class.map(|(_, class)| class) {
            Some(Class::Is(kind)) => Some(*kind),
            Some(Class::Settlement) => Some(settlement("", self.population.unwrap_or(0))),
            Some(Class::NoPlace) => None,
            None => Some(Kind::Place),
        }
    }

    /// Hands the item to the draft, or leaves it out.
    pub(super) fn finish(mut self, import: &Import, draft: &mut Draft, file: &str) {
        let at = At { file, row: self.row };
        let Some(kind) = self.kind() else {
            return draft.leave_out(Part::Entry, "a person, no place", at, &self.id);
        };
        if self.is_elsewhere {
            return draft.leave_out(Part::Entry, "not on the earth", at, &self.id);
        }
        let Some(name) = self.main_name() else {
            return draft.leave_out(Part::Entry, "the name: blank", at, &self.id);
        };
        let mut entry = Entry::new(EntryId::new(format!("wd:{}", self.id)), kind);
        entry.point = self.point;
        entry.country = std::mem::take(&mut self.country);
        entry.population = self.population;
        entry.geonames = self.geonames;
        entry.within = (!self.within.is_empty()).then(|| EntryId::new(format!("wd:{}", self.within)));
        entry.wikidata = self.id;
        if let Some(reason) = import.filtered(&entry) {
            return draft.leave_out(Part::Entry, reason, at, &name);
        }
        if let Err(reason) = name_entry(&mut entry, Main::Printed(&name), &self.alternates) {
            return draft.leave_out(Part::Entry, reason, at, &name);
        }
        draft.add(entry, at);
    }

    /// The English label, else one in Latin letters, else any.
    fn main_name(&self) -> Option<String> {
        let labels = || self.alternates.iter().filter(|other| other.is_preferred);
        let is_latin = |other: &&Alternate| Script::of(&other.text) == Some(Script::Latin);
        let english = labels().filter(is_latin).find(|other| other.lang == Lang::ENGLISH);
        // A place whose own label is in another script is romanised by that, and not by what Swedish makes of it.
        let own = || labels().find(|other| super::is_own(&self.country, other.lang));
        let found = english.or_else(own).or_else(|| labels().find(is_latin)).or_else(|| labels().next());
        found.or(self.alternates.first()).map(|other| other.text.to_string())
    }
}

/// Whether a name is an item's label or another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rank {
    Label,
    Alias,
}
