//! Evaluation: how well documents are annotated, measured against gold that somebody made by hand.
//!
//! The measures are those of the field (`measures`), so that figures can stand beside published ones. A mention counts if it is resolved;
//! ambiguous ones are listed apart, because they are never written. Where the gold and a mention overlap without being the same,
//! `overlap` counts them as found and `exact` does not; resolution and distance are judged of all that overlap.

mod gold;
mod measures;
mod pairs;

use std::collections::BTreeMap;

use serde::Serialize;

pub use gold::{GoldDocument, GoldMention, gold};
pub use measures::{Distances, Found, Reliability};

use crate::document::{Annotation, Normalizer, rounded};
use crate::matcher::Method;
use crate::script::Script;
use crate::text::one_line;
use measures::{reliability, share};
use pairs::{Pairs, distance, is_exact, is_right, overlaps};

/// How well a [`Normalizer`] finds and resolves what gold documents mention.
///
/// ```
/// # #[cfg(feature = "bundled")] {
/// use toponorm::eval::{Evaluation, gold};
/// use toponorm::{Matcher, Normalizer, OffsetUnit};
///
/// let path = std::env::temp_dir().join("toponorm-doc-gold.jsonl");
/// let line = r#"{"id": "a", "text": "Shots near Stefancart.", "mentions": [{"start": 11, "end": 21, "canonical": "Stepanakert", "kind": "place"}]}"#;
/// std::fs::write(&path, line)?;
/// let normalizer = Normalizer::builder().build(Matcher::bundled()?);
/// let evaluation = Evaluation::new(&normalizer, &gold(&path, OffsetUnit::Byte)?, "place");
/// assert_eq!(evaluation.exact.f1(), 1.0);
/// assert_eq!(evaluation.resolution.accuracy, 1.0);
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct Evaluation {
    /// What was evaluated: `place`, `person` or `organisation`.
    pub label: String,
    /// How many documents.
    pub documents: usize,
    /// Mentions whose span is exactly the gold's.
    pub exact: Found,
    /// Mentions whose span overlaps the gold's.
    pub overlap: Found,
    /// Whether what was found is resolved to what is meant.
    pub resolution: Resolved,
    /// Mentions whose span is exactly the gold's and that are resolved rightly.
    pub end_to_end: Found,
    /// How far points are from the right ones.
    pub distances: Distances,
    /// Mentions that are ambiguous, and how many of them the gold has.
    pub ambiguous: Ambiguous,
    /// The same by the kind of the entry that was found.
    pub by_kind: BTreeMap<String, Group>,
    /// By the script of the surface.
    pub by_script: BTreeMap<String, Group>,
    /// By how the mention was recognised.
    pub by_method: BTreeMap<String, Group>,
    /// Probabilities and how often they came true.
    pub reliability: Vec<Reliability>,
    /// The mean difference between the two.
    pub calibration_error: f64,
    /// What went wrong, in the order of the documents.
    pub mistakes: Vec<Mistake>,
}

/// Found mentions, and how many of them are resolved rightly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Resolved {
    /// Mentions that were found.
    pub mentions: usize,
    /// Those of them that are resolved to what is meant.
    pub right: usize,
    /// The share of the two.
    pub accuracy: f64,
}

/// Mentions that were not decided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Ambiguous {
    /// How many there are.
    pub mentions: usize,
    /// How many of them touch a gold mention.
    pub in_gold: usize,
    /// How many of those have the right entry, name or point among their candidates' names.
    pub with_right_candidate: usize,
}

/// Mentions of one sort.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Group {
    /// Mentions found, the gold's or not.
    pub mentions: usize,
    /// Those that overlap a gold mention.
    pub found: usize,
    /// Those that are also resolved rightly.
    pub right: usize,
    /// Gold mentions of this sort that were not found; where the gold tells their sort.
    pub missed: usize,
}

/// What went wrong with one mention.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Mistake {
    /// The document.
    pub document: String,
    /// What sort of mistake.
    pub mistake: MistakeKind,
    /// The first byte of the surface in the text.
    pub start: usize,
    /// The surface in the text.
    pub surface: String,
    /// What the gold says: names, id, or point.
    pub expected: Option<String>,
    /// The id of the entry that was taken, with its method.
    pub found: Option<String>,
    /// The text around the surface.
    pub context: String,
}

/// Sorts of mistakes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum MistakeKind {
    /// The gold has a mention, and nothing resolved overlaps it.
    Missed,
    /// A mention where the gold has none.
    Invented,
    /// Found, and resolved to something else.
    WronglyResolved,
}

impl MistakeKind {
    /// The name of the sort in output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Missed => "missed",
            Self::Invented => "invented",
            Self::WronglyResolved => "wrongly resolved",
        }
    }
}

impl Evaluation {
    /// Annotates every document and compares the mentions of `label` (`place`, `person` or `organisation`) with the gold.
    pub fn new(normalizer: &Normalizer, documents: &[GoldDocument], label: &str) -> Self {
        let mut tally = Tally { evaluation: Self { label: label.to_owned(), ..Self::default() }, ..Tally::default() };
        for document in documents {
            tally.add(document, &normalizer.annotate(&document.text));
        }
        tally.finish()
    }
}

/// What is counted while documents go by.
#[derive(Default)]
struct Tally {
    evaluation: Evaluation,
    distances: Vec<f64>,
    /// Probabilities of resolved mentions, and whether they are right.
    judged: Vec<(f64, bool)>,
}

