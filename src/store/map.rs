//! A file as bytes in memory, read by the system when somebody looks.
//!
//! The only unsafe code of khabar stands here.

use std::fs::File;
use std::io;

use bytes::Bytes;
use memmap2::Mmap;

/// The bytes of a file of khabar's own, which is never written to again once it has its name: what
/// takes its place is another file. It must lie on this machine: where another one removes it, its
/// bytes go, and whoever looks at them is ended by the system.
///
/// # Errors
/// Where the file cannot be mapped.
pub(super) fn map(file: &File) -> io::Result<Bytes> {
    #[expect(
        unsafe_code,
        reason = "the bytes of a mapped file change when the file does; nothing changes this one"
    )]
    // SAFETY: a cache is written beside its place and takes it by a rename when it is complete
    // (`BlockWriter::finish`); no program of ours writes to it or cuts it off after that, and it is
    // read-only, so that none of the user's does by accident. Whoever removes it takes its name,
    // not its bytes, which stay as long as they are mapped. The bytes are read as numbers and
    // checked text only, so even foreign ones are no undefined values.
    let map = unsafe { Mmap::map(file)? };
    Ok(Bytes::from_owner(map))
}
