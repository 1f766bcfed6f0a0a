//! The matcher: every name in a text, with every entry it may be. It finds, and never chooses.
//!
//! Exact matching works on words, not characters (`index`, `exact`); people are put together from their parts (`people`); what
//! is left over and looks like a name is compared with the names near it (`fuzzy`); overlaps are settled by length (`select`).

mod acceptance;
mod dead_ends;
mod exact;
mod fuzzy;
mod given;
mod heard;
mod index;
mod inflected;
#[cfg(test)]
mod layered;
mod lookup;
mod memory;
mod mention;
mod near_miss;
mod nearest;
#[cfg(test)]
mod oracle;
mod outlines;
mod people;
mod rarity;
mod select;
mod small_words;
mod threshold;
mod traits;
mod vocabulary;

use std::path::Path;
use std::sync::Arc;

pub use acceptance::Evidence;
pub use fuzzy::Fuzziness;
pub use lookup::LookupCandidate;
pub use mention::Method;
pub use threshold::{Fit, Threshold};

pub(crate) use mention::{Candidate, Mention, PersonParts, Refused};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::error::{Error, Problem};
use crate::gazetteer::Gazetteer;
use crate::gazetteer::compiled::{Access, Compiled, File, FileBuilder, Layers, decode};
use crate::lang::Lang;
use crate::text::{ProtectedChunks, Words, key_of};
use exact::Found;
use fuzzy::FuzzySearch;
use index::{ListedSkeletons, Part, indexes};
use memory::{Memories, Memory};
use near_miss::NearMissSearch;
use outlines::Outlines;
use people::People;

/// Finds names of gazetteers in text. Immutable, `Send + Sync`, cheap to clone.
///
/// ```
/// # #[cfg(feature = "bundled")] {
/// use toponorm::{Fuzziness, Matcher};
///
/// let matcher = Matcher::builder().fuzzy(Fuzziness::Strict).bundled()?;
/// assert_eq!(matcher.lookup("Степанакерт", 1)[0].id, "stepanakert");
/// # }
/// # Ok::<(), toponorm::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Matcher {
    layers: Layers,
    fuzziness: Fuzziness,
    access: Access,
    conflicts: Vec<Problem>,
    /// Of each layer.
    outlines: Arc<[Outlines]>,
    memories: Arc<Memories>,
}

/// Settings of a [`Matcher`]; see [`Matcher::builder`].
#[derive(Clone, Copy, Debug, Default)]
pub struct MatcherBuilder {
    fuzziness: Fuzziness,
    access: Access,
}

/// The compiled form of a gazetteer, for a file that [`Matcher::open`] opens without parsing (by convention `NAME.topo`). The same
/// gazetteer gives the same bytes.
///
/// Some thousand names that are none of the gazetteer's are looked up, to fit what an unlisted spelling must reach
/// ([`Matcher::threshold`]): some seconds for a hundred thousand spellings.
///
/// # Errors
///
/// [`ErrorKind::Value`](crate::ErrorKind::Value) if the gazetteer is larger than the form can hold: 268 million entries or
/// spellings, 4 GB of text, 65,535 bytes a cell.
pub fn compile(gazetteer: &Gazetteer) -> Result<Vec<u8>, Error> {
    let mut builder = compile_by_size(gazetteer)?;
    let matcher = Matcher::builder().matcher(File::from_vec(builder.finish())?)?;
    threshold::add_threshold(&matcher, &mut builder);
    Ok(builder.finish())
}

/// Reads a compiled gazetteer as a whole, as opening one does not.
///
/// # Errors
///
/// [`ErrorKind::Gazetteer`](crate::ErrorKind::Gazetteer) if the file is no compiled gazetteer of this version, is cut short, or if anything in it was altered.
///
/// ```
/// let path = std::env::temp_dir().join("toponorm-doc-verify.topo");
/// std::fs::write(&path, "no gazetteer")?;
/// assert!(toponorm::verify(&path).is_err());
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn verify(path: impl AsRef<Path>) -> Result<(), Error> {
    File::from_path(path.as_ref(), Access::Mapped)?.verify()
}

