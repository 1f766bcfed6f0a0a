//! Two gazetteers joined to one: which entries are the same (`pairs`), and what becomes of two that are (`join`).
//!
//! The first gazetteer wins wherever the two disagree, and each disagreement is told. Two entries are joined by an identifier, or by name and
//! nearness where nothing speaks against it; what is not sure stays two entries and is listed for a person to decide. A score over all
//! fields was rejected: a wrong join loses a place in silence, a missed one is a line in a list.

mod grid;
mod join;
mod pairs;

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

use super::link::Linked;
use super::{Choice, Entry, EntryId, Gazetteer, Policy};
use join::Joiner;
use pairs::{By, Pairs};

/// What came of merging two gazetteers; see [`Gazetteer::merge`].
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Merge {
    /// The entries of both.
    pub gazetteer: Gazetteer,
    /// Entries that may be the same, and why that is not sure.
    pub unsure: Vec<Unsure>,
    /// What the two say differently of one entry.
    pub disagreements: Vec<Disagreement>,
    /// How many entries were joined by an identifier.
    pub joined_by_id: usize,
    /// How many entries were joined by name and nearness.
    pub joined_by_name: usize,
    /// How many entries only the second gazetteer had.
    pub added: usize,
}

/// Two entries that may be the same, and were not joined.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Unsure {
    /// Why it is not sure.
    pub reason: Doubt,
    /// The entry's id, in the merged gazetteer.
    pub id: String,
    /// Its canonical name.
    pub name: String,
    /// The other entry's id, in the second gazetteer.
    pub other: String,
    /// Its canonical name there.
    pub other_name: String,
    /// How far they are from one another, in kilometres.
    pub km: Option<f64>,
}

/// Why it is not sure that two entries are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Doubt {
    /// They have one name and are further from one another than such places extend.
    FarApart,
    /// They are at one point, or near and sound alike, and have different names.
    OtherName,
    /// One entry has several partners that are equally good.
    SeveralPartners,
    /// They have one name and one point, and are different things, such as a town and a district.
    KindsDisagree,
    /// They have one name, and at least one has no coordinates.
    NoCoordinates,
    /// They share an identifier, or an id, and neither name nor place.
    IdentifierOnly,
}

impl Doubt {
    /// The doubt's name in output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::FarApart => "far-apart",
            Self::OtherName => "other-name",
            Self::SeveralPartners => "several-partners",
            Self::KindsDisagree => "kinds-disagree",
            Self::NoCoordinates => "no-coordinates",
            Self::IdentifierOnly => "identifier-only",
        }
    }
}

/// What two gazetteers say differently of one entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Disagreement {
    /// The entry's id, or blank.
    pub id: String,
    /// The heading of the column.
    pub column: String,
    /// What the first gazetteer says, which is kept.
    pub kept: String,
    /// What the second says.
    pub other: String,
}

impl Gazetteer {
    /// This gazetteer with the entries of another: those that are the same are joined, the others added.
    ///
    /// Entries are the same by GeoNames or Wikidata id or by their own id, else by name (also in another script) and nearness,
    /// where one entry only may be meant. Of a joined entry this gazetteer's id, canonical name and facts stay, what is blank is
    /// filled in, and the other's spellings are added under the name that they belong to.
    ///
    /// ```
    /// use toponorm::Gazetteer;
    ///
    /// let folder = std::env::temp_dir();
    /// let (mine, theirs) = (folder.join("toponorm-doc-merge-a.csv"), folder.join("toponorm-doc-merge-b.csv"));
    /// std::fs::write(&mine, "id,name,kind,latitude,longitude\nshusha,Shusha,city,39.7601,46.7499\n")?;
    /// std::fs::write(&theirs, "name,kind,latitude,longitude,variants\nŞuşa,town,39.7537,46.7465,Шуша@ru\n")?;
    /// let merge = Gazetteer::from_path(&mine)?.merge(&Gazetteer::from_path(&theirs)?);
    /// assert_eq!((merge.joined_by_name, merge.added), (1, 0));
    /// assert_eq!(merge.gazetteer.entries()[0].names[0].spellings.len(), 3);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn merge(&self, other: &Gazetteer) -> Merge {
        let pairs = Pairs::find(self.entries(), other.entries());
        let mut joiner = Joiner::new(self.entries(), other.entries(), &pairs.partners);
        for (theirs, partner) in other.entries().iter().zip(&pairs.partners) {
            match partner {
                Some((at, _)) => joiner.join(*at, theirs),
                None => joiner.add(theirs),
            }
        }
        let count = |by: By| pairs.partners.iter().flatten().filter(|(_, found)| *found == by).count();
        let (entries, ids, mut disagreements) = joiner.finish();
        let linked = merge_tables(self, other, entries, &ids, &mut disagreements);
        Merge {
            gazetteer: Gazetteer { linked: linked.into() },
            unsure: pairs.unsure,
            joined_by_id: count(By::Identifier),
            joined_by_name: count(By::Name),
            added: pairs.partners.iter().filter(|partner| partner.is_none()).count(),
            disagreements,
        }
    }
}

