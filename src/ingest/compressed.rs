//! Zstandard, unpacked as it is read.

use std::io::{self, BufRead, Read};

use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

/// The magic number of a Zstandard frame (RFC 8878, 3.1.1).
pub(super) const MAGIC: &[u8] = &[0x28, 0xB5, 0x2F, 0xFD];

/// How much is unpacked at a time, in bytes.
const STEP: usize = 128 * 1024;

/// Reads what a Zstandard file unpacks to: all its frames, one after the other, as tools that
/// pack in parallel write them; skippable frames are skipped.
pub(super) struct Unpacked<R> {
    packed: R,
    decoder: FrameDecoder,
    in_frame: bool,
    /// Whether a frame was seen: a file without any is no Zstandard file.
    begun: bool,
}

impl<R: BufRead> Unpacked<R> {
    pub(super) fn new(packed: R) -> Self {
        Self {
            packed,
            decoder: FrameDecoder::new(),
            in_frame: false,
            begun: false,
        }
    }

    /// Compares the frame's checksum, if it has one, with that of what was unpacked.
    fn check(&self) -> io::Result<()> {
        let stored = self.decoder.get_checksum_from_data();
        if stored.is_some() && stored != self.decoder.get_calculated_checksum() {
            return Err(invalid(
                "The Zstandard data does not match its checksum; it is damaged",
            ));
        }
        Ok(())
    }

    /// Enters the next frame; `false` at the end of the file.
    fn enter(&mut self) -> io::Result<bool> {
        loop {
            if self.begun && self.packed.fill_buf()?.is_empty() {
                return Ok(false);
            }
            self.begun = true;
            match self.decoder.reset(&mut self.packed) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => {
                    let mut frame = (&mut self.packed).take(u64::from(length));
                    io::copy(&mut frame, &mut io::sink())?;
                }
                Err(error) => return Err(damaged(&error)),
            }
        }
    }
}

impl<R: BufRead> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if self.in_frame {
                if self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                    self.decoder
                        .decode_blocks(&mut self.packed, BlockDecodingStrategy::UptoBytes(STEP))
                        .map_err(|error| damaged(&error))?;
                }
                let count = self.decoder.read(buffer)?;
                if count > 0 || buffer.is_empty() {
                    return Ok(count);
                }
                self.in_frame = !self.decoder.is_finished();
                if !self.in_frame {
                    self.check()?;
                }
            } else if self.enter()? {
                self.in_frame = true;
            } else {
                return Ok(0);
            }
        }
    }
}

fn damaged(error: &FrameDecoderError) -> io::Error {
    invalid(match error {
        FrameDecoderError::ReadFrameHeaderError(_) => "This is not Zstandard data",
        FrameDecoderError::WindowSizeTooBig { .. } => {
            "Packed with a window above 128 MiB; pack it again without --ultra or --long"
        }
        FrameDecoderError::DictNotProvided { .. } => {
            "Packed with a dictionary that khabar does not have; pack it again without one"
        }
        _ => "The Zstandard data is damaged or cut off; what stands before that was read",
    })
}

fn invalid(reason: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, reason)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    fn packed(text: &[u8]) -> Vec<u8> {
        compress_to_vec(text, CompressionLevel::Fastest)
    }

    fn unpack(bytes: &[u8]) -> io::Result<Vec<u8>> {
        let mut text = Vec::new();
        Unpacked::new(bytes).read_to_end(&mut text).map(|_| text)
    }

    #[test]
    fn all_frames_are_read_and_skippable_ones_skipped() {
        let long = "Old bridge reopens. ".repeat(50_000);
        let skippable = [&[0x50, 0x2A, 0x4D, 0x18, 3, 0, 0, 0][..], b"abc"].concat();
        let file = [
            packed(b"One "),
            skippable,
            packed(long.as_bytes()),
            packed(b""),
        ]
        .concat();
        assert_eq!(unpack(&file).unwrap(), format!("One {long}").into_bytes());
    }

    #[test]
    fn damage_is_an_error_not_a_shorter_text() {
        let whole = packed("Old bridge reopens. ".repeat(500).as_bytes());
        for length in 0..whole.len() {
            assert!(unpack(&whole[..length]).is_err(), "cut at {length}");
        }
        assert!(unpack(b"no zstd").is_err());
        assert!(unpack(&[packed(b"One"), b"rest".to_vec()].concat()).is_err());
    }

    proptest::proptest! {
        #[test]
        fn nothing_panics(at in 0..60_usize, byte in proptest::num::u8::ANY) {
            let mut file = packed("Old bridge reopens; new bridge closes. ".repeat(9).as_bytes());
            if let Some(place) = file.get_mut(at) {
                *place = byte;
            }
            let _ = unpack(&file);
        }
    }
}
