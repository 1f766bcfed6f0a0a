//! The arguments of `toponorm annotate`.

use std::path::PathBuf;

use clap::{ColorChoice, Parser, ValueEnum};

use super::{ConfigArgs, DocumentArgs, FileArgs, FilterArgs, GazetteerChoice, JobArgs, Offsets};

/// List every place and public figure of a text, with entry, coordinates and score
///
/// Of a folder every file of a known format is read that .gitignore does not name, but tables and JSON only by name or pattern
/// ('data/**/*.csv'); gzip and zstd are unpacked. Without PATH, and for `-`,
/// standard input is read. Several documents make one report: one table, one map, one TEI corpus; brat, which has
/// a file a document, takes a folder.
///
/// With --format jsonl and csv, text, JSON Lines and tables are read part by part: a file of any size takes little memory, and records of a pipe are
/// answered as they come. A text of more than 16 MB is cut between paragraphs, and each part is read by itself; in JSON Lines it is a line with
/// its number as `part`.
#[derive(Debug, Parser)]
#[command(after_help = "Examples:
  toponorm annotate article.txt
  toponorm annotate --format jsonl *.txt > mentions.jsonl
  toponorm annotate --format csv --field body wire.jsonl > mentions.csv
  toponorm annotate --format geojson *.txt > map.geojson    a Feature an entry
  toponorm annotate --format geojson --features mentions *.txt > map.geojson
  toponorm annotate --format tei letters.txt > letters.xml
  toponorm annotate --format tei edition.xml > marked.xml    tags around the names of a TEI document
  toponorm annotate --format brat -o folder *.txt    texts and .ann files for brat
  toponorm annotate --spans entities.jsonl article.txt    entries for names that another program found
  toponorm annotate --unknown article.txt    also what the gazetteer lacks
  toponorm annotate --color always article.txt | less -R
  toponorm annotate --format jsonl --offsets utf16 article.txt    offsets as JavaScript counts them")]
pub(crate) struct AnnotateArgs {
    /// Files, folders or patterns; `-` is standard input
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// What is written
    #[arg(long, value_enum, default_value_t = AnnotateFormat::Text)]
    pub(crate) format: AnnotateFormat,
    /// brat: a folder, empty or not there yet, for the texts, their .ann files and brat's settings
    #[arg(long, short, value_name = "FOLDER")]
    pub(crate) output: Option<PathBuf>,
    /// geojson: what a Feature stands for
    #[arg(long, value_enum, default_value_t = FeatureChoice::Entries)]
    pub(crate) features: FeatureChoice,
    /// jsonl, csv, geojson: the unit of offsets; the others count as their formats say
    #[arg(long, value_enum, default_value_t = Offsets::Char)]
    pub(crate) offsets: Offsets,
    /// jsonl: how many candidates a mention lists at most
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub(crate) candidates: usize,
    /// text: when to use colours; `auto` does on a terminal, unless NO_COLOR is set
    #[arg(long, value_name = "WHEN", default_value_t = ColorChoice::Auto)]
    pub(crate) color: ColorChoice,
    /// Also list adjectives and inhabitants (Armenian, Azerbaijanis)
    #[arg(long)]
    pub(crate) demonyms: bool,
    /// Also list names that no entry fits (status `unknown`, without id and coordinates)
    #[arg(long)]
    pub(crate) unknown: bool,
    /// Annotate only what this file lists, and that whatever it looks like: JSON Lines with `start` and `end` in the unit of --offsets, and `path`
    /// (or `id`, the file's name without extension) if there are several files; of records `row` and `field` as well, of markup offsets in the source. The mentions of
    /// `annotate --format jsonl` are such lines. `-` is standard input
    #[arg(long, value_name = "FILE", conflicts_with = "unknown")]
    pub(crate) spans: Option<PathBuf>,
    /// text, jsonl: say why each mention was decided as it was, with the weight of everything that counted; with csv, list what was refused as well
    #[arg(long)]
    pub(crate) explain: bool,
    #[command(flatten)]
    pub(crate) files: FileArgs,
    #[command(flatten)]
    pub(crate) sharing: JobArgs,
    #[command(flatten)]
    pub(crate) filter: FilterArgs,
    #[command(flatten)]
    pub(crate) config: ConfigArgs,
    #[command(flatten)]
    pub(crate) gazetteer: GazetteerChoice,
    #[command(flatten)]
    pub(crate) document: DocumentArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum AnnotateFormat {
    /// For people: lines of the document with the mentions marked, and a row a mention
    Text,
    /// JSON Lines: a line a document
    Jsonl,
    /// A table under one heading: a row a mention
    Csv,
    /// A map (RFC 7946): one FeatureCollection
    Geojson,
    /// A page for a browser: marks, lists and a map, without network
    Html,
    /// A report: a table of what is named with counts, then each mention in its context
    Markdown,
    /// TEI P5: the text with placeName, persName and choice; a TEI document, or a part of one in TEI's namespace, keeps its own markup, and of other XML the text becomes a new document; several documents make a teiCorpus
    Tei,
    /// W3C Web Annotation: one AnnotationPage
    Webannotation,
    /// brat standoff: the .ann of one document, or with --output a folder
    Brat,
    /// JSON Lines from which spaCy's DocBin is made: a line a document with its text
    Spacy,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum FeatureChoice {
    /// An entry with all its mentions
    Entries,
    /// A mention
    Mentions,
}
