//! `normalize --interactive`: each change is shown where it stands, and a person says whether it is made.
//!
//! Answers are lines, read from the terminal itself, so that standard input and output stay free for documents; raw keys would save a
//! keystroke and cost a crate, and readers of screens would lose. What is answered for all places of a spelling is remembered at once: whoever quits or
//! presses Ctrl-C loses nothing.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use toponorm::{Decisions, Lines, ProposedChange, Verdict};

use super::answer::Target;
use super::corrector::{Corrector, FileDecisions};
use super::output::Output;
use crate::args::DecisionArgs;
use crate::cmd::documents::Collector;
use crate::cmd::{Failure, Outcome};
use crate::input::Text;
use crate::replace;

/// Corrects documents one after the other as a person decides.
pub(super) struct Interactive<'i, 'a, W> {
    pub(super) corrector: Corrector,
    pub(super) asker: Asker,
    pub(super) target: Target,
    pub(super) output: &'i mut Output<'a, W>,
}

impl<W: Write> Collector for Interactive<'_, '_, W> {
    type Found = Text;

    const COUNTED: &'static str = "corrections";

    fn count(_: &Text) -> usize {
        0
    }

    /// A person is asked there.
    fn leaves_terminal(&self) -> bool {
        false
    }

    fn add(&mut self, path: &Path, text: Text) -> Result<Outcome, Failure> {
        if self.output.is_done(path)? {
            return Ok(Outcome::Done);
        }
        self.target.check(path, &text)?;
        self.asker.begin(path);
        let normalized = self.corrector.normalize_by(path, &text, &mut |change| self.asker.is_made(change));
        self.asker.failure.take().map_or(Ok(()), Err)?;
        self.output.put(self.target.made(path, &text, normalized)?)
    }

    fn end_document(&mut self, path: &Path) -> Result<(), Failure> {
        self.output.end_document(path)
    }
}

/// An answer to a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    Accept,
    Refuse,
    AcceptAll,
    RefuseAll,
    Quit,
}

const HELP: &str = "  y  make this change             n  leave this place as it is
  a  make it wherever the same spelling would be replaced so
  d  never make it                q  make no further change; those made so far stay
";

/// Asks a person.
pub(super) struct Asker {
    answers: Box<dyn BufRead>,
    questions: Box<dyn Write>,
    /// What was decided, before and now.
    decisions: FileDecisions,
    /// The decisions file.
    file: Option<PathBuf>,
    /// The document that is asked about, and what of the decisions counts in it.
    document: String,
    here: Decisions,
    has_quit: bool,
    failure: Option<Failure>,
}

impl Asker {
    /// Asks at the terminal.
    pub(super) fn at_terminal(args: &DecisionArgs, decisions: FileDecisions) -> Result<Self, Failure> {
        let (answers, questions) = terminal().map_err(|_| {
            Failure::Usage(
                "--interactive asks a person, and there is no terminal; leave it out, or use --decisions FILE",
            )
        })?;
        let (answers, questions) = (Box::new(BufReader::new(answers)), Box::new(questions));
        Ok(Self::new(answers, questions, decisions, args.decisions.clone()))
    }

    fn new(
        answers: Box<dyn BufRead>,
        questions: Box<dyn Write>,
        decisions: FileDecisions,
        file: Option<PathBuf>,
    ) -> Self {
        let (document, here) = (String::new(), Decisions::default());
        Self { answers, questions, decisions, file, document, here, has_quit: false, failure: None }
    }

    /// Turns to a document.
    fn begin(&mut self, path: &Path) {
        self.document = path.display().to_string();
        self.here = self.decisions.in_file(path).into_owned();
    }

