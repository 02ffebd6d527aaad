//! Linking over whole corpora: what of annotated documents ends up as one entity, and the queries
//! that follow one actor through all spellings. Texts are not in this repository: where
//! `../shared` is absent, nothing is checked.

#![expect(
    clippy::print_stdout,
    reason = "a test that checks nothing says so, and one that measures what it found"
)]
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot read its data has failed"
)]

mod follow;
mod gold;
mod names;
mod score;
mod spellings;
