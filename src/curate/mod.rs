//! What needs geography, English or matching to judge a gazetteer: coordinates outside their country, spellings that are
//! ordinary words, one place twice, spellings that the matcher derives by itself.
//!
//! The schema's own checks stand in `gazetteer` and run first. All of this is warnings: each has innocent readings, and a
//! gazetteer with warnings can be used. The bundled gazetteer has none; every warning names the way out.

mod coordinates;
mod ordinary;
mod suggest;
mod twins;

use std::path::Path;

use rustc_hash::FxHashSet;

use crate::error::{Error, Problem, Problems};
#[cfg(feature = "bundled")]
use crate::gazetteer::Gazetteer;
use crate::gazetteer::{Outlines, Tables, check_tables};
use crate::matcher::Matcher;
use crate::text::key_of;

pub use suggest::write as suggestions;
pub use suggest::{Context, Proposal, Rejections, Suggester, Suggestion};

/// Checks the files of a gazetteer, thoroughly.
///
/// ```
/// use toponorm::{Checker, Severity};
///
/// let path = std::env::temp_dir().join("toponorm-doc-check.csv");
/// std::fs::write(&path, "name,latitude,longitude,country\nVerin Hartavan,44.11,40.42,AM\n")?;
/// let problems = Checker::new().check(&path)?;
/// assert_eq!(problems[0].severity, Severity::Warning);
/// assert!(problems[0].message.contains("outside"), "latitude and longitude are exchanged");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Checker {
    limit: usize,
    below: Option<Matcher>,
}

impl Default for Checker {
    fn default() -> Self {
        Self::new()
    }
}

impl Checker {
    /// A checker that lists a hundred problems of a sort in a file, and counts the rest.
    pub fn new() -> Self {
        Self { limit: Problems::USUAL_LIMIT, below: None }
    }

    /// Lists so many problems of a sort in a file, and counts the rest.
    pub fn limit(mut self, limit: usize) -> Self {
        self.limit = limit;
        self
    }

    /// Checks a layer over these gazetteers: its rows may be about their entries, and where they contradict them, or do nothing, is
    /// reported ([`Matcher::with_layer`]).
    pub fn over(mut self, below: Matcher) -> Self {
        self.below = Some(below);
        self
    }

    /// Every problem of the gazetteer at `path`, errors and warnings, in the order of the files.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Io`](crate::ErrorKind::Io) if the file or folder cannot be read at all.
    pub fn check(&self, path: impl AsRef<Path>) -> Result<Vec<Problem>, Error> {
        let mut tables = Tables::read(path.as_ref(), self.limit)?;
        let problems =
            check_tables(&mut tables, self.below.as_ref().map(Matcher::layers), |tables, survey, problems| {
                coordinates::check(survey, &Outlines::bundled(), problems);
                ordinary::check(survey, &common_surfaces(tables), problems);
                twins::check(survey, problems);
                twins::check_suppressed(tables, survey, problems);
            })?;
        Ok(problems.into_list())
    }
}

/// The surfaces that `common.csv` lists, of this gazetteer and of the bundled one, which is used beside it.
fn common_surfaces(tables: &Tables) -> FxHashSet<String> {
    let own = tables.common.iter().flat_map(|table| &table.rows).map(|row| key_of(&row.record.surface));
    bundled_common_surfaces().iter().map(|surface| key_of(surface)).chain(own).collect()
}

fn bundled_common_surfaces() -> Vec<String> {
    #[cfg(feature = "bundled")]
    return Gazetteer::bundled_common();
    #[cfg(not(feature = "bundled"))]
    Vec::new()
}
