//! What an analyst made of documents: kept, dismissed, read, tags, notes. Plain data.
//!
//! Every change is one [`Change`]; the [`State`] is what all changes, sorted by time, come to. So
//! two analysts' changes merge by being put together, in any order, and undo is a change like any
//! other. Documents are known by their content, not by their name.
//!
//! ```text
//! Op ─ Stamp ─► Change ⇄ line of the journal
//!                 └─► State ─┬─► Sheet ─ counts, marks in the list, Criterion ─► query
//!                            └─► Arrivals: what came, changed, vanished since the last session
//! ```
//!
//! Not here: how the journal lies on disk (`store`).

mod arrivals;
mod change;
mod criterion;
mod history;
mod key;
mod line;
mod marks;
mod sheet;
mod stamp;
mod state;
#[cfg(test)]
mod tests;

pub use arrivals::{Arrivals, Before, Changed, MOST_SEEN};
pub use change::{Change, ChangeId, Mark, Op, Passage, VERSION};
pub use criterion::{Criterion, Selected, Standing};
pub use key::DocumentKey;
pub use line::{Damage, Line, harmless, parse_lines, read_line, verify};
pub use marks::{Decision, DocumentMarks, Note};
pub use sheet::{Counts, Row, Sheet};
pub use stamp::Stamp;
pub use state::{Draft, State};
