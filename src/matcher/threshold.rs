//! The threshold of the acceptance, fitted to a gazetteer when it is compiled.
//!
//! How many words are near a name by accident depends on the names more than on their number: among seventeen thousand spellings of cities of
//! all the world a threshold by size alone (`acceptance`) let in four times as many people and seven times as many places as among
//! thirty-five thousand of the Caucasus. So the compiler looks up a thousand names that are none of the gazetteer's, fits an exponential to the upper end of their
//! logarithms of odds, and stores where so few would be left as ought to be. The share itself is not read off: one in five hundred
//! needs thousands of lookups, and the likeliest few per cent say as much about it.
//!
//! The names are common names of people, judged as if the lexicon did not know them, and places (`negatives.txt`).

use zerocopy::little_endian::{I32, U32};
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned};

use super::Matcher;
use super::acceptance::threshold_by_size;
use crate::gazetteer::compiled::{Compiled, FileBuilder, Layers, Section};
use crate::text::Lexicon;

const PLACES: &str = include_str!("negatives.txt");
/// So many names of people are looked up.
const PEOPLE: usize = 500;
/// Shorter names are never believed.
const MIN_LETTERS: usize = 4;
/// So many of the names may be believed.
const RATE: f64 = 0.002;
/// The likeliest names, which the exponential is fitted to.
const TAIL: f64 = 0.05;
/// By how much those exceed the others on average, and how many names that knowledge is worth: 0.9 to 1.7 was measured in gazetteers of
/// 1,000 to a million spellings (`tests/fit/sizes.py`). Fifty names alone tell it so badly that the threshold had a standard deviation of
/// 0.6; so it has 0.2.
const USUAL_MEAN: f64 = 1.25;
const USUAL_WEIGHT: f64 = 100.0;
/// A smaller gazetteer has too few names near a word, and its threshold is the one by size.
const MIN_SPELLINGS: usize = 1_000;
/// With fewer names that it lacks a gazetteer's threshold is the one by size.
const MIN_NEGATIVES: usize = 300;

/// What an unlisted spelling must reach to be believed; see [`Matcher::threshold`].
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Threshold {
    /// The logarithm of the odds that [`Evidence`](super::Evidence) gives a spelling.
    pub logit: f64,
    /// What it was fitted on, if the gazetteer was compiled and is alone; else it goes by the number of spellings.
    pub fit: Option<Fit>,
}

/// What a threshold was fitted on.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Fit {
    /// Names that the gazetteer lacks.
    pub negatives: usize,
    /// The share of such names that is expected to be believed.
    pub believed: f64,
}

/// The threshold as it is stored.
#[derive(Clone, Copy, Debug, PartialEq, FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned)]
#[repr(C)]
struct ThresholdRecord {
    /// The logarithm of odds in hundredths, so that no machine's logarithm makes another file.
    hundredths: I32,
    negatives: U32,
    /// Of a hundred thousand such names so many are expected to be believed.
    believed: U32,
}

/// The threshold for a spelling of any of these layers.
///
/// By how much a fitted one differs from the one by size counts in each layer by its number of spellings, so that a person's own ten rows
/// hardly move it.
pub(super) fn logit(layers: &Layers) -> f64 {
    let all: usize = layers.all().iter().map(Compiled::spelling_count).sum();
    let difference = |layer: &Compiled| {
        let count = layer.spelling_count();
        let fitted = record(layer).map_or(0.0, |record| record.logit() - threshold_by_size(count));
        fitted * count as f64 / all.max(1) as f64
    };
    threshold_by_size(all) + layers.all().iter().map(difference).sum::<f64>()
}

/// Fits the threshold of a gazetteer and adds it to the gazetteer's file.
pub(super) fn add_threshold(matcher: &Matcher, builder: &mut FileBuilder) {
    let spellings: usize = matcher.layers().all().iter().map(Compiled::spelling_count).sum();
    if spellings < MIN_SPELLINGS {
        return;
    }
    let record = Tail::of(logits(matcher)).map(Tail::record);
    builder.set(Section::Threshold, record.as_slice());
}

impl Matcher {
    /// What the logarithm of an unlisted spelling's odds must reach for [`Matcher::lookup`] to believe it.
    ///
    /// ```
    /// # #[cfg(feature = "bundled")] {
    /// let threshold = toponorm::Matcher::bundled()?.threshold();
    /// assert!(threshold.fit.is_some_and(|fit| fit.believed < 0.003));
    /// # }
    /// # Ok::<(), toponorm::Error>(())
    /// ```
    pub fn threshold(&self) -> Threshold {
        let fit = match self.layers().all() {
            [layer] => record(layer).map(|record| Fit {
                negatives: record.negatives.get() as usize,
                believed: f64::from(record.believed.get()) / 1e5,
            }),
            _ => None,
        };
        Threshold { logit: logit(self.layers()), fit }
    }
}

fn record(layer: &Compiled) -> Option<ThresholdRecord> {
    layer.file().records::<ThresholdRecord>(Section::Threshold).first().copied()
}

impl ThresholdRecord {
    fn logit(self) -> f64 {
        f64::from(self.hundredths.get()) / 100.0
    }
}

/// The logarithm of odds of each name that the gazetteer lacks.
fn logits(matcher: &Matcher) -> Vec<f64> {
    let names: Vec<String> = people().chain(places()).collect();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        let chunks = names.chunks(names.len().div_ceil(threads).max(1));
        let ask = |chunk: &[String]| chunk.iter().filter_map(|name| matcher.logit_unless_listed(name)).collect();
        let running: Vec<_> = chunks.map(|chunk| scope.spawn(move || -> Vec<f64> { ask(chunk) })).collect();
        running.into_iter().flat_map(|thread| thread.join().unwrap_or_default()).collect()
    })
}

