//! What may be typed after `toponorm eval`.

use std::path::PathBuf;

use clap::{Parser, ValueEnum};

use super::{Format, GazetteerChoice, Offsets};

/// Measure how well gold documents are annotated: precision, recall, F1, resolution, distance, calibration
///
/// GOLD is a JSON object a line. Our own schema: `id`, `text` and `mentions`, each with `start`, `end`, `surface`, `kind` (place, person,
/// organisation), and what is meant: `canonical` (accepted names, split by |), `entry` (an id), or `lat` and `lon`; `optional` ones count neither way. GeoVirus'
/// schema: `doc_id`, `text` and `toponyms`, each with `start`, `end`, `surface`, `lat`, `lon`. A mention is right if its entry or a name is accepted
/// or its point is within 25 km of the gold's (161 km where the gold has points only).
#[derive(Debug, Parser)]
#[command(after_help = "Examples:
  toponorm eval gold.jsonl
  toponorm eval gold.jsonl --label person --mistakes 20
  toponorm eval geovirus.jsonl --offsets char --gazetteer world.topo --format jsonl")]
pub(crate) struct EvalArgs {
    /// The gold documents
    #[arg(value_name = "GOLD.jsonl")]
    pub(crate) gold: PathBuf,
    /// The unit of the gold's offsets
    #[arg(long, value_enum, default_value_t = Offsets::Byte)]
    pub(crate) offsets: Offsets,
    /// Which mentions are measured
    #[arg(long, value_enum, default_value_t = Label::Place)]
    pub(crate) label: Label,
    /// List at most so many mistakes, with their context
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(crate) mistakes: usize,
    /// `text`: for people; `jsonl`: one line of JSON
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) gazetteer: GazetteerChoice,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Label {
    /// Places
    Place,
    /// People
    Person,
    /// Organisations
    Organisation,
}

impl Label {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Place => "place",
            Self::Person => "person",
            Self::Organisation => "organisation",
        }
    }
}
