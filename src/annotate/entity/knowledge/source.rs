//! Reads the tables of `assets/kb`; their form is described in `assets/kb/README.md`.

use std::collections::HashMap;

use super::table::KINDS;

/// One spelling of an entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Name {
    /// The spelling, without marks.
    pub(crate) text: String,
    /// Column that it stands in: 0 English, 1 German, 2 Arabic.
    pub(crate) column: usize,
    /// Whether it is also an ordinary word or another thing: 1 for `?` behind it, 2 for `??`.
    pub(crate) doubt: u8,
    /// Whether the document's country completes it: `Foreign Ministry~`.
    pub(crate) local: bool,
}

/// One entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    /// Canonical key.
    pub(crate) key: String,
    /// Position in [`KINDS`].
    pub(crate) kind: u8,
    /// Its spellings, the one that the key gives included.
    pub(crate) names: Vec<Name>,
    /// Relations and properties, in the order of the table: `("in", "Syria")`.
    pub(crate) facts: Vec<(String, String)>,
}

impl Row {
    /// The first value of a fact.
    pub(crate) fn fact(&self, name: &str) -> Option<&str> {
        self.facts
            .iter()
            .find(|(fact, _)| fact == name)
            .map(|(_, value)| value.as_str())
    }
}

/// Facts that a table may state.
const FACTS: &[&str] = &[
    "in",
    "part_of",
    "formerly",
    "allied_to",
    "capital_of",
    "of",
    "role",
    "weight",
    "minor",
    "translit",
    "source",
];

/// Reads one table. `file` is named in errors.
///
/// # Errors
/// A sentence that names file and line.
pub(crate) fn read(file: &str, table: &str) -> Result<Vec<Row>, String> {
    let mut defaults: Vec<(String, String)> = Vec::new();
    let mut rows = Vec::new();
    for (number, line) in table.lines().enumerate() {
        let at = |what: String| format!("{file}:{}: {what}", number + 1);
        if let Some(directive) = line.strip_prefix("#!") {
            defaults = facts(directive).map_err(at)?;
        } else if !line.trim().is_empty() && !line.starts_with('#') {
            rows.push(row(line, &defaults).map_err(at)?);
        }
    }
    Ok(rows)
}

/// Joins lines `+key` with the entity whose spellings and facts they add to.
///
/// # Errors
/// A sentence about an addition to nothing, or about a key that two rows share.
pub(crate) fn merge(rows: Vec<Row>) -> Result<Vec<Row>, String> {
    let (additions, mut whole): (Vec<Row>, Vec<Row>) =
        rows.into_iter().partition(|row| row.key.starts_with('+'));
    let mut by_key = HashMap::new();
    for (number, row) in whole.iter().enumerate() {
        if by_key.insert(row.key.clone(), number).is_some() {
            return Err(format!("two rows have the key {:?}", row.key));
        }
    }
    for addition in additions {
        let key = addition.key.trim_start_matches('+');
        let row = by_key.get(key).and_then(|number| whole.get_mut(*number));
        let Some(row) = row.filter(|row| row.kind == addition.kind) else {
            return Err(format!("{:?} adds to nothing of its kind", addition.key));
        };
        for name in addition.names {
            let known = |n: &Name| n.text == name.text && n.column == name.column;
            if let Some(old) = row.names.iter_mut().find(|n| known(n)) {
                old.doubt = old.doubt.max(name.doubt);
            } else {
                row.names.push(name);
            }
        }
        for (fact, value) in addition.facts {
            if fact != "source" && !row.facts.contains(&(fact.clone(), value.clone())) {
                row.facts.push((fact, value));
            }
        }
    }
    Ok(whole)
}

fn row(line: &str, defaults: &[(String, String)]) -> Result<Row, String> {
    let mut columns = line.split('\t').map(str::trim);
    let key = columns.next().unwrap_or("").to_owned();
    if key.is_empty() || key.contains([';', '|']) {
        return Err(format!("{key:?} is no key"));
    }
    let code = columns.next().unwrap_or("");
    let kind = KINDS
        .iter()
        .position(|kind| *kind == code)
        .ok_or_else(|| format!("{code:?} is no kind; one of {KINDS:?}"))?;
    let mut own = Vec::new();
    let mut names = Vec::new();
    for (column, cell) in columns.by_ref().take(3).enumerate() {
        for name in cell.split(';').map(str::trim).filter(|n| !n.is_empty()) {
            names.push(spelling(name, column)?);
        }
    }
    if let Some(cell) = columns.next() {
        own = facts(cell)?;
    }
    if columns.next().is_some() {
        return Err("more than six columns".to_owned());
    }
    for (fact, value) in defaults {
        if !own.iter().any(|(name, _)| name == fact) {
            own.push((fact.clone(), value.clone()));
        }
    }
    if !key.starts_with('+') {
        add_key(&key, &mut names);
    }
    Ok(Row {
        key,
        kind: u8::try_from(kind).unwrap_or(0),
        names,
        facts: own,
    })
}

fn spelling(name: &str, column: usize) -> Result<Name, String> {
    let text = name.trim_end_matches(['?', '~']).trim();
    let arabic = text.chars().any(|c| ('\u{600}'..'\u{700}').contains(&c));
    if text.is_empty() || arabic != (column == 2) {
        return Err(format!("{name:?} stands in the wrong column"));
    }
    Ok(Name {
        text: text.to_owned(),
        column,
        doubt: u8::try_from(name.matches('?').count()).unwrap_or(u8::MAX),
        local: name.ends_with('~'),
    })
}

/// The key without what tells it from its namesakes is an English name as well, unless the row
/// lists it with a mark of its own, or as `-` to say that it is none.
fn add_key(key: &str, names: &mut Vec<Name>) {
    let name = key.split(" (").next().unwrap_or(key);
    let name = name.split(", ").next().unwrap_or(name);
    let listed = names.iter().any(|n| n.column == 0 && n.text == name);
    let refused = names.iter().any(|n| n.column == 0 && n.text == "-");
    names.retain(|n| n.text != "-");
    if !listed && !refused {
        names.insert(
            0,
            Name {
                text: name.to_owned(),
                column: 0,
                doubt: 0,
                local: false,
            },
        );
    }
}

fn facts(cell: &str) -> Result<Vec<(String, String)>, String> {
    let mut found = Vec::new();
    for fact in cell.split(';').map(str::trim).filter(|f| !f.is_empty()) {
        let (name, value) = fact.split_once('=').unwrap_or((fact, "yes"));
        let name = name.trim();
        if !FACTS.contains(&name) {
            return Err(format!("{name:?} is no fact; one of {FACTS:?}"));
        }
        found.push((name.to_owned(), value.trim().to_owned()));
    }
    Ok(found)
}
