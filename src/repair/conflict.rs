//! Repairs that cannot both hold.

use crate::corpus::Name;
use crate::repair::{Place, Problem, Repair, Repairs};
use crate::text::fold::fold;

impl Repair {
    /// Whether the other cannot hold where this one does.
    pub(super) fn contradicts(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Merge { name, into }, Self::Merge { name: n, into: i }) => {
                (name == n && into != i) || (name == i && into == n)
            }
            (Self::Rename { name, to }, Self::Rename { name: n, to: t }) => name == n && to != t,
            (Self::Retype { name, to }, Self::Retype { name: n, to: t }) => name == n && to != t,
            (
                Self::Split { name, spelling, to },
                Self::Split {
                    name: n,
                    spelling: s,
                    to: t,
                },
            ) => name == n && fold(spelling) == fold(s) && to != t,
            (
                Self::Spelling { name, spelling },
                Self::Spelling {
                    name: n,
                    spelling: s,
                },
            ) => name != n && fold(spelling) == fold(s),
            (Self::Hide { name }, Self::Merge { name: n, .. })
            | (Self::Merge { name: n, .. }, Self::Hide { name }) => name == n,
            (Self::Reject { .. }, Self::Merge { .. } | Self::Accept { .. })
            | (Self::Merge { .. } | Self::Accept { .. }, Self::Reject { .. }) => {
                match (self.pair(), other.pair()) {
                    (Some((a, b)), Some((c, d))) => (a, b) == (c, d) || (a, b) == (d, c),
                    _ => false,
                }
            }
            _ => self.contradicts_about_time(other),
        }
    }

    fn contradicts_about_time(&self, other: &Self) -> bool {
        let (Some(document), Some(of)) = (self.document(), other.document()) else {
            return false;
        };
        if document.sha256 != of.sha256 {
            return false;
        }
        match (self, other) {
            (Self::Day { day, .. }, Self::Day { day: d, .. }) => day != d,
            (Self::Day { day, .. }, Self::NotDay { day: d, .. })
            | (Self::NotDay { day: d, .. }, Self::Day { day, .. }) => day.single() == Some(*d),
            (
                Self::Date { place, day, .. },
                Self::Date {
                    place: p, day: d, ..
                },
            ) => place.overlaps(p) && (place.span != p.span || day != d),
            (Self::Date { place, .. }, Self::NotDate { place: p, .. })
            | (Self::NotDate { place, .. }, Self::Date { place: p, .. }) => place.overlaps(p),
            _ => false,
        }
    }
}

impl Place {
    fn overlaps(&self, other: &Self) -> bool {
        self.field == other.field && self.span.overlaps(other.span)
    }
}

impl Repairs {
    /// Marks the entries that contradict each other, and says so.
    pub(super) fn check(&mut self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut conflicts = vec![false; self.entries.len()];
        for (at, entry) in self.entries.iter().enumerate() {
            let Some(repair) = &entry.repair else {
                continue;
            };
            let others = self.entries.iter().enumerate().filter(|(n, _)| *n != at);
            for (_, other) in others {
                let contradicted = other.repair.as_ref().filter(|o| repair.contradicts(o));
                if let Some(contradicted) = contradicted {
                    if let Some(conflict) = conflicts.get_mut(at) {
                        *conflict = true;
                    }
                    problems.push(Problem {
                        line: entry.line,
                        reason: format!(
                            "this {} of {:?} contradicts the {} in line {}: neither holds until \
                             one is taken away",
                            repair.verb(),
                            repair.subject(),
                            contradicted.verb(),
                            other.line
                        ),
                    });
                }
            }
        }
        for (at, problem) in self.closed_by_others(&conflicts) {
            if let Some(conflict) = conflicts.get_mut(at) {
                *conflict = true;
            }
            problems.push(problem);
        }
        for (entry, conflict) in self.entries.iter_mut().zip(conflicts) {
            entry.in_conflict = conflict;
        }
        problems
    }

    /// Merges that lead in a circle, and rejections of what several others join.
    fn closed_by_others(&self, conflicts: &[bool]) -> Vec<(usize, Problem)> {
        let mut found = Vec::new();
        let mut joined: Vec<(&Name, &Name)> = Vec::new();
        let entries = || {
            let entries = self.entries.iter().enumerate();
            let free = entries.filter(|(at, _)| !conflicts.get(*at).copied().unwrap_or(false));
            free.filter_map(|(at, entry)| Some((at, entry, entry.repair.as_ref()?)))
        };
        let wrong = |at, line, reason: &str| {
            let reason = reason.to_owned();
            (at, Problem { line, reason })
        };
        for (at, entry, repair) in entries() {
            match repair {
                Repair::Merge { name, into } if leads(&joined, into, name, true) => {
                    found.push(wrong(
                        at,
                        entry.line,
                        "with the merges above, this one leads in a circle",
                    ));
                }
                Repair::Merge { name, into } => joined.push((name, into)),
                Repair::Accept { name, candidate } => joined.push((name, candidate)),
                _ => {}
            }
        }
        for (at, entry, repair) in entries() {
            if let Repair::Reject { name, candidate } = repair
                && leads(&joined, name, candidate, false)
            {
                found.push(wrong(
                    at,
                    entry.line,
                    "merges and accepted candidates together make one entity of these two",
                ));
            }
        }
        found
    }
}

/// Whether pairs lead from one name to another; `forward` where they count one way only.
fn leads(pairs: &[(&Name, &Name)], from: &Name, to: &Name, forward: bool) -> bool {
    let mut reached = vec![from];
    let mut at = 0;
    while let Some(&name) = reached.get(at) {
        at += 1;
        for (a, b) in pairs {
            let next = match (*a == name, *b == name) {
                (true, _) => *b,
                (_, true) if !forward => *a,
                _ => continue,
            };
            if !reached.contains(&next) {
                reached.push(next);
            }
        }
    }
    from != to && reached.contains(&to)
}
