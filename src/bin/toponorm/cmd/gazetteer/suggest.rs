//! `toponorm gazetteer suggest`

use std::io::Write;
use std::path::Path;

use toponorm::{Document, Lang, Rejections, Suggester, Suggestion, suggestions};

use super::replace;
use crate::args::{SuggestArgs, SuggestFormat};
use crate::cmd::documents::{Collector, Documents, complaints, say};
use crate::cmd::{Failure, Outcome};
use crate::config;
use crate::input::{Division, Text};

pub(crate) fn run(args: &SuggestArgs, out: &mut impl Write) -> Result<Outcome, Failure> {
    let rejections = rejections(args)?;
    if args.paths.is_empty() && args.files.file_list.is_none() && !args.reject.is_empty() {
        return Ok(Outcome::Done);
    }
    let mut suggester = Suggester::new(config::matcher(&args.gazetteer)?).rejections(rejections);
    if let Some(tag) = &args.document.lang {
        suggester = suggester.lang(tag.parse::<Lang>()?);
    }
    let documents = Documents::new(&args.paths, (&args.files, &args.document), Division::Whole)?;
    let outcome = documents.process(None, |_, text| Ok(text), &mut suggester)?;
    let mut proposals = suggester.suggestions();
    proposals.truncate(args.limit.map_or(usize::MAX, |limit| limit as usize));
    if let Some(path) = &args.entries {
        write_file(path, |bytes| suggestions::entries_csv(bytes, &proposals))?;
    }
    match &args.output {
        Some(path) => write_file(path, |bytes| write(args, &proposals, bytes))?,
        None => write(args, &proposals, out)?,
    }
    Ok(outcome)
}

impl Collector for Suggester {
    type Found = Text;

    const COUNTED: &'static str = "texts";

    fn count(_: &Text) -> usize {
        1
    }

    fn leaves_terminal(&self) -> bool {
        true
    }

    fn add(&mut self, path: &Path, Text { reading, part, .. }: Text) -> Result<Outcome, Failure> {
        let shown = path.display().to_string();
        let fail = |error| Failure::Document(shown.clone(), error);
        let decoded = part.decode(reading.encoding).map_err(fail)?;
        let document = Document::read_part(&decoded, &reading, &part.origin).map_err(fail)?;
        document.passages().iter().for_each(|passage| self.read(&shown, passage.text()));
        Ok(say(&complaints(path, document.faults())))
    }
}

/// What was rejected before, and now.
fn rejections(args: &SuggestArgs) -> Result<Rejections, Failure> {
    let Some(path) = &args.rejected else {
        return Ok(Rejections::default());
    };
    let mut rejections = match (path.exists(), args.reject.is_empty()) {
        (true, _) => Rejections::from_path(path)?,
        (false, false) => Rejections::default(),
        (false, true) => {
            let help = "make it with the heading `spelling,entry,reason`, or by --reject SPELLING";
            return Err(Failure::Value(format!("{}: there is no such file; {help}", path.display())));
        }
    };
    if !args.reject.is_empty() {
        args.reject.iter().for_each(|spelling| rejections.add(spelling, "", ""));
        write_file(path, |bytes| bytes.write_all(&rejections.to_csv()))?;
    }
    Ok(rejections)
}

fn write(args: &SuggestArgs, proposals: &[Suggestion], out: &mut impl Write) -> std::io::Result<()> {
    match args.format.unwrap_or_else(|| format_of(args.output.as_deref())) {
        SuggestFormat::Text => suggestions::text(out, proposals),
        SuggestFormat::Csv => suggestions::csv(out, proposals),
        SuggestFormat::Jsonl => suggestions::jsonl(out, proposals),
    }
}

/// The format that a file's name ends with.
fn format_of(output: Option<&Path>) -> SuggestFormat {
    match output.and_then(Path::extension).and_then(|extension| extension.to_str()) {
        Some("csv") => SuggestFormat::Csv,
        Some("jsonl") => SuggestFormat::Jsonl,
        _ => SuggestFormat::Text,
    }
}

fn write_file(path: &Path, write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> Result<(), Failure> {
    let mut bytes = Vec::new();
    write(&mut bytes)
        .and_then(|()| replace(path, &bytes))
        .map_err(|error| Failure::Input(path.display().to_string(), error))
}
