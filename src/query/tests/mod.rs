//! Whole answers: which articles, in which order, with which facets and rows.

mod groups;
mod loading;
mod matching;
mod narrowing;
mod panes;