/// Adds the tables that hold no entries; `ids` says what the second gazetteer's ids have become.
fn merge_tables(
    first: &Gazetteer,
    second: &Gazetteer,
    entries: Vec<Entry>,
    ids: &FxHashMap<EntryId, EntryId>,
    disagreements: &mut Vec<Disagreement>,
) -> Linked {
    let by_id = entries.iter().enumerate().map(|(at, entry)| (entry.id.clone(), at)).collect();
    let mut linked = Linked { entries, by_id, suppressed: first.suppressed().to_vec(), ..Linked::default() };
    linked.guidance = first.linked.guidance.clone();
    let mut known: FxHashSet<&str> = first.suppressed().iter().map(|phrase| phrase.surface.as_str()).collect();
    linked.suppressed.extend(second.suppressed().iter().filter(|phrase| known.insert(&phrase.surface)).cloned());
    let mut known: FxHashSet<&str> = first.common().iter().map(|common| common.surface.as_str()).collect();
    linked.guidance.common.extend(second.common().iter().filter(|common| known.insert(&common.surface)).cloned());
    let mut known: FxHashSet<_> = first.languages().iter().map(|language| language.lang).collect();
    linked.guidance.languages.extend(second.languages().iter().filter(|language| known.insert(language.lang)).cloned());
    let titles: FxHashMap<&str, &str> =
        first.sources().iter().map(|source| (source.key.as_str(), source.title.as_str())).collect();
    for source in second.sources() {
        if let Some(title) = titles.get(source.key.as_str()).filter(|title| **title != source.title) {
            disagreements.push(Disagreement {
                id: String::new(),
                column: format!("title of source {}", source.key),
                kept: (*title).to_owned(),
                other: source.title.clone(),
            });
        }
    }
    linked.add_sources(first.sources().iter().chain(second.sources()).cloned());
    merge_newsworthy(&mut linked, second, ids);
    merge_policies(&mut linked, second, ids, disagreements);
    linked
}

fn merge_newsworthy(linked: &mut Linked, second: &Gazetteer, ids: &FxHashMap<EntryId, EntryId>) {
    let guidance = &mut linked.guidance;
    let theirs = second.newsworthy().iter().map(|id| ids.get(id).unwrap_or(id).clone());
    let theirs = theirs.zip(second.linked.guidance.newsworthy_sources.iter().cloned());
    let own =
        std::mem::take(&mut guidance.newsworthy).into_iter().zip(std::mem::take(&mut guidance.newsworthy_sources));
    // Of two rows for one entry the first gazetteer's stays.
    let newsworthy: BTreeMap<EntryId, String> = theirs.chain(own).collect();
    (guidance.newsworthy, guidance.newsworthy_sources) = newsworthy.into_iter().unzip();
}

fn merge_policies(
    linked: &mut Linked,
    second: &Gazetteer,
    ids: &FxHashMap<EntryId, EntryId>,
    disagreements: &mut Vec<Disagreement>,
) {
    let policies = linked.guidance.policies.iter();
    let known: FxHashMap<(String, Option<EntryId>), Choice> =
        policies.map(|rule| ((rule.policy.clone(), rule.entry.clone()), rule.choose.clone())).collect();
    for rule in second.policies() {
        let entry = rule.entry.as_ref().map(|id| ids.get(id).unwrap_or(id).clone());
        let is_writable = match (&rule.choose, &entry) {
            (Choice::Name(name), Some(id)) => {
                let entry = linked.by_id.get(id).map(|&at| &linked.entries[at]);
                entry.is_some_and(|entry| entry.names.iter().any(|known| known.text == *name))
            }
            _ => true,
        };
        let kept = known.get(&(rule.policy.clone(), entry.clone()));
        if kept.is_none() && is_writable {
            linked.guidance.policies.push(Policy { entry, ..rule.clone() });
        } else if kept != Some(&rule.choose) {
            disagreements.push(Disagreement {
                id: entry.map_or(String::new(), |id| id.to_string()),
                column: format!("choose of policy {}", rule.policy),
                kept: kept.map_or(String::new(), Choice::to_cell),
                other: rule.choose.to_cell(),
            });
        }
    }
}
