//! How a run ended, as the exit status tells it.

use std::process::ExitCode;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Something was found.
    Found,
    /// All went well and there was nothing.
    Nothing,
    /// It failed; standard error says why.
    Failed,
    /// Some inputs could not be read; what the others gave was printed.
    Unreadable,
}

impl Status {
    /// The status of a view.
    #[must_use]
    pub fn of(found: bool, unreadable: bool) -> Self {
        match (found, unreadable) {
            (_, true) => Self::Unreadable,
            (true, false) => Self::Found,
            (false, false) => Self::Nothing,
        }
    }

    /// The number that a shell sees.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Found => 0,
            Self::Nothing => 1,
            Self::Failed => 2,
            Self::Unreadable => 3,
        }
    }
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(status.code())
    }
}