    /// Whether a change is made.
    fn is_made(&mut self, change: &ProposedChange<'_>) -> bool {
        if self.has_quit || self.failure.is_some() {
            return false;
        }
        // An entry is of no account to what was answered now.
        if let Some(verdict) = self.here.on(change.surface, change.replacement, "") {
            return verdict == Verdict::Accept;
        }
        match self.ask(change) {
            Ok(answer) => self.follow(answer, change),
            Err(error) => {
                self.failure = Some(Failure::Input("the terminal".to_owned(), error));
                false
            }
        }
    }

    fn follow(&mut self, answer: Answer, change: &ProposedChange<'_>) -> bool {
        match answer {
            Answer::Accept => true,
            Answer::Refuse => false,
            Answer::AcceptAll => self.remember(change, Verdict::Accept),
            Answer::RefuseAll => self.remember(change, Verdict::Refuse),
            Answer::Quit => {
                self.has_quit = true;
                false
            }
        }
    }

    fn ask(&mut self, change: &ProposedChange<'_>) -> io::Result<Answer> {
        let (line, column) = change.origin.position(Lines::new(change.source).at(change.span.start));
        writeln!(self.questions, "{}:{line}:{column}: {}", self.document, context(change))?;
        let reason = change.reason.map_or(String::new(), |reason| format!(" ({})", reason.as_str()));
        loop {
            let (old, new) = (shown(change.surface), shown(change.replacement));
            write!(self.questions, "  {old} → {new}{reason}? [y,n,a,d,q,?] ")?;
            self.questions.flush()?;
            let mut line = String::new();
            if self.answers.read_line(&mut line)? == 0 {
                return Ok(Answer::Quit);
            }
            match answer(&line) {
                Some(answer) => return Ok(answer),
                None => self.questions.write_all(HELP.as_bytes())?,
            }
        }
    }

    /// Keeps a decision for all places, in the file as well if one is named.
    fn remember(&mut self, change: &ProposedChange<'_>, verdict: Verdict) -> bool {
        let now = humantime::format_rfc3339_seconds(SystemTime::now()).to_string();
        let today = now.split('T').next().unwrap_or_default();
        self.decisions.add(change, verdict, today);
        self.here.add(change.surface, change.replacement, verdict, today);
        if let Some(path) = &self.file {
            let csv = self.decisions.all().to_csv();
            let written = match path.exists() {
                true => replace::replace(path, None, |_| Ok(csv)).map(drop),
                false => replace::create(path, &csv),
            };
            self.failure = written.err();
        }
        verdict == Verdict::Accept && self.failure.is_none()
    }
}

fn answer(line: &str) -> Option<Answer> {
    Some(match line.trim().to_lowercase().as_str() {
        "y" | "yes" => Answer::Accept,
        "n" | "no" => Answer::Refuse,
        "a" | "all" => Answer::AcceptAll,
        "d" | "never" => Answer::RefuseAll,
        "q" | "quit" => Answer::Quit,
        _ => return None,
    })
}

/// The terminal, to read from and to write to.
fn terminal() -> io::Result<(File, File)> {
    let (input, output) = if cfg!(windows) { ("CONIN$", "CONOUT$") } else { ("/dev/tty", "/dev/tty") };
    Ok((File::open(input)?, File::options().write(true).open(output)?))
}

/// The mention between brackets, and what stands around it in its line.
fn context(change: &ProposedChange<'_>) -> String {
    const AROUND: usize = 40;
    let (before, after) = (&change.source[..change.span.start], &change.source[change.span.end..]);
    let before = before.rsplit('\n').next().unwrap_or_default();
    let after = after.split('\n').next().unwrap_or_default();
    let start = before.char_indices().rev().nth(AROUND - 1).map_or(0, |(at, _)| at);
    let end = after.char_indices().nth(AROUND).map_or(after.len(), |(at, _)| at);
    let ellipsis = |is_cut: bool| if is_cut { "…" } else { "" };
    let (left, right) = (ellipsis(start > 0), ellipsis(end < after.len()));
    let mention = &change.source[change.span.range()];
    format!("{left}{}[{}]{}{right}", plain(&before[start..]), shown(mention), plain(&after[..end]))
}

