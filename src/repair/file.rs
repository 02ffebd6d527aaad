//! The file of repairs: TOML that people can read, comment and compare by line.
//!
//! It is read block by block, a block being one `[[heading]]` with its lines and the remarks
//! directly above it, and written back block by block: what was not edited keeps every byte.

use std::fmt::Write as _;
use std::sync::Arc;

use toml::{Table, Value};

use crate::corpus::{EntityKind, Name};
use crate::repair::{Entry, Problem, Repair, Repairs, time_entries};

/// What a new file begins with.
pub(super) const PREAMBLE: &str = "\
# What you set right about the names and days of one corpus, for khabar. The order means nothing. Remarks
# are kept. A name is a key and a kind: PERSON, GROUP, ORG, MEDIA, PLACE, COUNTRY, EVENT.
#
# [[merge]]      name, kind, into, into_kind            both are the entity `into`
# [[split]]      name, kind, spelling, to               this spelling means another entity
# [[rename]]     name, kind, to                         another key
# [[retype]]     name, kind, to_kind                    another kind
# [[hide]]       name, kind                             no name, or of no interest
# [[spelling]]   name, kind, spelling                   these words mean it, wherever they stand
# [[accept]]     name, kind, candidate, candidate_kind  both are one
# [[reject]]     name, kind, candidate, candidate_kind  both are never one
# [[day]]        document, path, day                    the document is of this day, month or year
# [[not_day]]    document, path, day                    it is not of this day
# [[date]]       document, path, place, value           these words mean this day, month or year
# [[not_date]]   document, path, place                  these words are no date
#
# A document is known by the SHA-256 of its bytes; its path is for you. A place is: field (title or
# text), start and end in bytes, and the words. Days are 2016-11-03, 2016-11 or 2016, in quotes.
# into_kind and candidate_kind may be left out where they are the same as kind.

";

/// The headings, in the order of `Repair`'s variants.
const VERBS: [&str; 12] = [
    "merge", "split", "rename", "retype", "hide", "spelling", "accept", "reject", "day", "not_day",
    "date", "not_date",
];

/// Those of them that are about days.
const OF_TIME: [&str; 4] = ["day", "not_day", "date", "not_date"];

impl Repairs {
    /// Reads a file, and says what is wrong in it. Entries that are wrong or contradict each
    /// other do not hold, but are kept and written back as they are.
    #[must_use]
    pub fn parse(text: &str) -> (Self, Vec<Problem>) {
        let mut problems = Vec::new();
        let (preamble, blocks) = blocks(text);
        let entries = blocks.into_iter().map(|(line, block)| {
            let repair = read(block, line).map_err(|problem| problems.push(problem));
            Entry {
                repair: repair.ok(),
                text: block.to_owned(),
                line,
                in_conflict: false,
            }
        });
        let entries = entries.collect();
        if let Err(error) = preamble.parse::<Table>() {
            problems.push(syntax(&error, preamble, 1));
        }
        let mut repairs = Self {
            preamble: preamble.to_owned(),
            entries,
        };
        problems.extend(repairs.check());
        problems.sort_by_key(|problem| problem.line);
        (repairs, problems)
    }

    /// The file.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = self.preamble.clone();
        for entry in &self.entries {
            separate(&mut text);
            text.push_str(&entry.text);
        }
        text
    }

    /// Numbers the lines anew, as [`to_text`](Self::to_text) writes them.
    pub(super) fn number_lines(&mut self) {
        let mut text = self.preamble.clone();
        for entry in &mut self.entries {
            separate(&mut text);
            let remarks = entry.text.lines().take_while(|line| !is_heading(line));
            entry.line = text.matches('\n').count() + remarks.count() + 1;
            text.push_str(&entry.text);
        }
    }
}

/// Ends the last line of a block, if it is not.
fn separate(text: &mut String) {
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
}

fn is_heading(line: &str) -> bool {
    line.trim_start().starts_with('[')
}

