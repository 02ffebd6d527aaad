//! The terminal explorer.
//!
//! ```text
//! keys, answers, progress ─► Message ─► update(Model) ─► Effect ─► runtime
//!                                           │
//!                                           └─► view(&Model) ─► Frame ─► terminal
//! ```
//!
//! `update` is a pure function of model and message; `view` draws and changes nothing; only
//! `runtime` meets the terminal, threads, clocks and files.

pub mod geometry;

pub mod model;

pub mod message;

pub mod effect;

pub mod update;

pub mod view;

pub mod runtime;

pub use runtime::doctor::{ask_bidi, examine};
pub use runtime::{Start, run};