/// A text without what a terminal would act on.
fn plain(text: &str) -> String {
    text.chars().filter(|&c| c != '\r').map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// A name on one line.
fn shown(name: &str) -> String {
    plain(&name.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use toponorm::{DocumentPart, Lang, Matcher, Normalizer, Origin, ReadOptions};

    use super::super::answer::Product;
    use super::*;

    #[derive(Clone, Default)]
    struct Screen(Arc<Mutex<Vec<u8>>>);

    impl Write for Screen {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().expect("one thread").extend(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    const TEXT: &str = "Stefancart, Jevlah,\nand Stefancart\u{1B}[2J again, and Stefancart.";

    /// What becomes of [`TEXT`], and what was asked.
    fn answered(answers: &'static str, file: Option<PathBuf>) -> (String, String) {
        let screen = Screen::default();
        let known = file.as_ref().filter(|file| file.exists());
        let decisions = known.map(|file| FileDecisions::from_path(file).expect("rows")).unwrap_or_default();
        let asker = Asker::new(Box::new(answers.as_bytes()), Box::new(screen.clone()), decisions, file);
        let matcher = Matcher::bundled().expect("the bundled gazetteer");
        let normalizer = Normalizer::builder().lang(Lang::ENGLISH).build(matcher);
        let corrector = Corrector { normalizer, decisions: FileDecisions::default() };
        let part = DocumentPart { bytes: TEXT.as_bytes().to_vec(), origin: Origin::default() };
        let text = Text { reading: ReadOptions::default(), part, is_packed: false };
        let mut out = Vec::new();
        let mut output = Output::new(&mut out, None, true);
        let target = Target::Output(Product::Text);
        let mut interactive = Interactive { corrector, asker, target, output: &mut output };
        interactive.add(Path::new("a.txt"), text).expect("a terminal");
        drop(interactive);
        let asked = screen.0.lock().expect("one thread").clone();
        (String::from_utf8(out).expect("UTF-8"), String::from_utf8(asked).expect("UTF-8"))
    }

    #[test]
    fn answers_are_followed() {
        let right = |text: &str| TEXT.replacen("Stefancart", text, 1);
        for (answers, expected) in [
            ("n\nn\nn\nn\n", TEXT.to_owned()),
            ("y\nn\nn\nn\n", right("Stepanakert")),
            ("a\nn\n", TEXT.replace("Stefancart", "Stepanakert")),
            ("d\ny\n", TEXT.replace("Jevlah", "Yevlakh")),
            ("y\nq\n", right("Stepanakert")),
            ("YES\n", right("Stepanakert")),
            ("what?\n\ny\n", right("Stepanakert")),
            ("", TEXT.to_owned()),
        ] {
            assert_eq!(answered(answers, None).0, expected, "{answers:?}");
        }
    }

    #[test]
    fn changes_are_shown_where_they_stand_and_no_terminal_is_cleared() {
        let (_, asked) = answered("?\nn\nn\nn\nq\n", None);
        assert!(
            asked.starts_with("a.txt:1:1: [Stefancart], Jevlah,\n  Stefancart → Stepanakert? [y,n,a,d,q,?]   y  make")
        );
        assert!(asked.contains("a.txt:2:5: and [Stefancart] [2J again, and Stefancart.\n"), "{asked}");
    }

    #[test]
    fn what_is_decided_for_all_places_is_remembered() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("decisions.csv");
        answered("d\na\n", Some(file.clone()));
        let csv = std::fs::read_to_string(&file).expect("the file was made");
        assert!(
            csv.contains("\nJevlah,Yevlakh,,accept,20") && csv.contains("\nStefancart,Stepanakert,,refuse,20"),
            "{csv}"
        );
        let (text, asked) = answered("", Some(file));
        assert_eq!((text, asked), (TEXT.replace("Jevlah", "Yevlakh"), String::new()), "nobody is asked twice");
    }
}
