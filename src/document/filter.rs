//! Filters: which entries count, by country, kind, and what they lie in.
//!
//! A filter sifts what was decided, and takes no part in deciding: that a text speaks of Yerevan tells which Goris it means, also for
//! somebody who wants villages only. Leaving entries out of the gazetteer is what `removed.csv` of a layer does.

use crate::error::Error;
use crate::gazetteer::Kind;
use crate::matcher::Matcher;
use crate::resolve::{Resolution, containers};

/// Which entries count; see [`NormalizerBuilder::filter`](crate::NormalizerBuilder::filter).
///
/// ```
/// # #[cfg(feature = "bundled")] {
/// use toponorm::{EntryFilter, Matcher, Normalizer};
///
/// let matcher = Matcher::bundled()?;
/// let filter = EntryFilter::of(&matcher).country("AM")?;
/// let normalizer = Normalizer::builder().filter(filter).build(matcher);
/// let annotations = normalizer.annotate("The road from Yerevan to Tbilisi");
/// assert_eq!(annotations.len(), 1);
/// assert_eq!(annotations[0].text, "Yerevan");
/// # }
/// # Ok::<(), toponorm::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct EntryFilter {
    matcher: Matcher,
    countries: Vec<String>,
    kinds: Vec<Kind>,
    within: Vec<u32>,
}

impl EntryFilter {
    /// A filter of a matcher's entries that all pass as yet.
    pub fn of(matcher: &Matcher) -> Self {
        Self { matcher: matcher.clone(), countries: Vec::new(), kinds: Vec::new(), within: Vec::new() }
    }

    /// Entries in a country pass, by its ISO 3166-1 code (`AM`), and in the others that were given so.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Value`](crate::ErrorKind::Value) if no entry lies in a country of this code.
    pub fn country(mut self, code: &str) -> Result<Self, Error> {
        let code = code.to_ascii_uppercase();
        let layers = self.matcher.layers();
        if !layers.entries().any(|number| layers.entry(number).country().as_str() == code) {
            let help = "expected a code of ISO 3166-1 such as AM or AZ";
            return Err(Error::value(format!("no entry lies in a country `{code}`; {help}")));
        }
        self.countries.push(code);
        Ok(self)
    }

    /// Entries of a kind pass, and of the others that were given so.
    pub fn kind(mut self, kind: Kind) -> Self {
        self.kinds.push(kind);
        self
    }

    /// An entry passes, and whatever lies in it, and in the others that were given so.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Value`](crate::ErrorKind::Value) if no entry has this id.
    pub fn within(mut self, id: &str) -> Result<Self, Error> {
        let Some(number) = self.matcher.layers().position(id) else {
            return Err(Error::value(format!(
                "no entry has the id `{id}`; `toponorm lookup NAME` prints ids in brackets"
            )));
        };
        self.within.push(number);
        Ok(self)
    }

    /// Whether the entry of this id passes.
    pub fn passes(&self, id: &str) -> bool {
        self.matcher.layers().position(id).is_some_and(|number| self.passes_number(number))
    }

    fn passes_number(&self, number: u32) -> bool {
        let entry = self.matcher.layers().entry(number);
        let is_inside = || {
            let around = containers(self.matcher.layers(), number);
            self.within.iter().any(|outer| *outer == number || around.contains(outer))
        };
        (self.countries.is_empty() || self.countries.iter().any(|code| code == entry.country().as_str()))
            && (self.kinds.is_empty() || self.kinds.contains(&entry.kind()))
            && (self.within.is_empty() || is_inside())
    }

    /// Whether the entry that is meant passes; where that is not decided, whether one that may be meant does.
    pub(super) fn passes_any(&self, resolution: &Resolution) -> bool {
        match resolution.chosen() {
            Some(chosen) => self.passes_number(chosen.at.entry),
            None => resolution.mention.candidates.iter().any(|candidate| self.passes_number(candidate.at.entry)),
        }
    }
}
