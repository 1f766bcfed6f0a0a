//! What was typed after `gazetteer suggest`.

use std::path::PathBuf;

use clap::{Parser, ValueEnum};

use super::{DocumentArgs, FileArgs, GazetteerChoice};

/// Propose rows that the gazetteer lacks, from a corpus: unlisted spellings of its entries, and places without an entry
///
/// Every proposal has its count, the lines that have it, and a score; the surest come first. What the rules find without a row (other
/// marks, endings, hyphens) is not proposed. Names are known by their capitals, and what they name by English words beside them.
///
/// CSV has the columns of names.csv first: delete the rows you don't want, paste the first twelve columns into names.csv. A new place needs a row of entries.csv
/// too; --entries writes drafts with blanks to fill in. Rows that you don't want, moved to the file of --rejected as they are, are not proposed again.
#[derive(Debug, Parser)]
#[command(after_help = "Examples:
  toponorm gazetteer suggest articles/*.txt
  toponorm gazetteer suggest --rejected rejected.csv -o review.csv --entries new-places.csv articles/*.txt
  toponorm gazetteer suggest --rejected rejected.csv --reject Katyusha --reject 'Grey Wolves'
  toponorm gazetteer suggest --format jsonl --limit 50 --gazetteer places/ articles/*.txt")]
pub(crate) struct SuggestArgs {
    /// Files, folders or patterns; `-` is standard input
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// `text`: for people; `csv`: for a spreadsheet; `jsonl`: a line of JSON a proposal. Unless said, what the output's name ends with, else `text`
    #[arg(long, value_enum)]
    pub(crate) format: Option<SuggestFormat>,
    /// Write the proposals to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Write drafts of entries.csv for the new places to this file
    #[arg(long, value_name = "FILE")]
    pub(crate) entries: Option<PathBuf>,
    /// What is not to be proposed again: a CSV file with the columns spelling,entry,reason; a blank entry stands for any
    #[arg(long, value_name = "FILE")]
    pub(crate) rejected: Option<PathBuf>,
    /// Add a spelling to the file of --rejected, which is made if need be; may be given several times, and without PATH nothing else is done
    #[arg(long, value_name = "SPELLING", requires = "rejected")]
    pub(crate) reject: Vec<String>,
    /// How many proposals to write at most
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) limit: Option<u32>,
    #[command(flatten)]
    pub(crate) files: FileArgs,
    #[command(flatten)]
    pub(crate) gazetteer: GazetteerChoice,
    #[command(flatten)]
    pub(crate) document: DocumentArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SuggestFormat {
    /// For people
    Text,
    /// For a spreadsheet: the columns of names.csv, then what the corpus says
    Csv,
    /// JSON Lines, for programs
    Jsonl,
}
