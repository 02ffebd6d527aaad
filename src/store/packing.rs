//! Packing of blocks (Zstandard, RFC 8878), each by itself or by what it has in common with others.

use std::cell::RefCell;
use std::fmt;
use std::io;

use zstd::bulk::{Compressor, Decompressor};
use zstd::dict::DecoderDictionary;
use zstd::zstd_safe::DCtx;

/// How hard to pack, of 22. Measured on 15 MB of English news in pieces of 32 KiB with a dictionary
/// of 1 MB: level 5 packs to 33.0 %, 7 to 31.2, 9 to 30.7, 12 to 30.1; 7 takes one second of a
/// processor for 25 MB, 5 half of that.
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

    /// A block, packed: for an [`Unpacker`] with the same dictionary.
    ///
    /// # Errors
    /// When there is no memory for it.
    pub fn pack(&mut self, block: &[u8]) -> io::Result<Vec<u8>> {
        self.0.compress(block)
    }
}

/// Unpacks many small blocks one after the other.
pub struct Unpacker(Decompressor<'static>);

impl fmt::Debug for Unpacker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Unpacker")
    }
}

impl Unpacker {
    /// Unpacks what a [`Packer`] with this dictionary packed.
    ///
    /// # Errors
    /// When there is no memory for it.
    pub fn new(dictionary: &[u8]) -> io::Result<Self> {
        if dictionary.is_empty() {
            return Decompressor::new().map(Self);
        }
        Decompressor::with_dictionary(&content(dictionary)).map(Self)
    }

    /// A block, of `most` bytes at most; `None` for one that was not packed so.
    pub fn unpack(&mut self, packed: &[u8], most: usize) -> Option<Vec<u8>> {
        self.0.decompress(packed, most).ok()
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

thread_local! {
    /// What unpacking works with, kept for the next block: to make it takes a third of the time
    /// that a block does.
    static CONTEXT: RefCell<Option<DCtx<'static>>> = const { RefCell::new(None) };
}

/// A block of so many bytes that was packed by itself, or by what it has in common with a
/// dictionary; `None` for any other bytes.
pub(super) fn unpack(packed: &[u8], size: usize, like: Option<&Dictionary>) -> Option<Vec<u8>> {
    CONTEXT.with_borrow_mut(|kept| {
        if kept.is_none() {
            *kept = DCtx::try_create();
        }
        let context = kept.as_mut()?;
        let mut block = Vec::with_capacity(size);
        let unpacked = match like {
            Some(like) => context.decompress_using_ddict(&mut block, packed, like.0.as_ddict()),
            None => context.decompress(&mut block, packed),
        };
        (unpacked.ok()? == size && block.len() == size).then_some(block)
    })
}

/// A dictionary that is nothing but its content: behind a byte with which no trained one begins.
fn content(dictionary: &[u8]) -> Vec<u8> {
    [&[0], dictionary].concat()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn packed(block: &[u8], dictionary: &[u8]) -> Vec<u8> {
        let mut packer = Packer::new(dictionary).unwrap();
        packer.0.compress(block).unwrap()
    }

    proptest! {
        #[test]
        fn a_block_comes_back_with_any_dictionary(
            block in prop::collection::vec(any::<u8>(), 0..200),
            dictionary in prop_oneof![
                prop::collection::vec(any::<u8>(), 0..200),
                // a trained one begins like this
                Just(vec![0x37, 0xA4, 0x30, 0xEC, 1, 2, 3, 4, 5, 6, 7, 8, 9]),
            ],
        ) {
            let packed = packed(&block, &dictionary);
            let common = Dictionary::new(&dictionary).unwrap();
            let len = block.len();
            prop_assert_eq!(unpack(&packed, len + 1, Some(&common)), None);
            prop_assert_eq!(unpack(&packed, len, Some(&common)), Some(block.clone()));
            // the context of the last block leaves nothing for the next one
            let plain = self::packed(&block, b"");
            prop_assert_eq!(unpack(&plain, len, None), Some(block.clone()));
            let mut again = Unpacker::new(&dictionary).unwrap();
            for _ in 0..2 {
                prop_assert_eq!(again.unpack(&packed, len).unwrap(), block.clone());
            }
            if let Some(short) = len.checked_sub(1) {
                prop_assert_eq!(unpack(&packed, short, Some(&common)), None);
            }
        }
    }
}
