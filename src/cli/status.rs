//! How a run ended, as the exit status tells it.

use std::process::ExitCode;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Something was found.
    Found,
    /// All went well and there was nothing.
    Nothing,
    /// It failed, or nothing at all could be read; standard error says why.
    Failed,
    /// Some inputs could not be read; what the others gave was printed.
    Unreadable,
}

impl Status {
    /// The status of a view: whether it found something, and how many documents and how many
    /// inputs that could not be read there were.
    #[must_use]
    pub fn of(found: bool, documents: usize, unreadable: usize) -> Self {
        match (found, documents, unreadable) {
            (true, _, 0) => Self::Found,
            (false, _, 0) => Self::Nothing,
            (_, 0, _) => Self::Failed,
            _ => Self::Unreadable,
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

#[cfg(test)]
mod tests {
    use super::Status;

    #[test]
    fn some_unreadable_inputs_are_no_failure_but_all_are() {
        for (found, documents, unreadable, expected) in [
            (true, 2, 0, Status::Found),
            (false, 2, 0, Status::Nothing),
            (false, 0, 0, Status::Nothing),
            (true, 2, 1, Status::Unreadable),
            (false, 2, 1, Status::Unreadable),
            (false, 0, 1, Status::Failed),
        ] {
            assert_eq!(Status::of(found, documents, unreadable), expected);
        }
    }
}
