//! Whose names a text uses: of entries that are called differently by different sides, how often each name stands there.
//!
//! A side is a policy of the gazetteer, and a name is a side's if its policy would choose it: what counts is data with a source, and no list of
//! sides stands in code. Spellings are not counted apart: Xankendi and Khankendi are one name.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Annotation, NamePolicy};
use crate::error::Error;
use crate::gazetteer::SpellingKind;
use crate::gazetteer::compiled::{EntryView, NameView};
use crate::matcher::Matcher;

/// Counts the names of places by whose they are.
///
/// ```
/// # #[cfg(feature = "bundled")] {
/// use toponorm::{Matcher, NameUsage, Normalizer};
///
/// let matcher = Matcher::bundled()?;
/// let normalizer = Normalizer::builder().build(matcher.clone());
/// let mut usage = NameUsage::new(&matcher, None)?;
/// usage.add(&normalizer.annotate("From Stepanakert to Shusha; in Khankendi, he said Xankendi."));
/// let uses = usage.uses();
/// assert_eq!((uses[1].name.as_str(), uses[1].count), ("Khankendi", 2));
/// assert_eq!(uses[1].policies, ["azerbaijani"]);
/// # }
/// # Ok::<(), toponorm::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct NameUsage {
    matcher: Matcher,
    policies: Vec<(String, NamePolicy)>,
    /// By entry and name.
    counts: BTreeMap<(String, String), u64>,
}

/// How often a name of an entry is used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct NameUse {
    /// The entry's id.
    pub entry: String,
    /// Its canonical name.
    pub canonical: String,
    /// The name, in its right English spelling.
    pub name: String,
    /// How often it stands in the texts, in whatever spelling.
    pub count: u64,
    /// The policies that choose the name for this entry.
    pub policies: Vec<String>,
    /// The languages whose own name it is.
    pub languages: Vec<String>,
    /// Whether the policies choose different names for the entry.
    pub contested: bool,
}

/// How often a policy's names are used where policies differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PolicyShare {
    /// The policy.
    pub policy: String,
    /// How many mentions have the name that it chooses.
    pub count: u64,
    /// Of so many mentions of entries for which policies choose different names.
    pub of: u64,
}

impl NameUsage {
    /// Nothing counted as yet; names count as the policies have them at a date, if one is given.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Value`](crate::ErrorKind::Value) if it is no date.
    pub fn new(matcher: &Matcher, as_of: Option<&str>) -> Result<Self, Error> {
        let mut policies = Vec::new();
        for name in NamePolicy::names(matcher) {
            let policy = NamePolicy::of(matcher, &name)?;
            policies.push((
                name,
                match as_of {
                    Some(date) => policy.as_of(date)?,
                    None => policy,
                },
            ));
        }
        Ok(Self { matcher: matcher.clone(), policies, counts: BTreeMap::new() })
    }

    /// Counts the places of a text.
    pub fn add(&mut self, annotations: &[Annotation]) {
        for annotation in annotations.iter().filter(|annotation| annotation.label == "place") {
            if let (Some(id), Some(name)) = (&annotation.id, &annotation.name) {
                *self.counts.entry((id.clone(), name.clone())).or_default() += 1;
            }
        }
    }

    /// The names that were used, entry by entry in the order of ids, the most used first.
    pub fn uses(&self) -> Vec<NameUse> {
        let mut uses: Vec<NameUse> = self.counts.iter().filter_map(|(key, count)| self.describe(key, *count)).collect();
        uses.sort_by(|a, b| a.entry.cmp(&b.entry).then(b.count.cmp(&a.count)).then(a.name.cmp(&b.name)));
        uses
    }

    /// How often each policy's names are used, of entries for which the policies differ.
    pub fn shares(&self) -> Vec<PolicyShare> {
        let contested: Vec<NameUse> = self.uses().into_iter().filter(|used| used.contested).collect();
        let of = contested.iter().map(|used| used.count).sum();
        let share = |(policy, _): &(String, NamePolicy)| {
            let own = contested.iter().filter(|used| used.policies.contains(policy));
            PolicyShare { policy: policy.clone(), count: own.map(|used| used.count).sum(), of }
        };
        self.policies.iter().map(share).collect()
    }

    fn describe(&self, (id, text): &(String, String), count: u64) -> Option<NameUse> {
        let layers = self.matcher.layers();
        let number = layers.position(id)?;
        let entry = layers.entry(number);
        let chosen: Vec<(&str, &str)> = self.chosen(number, entry);
        let own = chosen.iter().filter(|(_, name)| name == text).map(|(policy, _)| (*policy).to_owned());
        let name = entry.names().find(|name| name.text() == text);
        Some(NameUse {
            entry: id.clone(),
            canonical: entry.canonical().to_owned(),
            name: text.clone(),
            count,
            policies: own.collect(),
            languages: name.map_or(Vec::new(), languages),
            contested: chosen.iter().any(|(_, name)| *name != chosen[0].1),
        })
    }

    /// The name that each policy chooses.
    fn chosen<'s>(&'s self, number: u32, entry: EntryView<'s>) -> Vec<(&'s str, &'s str)> {
        let Some(first) = entry.names().next() else {
            return Vec::new();
        };
        let choose = |(label, policy): &'s (String, NamePolicy)| {
            Some((label.as_str(), policy.name(number, entry, first)?.text()))
        };
        self.policies.iter().filter_map(choose).collect()
    }
}

/// The languages whose own name it is, each once, whatever their scripts.
fn languages(name: NameView<'_>) -> Vec<String> {
    let native = name.spellings().filter(|spelling| spelling.kind() == SpellingKind::Native && spelling.is_preferred());
    let mut languages: Vec<String> = native.map(|spelling| spelling.lang().language().to_owned()).collect();
    languages.sort();
    languages.dedup();
    languages
}
