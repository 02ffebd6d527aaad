//! [`RawDocument`](crate::corpus::RawDocument) → language, title, names, expressions of time,
//! the document's own day. Pure functions of text; no threads, no screens, no files.

pub mod date;
pub mod document;
pub mod entity;
pub mod kept;
pub mod language;
pub mod title;
