//! `toponorm gazetteer diff`

use std::path::PathBuf;

use clap::Parser;

use super::{Format, LayerArgs};

/// Say what differs between two gazetteers, entry by entry
///
/// Entries are paired by id, those left over by GeoNames and Wikidata id. Listed is what was added and removed, what was moved and by how
/// far, cells that changed, and spellings added, removed and changed. Exit code 1 if the two differ, 0 if not.
#[derive(Debug, Parser)]
#[command(after_help = "Examples:
  toponorm gazetteer diff bundled gazetteer/
  toponorm gazetteer diff --format jsonl old.topo new.topo > changes.jsonl
  toponorm gazetteer diff bundled corrections/ --over bundled    what a layer does")]
pub(crate) struct DiffArgs {
    /// A gazetteer folder, CSV file, compiled gazetteer (.topo), or `bundled`
    #[arg(value_name = "A")]
    pub(crate) before: PathBuf,
    /// What to compare it with
    #[arg(value_name = "B")]
    pub(crate) after: PathBuf,
    /// `text`: for people; `jsonl`: a line of JSON a difference
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) layer: LayerArgs,
}
