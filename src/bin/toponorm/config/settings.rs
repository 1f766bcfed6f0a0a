//! `toponorm.toml`: a project's settings, found upward from the working folder, which fill in what was not typed.
//!
//! Keys are the names of the flags. The arguments stay as they are parsed, and a setting is written over a default only: so a new flag needs
//! a key and a line here, and no command knows where a value came from. Everything is checked where it is read, since a message that names
//! the file and line is worth more than one about a flag that nobody typed.

use std::num::NonZeroU16;
use std::path::{Path, PathBuf};

use clap::parser::ValueSource;
use clap::{ArgMatches, ValueEnum};
use serde::Deserialize;
use serde::de::{Deserializer, Error as _};
use toponorm::{Encoding, InputFormat, Kind, Lang, Normalizer};

use crate::args::{
    AnnotateArgs, ConfigArgs, DocumentArgs, FileArgs, FilterArgs, GazetteerChoice, JobArgs, NormalizeArgs,
};
use crate::args::{AnnotateFormat, Fuzzy, Offsets, OnError, To};
use crate::cmd::Failure;

const FILE: &str = "toponorm.toml";

/// What the file says; what it leaves out is `None`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Settings {
    gazetteer: Option<Vec<PathBuf>>,
    no_bundled: Option<bool>,
    no_mmap: Option<bool>,
    #[serde(deserialize_with = "choice")]
    fuzzy: Option<Fuzzy>,
    #[serde(deserialize_with = "tag")]
    lang: Option<String>,
    #[serde(deserialize_with = "date")]
    as_of: Option<String>,
    #[serde(deserialize_with = "encoding")]
    encoding: Option<String>,
    #[serde(deserialize_with = "input_format")]
    input_format: Option<String>,
    field: Option<Vec<String>>,
    quiet: Option<bool>,
    exclude: Option<Vec<String>>,
    hidden: Option<bool>,
    no_ignore: Option<bool>,
    #[serde(deserialize_with = "choice")]
    on_error: Option<OnError>,
    jobs: Option<NonZeroU16>,
    country: Option<Vec<String>>,
    #[serde(deserialize_with = "kinds")]
    kind: Option<Vec<String>>,
    within: Option<Vec<String>>,
    decisions: Option<PathBuf>,
    normalize: NormalizeSettings,
    annotate: AnnotateSettings,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct NormalizeSettings {
    #[serde(deserialize_with = "choice")]
    to: Option<To>,
    policy: Option<String>,
    keep_quotes: Option<bool>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct AnnotateSettings {
    #[serde(deserialize_with = "choice")]
    format: Option<AnnotateFormat>,
    #[serde(deserialize_with = "choice")]
    offsets: Option<Offsets>,
    candidates: Option<usize>,
    demonyms: Option<bool>,
    unknown: Option<bool>,
}

impl Settings {
    /// The settings of the file that was named, or found.
    pub(crate) fn read(args: &ConfigArgs) -> Result<Self, Failure> {
        let found = match &args.config {
            Some(path) => Some(path.clone()),
            None if args.isolated => None,
            None => find(),
        };
        let Some(path) = found else {
            return Ok(Self::default());
        };
        let shown = path.display().to_string();
        let text = std::fs::read_to_string(&path).map_err(|error| Failure::Input(shown.clone(), error))?;
        let mut settings = Self::parse(&text).map_err(|fault| Failure::Value(format!("{shown}, {fault}")))?;
        settings.resolve_paths(path.parent().unwrap_or(Path::new("")));
        Ok(settings)
    }

    fn parse(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|error| explain(text, &error))
    }

    /// Paths count from the folder of the file.
    fn resolve_paths(&mut self, folder: &Path) {
        self.gazetteer.iter_mut().flatten().chain(&mut self.decisions).for_each(|path| *path = folder.join(&*path));
    }

    pub(crate) fn fill_gazetteer(&mut self, typed: &Typed<'_>, args: &mut GazetteerChoice) {
        typed.or("own", &mut args.own, self.gazetteer.take());
        typed.or("no_bundled", &mut args.no_bundled, self.no_bundled);
        typed.or("no_mmap", &mut args.no_mmap, self.no_mmap);
        typed.or("fuzzy", &mut args.fuzzy, self.fuzzy);
    }

    pub(crate) fn fill_document(&mut self, typed: &Typed<'_>, args: &mut DocumentArgs) {
        typed.or("lang", &mut args.lang, self.lang.take().map(Some));
        typed.or("as_of", &mut args.as_of, self.as_of.take().map(Some));
        typed.or("encoding", &mut args.encoding, self.encoding.take());
        typed.or("input_format", &mut args.input_format, self.input_format.take());
        typed.or("field", &mut args.field, self.field.take());
        typed.or("quiet", &mut args.quiet, self.quiet);
    }

    pub(crate) fn fill_files(&mut self, typed: &Typed<'_>, args: &mut FileArgs) {
        typed.or("exclude", &mut args.exclude, self.exclude.take());
        typed.or("hidden", &mut args.hidden, self.hidden);
        typed.or("no_ignore", &mut args.no_ignore, self.no_ignore);
        typed.or("on_error", &mut args.on_error, self.on_error);
    }

    pub(crate) fn fill_jobs(&mut self, typed: &Typed<'_>, args: &mut JobArgs) {
        typed.or("jobs", &mut args.jobs, self.jobs.map(Some));
    }

    pub(crate) fn fill_filter(&mut self, typed: &Typed<'_>, args: &mut FilterArgs) {
        typed.or("country", &mut args.country, self.country.take());
        typed.or("kind", &mut args.kind, self.kind.take());
        typed.or("within", &mut args.within, self.within.take());
    }

    pub(crate) fn fill_normalize(&mut self, typed: &Typed<'_>, args: &mut NormalizeArgs) {
        typed.or("decisions", &mut args.deciding.decisions, self.decisions.take().map(Some));
        typed.or("keep_quotes", &mut args.keep_quotes, self.normalize.keep_quotes);
        // The two contradict one another, so whoever types one of them leaves the file's other behind.
        if !typed.has("to") && !typed.has("policy") {
            args.to = self.normalize.to;
            args.policy = self.normalize.policy.take();
        }
    }

    pub(crate) fn fill_annotate(&mut self, typed: &Typed<'_>, args: &mut AnnotateArgs) {
        let AnnotateSettings { format, offsets, candidates, demonyms, unknown } = self.annotate;
        typed.or("format", &mut args.format, format);
        typed.or("offsets", &mut args.offsets, offsets);
        typed.or("candidates", &mut args.candidates, candidates);
        typed.or("demonyms", &mut args.demonyms, demonyms);
        typed.or("unknown", &mut args.unknown, unknown);
    }
}

