//! Where the explorer meets the outside: the terminal, its keys, signals, clock and threads.
//! Nothing else in `tui` does.
//!
//! ```text
//! keys, answers, signals ─► input ─► (event loop)            view ─► terminal ─► dialect ─► output ─► bytes
//!                             └────► probe ─────────────────────────────┘
//! ```

#[cfg(test)]
mod fake;

mod choice;
pub mod clipboard;
pub mod corrections;
pub mod dialect;
pub mod doctor;
pub mod environment;
mod event_loop;
mod folder;
mod growth;
pub mod input;
mod keeper;
mod lease;
mod modes;
pub mod output;
mod pace;
pub mod probe;
mod program;
pub mod signals;
mod syncer;
pub mod terminal;
mod tty;
mod workers;
mod writer;

pub use event_loop::{Start, run};
pub use workers::dossier;
