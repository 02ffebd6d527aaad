//! One document with everything that can be said of it by itself: what one machine of many can
//! work out without knowing of the others.

use std::sync::Arc;

use crate::annotate::date::corpus::Evidence;
use crate::annotate::entity::Series;
use crate::annotate::{date, language, title};
use crate::corpus::{Article, RawDocument};

/// Names the rules, models and knowledge base of this build, and the crates that they use: two
/// builds with the same annotate a document alike. 32 hexadecimal digits.
pub const RULES: &str = env!("KHABAR_RULES");

/// An article, and what it says that may date others.
#[derive(Clone, Debug)]
pub struct Annotated {
    /// The document with its annotations; its entities are the corpus's to fill in.
    pub article: Article,
    /// What it contributes to the days of other documents.
    pub evidence: Evidence,
}

/// Annotates one document of a series.
#[must_use]
pub fn annotate(raw: RawDocument, names: &mut Series<'_>, options: date::Options) -> Annotated {
    let (language, _) = language::identify(&raw.text, raw.metadata.language.as_deref());
    let title = title::title_of(&raw);
    let mentions = names.find(&raw, language);
    let (evidence, day, timexes) = Evidence::with_timexes(&raw, language, &mentions, options);
    let article = Article {
        raw: Arc::new(raw),
        title,
        language,
        day,
        mentions: mentions.into(),
        timexes,
        entities: Vec::new(),
    };
    Annotated { article, evidence }
}
