//! What tells the tool how to use the names: policies, surfaces that are ordinary words as well, languages, and the places
//! that news names.
//!
//! These tables hold no names of their own; they point at entries and spellings. They stand apart from the entries because
//! a house style or a list of common words is edited by other people, and more often, than the facts.

use rustc_hash::{FxHashMap, FxHashSet};

use super::csv::CommonRecord;
use super::entry::EntryId;
use super::files::Tables;
use super::link::Ground;
use crate::error::{Position, Problem, Problems};
use crate::lang::Lang;

/// One rule of a policy: which name to write, of all entries or of one.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Policy {
    /// The policy that the rule belongs to, such as `neutral`.
    pub policy: String,
    /// The entry it is about; `None`: all entries that have no rule of their own.
    pub entry: Option<EntryId>,
    /// What to write.
    pub choose: Choice,
    /// On whose usage it rests: keys of `sources.csv`, or blank.
    pub source: String,
}

/// What a rule of a policy chooses.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Choice {
    /// The name that has a native spelling in the first of these languages, else the next.
    Languages(Vec<Lang>),
    /// The name of the entry with this preferred English spelling.
    Name(String),
}

impl Choice {
    /// The choice as its cell of policies.csv.
    pub(super) fn to_cell(&self) -> String {
        match self {
            Self::Name(name) => name.clone(),
            Self::Languages(langs) => langs.iter().map(Lang::as_str).collect::<Vec<_>>().join(";"),
        }
    }
}

/// A surface that is a name in the gazetteer and an ordinary word, first name or family name as well.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CommonSurface {
    /// The surface, as the gazetteer spells it.
    pub surface: String,
    /// What else it is.
    pub reason: String,
    /// A sentence with the surface, or blank.
    pub example: String,
    /// Where it comes from: a key of `sources.csv`, or blank.
    pub source: String,
}

/// A language whose names of places are collected.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Language {
    /// Its tag.
    pub lang: Lang,
    /// Its name in English.
    pub title: String,
    /// Where that comes from: a key of `sources.csv`, or blank.
    pub source: String,
}

/// All of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Guidance {
    pub(super) policies: Vec<Policy>,
    pub(super) common: Vec<CommonSurface>,
    pub(super) languages: Vec<Language>,
    pub(super) newsworthy: Vec<EntryId>,
    /// The `source` cell of each of [`Guidance::newsworthy`].
    pub(super) newsworthy_sources: Vec<String>,
}

/// Builds the guidance from its tables and appends to `problems` what does not fit the entries.
pub(super) fn link_guidance(
    tables: &Tables,
    ground: &Ground<'_>,
    problems: &mut Problems,
    conflicts: &mut Problems,
) -> Guidance {
    let policies = link_policies(tables, ground, problems, conflicts);
    let (newsworthy, newsworthy_sources) = link_newsworthy(tables, ground, problems).into_iter().unzip();
    let mut guidance = Guidance { policies, newsworthy, newsworthy_sources, ..Guidance::default() };
    note_known_surfaces(tables, ground, conflicts);
    let mut seen = Seen::default();
    for table in &tables.suppressed {
        for row in &table.rows {
            seen.is_new(row.record.surface.clone(), || table.position(row.row).column("surface"), problems);
        }
    }
    let mut seen = Seen::default();
    for table in &tables.common {
        for row in &table.rows {
            let CommonRecord { surface, reason, example, source } = row.record.clone();
            if seen.is_new(surface.clone(), || table.position(row.row).column("surface"), problems) {
                guidance.common.push(CommonSurface { surface, reason, example, source });
            }
        }
    }
    let mut seen = Seen::default();
    for table in &tables.languages {
        for row in &table.rows {
            let (Some(lang), title, source) = (row.record.lang, row.record.title.clone(), row.record.source.clone())
            else {
                continue;
            };
            if seen.is_new(lang.to_string(), || table.position(row.row).column("lang"), problems) {
                guidance.languages.push(Language { lang, title, source });
            }
        }
    }
    guidance
}

