//! What an article is, what was derived from it, and the immutable snapshot of all of them.
//!
//! Not here: how documents are read (`ingest`), how names and dates are found (`annotate`),
//! what a query is (`query`).

pub mod annotation;
pub mod article;
mod columns;
mod days;
pub mod duplicates;
pub mod earlier;
pub mod entities;
pub mod fulltext;
mod held;
pub mod lexicon;
mod link_mode;
pub mod links;
mod mentioning;
pub mod order;
mod persistent;
mod relink;
pub mod segment;
mod slab;
pub mod snapshot;
mod stored;

pub use annotation::{
    Annotations, Clue, DayBasis, DayRange, DocumentDay, EntityKind, Mention, Timex, TimexBasis,
    TimexKind,
};
pub use article::{
    Article, ArticleId, Field, Language, Metadata, RawDocument, Span, StatedDay, Title, Unreadable,
};
pub use duplicates::{Cluster, Copy, Duplicates, Likeness};
pub use earlier::{Earlier, EarlierText, file_of};
pub use entities::{Entity, EntityId, EntityTable};
pub use fulltext::FullText;
pub use held::Keeper;
pub use lexicon::Lexicon;
pub use link_mode::LinkMode;
pub use links::{AddedSpelling, Change, Link, LinkRule, Links, Name};
pub use segment::{OwnDay, Part, Segment};
pub(crate) use slab::Slab;
pub use slab::aligned;
pub use snapshot::Corpus;
pub use stored::{Form, Section, Sections, Sink, When};
