//! One change of a file of repairs: what it says now → what it shall say.

use crate::corpus::Name;
use crate::repair::{Edit, Problem, Repair, Repairs};

/// What is to become of a file of repairs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Revision {
    /// These shall hold.
    Put(Vec<Repair>),
    /// An edit shall not have been.
    Undo(Edit),
    /// Nothing: the file is only read.
    Read,
}

/// A file of repairs after a change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Revised {
    /// What the file is to say.
    pub text: String,
    /// What holds.
    pub repairs: Repairs,
    /// What undoes it; `None` where the file said so already.
    pub edit: Option<Edit>,
    /// Entries of the file that do not hold, and what could not be undone.
    pub problems: Vec<Problem>,
}

/// Changes the text of a file of repairs. Names are taken for what they were found as, whatever
/// the file calls them since.
///
/// # Errors
/// A repair that cannot hold beside the others of the file, with the line and what to do.
pub fn revise(text: &str, revision: &Revision) -> Result<Revised, Problem> {
    let (mut repairs, _) = Repairs::parse(text);
    let mut problems = Vec::new();
    let edit = match revision {
        Revision::Read => None,
        Revision::Undo(edit) => {
            let undone = repairs.undo(edit);
            problems = undone.problems;
            undone.edit
        }
        Revision::Put(put) => {
            let put: Vec<Repair> = put.iter().map(|r| of_origins(&repairs, r)).collect();
            let edit = repairs.change(|repairs| {
                for repair in put.clone() {
                    repairs.put(repair, None);
                }
            });
            let holds = |wanted: &&Repair| !repairs.iter().any(|held| held == *wanted);
            if let Some(refused) = put.iter().find(holds) {
                return Err(why_not(&repairs, refused));
            }
            edit
        }
    };
    let text = repairs.to_text();
    let (repairs, found) = Repairs::parse(&text);
    problems.extend(found);
    Ok(Revised {
        text,
        repairs,
        edit,
        problems,
    })
}

/// Why a repair that was put in does not hold.
fn why_not(repairs: &Repairs, refused: &Repair) -> Problem {
    let mut checked = repairs.clone();
    let problems = checked.check();
    let line = repairs
        .entries
        .iter()
        .find(|entry| entry.repair.as_ref() == Some(refused))
        .map_or(0, |entry| entry.line);
    let own = problems.iter().find(|problem| problem.line == line);
    own.or(problems.first()).cloned().unwrap_or(Problem {
        line,
        reason: format!("this {} cannot hold", refused.verb()),
    })
}

/// The same repair of the entities as they were found.
fn of_origins(repairs: &Repairs, repair: &Repair) -> Repair {
    let mut repair = repair.clone();
    let origin = |name: &mut Name| *name = repairs.origin_of(name);
    match &mut repair {
        Repair::Merge { name, into: other }
        | Repair::Accept {
            name,
            candidate: other,
        }
        | Repair::Reject {
            name,
            candidate: other,
        } => {
            origin(name);
            origin(other);
        }
        Repair::Split { name, .. }
        | Repair::Rename { name, .. }
        | Repair::Retype { name, .. }
        | Repair::Hide { name }
        | Repair::Spelling { name, .. } => origin(name),
        Repair::Day { .. }
        | Repair::NotDay { .. }
        | Repair::Date { .. }
        | Repair::NotDate { .. } => {}
    }
    repair
}
