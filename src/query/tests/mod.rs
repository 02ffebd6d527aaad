//! Whole answers: which articles, in which order, with which facets and rows.

mod matching;
mod narrowing;
mod panes;
