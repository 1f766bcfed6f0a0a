//! Policies: which of an entry's names is written, by whose usage and as of when.
//!
//! A policy is data (`policies.csv`): an order of languages for all entries, and exceptions for single ones. A name counts only while it
//! was in use: Leninakan in 1985, Gyumri today. Choosing a name takes sides, so nothing here happens unless somebody asks for it.

use rustc_hash::FxHashMap;

use crate::error::Error;
use crate::gazetteer::compiled::{EntryView, NameView, SpellingView};
use crate::gazetteer::{Choice, Period, SpellingKind};
use crate::lang::Lang;
use crate::matcher::Matcher;

/// Which of an entry's names to write; see [`NormalizerBuilder::policy`](crate::NormalizerBuilder::policy).
///
/// ```
/// # #[cfg(feature = "bundled")] {
/// use toponorm::{Matcher, NamePolicy, Normalizer};
///
/// let matcher = Matcher::bundled()?;
/// let policy = NamePolicy::of(&matcher, "azerbaijani")?;
/// let normalizer = Normalizer::builder().policy(policy).build(matcher.clone());
/// assert_eq!(normalizer.rewrite("The road to Stepanakert was closed."), "The road to Khankendi was closed.");
/// assert!(NamePolicy::of(&matcher, "martian").is_err());
/// # }
/// # Ok::<(), toponorm::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct NamePolicy {
    /// Rules for single entries, by their numbers.
    rules: FxHashMap<u32, Choice>,
    /// The order of languages for all others; blank if the policy changes no names.
    order: Vec<Lang>,
    /// The date of which names are in use; `None`: today's.
    as_of: Option<String>,
}

/// The policy that changes spellings only.
const NEUTRAL: &str = "neutral";

impl NamePolicy {
    /// The policy of this name in the matcher's gazetteers. Of two rules for one entry the later gazetteer's counts.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Value`](crate::ErrorKind::Value) if there is none of this name.
    pub fn of(matcher: &Matcher, name: &str) -> Result<Self, Error> {
        let mut policy = Self { rules: FxHashMap::default(), order: Vec::new(), as_of: None };
        let mut known = vec![NEUTRAL];
        for (rule_of, entry, choose) in matcher.layers().policies() {
            if rule_of != name {
                known.push(rule_of);
                continue;
            }
            match (entry, choose) {
                (Some(entry), choose) => drop(policy.rules.insert(entry, choose)),
                (None, Choice::Languages(order)) => policy.order = order,
                (None, Choice::Name(_)) => {}
            }
        }
        if policy.rules.is_empty() && policy.order.is_empty() && name != NEUTRAL {
            known.sort_unstable();
            known.dedup();
            return Err(Error::value(format!("no policy is called `{name}`; expected one of: {}", known.join(", "))));
        }
        Ok(policy)
    }

    /// The policies of the matcher's gazetteers, in order of their names, without the neutral one.
    pub fn names(matcher: &Matcher) -> Vec<String> {
        let mut names: Vec<String> = matcher.layers().policies().map(|(name, ..)| name.to_owned()).collect();
        names.sort_unstable();
        names.dedup();
        names.retain(|name| name != NEUTRAL);
        names
    }

    /// The same policy with the names in use at a date: a year, year and month, or day of ISO 8601 (`1988-02`).
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Value`](crate::ErrorKind::Value) if it is no such date.
    pub fn as_of(mut self, date: &str) -> Result<Self, Error> {
        self.as_of = Some(Period::checked(date)?.to_owned());
        Ok(self)
    }

    /// The name to write for an entry that the text calls by `used`.
    pub(super) fn name<'g>(&self, number: u32, entry: EntryView<'g>, used: NameView<'g>) -> Option<NameView<'g>> {
        let is_place = entry.kind().label() == "place";
        if !is_place || (self.order.is_empty() && self.rules.is_empty()) {
            return Some(used);
        }
        let in_use = || entry.names().filter(|name| self.is_in_use(*name));
        let own = |lang: Lang| in_use().find(|name| is_own(*name, lang));
        let by_rule = || match self.rules.get(&number)? {
            Choice::Name(chosen) => in_use().find(|name| name.text() == chosen),
            Choice::Languages(order) => order.iter().find_map(|&lang| own(lang)),
        };
        self.of_its_time(entry)
            .or_else(by_rule)
            .or_else(|| self.order.iter().find_map(|&lang| own(lang)))
            .or_else(|| in_use().next())
    }

    /// The name that was the official one at a past date: one that has since gone out of use, in the policy's languages. Names without
    /// dates (Gandzak) do not tell whether they were used beside it (Kirovabad).
    fn of_its_time<'g>(&self, entry: EntryView<'g>) -> Option<NameView<'g>> {
        let date = self.as_of.as_deref()?;
        let is_of_its_time = |spelling: &SpellingView<'_>, lang: Lang| {
            spelling.lang() == lang && spelling.is_preferred() && spelling.has_ended() && spelling.is_in_use(Some(date))
        };
        let find =
            |lang: Lang| entry.names().find(|name| name.spellings().any(|spelling| is_of_its_time(&spelling, lang)));
        self.order.iter().find_map(|&lang| find(lang))
    }

    fn is_in_use(&self, name: NameView<'_>) -> bool {
        let is_right = |spelling: &SpellingView<'_>| spelling.kind().is_right() && spelling.is_preferred();
        name.spellings().filter(is_right).any(|spelling| spelling.is_in_use(self.as_of.as_deref()))
    }
}

/// Whether a name is the language's own for the place.
fn is_own(name: NameView<'_>, lang: Lang) -> bool {
    let is_own_kind = |kind| matches!(kind, SpellingKind::Native | SpellingKind::Canonical | SpellingKind::Name);
    name.spellings().any(|spelling| spelling.lang() == lang && spelling.is_preferred() && is_own_kind(spelling.kind()))
}
