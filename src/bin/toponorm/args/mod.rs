//! What was typed. Every flag, its help and its examples stand here; what they mean is `config`'s business.

mod annotate;
mod diff;
mod eval;
mod export;
mod files;
pub(crate) mod import;
mod merge;
mod names;
mod settings;
mod suggest;
mod write;

use std::path::PathBuf;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Parser, Subcommand, ValueEnum};

pub(crate) use annotate::{AnnotateArgs, AnnotateFormat, FeatureChoice};
pub(crate) use diff::DiffArgs;
pub(crate) use eval::EvalArgs;
pub(crate) use export::{ExportArgs, ExportFormat};
pub(crate) use files::{FileArgs, JobArgs, OnError};
pub(crate) use merge::MergeArgs;
pub(crate) use names::{NamesArgs, NamesFormat};
pub(crate) use settings::{ConfigArgs, DecisionArgs, FilterArgs};
pub(crate) use suggest::{SuggestArgs, SuggestFormat};
pub(crate) use write::{RevertArgs, WriteArgs};

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Yellow.on_default().bold())
    .usage(AnsiColor::Yellow.on_default().bold())
    .literal(AnsiColor::Green.on_default())
    .placeholder(AnsiColor::Cyan.on_default());

/// One clean name and one coordinate for each place and public figure in messy text.
#[derive(Debug, Parser)]
#[command(name = "toponorm", version, styles = STYLES, disable_help_subcommand = true, max_term_width = 100)]
#[command(after_help = "Examples:
  toponorm normalize article.txt            the text with right spellings, on standard output
  toponorm annotate --format jsonl *.txt    every place and person, with coordinates
  toponorm lookup Xankandi                  what a name may mean

Exit code: 0 done; 1 --check or --diff found something, or lookup found nothing; 2 error.")]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Normalize(NormalizeArgs),
    Revert(RevertArgs),
    Annotate(AnnotateArgs),
    Lookup(LookupArgs),
    Names(NamesArgs),
    Transliterate(TransliterateArgs),
    /// List the romanisation schemes: id, title, whether they can be reversed, the standard
    Schemes,
    Gazetteer(GazetteerArgs),
    Eval(EvalArgs),
}