/// Which flags were typed.
pub(crate) struct Typed<'a>(pub(crate) &'a ArgMatches);

impl Typed<'_> {
    fn has(&self, id: &str) -> bool {
        self.0.value_source(id) == Some(ValueSource::CommandLine)
    }

    /// Puts a setting in the place of a default.
    fn or<T>(&self, id: &str, place: &mut T, setting: Option<T>) {
        match setting {
            Some(setting) if !self.has(id) => *place = setting,
            _ => {}
        }
    }
}

/// The file in the working folder or one above it, not higher than the root of a repository or the home folder.
fn find() -> Option<PathBuf> {
    let start = std::env::current_dir().ok()?;
    let home = std::env::home_dir();
    for folder in start.ancestors() {
        let file = folder.join(FILE);
        if file.is_file() {
            return Some(file.strip_prefix(&start).map(Path::to_path_buf).unwrap_or(file));
        }
        if folder.join(".git").exists() || home.as_deref() == Some(folder) {
            return None;
        }
    }
    None
}

/// The mistake, with its line; for an unknown key the one that was probably meant.
fn explain(text: &str, error: &toml::de::Error) -> String {
    let message = error.message().replace("unknown field", "unknown key");
    let place = match error.span() {
        Some(span) => format!("line {}: ", 1 + text[..span.start].matches('\n').count()),
        None => String::new(),
    };
    let mut quoted = message.split('`').skip(1).step_by(2);
    let meant = quoted.next().filter(|_| message.starts_with("unknown key")).and_then(|key| nearest(key, quoted));
    match meant {
        Some((key, meant)) => format!("{place}unknown key `{key}`; did you mean `{meant}`?"),
        None => format!("{place}{}", message.trim_end()),
    }
}

