//! What the arguments mean: gazetteers are opened, names of languages and encodings are understood.

mod settings;

use std::num::NonZero;
use std::path::Path;

use clap::ArgMatches;

use toponorm::{
    EntryFilter, Error, Fuzziness, Gazetteer, Gloss, InputFormat, Lang, Matcher, NamePolicy, Normalizer,
    NormalizerBuilder, OffsetUnit, Quotations, ReadOptions, Target,
};

use crate::args::{
    Command, DocumentArgs, FilterArgs, Fuzzy, GazetteerChoice, JobArgs, LayerArgs, NormalizeArgs, Offsets, To, When,
};
use crate::cmd::Failure;
use crate::input::Pieces;
use crate::workers::Workers;
use settings::{Settings, Typed};

/// What stands for the bundled gazetteer where a path is expected.
const BUNDLED: &str = "bundled";

const NO_GAZETTEER: &str = "--no-bundled leaves no gazetteer; name one with --gazetteer PATH";

/// Fills in what was not typed from the project's settings.
pub(crate) fn apply_settings(command: &mut Command, matches: &ArgMatches) -> Result<(), Failure> {
    let Some((_, matches)) = matches.subcommand() else {
        return Ok(());
    };
    let typed = &Typed(matches);
    match command {
        Command::Normalize(args) => {
            let mut settings = Settings::read(&args.config)?;
            settings.fill_gazetteer(typed, &mut args.gazetteer);
            settings.fill_document(typed, &mut args.document);
            settings.fill_files(typed, &mut args.files);
            settings.fill_filter(typed, &mut args.filter);
            settings.fill_jobs(typed, &mut args.sharing);
            settings.fill_normalize(typed, args);
        }
        Command::Annotate(args) => {
            let mut settings = Settings::read(&args.config)?;
            settings.fill_gazetteer(typed, &mut args.gazetteer);
            settings.fill_document(typed, &mut args.document);
            settings.fill_files(typed, &mut args.files);
            settings.fill_filter(typed, &mut args.filter);
            settings.fill_jobs(typed, &mut args.sharing);
            settings.fill_annotate(typed, args);
        }
        Command::Names(args) => {
            let mut settings = Settings::read(&args.config)?;
            settings.fill_gazetteer(typed, &mut args.gazetteer);
            settings.fill_document(typed, &mut args.document);
            settings.fill_files(typed, &mut args.files);
            settings.fill_filter(typed, &mut args.filter);
            settings.fill_jobs(typed, &mut args.sharing);
        }
        Command::Lookup(args) => {
            let mut settings = Settings::read(&args.config)?;
            settings.fill_gazetteer(typed, &mut args.gazetteer);
            settings.fill_filter(typed, &mut args.filter);
        }
        _ => {}
    }
    Ok(())
}

/// Which entries count, if not all do.
pub(crate) fn filter(args: &FilterArgs, matcher: &Matcher) -> Result<Option<EntryFilter>, Failure> {
    if args.country.is_empty() && args.kind.is_empty() && args.within.is_empty() {
        return Ok(None);
    }
    let mut filter = EntryFilter::of(matcher);
    for country in &args.country {
        filter = filter.country(country)?;
    }
    for kind in &args.kind {
        filter = filter.kind(kind.parse()?);
    }
    for id in &args.within {
        filter = filter.within(id)?;
    }
    Ok(Some(filter))
}

/// The gazetteers that were asked for, as one.
pub(crate) fn gazetteer(choice: &GazetteerChoice) -> Result<Gazetteer, Failure> {
    if choice.no_bundled && choice.own.is_empty() {
        return Err(Failure::Usage(NO_GAZETTEER));
    }
    match choice.own.as_slice() {
        [] => Ok(Gazetteer::bundled()),
        [only] if choice.no_bundled => Ok(Gazetteer::from_path(only)?),
        _ => Ok(matcher(choice)?.gazetteer()),
    }
}

/// The gazetteer at a path, or the bundled one.
pub(crate) fn gazetteer_at(path: &Path) -> Result<Gazetteer, Error> {
    if path.as_os_str() == BUNDLED { Ok(Gazetteer::bundled()) } else { Gazetteer::from_path(path) }
}

