//! Transliteration: the ASCII reading of any script, and how alike two spellings are. Knows no places.

mod similarity;

pub(crate) use similarity::{ascii_key, edits_within, first_name_similarity, similarity};