/// The key that is nearest to an unknown one, if any is near.
fn nearest<'m>(key: &'m str, known: impl Iterator<Item = &'m str>) -> Option<(&'m str, &'m str)> {
    const NEAR: f64 = 0.8;
    let likeness = |known: &&str| strsim::jaro_winkler(&key.replace('_', "-"), known);
    let best = known.max_by(|one, other| likeness(one).total_cmp(&likeness(other)))?;
    (likeness(&best) >= NEAR).then_some((key, best))
}

/// A value of a flag's closed list.
fn choice<'de, T: ValueEnum, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    let text = String::deserialize(deserializer)?;
    T::from_str(&text, false).map(Some).map_err(|_| {
        let known = T::value_variants().iter().filter_map(ValueEnum::to_possible_value);
        let known: Vec<String> = known.map(|value| value.get_name().to_owned()).collect();
        D::Error::custom(format!("`{text}` found; expected one of: {}", known.join(", ")))
    })
}

fn checked<'de, D: Deserializer<'de>>(
    deserializer: D,
    check: impl Fn(&str) -> Result<(), toponorm::Error>,
) -> Result<Option<String>, D::Error> {
    let text = String::deserialize(deserializer)?;
    check(&text).map_err(D::Error::custom)?;
    Ok(Some(text))
}

fn tag<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    checked(deserializer, |text| text.parse::<Lang>().map(drop))
}

fn date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    checked(deserializer, |text| Normalizer::builder().as_of(text).map(drop))
}

fn encoding<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    checked(deserializer, |text| text.parse::<Encoding>().map(drop))
}

fn input_format<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    checked(deserializer, |text| if text == "auto" { Ok(()) } else { text.parse::<InputFormat>().map(drop) })
}

fn kinds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<String>>, D::Error> {
    let kinds = Vec::<String>::deserialize(deserializer)?;
    kinds.iter().try_for_each(|kind| kind.parse::<Kind>().map(drop)).map_err(D::Error::custom)?;
    Ok(Some(kinds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_are_placed_and_unknown_keys_get_a_suggestion() {
        for (text, expected) in [
            ("lang = \"en\"\nfuzy = \"off\"\n", "line 2: unknown key `fuzy`; did you mean `fuzzy`?"),
            ("as_of = \"1988\"", "line 1: unknown key `as_of`; did you mean `as-of`?"),
            ("\nfuzzy = \"of\"", "line 2: `of` found; expected one of: off, strict, normal, loose"),
            ("[annotate]\nformt = \"jsonl\"", "line 2: unknown key `formt`; did you mean `format`?"),
            ("quiet = 1", "line 1: invalid type: integer `1`, expected a boolean"),
        ] {
            assert_eq!(Settings::parse(text).unwrap_err(), expected);
        }
        for text in
            ["lang = \"English\"", "as-of = \"May\"", "encoding = \"x\"", "kind = [\"twon\"]", "lang = ", "zzz = 1"]
        {
            assert!(Settings::parse(text).unwrap_err().starts_with("line 1: "), "{text}");
        }
    }

    #[test]
    fn a_file_may_be_empty_or_hold_every_key() {
        assert!(Settings::parse("").is_ok());
        let all = "gazetteer = [\"a.csv\"]\nno-bundled = true\nno-mmap = true\nlang = \"en\"\nas-of = \"1988\"\nencoding = \"windows-1251\"\n\
                   exclude = [\"*.json\"]\non-error = \"stop\"\ncountry = [\"AM\"]\nkind = [\"city\"]\nwithin = [\"armenia\"]\n\
                   [normalize]\nto = \"canonical\"\n[annotate]\nformat = \"jsonl\"\noffsets = \"utf16\"\n";
        let settings = Settings::parse(all).unwrap();
        assert_eq!(settings.country.as_deref(), Some(&["AM".to_owned()][..]));
    }
}
