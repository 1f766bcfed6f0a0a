//! The closed lists of the schema: kinds of entry, kinds of spelling, what may be rewritten.

use std::fmt;
use std::str::FromStr;

use crate::error::Error;

/// Declares an enum whose values have one fixed name each in the CSV files, the JSON and the help.
macro_rules! closed_list {
    ($(#[$about:meta])* $name:ident, $what:literal: $($(#[$doc:meta])* $variant:ident = $text:literal,)+) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum $name { $($(#[$doc])* $variant,)+ }

        impl $name {
            /// All values, in the order of the documentation.
            pub const ALL: &'static [$name] = &[$($name::$variant,)+];

            /// The value's name in files, JSON and help.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text,)+ }
            }
        }

        impl FromStr for $name {
            type Err = Error;

            fn from_str(text: &str) -> Result<Self, Error> {
                let found = Self::ALL.iter().copied().find(|value| value.as_str() == text);
                found.ok_or_else(|| {
                    let known: Vec<_> = Self::ALL.iter().map(|value| value.as_str()).collect();
                    Error::value(format!("`{text}` is no {}; expected one of: {}", $what, known.join(", ")))
                })
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}

closed_list! {
    /// What an entry is. After each the GeoNames feature codes that it covers.
    Kind, "kind of entry":
    /// An independent or formerly independent country (PCL…).
    Country = "country",
    /// A first-level division, a historical or disputed region, a continent (ADM1, RGN, CONT, TERR).
    Region = "region",
    /// A second-level division: district, municipality, rayon (ADM2–ADM5).
    District = "district",
    /// A large settlement (PPLC, PPLA, and PPL from about 100,000 inhabitants).
    City = "city",
    /// A settlement with town rights or a district's centre (PPLA2, PPL).
    Town = "town",
    /// A small settlement (PPL, PPLL).
    Village = "village",
    /// A mountain or range (MT, MTS, PK).
    Mountain = "mountain",
    /// A mountain pass (PASS).
    Pass = "pass",
    /// A river or canal (STM, CNL).
    River = "river",
    /// A lake or reservoir (LK, RSV).
    Lake = "lake",
    /// A sea or ocean, or a part of one (SEA, OCN, GULF, STRT).
    Sea = "sea",
    /// A corridor or road that news names (RD, RDST).
    Corridor = "corridor",
    /// A building, bridge, monastery, border crossing, base (BDG, MSTY, BDRC …).
    Site = "site",
    /// A place of unspecified kind.
    Place = "place",
    /// A person.
    Person = "person",
    /// An organisation.
    Organisation = "organisation",
}

impl Kind {
    /// Whether people live in it: a city, town or village, or a place of unspecified kind.
    pub(crate) fn is_settlement(self) -> bool {
        matches!(self, Self::City | Self::Town | Self::Village | Self::Place)
    }

    /// Whether two sources may say the two kinds of one thing.
    pub(crate) fn may_be(self, other: Kind) -> bool {
        let is_division = |kind| matches!(kind, Self::Region | Self::District);
        let is_water = |kind| matches!(kind, Self::Lake | Self::Sea);
        self == other
            || (self.is_settlement() && other.is_settlement())
            || (is_division(self) && is_division(other))
            || (is_water(self) && is_water(other))
            || [self, other].contains(&Self::Place)
    }

    /// The label of a mention of such an entry: `place`, `person` or `organisation`.
    pub fn label(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organisation => "organisation",
            _ => "place",
        }
    }

    /// The label that spaCy's English pipelines give to such a thing.
    pub(crate) fn spacy_label(self) -> &'static str {
        match self {
            Self::Country | Self::Region | Self::District | Self::City | Self::Town | Self::Village => "GPE",
            Self::Mountain | Self::Pass | Self::River | Self::Lake | Self::Sea | Self::Place => "LOC",
            Self::Corridor | Self::Site => "FAC",
            Self::Person => "PERSON",
            Self::Organisation => "ORG",
        }
    }
}

closed_list! {
    /// What a spelling is to the name it writes.
    SpellingKind, "kind of spelling":
    /// The entry's canonical name, in English.
    Canonical = "canonical",
    /// An accepted way to write the name.
    Name = "name",
    /// The name in its own language and orthography.
    Native = "native",
    /// A romanised form: right abroad or nowhere, replaced in English text.
    Romanisation = "romanisation",
    /// Another language's own word for the place.
    Exonym = "exonym",
    /// A former name or spelling.
    Historical = "historical",
    /// An abbreviation; counts only in capitals.
    Abbreviation = "abbreviation",
    /// A mistake seen in print.
    Misspelling = "misspelling",
    /// Another word altogether, put there by a translator or a machine.
    Mistranslation = "mistranslation",
    /// An adjective or the name of the inhabitants.
    Demonym = "demonym",
}

impl SpellingKind {
    /// What may be done to a spelling of this kind when its `rewrite` cell is blank.
    pub fn default_rewrite(self) -> Rewrite {
        match self {
            Self::Misspelling | Self::Romanisation => Rewrite::Auto,
            Self::Mistranslation | Self::Exonym => Rewrite::Ask,
            _ => Rewrite::Never,
        }
    }

    /// Whether a text in the spelling's language may rightly contain it.
    pub(crate) fn is_right(self) -> bool {
        !matches!(self, Self::Misspelling | Self::Mistranslation | Self::Romanisation)
    }
}

closed_list! {
    /// Whether `normalize` may replace a spelling by the right one.
    Rewrite, "value of `rewrite`":
    /// Replaced without asking.
    Auto = "auto",
    /// Replaced only when a person says so.
    Ask = "ask",
    /// Left as it is.
    Never = "never",
}
