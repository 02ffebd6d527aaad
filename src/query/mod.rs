//! Questions to a [`Corpus`](crate::corpus::Corpus) and their answers.
//!
//! One [`Query`] drives all four panes and every subcommand. Knows nothing of files or screens.
//!
//! ```text
//! text ─ syntax ─► Query ─ filter (fuzzy, text) ─► hits ─┬─ sort
//!                            ▲ narrowed by session       ├─ facets
//!                                                        └─ timeline ─ lead, sentences
//! Question ─ Engine ─► Answer, documents by page: what cli and tui ask, whoever answers it
//! ```

mod answer;
mod bits;
mod concordance;
mod counts;
mod days;
pub mod engine;
mod expand;
mod facets;
mod filter;
mod finder;
pub mod fuzzy;
mod highlight;
mod hits;
mod lead;
mod literal;
mod named;
mod names;
mod profile;
mod question;
mod sentences;
mod session;
mod sort;
mod sweep;
pub mod syntax;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod text;
mod textquery;
mod timeline;
mod titled;
mod watch;

pub use answer::{Answer, EntityCount, Hit, Lead, Row, answer};
pub use concordance::{Place, concordance, context, surest};
pub use days::{has_day, is_in_row, is_undated, own_day};
pub use engine::{Engine, Local};
pub use finder::{Finder, best};
pub use fuzzy::highlights;
pub use highlight::{Highlighter, hits_in, matches_in, places};
pub use hits::Hits;
pub use profile::{Profile, entities_like, profile};
pub use question::{Condition, DayField, Inferred, Leniency, Query, Question, Sort, Term, Zoom};
pub use sentences::{Sentences, Told};
pub use session::Session;
pub use syntax::SyntaxError;
pub use textquery::{Match, Matching, Reason, TextQuery};
pub use timeline::{first_day, last_day};
pub use watch::{found_by_any, watch_terms};
