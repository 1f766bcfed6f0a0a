//! `toponorm revert`

use std::io::Write;
use std::path::Path;

use toponorm::{FileChange, FileState, UndoLog};

use super::{Failure, Outcome, complain};
use crate::args::RevertArgs;
use crate::patch;
use crate::replace;

pub(crate) fn run(args: &RevertArgs, out: &mut impl Write) -> Result<Outcome, Failure> {
    let shown = args.log.display().to_string();
    let bytes = std::fs::read(&args.log).map_err(|error| Failure::Input(shown.clone(), error))?;
    let log = UndoLog::parse(&bytes).map_err(|error| Failure::Document(shown, error))?;
    let changed = all_changed(&log)?;
    if args.diff {
        return write_patch(&changed, out);
    }
    replace::clean_up_when_interrupted();
    let mut outcome = Outcome::Done;
    let mut reverted = 0;
    for change in &changed {
        match replace::replace(&change.file()?, None, |bytes| change.undo(bytes)) {
            Ok(note) => {
                reverted += 1;
                note.filter(|_| !args.quiet).into_iter().for_each(|note| complain(&note));
            }
            Err(failure) => {
                complain(&format!("error: {failure}"));
                outcome = Outcome::Failed;
            }
        }
    }
    if !args.quiet {
        let as_before = log.changes.len() - changed.len();
        let more = if as_before > 0 { format!("; {as_before} as before already") } else { String::new() };
        complain(&format!("{reverted} of {} files reverted{more}", log.changes.len()));
    }
    Ok(outcome)
}

/// The changes to undo. Every file is looked at before one is written.
fn all_changed(log: &UndoLog) -> Result<Vec<&FileChange>, Failure> {
    let mut changed = Vec::new();
    let mut problems = Vec::new();
    for change in &log.changes {
        match std::fs::read(change.file()?) {
            Ok(bytes) => match change.state_of(&bytes) {
                FileState::Before => {}
                FileState::After | FileState::Other => match change.undo(&bytes) {
                    Ok(_) => changed.push(change),
                    Err(error) => problems.push(error.to_string()),
                },
            },
            Err(error) => problems.push(format!("{}: {error}{}", change.path, elsewhere(change))),
        }
    }
    if problems.is_empty() {
        return Ok(changed);
    }
    Err(Failure::Value(format!("nothing was reverted:\n  {}", problems.join("\n  "))))
}

/// Where a relative path may have been meant from.
fn elsewhere(change: &FileChange) -> String {
    let is_here = std::env::current_dir().is_ok_and(|here| here == Path::new(&change.folder));
    if is_here || change.folder.is_empty() || Path::new(&change.path).is_absolute() {
        return String::new();
    }
    format!("; it was changed in {}: run `toponorm revert` there", change.folder)
}

fn write_patch(changed: &[&FileChange], out: &mut impl Write) -> Result<Outcome, Failure> {
    for change in changed {
        let path = change.file()?;
        let bytes = std::fs::read(&path).map_err(|error| Failure::Input(change.path.clone(), error))?;
        patch::write(out, &path, &bytes, &change.undo(&bytes)?)?;
    }
    Ok(if changed.is_empty() { Outcome::Done } else { Outcome::Found })
}
