//! What was typed about a project's own rules: where they stand, and which entries count.

use std::path::PathBuf;

use clap::Parser;

/// Where the project's settings stand.
#[derive(Debug, Default, Parser)]
#[command(next_help_heading = "Project")]
pub(crate) struct ConfigArgs {
    /// Take settings from this file, instead of the toponorm.toml of this folder or one above it, up to the root of the repository
    #[arg(long, value_name = "FILE", conflicts_with = "isolated")]
    pub(crate) config: Option<PathBuf>,
    /// Take no settings from any toponorm.toml
    #[arg(long, visible_alias = "no-config")]
    pub(crate) isolated: bool,
}

/// Which entries count; an entry must fit each flag that is given.
#[derive(Debug, Default, Parser)]
#[command(next_help_heading = "Filters")]
pub(crate) struct FilterArgs {
    /// Only entries in these countries, by ISO 3166 code, such as AM,AZ
    #[arg(long, value_name = "XX", value_delimiter = ',')]
    pub(crate) country: Vec<String>,
    /// Only entries of these kinds, such as city,town,village
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    pub(crate) kind: Vec<String>,
    /// Only this entry and what lies in it, by id, such as nagorno-karabakh
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub(crate) within: Vec<String>,
}

/// Who decides on changes.
#[derive(Debug, Default, Parser)]
#[command(next_help_heading = "Decisions")]
pub(crate) struct DecisionArgs {
    /// Changes that were decided on: a CSV file with the columns surface,replacement,entry,decision,date,note. What says `refuse` is never
    /// written, what says `accept` is, also where it is else left to a person; a blank replacement or entry stands for any. In a column files a
    /// pattern for the end of a path, such as 'archive/*' or '*.html', says in which files a decision counts
    #[arg(long, value_name = "FILE")]
    pub(crate) decisions: Option<PathBuf>,
    /// Ask about each change at the terminal, also about those that are else not made because something is unsure. With --write the answers go
    /// into the files, else the text goes to standard output; what is decided for all places of a spelling is added to --decisions FILE
    #[arg(long, short, conflicts_with_all = ["check", "diff"])]
    pub(crate) interactive: bool,
}
