//! Packing of blocks (Zstandard, RFC 8878), each by itself or by what it has in common with a
//! dictionary.

use std::{fmt, io};

use zstd::bulk::{Compressor, Decompressor};
use zstd::dict::DecoderDictionary;

/// How hard to pack, of 22. Measured on 32 MB of news in three languages, pieces of 16 to 48 KiB
/// with dictionaries of 1 MB: level 5 packs English to 33.0 %, 7 to 31.2, 9 to 30.7, 12 to 30.1;
/// each step takes about half as long again.
const LEVEL: i32 = 7;

/// Packs blocks.
pub struct Packer(Compressor<'static>);

impl fmt::Debug for Packer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Packer")
    }
}

impl Packer {
    /// Packs by what a block has in common with `dictionary`: any bytes; none for blocks that are
    /// packed by themselves.
    ///
    /// # Errors
    /// When there is no memory for it.
    pub fn new(dictionary: &[u8]) -> io::Result<Self> {
        if dictionary.is_empty() {
            return Compressor::new(LEVEL).map(Self);
        }
        Compressor::with_dictionary(LEVEL, &content(dictionary)).map(Self)
    }

    pub(super) fn pack(&mut self, block: &[u8]) -> io::Result<Vec<u8>> {
        self.0.compress(block)
    }
}

/// What blocks have in common, for reading them.
pub struct Dictionary(DecoderDictionary<'static>);

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

/// The block of `size` bytes that was packed with `dictionary`; `None` for other bytes.
pub(super) fn unpack(
    packed: &[u8],
    size: usize,
    dictionary: Option<&Dictionary>,
) -> Option<Vec<u8>> {
    let by = match dictionary {
        Some(dictionary) => Decompressor::with_prepared_dictionary(&dictionary.0),
        None => Decompressor::new(),
    };
    let unpacked = by.ok()?.decompress(packed, size).ok()?;
    (unpacked.len() == size).then_some(unpacked)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

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
            let packed = Packer::new(&dictionary).unwrap().pack(&block).unwrap();
            let common = Dictionary::new(&dictionary).unwrap();
            prop_assert_eq!(unpack(&packed, block.len(), Some(&common)), Some(block.clone()));
            prop_assert_eq!(unpack(&packed, block.len() + 1, Some(&common)), None);
        }

        #[test]
        fn other_bytes_do_not_panic(packed in prop::collection::vec(any::<u8>(), 0..60)) {
            let _ = unpack(&packed, 50, None);
        }
    }

    #[test]
    fn what_is_in_the_dictionary_takes_no_room() {
        let text: Vec<u8> = (0..4000u32).flat_map(|n| (n * n).to_le_bytes()).collect();
        let alone = Packer::new(b"").unwrap().pack(&text).unwrap();
        let common = Packer::new(&text).unwrap().pack(&text).unwrap();
        assert!(
            common.len() * 20 < alone.len(),
            "{} {}",
            common.len(),
            alone.len()
        );
    }
}
