//! Labels of the tagger: outside, or the beginning or the inside of a name of one of seven kinds.

use crate::corpus::EntityKind;

/// Labels, padded to a width that vectorizes; the last is never used.
pub const LABELS: usize = 16;

/// Number of a label: 0 is outside, `1 + 2 * kind` begins a name, `2 + 2 * kind` continues one,
/// kinds in the order of [`EntityKind::ALL`].
pub type Label = u8;

/// Outside of names.
pub const OUTSIDE: Label = 0;

/// The label that begins a name of a kind, and the one that continues it.
#[must_use]
pub fn labels_of(kind: EntityKind) -> (Label, Label) {
    let at = EntityKind::ALL.iter().position(|k| *k == kind).unwrap_or(0);
    let begin = u8::try_from(1 + 2 * at).unwrap_or(1);
    (begin, begin + 1)
}

/// The kind that a label speaks of; `None` for outside.
#[must_use]
pub fn kind_of(label: Label) -> Option<EntityKind> {
    let at = usize::from(label.checked_sub(1)?) / 2;
    EntityKind::ALL.get(at).copied()
}

/// Whether a label continues a name.
#[must_use]
pub fn continues(label: Label) -> bool {
    label > 0 && label.is_multiple_of(2)
}

/// Whether `next` may follow `label`: a name continues only what began.
#[must_use]
pub fn may_follow(label: Label, next: Label) -> bool {
    let unused = usize::from(next) >= LABELS - 1 || usize::from(label) >= LABELS - 1;
    !unused && (!continues(next) || label == next || label + 1 == next)
}