/// What stands before the first block; then each block with the line of its heading, from 1.
fn blocks(text: &str) -> (&str, Vec<(usize, &str)>) {
    let mut starts: Vec<(usize, usize)> = Vec::new();
    let (mut at, mut remarks) = (0, None);
    for (number, line) in (1..).zip(text.split_inclusive('\n')) {
        if is_heading(line) {
            starts.push((remarks.unwrap_or(at), number));
            remarks = None;
        } else if line.trim_start().starts_with('#') {
            remarks = remarks.or(Some(at));
        } else {
            remarks = None;
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).map(|(start, _)| *start);
    let ends = ends.chain([text.len()]);
    let blocks = starts
        .iter()
        .zip(ends)
        .map(|((start, line), end)| (*line, text.get(*start..end).unwrap_or("")))
        .collect();
    let first = starts.first().map_or(text.len(), |(start, _)| *start);
    (text.get(..first).unwrap_or(""), blocks)
}

fn syntax(error: &toml::de::Error, block: &str, first_line: usize) -> Problem {
    let at = error.span().map_or(0, |span| span.start);
    let before = block.get(..at.min(block.len())).unwrap_or("");
    Problem {
        line: first_line + before.matches('\n').count(),
        reason: error.message().lines().next().unwrap_or("").to_owned(),
    }
}

/// The fields of a block.
pub(super) struct Fields {
    pub(super) table: Table,
    line: usize,
}

impl Fields {
    pub(super) fn wrong(&self, reason: String) -> Problem {
        Problem {
            line: self.line,
            reason,
        }
    }

    /// Takes a field out.
    pub(super) fn text(&mut self, field: &str) -> Result<Arc<str>, Problem> {
        match self.table.remove(field) {
            Some(Value::String(text)) if !text.trim().is_empty() => Ok(Arc::from(text.trim())),
            Some(_) => Err(self.wrong(format!("{field} must be words in quotes"))),
            None => Err(self.wrong(format!("{field} is missing"))),
        }
    }

    fn kind(&mut self, field: &str) -> Result<EntityKind, Problem> {
        let code = self.text(field)?;
        EntityKind::from_code(&code).ok_or_else(|| {
            let known = EntityKind::ALL.map(EntityKind::code).join(", ");
            self.wrong(format!("{field} {code:?} is not known; known are {known}"))
        })
    }

    fn name(
        &mut self,
        key: &str,
        kind: &str,
        default: Option<EntityKind>,
    ) -> Result<Name, Problem> {
        let key = self.text(key)?;
        let kind = match default {
            Some(default) if !self.table.contains_key(kind) => default,
            _ => self.kind(kind)?,
        };
        Ok(Name { key, kind })
    }
}

/// The repair that a block says; `line` is that of its heading.
fn read(block: &str, line: usize) -> Result<Repair, Problem> {
    let remarks = block.lines().take_while(|line| !is_heading(line)).count();
    let first_line = line - remarks.min(line - 1);
    let mut table: Table = block
        .parse()
        .map_err(|error| syntax(&error, block, first_line))?;
    let wrong = |reason: String| Problem { line, reason };
    let (verb, value) = match table.iter_mut().next() {
        Some((verb, value)) => (verb.clone(), value),
        None => return Err(wrong("nothing stands here".to_owned())),
    };
    if !VERBS.contains(&verb.as_str()) {
        let known = VERBS.join(", ");
        return Err(wrong(format!("[[{verb}]] is not known; known are {known}")));
    }
    let fields = match value {
        Value::Array(tables) if tables.len() == 1 => tables.pop(),
        _ => None,
    };
    let Some(Value::Table(table)) = fields else {
        return Err(wrong(format!("write [[{verb}]], in double brackets")));
    };
    let mut fields = Fields { table, line };
    let repair = if OF_TIME.contains(&verb.as_str()) {
        time_entries::read(&verb, &mut fields)?
    } else {
        of_a_name(&verb, &mut fields)?
    };
    match fields.table.keys().next() {
        Some(field) => Err(wrong(format!("[[{verb}]] has no field {field}"))),
        None if repair.pair().is_some_and(|(a, b)| a == b) => {
            Err(wrong("both names are the same".to_owned()))
        }
        None => Ok(repair),
    }
}

/// The repair of an entity that the fields say.
fn of_a_name(verb: &str, fields: &mut Fields) -> Result<Repair, Problem> {
    let name = fields.name("name", "kind", None)?;
    let default = Some(name.kind);
    Ok(match verb {
        "merge" => Repair::Merge {
            into: fields.name("into", "into_kind", default)?,
            name,
        },
        "split" => Repair::Split {
            name,
            spelling: fields.text("spelling")?,
            to: fields.text("to")?,
        },
        "rename" => Repair::Rename {
            name,
            to: fields.text("to")?,
        },
        "retype" => Repair::Retype {
            name,
            to: fields.kind("to_kind")?,
        },
        "hide" => Repair::Hide { name },
        "spelling" => Repair::Spelling {
            name,
            spelling: fields.text("spelling")?,
        },
        verb => {
            let candidate = fields.name("candidate", "candidate_kind", default)?;
            if verb == "accept" {
                Repair::Accept { name, candidate }
            } else {
                Repair::Reject { name, candidate }
            }
        }
    })
}

/// A TOML string on one line, whatever it holds: a name may have been told over two lines, and
/// nothing in the file may steer a terminal.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            // controls; marks and overrides of direction; separators of lines
            c if c.is_control()
                || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}')
                || ('\u{2066}'..='\u{2069}').contains(&c) =>
            {
                // writing to a string cannot fail
                let _ = write!(quoted, "\\u{:04x}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

impl Repair {
    /// The block that says it.
    pub(super) fn to_block(&self) -> String {
        let mut block = format!("[[{}]]\n", self.verb());
        let mut field = |name: &str, value: &str| {
            // writing to a string cannot fail
            let _ = writeln!(block, "{name} = {}", quoted(value));
        };
        if let Some(name) = self.name() {
            field("name", &name.key);
            field("kind", name.kind.code());
        }
        match self {
            Self::Merge { into, .. } => {
                field("into", &into.key);
                field("into_kind", into.kind.code());
            }
            Self::Split { spelling, to, .. } => {
                field("spelling", spelling);
                field("to", to);
            }
            Self::Rename { to, .. } => field("to", to),
            Self::Retype { to, .. } => field("to_kind", to.code()),
            Self::Hide { .. } => {}
            Self::Spelling { spelling, .. } => field("spelling", spelling),
            Self::Accept { candidate, .. } | Self::Reject { candidate, .. } => {
                field("candidate", &candidate.key);
                field("candidate_kind", candidate.kind.code());
            }
            Self::Day { .. } | Self::NotDay { .. } | Self::Date { .. } | Self::NotDate { .. } => {
                time_entries::write(self, &mut block);
            }
        }
        block.push('\n');
        block
    }
}
