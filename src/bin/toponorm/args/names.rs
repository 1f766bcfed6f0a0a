//! What was typed after `names`.

use std::path::PathBuf;

use clap::{Parser, ValueEnum};

use super::{ConfigArgs, DocumentArgs, FileArgs, FilterArgs, GazetteerChoice, JobArgs};

/// Count whose names a text uses, where different sides call a place differently
///
/// For each place that the policies of the gazetteer (armenian, azerbaijani, …) call differently: the names that the texts use, how often, which policies would choose
/// each, and whose own name it is, by language. Spellings of one name are counted together. In the end for each policy how many of
/// these mentions have its name. Large text, JSON Lines and tables are read part by part. Without PATH, and for `-`, standard input is read.
#[derive(Debug, Parser)]
#[command(after_help = "Examples:
  toponorm names articles/
  toponorm names --within nagorno-karabakh --format csv *.txt > names.csv
  toponorm names --all --as-of 1985 memoir.txt")]
pub(crate) struct NamesArgs {
    /// Files, folders or patterns; `-` is standard input
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// `text`: for people; `csv`: a row a name; `jsonl`: a line of JSON a name, then one a policy
    #[arg(long, value_enum, default_value_t = NamesFormat::Text)]
    pub(crate) format: NamesFormat,
    /// Also list places that all policies call the same
    #[arg(long)]
    pub(crate) all: bool,
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
pub(crate) enum NamesFormat {
    /// For people
    Text,
    /// For a spreadsheet
    Csv,
    /// JSON Lines, for programs
    Jsonl,
}