/// The matcher of the gazetteers that were asked for.
pub(crate) fn matcher(choice: &GazetteerChoice) -> Result<Matcher, Failure> {
    let fuzziness = match choice.fuzzy {
        Fuzzy::Off => Fuzziness::Off,
        Fuzzy::Strict => Fuzziness::Strict,
        Fuzzy::Normal => Fuzziness::Normal,
        Fuzzy::Loose => Fuzziness::Loose,
    };
    let builder = Matcher::builder().fuzzy(fuzziness).memory_map(!choice.no_mmap);
    let mut matcher = if choice.no_bundled { None } else { Some(builder.bundled()?) };
    for path in &choice.own {
        matcher = Some(match matcher {
            Some(matcher) => matcher.with_layer(path)?,
            None => builder.open(path)?,
        });
    }
    matcher.ok_or(Failure::Usage(NO_GAZETTEER))
}

/// The gazetteers that a layer lies on, if any were named.
pub(crate) fn below(layer: &LayerArgs) -> Result<Option<Matcher>, Failure> {
    let mut below: Option<Matcher> = None;
    for path in &layer.over {
        below = Some(match below {
            None if path.as_os_str() == BUNDLED => Matcher::bundled()?,
            None => Matcher::open(path)?,
            Some(_) if path.as_os_str() == BUNDLED => {
                return Err(Failure::Usage(
                    "the bundled gazetteer is the lowest layer; let `--over bundled` come first",
                ));
            }
            Some(matcher) => matcher.with_layer(path)?,
        });
    }
    Ok(below)
}

/// A normalizer for documents of these settings; what is special to a command is still to be set.
pub(crate) fn normalizer(args: &DocumentArgs) -> Result<NormalizerBuilder, Error> {
    let mut builder = Normalizer::builder();
    if let Some(tag) = &args.lang {
        builder = builder.lang(tag.parse::<Lang>()?);
    }
    match &args.as_of {
        Some(date) => builder.as_of(date),
        None => Ok(builder),
    }
}

/// What `normalize` is to write beside which names.
fn wishes(args: &NormalizeArgs, mut builder: NormalizerBuilder) -> Result<NormalizerBuilder, Error> {
    if let Some(tag) = &args.to_lang {
        builder = builder.to_lang(tag.parse::<Lang>()?);
    }
    let quotations = if args.keep_quotes { Quotations::Keep } else { Quotations::Correct };
    let gloss = match args.gloss {
        When::Never => Gloss::Never,
        When::First => Gloss::First,
    };
    Ok(builder.quotations(quotations).gloss(gloss))
}

/// Which names `normalize` is to write.
pub(crate) fn names(
    args: &NormalizeArgs,
    matcher: &Matcher,
    builder: NormalizerBuilder,
) -> Result<NormalizerBuilder, Failure> {
    let builder = wishes(args, builder)?;
    match (&args.policy, args.to) {
        (Some(_), Some(To::Spelling)) => {
            Err(Failure::Usage("--to spelling keeps every name and --policy changes names; leave out one of them"))
        }
        (Some(_), Some(To::Canonical)) => {
            Err(Failure::Usage("--to canonical and --policy both choose the name; leave out one of them"))
        }
        (Some(name), None) => {
            let policy = NamePolicy::of(matcher, name)?;
            Ok(builder.policy(match &args.document.as_of {
                Some(date) => policy.as_of(date)?,
                None => policy,
            }))
        }
        (None, to) => Ok(builder.to(to.unwrap_or(To::Spelling).into())),
    }
}

/// Who works on these documents.
pub(crate) fn workers(args: &JobArgs, pieces: &Pieces) -> Workers {
    const MOST: usize = 8;
    let known = || std::thread::available_parallelism().map_or(1, NonZero::get).min(MOST);
    match args.jobs.map_or_else(known, |jobs| usize::from(jobs.get())) {
        1 => Workers::Caller,
        _ if pieces.is_one() => Workers::Caller,
        jobs => Workers::Threads(jobs),
    }
}

/// How the document at `path` is to be read.
pub(crate) fn reading(args: &DocumentArgs, path: &str) -> Result<ReadOptions, Error> {
    let format = match args.input_format.as_str() {
        "auto" => InputFormat::of_path(path),
        named => named.parse()?,
    };
    Ok(ReadOptions { format, encoding: args.encoding.parse()?, fields: args.field.clone() })
}

impl From<To> for Target {
    fn from(to: To) -> Self {
        match to {
            To::Spelling => Target::Spelling,
            To::Canonical => Target::Canonical,
        }
    }
}

impl From<Offsets> for OffsetUnit {
    fn from(offsets: Offsets) -> Self {
        match offsets {
            Offsets::Char => OffsetUnit::Char,
            Offsets::Byte => OffsetUnit::Byte,
            Offsets::Utf16 => OffsetUnit::Utf16,
        }
    }
}
