//! Whole answers: which articles, in which order, with which facets and rows.

mod days;
mod engine;
mod groups;
mod loading;
mod matching;
mod narrowing;
mod panes;
mod sentences;
