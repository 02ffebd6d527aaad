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
            } else if self.enter()? {
                self.in_frame = true;
            } else {
                return Ok(0);
            }
        }
    }
}

fn damaged(error: &FrameDecoderError) -> io::Error {
    let reason = match error {
        FrameDecoderError::ReadFrameHeaderError(_) => "This is not Zstandard data",
        _ => "The Zstandard data is damaged or cut off; what stands before that was read",
    };
    io::Error::new(io::ErrorKind::InvalidData, reason)
}
