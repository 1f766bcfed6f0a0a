//! `toponorm transliterate`: a line at a time, so that a stream of any length passes through.

use std::fs::File;
use std::io::{BufRead, BufReader, Error, ErrorKind, Read, Write};
use std::path::Path;

use toponorm::Scheme;

use super::romanise::Romaniser;
use super::{Failure, Outcome, complain};
use crate::args::TransliterateArgs;

pub(crate) fn run(args: &TransliterateArgs, out: &mut impl Write) -> Result<Outcome, Failure> {
    let scheme: Option<Scheme> = if args.scheme == "auto" { None } else { Some(args.scheme.parse()?) };
    if args.reverse && !scheme.is_some_and(Scheme::is_reversible) {
        let reversible = Scheme::ALL.iter().filter(|scheme| scheme.is_reversible());
        let ids: Vec<_> = reversible.map(|scheme| scheme.id()).collect();
        return Err(Failure::Value(format!("`{}` cannot be reversed; these can: {}", args.scheme, ids.join(", "))));
    }
    let mut romaniser = Romaniser::new(scheme, args.names);
    let mut write = |line: &str| match scheme {
        Some(scheme) if args.reverse => scheme.reverse(line),
        _ => Some(romaniser.line(line)),
    };
    let mut outcome = Outcome::Done;
    for path in crate::input::paths(&args.paths) {
        let done = open(&path).and_then(|input| each_line(&mut write, &path, BufReader::new(input), out));
        match done {
            Ok(()) => {}
            Err(Failure::Output(error)) => return Err(Failure::Output(error)),
            Err(failure) => {
                complain(&format!("error: {failure}"));
                outcome = Outcome::Failed;
            }
        }
    }
    if let Some(note) = romaniser.note() {
        complain(&note);
    }
    Ok(outcome)
}

fn open(path: &Path) -> Result<Box<dyn Read>, Failure> {
    if path == Path::new("-") {
        return Ok(Box::new(std::io::stdin().lock()));
    }
    match File::open(path) {
        Ok(file) => Ok(Box::new(file)),
        Err(error) => Err(Failure::Input(path.display().to_string(), error)),
    }
}

fn each_line(
    write: &mut dyn FnMut(&str) -> Option<String>,
    path: &Path,
    mut input: BufReader<Box<dyn Read>>,
    out: &mut impl Write,
) -> Result<(), Failure> {
    let fail = |error| Failure::Input(path.display().to_string(), error);
    let mut bytes = Vec::new();
    for number in 1.. {
        bytes.clear();
        if input.read_until(b'\n', &mut bytes).map_err(fail)? == 0 {
            break;
        }
        let line = std::str::from_utf8(&bytes).map_err(|_| fail(invalid(format!("line {number} is not UTF-8"))))?;
        let written = write(line).ok_or_else(|| {
            fail(invalid(format!("line {number} is not what the scheme writes: {}", line.trim_end())))
        })?;
        out.write_all(written.as_bytes())?;
        // Whoever types or pipes lines in one by one gets each answer at once.
        if input.buffer().is_empty() {
            out.flush()?;
        }
    }
    Ok(())
}

fn invalid(message: String) -> Error {
    Error::new(ErrorKind::InvalidData, message)
}
