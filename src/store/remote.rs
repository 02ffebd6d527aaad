//! File systems of other machines: they change, and lose files, without telling this one.

use std::path::Path;

/// Kinds of file system on which others make changes that this system does not hear of: NFS, SMB,
/// CIFS, 9P, FUSE. Numbers of `statfs(2)`.
const REMOTE: [i128; 5] = [0x6969, 0x517B, 0xFF53_4D42, 0x0102_1997, 0x6573_5546];

/// Whether a file or folder lies on another machine, as far as the system says.
#[must_use]
pub fn is_remote(path: &Path) -> bool {
    #[cfg(target_os = "linux")]
    if let Ok(found) = rustix::fs::statfs(path) {
        return REMOTE.contains(&(i128::from(found.f_type) & 0xFFFF_FFFF));
    }
    let _ = path;
    false
}
