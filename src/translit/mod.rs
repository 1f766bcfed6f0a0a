//! Transliteration: romanisation schemes, the ASCII reading of any script, and how alike two spellings are. Knows no places.

mod scheme;
mod similarity;
mod sound;

pub use scheme::Scheme;
pub(crate) use similarity::{ascii_key, first_name_similarity, similarity};
pub(crate) use sound::{Aligner, Gist, Outline, OutlineQuery, Profile, Skeleton, Sketch, SketchQuery, Sounding, Sweep};
