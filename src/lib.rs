//! khabar reads a folder of multilingual news and shows it as four views of one query.
//!
//! The modules below stand in the order in which data flows; each may use those above it
//! that `tests/architecture.rs` lists, and none below it.
//!
//! ```text
//! files ─► ingest ─► annotate ─► corpus ◄─ link ─► query ─► tui (update ─► view) ─► terminal
//!             └──────── pipeline ───────────┘        └───► cli (JSON Lines)
//! ```

pub mod text;

pub mod corpus;

pub mod ingest;

pub mod annotate;

pub mod repair;

pub mod link;

pub mod duplicate;

pub mod store;

pub mod pipeline;

pub mod triage;

pub mod query;

pub mod export;

pub mod command;

pub mod config;

pub mod cli;

pub mod tui;
