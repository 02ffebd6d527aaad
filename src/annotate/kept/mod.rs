//! An annotated document as it is stored: one line of JSON between programs, the same fields as
//! bytes in the cache. Without loss: what comes back is what annotation gave.
//!
//! The fields are those of an ordinary record (`id`, `title`, `text`, `url`, …), so that any program,
//! and any other version of khabar, can read it as one; `khabar` in front says by which rules it
//! was annotated. Offsets, named `bytes`, count **UTF-8 bytes** in the field.

mod atoms;
mod fields;
mod kinds;
mod packed;
mod record;
#[cfg(test)]
mod tests;

pub(crate) use atoms::as_bytes;
pub use atoms::{Bytes, Hashes, Iso};
pub use fields::{Day, KeptTimex};
pub use packed::{Outline, Packed, Packer, outlines, unpack};
pub use record::{Mark, Record, Shared};
