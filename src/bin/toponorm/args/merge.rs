//! `toponorm gazetteer merge`

use std::path::PathBuf;

use clap::Parser;

use super::Format;

/// Join two gazetteers to one, and list what is not sure
///
/// Entries are the same by GeoNames id, Wikidata id or their own id, else by name, also in another script, and nearness. Of a joined
/// entry A's id, canonical name and facts stay, blank cells are filled in from B, and B's spellings are added under the name that
/// they belong to; sources go along. What may be the same and is not sure stays two entries. On standard output stands what is not
/// sure, with the reason, and what the two say differently of one entry.
#[derive(Debug, Parser)]
#[command(after_help = "Examples:
  toponorm gazetteer merge mine/ theirs/ -o both/
  toponorm gazetteer merge bundled villages.csv -o all/ --format jsonl > unsure.jsonl

A line of JSON has `what` (unsure or disagreement); of an unsure one `reason`: far-apart, other-name, several-partners,
kinds-disagree, no-coordinates or identifier-only.")]
pub(crate) struct MergeArgs {
    /// A gazetteer folder, CSV file, compiled gazetteer (.topo), or `bundled`; what it says counts
    #[arg(value_name = "A")]
    pub(crate) first: PathBuf,
    /// The gazetteer that is added
    #[arg(value_name = "B")]
    pub(crate) second: PathBuf,
    /// The folder to write, in canonical form; it must not exist yet, or be empty
    #[arg(long, short, value_name = "FOLDER")]
    pub(crate) output: PathBuf,
    /// `text`: for people; `jsonl`: a line of JSON for each unsure pair and each disagreement
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}
