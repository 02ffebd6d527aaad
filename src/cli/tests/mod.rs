//! The command line in memory: the shapes of hand-made articles, and what the arguments lead to.

mod start;
mod views;
