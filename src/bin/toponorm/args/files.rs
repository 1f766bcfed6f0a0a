//! What was typed to say which files are read, and by how many.

use std::num::NonZeroU16;
use std::path::PathBuf;

use clap::{Parser, ValueEnum};

/// Which files are read, beside those that PATH names.
#[derive(Debug, Default, Parser)]
#[command(next_help_heading = "Files")]
pub(crate) struct FileArgs {
    /// Also read the files that this file lists, one a line (or each ended by a NUL, as `git ls-files -z` does); `-` is standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) file_list: Option<PathBuf>,
    /// Leave out files and folders of this name or pattern, such as '*.json' or drafts/, when folders and patterns are read; may be repeated
    #[arg(long, value_name = "GLOB")]
    pub(crate) exclude: Vec<String>,
    /// In folders, also read hidden files and folders
    #[arg(long)]
    pub(crate) hidden: bool,
    /// In folders, also read what .gitignore and .ignore leave out
    #[arg(long)]
    pub(crate) no_ignore: bool,
    /// What to do about a file that cannot be read
    #[arg(long, value_enum, value_name = "WHAT", default_value_t = OnError::Skip)]
    pub(crate) on_error: OnError,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum OnError {
    /// Report it and go on with the others; exit with 2 in the end
    #[default]
    Skip,
    /// Report it and end there
    Stop,
}

/// Among how many the work is shared.
#[derive(Debug, Default, Parser)]
#[command(next_help_heading = "Files")]
pub(crate) struct JobArgs {
    /// How many threads share the documents, and of large ones the parts; as many as the machine runs at once, but no more than 8, unless this is given
    #[arg(long, short, value_name = "N")]
    pub(crate) jobs: Option<NonZeroU16>,
}