/// Write right spellings over wrong ones; every other byte stays as it was
///
/// Misspellings and foreign romanisations of names are replaced by the right spelling of the same name, in the language
/// of the paragraph: Stefancart becomes Stepanakert, Pašinjan becomes Pashinyan in English text. A name is not replaced by another name:
/// Shushi stays Shushi, unless `--to canonical` or `--policy` asks for it.
///
/// Nothing is written between `toponorm:off` and `toponorm:on` (in comments of whatever syntax), on a line with `toponorm:ignore`, over a name
/// before `[sic]`, and into addresses, paths and tags. What else is not written, and why, is summed up on standard error; `--check` lists it.
///
/// Several documents are written one after the other. Of a folder every file of a known format is read that .gitignore does not name, but tables
/// and JSON only by name or pattern ('data/**/*.csv'); gzip and zstd are unpacked. Without PATH, and for `-`, standard input is read.
///
/// Text, JSON Lines and tables are read part by part: a file of any size takes little memory, and records of a pipe are answered as they come. With
/// -w, --diff, -i and --gloss a document is in memory as a whole.
#[derive(Debug, Parser)]
#[command(after_help = "Examples:
  toponorm normalize article.txt > clean.txt
  toponorm normalize --diff reports/*.txt     what would change, as a patch
  toponorm normalize --policy armenian --as-of 1985 memoir.txt
  toponorm normalize --check draft.txt        exit code 1 if anything would change
  toponorm normalize -w --changes undo.jsonl reports/*.txt    into the files; `toponorm revert undo.jsonl` undoes it
  toponorm normalize -iw --decisions decisions.csv report.txt    ask about each change, and remember
  echo 'Clashes near Stefancart' | toponorm normalize")]
pub(crate) struct NormalizeArgs {
    /// Files, folders or patterns; `-` is standard input
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Print a unified diff instead of the text; exit with 1 if there is one
    #[arg(long, conflicts_with = "check")]
    pub(crate) diff: bool,
    /// Print each change on a line instead of the text; exit with 1 if there is one
    #[arg(long)]
    pub(crate) check: bool,
    /// What to write: the right spelling of the name used (the default), or the entry's canonical name
    #[arg(long, value_enum)]
    pub(crate) to: Option<To>,
    /// Write the name that a policy chooses, in place of any other: neutral (changes spellings only), armenian, azerbaijani, russian,
    /// international, or one of your own gazetteer
    #[arg(long, value_name = "NAME")]
    pub(crate) policy: Option<String>,
    /// Write names as this language writes them, in its script, whatever language the text is in; a tag such as hy
    #[arg(long, value_name = "TAG")]
    pub(crate) to_lang: Option<String>,
    /// Keep quotations word for word: what stands between quotation marks that open and close in one paragraph
    #[arg(long)]
    pub(crate) keep_quotes: bool,
    /// `first`: where a place is first called by another name than in the text, the text's name follows in brackets: Khankendi (Stepanakert)
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = When::Never)]
    pub(crate) gloss: When,
    #[command(flatten)]
    pub(crate) writing: WriteArgs,
    #[command(flatten)]
    pub(crate) deciding: DecisionArgs,
    #[command(flatten)]
    pub(crate) files: FileArgs,
    #[command(flatten)]
    pub(crate) sharing: JobArgs,
    #[command(flatten)]
    pub(crate) filter: FilterArgs,
    #[command(flatten)]
    pub(crate) config: ConfigArgs,
    #[command(flatten)]
    pub(crate) gazetteer: GazetteerChoice,
    #[command(flatten)]
    pub(crate) document: DocumentArgs,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum When {
    /// Nowhere
    Never,
    /// At the first mention of each place
    First,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum To {
    /// Khajavend becomes Khojavend; Martuni stays
    Spelling,
    /// Khojavend and Martuni both become the canonical name
    Canonical,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// JSON Lines, for programs
    Jsonl,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Offsets {
    /// Unicode code points (Python)
    Char,
    /// Bytes of UTF-8 (Rust, Go)
    Byte,
    /// UTF-16 units (JavaScript, Java)
    Utf16,
}

/// Say what a name may mean: the nearest entries, best first
///
/// Without NAME, and for `-`, names are read from standard input, one a line. Exit code 1 if no name found anything.
#[derive(Debug, Parser)]
#[command(after_help = "Examples:
  toponorm lookup Xankandi
  toponorm lookup --limit 1 Степанакерт Nikol Pašinjan
  toponorm lookup --format jsonl - < names.txt")]
pub(crate) struct LookupArgs {
    /// Names; `-` reads them from standard input, one a line
    #[arg(value_name = "NAME")]
    pub(crate) names: Vec<String>,
    /// `text`: for people; `jsonl`: a line of JSON a name
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// How many candidates to print at most
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) limit: u32,
    /// Print what was done to each listed spelling to get the name, and whose habit that is
    #[arg(long)]
    pub(crate) explain: bool,
    #[command(flatten)]
    pub(crate) filter: FilterArgs,
    #[command(flatten)]
    pub(crate) config: ConfigArgs,
    #[command(flatten)]
    pub(crate) gazetteer: GazetteerChoice,
}

/// Write text of another script in Latin letters, by a scheme
///
/// Letters of the scheme's alphabet are romanised, everything else stays as it is. Without --scheme each word gets the scheme
/// of its script, and letters that no scheme covers are written by `any-ascii`, a last resort; a note says so. Text is UTF-8 and read a line at a time.
/// `toponorm schemes` lists the schemes. Without PATH, and for `-`, standard input is read.
#[derive(Debug, Parser)]
#[command(after_help = "Examples:
  echo Kəlbəcər | toponorm transliterate --scheme az-newspaper
  toponorm transliterate --scheme ka-newspaper --names villages.txt
  toponorm transliterate --scheme hy-iso9985 --reverse romanised.txt")]
pub(crate) struct TransliterateArgs {
    /// The scheme, such as hy-newspaper; `auto` takes one by script
    #[arg(long, value_name = "ID", default_value = "auto")]
    pub(crate) scheme: String,
    /// Give the original text back; only some schemes can
    #[arg(long)]
    pub(crate) reverse: bool,
    /// Lines are names: in a script without case (Georgian) every word gets a capital
    #[arg(long, conflicts_with = "reverse")]
    pub(crate) names: bool,
    /// Text files; `-` is standard input
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
}

/// Look after gazetteer files: check them, count what they hold, write them in other formats
#[derive(Debug, Parser)]
#[command(arg_required_else_help = true)]
pub(crate) struct GazetteerArgs {
    #[command(subcommand)]
    pub(crate) command: GazetteerCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum GazetteerCommand {
    Check(CheckArgs),
    Stats(StatsArgs),
    Compile(CompileArgs),
    Verify(VerifyArgs),
    Import(import::ImportArgs),
    Diff(DiffArgs),
    Export(ExportArgs),
    Merge(MergeArgs),
    Suggest(SuggestArgs),
}

/// Report every problem of gazetteer files, with file, row and column
///
/// PATH is a folder with entries.csv, names.csv …, or a single CSV with a column `name`. An error makes the gazetteer
/// unusable or is certainly wrong; a warning is probably a mistake. Exit code 1 if there are errors, 0 if there are only
/// warnings or nothing.
#[derive(Debug, Parser)]
#[command(after_help = "Examples:
  toponorm gazetteer check gazetteer/
  toponorm gazetteer check --fix gazetteer/    also sort and reformat the files
  toponorm gazetteer check --over bundled mine/    as a layer: where it contradicts the bundled gazetteer
  toponorm gazetteer check --all --format jsonl gazetteer/ > problems.jsonl")]
pub(crate) struct CheckArgs {
    /// A gazetteer folder or file
    #[arg(value_name = "PATH", required = true)]
    pub(crate) paths: Vec<PathBuf>,
    /// Rewrite files in canonical form: rows sorted, quotes only where needed, LF
    #[arg(long)]
    pub(crate) fix: bool,
    #[command(flatten)]
    pub(crate) layer: LayerArgs,
    /// List every problem; else of one sort in a file a hundred are listed and the rest counted
    #[arg(long)]
    pub(crate) all: bool,
    /// `text`: for people; `jsonl`: a line of JSON a problem, with file, row, column, severity, message and help
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

/// Count entries, names and spellings by kind, country, language, script and source, and say what rests on no document
///
/// Of the places that news names (newsworthy.csv) it counts for how many a name is known in each language.
#[derive(Debug, Parser)]
#[command(after_help = "Examples:
  toponorm gazetteer stats
  toponorm gazetteer stats --missing hy    places that news names and that have no Armenian name
  toponorm gazetteer stats --no-bundled --gazetteer places.csv --format jsonl")]
pub(crate) struct StatsArgs {
    /// `text`: for people; `jsonl`: one line of JSON, or with --missing a line an entry
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// List instead the places that news names and that have no name in this language, a tag such as hy
    #[arg(long, value_name = "LANG")]
    pub(crate) missing: Option<String>,
    #[command(flatten)]
    pub(crate) gazetteer: GazetteerChoice,
}

/// Compile a gazetteer into one file that opens without parsing
///
/// The file serves as `--gazetteer NAME.topo`. The CSV files stay the truth: compile again when they change. How sure `lookup` must be of an
/// unlisted spelling is fitted to the names, with a thousand lookups of others: some seconds for a hundred thousand spellings. A layer, which
/// adds to other gazetteers' entries, corrects or removes them, is compiled over these and used over the same only.
#[derive(Debug, Parser)]
#[command(after_help = "Examples:
  toponorm gazetteer compile places/ -o places.topo
  toponorm gazetteer compile corrections/ --over bundled -o corrections.topo")]
pub(crate) struct CompileArgs {
    /// A gazetteer folder or CSV file
    #[arg(value_name = "PATH")]
    pub(crate) path: PathBuf,
    /// The file to write
    #[arg(long, short, value_name = "FILE.topo")]
    pub(crate) output: PathBuf,
    #[command(flatten)]
    pub(crate) layer: LayerArgs,
}

/// Read compiled gazetteers as a whole and say whether anything in them was altered
///
/// Opening one checks its header only.
#[derive(Debug, Parser)]
pub(crate) struct VerifyArgs {
    /// Compiled gazetteers
    #[arg(value_name = "FILE.topo", required = true)]
    pub(crate) paths: Vec<PathBuf>,
}

/// What a layer lies on.
#[derive(Debug, Parser)]
pub(crate) struct LayerArgs {
    /// Take PATH for a layer over this gazetteer: `bundled`, a folder, CSV file or compiled gazetteer; may be given several times,
    /// the lowest first
    #[arg(long, value_name = "GAZETTEER")]
    pub(crate) over: Vec<PathBuf>,
}

/// Which gazetteers are used, and how near a spelling must be.
#[derive(Debug, Parser)]
#[command(next_help_heading = "Gazetteer")]
pub(crate) struct GazetteerChoice {
    /// A gazetteer folder, CSV file or compiled gazetteer (.topo) to use as a layer over the bundled one; may be given several times,
    /// each over those before
    #[arg(long = "gazetteer", value_name = "PATH")]
    pub(crate) own: Vec<PathBuf>,
    /// Leave out the bundled gazetteer
    #[arg(long)]
    pub(crate) no_bundled: bool,
    /// Read compiled gazetteers into memory and verify them, instead of using them where they lie on the disk
    #[arg(long)]
    pub(crate) no_mmap: bool,
    /// How near an unlisted spelling must be to count
    #[arg(long, value_enum, default_value_t = Fuzzy::Normal)]
    pub(crate) fuzzy: Fuzzy,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Fuzzy {
    /// Listed spellings only
    Off,
    /// Hardly ever wrong, and finds half as many
    Strict,
    /// Wrong about once in a megabyte of prose
    Normal,
    /// Finds more, and is wrong twice as often
    Loose,
}

/// How documents are read.
#[derive(Clone, Debug, Parser)]
#[command(next_help_heading = "Documents")]
pub(crate) struct DocumentArgs {
    /// The language of all documents, a tag such as en, az or ru; else it is detected a paragraph at a time
    #[arg(long, value_name = "TAG")]
    pub(crate) lang: Option<String>,
    /// The date of all documents, such as 1988 or 1988-02-20: family names mean who was in office then, and --policy writes the names in
    /// use then, instead of today's
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<String>,
    /// The encoding of all documents, a WHATWG label such as windows-1251; output is in the same
    #[arg(long, value_name = "LABEL", default_value = "utf-8")]
    pub(crate) encoding: String,
    /// How documents are packed: auto (by the extension of the file's name), text, markdown, html, xml, json, jsonl, csv or tsv
    #[arg(long, value_name = "FORMAT", default_value = "auto")]
    pub(crate) input_format: String,
    /// The field of records that is read, `text` unless one is named; may be repeated. In JSON `a.b` goes into objects and arrays, and /a/0/b
    /// is a JSON pointer; in tables it is a heading or a column's number
    #[arg(long, value_name = "NAME")]
    pub(crate) field: Vec<String>,
    /// Say nothing on standard error but errors
    #[arg(long, short)]
    pub(crate) quiet: bool,
}