/// The compiled form without a threshold of its own.
fn compile_by_size(gazetteer: &Gazetteer) -> Result<FileBuilder, Error> {
    let mut builder = crate::gazetteer::compiled::compile(gazetteer)?;
    let entries = Compiled::new(File::from_vec(builder.finish())?);
    index::add_index(&entries, &mut builder)?;
    Ok(builder)
}

/// The compiled form of the CSV files at `path` as a layer over the gazetteers of a matcher, and where it contradicts them or does nothing.
/// [`Matcher::with_layer`] says what rows of a layer do. A layer that changes entries of others can be used over the same gazetteers only.
///
/// # Errors
///
/// As [`Matcher::with_layer`].
pub fn compile_layer(below: &Matcher, path: impl AsRef<Path>) -> Result<(Vec<u8>, Vec<Problem>), Error> {
    let layer = Gazetteer::over(&below.layers, path.as_ref())?;
    // A threshold of its own would be fitted without what lies below.
    Ok((compile_by_size(&layer)?.finish(), layer.conflicts().to_vec()))
}

impl MatcherBuilder {
    /// How near an unlisted spelling must be; [`Fuzziness::Normal`] unless said.
    pub fn fuzzy(mut self, fuzziness: Fuzziness) -> Self {
        self.fuzziness = fuzziness;
        self
    }

    /// Whether compiled gazetteers are used where they lie on the disk, which is the default: opening one of any size takes a millisecond, and
    /// only what is used is read. Their files must not be written into while they are used (`gazetteer compile` renames a new file into place, which is
    /// no harm), and an altered one finds other names in silence ([`verify`] tells). Without, files are read into memory and verified.
    pub fn memory_map(mut self, memory_map: bool) -> Self {
        self.access = if memory_map { Access::Mapped } else { Access::InMemory };
        self
    }

    /// Compiles a gazetteer and matches its names. What an unlisted spelling must reach goes by the number of spellings; a gazetteer from
    /// [`compile`] has a threshold of its own.
    ///
    /// # Errors
    ///
    /// As [`compile`].
    pub fn build(self, gazetteer: &Gazetteer) -> Result<Matcher, Error> {
        self.matcher(File::from_vec(compile_by_size(gazetteer)?.finish())?)
    }

    /// Matches the names of the bundled gazetteer.
    ///
    /// # Errors
    ///
    /// None; the type leaves room for a bundled gazetteer that is read from a file.
    #[cfg(feature = "bundled")]
    pub fn bundled(self) -> Result<Matcher, Error> {
        self.matcher(File::from_static(crate::gazetteer::BUNDLED)?)
    }

    /// Matches the names of the gazetteer at `path`: a folder, a CSV file or a compiled gazetteer (`.topo`).
    ///
    /// # Errors
    ///
    /// As [`Gazetteer::from_path`] and [`compile`]; of a compiled gazetteer [`ErrorKind::Gazetteer`](crate::ErrorKind::Gazetteer) if
    /// it is cut short or altered, or of another version of toponorm.
    pub fn open(self, path: impl AsRef<Path>) -> Result<Matcher, Error> {
        let path = path.as_ref();
        if crate::gazetteer::is_compiled(path) {
            return self.matcher(File::from_path(path, self.access)?);
        }
        self.build(&Gazetteer::from_path(path)?)
    }

    fn matcher(self, file: File) -> Result<Matcher, Error> {
        Ok(Matcher::new(Layers::new(vec![Compiled::new(file)])?, self, Vec::new()))
    }
}

impl Matcher {
    /// A builder with the default settings.
    pub fn builder() -> MatcherBuilder {
        MatcherBuilder::default()
    }

    /// A matcher of the bundled gazetteer with the default settings.
    ///
    /// # Errors
    ///
    /// As [`MatcherBuilder::bundled`].
    #[cfg(feature = "bundled")]
    pub fn bundled() -> Result<Self, Error> {
        Self::builder().bundled()
    }

    /// A matcher of the gazetteer at `path`, alone, with the default settings.
    ///
    /// # Errors
    ///
    /// As [`MatcherBuilder::open`].
    pub fn open(path: impl AsRef<Path>) -> Result<Self, Error> {
        Self::builder().open(path)
    }

