//! The explorer without a terminal: keys in, screens out.

#![expect(
    clippy::unwrap_used,
    reason = "a screen test that cannot find its article has failed"
)]

mod behaviour;
mod corrections;
mod driver;
mod folds;
mod hostile;
mod kwic;
mod looks;
mod mouse;
mod readme;
mod timeline;
