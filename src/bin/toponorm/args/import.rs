//! What was typed after `toponorm gazetteer import`.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use super::Format;

/// Make a gazetteer folder of files in another format
///
/// The folder serves as `--gazetteer FOLDER`, and `gazetteer compile` makes a file of it that opens without parsing. Nothing is written unless
/// everything could be read; what was left out is reported with the reason.
#[derive(Debug, Parser)]
#[command(arg_required_else_help = true)]
pub(crate) struct ImportArgs {
    #[command(subcommand)]
    pub(crate) format: ImportFormat,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ImportFormat {
    Geonames(GeonamesArgs),
    Csv(CsvArgs),
    WikidataJson(WikidataArgs),
    Lptsv(LptsvArgs),
    Lpf(LpfArgs),
}

/// Linked Places TSV: a row a place, with tabs (version 0.5, and earlier ones)
///
/// Only `id` and `title` must be there. Ids stay as they are. The title is the canonical name if it is in Latin letters; variants are
/// spellings of it, names in English and native in other languages, so that none is ever rewritten. Of a shape in geowkt the middle is kept, and
/// how far it reaches. Years before the common era, further countries and links to other gazetteers than GeoNames and Wikidata are left out and counted.
#[derive(Debug, Parser)]
#[command(after_help = "Example:
  toponorm gazetteer import lptsv places.tsv -o places && toponorm annotate --gazetteer places report.txt")]
pub(crate) struct LptsvArgs {
    /// Tables, plain, .gz or .zip
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) selection: Selection,
    #[command(flatten)]
    pub(crate) target: ImportTarget,
}

/// Linked Places Format: JSON-LD, a Feature a place (version 1.1 and later)
///
/// A Feature must have names. Ids stay as they are; those that `gazetteer export lpf` made become what they were, and so does what that wrote into
/// members called `toponorm`. A title that is one of the names is the canonical name, else the first name in Latin letters is. Of several
/// geometries the first point is kept, of a shape the middle. In reports and errors, rows are Features, counted from 1.
#[derive(Debug, Parser)]
#[command(after_help = "Example:
  toponorm gazetteer import lpf places.json -o places && toponorm gazetteer check places")]
pub(crate) struct LpfArgs {
    /// Files of JSON, plain, .gz or .zip
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) selection: Selection,
    #[command(flatten)]
    pub(crate) target: ImportTarget,
}

/// GeoNames tables: allCountries, cities500, a country's; and all that have their 19 columns
///
/// FILE is a table as it is published, plain, .gz or .zip. Kinds come from the feature codes; gazetteer/README.md has the list.
#[derive(Debug, Parser)]
#[command(after_help = "Examples:
  toponorm gazetteer import geonames AM.zip --alternates alternatenames/AM.zip -o armenia
  toponorm gazetteer import geonames cities500.zip --min-population 15000 --lang en --lang ru -o towns
  toponorm annotate --gazetteer armenia report.txt")]
pub(crate) struct GeonamesArgs {
    /// Tables of 19 columns
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// Names with their languages (alternateNamesV2, or a country's); else the comma list of the table is taken, of no known language
    #[arg(long, value_name = "FILE")]
    pub(crate) alternates: Vec<PathBuf>,
    /// Names of regions and districts that the table lacks (admin1CodesASCII.txt, admin2Codes.txt)
    #[arg(long, value_name = "FILE")]
    pub(crate) admin_codes: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) selection: Selection,
    #[command(flatten)]
    pub(crate) target: ImportTarget,
}

/// Any table with headings: a spreadsheet saved as CSV or TSV, an export of OpenStreetMap
///
/// Headings that speak for themselves need no --column: id, name, kind, latitude (lat), longitude (lon), country, population, variants, geonames,
/// wikidata, within, note; name:ru for a name in Russian; alt_name, old_name. The name may be in any script. A row without an id gets one of
/// its GeoNames or Wikidata identifier, else of the file's name and its own.
#[derive(Debug, Parser)]
#[command(after_help = "Examples:
  toponorm gazetteer import csv towns.csv -o towns
  toponorm gazetteer import csv orte.csv --column name=Ort --column latitude=Breite --column longitude=Länge --column name:ru=Русский -o orte
  toponorm annotate --gazetteer towns report.txt")]
pub(crate) struct CsvArgs {
    /// Tables, the first row of which holds headings
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// Which column holds a field, such as latitude=Breite; may be given several times
    #[arg(long, value_name = "FIELD=HEADING")]
    pub(crate) column: Vec<String>,
    /// What separates the cells, a character or `tab`; else it is seen from the headings
    #[arg(long, value_name = "CHAR")]
    pub(crate) delimiter: Option<String>,
    #[command(flatten)]
    pub(crate) selection: Selection,
    #[command(flatten)]
    pub(crate) target: ImportTarget,
}

/// Wikidata: the JSON of a query's result, of the API, or lines of a dump
///
/// A query names its variables item, itemLabel, itemAltLabel, label and lang, altLabel, label_ru, coord, country, countryCode, population, geonames,
/// type and within, as far as it has them; gazetteer/README.md has one to copy.
#[derive(Debug, Parser)]
#[command(after_help = "Examples:
  toponorm gazetteer import wikidata-json query.json -o lakes
  toponorm gazetteer import wikidata-json latest-all.json.gz --country GE --lang ka -o georgia")]
pub(crate) struct WikidataArgs {
    /// Files of JSON, also packed as .gz
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) selection: Selection,
    #[command(flatten)]
    pub(crate) target: ImportTarget,
}

/// What of a source is kept.
#[derive(Debug, Parser)]
#[command(next_help_heading = "Selection")]
pub(crate) struct Selection {
    /// Leave out settlements with fewer inhabitants, or none listed
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) min_population: u64,
    /// Keep entries of this kind only, such as town; may be given several times
    #[arg(long, value_name = "KIND")]
    pub(crate) kind: Vec<String>,
    /// Keep entries of this country only, two letters such as AM; may be given several times
    #[arg(long, value_name = "CODE")]
    pub(crate) country: Vec<String>,
    /// Keep spellings in this language only, and in English; may be given several times
    #[arg(long, value_name = "LANG")]
    pub(crate) lang: Vec<String>,
    /// Leave out places that the bundled gazetteer has, to use the new one beside it
    #[arg(long)]
    pub(crate) new_only: bool,
}

/// What is written, and what rows say about their source.
#[derive(Debug, Parser)]
#[command(next_help_heading = "Output")]
pub(crate) struct ImportTarget {
    /// The folder to write; it must be new or empty
    #[arg(long, short, value_name = "FOLDER")]
    pub(crate) output: PathBuf,
    /// Replace entries.csv, names.csv and sources.csv of a folder that is not empty
    #[arg(long)]
    pub(crate) force: bool,
    /// The form of the report on standard error; `jsonl` is one line of JSON
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT")]
    pub(crate) report: Format,
    /// Say nothing on standard error but errors
    #[arg(long, short)]
    pub(crate) quiet: bool,
    /// What the source is called, for sources.csv
    #[arg(long, value_name = "TITLE")]
    pub(crate) source_title: Option<String>,
    /// Where the source is published
    #[arg(long, value_name = "URL")]
    pub(crate) source_url: Option<String>,
    /// The source's licence
    #[arg(long, value_name = "NAME")]
    pub(crate) source_licence: Option<String>,
    /// The day on which the source was fetched, such as 2026-11-25
    #[arg(long, value_name = "DATE")]
    pub(crate) accessed: Option<String>,
}
