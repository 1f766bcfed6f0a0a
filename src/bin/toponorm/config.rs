//! What the arguments mean: gazetteers are opened, names of languages and encodings are understood.

use toponorm::{
    Encoding, Error, Fuzziness, Gazetteer, Lang, Matcher, NamePolicy, Normalizer, NormalizerBuilder, OffsetUnit, Target,
};

use crate::args::{DocumentArgs, Fuzzy, GazetteerChoice, NormalizeArgs, Offsets, To};
use crate::cmd::Failure;

const NO_GAZETTEER: &str = "--no-bundled leaves no gazetteer; name one with --gazetteer PATH";

/// The gazetteers that were asked for, as one.
pub(crate) fn gazetteer(choice: &GazetteerChoice) -> Result<Gazetteer, Failure> {
    if choice.no_bundled && choice.own.is_empty() {
        return Err(Failure::Usage(NO_GAZETTEER));
    }
    let mut gazetteers = Vec::new();
    if !choice.no_bundled {
        gazetteers.push(Gazetteer::bundled());
    }
    for path in &choice.own {
        gazetteers.push(Gazetteer::from_path(path)?);
    }
    match gazetteers.as_slice() {
        [only] => Ok(only.clone()),
        several => Ok(Gazetteer::merge(several)?),
    }
}

/// The matcher of the gazetteers that were asked for.
pub(crate) fn matcher(choice: &GazetteerChoice) -> Result<Matcher, Failure> {
    let fuzziness = match choice.fuzzy {
        Fuzzy::Off => Fuzziness::Off,
        Fuzzy::Strict => Fuzziness::Strict,
        Fuzzy::Normal => Fuzziness::Normal,
        Fuzzy::Loose => Fuzziness::Loose,
    };
    let builder = Matcher::builder().fuzzy(fuzziness);
    let mut matcher = if choice.no_bundled { None } else { Some(builder.bundled()?) };
    for path in &choice.own {
        let own = builder.open(path)?;
        matcher = Some(match matcher {
            Some(matcher) => matcher.with(&own)?,
            None => own,
        });
    }
    matcher.ok_or(Failure::Usage(NO_GAZETTEER))
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

/// Which names `normalize` is to write.
pub(crate) fn names(
    args: &NormalizeArgs,
    matcher: &Matcher,
    builder: NormalizerBuilder,
) -> Result<NormalizerBuilder, Failure> {
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

pub(crate) fn encoding(args: &DocumentArgs) -> Result<Encoding, Error> {
    args.encoding.parse()
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
