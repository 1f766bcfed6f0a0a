//! The command `toponorm`: reads arguments and files, and prints what the library says.
//!
//! Two stages: `args` is what was typed, `config` is what it means. Exit codes: 0 done, 1 found something (`--check`,
//! `--diff`) or nothing (`lookup`), 2 error. A reader that closes the pipe has seen enough: that is success.

mod args;
mod cmd;
mod config;
mod input;
mod patch;
mod progress;
mod replace;
mod workers;

use std::io::{ErrorKind, Write};
use std::process::ExitCode;

use clap::{CommandFactory as _, FromArgMatches as _};

use args::{Args, Command};
use cmd::{Failure, Outcome};

fn main() -> ExitCode {
    match parse().and_then(|args| run(&args)) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Found) => ExitCode::from(1),
        Ok(Outcome::Failed) => ExitCode::from(2),
        Err(Failure::Output(error)) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(failure) => {
            let _ = writeln!(std::io::stderr(), "error: {failure}");
            ExitCode::from(2)
        }
    }
}

/// What was typed, and what the project's settings say where nothing was.
fn parse() -> Result<Args, Failure> {
    let matches = Args::command().get_matches();
    let mut args = Args::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    config::apply_settings(&mut args.command, &matches)?;
    Ok(args)
}

fn run(args: &Args) -> Result<Outcome, Failure> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let outcome = match &args.command {
        Command::Normalize(args) => cmd::normalize::run(args, &mut out),
        Command::Revert(args) => cmd::revert::run(args, &mut out),
        Command::Annotate(args) => cmd::annotate::run(args, &mut out),
        Command::Names(args) => cmd::names::run(args, &mut out),
        Command::Lookup(args) => cmd::lookup::run(args, &mut out),
        Command::Transliterate(args) => cmd::transliterate::run(args, &mut out),
        Command::Schemes => cmd::schemes::run(&mut out),
        Command::Gazetteer(args) => cmd::gazetteer::run(args, &mut out),
        Command::Eval(args) => cmd::eval::run(args, &mut out),
    };
    // What was written before an error stands: a pipe gets everything up to the bad part.
    let flushed = out.flush().map_err(Failure::Output);
    let outcome = outcome?;
    flushed?;
    Ok(outcome)
}
