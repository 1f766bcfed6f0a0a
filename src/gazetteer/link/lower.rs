//! What a gazetteer lies on while it is linked: nothing, or the layers below it, whose entries its rows may mean.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::error::{Position, Problem};
use crate::gazetteer::compiled::{Compiled, EntryView, Layers, decode_entry};
use crate::gazetteer::{Choice, Entry, EntryId};

/// The layers below, if there are any.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::gazetteer) struct Lower<'g>(Option<&'g Layers>);

impl<'g> Lower<'g> {
    pub(in crate::gazetteer) const NOTHING: Lower<'static> = Lower(None);

    pub(in crate::gazetteer) fn over(layers: &'g Layers) -> Self {
        Self(Some(layers))
    }

    pub(in crate::gazetteer) fn is_nothing(self) -> bool {
        self.0.is_none()
    }

    fn view(self, id: &str) -> Option<EntryView<'g>> {
        let layers = self.0?;
        layers.position(id).map(|number| layers.entry(number))
    }

    pub(in crate::gazetteer) fn has(self, id: &str) -> bool {
        self.0.is_some_and(|layers| layers.position(id).is_some())
    }

    /// The entry with this id.
    pub(in crate::gazetteer) fn entry(self, id: &str) -> Option<Entry> {
        let layers = self.0?;
        layers.position(id).map(|number| decode_entry(layers, number))
    }

    /// What the entry was before the topmost layer changed it.
    pub(super) fn earlier(self, id: &str) -> Option<Entry> {
        let layers = self.0?;
        self.view(id).filter(|view| view.replaces())?;
        layers.versions(id).nth(1).map(|number| decode_entry(layers, number))
    }

    /// What stands for the entry keeps of its standing.
    pub(super) fn replaced(self, id: &str) -> Replaced {
        self.view(id).map_or(Replaced::default(), |view| Replaced {
            is_register: view.is_of_register(),
            is_own: view.is_own(),
            is_newsworthy: view.is_newsworthy(),
        })
    }

    /// The id of the entry that contains one.
    pub(in crate::gazetteer) fn within(self, id: &str) -> Option<&'g str> {
        let layers = self.0?;
        self.view(id)?.within().map(|number| layers.entry(number).id())
    }

    /// The identities of the layers, lowest first.
    pub(super) fn identities(self) -> Vec<u64> {
        self.layers().map(Compiled::identity).collect()
    }

    /// All keys that rows below cite as sources.
    pub(in crate::gazetteer) fn sources(self) -> FxHashSet<&'g str> {
        self.layers().flat_map(Compiled::sources).collect()
    }

    /// The suppressed phrases.
    pub(in crate::gazetteer) fn suppressed(self) -> FxHashSet<&'g str> {
        self.layers().flat_map(|layer| layer.suppressed().iter()).map(|(surface, _)| surface).collect()
    }

    /// The surfaces that are ordinary words as well.
    pub(in crate::gazetteer) fn common(self) -> FxHashSet<&'g str> {
        self.layers().flat_map(|layer| layer.common().iter()).map(|(surface, _)| surface).collect()
    }

    /// The rules of all policies, by policy and entry.
    pub(in crate::gazetteer) fn policies(self) -> FxHashMap<(&'g str, Option<EntryId>), Choice> {
        let Some(layers) = self.0 else {
            return FxHashMap::default();
        };
        let id = |number: u32| EntryId::new(layers.entry(number).id());
        layers.policies().map(|(policy, entry, choose)| ((policy, entry.map(id)), choose)).collect()
    }

    /// The problem that a cell names an entry which is not there.
    pub(in crate::gazetteer) fn unknown_entry(self, position: Position, id: &str) -> Problem {
        let help = if self.is_nothing() {
            "correct the id, or add the entry to entries.csv; an entry of another gazetteer is known in a layer over that, such as `--over bundled`"
        } else {
            "correct the id, or add the entry to entries.csv"
        };
        Problem::error(position, format!("no entry has the id `{id}`"), help)
    }

    /// All entries below.
    pub(in crate::gazetteer) fn entries(self) -> impl Iterator<Item = EntryView<'g>> {
        self.0.into_iter().flat_map(|layers| layers.entries().map(|number| layers.entry(number)))
    }

    fn layers(self) -> impl Iterator<Item = &'g Compiled> {
        self.0.into_iter().flat_map(Layers::all)
    }
}

/// What stands for an entry below keeps of its standing: who corrects a village of a register does not make it known.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::gazetteer) struct Replaced {
    pub(in crate::gazetteer) is_register: bool,
    pub(in crate::gazetteer) is_own: bool,
    pub(super) is_newsworthy: bool,
}
