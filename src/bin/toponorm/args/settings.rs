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
