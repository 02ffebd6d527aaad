//! Little-endian numbers out of the bytes of a model.

/// The `u32` at a byte.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let piece = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(piece.try_into().ok()?))
}

/// The `f32` at a byte.
pub(super) fn f32_at(bytes: &[u8], at: usize) -> Option<f32> {
    u32_at(bytes, at)
        .map(f32::from_bits)
        .filter(|f| f.is_finite())
}
