//! `[theme]` of a settings file laid over the defaults. A role named in the file looks exactly as
//! the file says; nothing of its default look remains.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use crate::config::document::{Reader, Value, entries};
use crate::config::theme::{Color, Role, Style, Theme};

impl Theme {
    /// Lays a file's `[theme]` over this one.
    pub(in crate::config) fn read(&mut self, reader: &mut Reader<'_>, table: &DeTable<'_>) {
        self.read_below(reader, "", table);
    }

    /// Reads the entries of a table whose name so far is `path`. `mention.person = {…}` arrives
    /// as a table in a table, `"mention.person" = {…}` as one name: both mean the same.
    fn read_below(&mut self, reader: &mut Reader<'_>, path: &str, table: &DeTable<'_>) {
        for (name, value) in entries(table) {
            let full = if path.is_empty() {
                name.get_ref().to_string()
            } else {
                format!("{path}.{}", name.get_ref())
            };
            if let Some(role) = Role::from_name(&full) {
                self.read_role(reader, role, value);
            } else if let DeValue::Table(inner) = value.get_ref()
                && is_stem(&full)
            {
                self.read_below(reader, &full, inner);
            } else {
                let known = Role::ALL.iter().map(|role| role.name());
                reader.unknown("role of the theme", &full, &name.span(), known);
            }
        }
    }

    fn read_role(&mut self, reader: &mut Reader<'_>, role: Role, value: &Value<'_>) {
        let DeValue::Table(parts) = value.get_ref() else {
            reader.wrong_type(
                role.name(),
                value,
                "a table such as { fg = \"cyan\", bold = true }",
            );
            return;
        };
        let mut style = Style::default();
        for (name, value) in entries(parts) {
            let part = name.get_ref().as_ref();
            match part {
                "fg" => style.fg = color(reader, part, value),
                "bg" => style.bg = color(reader, part, value),
                "bold" => style.bold = reader.boolean(part, value).unwrap_or_default(),
                "underline" => style.underline = reader.boolean(part, value).unwrap_or_default(),
                "italic" => style.italic = reader.boolean(part, value).unwrap_or_default(),
                "reverse" => style.reverse = reader.boolean(part, value).unwrap_or_default(),
                "dim" => style.dim = reader.boolean(part, value).unwrap_or_default(),
                unknown => {
                    let known = Style::NAMES.iter().copied();
                    let at: Range<usize> = name.span();
                    reader.unknown(&format!("part of {}", role.name()), unknown, &at, known);
                }
            }
        }
        self.set(role, style);
    }
}

/// Whether a name is the first part of a role's.
fn is_stem(name: &str) -> bool {
    Role::ALL.iter().any(|role| {
        role.name()
            .strip_prefix(name)
            .is_some_and(|rest| rest.starts_with('.'))
    })
}

fn color(reader: &mut Reader<'_>, part: &str, value: &Value<'_>) -> Option<Color> {
    let name = reader.string(part, value)?;
    match Color::parse(name) {
        Ok(color) => Some(color),
        Err(message) => {
            reader.problem(&value.span(), message);
            None
        }
    }
}
