//! What was typed after `gazetteer export`.

use std::path::PathBuf;

use clap::{Parser, ValueEnum};
use toponorm::Kind;

use super::GazetteerChoice;

/// Write a gazetteer in the format of another program
///
/// PATH is a gazetteer folder, CSV file or compiled gazetteer. Without it the bundled gazetteer is exported, and those of
/// `--gazetteer` with it. What the format cannot hold is left out, and standard error says how much of what.
///
/// `csv` holds everything where a folder is written, and `sqlite` does. `geojson` and `lpf` hold entries with all their
/// spellings, `lpf` of places only. A list, `lptsv` and `spacy` do not say what a spelling is to the name, so what would be taken
/// for something else is left out of them.
#[derive(Debug, Parser)]
#[command(after_help = "Examples:
  toponorm gazetteer export csv -o all/                      the bundled gazetteer as CSV files, to read or change
  toponorm gazetteer export geojson --country AZ --kind city,town > towns.geojson
  toponorm gazetteer export lpf places.csv --base https://example.org/places/ -o places.json
  toponorm gazetteer export spacy -o patterns.jsonl          nlp.add_pipe(\"entity_ruler\").from_disk(\"patterns.jsonl\")
  toponorm gazetteer export sqlite -o names.db && sqlite3 names.db \"SELECT * FROM names WHERE entry = 'shusha'\"

spaCy labels: GPE countries, regions, districts, settlements; LOC mountains, passes, waters, places of unspecified kind;
FAC corridors, sites; PERSON; ORG; NORP adjectives and inhabitants. A surface of several entries goes to the best known.")]
pub(crate) struct ExportArgs {
    /// The format
    #[arg(value_enum)]
    pub(crate) format: ExportFormat,
    /// A gazetteer to export, alone; else the bundled one and those of `--gazetteer`
    #[arg(value_name = "PATH", conflicts_with_all = ["own", "no_bundled"])]
    pub(crate) path: Option<PathBuf>,
    /// The file to write, or for `csv` a new folder; standard output if it is `-` or left out
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Only entries of these kinds, such as city,town
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    pub(crate) kind: Vec<Kind>,
    /// Only entries in these countries, as ISO 3166-1 codes such as AM,AZ
    #[arg(long, value_name = "CODE", value_delimiter = ',', value_parser = country)]
    pub(crate) country: Vec<String>,
    /// lpf: what makes an address of an id
    #[arg(long, value_name = "URI", default_value = "urn:toponorm:", value_parser = base)]
    pub(crate) base: String,
    /// lpf, lptsv: the year of attestation where neither dates nor sources tell one; else this year
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(u16).range(1..=9999))]
    pub(crate) year: Option<u16>,
    /// Do not say what was left out
    #[arg(long, short)]
    pub(crate) quiet: bool,
    #[command(flatten)]
    pub(crate) gazetteer: GazetteerChoice,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    /// Our own schema: a folder loses nothing; FILE.csv is one list with one name an entry
    Csv,
    /// GeoJSON (RFC 7946), for maps
    Geojson,
    /// Linked Places Format 1.3, JSON-LD
    Lpf,
    /// Linked Places TSV 0.5
    Lptsv,
    /// Patterns for spaCy's EntityRuler, JSON Lines
    Spacy,
    /// An SQLite database with a table for each CSV file; loses nothing
    Sqlite,
}

fn country(code: &str) -> Result<String, String> {
    let is_code = code.len() == 2 && code.bytes().all(|b| b.is_ascii_alphabetic());
    is_code
        .then(|| code.to_ascii_uppercase())
        .ok_or_else(|| "write the two letters of ISO 3166-1, such as AM".to_owned())
}

fn base(base: &str) -> Result<String, String> {
    let is_absolute = base.split_once(':').is_some_and(|(scheme, rest)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && !rest.is_empty() && !base.contains(char::is_whitespace)
    });
    is_absolute
        .then(|| base.to_owned())
        .ok_or_else(|| "write an address such as https://example.org/places/".to_owned())
}