    /// A matcher that finds the names of this one's gazetteers and of the other's as well, with this one's settings. To add to
    /// entries of this one, correct or remove them, see [`Matcher::with_layer`].
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Gazetteer`](crate::ErrorKind::Gazetteer) if both have an entry of the same id.
    ///
    /// ```
    /// # #[cfg(feature = "bundled")] {
    /// use toponorm::Matcher;
    ///
    /// let path = std::env::temp_dir().join("toponorm-doc-layers.csv");
    /// std::fs::write(&path, "name,variants\nVerin Hartavan,Verin Artavan\n")?;
    /// let matcher = Matcher::bundled()?.with(&Matcher::open(&path)?)?;
    /// assert!(matcher.lookup("Verin Artavan", 1)[0].accepted);
    /// assert!(matcher.lookup("Yerevan", 1)[0].accepted);
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn with(&self, other: &Matcher) -> Result<Self, Error> {
        let layers = Layers::new([self.layers.all(), other.layers.all()].concat())?;
        let conflicts = [self.conflicts(), other.conflicts()].concat();
        Ok(Self::new(layers, self.settings(), conflicts))
    }

    /// A matcher that uses the gazetteer at `path` as a layer over this one's gazetteers: its rows may be about their entries.
    ///
    /// - A row of `entries.csv` with the id of an entry below corrects the cells that are filled in, one of `names.csv` adds a spelling, or
    ///   corrects the spelling that is there; likewise `people.csv`, `newsworthy.csv`, `policies.csv`, and a row of a list with an `id`.
    /// - A row of `removed.csv` (`entry,spelling,lang,reason,source`) takes away a spelling, or with a blank `spelling` the entry.
    /// - `within`, `disputed` and `needs` may name entries below. All else is new.
    ///
    /// The layer's rows count, and [`Matcher::conflicts`] says where they contradict what lies below.
    ///
    /// # Errors
    ///
    /// As [`MatcherBuilder::open`]; of a compiled layer also if it was compiled over other gazetteers than these
    /// ([`compile_layer`]).
    ///
    /// ```
    /// # #[cfg(feature = "bundled")] {
    /// use toponorm::Matcher;
    ///
    /// let folder = std::env::temp_dir().join("toponorm-doc-with-layer");
    /// std::fs::create_dir_all(&folder)?;
    /// std::fs::write(folder.join("entries.csv"), "id,kind,name,latitude,longitude\nstepanakert,,,39.9,46.75\n")?;
    /// std::fs::write(
    ///     folder.join("names.csv"),
    ///     "entry,name,spelling,lang,kind\nstepanakert,Stepanakert,Stepanokert,en,misspelling\n",
    /// )?;
    /// let matcher = Matcher::bundled()?.with_layer(&folder)?;
    /// let best = &matcher.lookup("Stepanokert", 1)[0];
    /// assert_eq!((best.id.as_str(), best.lat), ("stepanakert", Some(39.9)));
    /// assert!(matcher.conflicts()[0].message.contains("moved by 9.2 km"));
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn with_layer(&self, path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        let (file, new) = if crate::gazetteer::is_compiled(path) {
            (File::from_path(path, self.access)?, Vec::new())
        } else {
            let (bytes, conflicts) = compile_layer(self, path)?;
            (File::from_vec(bytes)?, conflicts)
        };
        let layers = Layers::new([self.layers.all(), &[Compiled::new(file)]].concat())?;
        Ok(Self::new(layers, self.settings(), [self.conflicts(), &new].concat()))
    }

    /// Where rows of layers contradict the gazetteers below them, or do nothing: warnings, with file, row and column. Of a compiled
    /// layer [`compile_layer`] has told them.
    pub fn conflicts(&self) -> &[Problem] {
        &self.conflicts
    }

    /// All entries of all layers, decoded, as one gazetteer: slow, for those who want to see them.
    pub fn gazetteer(&self) -> Gazetteer {
        decode(&self.layers)
    }

    fn settings(&self) -> MatcherBuilder {
        MatcherBuilder { fuzziness: self.fuzziness, access: self.access }
    }

    fn new(layers: Layers, settings: MatcherBuilder, conflicts: Vec<Problem>) -> Self {
        let MatcherBuilder { fuzziness, access } = settings;
        let outlines = layers.all().iter().map(Outlines::of).collect();
        Self { layers, fuzziness, access, conflicts, outlines, memories: Arc::default() }
    }

