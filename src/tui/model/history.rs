//! A correction that is undone or done again.

use crate::repair::Edit;
use crate::triage::ChangeId;

/// One thing that the user set right, as the journal keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The change of the journal that it is.
    pub of: ChangeId,
    /// What was done, in one sentence.
    pub said: String,
    /// What it changed in the file of repairs: to be undone, also where the step is done again.
    pub edit: Edit,
}