fn link_newsworthy(tables: &Tables, ground: &Ground<'_>, problems: &mut Problems) -> Vec<(EntryId, String)> {
    let mut seen = Seen::default();
    let mut newsworthy = Vec::new();
    for table in &tables.newsworthy {
        for row in &table.rows {
            let id = EntryId::new(row.record.entry.as_str());
            let position = || table.position(row.row).column("entry");
            if !ground.has(&id) {
                problems.push(ground.lower.unknown_entry(position(), &row.record.entry));
            } else if seen.is_new(row.record.entry.clone(), position, problems) {
                newsworthy.push((id, row.record.source.clone()));
            }
        }
    }
    newsworthy.sort();
    newsworthy
}

/// Reports surfaces that the layers below have as well.
fn note_known_surfaces(tables: &Tables, ground: &Ground<'_>, conflicts: &mut Problems) {
    let mut note = |surface: &str, position: Position| {
        let message = format!("the row adds nothing: a gazetteer below has `{surface}` already");
        conflicts.push(Problem::warning(position.column("surface"), message, "remove the row"));
    };
    if !tables.suppressed.is_empty() {
        let known = ground.lower.suppressed();
        for table in &tables.suppressed {
            let again = table.rows.iter().filter(|row| known.contains(row.record.surface.as_str()));
            again.for_each(|row| note(&row.record.surface, table.position(row.row)));
        }
    }
    if !tables.common.is_empty() {
        let known = ground.lower.common();
        for table in &tables.common {
            let again = table.rows.iter().filter(|row| known.contains(row.record.surface.as_str()));
            again.for_each(|row| note(&row.record.surface, table.position(row.row)));
        }
    }
}

fn link_policies(
    tables: &Tables,
    ground: &Ground<'_>,
    problems: &mut Problems,
    conflicts: &mut Problems,
) -> Vec<Policy> {
    let known = if tables.policies.is_empty() { FxHashMap::default() } else { ground.lower.policies() };
    let mut seen: FxHashMap<(&str, &str), ()> = FxHashMap::default();
    let mut policies = Vec::new();
    for table in &tables.policies {
        for row in &table.rows {
            let record = &row.record;
            let position = |column| table.position(row.row).column(column);
            if seen.insert((&record.policy, &record.entry), ()).is_some() {
                let message = format!("the policy `{}` has two rules for `{}`", record.policy, record.entry);
                problems.push(Problem::error(position("entry"), message, "remove one of the rows"));
                continue;
            }
            let entry = (!record.entry.is_empty()).then(|| EntryId::new(record.entry.as_str()));
            if entry.as_ref().is_some_and(|id| !ground.has(id)) {
                problems.push(ground.lower.unknown_entry(position("entry"), &record.entry));
                continue;
            }
            match choice(&record.choose, entry.as_ref(), ground) {
                Ok(choose) => {
                    if let Some(below) = known.get(&(record.policy.as_str(), entry.clone())) {
                        conflicts.push(overrule(position("choose"), &record.choose, *below == choose));
                    }
                    let (policy, source) = (record.policy.clone(), record.source.clone());
                    policies.push(Policy { policy, entry, choose, source });
                }
                Err((message, help)) => problems.push(Problem::error(position("choose"), message, help)),
            }
        }
    }
    policies
}

/// A layer's rule for what a gazetteer below has a rule for as well.
fn overrule(position: Position, choose: &str, is_same: bool) -> Problem {
    let message = if is_same {
        format!("the row adds nothing: a gazetteer below chooses `{choose}` as well")
    } else {
        format!("`{choose}` is chosen here, and something else by the rule of a gazetteer below")
    };
    Problem::warning(position, message, "the layer's row counts; remove it if that is not meant")
}

