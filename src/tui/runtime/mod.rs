//! Where the explorer meets the outside: the terminal, its keys, signals, clock and threads.
//! Nothing else in `tui` does.

pub mod output;
