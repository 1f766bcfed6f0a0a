//! What the arguments mean: gazetteers are opened, names of languages and encodings are understood.

use std::path::Path;

use toponorm::{
    Error, Fuzziness, Gazetteer, Gloss, InputFormat, Lang, Matcher, NamePolicy, Normalizer, NormalizerBuilder,
    OffsetUnit, Quotations, ReadOptions, Target,
};

use crate::args::{DocumentArgs, Fuzzy, GazetteerChoice, LayerArgs, NormalizeArgs, Offsets, To, When};
use crate::cmd::Failure;

/// What stands for the bundled gazetteer where a path is expected.
const BUNDLED: &str = "bundled";

const NO_GAZETTEER: &str = "--no-bundled leaves no gazetteer; name one with --gazetteer PATH";

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