    /// The entries whose names are matched.
    pub(crate) fn layers(&self) -> &Layers {
        &self.layers
    }

    /// Whether a listed spelling is borne by this entry and, beside it, only by places that contain one another with it, or that are
    /// little known where this one is not. A word that is no name as well is taken for a well known entry only.
    pub(crate) fn means_only(&self, spelling: &str, entry: u32) -> bool {
        let contains = |outer: u32, inner: u32| self.layers.entry(inner).within() == Some(outer);
        let is_known = |number: u32| self.layers.entry(number).is_well_known();
        let key = key_of(spelling);
        let mut postings =
            indexes(&self.layers).filter_map(|index| index.slot(&key)).flat_map(|slot| slot.postings(&key)).peekable();
        postings.peek().is_some()
            && postings.all(|posting| {
                let other = posting.at.entry;
                let is_outshone = || is_known(entry) && !is_known(other);
                match posting.part {
                    Part::Suppressed => false,
                    Part::Common => is_known(entry),
                    _ => other == entry || contains(other, entry) || contains(entry, other) || is_outshone(),
                }
            })
    }

    /// All mentions of a text, in order, none overlapping.
    ///
    /// `lang` is the language of the whole text, if the caller knows it.
    pub(crate) fn mentions(&self, words: &Words<'_>, lang: Option<Lang>) -> Vec<Mention> {
        self.mentions_by(self.fuzziness, words, lang)
    }

    /// The mentions with near misses of this fuzziness.
    pub(crate) fn mentions_by(&self, fuzziness: Fuzziness, words: &Words<'_>, lang: Option<Lang>) -> Vec<Mention> {
        let found = self.memories.with(|memory| self.names_in(fuzziness, words, lang, memory));
        select::select(&self.layers, found, words.len())
    }

    /// The listed names of a text and nothing else.
    #[cfg(feature = "measure")]
    pub(crate) fn listed_mentions(&self, words: &Words<'_>) -> Vec<Mention> {
        let found = self.memories.with(|Memory { vocabulary, single_words, .. }| {
            let (read, dead_ends) = vocabulary.read(&self.layers, words);
            exact::names_in(&self.layers, &read, dead_ends, single_words)
        });
        select::select(&self.layers, found, words.len())
    }

    /// Every name over any words, also overlapping ones.
    fn names_in(&self, fuzziness: Fuzziness, words: &Words<'_>, lang: Option<Lang>, memory: &mut Memory) -> Vec<Found> {
        let Memory { vocabulary, near_misses, skeletons, heard, first_names, single_words } = memory;
        let (read, dead_ends) = vocabulary.read(&self.layers, words);
        let mut people = People { layers: &self.layers, words, first_names };
        let mut found = complete_people(&mut people, exact::names_in(&self.layers, &read, dead_ends, single_words));
        let inflected = inflected::names_in(&self.layers, &read, lang, &found);
        found.extend(complete_people(&mut people, inflected));
        if let Some(asked) = fuzziness.surplus() {
            let skeletons = skeletons.get_or_init(|| ListedSkeletons::of(&self.layers));
            let search = NearMissSearch::new(&self.layers, skeletons, heard);
            let near = FuzzySearch::new(search, asked, read, near_misses).names(&found);
            let near = complete_people(&mut people, near);
            found.extend(near.into_iter().filter(|find| fuzzy::is_sure_enough(find, words)));
        }
        let mut protected = ProtectedChunks::of(words.text);
        found.retain(|find| !words.is_protected(find.span) && !protected.overlap(find.span));
        found
    }
}

/// Replaces every family name by the mention of the person, where it is one.
fn complete_people(people: &mut People<'_, '_>, mut found: Vec<Found>) -> Vec<Found> {
    let mut bearers: FxHashMap<(usize, usize), FxHashSet<u32>> = FxHashMap::default();
    for find in found.iter().filter(|find| find.part == Part::Family) {
        let entries = bearers.entry((find.words.start, find.words.end)).or_default();
        entries.insert(find.candidate.at.entry);
    }
    for find in found.iter_mut().filter(|find| find.part == Part::Family) {
        let bearers = bearers.get(&(find.words.start, find.words.end));
        people.complete(find, bearers.is_some_and(|entries| entries.len() == 1));
    }
    found
}
