//! Questions to a [`Corpus`](crate::corpus::Corpus) and their answers.
//!
//! One [`Query`] drives all four panes and every subcommand. Knows nothing of files or screens.
//!
//! ```text
//! text ─ syntax ─► Query ─ filter (fuzzy, text) ─► hits ─┬─ sort
//!                            ▲ narrowed by session       ├─ facets
//!                                                        └─ timeline ─ lead, sentences
//! ```

mod answer;
mod days;
mod facets;
mod filter;
pub mod fuzzy;
mod lead;
mod question;
mod sentences;
mod session;
mod sort;
pub mod syntax;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod text;
mod timeline;

pub use answer::{Answer, EntityCount, Hit, Lead, Row, answer};
pub use days::{has_day, has_interval, is_undated, own_day, possible_days};
pub use fuzzy::highlights;
pub use question::{Condition, DayField, Inferred, Query, Question, Sort, Term, Zoom};
pub use sentences::{Sentences, Told};
pub use session::Session;
pub use syntax::SyntaxError;
pub use text::hits_in;
pub use timeline::{first_day, last_day};
