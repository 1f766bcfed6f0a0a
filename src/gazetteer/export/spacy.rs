//! Patterns for spaCy's `EntityRuler`: a line of JSON a surface, with its label and the entry's id.
//!
//! Patterns are phrases, not lists of tokens: spaCy cuts its own patterns into its own tokens, while token patterns of ours would never match where the
//! two disagree (`Nagorno-Karabakh` is three tokens to an English pipeline). For text in capitals spaCy's `phrase_matcher_attr="LOWER"` serves.
//! A ruler knows no context: a surface of several entries goes to the best known, and what counts only beside other places is left out.

use std::cmp::Reverse;
use std::io::{self, Write};

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::{Export, Lost};
use crate::gazetteer::{Entry, Kind, SpellingKind};

impl Export<'_> {
    /// Patterns for spaCy's `EntityRuler`, as JSON Lines that `ruler.from_disk` reads.
    ///
    /// Labels are those of spaCy's English pipelines: GPE for countries, regions, districts and settlements; LOC for mountains, passes, rivers, lakes,
    /// seas and places of unspecified kind; FAC for corridors and sites; PERSON; ORG; NORP for adjectives and inhabitants.
    ///
    /// # Errors
    ///
    /// Whatever writing to `out` fails with.
    pub fn spacy(&self, mut out: impl Write) -> io::Result<Lost> {
        let mut lost = Lost::default();
        self.count_guidance(&mut lost);
        let entries = self.entries();
        let mut best: FxHashMap<&str, Bearer<'_>> = FxHashMap::default();
        for entry in &entries {
            for (surface, bearer) in surfaces(entry, &mut lost) {
                let known = best.entry(surface).or_insert(bearer);
                lost.count(known.entry.id != entry.id, "surfaces of a second entry: a ruler knows one of each");
                if bearer.rank(self) > known.rank(self) {
                    *known = bearer;
                }
            }
        }
        let mut patterns: Vec<(&str, Bearer<'_>)> = best.into_iter().collect();
        patterns.sort_unstable_by_key(|(surface, bearer)| (&bearer.entry.id, *surface));
        for (pattern, Bearer { entry, kind }) in patterns {
            serde_json::to_writer(
                &mut out,
                &Pattern { label: label(entry.kind, kind), pattern, id: entry.id.as_str() },
            )?;
            out.write_all(b"\n")?;
        }
        out.flush()?;
        Ok(lost)
    }
}

#[derive(Serialize)]
struct Pattern<'a> {
    label: &'static str,
    pattern: &'a str,
    id: &'a str,
}

/// An entry that bears a surface, and as what.
#[derive(Clone, Copy)]
struct Bearer<'g> {
    entry: &'g Entry,
    kind: SpellingKind,
}

impl Bearer<'_> {
    /// Of two entries with one surface the higher is meant more often: that which it rightly names, which news names, which is larger.
    fn rank(&self, export: &Export<'_>) -> impl Ord + use<'_> {
        let entry = self.entry;
        let is_known = export.is_newsworthy(&entry.id) || entry.kind.label() != "place";
        let size = (entry.kind == Kind::Country, entry.population.unwrap_or_default());
        (self.kind.is_right(), self.kind != SpellingKind::Demonym, is_known, size, Reverse(&entry.id))
    }
}

fn surfaces<'g>(entry: &'g Entry, lost: &mut Lost) -> Vec<(&'g str, Bearer<'g>)> {
    let mut surfaces = Vec::new();
    for spelling in entry.names.iter().flat_map(|name| &name.spellings) {
        if spelling.needs.is_empty() {
            surfaces.push((spelling.text.as_str(), Bearer { entry, kind: spelling.kind }));
        } else {
            lost.add(1, "spellings that count only beside another entry");
        }
    }
    surfaces
}

fn label(kind: Kind, spelling: SpellingKind) -> &'static str {
    if spelling == SpellingKind::Demonym { "NORP" } else { kind.spacy_label() }
}
