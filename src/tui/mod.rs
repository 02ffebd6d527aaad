//! The terminal explorer.

pub mod runtime;
