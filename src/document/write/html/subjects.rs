//! What a page's mentions are about, each listed once with all that speaks of it.
//!
//! A mention that is resolved is about an entry. Of any other the entry isn't known, so it is about its surface: two
//! ambiguous `Martuni` with the same candidates are one line of the list, and stand apart from the entries.

use std::collections::HashMap;

use crate::document::{Annotation, AnnotationCandidate};
use crate::gazetteer::Point;
use crate::resolve::Status;
use crate::text::one_line;

/// Which list a subject stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Group {
    Place,
    Person,
    Organisation,
    Ambiguous,
    Unlisted,
    Refused,
}

impl Group {
    pub(super) const ALL: [Self; 6] =
        [Self::Place, Self::Person, Self::Organisation, Self::Ambiguous, Self::Unlisted, Self::Refused];

    pub(super) fn of(annotation: &Annotation) -> Self {
        match (annotation.status, annotation.label) {
            (Status::Resolved, "person") => Self::Person,
            (Status::Resolved, "organisation") => Self::Organisation,
            (Status::Resolved, _) => Self::Place,
            (Status::Ambiguous, _) => Self::Ambiguous,
            (Status::Unknown, _) => Self::Unlisted,
            (Status::Suppressed | Status::Rejected, _) => Self::Refused,
        }
    }

    /// The list's heading.
    pub(super) fn heading(self) -> &'static str {
        match self {
            Self::Place => "Places",
            Self::Person => "People",
            Self::Organisation => "Organisations",
            Self::Ambiguous => "Ambiguous",
            Self::Unlisted => "Not in the gazetteer",
            Self::Refused => "Refused",
        }
    }

    /// The class of its marks in the style sheet.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Place => "place",
            Self::Person => "person",
            Self::Organisation => "organisation",
            Self::Ambiguous => "ambiguous",
            Self::Unlisted => "unlisted",
            Self::Refused => "refused",
        }
    }
}

/// An entry, or a surface whose entry isn't known.
#[derive(Debug)]
pub(super) struct Subject {
    pub(super) group: Group,
    /// The entry's canonical name, or the surface.
    pub(super) name: String,
    pub(super) kind: &'static str,
    pub(super) country: Option<String>,
    pub(super) point: Option<Point>,
    /// What it may be, if that isn't known: names, or ids of those that have one name.
    pub(super) candidates: Vec<String>,
    /// Where it may be, if it is ambiguous.
    pub(super) doubtful_points: Vec<Point>,
    /// The number of its first mention on the page.
    pub(super) first: usize,
    pub(super) count: usize,
}

/// All subjects of a page, numbered as they are first mentioned.
#[derive(Debug, Default)]
pub(super) struct Subjects {
    list: Vec<Subject>,
    numbers: HashMap<(Group, String), usize>,
    mentions: usize,
}

impl Subjects {
    /// Counts a mention; gives the numbers of its subject and of the mention.
    pub(super) fn add(&mut self, annotation: &Annotation) -> (usize, usize) {
        let mention = self.mentions;
        self.mentions += 1;
        let number = *self.numbers.entry(key(annotation)).or_insert(self.list.len());
        if number == self.list.len() {
            self.list.push(Subject::new(annotation, mention));
        }
        let subject = &mut self.list[number];
        subject.count += 1;
        // An entry met as a demonym first is a country all the same.
        if subject.kind == "demonym" {
            subject.kind = annotation.kind;
        }
        (number, mention)
    }

    /// The subjects of a list with their numbers, the most mentioned first.
    pub(super) fn of(&self, group: Group) -> Vec<(usize, &Subject)> {
        let mut subjects: Vec<_> = self.list.iter().enumerate().filter(|(_, subject)| subject.group == group).collect();
        subjects.sort_by(|(_, one), (_, other)| other.count.cmp(&one.count).then_with(|| one.name.cmp(&other.name)));
        subjects
    }

    /// How many mentions the page has.
    pub(super) fn mentions(&self) -> usize {
        self.mentions
    }
}

impl Subject {
    fn new(annotation: &Annotation, first: usize) -> Self {
        let point = annotation.lat.zip(annotation.lon);
        Self {
            group: Group::of(annotation),
            name: one_line(annotation.canonical.as_deref().unwrap_or(&annotation.text)),
            kind: annotation.kind,
            country: annotation.country.clone(),
            point: point.map(|(latitude, longitude)| Point { latitude, longitude }),
            candidates: match annotation.id {
                Some(_) => Vec::new(),
                None => distinct(&annotation.candidates),
            },
            doubtful_points: match Group::of(annotation) {
                Group::Ambiguous => annotation.candidates.iter().filter_map(|candidate| candidate.point).collect(),
                _ => Vec::new(),
            },
            first,
            count: 0,
        }
    }
}

/// Candidates by their names; by their ids where several have one name.
fn distinct(candidates: &[AnnotationCandidate]) -> Vec<String> {
    let called = |name: &str| candidates.iter().filter(|candidate| candidate.name == name).count();
    let name = |candidate: &AnnotationCandidate| match called(&candidate.name) {
        1 => one_line(&candidate.name),
        _ => candidate.id.clone(),
    };
    candidates.iter().map(name).collect()
}

fn key(annotation: &Annotation) -> (Group, String) {
    let subject = match &annotation.id {
        Some(id) => id.clone(),
        None => {
            let ids = annotation.candidates.iter().map(|candidate| candidate.id.as_str());
            std::iter::once(one_line(&annotation.text).to_lowercase().as_str())
                .chain(ids)
                .collect::<Vec<_>>()
                .join("\n")
        }
    };
    (Group::of(annotation), subject)
}