/// Names of people: of three, two are a first name or family name, and one is two of them.
fn people() -> impl Iterator<Item = String> {
    let names: Vec<&str> = Lexicon.personal_names().filter(|name| name.len() >= MIN_LETTERS).collect();
    // Steps by a prime visit the whole list before they visit a name again.
    let name = move |at: usize, step: usize| names.get(at * step % names.len().max(1)).copied().unwrap_or_default();
    (0..PEOPLE).map(move |at| match at % 3 {
        0 => format!("{} {}", name(at, 7919), name(at, 6211)),
        _ => name(at, 7919).to_owned(),
    })
}

fn places() -> impl Iterator<Item = String> {
    PLACES.lines().filter(|line| !line.starts_with('#')).map(str::to_owned)
}

/// The upper end of the negatives: above `least` they thin out exponentially.
#[derive(Clone, Copy, Debug)]
struct Tail {
    least: f64,
    /// By how much those in the tail exceed `least`, on average.
    mean: f64,
    /// Their share.
    share: f64,
    negatives: usize,
}

impl Tail {
    /// `None` if too few are given, or too few have any likeness to a name.
    fn of(mut logits: Vec<f64>) -> Option<Self> {
        logits.sort_by(|a, b| b.total_cmp(a));
        let negatives = logits.len();
        let (tail, rest) = logits.split_at((negatives as f64 * TAIL) as usize);
        let &least = rest.first().filter(|least| least.is_finite() && negatives >= MIN_NEGATIVES)?;
        let excess: f64 = tail.iter().map(|logit| logit - least).sum();
        let mean = (excess + USUAL_MEAN * USUAL_WEIGHT) / (tail.len() as f64 + USUAL_WEIGHT);
        Some(Self { least, mean, share: tail.len() as f64 / negatives as f64, negatives })
    }

    /// Where a share of `rate` is left.
    fn at(self, rate: f64) -> f64 {
        self.least + self.mean * (self.share / rate).ln()
    }

    /// The share that is left at a threshold.
    fn above(self, threshold: f64) -> f64 {
        self.share * (-(threshold - self.least).max(0.0) / self.mean).exp()
    }

    /// The threshold of a gazetteer; never below that of a small one, where less hardly finds a spelling more.
    fn record(self) -> ThresholdRecord {
        let threshold = self.at(RATE).max(threshold_by_size(0));
        ThresholdRecord {
            hundredths: ((threshold * 100.0).round() as i32).into(),
            negatives: (self.negatives as u32).into(),
            believed: ((self.above(threshold) * 1e5).round() as u32).into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn negatives_are_many_and_different() {
        let mut names: Vec<String> = people().chain(places()).collect();
        let count = names.len();
        names.sort();
        names.dedup();
        assert!(names.len() * 100 > count * 98 && count > 1_000, "{} of {count}", names.len());
        assert!(names.iter().all(|name| name.chars().count() >= MIN_LETTERS), "{names:?}");
    }

    #[test]
    fn an_exponential_is_found_again() {
        let count = 20_000;
        let logits = (1..=count).map(|at| 3.0 - 1.5 * (f64::from(at) / f64::from(count)).ln()).collect();
        let tail = Tail::of(logits).unwrap();
        assert!(
            (tail.mean - 1.5).abs() < 0.05 && (tail.at(0.002) - (3.0 - 1.5 * 0.002_f64.ln())).abs() < 0.1,
            "{tail:?}"
        );
    }

    #[test]
    fn few_or_unlike_names_fit_nothing() {
        assert!(Tail::of(vec![1.0; 20]).is_none());
        assert!(Tail::of(vec![f64::NEG_INFINITY; 1_000]).is_none());
        assert!(Tail::of(Vec::new()).is_none());
    }

    #[cfg(feature = "bundled")]
    #[test]
    fn ten_rows_of_ones_own_hardly_move_it_and_have_none_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("own.csv");
        let rows: String = (0..10).map(|at| format!("Verin Hartavan {at}\n")).collect();
        std::fs::write(&path, format!("name\n{rows}")).unwrap();
        let (bundled, own) = (Matcher::bundled().unwrap(), Matcher::open(&path).unwrap());
        let both = bundled.with(&own).unwrap();
        assert!((both.threshold().logit - bundled.threshold().logit).abs() < 0.01 && both.threshold().fit.is_none());
        assert_eq!(own.threshold(), Threshold { logit: threshold_by_size(10), fit: None });
        assert!(bundled.threshold().fit.is_some());
        // Compiled, so few rows are no other than read from their file.
        let gazetteer = crate::gazetteer::Gazetteer::from_path(&path).unwrap();
        let compiled =
            crate::gazetteer::compiled::File::from_vec(crate::matcher::compile(&gazetteer).unwrap()).unwrap();
        assert_eq!(Matcher::builder().matcher(compiled).unwrap().threshold(), own.threshold());
    }

    proptest! {
        #[test]
        fn a_stricter_rate_asks_for_more(logits in prop::collection::vec(-10.0..10.0, 300..600), rate in 0.0001..0.04) {
            let tail = Tail::of(logits).unwrap();
            prop_assert!(tail.at(rate / 2.0) >= tail.at(rate));
            prop_assert!((tail.above(tail.at(rate)) - rate).abs() < 1e-9);
        }
    }
}
