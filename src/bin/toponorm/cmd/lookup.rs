//! `toponorm lookup`

use std::io::{BufRead, Write};

use serde::Serialize;
use toponorm::{EntryFilter, Evidence, LookupCandidate, Matcher};

use super::{Failure, Outcome, note_conflicts};
use crate::args::{Format, LookupArgs};
use crate::config;

#[derive(Serialize)]
struct Answer<'a> {
    query: &'a str,
    candidates: &'a [LookupCandidate],
}

pub(crate) fn run(args: &LookupArgs, out: &mut impl Write) -> Result<Outcome, Failure> {
    let matcher = config::matcher(&args.gazetteer)?;
    note_conflicts(&matcher);
    let asked = Asked { args, filter: config::filter(&args.filter, &matcher)?, matcher };
    let mut any_found = false;
    let given = if args.names.is_empty() { vec!["-".to_owned()] } else { args.names.clone() };
    for name in &given {
        if name != "-" {
            any_found |= asked.answer(name, out)?;
            continue;
        }
        for line in std::io::stdin().lock().lines() {
            let line = line.map_err(|error| Failure::Input("standard input".to_owned(), error))?;
            let name = line.trim_start_matches('\u{FEFF}').trim();
            if !name.is_empty() {
                any_found |= asked.answer(name, out)?;
            }
        }
    }
    Ok(if any_found { Outcome::Done } else { Outcome::Found })
}

/// What names are looked up in.
struct Asked<'a> {
    args: &'a LookupArgs,
    matcher: Matcher,
    filter: Option<EntryFilter>,
}

impl Asked<'_> {
    /// Prints what a name may mean; whether that is anything the matcher believes.
    fn answer(&self, name: &str, out: &mut impl Write) -> Result<bool, Failure> {
        let candidates = self.candidates(name);
        match self.args.format {
            Format::Jsonl => {
                let answer = Answer { query: name, candidates: &candidates };
                serde_json::to_writer(&mut *out, &answer).map_err(std::io::Error::from)?;
                writeln!(out)?;
            }
            Format::Text => print(name, &candidates, self.args.explain, out)?,
        }
        Ok(candidates.iter().any(|candidate| candidate.accepted))
    }

    /// The best candidates that count; with a filter they are looked for among many more.
    fn candidates(&self, name: &str) -> Vec<LookupCandidate> {
        const SIFTED: usize = 1000;
        let limit = self.args.limit as usize;
        let Some(filter) = &self.filter else {
            return self.matcher.lookup(name, limit);
        };
        let mut candidates = self.matcher.lookup(name, limit.max(SIFTED));
        candidates.retain(|candidate| filter.passes(&candidate.id));
        candidates.truncate(limit);
        candidates
    }
}

fn print(name: &str, candidates: &[LookupCandidate], explain: bool, out: &mut impl Write) -> std::io::Result<()> {
    let is_known = candidates.iter().any(|candidate| candidate.accepted);
    writeln!(out, "{name}{}", if is_known { "" } else { ": not found; the nearest names are" })?;
    for candidate in candidates {
        let sign = if candidate.accepted { '✓' } else { ' ' };
        let name = if candidate.name == candidate.canonical {
            candidate.name.clone()
        } else {
            format!("{} ({})", candidate.name, candidate.canonical)
        };
        write!(out, "  {sign} {:.2} {name}, {}", candidate.score, candidate.kind)?;
        if !candidate.country.is_empty() {
            write!(out, ", {}", candidate.country)?;
        }
        if let (Some(lat), Some(lon)) = (candidate.lat, candidate.lon) {
            write!(out, ", {lat:.4} {lon:.4}")?;
        }
        writeln!(out, " [{}] {}", candidate.id, candidate.method.as_str())?;
        if explain && !candidate.edits.is_empty() {
            writeln!(out, "         {}", candidate.edits.join(", "))?;
        }
        if let Some(evidence) = candidate.evidence.as_ref().filter(|_| explain) {
            explain_evidence(evidence, out)?;
        }
    }
    Ok(())
}

fn explain_evidence(evidence: &Evidence, out: &mut impl Write) -> std::io::Result<()> {
    let features = evidence.features.iter().filter(|(name, value)| **name != "intercept" && **value != 0.0);
    let features: Vec<String> = features.map(|(name, value)| format!("{name} {value:.2}")).collect();
    writeln!(out, "         {}", features.join(", "))?;
    let known = if evidence.is_known { ", an English word or a person's name" } else { "" };
    writeln!(out, "         logit {:.2}, needed {:.2}{known}", evidence.logit, evidence.threshold)
}
