//! The knowledge base: plain tables in `assets/kb`, compiled at build time to one block of bytes
//! that is read in place.
//!
//! `source` reads the tables, `compile` turns them into the block, `table` looks names up in it.
//! All see words through `words` and `key`, so a name in a table and the same name in an article
//! come out alike. These files are also compiled into the build script: they may use nothing of
//! the crate but one another.

pub(crate) mod key;
pub(crate) mod table;
pub(crate) mod words;

// the build script's part; here for its tests
#[cfg(test)]
mod compile;
#[cfg(test)]
mod source;

#[cfg(test)]
mod tests;