impl Tally {
    fn add(&mut self, document: &GoldDocument, annotations: &[Annotation]) {
        let pairs = Pairs::new(&document.mentions, annotations, &self.evaluation.label);
        self.evaluation.documents += 1;
        for &(gold, found) in &pairs.gold {
            match found {
                Some(found) => self.add_found(document, gold, found),
                None => self.add_missed(document, gold),
            }
        }
        for found in &pairs.invented {
            self.add_invented(document, found);
        }
        for found in &pairs.ambiguous {
            self.add_ambiguous(document, found);
        }
    }

    fn add_found(&mut self, document: &GoldDocument, gold: &GoldMention, found: &Annotation) {
        let (is_exact, is_right) = (is_exact(gold, found), is_right(gold, found));
        let evaluation = &mut self.evaluation;
        evaluation.overlap.right += 1;
        add(&mut evaluation.exact, is_exact);
        add(&mut evaluation.end_to_end, is_exact && is_right);
        evaluation.resolution.mentions += 1;
        evaluation.resolution.right += usize::from(is_right);
        self.distances.extend(distance(gold, found));
        self.judged.extend(found.probability.map(|probability| (probability, is_right)));
        for group in self.groups(found) {
            group.mentions += 1;
            group.found += 1;
            group.right += usize::from(is_right);
        }
        if !is_right {
            self.remark(document, MistakeKind::WronglyResolved, Some(gold), Some(found));
        }
    }

    fn add_missed(&mut self, document: &GoldDocument, gold: &GoldMention) {
        let evaluation = &mut self.evaluation;
        evaluation.overlap.missed += 1;
        evaluation.exact.missed += 1;
        evaluation.end_to_end.missed += 1;
        let script = script_of(&document.text[gold.span.range()]);
        evaluation.by_script.entry(script).or_default().missed += 1;
        self.remark(document, MistakeKind::Missed, Some(gold), None);
    }

    fn add_invented(&mut self, document: &GoldDocument, found: &Annotation) {
        let evaluation = &mut self.evaluation;
        evaluation.overlap.wrong += 1;
        evaluation.exact.wrong += 1;
        evaluation.end_to_end.wrong += 1;
        self.judged.extend(found.probability.map(|probability| (probability, false)));
        for group in self.groups(found) {
            group.mentions += 1;
        }
        self.remark(document, MistakeKind::Invented, None, Some(found));
    }

    fn add_ambiguous(&mut self, document: &GoldDocument, found: &Annotation) {
        let ambiguous = &mut self.evaluation.ambiguous;
        ambiguous.mentions += 1;
        let Some(gold) = document.mentions.iter().find(|gold| !gold.is_optional && overlaps(gold, found)) else {
            return;
        };
        ambiguous.in_gold += 1;
        let is_candidate = found
            .candidates
            .iter()
            .any(|candidate| gold.entry.as_ref() == Some(&candidate.id) || gold.names.contains(&candidate.name));
        ambiguous.with_right_candidate += usize::from(is_candidate);
    }

    fn groups(&mut self, found: &Annotation) -> [&mut Group; 3] {
        let Evaluation { by_kind, by_script, by_method, .. } = &mut self.evaluation;
        [
            by_kind.entry(found.kind.to_owned()).or_default(),
            by_script.entry(script_of(&found.text)).or_default(),
            by_method.entry(method(found).to_owned()).or_default(),
        ]
    }

    fn remark(
        &mut self,
        document: &GoldDocument,
        mistake: MistakeKind,
        gold: Option<&GoldMention>,
        found: Option<&Annotation>,
    ) {
        let Some(span) = found.map(|found| found.span).or_else(|| gold.map(|gold| gold.span)) else {
            return;
        };
        self.evaluation.mistakes.push(Mistake {
            document: document.id.clone(),
            mistake,
            start: span.start,
            surface: document.text[span.range()].to_owned(),
            expected: gold.map(meaning),
            found: found.map(|found| format!("{} ({})", found.id.as_deref().unwrap_or("-"), method(found))),
            context: context(&document.text, span.start, span.end),
        });
    }

    fn finish(self) -> Evaluation {
        let mut evaluation = self.evaluation;
        let Resolved { mentions, right, .. } = evaluation.resolution;
        evaluation.resolution.accuracy = rounded(share(right, mentions));
        evaluation.distances = Distances::of(self.distances);
        (evaluation.reliability, evaluation.calibration_error) = reliability(&self.judged);
        evaluation
    }
}

/// A gold mention that something overlaps: found, or, where a stricter measure says no, missed and something else invented.
fn add(found: &mut Found, is_right: bool) {
    if is_right {
        found.right += 1;
    } else {
        found.wrong += 1;
        found.missed += 1;
    }
}

fn script_of(surface: &str) -> String {
    Script::of(surface).map_or_else(|| "other".to_owned(), |script| format!("{script:?}"))
}

fn method(found: &Annotation) -> &'static str {
    found.method.map_or("none", Method::as_str)
}

fn meaning(gold: &GoldMention) -> String {
    match (&gold.entry, gold.names.as_slice(), gold.point) {
        (Some(entry), ..) => entry.clone(),
        (None, [], Some(point)) => format!("{:.2}, {:.2}", point.latitude, point.longitude),
        (None, names, _) => names.join("|"),
    }
}

/// The text around a span, on one line.
fn context(text: &str, start: usize, end: usize) -> String {
    const AROUND: usize = 50;
    let from = text.floor_char_boundary(start.saturating_sub(AROUND));
    let to = text.ceil_char_boundary((end + AROUND).min(text.len()));
    one_line(&text[from..to])
}

#[cfg(test)]
mod tests;
