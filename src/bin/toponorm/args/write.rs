//! What is typed to have files written in place, and to undo it.

use std::path::PathBuf;

use clap::Parser;

/// Writing into the files themselves.
#[derive(Debug, Parser)]
#[command(next_help_heading = "Writing in place")]
pub(crate) struct WriteArgs {
    /// Replace each file by its corrected text; standard input still goes to standard output. A file is replaced in one step or not at all,
    /// keeps its permissions, owner and extended attributes, and is not touched if nothing changes. A symbolic link stays one, a hard link is left with the old text
    #[arg(long, short, conflicts_with_all = ["diff", "check"])]
    pub(crate) write: bool,
    /// Keep each file that changes under its name with SUFFIX behind it, such as .bak
    #[arg(long, value_name = "SUFFIX", requires = "write", value_parser = suffix)]
    pub(crate) backup: Option<String>,
    /// Write an undo log, from which `toponorm revert FILE` gives the files back bit for bit; JSON Lines, written before the first file is
    #[arg(long, value_name = "FILE", requires = "write")]
    pub(crate) changes: Option<PathBuf>,
}

fn suffix(text: &str) -> Result<String, String> {
    if text.is_empty() || text.contains(['/', '\\']) {
        return Err("expected an ending of file names, such as .bak".to_owned());
    }
    Ok(text.to_owned())
}

/// Undo what `normalize --write --changes FILE` did, bit for bit
///
/// Every file is looked at before one is written: if one is missing or was changed since, nothing is reverted and the reason is said. A file
/// that is already as it was before is left alone. Relative paths start from the present folder.
#[derive(Debug, Parser)]
#[command(after_help = "Examples:
  toponorm normalize -w --changes undo.jsonl reports/*.txt
  toponorm revert --diff undo.jsonl     what would be written, as a patch
  toponorm revert undo.jsonl

Exit code: 0 reverted; 1 --diff found something; 2 error, and nothing was reverted.")]
pub(crate) struct RevertArgs {
    /// The undo log
    #[arg(value_name = "CHANGES")]
    pub(crate) log: PathBuf,
    /// Print a unified diff of what would be written, and write nothing; exit with 1 if there is one
    #[arg(long)]
    pub(crate) diff: bool,
    /// Say nothing on standard error but errors
    #[arg(long, short)]
    pub(crate) quiet: bool,
}
