//! Packing of blocks (Zstandard, RFC 8878), each by itself or by what it has in common with others.

use std::fmt;
use std::io;

use zstd::bulk::Compressor;
use zstd::dict::DecoderDictionary;

/// How hard to pack, of 22.
const LEVEL: i32 = 7;

/// Packs blocks, each by itself or by what it has in common with a dictionary.
pub struct Packer(pub(super) Compressor<'static>);

impl fmt::Debug for Packer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Packer")
    }
}

impl Packer {
    /// Packs by what a block has in common with `dictionary`: any bytes; "" for nothing.
    ///
    /// # Errors
    /// When there is no memory for it.
    pub fn new(dictionary: &[u8]) -> io::Result<Self> {
        if dictionary.is_empty() {
            return Compressor::new(LEVEL).map(Self);
        }
        Compressor::with_dictionary(LEVEL, &content(dictionary)).map(Self)
    }
}

/// What blocks may have in common, for reading them.
pub struct Dictionary(pub(super) DecoderDictionary<'static>);

impl fmt::Debug for Dictionary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Dictionary")
    }
}

impl Dictionary {
    /// The dictionary that a [`Packer`] had.
    ///
    /// # Errors
    /// When there is no memory for it.
    pub fn new(dictionary: &[u8]) -> io::Result<Self> {
        DecoderDictionary::try_copy(&content(dictionary)).map(Self)
    }
}

/// A dictionary that is nothing but its content: behind a byte with which no trained one begins.
fn content(dictionary: &[u8]) -> Vec<u8> {
    [&[0], dictionary].concat()
}