/// A name of the entry, or language tags that `;` joins.
fn choice(choose: &str, entry: Option<&EntryId>, ground: &Ground<'_>) -> Result<Choice, (String, String)> {
    let names = entry.map(|id| ground.names(id)).unwrap_or_default();
    if names.iter().any(|name| name == choose) {
        return Ok(Choice::Name(choose.to_owned()));
    }
    let languages: Result<Vec<Lang>, _> = choose.split(';').map(|tag| tag.trim().parse()).collect();
    match (languages, entry) {
        (Ok(languages), _) => Ok(Choice::Languages(languages)),
        (Err(error), None) => Err((error.to_string(), "write language tags joined by `;`, such as `hy;en;ru`".into())),
        (Err(_), Some(entry)) => Err((
            format!("`{choose}` is no name of `{entry}` and no list of language tags"),
            format!("write one of its names, {}, or language tags joined by `;`", names.join(", ")),
        )),
    }
}

/// Values that must not stand twice.
#[derive(Default)]
struct Seen(FxHashSet<String>);

impl Seen {
    fn is_new(&mut self, value: String, position: impl Fn() -> Position, problems: &mut Problems) -> bool {
        let message = format!("`{value}` stands twice");
        let is_new = self.0.insert(value);
        if !is_new {
            problems.push(Problem::error(position(), message, "remove one of the rows"));
        }
        is_new
    }
}

#[cfg(test)]
mod tests {
    use super::super::link::{Lower, link as link_tables};
    use super::*;

    const ENTRIES: &str = "id,kind,name\nmartuni,town,Martuni\n";
    const NAMES: &str = "entry,name,spelling,lang,kind,preferred\n\
        martuni,Khojavend,Khojavend,en,name,1\nmartuni,Martuni,Martuni,en,canonical,1\n";

    fn link(files: &[(&str, &str)]) -> (Guidance, Vec<String>) {
        let mut tables = Tables::default();
        for (file, text) in [("entries.csv", ENTRIES), ("names.csv", NAMES)].iter().chain(files) {
            tables.add_by_name(file, text.as_bytes());
        }
        let mut problems = std::mem::take(&mut tables.problems);
        let linked = link_tables(&mut tables, super::super::link::Rows::Kept, Lower::NOTHING, &mut problems);
        (linked.guidance, problems.into_list().iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_policy_chooses_languages_or_a_name() {
        let rules = "policy,entry,choose\narmenian,,hy;en\nazerbaijani,martuni,Khojavend\n";
        let (guidance, problems) = link(&[("a/policies.csv", rules), ("b/newsworthy.csv", "entry\nmartuni\n")]);
        assert_eq!(problems, Vec::<String>::new());
        let armenian = vec!["hy".parse().unwrap(), Lang::ENGLISH];
        assert_eq!(guidance.policies[0].choose, Choice::Languages(armenian));
        assert_eq!(guidance.policies[1].choose, Choice::Name("Khojavend".to_owned()));
        assert_eq!(guidance.newsworthy, [EntryId::new("martuni")]);
    }

    #[test]
    fn what_points_nowhere_or_stands_twice_is_reported_with_its_cell() {
        let (_, problems) = link(&[
            ("policies.csv", "policy,entry,choose\na,,Armenian\na,,hy\nb,martuni,Martunny\nb,x,hy\n"),
            ("newsworthy.csv", "entry\nx\nmartuni\nmartuni\n"),
            ("common.csv", "surface,reason\nMale,word\nMale,word\n"),
            ("languages.csv", "lang,title\nen,English\nen,English\nArmenian,Armenian\n"),
        ]);
        let places: Vec<&str> = problems.iter().map(|problem| problem.split(": error").next().unwrap_or("")).collect();
        assert_eq!(
            places,
            [
                "common.csv, row 3, column `surface`",
                "languages.csv, row 3, column `lang`",
                "languages.csv, row 4, column `lang`",
                "newsworthy.csv, row 2, column `entry`",
                "newsworthy.csv, row 4, column `entry`",
                "policies.csv, row 2, column `choose`",
                "policies.csv, row 3, column `entry`",
                "policies.csv, row 4, column `choose`",
                "policies.csv, row 5, column `entry`",
            ]
        );
    }
}
