//! The command line as scripts meet it: the real program in an environment of its own.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot run the program has failed"
)]

mod aliases;
mod annotated;
mod brief;
mod cached;
mod doctor;
mod environment;
mod exits;
mod generated;
mod search;
mod settings;
mod shapes;
mod triage;
mod views;
